"""Where the command begins, with nothing imported yet: its libraries take a third of a second to come."""

from __future__ import annotations

import os
import signal

INTERRUPTED = 130  # as shells tell it: 128 and the number of the signal


def main() -> None:
    """Run the command line; Ctrl-C ends it with exit code 130 and without a word, also while it is imported."""
    heard = signal.getsignal(signal.SIGINT)
    if heard is signal.default_int_handler:  # whoever starts it in the background may have it ignored
        # No exception: native libraries that one reaches while they are imported crash or tell of something else.
        signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    from orchestration.cli import main as run

    try:
        signal.signal(signal.SIGINT, heard)
        run()
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None

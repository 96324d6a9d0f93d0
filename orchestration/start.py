"""Where the command begins, with nothing imported yet: its libraries take a third of a second to come."""

from __future__ import annotations

import atexit
import os
import signal

INTERRUPTED = 130  # as shells tell it: 128 and the number of the signal
SECONDS_TO_CLEAR_UP = 5
_heard: list[int] = []


def is_interrupted() -> bool:
    """Whether Ctrl-C was heard: dbt, the engine and the checks make errors of their own of the exception."""
    return bool(_heard)


def main() -> None:
    """Run the command line; Ctrl-C ends it with exit code 130 and without a word, also while it is imported."""
    listens = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if listens:  # whoever starts it in the background may have it ignored
        # No exception: native libraries that one reaches while they are imported crash or tell of something else.
        signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    atexit.register(_end)  # the last, for it is the first; after it Python would wait for the engine's threads
    from orchestration.cli import main as run

    try:
        if listens:
            signal.signal(signal.SIGINT, _interrupt)
        run()
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None


def _end() -> None:
    if is_interrupted():
        os._exit(INTERRUPTED)


def _interrupt(number: int, _: object) -> None:
    """An exception, so that all is cleared up; not for long, because the checks take it for a fault and try again."""
    if not _heard:
        signal.signal(signal.SIGALRM, lambda *_: os._exit(INTERRUPTED))
        signal.alarm(SECONDS_TO_CLEAR_UP)
    _heard.append(number)
    raise KeyboardInterrupt

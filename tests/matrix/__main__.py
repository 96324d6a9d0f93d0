"""`python -m tests.matrix` prints the coverage of the matrix; `--scenarios` names the scenarios of each cell too."""

import sys

from tests.matrix.coverage import covered, shown

print(shown())  # noqa: T201
if "--scenarios" in sys.argv:
    for cell, scenarios in sorted(covered().items()):
        print(f"{' | '.join(cell)}: {'; '.join(dict.fromkeys(scenarios))}")  # noqa: T201

"""The command line: reads words, asks the registry, prints what a presenter returns.

One module per command, imported only when it is called. No rule about visas lives here.
"""

import gc
import sys

SELDOM = 200_000
"""Objects between two garbage collections: most commands end before the first one, and searching
freshly read tables for garbage cost a tenth of the time to an answer."""


def main() -> None:
    """Run the command line and leave with its exit status."""
    gc.set_threshold(SELDOM)
    from visamap.cli.app import run  # noqa: PLC0415  click is imported by doors only

    status = run(sys.argv[1:])
    gc.disable()  # at the end everything is let go; searching it for cycles first gains nothing
    sys.exit(status)

"""The command line: reads words, asks the registry, prints what a presenter returns.

One module per command, imported only when it is called. No rule about visas lives here.
"""

import sys


def main() -> None:
    """Run the command line and leave with its exit status."""
    from visamap.cli.app import run  # noqa: PLC0415  click is imported by doors only

    sys.exit(run(sys.argv[1:]))

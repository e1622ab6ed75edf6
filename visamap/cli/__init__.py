"""The command line: reads words, asks the registry, prints what a presenter returns.

One module per command, imported only when it is called. No rule about visas lives here.
"""

import atexit
import gc
import os
import sys
import threading
from contextlib import suppress

INTERRUPTED = 130
SELDOM = 200_000
"""Objects between two garbage collections: most commands end before the first one, and searching
freshly read tables for garbage cost a tenth of the time to an answer."""


def main() -> None:
    """Run the command line and leave with its exit status; Ctrl-C is quiet from here on."""
    try:
        status = _status()
    except KeyboardInterrupt:  # while the rest is imported
        status = INTERRUPTED
    _leave(status)


def _leave(status: int) -> None:
    """Leave with a status; at once, where nothing waits for the end.

    To take apart what was imported costs a tenth of the time to an answer and gains nothing once
    all is written.
    """
    gc.disable()  # nor does a last search for garbage
    if threading.active_count() == 1 and not atexit._ncallbacks():  # noqa: SLF001  no other way
        with suppress(OSError, ValueError):  # as the interpreter would say it, then
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
    sys.exit(status)


def _status() -> int:
    gc.set_threshold(SELDOM)
    if sys.stdout is None:
        # Closed by the caller. What is put in its place refuses every word, so that no answer is
        # lost unnoticed, and keeps its number, which the next file opened would get otherwise.
        sys.stdout = open(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")  # noqa: SIM115
    from visamap.cli.commands import run  # noqa: PLC0415  click is imported by doors only

    return run(sys.argv[1:])

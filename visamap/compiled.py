"""Which data answers: the shipped tables, those of a changed checkout, or a file of the user's own.

An installed package carries its tables. A source checkout makes them anew when the data or the code
that lays it out has changed; a file named by the user is compiled once and kept in the user's cache
under its digest. Only the last two import ``visamap.dataset``.
"""

from typing import TYPE_CHECKING

from visamap.index import Index
from visamap.tables import SHIPPED, in_checkout, opened

if TYPE_CHECKING:
    from pathlib import Path


def open_index(data: "str | Path | None" = None) -> Index:
    """Open the shipped data, or the data file that the user named.

    Raises:
        MissingFileError: the named file is not there.
        BrokenDataError: the data has problems; the error lists them.
    """
    if data is not None:
        from visamap.dataset.store import named  # noqa: PLC0415  only a file of one's own pays

        return named(data, open_index())
    if in_checkout():
        from visamap.dataset.store import renew  # noqa: PLC0415  a checkout's data may change

        renew()
    return opened(SHIPPED)

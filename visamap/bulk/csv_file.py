"""CSV as people make it: BOM, semicolons, mixed line ends, headings twice; and CSV as we write it.

Cells are text and stay as they are. A list whose headings cannot be read is refused; what became of
a row that cannot be is told in ``csv_rows``.
"""

import csv
import io
import re
from typing import NamedTuple

from visamap.errors import WrongUsageError
from visamap.language import tr

DELIMITERS = ",;\t|"
HEAD_BYTES = 1 << 20
NO_TEXT = re.compile("[\0\ud800-\udfff]")


class Head(NamedTuple):
    """The headings, and what stands between cells."""

    headings: tuple[str, ...]
    delimiter: str


def head(path: str, named: str) -> Head:
    """Read the headings; of the usual delimiters the one that makes most of them.

    Raises:
        WrongUsageError: the file is empty, or its headings are not text in UTF-8.
    """
    with open(path, "rb") as file:
        start = file.read(HEAD_BYTES)
    # A byte that is not UTF-8 becomes a sign that no text holds; in a row below it may stand.
    found = head_of(start.decode("utf-8-sig", "surrogateescape"), named)
    if any(NO_TEXT.search(heading) for heading in found.headings):
        raise not_utf8(named)
    return found


def head_of(text: str, named: str) -> Head:
    """Read the headings of a text that holds them.

    Raises:
        WrongUsageError: it holds none.
    """
    found = [Head(tuple(_first(text, sign)), sign) for sign in DELIMITERS]
    best = max(found, key=lambda one: len(one.headings))
    if not any(best.headings):
        raise WrongUsageError(
            tr("{file!r} is empty; the first row must hold the headings.", file=named)
        )
    return best


def not_utf8(named: str) -> WrongUsageError:
    """Return the error for a text that has another encoding."""
    return WrongUsageError(
        tr(
            "{file!r} is not text in UTF-8; save it as \u201cCSV UTF-8\u201d, or run "
            "iconv -f WINDOWS-1251 -t UTF-8 on it (with the encoding that it has).",
            file=named,
        )
    )


def _first(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []

"""CSV as people make it: BOM, semicolons, mixed line ends, headings twice; and CSV as we write it.

A list is refused with the row where it breaks off; nothing is guessed, dropped or moved to another
column. Cells are text and stay as they are.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from visamap.errors import WrongUsageError
from visamap.language import tr

DELIMITERS = ",;\t|"
HEAD_BYTES = 1 << 20
LONGEST_CELL = 1 << 27
"""128 MiB; more is no cell."""
QUOTED = '"\r\n'


class Head(NamedTuple):
    """The headings, and what stands between cells."""

    headings: tuple[str, ...]
    delimiter: str


def head(path: str, named: str) -> Head:
    """Read the headings; of the usual delimiters the one that makes most of them.

    Raises:
        WrongUsageError: the file is empty or not text in UTF-8.
    """
    with open(path, "rb") as file:
        start = file.read(HEAD_BYTES)
    try:
        # A sign may be cut in two at the end of what was read.
        text = start.decode("utf-8-sig", "strict" if len(start) < HEAD_BYTES else "ignore")
    except UnicodeDecodeError as error:
        raise not_utf8(named) from error
    return head_of(text, named)


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


def rows(path: str, named: str, delimiter: str, width: int) -> Iterator[list[str]]:
    """Yield the rows under the headings; empty lines are none.

    Raises:
        WrongUsageError: a row has another number of cells, or cannot be read.
    """
    before = csv.field_size_limit(LONGEST_CELL)
    number = 1
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            next(reader, None)
            for row in reader:
                if not row:
                    continue
                number += 1
                # Empty cells past the headings, as a delimiter at the end of a row makes them, hold
                # nothing; DuckDB leaves them out as well.
                while len(row) > width and not row[-1]:
                    row.pop()
                if len(row) != width:
                    raise WrongUsageError(
                        tr(
                            "Row {row} of {file!r} (line {line}) has {cells} cells, the headings "
                            "are {width}; put cells that hold {delimiter!r} in quotes.",
                            row=number,
                            file=named,
                            line=reader.line_num,
                            cells=len(row),
                            width=width,
                            delimiter=delimiter,
                        )
                    )
                yield row
    except UnicodeDecodeError as error:
        raise not_utf8(named) from error
    except csv.Error as error:
        raise WrongUsageError(
            tr(
                "{file!r} is not readable CSV after row {row} ({error}); mend that row.",
                file=named,
                row=number,
                error=error,
            )
        ) from error
    finally:
        csv.field_size_limit(before)


def line(cells: Iterable[str], delimiter: str) -> str:
    """Return a row as it is written: quotes only where they are needed."""
    return delimiter.join(_quoted(cell, delimiter) for cell in cells) + "\n"


def mended(path: str, named: str, found: Head, mended_path: str) -> int:
    """Write the same rows with even line ends; return the bytes of the longest row.

    Raises:
        WrongUsageError: a row has another number of cells, or cannot be read.
    """
    longest = 0
    with open(mended_path, "w", encoding="utf-8", newline="") as file:
        file.write(line(found.headings, found.delimiter))
        for row in rows(path, named, found.delimiter, len(found.headings)):
            written = line(row, found.delimiter)
            longest = max(longest, len(written.encode()))
            file.write(written)
    return longest


def not_utf8(named: str) -> WrongUsageError:
    """Return the error for a text that has another encoding."""
    return WrongUsageError(
        tr(
            "{file!r} is not text in UTF-8; save it as \u201cCSV UTF-8\u201d, or run "
            "iconv -f WINDOWS-1251 -t UTF-8 on it (with the encoding that it has).",
            file=named,
        )
    )


def _quoted(cell: str, delimiter: str) -> str:
    if delimiter in cell or any(sign in cell for sign in QUOTED):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _first(text: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []

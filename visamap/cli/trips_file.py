"""Reads a file of trips or legs, CSV, JSON or YAML, into what knows its line; judges none of it."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

from visamap.arguments import WrittenTrip
from visamap.errors import BadTripsError, MissingFileError, together
from visamap.i18n import tr, trn
from visamap.registry import trips
from visamap.registry.trips import MOST_TRIPS

COLUMNS = ("entry", "exit")
LEG_COLUMNS = ("destination", *COLUMNS)
LONGEST_ECHO = 60
BETWEEN = re.compile(r"[ \t\r\n,]*")
YAML = (".yaml", ".yml")
AS_OBJECT = {
    COLUMNS: '{"entry": "2026-01-03", "exit": "2026-01-28"}',
    LEG_COLUMNS: '{"destination": "UZB", "entry": "2026-01-03", "exit": "2026-01-28"}',
}
AS_TEXT = {COLUMNS: '"2026-01-03/2026-01-28"', LEG_COLUMNS: '"UZB:2026-01-03/2026-01-28"'}
Columns = tuple[str, ...]
CALLED = {
    "arrival": "entry",
    "departure": "exit",
    "destination": "destination",
    "виза": "visa",
}
"""Our columns, by the role that a list of guests has for them, or by their name."""


def read(path: str, columns: Columns = COLUMNS) -> list[WrittenTrip]:
    """Return the trips of a file in its order, or the legs of a journey (``LEG_COLUMNS``)."""
    try:
        with open(path, "rb") as file:
            text = _decoded(file.read())
    except FileNotFoundError:
        raise MissingFileError(path) from None
    except (OSError, UnicodeDecodeError) as error:
        raise _bad(path, tr("cannot be read as text ({error})", error=error), columns) from None
    name = os.path.basename(path)
    read_in = _from_json if text.lstrip().startswith(("[", "{")) else _from_csv
    if name.endswith(YAML):
        read_in = _from_yaml
    # One more than may be, so that it is seen that there are too many.
    return list(islice(read_in(name, text, columns), MOST_TRIPS + 1))


def _decoded(written: bytes) -> str:
    """Return the text of a file: UTF-8, what its mark says, or as Excel saves in Russian."""
    from visamap.screen.csv_text import MARKS  # noqa: PLC0415  only a file pays for it

    for mark, encoding in MARKS.items():
        if written.startswith(mark):
            return written.decode(encoding)
    try:
        return written.decode()
    except UnicodeDecodeError:
        if b"\0" in written:  # no text at all
            raise
        return written.decode("cp1251")


def _from_yaml(name: str, text: str, columns: Columns) -> Iterator[WrittenTrip]:
    from visamap.data.yaml_source import parse  # noqa: PLC0415  as above

    found = parse(text, name)
    if found.problems:
        raise BadTripsError([str(problem) for problem in found.problems])
    key, rows = next(
        ((k, v) for k, v in (found.value or {}).items() if isinstance(v, list)), ("", ())
    )
    if not rows:
        raise _bad(f"{name}:1", tr("it contains no list"), columns)
    for number, row in enumerate(rows):
        yield _one(f"{name}:{found.places.value([key, number])[0]}", row, columns)


def _from_csv(name: str, text: str, wanted: Columns) -> Iterator[WrittenTrip]:
    import csv  # noqa: PLC0415  only a file in this form pays for it

    heading = text.partition("\n")[0]
    rows = csv.reader(text.splitlines(), delimiter=";" if ";" in heading else ",", strict=True)
    try:
        columns = _columns(next(rows, []))
        missing = [column for column in wanted if column not in columns]
        if missing:
            columns_missing = together(missing)
            said = tr("the header has no column {columns}", columns=columns_missing)
            raise _bad(f"{name}:1", said, wanted)
        most = max(map(columns.index, wanted))
        for row in rows:
            where = f"{name}:{rows.line_num}"
            if len(row) > most:
                cells = dict(zip(columns, map(str.strip, row), strict=False))
                yield _one(where, cells, wanted)
            elif any(row):
                problem = trn(
                    "{n} cell, but the header has {columns}; add the missing ones.",
                    "{n} cells, but the header has {columns}; add the missing ones.",
                    len(row),
                    columns=len(columns),
                )
                yield WrittenTrip(where, "", None, problem)
    except csv.Error as error:
        raise _bad(f"{name}:{rows.line_num}", str(error), wanted) from None


def _columns(headings: list[str]) -> list[str]:
    """Return headings as our columns, also where they are the usual words of another language."""
    from visamap.screen.columns import ROLE_OF, plain  # noqa: PLC0415  as above

    columns = [heading.strip().lower() for heading in headings]
    for at, written in enumerate(columns):
        meant = CALLED.get(ROLE_OF.get(plain(written), plain(written)), written)
        if meant not in columns:  # our own word goes first, then the first of several
            columns[at] = meant
    return columns


def _from_json(name: str, text: str, columns: Columns) -> Iterator[WrittenTrip]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise _bad(f"{name}:{line}", str(error), columns) from None
    if not isinstance(rows, list):
        raise _bad(f"{name}:1", tr("it contains no list"), columns)
    if columns == COLUMNS:
        trips.countable(len(rows))
    # The text is sound, so each entry is read once more only to learn where it begins.
    decoder, before, at, line = json.JSONDecoder(), 0, text.index("[") + 1, 1
    for row in rows:
        between = BETWEEN.match(text, at)
        at = between.end() if between else at
        line += text.count("\n", before, at)
        before = at
        yield _one(f"{name}:{line}", row, columns)
        _, at = decoder.raw_decode(text, at)


def _one(where: str, row: Any, columns: Columns) -> WrittenTrip:
    """Return an entry of a list as a trip or leg, or as what is wrong with it."""
    if isinstance(row, str) or _is_told(row, columns):
        with suppress(ValueError):  # what is wrong with it is told below
            return (
                trips.written_leg(where, row)
                if columns == LEG_COLUMNS
                else trips.written(where, row)
            )
    problem = tr(
        "{shown} is not a trip; write {trip}, with null as the exit while still inside.",
        shown=json.dumps(row, ensure_ascii=False)[:LONGEST_ECHO],
        trip=AS_OBJECT[columns],
    )
    return WrittenTrip(where, "", None, problem)


def _is_told(row: Any, columns: Columns) -> bool:
    """Tell whether a row has a text in each column; an exit may be null."""
    return (
        isinstance(row, dict)
        and set(columns) <= set(row)
        and all(
            isinstance(row[name], str) or (name, row[name]) == ("exit", None) for name in columns
        )
    )


def _bad(where: str, what: str, columns: Columns) -> BadTripsError:
    said = tr(
        "{where}: {what}; expected a CSV file with the columns {columns}, or a JSON list of {trip} "
        "or of {text}.",
        where=where,
        what=what,
        columns=",".join(columns),
        trip=AS_OBJECT[columns],
        text=AS_TEXT[columns],
    )
    return BadTripsError([said])

"""Reads a file of trips, CSV or JSON, into trips that know their line; judges none of them."""

import json
import os
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from visamap.arguments import WrittenTrip
from visamap.errors import BadTripsError, MissingFileError, together
from visamap.i18n import tr, trn
from visamap.registry.trips import MOST_TRIPS

COLUMNS = ("entry", "exit")
LONGEST_ECHO = 60
BETWEEN = re.compile(r"[ \t\r\n,]*")
AS_OBJECT = '{"entry": "2026-01-03", "exit": "2026-01-28"}'
AS_TEXT = '"2026-01-03/2026-01-28"'


def read(path: str) -> list[WrittenTrip]:
    """Return the trips of a file in its order.

    Raises:
        MissingFileError: there is no such file.
        BadTripsError: the file is neither of the two forms.
    """
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            text = file.read()
    except FileNotFoundError:
        raise MissingFileError(path) from None
    except (OSError, UnicodeDecodeError) as error:
        raise _bad(path, tr("cannot be read as text ({error})", error=error)) from None
    name = os.path.basename(path)
    read_in = _from_json if text.lstrip().startswith(("[", "{")) else _from_csv
    # One more than may be, so that it is seen that there are too many.
    return list(islice(read_in(name, text), MOST_TRIPS + 1))


def _from_csv(name: str, text: str) -> Iterator[WrittenTrip]:
    import csv  # noqa: PLC0415  only a file in this form pays for it

    heading = text.partition("\n")[0]
    rows = csv.reader(text.splitlines(), delimiter=";" if ";" in heading else ",", strict=True)
    try:
        columns = [cell.strip().lower() for cell in next(rows, [])]
        missing = [column for column in COLUMNS if column not in columns]
        if missing:
            columns_missing = together(missing)
            raise _bad(
                f"{name}:1", tr("the header has no column {columns}", columns=columns_missing)
            )
        entry, leaving = (columns.index(column) for column in COLUMNS)
        for row in rows:
            where = f"{name}:{rows.line_num}"
            if len(row) > max(entry, leaving):
                yield WrittenTrip(where, row[entry].strip(), row[leaving].strip())
            elif any(row):
                problem = trn(
                    "{n} cell, but the header has {columns}; add the missing ones.",
                    "{n} cells, but the header has {columns}; add the missing ones.",
                    len(row),
                    columns=len(columns),
                )
                yield WrittenTrip(where, "", None, problem)
    except csv.Error as error:
        raise _bad(f"{name}:{rows.line_num}", str(error)) from None


def _from_json(name: str, text: str) -> Iterator[WrittenTrip]:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise _bad(f"{name}:{line}", str(error)) from None
    if not isinstance(rows, list):
        raise _bad(f"{name}:1", tr("it contains no list"))
    # The text is sound, so each entry is read once more only to learn where it begins.
    decoder, before, at, line = json.JSONDecoder(), 0, text.index("[") + 1, 1
    for row in rows:
        between = BETWEEN.match(text, at)
        at = between.end() if between else at
        line += text.count("\n", before, at)
        before = at
        yield _one(f"{name}:{line}", row)
        _, at = decoder.raw_decode(text, at)


def _one(where: str, row: Any) -> WrittenTrip:
    """Return an entry of a JSON list as a trip, or as what is wrong with it."""
    if isinstance(row, str) and "/" in row:
        entry, _, leaving = row.partition("/")
        return WrittenTrip(where, entry.strip(), leaving.strip())
    if isinstance(row, dict) and set(COLUMNS) <= set(row):
        entry, leaving = row["entry"], row["exit"]
        if isinstance(entry, str) and (leaving is None or isinstance(leaving, str)):
            return WrittenTrip(where, entry.strip(), leaving and leaving.strip())
    problem = tr(
        "{shown} is not a trip; write {trip}, with null as the exit while still inside.",
        shown=json.dumps(row, ensure_ascii=False)[:LONGEST_ECHO],
        trip=AS_OBJECT,
    )
    return WrittenTrip(where, "", None, problem)


def _bad(where: str, what: str) -> BadTripsError:
    said = tr(
        "{where}: {what}; expected a CSV file with the columns entry,exit, or a JSON list of "
        "{trip} or of {text}.",
        where=where,
        what=what,
        trip=AS_OBJECT,
        text=AS_TEXT,
    )
    return BadTripsError([said])

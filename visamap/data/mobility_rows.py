"""A CSV file of rows into records with their lines; trouble becomes problems, never an exception.

Every row is checked by its model. Rows stand in a fixed order, each key once, so that two people
who add a row do it at the same place.
"""

import csv
import io
from collections.abc import Callable, Iterator
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from visamap.data.records import explained
from visamap.data.text import MAX_PROBLEMS, checked, contents
from visamap.errors import MissingFileError, Problem
from visamap.schema.base import Record

Row = TypeVar("Row", bound=Record)
LISTS = frozenset({"sources"})
"""Columns with several ids, separated by spaces."""


class Rows(NamedTuple, Generic[Row]):
    """The records of a file with the line of each, and everything found wrong."""

    name: str
    records: list[tuple[int, Row]]
    problems: list[Problem]

    def problem(self, line: int, rule: str, message: str) -> Problem:
        """Return a problem of a line of this file."""
        return Problem(self.name, line, 1, rule, "error", message)


def read(path: Path, model: type[Row], key: Callable[[Row], Any]) -> Rows[Row]:
    """Read the rows of a file; ``key`` is what they are sorted by and differ in."""
    try:
        content, problems = contents(path)
    except MissingFileError:
        message = "there is no such file; add it"
        content, problems = b"", [Problem(str(path), 1, 1, "unreadable", "error", message)]
    text, problems = ("", problems) if problems else checked(content, str(path))
    found: Rows[Row] = Rows(str(path), [], problems)
    if not problems:
        found.problems.extend(_first(_fill(found, text, model), found))
        found.problems.extend(_first(_out_of_order(found, key), found))
    return found


def _first(problems: Iterator[Problem], found: Rows[Row]) -> Iterator[Problem]:
    """Yield the first problems; past them the file is no list with slips in it."""
    yield from islice(problems, MAX_PROBLEMS)
    if after := next(problems, None):
        message = "reading stopped here; mend the problems above first"
        yield found.problem(after.line, "too-many", message)


def _fill(found: Rows[Row], text: str, model: type[Row]) -> Iterator[Problem]:
    reader = csv.reader(io.StringIO(text), strict=True)
    columns = list(model.model_fields)
    try:
        heading = next(reader, [])
        if heading != columns:
            yield found.problem(1, "heading", f"the columns are {','.join(columns)}; correct them")
            return
        for cells in reader:
            line = reader.line_num
            if len(cells) != len(columns):
                message = f"{len(cells)} cells for {len(columns)} columns; correct the row"
                yield found.problem(line, "cells", message)
                continue
            values = {
                column: cell.split(" ") if column in LISTS else cell
                for column, cell in zip(columns, cells, strict=True)
                if cell
            }
            try:
                found.records.append((line, model.model_validate(values)))
            except ValidationError as error:
                for details in error.errors(include_url=False):
                    field = str(details["loc"][0]) if details["loc"] else "row"
                    yield found.problem(line, *explained(details, field, columns))
    except csv.Error as error:
        yield found.problem(reader.line_num, "csv", f"no CSV: {error}; correct the quotes")


def _out_of_order(found: Rows[Row], key: Callable[[Row], Any]) -> Iterator[Problem]:
    for (_, before), (line, after) in pairwise(found.records):
        first, second = key(before), key(after)
        if first == second:
            yield found.problem(line, "rows-once", "the row above has the same key; keep one")
        elif first > second:
            yield found.problem(line, "sorted", "the row belongs before the one above; sort them")

"""A table as CSV for programs: text in quotes, null as nothing, so that NA stays Namibia.

A spreadsheet runs a cell that begins like a formula. Such text is disarmed with an apostrophe, and
counted, so that the door can say so; our own data has none, and the other forms are always exact.
"""

from datetime import date
from typing import Any

from visamap.presenters.forms.csv_form import FORMULA
from visamap.results.export import Table


def text(table: Table, *, exact: bool = False) -> str:
    """Return the table with a heading; ``exact`` is for programs only, no cell is disarmed."""
    lines = [",".join(map(_quoted, table.columns))]
    lines += [",".join([cell(value, exact=exact) for value in row]) for row in table.rows]
    return "\n".join(lines) + "\n"


def formulas(table: Table) -> int:
    """Return how many cells of the table a spreadsheet would run."""
    return sum(_runs(value) for row in table.rows for value in row)


def cell(value: Any, *, exact: bool) -> str:
    """Return one value; null is empty, and only text has quotes."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _quoted(f"'{value}" if _runs(value) and not exact else value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _runs(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(FORMULA)


def _quoted(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'

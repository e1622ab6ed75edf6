"""Workbooks: a sheet is read as CSV; answers become one with a colour for yes, no and look."""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain
from typing import Any

from visamap.errors import MissingExtraError, WrongUsageError, shortened
from visamap.i18n import tr
from visamap.screen import csv_text
from visamap.screen.columns import are_headings
from visamap.screen.lists import Place, Wanted, readable

try:
    import python_calamine as calamine
    import xlsxwriter
except ImportError:
    raise MissingExtraError("excel", tr("A workbook")) from None

MOST_ROWS = 1_048_576
"""Of a sheet."""
MEASURED, WIDEST = 100, 40
"""Rows that say how wide columns are, and the widest."""
LONGEST = 32_767
"""Of a cell."""
LOOKED_AT = ("verdict", "max_stay_days", "visit_alone_visa_free", "advisory", "problem")
COLOURS = {"yes": "#d8f0d8", "no": "#f8d7d7", "look": "#fff2c4"}


def read(place: Place, path: str, wanted: Wanted) -> tuple[str, bool]:
    """Write a sheet as CSV; return its name and whether there are others.

    It is the one that was asked for by name or number, else the first with the headings.
    """
    with readable(place.named, calamine.CalamineError, OSError, StopIteration):
        book = calamine.CalamineWorkbook.from_path(place.path)
        names = book.sheet_names
        chosen = _sheet(names, wanted.sheet)
        tables = ((name, _table(book, name)) for name in ([chosen] if chosen else names))
        found = [next(tables)]
        while not any(are_headings(row, wanted.headings) for row in found[-1][1][:20]):
            if not (more := next(tables, None)):
                found.append(found[0])
                break
            found.append(more)
    name, rows = found[-1]
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.writelines(csv_text.line(row, ",") + "\n" for row in rows)
    return name, len(names) > 1


def _sheet(names: list[str], asked: str | None) -> str | None:
    if asked is None or asked in names:
        return asked
    if name := {str(number): name for number, name in enumerate(names, 1)}.get(asked):
        return name
    raise WrongUsageError(
        tr(
            "There is no sheet {sheet!r}; the sheets are {sheets}.",
            sheet=shortened(asked),
            sheets=", ".join(names),
        )
    )


def _table(book: Any, name: str) -> list[list[str]]:
    """Return the rows of a sheet that hold anything."""
    rows = book.get_sheet_by_name(name).to_python()
    told = ([_said(value) for value in row] for row in rows)
    return [row for row in told if any(row)]


def _said(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        at_midnight = value.time() == datetime.min.time()
        return (value.date() if at_midnight else value).isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def write(path: str, target: Place, wanted: Wanted) -> None:
    """Make a workbook of CSV with answers."""
    rows = _rows(path)
    headings = next(rows)
    places = {name: headings.index(f"{wanted.prefix}{name}") for name in LOOKED_AT}
    first = places["verdict"]
    book = xlsxwriter.Workbook(
        target.path, {"constant_memory": True, "strings_to_formulas": False, "in_memory": False}
    )
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    colours = {name: book.add_format({"bg_color": colour}) for name, colour in COLOURS.items()}
    bold = book.add_format({"bold": True, "bottom": 1})
    widths: list[int] = []
    for number, row in enumerate(chain([headings], rows)):
        if number == MOST_ROWS:
            raise WrongUsageError(
                tr("A sheet holds {rows} rows and no more; write CSV.", rows=MOST_ROWS)
            )
        colour = colours[_look(row, places)] if number else bold
        for at, cell in enumerate(row):
            days = at == places["max_stay_days"] and cell.isdecimal()
            form = colour if number == 0 or at >= first else None
            if days:
                sheet.write_number(number, at, int(cell), form)
            else:
                sheet.write_string(number, at, cell[:LONGEST], form)
        if number < MEASURED:
            widths = [max(len(cell), *widths[at : at + 1], 0) for at, cell in enumerate(row)]
    for at, width in enumerate(widths):
        sheet.set_column(at, at, min(width + 2, WIDEST))
    book.close()


def _rows(path: str) -> Iterator[list[str]]:
    csv.field_size_limit(1 << 30)
    with open(path, encoding="utf-8-sig", newline="") as file:
        yield from csv.reader(file)


def _look(row: list[str], places: dict[str, int]) -> str:
    """Return whether a row says yes, no, or is to be looked at."""
    verdict = row[places["verdict"]]
    doubts = row[places["problem"]] or row[places["advisory"]]
    if doubts or verdict not in {"visa_free", "visa_required", "citizen"}:
        return "look"
    refused = verdict == "visa_required" or row[places["visit_alone_visa_free"]] == "false"
    return "no" if refused else "yes"

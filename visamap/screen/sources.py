"""Lists as people have them, made into what the engines read: CSV or JSON Lines in UTF-8, Parquet.

Packed files are unpacked, workbooks and JSON arrays written out as text, other encodings decoded,
each into a file of its own in a folder that goes away. A clean list is passed on untouched. What
had to be decided on the way is told.
"""

import codecs
import gzip
import json
import os
import shutil
from collections import Counter

from visamap.errors import MissingExtraError, WrongUsageError
from visamap.i18n import tr
from visamap.results.screen_results import Taken
from visamap.screen import csv_text, json_lines, plain
from visamap.screen.columns import are_headings
from visamap.screen.csv_text import MARKS
from visamap.screen.days import SLASHED
from visamap.screen.lists import Job, Place, Wanted, readable
from visamap.screen.rule_table import RuleBook

SAMPLE = 1 << 20
"""Bytes that are looked at to tell what a file is."""
CODE_PAGES = ("cp1251", "cp1252")
GZIP, ZSTANDARD, ZIP = b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PK\x03\x04"


def prepared(job: Job, book: RuleBook, folder: str) -> tuple[Job, tuple[Taken, ...]]:
    """Return the job with a list that an engine reads, and what was decided on the way.

    The book learns the order of day and month.
    """
    place, taken = _readable(job.source, job.wanted, book, folder)
    job = job._replace(source=place)
    if order := _order_of_days(job, book):
        book.days.order = order.value
        taken.append(order)
    return job, tuple(taken)


def _readable(
    place: Place, wanted: Wanted, book: RuleBook, folder: str
) -> tuple[Place, list[Taken]]:
    begin = _sample(place)
    if begin.startswith((GZIP, ZSTANDARD)):
        place = place._replace(path=_unpacked(place, begin, folder))
        begin = _sample(place)
    if place.form == "excel" or (begin.startswith(ZIP) and place.form == "csv"):
        from visamap.screen import excel  # noqa: PLC0415  the extra

        path = os.path.join(folder, "sheet.csv")
        sheet, several = excel.read(place, path, wanted)
        taken = [Taken("sheet", sheet, "asked" if wanted.sheet else "headings")] * several
        return Place(path, "csv", place.named), taken
    taken = []
    if place.form != "parquet" and (encoding := _encoding(place, begin, wanted, book)):
        taken += [encoding] * (encoding.value != "utf-8")
        marked = any(map(begin.startswith, MARKS))
        place = place._replace(path=_decoded(place, encoding.value, folder, marked=marked))
    if place.form == "json":
        place = Place(_as_lines(place, folder), "jsonl", place.named)
    return place, taken


def _order_of_days(job: Job, book: RuleBook) -> Taken | None:
    """Return the order of day and month, where the list has days that need one."""
    if job.wanted.dates:
        return Taken("dates", job.wanted.dates, "asked")
    if job.source.form == "parquet" or not SLASHED.search(_sample(job.source)):
        return None
    columns, _, rows = plain.opened(job)
    places = [one for one in (columns.arrival, columns.departure) if one is not None]
    order = book.days.settled(cells[at] or "" for _, cells, _ in rows for at in places)
    return Taken("dates", order, "days") if order else None


def _sample(place: Place) -> bytes:
    with open(place.path, "rb") as file:
        return file.read(SAMPLE)


def _unpacked(place: Place, begin: bytes, folder: str) -> str:
    path = os.path.join(folder, "unpacked")
    with readable(place.named, OSError, EOFError):
        if begin.startswith(GZIP):
            with gzip.open(place.path) as packed, open(path, "wb") as file:
                shutil.copyfileobj(packed, file)
            return path
        try:
            import pyarrow as pa  # noqa: PLC0415  the extra
        except ImportError:
            raise MissingExtraError("bulk", tr("Zstandard")) from None
        with pa.input_stream(place.path, compression="zstd") as packed, open(path, "wb") as file:
            shutil.copyfileobj(packed, file)
    return path


def _encoding(place: Place, begin: bytes, wanted: Wanted, book: RuleBook) -> Taken | None:
    """Return the encoding of a text that is not plainly UTF-8, and how it is known."""
    if wanted.encoding:
        return Taken("encoding", _codec(wanted.encoding), "asked")
    for mark, name in MARKS.items():
        if begin.startswith(mark):
            return None if name == "utf-8-sig" else Taken("encoding", name, "mark")
    text = begin.decode("utf-8", "surrogateescape")
    signs = Counter("\udc80" <= sign <= "\udcff" for sign in text if not sign.isascii())
    # Few bytes among many that fit are broken rows.
    if place.form != "csv" or signs[True] <= max(signs[False], len(begin) == SAMPLE and 3):
        return None
    known = {page: _known(begin, page, wanted, book) for page in CODE_PAGES}
    best = max(CODE_PAGES, key=lambda page: known[page])
    if b"\0" in begin or list(known.values()).count(known[best]) > 1:
        raise WrongUsageError(
            tr(
                "{file!r} is not text in UTF-8, and its nationalities do not tell in which "
                "encoding it is. Say it: --encoding cp1251 (Cyrillic), cp1252 (Western Europe) or "
                "utf-16; with --encoding utf-8 the rows that are not are left unanswered.",
                file=place.named,
            )
        )
    return Taken("encoding", best, "nationalities", known[best][1])


def _codec(name: str) -> str:
    try:
        codec = codecs.lookup(name)
        "".encode(codec.name)
    except (LookupError, ValueError):
        raise WrongUsageError(
            tr("{encoding!r} is no encoding; give utf-8, utf-16, cp1251 or cp1252.", encoding=name)
        ) from None
    return codec.name


def _known(begin: bytes, page: str, wanted: Wanted, book: RuleBook) -> tuple[bool, int]:
    """Tell whether the headings are known in a code page, and how many of the nationalities."""
    data = begin.decode(page, "replace").encode()
    head = csv_text.head_of(data, lambda cells: are_headings(cells, wanted.headings))
    job = Job(Place("", "csv", ""), Place("", "csv", ""), wanted)
    try:
        at = job.columns(head.headings).nationality
    except WrongUsageError:
        return False, 0
    found = (
        csv_text.sound_row(raw, head).cells[at]
        for raw in data[head.size :].splitlines()
        if not raw.isascii()
    )
    return True, sum(rows for text, rows in Counter(found).items() if book.nationality(text) >= 0)


def _decoded(place: Place, encoding: str, folder: str, *, marked: bool) -> str:
    """Write a text anew in UTF-8; where there was a byte order mark, there is one."""
    if encoding in {"utf-8", "utf-8-sig"}:
        return place.path
    path = os.path.join(folder, "decoded")
    with (
        open(place.path, encoding=encoding, errors="backslashreplace", newline="") as file,
        open(path, "w", encoding="utf-8", newline="") as out,
        readable(place.named, UnicodeError),
    ):
        out.write("\ufeff" * marked + file.read(1).removeprefix("\ufeff"))
        shutil.copyfileobj(file, out, SAMPLE)
    return path


def _as_lines(place: Place, folder: str) -> str:
    """Write the values of an array as JSON Lines; what is none may be JSON Lines already."""
    with open(place.path, encoding="utf-8-sig", errors="surrogateescape") as file:
        text = file.read()
    if not text.lstrip().startswith("["):
        return place.path
    with readable(place.named, ValueError, RecursionError):
        values = json_lines.READ.decode(text.strip())
    path = os.path.join(folder, "lines.jsonl")
    with open(path, "w", encoding="utf-8", errors="surrogateescape") as out:
        for value in values:
            plain_text = isinstance(value, str) and not isinstance(value, json_lines.Number)
            line = json.dumps(value) if plain_text else json_lines.cell_text(value)
            out.write((line or "null") + "\n")
    return path

"""One row a nationality, destination and year: the table that research joins with its own.

Nothing is judged here: the rows are those of the decision table, looked up on two days of a year
and counted over it. The e-visa and closed borders, which that table leaves out, are asked on the
two days alone.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any, get_args

from visamap.domain.decisions import Decision, decisions
from visamap.domain.entry import visa_hints
from visamap.domain.partners import places
from visamap.domain.verdict import Visitor
from visamap.export import fields as of
from visamap.export.derived import NATIONALITY, TO_HOME, TO_NATIONALITY, countries
from visamap.export.dictionary import meanings, with_dictionary
from visamap.results.data_results import Export, Field, Table
from visamap.store.index import Index
from visamap.vocabulary import BASES, VERDICTS, Confidence, Reason

FIRST_YEAR = 2012
DAYS = {"jan_1": (1, 1, "1 January"), "jul_1": (7, 1, "1 July")}
NOT_COVERED = frozenset({"not_covered", "document_unknown"})
NEEDED, NOT_NEEDED, NOT_ADMITTED = 1, 0, 2
OPEN, E_VISA, CLOSED = Decimal(1), Decimal("0.5"), Decimal(0)


def _of_day(mark: str, day: str) -> tuple[Field, ...]:
    """Return the columns about one day of the year."""
    return (
        of.word(
            f"state_{mark}",
            f"Whether an ordinary passport needs a visa on {day}, as `check` answers; null where "
            "the data does not reach back so far. `unknown`: sources leave it open.",
            VERDICTS,
            null=True,
        ),
        of.word(f"reason_{mark}", f"Why, on {day}.", get_args(Reason)),
        of.number(
            f"stay_{mark}",
            f"Longest first stay in days without a visa on {day}, by all limits; null where a visa "
            "is needed, where no source tells the days, and where any length is allowed.",
            null=True,
        ),
        of.flag(f"any_length_{mark}", f"Whether an act allows a stay of any length on {day}."),
        of.word(
            f"basis_{mark}",
            f"The kind of ground of visa-free entry on {day}; null where its act is not known.",
            BASES,
            null=True,
        ),
        of.number(
            f"demig_{mark}",
            f"The state on {day} in the codes of DEMIG VISA: 0 no visa needed, 1 visa needed, 2 "
            "not admitted: the border is closed to this nationality while it is open to others. "
            "Null: unknown, not covered, or the state's own citizens. (The Visa Network codes the "
            "other way round: 1 is a waiver.)",
            0,
            null=True,
        ),
        Field(
            f"openness_at_least_{mark}",
            "number",
            False,
            f"What UN Tourism's openness score gives the pair on {day}, before weighting by "
            "population: 1 no visa, 0.5 e-visa, 0 visa; null where the state is not known. A lower "
            "bound: lists of who gets the e-visa are incomplete, and 0.7, a visa at the border, "
            "never occurs, for the data does not tell by nationality who gets one.",
            minimum=0,
        ),
        of.word(f"confidence_{mark}", f"How sure the answer of {day} is.", get_args(Confidence)),
    )


NUMBERS = {"gwcode": "gleditsch_ward", "cown": "correlates_of_war"}
FIELDS = (
    NATIONALITY,
    of.DESTINATION,
    of.number("year", "Calendar year.", FIRST_YEAR),
    of.text(
        "iso3",
        "ISO 3166-1 alpha-3 of the nationality; null for Kosovo, which is XKX here by custom.",
        of.CODE,
        null=True,
    ),
    *(
        of.number(f"{side}{name}", f"Number of the {whose} in the list `{listed}`.", null=True)
        for side, whose in (("", "nationality"), ("destination_", "destination"))
        for name, listed in NUMBERS.items()
    ),
    *(field for mark, (_, _, day) in DAYS.items() for field in _of_day(mark, day)),
    of.number(
        "days_in_force",
        "Days of the year on which entry without a visa is certain; null where no day of the year "
        "is covered. Closed borders do not shorten it: it is the law's.",
        0,
        null=True,
    ),
    of.number("days_unknown", "Days of the year that are unknown or not covered.", 0),
)


def dyads(*indexes: Index) -> Table:
    """Return the table; each index is a destination's."""
    return Table(
        "dyads",
        "A row for each nationality, destination and year, ordinary passports: a balanced panel "
        f"from {FIRST_YEAR} to the year of the release. Territories without a nationality of their "
        "own have the answer of the passport held there (`held_passport` in `countries`); leave "
        "them out to count nationalities. Days after the release are answered by the law as known "
        "on it.",
        FIELDS,
        ("nationality", "destination", "year"),
        (TO_NATIONALITY, TO_HOME),
        tuple(sorted((row for index in indexes for row in _rows(index)), key=lambda row: row[:3])),
    )


def export_of_dyads(*indexes: Index) -> Export:
    """Return the table with the countries, the lists of numbers, and a dictionary of all."""
    first = indexes[0]
    tables = (_sources(first), countries(first), dyads(*indexes))
    return Export(
        first.data,
        "Visa dyads of Central Asia, by year",
        first.records["meta"]["licence"],
        with_dictionary(tables, meanings()),
        {},
        (),
        {},
    )


def _sources(index: Index) -> Table:
    return Table(
        "sources",
        "The lists whose numbers of states stand in the table.",
        (
            of.text("id", "Name of the list."),
            of.text("title", "Whose list it is."),
            of.text("url", "Where it is published."),
            of.day("as_of", "Last day that its edition covers."),
        ),
        ("id",),
        (),
        tuple(
            (name, one["title"], one["url"], date.fromisoformat(one["as_of"]))
            for name, one in index.names["state_numbers"].items()
        ),
    )


def _rows(index: Index) -> Iterator[tuple[Any, ...]]:
    numbered = [index.names["state_numbers"][listed]["numbers"] for listed in NUMBERS.values()]
    found = decisions(index, places(index), ("ordinary",))
    days = {
        date(year, month, day): year
        for year in range(FIRST_YEAR, index.data.release.year + 1)
        for month, day, _ in DAYS.values()
    }
    alone = {on: _not_admitted(index, on) for on in days}
    for code, same in groupby(found, attrgetter("code")):
        spans = list(same)
        _, numeric, *_ = index.tables["countries"][code]
        iso3 = code if numeric else None
        told = (iso3, *(n.get(c) for c in (code, index.home) for n in numbered))
        for year, of_year in groupby(days, days.__getitem__):
            parts = (value for on in of_year for value in _on(index, spans, on, alone[on]))
            yield code, index.home, year, *told, *parts, *_days(spans, year)


def _on(
    index: Index, spans: Iterable[Decision], on: date, alone: Collection[str]
) -> tuple[Any, ...]:
    """Return the cells of a day; ``alone`` are those whom alone the border is closed to."""
    found = next(span for span in spans if span.first_day <= on <= span.last_day)
    visitor = Visitor(index.holder(found.code, "ordinary", on), "ordinary", on)
    demig, openness = None, None
    if found.verdict == "visa_free":
        demig, openness = NOT_NEEDED, OPEN
    elif found.verdict == "visa_required":
        demig, openness = NEEDED, E_VISA if visa_hints(index, visitor).e_visa else CLOSED
    if demig is not None and visitor.nationality in alone:
        demig = NOT_ADMITTED
    return (
        None if found.reason in NOT_COVERED else found.verdict,
        found.reason,
        found.max_stay_days,
        found.any_length,
        found.basis,
        demig,
        openness,
        found.confidence,
    )


def _not_admitted(index: Index, on: date) -> Collection[str]:
    """Return the nationalities that the border is surely closed to, where it is not to all."""
    closed = [
        rule.selector.nationalities
        for rule in index.rules("advisories")
        if rule.record["kind"] == "border-closed" and rule.bounds.surely(on)
    ]
    return {code for named in closed for code in named} if all(closed) else ()


def _days(spans: Iterable[Decision], year: int) -> tuple[int | None, int]:
    """Return how many days of a year are surely visa-free, and how many are not known."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    free = unknown = covered = 0
    for span in spans:
        days = (min(span.last_day, last) - max(span.first_day, first)).days + 1
        if days > 0:
            free += days * (span.verdict == "visa_free")
            unknown += days * (span.verdict == "unknown")
            covered += days * (span.reason not in NOT_COVERED)
    return free if covered else None, unknown

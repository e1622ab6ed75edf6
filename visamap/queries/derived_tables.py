"""The tables of an export that no record holds as such: what follows from the rules, day by day.

The decision table, the days of each regime, the countries that codes stand for, the release. Only
their layout is decided here; judging is ``decisions``', cutting was done when compiling.
"""

from collections.abc import Iterator
from typing import get_args

from visamap.index import Index, SpanState
from visamap.queries.decisions import decisions
from visamap.results.export import Field, Reference, Table
from visamap.vocabulary import BASES, PASSPORTS, VERDICTS, Confidence, Reason

COUNTRIES = "countries"
KINDS = ("state", "territory", "british-status", "stateless", "refugee", "organisation", "other")
NATIONALITY = Field("nationality", "string", True, "Whose passport.", pattern="^[A-Z]{3}$")
PASSPORT = Field("passport", "string", True, "Kind of passport.", PASSPORTS)
ID = "^[a-z0-9]+(-[a-z0-9]+)*$"
OF_A_COUNTRY = Reference(("nationality",), COUNTRIES, ("code",))


def rules(index: Index) -> Table:
    """Return the decision table: nationality, passport and a period give the answer."""
    return Table(
        "rules",
        "The answer for each nationality, passport and day, as a table to join with. Every day of "
        "the calendar lies in exactly one row of a nationality and passport: join on both and on "
        "the day of entry between `first_day` and `last_day`. The first row begins on 0001-01-01, "
        "the last ends on 9999-12-31. The last row holds the days of entry more than 366 days "
        "after the release, which are not answered (`beyond_horizon`). People of a territory "
        "without a nationality of its own are answered by the passport that they hold "
        "(`held_passport` in `countries`).",
        (
            NATIONALITY,
            PASSPORT,
            Field("first_day", "date", True, "First day of the answer."),
            Field("last_day", "date", True, "Last day of the answer, included."),
            Field(
                "verdict",
                "string",
                True,
                "Whether a visa is needed; `unknown` is never a soft yes.",
                VERDICTS,
            ),
            Field("reason", "string", True, "Why.", get_args(Reason)),
            Field(
                "max_stay_days",
                "integer",
                False,
                "Longest first stay in days that all limits allow.",
                minimum=1,
            ),
            Field("regime", "string", False, "The regime that was chosen.", pattern=ID),
            Field("instrument", "string", False, "The act behind it.", pattern=ID),
            Field("basis", "string", False, "The kind of ground it rests on.", BASES),
            Field(
                "advisory",
                "string",
                False,
                'Kinds of practice that differ from the law, "; " between several; with a question '
                "mark where it may be over or not begun.",
            ),
            Field("confidence", "string", True, "How sure the answer is.", get_args(Confidence)),
            Field(
                "terms_until",
                "date",
                False,
                "The last day to which these terms carry a visit; null where no such day is known.",
            ),
            Field(
                "after_terms",
                "boolean",
                False,
                "Whether a visit that reaches further is allowed; null where only a count of its "
                "days can tell, or nobody knows.",
            ),
        ),
        ("nationality", "passport", "first_day"),
        (
            OF_A_COUNTRY,
            Reference(("regime",), "regimes", ("id",)),
            Reference(("instrument",), "instruments", ("id",)),
        ),
        tuple(map(tuple, decisions(index))),
    )


def regime_spans(index: Index) -> Table:
    """Return the days on which each regime holds, may hold or is halted."""
    return Table(
        "regime_spans",
        "The days on which a regime holds for a nationality and passport, may hold, or is halted: "
        "worked out from its own dates, those of its act, and suspensions.",
        (
            NATIONALITY,
            PASSPORT,
            Field("ordinal", "integer", True, "Place in the order of the first days.", minimum=1),
            Field("regime", "string", True, "The regime.", pattern=ID),
            Field("state", "string", True, "What is said of these days.", get_args(SpanState)),
            Field("first_day", "date", False, "First day; null where it is open."),
            Field("last_day", "date", False, "Last day, included; null where no end is known."),
            Field("suspension", "string", False, "The suspension that halts it.", pattern=ID),
        ),
        ("nationality", "passport", "ordinal"),
        (
            OF_A_COUNTRY,
            Reference(("regime",), "regimes", ("id",)),
            Reference(("suspension",), "suspensions", ("id",)),
        ),
        tuple(_spans(index)),
    )


def release(index: Index) -> Table:
    """Return the one row that says which data this is."""
    return Table(
        "release",
        "Which data this is; name it where you use it.",
        (
            Field("release", "date", True, "Day of release."),
            Field("digest", "string", True, "Digest of the files that it was made from."),
        ),
        (),
        (),
        (tuple(index.data),),
    )


def countries(index: Index) -> Table:
    """Return every code with its names in English, Kazakh and Russian."""
    display = index.names.get("display", {})
    kk, ru = display.get("kk", {}), display.get("ru", {})
    return Table(
        COUNTRIES,
        "States, territories and documents that are no state's passport, by code.",
        (
            Field(
                "code",
                "string",
                True,
                "ISO 3166-1 alpha-3, or the ICAO 9303 code of a document.",
                pattern="^[A-Z]{3}$",
            ),
            Field(
                "alpha2",
                "string",
                False,
                "ISO 3166-1 alpha-2; NA is Namibia, not a missing value.",
                pattern="^[A-Z]{2}$",
            ),
            Field("numeric", "string", False, "ISO 3166-1 numeric.", pattern="^[0-9]{3}$"),
            Field("kind", "string", True, "What the code stands for.", KINDS),
            Field("name_en", "string", True, "Name in English."),
            Field("name_kk", "string", False, "Name in Kazakh."),
            Field("name_ru", "string", False, "Name in Russian."),
            Field(
                "held_passport",
                "string",
                False,
                "Whose passport people of a territory hold that has no nationality of its own.",
                pattern="^[A-Z]{3}$",
            ),
        ),
        ("code",),
        (),
        tuple(
            (code, alpha2, numeric, kind, name, kk.get(code), ru.get(code), index.held(code))
            for code, (alpha2, numeric, name, kind) in sorted(index.tables["countries"].items())
        ),
    )


def _spans(index: Index) -> Iterator[tuple[object, ...]]:
    for key in sorted(index.tables["spans"]):
        nationality, _, passport = key.partition("/")
        for n, span in enumerate(index.spans(nationality, passport), 1):
            yield (nationality, passport, n, span.regime, span.state, *span.period, span.by)

"""The tables of an export that no record holds as such: what follows from the rules, day by day.

The decision table, the days of each regime, the countries that codes stand for, the release. Only
their layout is decided here; judging is ``decisions``', cutting was done when compiling.
"""

from collections.abc import Iterator
from typing import Any, get_args

from visamap.domain.decisions import decisions
from visamap.export.dictionary import described
from visamap.results.data import Field, Reference, Table
from visamap.schema.mobility import SnapshotRow
from visamap.store.index import Index, SpanState, Tables, day
from visamap.vocabulary import (
    BASES,
    PASSPORTS,
    REQUIREMENTS,
    VERDICTS,
    Confidence,
    Reason,
    RuleBasis,
    SnapshotWord,
)

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


MIT = "MIT"
"""The licence of the snapshots and of what is made from them; the notice of ``notices`` has it."""
PASSPORT_INDEX = "passport-index"
NOTICED = f"The notice `{PASSPORT_INDEX}` goes with it."
COUNTRY = "^[A-Z]{3}$"
RULE = Field("outbound_rule", "string", True, "The rule that this belongs to.", pattern=ID)
ORDINAL = Field("ordinal", "integer", True, "Place in the list, from 1.", minimum=1)
PASSPORT_HELD = Field("passport", "string", True, "Whose ordinary passport.", pattern=COUNTRY)
DESTINATION = Field("destination", "string", True, "Where to.", pattern=COUNTRY)
SOURCE = Field("source", "string", True, "Where it was read.", pattern=ID)
CONFIDENCE = Field(
    "confidence", "string", True, "How sure we are that this is so.", get_args(Confidence)
)
NOTE = Field("note", "string", False, "A remark in words.")
DAYS = (
    ("valid_from_not_before", "Earliest possible first day; null where it is open."),
    ("valid_from_not_after", "Latest possible first day; null where it is open."),
    ("valid_to_not_before", "Earliest possible last day, included; null where no end is known."),
    ("valid_to_not_after", "Latest possible last day, included; null where no end is known."),
    ("known_since", "First day on which a dated source shows it, where nobody told its start."),
    ("known_until", "Last day for which the sources vouch; it may have ended since."),
)
TO_PASSPORT = Reference(("passport",), "countries", ("code",))
TO_DESTINATION = Reference(("destination",), "countries", ("code",))
TO_RULE = Reference(("outbound_rule",), "outbound_rules", ("id",))
TO_SOURCE = Reference(("source",), "mobility_sources", ("id",))


def mobility_tables(index: Index) -> Iterator[Table]:
    """Yield them, what is named before what names it."""
    outbound, ranks = index.apart("outbound"), index.apart("ranks")
    yield _sources({**outbound["sources"], **ranks["sources"]})
    yield from _rules(outbound)
    yield _seen(outbound)
    yield from _published(ranks)
    yield _counted(ranks)
    yield _notices(ranks)


def _sources(cited: dict[str, list[str]]) -> Table:
    return Table(
        "mobility_sources",
        "Where the tables about passports abroad were read.",
        (
            Field("id", "string", True, "Name of the source.", pattern=ID),
            Field("url", "string", True, "Address."),
            Field("kind", "string", True, "Which kind it is."),
        ),
        ("id",),
        (),
        tuple((name, url, kind) for name, (url, kind) in sorted(cited.items())),
    )


def _rules(outbound: Tables) -> Iterator[Table]:
    rules = outbound["rules"]
    yield Table(
        "outbound_rules",
        "What destinations ask of the ordinary passports of Central Asia, by law or by an official "
        "list, written by hand. What stands in `outbound_snapshots` never wins over a rule that is "
        "certain.",
        (
            Field("id", "string", True, "Name of the rule; never renamed.", pattern=ID),
            Field("requirement", "string", True, "What is asked.", REQUIREMENTS),
            Field("basis", "string", True, "Who says so.", get_args(RuleBasis)),
            Field("granted_by", "string", False, "The act: id of an instrument, or its words."),
            *(Field(name, "date", False, said) for name, said in DAYS),
            CONFIDENCE,
            Field("disputed", "string", False, "What the sources contradict each other about."),
            NOTE,
        ),
        ("id",),
        (),
        tuple(
            (
                rule["id"],
                rule["requirement"],
                rule["basis"],
                rule["granted_by"],
                *map(day, (*rule["bounds"], *rule["known"])),
                rule["confidence"],
                (rule["dispute"] or {}).get("what"),
                rule["note"],
            )
            for rule in rules
        ),
    )
    yield _of_rules(
        "outbound_rule_pairs",
        "Which passports a rule is for, and which destinations.",
        (PASSPORT_HELD, DESTINATION),
        ("passport", "destination"),
        (TO_PASSPORT, TO_DESTINATION),
        sorted(
            (rules[n]["id"], passport, destination)
            for passport, found in outbound["of"].items()
            for destination, numbers in found.items()
            for n in numbers
        ),
    )
    yield _of_rules(
        "outbound_rule_limits",
        "Limits of stay that a rule sets; all of them bind.",
        (
            ORDINAL,
            Field("kind", "string", True, "Which kind it is."),
            Field("days", "integer", False, "Days of stay.", minimum=1),
            Field("per_days", "integer", False, "Length in days of its window.", minimum=1),
        ),
        ("ordinal",),
        (),
        [
            (rule["id"], n, one["kind"], one.get("days"), one.get("per_days"))
            for rule in rules
            for n, one in enumerate(rule["limits"], 1)
        ],
    )
    yield _of_rules(
        "outbound_rule_conditions",
        "What else must be met.",
        (
            Field("name", "string", True, "The condition."),
            ORDINAL,
            Field("value", "string", True, "Its value, as text."),
        ),
        ("name", "ordinal"),
        (),
        [
            (rule["id"], name, n, _text(value))
            for rule in rules
            for name, values in rule["conditions"].items()
            for n, value in enumerate(values if isinstance(values, list) else [values], 1)
        ],
    )
    yield _of_rules(
        "outbound_rule_sides",
        "What the sources of a disputed rule say.",
        (ORDINAL, Field("says", "string", True, "What this side says.")),
        ("ordinal",),
        (),
        [
            (rule["id"], n, side["says"])
            for rule in rules
            for n, side in enumerate((rule["dispute"] or {}).get("sides", ()), 1)
        ],
    )
    yield _of_rules(
        "outbound_rule_sources",
        "Where a rule was read.",
        (ORDINAL, SOURCE),
        ("ordinal",),
        (TO_SOURCE,),
        [(rule["id"], n, source) for rule in rules for n, source in enumerate(rule["sources"], 1)],
    )


def _of_rules(  # noqa: PLR0913, PLR0917  the parts of a table
    name: str,
    description: str,
    fields: tuple[Field, ...],
    key: tuple[str, ...],
    references: tuple[Reference, ...],
    rows: list[tuple[Any, ...]],
) -> Table:
    return Table(
        name,
        description,
        (RULE, *fields),
        (RULE.name, *key),
        (TO_RULE, *references),
        tuple(rows),
    )


def _seen(outbound: Tables) -> Table:
    days = list(map(day, outbound["days"]))
    return Table(
        "outbound_snapshots",
        "What a dataset of all pairs of passport and destination saw: a row for each run of its "
        f"snapshots that saw the same. Between two rows nobody looked. {NOTICED}",
        (
            PASSPORT_HELD,
            DESTINATION,
            Field("requirement", "string", True, "What is asked.", get_args(SnapshotWord)),
            Field("days", "integer", False, "Days of stay, where known.", minimum=1),
            Field("first_seen", "date", True, "First day of a snapshot that saw it."),
            Field("last_seen", "date", True, "Last day of a snapshot that saw it, included."),
        ),
        ("passport", "destination", "first_seen"),
        (TO_PASSPORT, TO_DESTINATION),
        tuple(
            (passport, destination, requirement, stay, days[first], days[last])
            for passport, found in sorted(outbound["seen"].items())
            for destination, rows in sorted(found.items())
            for requirement, stay, first, last in rows
        ),
        MIT,
    )


def _published(ranks: Tables) -> Iterator[Table]:
    rows = [dict(zip(ranks["published_columns"], row, strict=True)) for row in ranks["published"]]
    numbers = {
        "rank": "Rank.",
        "of": "The last rank.",
        "score": "Score.",
        "visa_free": "Destinations open without a visa.",
    }
    yield Table(
        "passport_ranks",
        "Ranks of passports as their indexes published them.",
        (
            ORDINAL,
            Field("index_name", "string", True, "Which index.", tuple(_different(rows, "index"))),
            Field("edition", "string", True, "Which edition."),
            Field("as_of", "string", False, "The time it speaks for, where the edition is none."),
            PASSPORT_HELD,
            *(_number(name, said) for name, said in numbers.items()),
            CONFIDENCE,
            NOTE,
        ),
        ("ordinal",),
        (TO_PASSPORT,),
        tuple(
            (n, *(value for name, value in row.items() if name != "sources"))
            for n, row in enumerate(rows, 1)
        ),
    )
    yield Table(
        "passport_rank_sources",
        "Where a rank was read.",
        (
            ORDINAL._replace(name="rank_ordinal", description="The `ordinal` in passport_ranks."),
            ORDINAL,
            SOURCE,
        ),
        ("rank_ordinal", "ordinal"),
        (Reference(("rank_ordinal",), "passport_ranks", ("ordinal",)), TO_SOURCE),
        tuple(
            (place, n, source)
            for place, row in enumerate(rows, 1)
            for n, source in enumerate(row["sources"], 1)
        ),
    )


def _counted(ranks: Tables) -> Table:
    columns = ranks["snapshot_columns"]
    rows = [dict(zip(columns, row, strict=True)) for row in ranks["snapshots"]]
    other = {
        "snapshot": Field("snapshot", "date", True, "Day of the snapshot."),
        "passport": PASSPORT_HELD,
        "basis": Field(
            "basis", "string", True, "How exact the counts are.", tuple(_different(rows, "basis"))
        ),
        "copy_of": Field("copy_of", "date", False, "The snapshot that it repeats."),
    }
    fields = tuple(
        other.get(name) or _number(name, described(SnapshotRow, name)) for name in columns
    )
    dates = {n for n, field in enumerate(fields) if field.type == "date"}
    return Table(
        "mobility",
        f"Counts, scores and ranks that each snapshot of a dataset gives a passport. {NOTICED}",
        fields,
        ("snapshot", "passport"),
        (TO_PASSPORT,),
        tuple(
            tuple(day(value) if n in dates else value for n, value in enumerate(row))
            for row in ranks["snapshots"]
        ),
        MIT,
    )


def _notices(ranks: Tables) -> Table:
    return Table(
        "notices",
        "What must be handed on with the tables that are under another licence than the release.",
        (
            Field("id", "string", True, "Name of the notice.", pattern=ID),
            Field("licence", "string", True, "The licence."),
            Field("text", "string", True, "The notice, word for word."),
        ),
        ("id",),
        (),
        ((PASSPORT_INDEX, MIT, ranks["notice"]),),
    )


def _number(name: str, said: str) -> Field:
    return Field("out_of" if name == "of" else name, "integer", False, said, minimum=0)


def _different(rows: list[dict[str, Any]], key: str) -> list[str]:
    return sorted({row[key] for row in rows})


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

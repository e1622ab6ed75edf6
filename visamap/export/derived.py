"""The tables of an export that no record holds as such: what follows from the rules, day by day.

The decision table, the days of each regime, the countries that codes stand for, the release. Only
their layout is decided here; judging is ``decisions``', cutting is the store's.
"""

from collections.abc import Iterable, Iterator
from typing import Any, get_args

from visamap.domain.decisions import decision_table
from visamap.export import fields as of
from visamap.export.dictionary import described
from visamap.export.fields import CODE, ID, ORDINAL, to, within
from visamap.results.data_results import Field, Reference, Table
from visamap.schema.mobility import Observation, OutboundRule, PublishedRank, SnapshotRow
from visamap.store.index import Index, Tables
from visamap.store.spans import SpanState, bounds_of, day
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
NATIONALITY = of.text("nationality", "Whose passport.", CODE)
PASSPORT = of.word("passport", "Kind of passport.", PASSPORTS)
TO_NATIONALITY = to("nationality", COUNTRIES, "code")
TO_REGIME = within("regime", "regimes")
TO_HOME = to("destination", COUNTRIES, "code")


def rules(*indexes: Index) -> Table:
    """Return the decision table: destination, nationality, passport and a period give the answer.

    Each index is a destination's.
    """
    return Table(
        "rules",
        "The answer for each destination, nationality, passport and day, as a table to join with. "
        "Every day of the calendar lies in exactly one row of a nationality, passport and "
        "destination: join on these and on the day of entry between `first_day` and `last_day`. "
        "The first row begins on 0001-01-01, "
        "the last ends on 9999-12-31. The last row holds the days of entry more than 366 days "
        "after the release, which are not answered (`beyond_horizon`). People of a territory "
        "without a nationality of its own are answered by the passport that they hold "
        "(`held_passport` in `countries`).",
        (
            NATIONALITY,
            PASSPORT,
            of.day("first_day", "First day of the answer."),
            of.day("last_day", "Last day of the answer, included."),
            of.word(
                "verdict", "Whether a visa is needed; `unknown` is never a soft yes.", VERDICTS
            ),
            of.word("reason", "Why.", get_args(Reason)),
            of.number(
                "max_stay_days", "Longest first stay in days that all limits allow.", null=True
            ),
            of.text("regime", "The regime that was chosen.", ID, null=True),
            of.text("instrument", "The act behind it.", ID, null=True),
            of.word("basis", "The kind of ground it rests on.", BASES, null=True),
            of.text(
                "advisory",
                'Kinds of practice that differ from the law, "; " between several; with a question '
                "mark where it may be over or not begun.",
                null=True,
            ),
            of.word("confidence", "How sure the answer is.", get_args(Confidence)),
            of.day(
                "terms_until",
                "The last day to which these terms carry a visit; null where no such day is known.",
                null=True,
            ),
            of.flag(
                "after_terms",
                "Whether a visit that reaches further is allowed; null where only a count of its "
                "days can tell, or nobody knows.",
                null=True,
            ),
            Field(
                "unless_bound",
                "integer",
                False,
                "Longest first stay where no limit binds that only may: whether a stay longer than "
                "`max_stay_days` is allowed is not known up to so many days, and a longer one is "
                "not allowed; null where none is known to be too long, as where looser terms are "
                "near.",
                minimum=1,
            ),
            of.flag("any_length", "Whether an act says that a stay may have any length."),
            of.DESTINATION,
        ),
        ("nationality", "passport", "first_day", "destination"),
        (TO_NATIONALITY, TO_REGIME, within("instrument", "instruments"), TO_HOME),
        tuple(tuple(row) for index in indexes for row in decision_table(index)),
    )


def regime_spans(*indexes: Index) -> Table:
    """Return the days on which each regime holds, may hold or is halted."""
    return Table(
        "regime_spans",
        "The days on which a regime holds for a nationality and passport, may hold, or is halted: "
        "worked out from its own dates, those of its act, and suspensions.",
        (
            NATIONALITY,
            PASSPORT,
            of.number("ordinal", "Place in the order of the first days."),
            of.text("regime", "The regime.", ID),
            of.word("state", "What is said of these days.", get_args(SpanState)),
            of.day("first_day", "First day; null where it is open.", null=True),
            of.day("last_day", "Last day, included; null where no end is known.", null=True),
            of.text("suspension", "The suspension that halts it.", ID, null=True),
            of.DESTINATION,
        ),
        ("nationality", "passport", "ordinal", "destination"),
        (TO_NATIONALITY, TO_REGIME, within("suspension", "suspensions"), TO_HOME),
        tuple(row for index in indexes for row in _spans(index)),
    )


def release(index: Index) -> Table:
    """Return the one row that says which data this is."""
    return Table(
        "release",
        "Which data this is; name it where you use it.",
        (
            of.day("release", "Day of release."),
            of.text("digest", "Digest of the files that it was made from."),
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
            of.text("code", "ISO 3166-1 alpha-3, or the ICAO 9303 code of a document.", CODE),
            of.text(
                "alpha2",
                "ISO 3166-1 alpha-2; NA is Namibia, not a missing value.",
                "^[A-Z]{2}$",
                null=True,
            ),
            of.text("numeric", "ISO 3166-1 numeric.", "^[0-9]{3}$", null=True),
            of.word("kind", "What the code stands for.", KINDS),
            of.text("name_en", "Name in English."),
            of.text("name_kk", "Name in Kazakh.", null=True),
            of.text("name_ru", "Name in Russian.", null=True),
            of.text(
                "held_passport",
                "Whose passport people of a territory hold that has no nationality of its own.",
                CODE,
                null=True,
            ),
        ),
        ("code",),
        (),
        tuple(
            (
                code,
                alpha2,
                numeric,
                kind,
                name,
                kk.get(code),
                ru.get(code),
                index.tables["held_passport"].get(code),
            )
            for code, (alpha2, numeric, name, kind) in sorted(index.tables["countries"].items())
        ),
    )


def _spans(index: Index) -> Iterator[tuple[object, ...]]:
    for nationality in index.nationalities:
        for passport in sorted(PASSPORTS):
            for n, span in enumerate(index.spans(nationality, passport), 1):
                days = *span.period, span.by, index.home
                yield (nationality, passport, n, span.regime, span.state, *days)


MIT = "MIT"
"""The licence of the snapshots and of what is made from them; the notice of ``notices`` has it."""
PASSPORT_INDEX = "passport-index"
NOTICED = f"The notice `{PASSPORT_INDEX}` goes with it."
RULE = of.text("outbound_rule", "The rule that this belongs to.", ID)
PASSPORT_HELD = of.text("passport", "Whose ordinary passport.", CODE)
DESTINATION = of.text("destination", "Where to.", CODE)
SOURCE = of.text("source", "Where it was read.", ID)
SURE = of.word("confidence", described(OutboundRule, "confidence"), get_args(Confidence))
NOTE = of.text("note", described(OutboundRule, "note"), null=True)
DAYS = {
    "valid_from_not_before": "Earliest possible first day; null where it is open.",
    "valid_from_not_after": "Latest possible first day; null where it is open.",
    "valid_to_not_before": "Earliest possible last day, included; null where no end is known.",
    "valid_to_not_after": "Latest possible last day, included; null where no end is known.",
    "known_since": described(OutboundRule, "known_since"),
    "known_until": described(OutboundRule, "known_until"),
}
TO_PASSPORT = to("passport", COUNTRIES, "code")
TO_DESTINATION = to("destination", COUNTRIES, "code")
TO_SOURCE = to("source", "mobility_sources")
Rows = Iterable[tuple[Any, ...]]


def mobility_tables(index: Index) -> Iterator[Table]:
    """Yield them, what is named before what names it."""
    outbound, ranks = index.apart("outbound"), index.apart("ranks")
    cited = {**outbound["sources"], **ranks["sources"]}
    yield Table(
        "mobility_sources",
        "Where the tables about passports abroad were read.",
        (
            of.text("id", "Name of the source.", ID),
            of.text("url", "Address."),
            of.text("kind", "Which kind it is."),
        ),
        ("id",),
        (),
        tuple((name, url, kind) for name, (url, kind) in sorted(cited.items())),
    )
    yield from _rules(outbound)
    yield _seen(outbound)
    yield from _published(ranks)
    yield _counted(ranks)
    yield Table(
        "notices",
        "What must be handed on with the tables that are under another licence than the release.",
        (
            of.text("id", "Name of the notice.", ID),
            of.text("licence", "The licence."),
            of.text("text", "The notice, word for word."),
        ),
        ("id",),
        (),
        ((PASSPORT_INDEX, MIT, ranks["notice"]),),
    )


def _rules(outbound: Tables) -> Iterator[Table]:
    rules = outbound["rules"]
    yield Table(
        "outbound_rules",
        "What destinations ask of the ordinary passports of Central Asia, by law or by an official "
        "list, written by hand. What stands in `outbound_snapshots` never wins over a rule that is "
        "certain.",
        (
            of.text("id", "Name of the rule; never renamed.", ID),
            of.word("requirement", described(OutboundRule, "requirement"), REQUIREMENTS),
            of.word("basis", described(OutboundRule, "basis"), get_args(RuleBasis)),
            of.text("granted_by", "The act: id of an instrument, or its words.", null=True),
            *(of.day(name, said, null=True) for name, said in DAYS.items()),
            SURE,
            of.text("disputed", "What the sources contradict each other about.", null=True),
            NOTE,
        ),
        ("id",),
        (),
        tuple(
            (
                *(rule[key] for key in ("id", "requirement", "basis")),
                rule.get("instrument") or rule.get("act"),
                *bounds_of(rule),
                *(day(rule.get(key)) for key in ("known_since", "known_until")),
                rule["confidence"],
                rule.get("disputed", {}).get("what"),
                rule.get("note"),
            )
            for rule in rules
        ),
    )
    yield _of_rules(
        "pairs",
        "Which passports a rule is for, and which destinations.",
        (PASSPORT_HELD, DESTINATION),
        ("passport", "destination"),
        sorted(
            (rules[n]["id"], passport, destination)
            for passport, found in outbound["of"].items()
            for destination, numbers in found.items()
            for n in numbers
        ),
        (TO_PASSPORT, TO_DESTINATION),
    )
    yield _of_rules(
        "limits",
        "Limits of stay that a rule sets; all of them bind.",
        (
            ORDINAL,
            of.text("kind", "Which kind it is."),
            of.number("days", "Days of stay.", null=True),
            of.number("per_days", "Length in days of its window.", null=True),
        ),
        ("ordinal",),
        (
            (rule["id"], n, one["kind"], one.get("days"), one.get("per_days"))
            for rule in rules
            for n, one in enumerate(rule["limits"], 1)
        ),
    )
    yield _of_rules(
        "conditions",
        "What else must be met.",
        (
            of.text("name", "The condition."),
            ORDINAL,
            of.text("value", "Its value, as text."),
        ),
        ("name", "ordinal"),
        (
            (rule["id"], name, n, str(value).lower() if isinstance(value, bool) else str(value))
            for rule in rules
            for name, values in rule["conditions"].items()
            for n, value in enumerate(values if isinstance(values, list) else [values], 1)
        ),
    )
    yield _of_rules(
        "sides",
        "What the sources of a disputed rule say.",
        (ORDINAL, of.text("says", "What this side says.")),
        ("ordinal",),
        (
            (rule["id"], n, side["says"])
            for rule in rules
            for n, side in enumerate(rule.get("disputed", {}).get("sides", ()), 1)
        ),
    )
    yield _of_rules(
        "sources",
        "Where a rule was read.",
        (ORDINAL, SOURCE),
        ("ordinal",),
        ((rule["id"], n, source) for rule in rules for n, source in enumerate(rule["sources"], 1)),
        (TO_SOURCE,),
    )


def _of_rules(  # noqa: PLR0913, PLR0917  the parts of a table
    name: str,
    description: str,
    fields: tuple[Field, ...],
    key: tuple[str, ...],
    rows: Rows,
    references: tuple[Reference, ...] = (),
) -> Table:
    return Table(
        f"outbound_rule_{name}",
        description,
        (RULE, *fields),
        (RULE.name, *key),
        (to(RULE.name, "outbound_rules"), *references),
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
            of.word("requirement", described(Observation, "requirement"), get_args(SnapshotWord)),
            of.number("days", described(Observation, "days"), null=True),
            of.day("first_seen", described(Observation, "first_seen")),
            of.day("last_seen", described(Observation, "last_seen")),
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
    yield Table(
        "passport_ranks",
        "Ranks of passports as their indexes published them.",
        (
            ORDINAL,
            of.word("index_name", described(PublishedRank, "index"), _different(rows, "index")),
            of.text("edition", described(PublishedRank, "edition")),
            of.text("as_of", described(PublishedRank, "as_of"), null=True),
            PASSPORT_HELD,
            of.number("rank", described(PublishedRank, "rank"), 0, null=True),
            of.number("out_of", described(PublishedRank, "of"), 0, null=True),
            of.number("score", described(PublishedRank, "score"), 0, null=True),
            of.number("visa_free", described(PublishedRank, "visa_free"), 0, null=True),
            SURE,
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
        (of.number("rank_ordinal", "The `ordinal` in passport_ranks."), ORDINAL, SOURCE),
        ("rank_ordinal", "ordinal"),
        (to("rank_ordinal", "passport_ranks", "ordinal"), TO_SOURCE),
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
        "snapshot": of.day("snapshot", described(SnapshotRow, "snapshot")),
        "passport": PASSPORT_HELD,
        "basis": of.word("basis", described(SnapshotRow, "basis"), _different(rows, "basis")),
        "copy_of": of.day("copy_of", described(SnapshotRow, "copy_of"), null=True),
        "of": of.number("out_of", described(SnapshotRow, "of"), 0, null=True),
    }
    return Table(
        "mobility",
        f"Counts, scores and ranks that each snapshot of a dataset gives a passport. {NOTICED}",
        tuple(
            other.get(name) or of.number(name, described(SnapshotRow, name), 0, null=True)
            for name in columns
        ),
        ("snapshot", "passport"),
        (TO_PASSPORT,),
        tuple(
            tuple(
                day(value) if name in {"snapshot", "copy_of"} else value
                for name, value in row.items()
            )
            for row in rows
        ),
        MIT,
    )


def _different(rows: list[dict[str, Any]], key: str) -> tuple[str, ...]:
    return tuple(sorted({row[key] for row in rows}))

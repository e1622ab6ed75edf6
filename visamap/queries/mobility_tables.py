"""The tables of an export about passports abroad: rules by law or list, snapshots, ranks.

Laid out from the compiled tables; which of them wins on a day is the business of ``outbound``. Over
300 lines because it says of every column what it means, and little else.
"""

from collections.abc import Iterator
from typing import Any, get_args

from visamap.index import Index, Tables, day
from visamap.queries.derived_tables import ID
from visamap.requirements import REQUIREMENTS, RuleBasis, SnapshotWord
from visamap.results.export import Field, Reference, Table
from visamap.vocabulary import Confidence

MIT = "MIT"
"""The licence of the snapshots and of what is made from them; the notice of ``notices`` has it."""
PASSPORT_INDEX = "passport-index"
NOTICED = f"The notice `{PASSPORT_INDEX}` goes with it."
COUNTRY = "^[A-Z]{3}$"
RULE = Field("outbound_rule", "string", True, "The rule that this belongs to.", pattern=ID)
ORDINAL = Field("ordinal", "integer", True, "Place in the list, from 1.", minimum=1)
PASSPORT = Field("passport", "string", True, "Whose ordinary passport.", pattern=COUNTRY)
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
COUNTS = {
    "visa_free": "Destinations open without a visa.",
    "visa_on_arrival": "Destinations with a visa on arrival.",
    "eta": "Destinations with an authorisation asked for online.",
    "e_visa": "Destinations with an e-visa.",
    "fast_e_visa": "Of these, issued within three days; estimated.",
    "not_counted_voa": "Visas on arrival that the index does not count.",
    "visa_required": "Destinations that require a visa.",
    "no_admission": "Destinations that let nobody in.",
    "covid_ban": "Destinations closed in the pandemic.",
    "score": "What the counts add up to by the formula of the index.",
    "rank": "Dense rank by score among all passports of the snapshot.",
    "of": "The last rank.",
    "competition_rank": "One more than the number of passports before it.",
    "individual_rank": "Rank with ties broken by the destinations without a visa.",
    "passports": "Passports of the snapshot.",
    "visa_free_rank": "Dense rank by the destinations without a visa.",
    "visa_free_of": "Its last rank.",
    "henley_rank": "Dense rank by the formula of the Henley index.",
    "henley_of": "Its last rank.",
    "plain_rank": "Dense rank by the formula without e-visas.",
    "plain_of": "Its last rank.",
}
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
        (PASSPORT, DESTINATION),
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
            PASSPORT,
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
            PASSPORT,
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
        "passport": PASSPORT,
        "basis": Field(
            "basis", "string", True, "How exact the counts are.", tuple(_different(rows, "basis"))
        ),
        "copy_of": Field("copy_of", "date", False, "The snapshot that it repeats."),
    }
    fields = tuple(other.get(name) or _number(name, COUNTS[name]) for name in columns)
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

"""What the closed words mean: the comment behind each word where the words are defined.

The words and their borders are written once, for people, in the vocabulary; a data dictionary reads
them there instead of repeating them.
"""

import inspect
import io
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from types import ModuleType

from pydantic import BaseModel

from visamap import limits, vocabulary
from visamap import vocabulary as figures
from visamap import vocabulary as requirements
from visamap.results.data import FIELD_TYPES, Field, Reference, Table
from visamap.schema import countries
from visamap.schema.base import Record

Meanings = dict[frozenset[str], dict[str, str]]


def meanings() -> Meanings:
    """Return what words mean, by all words of their vocabulary; silent words are left out."""
    found: Meanings = {}
    for room in (countries, figures, limits, requirements, vocabulary):
        for words in vocabularies(room):
            found[frozenset(words)] = {word: text for word, text in words.items() if text}
    return found


def vocabularies(room: ModuleType) -> Iterator[dict[str, str]]:
    """Yield the words of every ``Literal[...]`` of a module, with their comments."""
    words: dict[str, str] | None = None
    latest = ""
    for token in tokenize.generate_tokens(io.StringIO(inspect.getsource(room)).readline):
        if words is None:
            words = {} if (latest, token.string) == ("Literal", "[") else None
        elif token.type == tokenize.STRING:
            latest = token.string[1:-1]
            words[latest] = ""
            continue
        elif token.type == tokenize.COMMENT and latest in words:
            words[latest] = token.string.removeprefix("#").strip()
        elif token.string == "]":
            yield words
            words = None
        if token.type == tokenize.NAME:
            latest = token.string


DESCRIPTIONS = {
    # what most records have
    "id": "Name of the record; never renamed, never used again.",
    "code": "ISO 3166-1 alpha-3 code, or ICAO 9303 code of a document.",
    "title": "What it is called.",
    "name": "What it is called.",
    "text": "What it says, in words.",
    "note": "A remark in words.",
    "confidence": "How sure we are that this is so.",
    "sources": "Where it was read.",
    "from": "First day; null where it is open, or known by its bounds only.",
    "from_not_before": "Earliest possible first day.",
    "from_not_after": "Latest possible first day: the earliest source that shows it at work.",
    "to": "Last day, included; null where no end is known, or only its bounds.",
    "to_not_before": "Earliest possible last day.",
    "to_not_after": "Latest possible last day.",
    "as_of": "The day that it describes, as exactly as known.",
    "kind": "Which kind it is.",
    "passport": "Kind of passport.",
    "passports": "Kind of passport that it is for; none: all.",
    "nationalities": "Nationality that it is for.",
    "except_nationalities": "Nationality that it is not for.",
    "only_nationalities": "Nationality that alone it is for.",
    "purposes": "Purpose of travel that it serves.",
    "act": "The act that it rests on.",
    "instrument": "The act that it rests on.",
    "instruments": "An act.",
    "partners": "The other side: a state or territory.",
    "territory": "The part of the country that it is about.",
    # meta
    "release": "Day of release of this data.",
    "schema": "Number of the form of the data.",
    "home": "The country whose borders the law is about.",
    "licence": "Licence of the data.",
    "Source.licence": "Licence of the source, where it names one.",
    "Coverage.from": "From this day a missing rule means that a visa is required.",
    "on": "The day that is counted for.",
    "certain": "Nationalities that are certain.",
    "possible": "Nationalities that come on top if all that is possible is true.",
    # acts
    "organisation": "The organisation that the act is with or of.",
    "issuer": "Who made it.",
    "number": "Its official number.",
    "reciprocal": "Whether it binds the other side to the same.",
    "about": "What it is about.",
    "OpenQuestion.about": "Id of a record of any table that the question is about.",
    "amends": "The act that it changes.",
    "replaced_by": "What took its place.",
    "RetiredId.replaced_by": "Id of the record of any table that took its place.",
    "Event.what": "What happened.",
    "by": "Who did or said it.",
    "Event.by": "Which side did it.",
    "Event.act": "The document of the event, in words.",
    "date": "When it happened, as exactly as known: YYYY-MM-DD, YYYY-MM or YYYY.",
    "between": "Bounds of the day on which it happened, where it is not known.",
    "place": "Where it happened.",
    # rules
    "scope": "Who of the nationality it is for.",
    "amended_by": "The act that changed its terms.",
    "Dispute.what": "What the sources contradict each other about.",
    "says": "What this side says.",
    "passport_valid_months": "Months that the passport must be valid.",
    "no_paid_work": "True: no paid work is allowed.",
    "no_missionary_work": "True: no missionary work is allowed.",
    "not_for_pilgrimage": "True: not for a pilgrimage.",
    "residents_of": "Only for residents of this area.",
    "extendable_once_days": "Days by which the stay can be prolonged once.",
    "days": "Days of stay, the days of entry and exit both counted.",
    "per_days": "Length in days of the window in which the days are counted.",
    "hours": "Hours of stay.",
    "transit": "A transit rule that is halted.",
    "regimes": "A regime that is halted.",
    "basis": "Only for those who enter on this ground.",
    "groups": "Only for citizens of a member of this group.",
    "except_groups": "Not for citizens of a member of this group.",
    "stay_over_days": "Only for stays longer than so many days.",
    "max_stay_over_days": "Only where the permitted stay is longer than so many days.",
    "voluntary": "Whether nothing follows from leaving it undone.",
    "within_days": "Days in which it is to be done.",
    "day_kind": "Which days those are.",
    "hours_before_entry": "Hours before entry by which it is to be done.",
    "airports": "Airport of arrival and departure.",
    "carriers": "Only with these carriers.",
    "document": "Kind of document.",
    "min_age": "Least age of the holder.",
    "max_age": "Greatest age of the holder.",
    "EntryDocument.terms": "On what terms it is accepted.",
    # visas
    "Visa.code": "Official code of the category, or a name where it has none.",
    "aliases": "Another name of it.",
    "group": "Group of the official classification.",
    "audience": "Whom it is for.",
    "announced_only": "Whether officials have only named it, so that nobody can apply.",
    "entries": "Number of entries.",
    "single_validity_days": "Days of validity at most, single entry.",
    "multiple_validity_months": "Months of validity at most, multiple entry.",
    "stay_days_per_entry": "Days of stay an entry.",
    "stay_days": "Days of stay.",
    "validity_days": "Days of validity.",
    "stay_rule": "How the days of stay are counted.",
    "extendable": "Whether it can be prolonged in the country.",
    "max_months": "Months by which it can be prolonged at most.",
    "max_days": "Days by which it can be prolonged at most.",
    "Extension.by": "Who prolongs it.",
    "invitation": "Whether an invitation is needed.",
    "invitation_exempt": "List of states whose citizens need no invitation.",
    "income_usd_month": "Monthly income to be shown, in US dollars.",
    "fee": "The group of fees that it pays.",
    "documents": "A document to be handed in.",
    "work": "Whether paid work is allowed.",
    "work_note": "Which work is allowed.",
    "family": "Who of the family may come along.",
    "issued_by": "Who issues it.",
    "issuance_note": "A remark on where it is issued.",
    "resident_after_days": "Days of presence after which one is resident for tax.",
    "in_months": "The months in which those days are counted.",
    "rate_percent_foreign_income": "Tax on income from abroad, in percent.",
    "introduced": "When it was brought in.",
    "abolished": "First day without it.",
    "counts": "What is counted, in words.",
    "value": "The number that was published.",
    "more_than": "Whether the source says that it is more than this.",
    "CountryList.purpose": "What the list is for.",
    "visas": "A visa that the list is about.",
    "complete": "Whether absence from the list proves a no.",
    "stand_in_for": "The list, not found, that this one stands in for.",
    "members": "State on the list.",
    "lists": "List of states whose citizens may apply.",
    "url": "Address.",
    "visa": "The visa.",
    "EVisaCategory.entries": "Number of entries.",
    "since": "First day on which it is given in this form.",
    "conditions": "A condition, in words.",
    "terms": "How long a stay the act allows.",
    "limits": "A limit of stay.",
    # money
    "FeeTable.place": "Where the fee is paid.",
    "FeeGroup.place": "Where the fee is paid.",
    "FeeTable.act": "The act that sets it, in words.",
    "exempt": "Who pays nothing.",
    "rates": "A line of the tariff.",
    "Rate.what": "What is paid for.",
    "amount": "Amount.",
    "currency": "Currency of the amount.",
    "year": "Calendar year.",
    "kzt": "Value of the index in tenge.",
    "article": "Article of the law.",
    "breach": "What was done or left undone.",
    "Penalty.by": "Whom it threatens.",
    "newer_wording": "The record of the wording that took its place.",
    "from_days": "First day of the breach that the bracket is for.",
    "to_days": "Last day of the breach that the bracket is for.",
    "who": "Who is punished, where the law tells persons apart.",
    "repeated_within_months": "Only if it happens again within so many months.",
    "sanction": "What the law threatens, in words.",
    # claims, findings, questions, sources
    "said_on": "When it was said, as exactly as known.",
    "Claim.by": "Who said it.",
    "Claim.what": "What the figure is about.",
    "claimed": "The figure.",
    "Claim.passport": "Whose passport it is about.",
    "index": "In which index.",
    "of": "Among how many.",
    "unilateral": "Of these, under Kazakhstan's own act.",
    "agreement": "Of these, under agreements.",
    "both": "Of these, under both.",
    "names": "Nationality that was named.",
    "question": "What we do not know.",
    "settled_by": "What would settle it.",
    "retired": "When the id was taken out of use.",
    "accessed": "When we read it.",
    "publisher": "Who published it.",
    "language": "Its language.",
    "published": "When it was published, as exactly as known.",
    "archived": "Address of an archived copy.",
    "caution": "What to mind when relying on it.",
}


def described(key: str, model: type[BaseModel]) -> str:
    """Return what a field means: our words, and what the docstrings of its classes say of it."""
    ours = DESCRIPTIONS.get(f"{model.__name__}.{key}", DESCRIPTIONS.get(key))
    theirs = " ".join(_plain(said) for said in _sentences(model) if f"``{key}``" in said)
    return ours or theirs or f"{key.replace('_', ' ').capitalize()}."


def sentence(models: tuple[type[BaseModel], ...], name: str) -> str:
    """Return what the rows of a table are: the docstring of its record, in one paragraph."""
    if len(models) > 1:
        return f"Rows of {name}: limits of a stay, all of which bind; `kind` says how one counts."
    return _plain(" ".join(_sentences(models[0])))


def _sentences(model: type[BaseModel]) -> list[str]:
    text = " ".join((model.__doc__ or "").split())
    return re.split(r"(?<=[.!?])\s+(?=[A-Z`])", text) if model is not Record else []


def _plain(text: str) -> str:
    return text.replace("``", "`")


TABLE = Field("table_name", "string", True, "Table.")
COLUMN = Field("column_name", "string", True, "Column.")
AnyMeanings = Mapping[frozenset[str], Mapping[str, str]]


def with_dictionary(tables: tuple[Table, ...], meanings: AnyMeanings) -> tuple[Table, ...]:
    """Return these tables and two that explain all of them, themselves included.

    ``meanings`` says what the words of a vocabulary mean, by all words of it.
    """
    explained = (*tables, _dictionary(()), _words((), {}))
    return (*tables, _dictionary(explained), _words(explained, meanings))


def _dictionary(tables: Iterable[Table]) -> Table:
    """Return a row for each column of these tables."""
    return Table(
        "dictionary",
        "What each column of each table means, which values it takes, and where it leads.",
        (
            TABLE,
            COLUMN,
            Field("position", "integer", True, "Place of the column, from 1.", minimum=1),
            Field("type", "string", True, "Type of its values.", FIELD_TYPES),
            Field("required", "boolean", True, "Whether it is never null."),
            Field("in_key", "boolean", True, "Whether it is part of the primary key."),
            Field("leads_to", "string", False, "The table.column that its values name."),
            Field("description", "string", True, "What it means."),
        ),
        ("table_name", "column_name"),
        (),
        tuple(
            (
                table.name,
                field.name,
                n,
                field.type,
                field.required,
                field.name in table.key,
                _leads_to(table, field.name),
                field.description,
            )
            for table in tables
            for n, field in enumerate(table.fields, 1)
        ),
    )


def _words(tables: Iterable[Table], meanings: AnyMeanings) -> Table:
    """Return a row for each word that a column can take."""
    return Table(
        "dictionary_words",
        "The closed words of each column, with the border to their neighbours.",
        (
            TABLE,
            COLUMN,
            Field("word", "string", True, "Value that the column can take."),
            Field("meaning", "string", False, "What it means, where the word does not say it."),
        ),
        ("table_name", "column_name", "word"),
        (Reference(("table_name", "column_name"), "dictionary", ("table_name", "column_name")),),
        tuple(
            (table.name, field.name, word, meanings.get(frozenset(field.words), {}).get(word))
            for table in tables
            for field in table.fields
            for word in field.words
        ),
    )


def _leads_to(table: Table, column: str) -> str | None:
    ways = (
        f"{reference.table}.{key}"
        for reference in table.references
        for own, key in zip(reference.columns, reference.key, strict=True)
        if own == column
    )
    return next(ways, None)

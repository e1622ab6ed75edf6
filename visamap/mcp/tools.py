"""The tools, one for each question: what it takes, what it answers, whom it asks."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from visamap.arguments import LONGEST_STAY
from visamap.errors import WrongUsageError
from visamap.i18n import tr
from visamap.mcp import words
from visamap.registry import Registry, questions
from visamap.registry import words as said
from visamap.registry.words import FIRST_YEAR, LAST_YEAR
from visamap.results.parts import Envelope

Ask = Callable[..., Envelope]
LIMIT = words.number(
    said.Word("At most so many items in the structured content; the text is of all.", (20,)),
    1,
    1000,
)
"""Some assistants take no answer above a certain size; nothing is left out unasked."""


class Question(NamedTuple):
    """A tool: its name is that of the command whose answer it gives.

    ``ask`` takes the registry and the arguments as they were read; ``today`` names the one that is
    today's date where it is left out.
    """

    title: str
    said: str
    takes: words.Schema
    ask: Ask
    today: str | None = None


def _agreements(registry: Registry, *, on: date, **given: Any) -> Envelope:
    act = given.pop("id", None)
    if act is None:
        return questions.agreements(registry, on=on, **given)
    # Some clients send every default along.
    filters = [name for name, value in given.items() if value != questions.NO_FILTERS[name]]
    if filters:
        listed = ", ".join(filters)
        raise WrongUsageError(tr("id asks for one act in full; leave out {names}.", names=listed))
    return questions.agreement(registry, act, on=on)


def _visas(registry: Registry, **given: Any) -> Envelope:
    if "code" in given and "purpose" in given:
        raise WrongUsageError(tr("purpose selects from the list; leave it out beside a code."))
    return questions.visas(registry, **given)


def _named(ask: Ask, *names: str) -> Ask:
    """Return a question whose arguments ``names`` are handed on by their place."""

    def asked(registry: Registry, **given: Any) -> Envelope:
        return ask(registry, *[given.pop(name) for name in names], **given)

    return asked


def _stay(registry: Registry, nationality: str, **given: Any) -> Envelope:
    return questions.stay(registry, nationality, given.pop("trips", []), **given)


def _ranks(registry: Registry, **given: Any) -> Envelope:
    edition = given.pop("edition", "latest")
    return questions.ranks(registry, given.pop("passports", []), edition=edition, **given)


QUESTIONS = {
    "check": Question(
        "May this nationality enter Kazakhstan without a visa?",
        "May a traveller enter Kazakhstan without a visa on a day, for how long, under which act? "
        "Several nationalities are those of one traveller; each is answered and the best marked. "
        "verdict unknown is an answer: say that it is not known, and why.",
        words.schema(
            {
                "nationalities": words.several(said.NATIONALITIES, 1),
                "on": words.ON,
                "passport": words.PASSPORT,
                "days": words.number(said.DAYS, 1, LONGEST_STAY),
                "reciprocity": words.flag(said.RECIPROCITY),
            },
            ("nationalities",),
        ),
        _named(questions.check, "nationalities"),
        today="on",
    ),
    "partners": Question(
        "Who enters Kazakhstan without a visa?",
        "Which nationalities enter Kazakhstan without a visa on a day, with the act and the terms "
        "of each? Only certain ones; possible adds the others, marked. A long list: narrow it with "
        "basis or min_days, and ask check for a single nationality.",
        words.schema(
            {
                "on": words.ON,
                "passport": words.PASSPORT,
                "basis": words.closed(said.BASIS),
                "min_days": words.number(said.DAYS, 1, LONGEST_STAY),
                "possible": words.flag(said.POSSIBLE),
                "limit": LIMIT,
            }
        ),
        questions.partners,
        today="on",
    ),
    "agreements": Question(
        "Which acts were signed, approved, in force or ended?",
        "Visa agreements of Kazakhstan and its own acts, with their dated events: for a year, an "
        "event, a partner; or one act in full by its id.",
        words.schema(
            {
                "id": words.text(said.ACT),
                "year": words.number(said.YEAR, FIRST_YEAR, LAST_YEAR),
                "event": words.closed(said.EVENT, "any"),
                "partner": words.COUNTRY,
                "status": words.closed(said.STATUS),
                "passport": words.ANY_PASSPORT,
                "kind": words.closed(said.ACT_KIND, "agreement"),
                "on": words.ON,
                "limit": LIMIT,
            }
        ),
        _agreements,
        today="on",
    ),
    "visas": Question(
        "Which visa of Kazakhstan, on what terms?",
        "The visa categories of Kazakhstan (Neo Nomad is B12-1): all, those for a purpose, or one "
        "in full by code or name; with a nationality also what each means for it. The whole list "
        "is long: give a code or a purpose where you can.",
        words.schema(
            {
                "code": words.text(said.CODE),
                "purpose": words.closed(said.PURPOSE),
                "nationality": words.COUNTRY,
                "on": words.ON,
                "limit": LIMIT,
            }
        ),
        _visas,
        today="on",
    ),
    "ranks": Question(
        "Where do passports stand in the indexes?",
        "Passport ranks side by side, each with its index, edition and formula; what an index "
        "published and what visamap worked out itself are told apart. Without passports: the five "
        "of Central Asia.",
        words.schema(
            {
                "passports": words.several(said.PASSPORTS_OF, 0),
                "edition": {**words.text(said.EDITION), "default": "latest"},
                "index": words.text(said.INDEX_NAME),
                "since": words.text(said.SINCE),
                "on": words.A_DAY,
                "formula": words.closed(said.FORMULA),
                "limit": LIMIT,
            }
        ),
        _ranks,
    ),
    "outbound": Question(
        "Where may this passport go?",
        "What destinations ask of the ordinary passports named, on a day. Central Asian passports "
        "are covered best. Without to the list has some 200 places for each passport: give to, or "
        "narrow it with requirement.",
        words.schema(
            {
                "passports": words.several(said.PASSPORTS_OF, 1),
                "to": words.COUNTRY,
                "on": words.ON,
                "requirement": words.closed(said.REQUIREMENT),
                "differ": words.flag(said.DIFFER),
                "best": words.flag(said.BEST),
                "limit": LIMIT,
            },
            ("passports",),
        ),
        _named(questions.outbound, "passports"),
        today="on",
    ),
    "stay": Question(
        "How many days are left in Kazakhstan?",
        "Counts visits to Kazakhstan against the limits of a nationality: days left, last day to "
        "leave, first day back, overstay; and whether a planned visit is allowed.",
        words.schema(
            {
                "nationality": words.COUNTRY,
                "trips": words.TRIPS,
                "plan": words.PLAN,
                "on": words.ON,
                "passport": words.PASSPORT,
            },
            ("nationality",),
        ),
        _stay,
        today="on",
    ),
    "diff": Question(
        "What changed between two days?",
        "Which nationalities gained, lost or got other terms of visa-free entry to Kazakhstan "
        "between two days, and by which act.",
        words.schema(
            {
                "from": words.day("The first day, YYYY-MM-DD.", "2023-12-31"),
                "to": words.day(
                    "The second day, YYYY-MM-DD; today where the server runs if left out.",
                    "2024-12-31",
                ),
                "passport": words.PASSPORT,
                "limit": LIMIT,
            },
            ("from",),
        ),
        _named(questions.diff, "from", "to"),
        today="to",
    ),
    "timeline": Question(
        "How has it been for a nationality?",
        "The history of a nationality at Kazakhstan's border: every period with its verdict, its "
        "terms, its act, and what ended it.",
        words.schema(
            {
                "nationality": words.COUNTRY,
                "passport": words.PASSPORT,
                "since": words.A_DAY,
                "until": words.A_DAY,
                "limit": LIMIT,
            },
            ("nationality",),
        ),
        _named(questions.timeline, "nationality"),
    ),
    "claims": Question(
        "Is that published figure right?",
        "Figures that officials and media published (how many countries, which rank) against our "
        "own data on their day.",
        words.schema({"on": words.A_DAY, "what": words.closed(said.CLAIMED), "limit": LIMIT}),
        questions.claims,
    ),
    "upcoming": Question(
        "What is coming?",
        "Acts not yet in force, and rules of entry to Kazakhstan that begin or end after a day.",
        words.schema({"on": words.ON, "passport": words.ANY_PASSPORT, "limit": LIMIT}),
        questions.upcoming,
        today="on",
    ),
}

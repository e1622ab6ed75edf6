"""The words that only pages use: short headlines, days as people write them, links in place of ids.

Sentences about law come from ``visamap.presenters``; this room shortens and arranges them.
"""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple, TypeVar

from markupsafe import Markup, escape

from visamap.language import MONTHS, fact, mark, tr, trn
from visamap.presenters.text.agreement_in_full import HOME
from visamap.presenters.words import sentences
from visamap.presenters.words.dates import day_form
from visamap.presenters.words.sentences import Headline
from visamap.results.check import CheckAnswer
from visamap.results.parts import Act, Country, SourceRef
from visamap.results.stay import DutyDue, StayAnswer
from visamap.vocabulary import PASSPORTS
from visamap.web.page_days import between, time, trh

VERDICTS = {
    "visa_free": mark("visa-free"),
    "visa_required": mark("visa required"),
    "citizen": mark("citizen"),
    "unknown": mark("not known"),
}
SOURCE_KINDS = {
    "law": mark("law"),
    "official": mark("official"),
    "government-page": mark("government page"),
    "news": mark("news"),
    "reference": mark("reference"),
    "dataset": mark("data set"),
}
CONFIDENCE = {
    "high": mark("High: the rule and its terms are sure."),
    "medium": mark("Medium: good evidence, but not every step was seen in an official text."),
    "low": mark("Low: weak evidence; ask the consulate."),
}
STATUSES = {
    None: mark("not begun"),
    "draft": mark("draft"),
    "signed": mark("signed"),
    "approved": mark("approved"),
    "possibly_in_force": mark("possibly in force"),
    "in_force": mark("in force"),
    "suspended": mark("suspended"),
    "ended": mark("ended"),
}
EXAMPLES = {"DEU": "Germany", "IND": "India", "THA": "Thailand", "PAK": "Pakistan"}
HAPPENED = {
    ("signed", True): mark("signed, {day}"),
    ("signed", False): mark("signed perhaps, {day}"),
    ("approved", True): mark("approved by Kazakhstan, {day}"),
    ("approved", False): mark("approved by Kazakhstan perhaps, {day}"),
    ("in-force", True): mark("entered into force, {day}"),
    ("in-force", False): mark("entered into force perhaps, {day}"),
    ("ended", True): mark("ended, {day}"),
    ("ended", False): mark("ended perhaps, {day}"),
}
"""What happened to an act, and whether that is certain."""
SCRIPT = {
    "unknown": mark(
        "No country here is called \u201c{name}\u201d; choose one of the names offered."
    ),
    "copy": mark(
        "This copy of the page is not worked out anew for each question: it cannot answer for "
        "another day, passport or length of stay, nor count days."
    ),
    "there": mark("The answer and the whole history for {name}"),
    "unfetched": mark("The map of {day} could not be fetched; the one of {shown} is shown."),
    "play": mark("Play the years"),
    "stop": mark("Stop"),
}
"""What the script of the page may have to say."""
Text = TypeVar("Text", str, Markup)
LONGEST_SHOWN = 56
NAMED_CODE = re.compile(r"(.+) \(([A-Z]{1,3})\)")


class Choice(NamedTuple):
    """A name offered in place of one that was not understood."""

    name: str
    code: str


def change(answer: CheckAnswer) -> Markup:
    """Return what comes next, or that no end is known."""
    following = answer.next_change
    if following is None:
        return trh("No end is known.")
    what, on = tr(VERDICTS[following.verdict]), time(following.on)
    if following.on_between and following.verdict != "unknown":
        on = between(None, following.on_between)
    if following.max_stay_days:
        said = trn(
            "{verdict}, up to {n} day",
            "{verdict}, up to {n} days",
            following.max_stay_days,
            verdict=what,
        )
        return trh("From {day}: {verdict}.", day=on, verdict=said)
    return trh("From {day}: {verdict}.", day=on, verdict=what)


def again(answer: StayAnswer) -> Markup:
    """Return from when a next visit is possible, and how long it may be."""
    on, longest = time(answer.next_entry), answer.longest_stay_from_next_entry
    if not longest:
        return Markup("{}.").format(on)
    said = trn("{day}, for up to {n} day.", "{day}, for up to {n} days.", longest, day=on)
    return Markup(said)  # noqa: S704  our own sentence around a day


def due(duty: DutyDue) -> Markup:
    """Return a duty with the day by which it is or was due, and for visits of which length."""
    on = time(duty.due_on)
    by = trh("Was due by {day}", day=on) if duty.overdue else trh("By {day}", day=on)
    over = duty.stay_over_days
    if not over:
        return Markup("{}: {}").format(by, duty.text)
    said = trn(
        "{when}, if the visit is longer than {n} day: {duty}",
        "{when}, if the visit is longer than {n} days: {duty}",
        over,
        when=by,
        duty=escape(duty.text),
    )
    return Markup(said)  # noqa: S704  our own sentence around a day and a text that is escaped


def act(one: Act) -> str:
    """Return an act by what it is known by: a decree by its number, a treaty by its title."""
    if one.number and one.basis == "unilateral":
        kind = capital(tr(sentences.ACT_KINDS[one.kind]))
        return tr("{kind} No. {number}: {title}", kind=kind, number=one.number, title=one.title)
    return one.title


def shown(address: str) -> str:
    """Return an address as people read it; a long one is cut, the link has it whole."""
    read = address.partition("://")[2].removeprefix("www.").rstrip("/")
    return read if len(read) <= LONGEST_SHOWN else f"{read[: LONGEST_SHOWN - 1]}\u2026"


def web_address(source: SourceRef) -> str | None:
    """Return the address of a source if a browser may follow it; data never becomes a script."""
    return source.url if source.url.startswith(("https://", "http://")) else None


def choices(close: Iterable[str]) -> list[Choice]:
    """Return names with codes, as errors carry them, as things to click on."""
    found = [NAMED_CODE.fullmatch(one) for one in close]
    return [Choice(match[1], match[2]) for match in found if match]


def passports() -> list[tuple[str, str]]:
    """Return the kinds of passport that can be asked for."""
    return [(kind, capital(tr(sentences.PASSPORTS[kind]))) for kind in PASSPORTS]


def examples() -> list[tuple[str, str]]:
    """Return nationalities to try, with their codes."""
    return [(code, fact(name)) for code, name in EXAMPLES.items()]


def capital(text: Text) -> Text:
    """Return a text with a capital at its beginning; markup stays markup."""
    return text[:1].upper() + text[1:]


def title(answer: CheckAnswer | StayAnswer, headline: Headline) -> str:
    """Return how the title of an answer's page begins: with what its text begins with."""
    return f"{headline.short} | {answer.nationality.name}"


def script() -> dict[str, Any]:
    """Return what the script of the page may have to say, by its own names."""
    said: dict[str, Any] = {name: tr(text) for name, text in SCRIPT.items()}
    return {**said, "day": day_form(), "months": [tr(month) for month in MONTHS]}


def moved(places: int | None) -> str:
    """Return places gained or lost, with a sign."""
    if places is None:
        return "?"
    return f"+{places}" if places > 0 else "=" if places == 0 else f"\u2212{-places}"


def name(code: str, partners: Iterable[Country]) -> str:
    """Return the name of a side of an act; a code of no partner stays as it is."""
    return next((fact(one.name) for one in (HOME, *partners) if one.code == code), code)

"""The words that only pages use: short headlines, days as people write them, links in place of ids.

Sentences about law come from ``visamap.presenters``; this room shortens and arranges them.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from visamap.presenters import sentences
from visamap.presenters.agreement_in_full import HOME
from visamap.presenters.check_text import USUAL_VISAS
from visamap.presenters.grounds import best_first
from visamap.presenters.world_words import MONTHS
from visamap.results.check import CheckAnswer
from visamap.results.parts import Act, Country, SourceRef
from visamap.results.stay import StayAnswer
from visamap.vocabulary import PASSPORTS

TONES = {"visa_free": "yes", "citizen": "home", "visa_required": "no", "unknown": "maybe"}
HEADLINES = {
    "yes": "Yes, without a visa",
    "home": "Yes, a citizen needs no visa",
    "no": "A visa is needed",
    "maybe": "Not known for certain",
    "closed": "Not in practice: the border was closed",
}
SOURCE_KINDS = {
    "law": "law",
    "official": "official",
    "government-page": "government page",
    "news": "news",
    "reference": "reference",
    "dataset": "data set",
}
CONFIDENCE = {
    "high": "High: the rule and its terms are sure.",
    "medium": "Medium: good evidence, but not every step was seen in an official text.",
    "low": "Low: weak evidence; ask the consulate.",
}
STATUSES = {
    None: "not begun",
    "draft": "draft",
    "signed": "signed",
    "approved": "approved",
    "possibly_in_force": "possibly in force",
    "in_force": "in force",
    "suspended": "suspended",
    "ended": "ended",
}
HAPPENED = {
    "signed": "signed",
    "approved": "approved by Kazakhstan",
    "in-force": "entered into force",
    "ended": "ended",
}
LONGEST_SHOWN = 56
NAMED_CODE = re.compile(r"(.+) \(([A-Z]{1,3})\)")


class Choice(NamedTuple):
    """A name offered in place of one that was not understood."""

    name: str
    code: str


def tone(answer: CheckAnswer) -> str:
    """Return in which of five ways an answer is shown."""
    return "closed" if _closed(answer) else TONES[answer.verdict]


def headline(answer: CheckAnswer) -> str:
    """Return the answer in a few words."""
    return HEADLINES[tone(answer)]


def stay_tone(answer: StayAnswer) -> str:
    """Return in which of the five ways an answer of ``stay`` is shown."""
    if answer.reason == "citizen":
        return "home"
    if not answer.inside and _closed(answer):
        return "closed"  # days that nobody could come and use are no plain yes
    if answer.days_left is None:
        return "maybe"
    return "yes" if answer.days_left else "no"


def _closed(answer: CheckAnswer | StayAnswer) -> bool:
    """Tell whether the border was certainly closed in practice to who has this answer."""
    closed = any(note.kind == "border-closed" and note.certain for note in answer.advisories)
    return closed and answer.verdict != "citizen"


def day(value: date | str | None) -> str:
    """Return a day in words; months and years known by text alone stay as short as they are."""
    if value is None:
        return "not known"
    parts = [int(part) for part in str(value).split("-")]
    if len(parts) == 1:
        return str(parts[0])
    month = f"{MONTHS[parts[1] - 1]} {parts[0]}"
    return month if len(parts) == 2 else f"{parts[2]} {month}"  # noqa: PLR2004


def between(known: Any, bounds: Any) -> str:
    """Return a day, its bounds, or that it is not known."""
    if known:
        return day(known)
    if not bounds:
        return "not known"
    first, last = bounds
    return f"between {day(first)} and {day(last)}" if last else f"{day(first)} or later"


def stay(answer: CheckAnswer) -> str:
    """Return whether a visit of the length asked is allowed."""
    asked = f"A visit of {answer.days_asked} day{'' if answer.days_asked == 1 else 's'}"
    if answer.stay_allowed is None:
        return f"{asked}: not known whether it is allowed."
    return f"{asked} is {'allowed' if answer.stay_allowed else 'not allowed'} without a visa."


def change(answer: CheckAnswer) -> str:
    """Return what comes next, or that no end is known."""
    following = answer.next_change
    if following is None:
        return "No end is known."
    what = verdict(following.verdict)
    days = f", up to {following.max_stay_days} days" if following.max_stay_days else ""
    return f"From {day(following.on)}: {what}{days}."


def verdict(verdict: str) -> str:
    """Return a verdict in two words."""
    return {"visa_free": "visa-free", "unknown": "not known"}.get(
        verdict, verdict.replace("_", " ")
    )


def act(one: Act) -> str:
    """Return an act by what it is known by: a decree by its number, a treaty by its title."""
    if one.number and one.basis == "unilateral":
        return f"{sentences.ACT_KINDS[one.kind].capitalize()} No. {one.number}: {one.title}"
    return one.title


def dated(one: Act) -> str:
    """Return when an act was signed and began, as far as known."""
    known = [
        f"{word} {day(when)}"
        for word, when in (("signed", one.signed), ("in force from", one.in_force))
        if when
    ]
    return "; ".join(known) or "days not known"


def ranked(sources: Iterable[SourceRef]) -> list[SourceRef]:
    """Return sources without doubles, the best kind first."""
    return best_first(tuple(dict.fromkeys(sources)))


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
    return [(kind, sentences.PASSPORTS[kind].capitalize()) for kind in PASSPORTS]


def plural(number: int, word: str) -> str:
    """Return a number with its word."""
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def usual(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Return the visas that most visitors ask for, of those that there were."""
    known = set(codes)
    return [(code, use) for code, use in USUAL_VISAS.items() if code in known]


def capital(text: str) -> str:
    """Return a text with a capital at its beginning."""
    return f"{text[:1].upper()}{text[1:]}"


def moved(places: int | None) -> str:
    """Return places gained or lost, with a sign."""
    if places is None:
        return "?"
    return f"+{places}" if places > 0 else "=" if places == 0 else f"\u2212{-places}"


def name(code: str, partners: Iterable[Country]) -> str:
    """Return the name of a side of an act; a code of no partner stays as it is."""
    return next((one.name for one in (HOME, *partners) if one.code == code), code)

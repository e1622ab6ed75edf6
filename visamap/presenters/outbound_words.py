"""The sentences of outbound answers: what a destination asks, who says so, what contradicts it."""

from typing import Any

from visamap.presenters import sentences
from visamap.results.outbound import Interrupted, Outbound, Side
from visamap.results.parts import Country

REQUIREMENTS = {
    "visa_free": "visa-free",
    "visa_on_arrival": "visa on arrival",
    "eta": "online authorisation (eTA)",
    "e_visa": "e-visa",
    "visa_required": "visa required",
    "no_admission": "no admission",
    "covid_ban": "border closed in the pandemic",
    "unknown": "not known",
}
BASES = {
    "law": "law",
    "official-list": "official list",
    "news": "press and guides",
    "snapshot": "snapshot",
}
CONDITIONS = {
    "exempt_with_visa_of": "no visa for holders of a visa of {}",
    "reached_through": "no way in but through {}, whose visa is needed",
    "travel_authorisation": "authorisation before the journey: {}",
    "return_ticket": "a return ticket",
    "min_age_alone": "alone only from the age of {}",
    "purposes": "only for {}",
    "bond": "a bond: {}",
    "calendar_year": "the days of a year are those of the calendar year",
    "entry_barred_in_practice": "entry was barred in practice",
}
REASONS = {
    "rule_and_snapshot": "the rule may not cover the day; the snapshots of the day agree with it",
    "between_rules": "one rule followed another about then, and both ask the same",
    "snapshot": "seen by the snapshots before and after",
    "snapshot_before_or_after": "so the snapshots say; a rule that says otherwise may hold",
    "snapshot_outlived": "as the last snapshot saw it",
    "barred": "the border was closed in the pandemic; what the rule was then is not known",
    "snapshots_differ": "the snapshots before and after the day differ",
    "rules_uncertain": "a rule may hold and may not, and nothing decides",
    "nothing_known": "no rule and no snapshot speaks of the day",
}


def sentence(item: Outbound) -> str:
    """Return the answer in a sentence."""
    said = requirement(item.requirement)
    if item.max_stay_days:
        said += f" for up to {item.max_stay_days} days"
    if item.reason in REASONS:
        said += f": {REASONS[item.reason]}"
    needed = [condition(c.code, c.value) for c in item.conditions if c.code in _ANOTHER_VISA]
    said += "".join(f"; {one}" for one in needed)
    if item.interrupted:
        sure = any(case.certain for case in item.interrupted)
        said += "; but entry was barred in practice" + ("" if sure else ", perhaps on this day")
    return f"{said[0].upper()}{said[1:]}."


_ANOTHER_VISA = ("exempt_with_visa_of", "reached_through")


def requirement(word: str) -> str:
    """Return a requirement in words."""
    return REQUIREMENTS[word]


def condition(code: str, value: Any) -> str:
    """Return a condition in words."""
    if code not in CONDITIONS:
        return sentences.condition(code, value)
    shown = " or ".join(value) if isinstance(value, (list, tuple)) else value
    return CONDITIONS[code].format(shown)


def who(country: Country) -> str:
    """Return a country with its code."""
    return f"{country.name} ({country.code})"


def side(one: Side) -> str:
    """Return what a rule or the snapshots say, for a list of sides."""
    stay = f", {one.max_stay_days} days" if one.max_stay_days else ""
    perhaps = "perhaps " if one.possible and one.basis != "snapshot" else ""
    opening = f"{BASES[one.basis].capitalize()}: {perhaps}{requirement(one.requirement)}{stay}"
    if one.basis == "snapshot":
        return f"{opening} (seen {one.first_seen} to {one.last_seen})."
    granted = f", {one.granted_by}" if one.granted_by else ""
    when = sentences.span(one.valid_from, one.valid_to)
    return f"{opening}{granted}{f' {when}' if when else ''}. [{one.rule}]"


def interruption(case: Interrupted) -> str:
    """Return why entry was barred, and when."""
    text = case.text or "The border was closed in the pandemic, as the snapshots saw it."
    when = sentences.span(case.valid_from, case.valid_to)
    return f"{text} {when[0].upper()}{when[1:]}." if when else text


def since(item: Outbound) -> str:
    """Return since when the rule is known to hold."""
    if item.known_since:
        return f"not known; shown by a source since {item.known_since}."
    return f"{sentences.between(item.valid_from, item.valid_from_between)}."


def until(item: Outbound) -> str:
    """Return until when the rule is known to hold."""
    if item.known_until:
        return f"not known; vouched for until {item.known_until}."
    if item.valid_to or item.valid_to_between:
        return f"{sentences.between(item.valid_to, item.valid_to_between)}."
    return "no end is known."


def stay(item: Outbound) -> str:
    """Return the longest stay in few words, for tables."""
    return str(item.max_stay_days or "")


def ground(item: Outbound) -> str:
    """Return who says so, for tables; a mark says that something contradicts it."""
    if item.basis is None:
        return ""
    marks = {"low": "?"}.get(item.confidence, "")
    differs = " \u2260" if item.disagreement else ""
    return f"{BASES[item.basis]}{marks}{differs}"

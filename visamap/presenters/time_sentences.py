"""The sentences of ``timeline``, ``diff``, ``upcoming`` and the feeds, each from its code."""

from collections.abc import Callable
from typing import Any

from visamap.presenters import sentences
from visamap.results.check import AlsoRegime
from visamap.results.diff import Difference, Standing
from visamap.results.feed import FeedEvent
from visamap.results.parts import Act, Country
from visamap.results.timeline import Ending, TimelinePeriod
from visamap.results.upcoming import Upcoming

SHOWN_COUNTRIES = 3
"""More countries than this are counted, not listed."""

# Why a period was over; {act} is the act that did it.
ENDINGS = {
    "began": "Then a rule began: {act}.",
    "confirmed": "Then the rule was certain: {act}.",
    "may_have_begun": "Then a rule may have begun: {act}.",
    "approved": "Then approved, no entry into force found: {act}.",
    "replaced": "Replaced by {act}.",
    "overtaken": "It goes on, but another rule comes first: {act}.",
    "new_terms": "Newer terms by {act}.",
    "ended": "Ended: the rule of {act}.",
    "may_have_ended": "Then perhaps ended: the rule of {act}.",
    "suspended": "Suspended by {act}.",
    "suspension_followed": "Suspended further by {act}.",
    "suspension_ended": "The suspension ended: {act}.",
    "beside": "Only what stands beside it changed: {act}.",
    "coverage_began": "From then on our data is complete enough to say no.",
}
CHANGES = {
    "gained": "visa-free now, and not before",
    "lost": "not visa-free any more",
    "terms": "visa-free on other terms",
    "ground": "visa-free on the same terms under another act",
    "possible-gained": "perhaps visa-free now, or perhaps before already",
    "possible-lost": "perhaps not visa-free any more",
    "possible-terms": "visa-free or not as before; what is only possible changed",
}
UPCOMING = {
    "enters-into-force": "{act}: enters into force {when}",
    "may-be-in-force": "{act}: perhaps in force; it entered into force {when}",
    "approved": "{act}: approved{since}, no entry into force known",
    "signed": "{act}: signed{since}, not approved as far as known",
    "ends": "{act}: ends {when}",
    "rule-begins": "A visa-free rule begins {when}: {act}",
    "rule-ends": "A visa-free rule is over {when}: {act}",
    "suspension-begins": "A suspension begins {when}: {act}",
    "suspension-ends": "A suspension is over {when}: {act}",
    "limit-begins": "A limit for visa-free visitors begins {when}: {act}",
    "limit-ends": "A limit for visa-free visitors is over {when}: {act}",
    "transit-begins": "Transit without a visa begins {when}: {act}",
    "transit-ends": "Transit without a visa is over {when}: {act}",
}
GOES_ON = "visa-free entry goes on under another rule"
EVENTS = {
    "signed": "signed",
    "approved": "approved",
    "ratified": "ratified",
    "applied-provisionally": "applied provisionally",
    "in-force": "in force",
    "suspended": "suspended",
    "resumed": "applied again",
    "ended": "no longer in force",
    "rule-begins": "visa-free entry begins",
    "rule-ends": "a visa-free rule is over",
    "suspension-begins": "the suspension begins",
    "suspension-ends": "the suspension is over",
}


def named(act: Act) -> str:
    """Return an act by number and year, or by its title, with its id."""
    said = sentences.named(act) if act.basis == "unilateral" and act.number else act.title
    return f"{said} [{act.id}]"


def who(countries: tuple[Country, ...]) -> str:
    """Return a few countries by name, or how many there are."""
    if len(countries) > SHOWN_COUNTRIES:
        return f"{len(countries)} nationalities"
    return ", ".join(f"{country.name} ({country.code})" for country in countries)


def ending(ended: Ending) -> str:
    """Return why a period was over."""
    return ENDINGS[ended.code].format(act=named(ended.act) if ended.act else "act not found")


def period(item: TimelinePeriod) -> str:
    """Return the verdict of a period, with its days."""
    return f"{days(item)}: {sentences.verdict(item)}."


def days(item: TimelinePeriod) -> str:
    """Return the days of a period."""
    if item.valid_from and item.valid_to:
        return f"{item.valid_from} to {item.valid_to}"
    return sentences.span(item.valid_from, item.valid_to) or "always"


def difference(item: Difference) -> str:
    """Return what changed for a nationality, since when and by which act."""
    act = f", {named(item.by)}" if item.by else ""
    return (
        f"{item.nationality.name} ({item.nationality.code}): {CHANGES[item.change]} "
        f"({standing(item.before)} / {standing(item.after)}; {item.on}{act})."
    )


def standing(one: Standing) -> str:
    """Return how it stood on a day in few words."""
    perhaps = f"perhaps {_terms(one.possible)}" if one.possible else ""
    if one.verdict == "visa_free":
        sure = "; ".join(sentences.terms(limit) for limit in one.limits) or "stay not known"
        return f"{sure}; {perhaps}" if perhaps else sure
    if one.verdict == "citizen":
        return "citizen"
    if one.verdict == "visa_required":
        return "suspended" if one.suspended_by else "visa"
    return f"not known, {perhaps}" if perhaps else "not known"


def _terms(rules: tuple[AlsoRegime, ...]) -> str:
    longest = max(rules, key=lambda rule: rule.max_stay_days or 0)
    return "; ".join(sentences.terms(limit) for limit in longest.limits) or "visa-free"


def when(item: Upcoming) -> str:
    """Return the day of an item, its bounds, or nothing."""
    if item.on:
        return f"on {item.on}"
    if item.between is None:
        return ""
    first, last = item.between
    return f"between {first} and {last}" if last else f"on {first} or later"


def coming(item: Upcoming) -> str:
    """Return what is coming, with the countries it is for."""
    since = f" {item.since}" if item.since else ""
    said = UPCOMING[item.kind].format(act=named(item.act), when=when(item), since=since)
    whom = f"; for {who(item.nationalities)}" if item.nationalities else ""
    after = f"; {GOES_ON}" if item.goes_on else ""
    return f"{said}{whom}{after}."


def event(item: FeedEvent) -> str:
    """Return an event as a heading: the act, and what happened."""
    act = item.act
    own = act.basis == "unilateral"
    about = sentences.named(act) if own and act.number else act.title
    said = "adopted" if own and item.what == "signed" else EVENTS[item.what]
    by = f" by {item.by}" if item.by else ""
    after = f"; {GOES_ON}" if item.goes_on else ""
    return f"{about[0].upper()}{about[1:]}: {said}{by}{after}"


def message(command: str, item: Any) -> str:
    """Return the sentence for an item of one of these commands."""
    by_command: dict[str, Callable[[Any], str]] = {
        "timeline": period,
        "diff": difference,
        "upcoming": coming,
    }
    return by_command[command](item)

"""What is said of a journey: of the whole, of a leg, of what must be done for it."""

from collections.abc import Sequence
from typing import Any

from visamap.i18n import mark, put, tr, trn
from visamap.render import phrases, phrases_stay
from visamap.render.phrases import Headline, Tone, in_practice
from visamap.results.trip import Leg, ToDo, together

TONES: dict[bool | None, Tone] = {True: "yes", False: "no", None: "maybe"}
WHOLE: dict[bool | None, str] = {
    True: mark("Yes: every leg is possible without a visa, or on the visa that you named."),
    False: mark("No: leg {leg} is not possible like this, {why}."),
    None: mark("Not known: nothing certain can be said of leg {leg}, {why}."),
}
ANSWERS: dict[bool | None, str] = {
    True: mark("Yes"),
    False: mark("No"),
    None: mark("Not known"),
}
REASONS = {
    "visa": mark("on a visa"),
    "visa_too_short": mark("the electronic visa allows {n} days"),
    "visa_terms_unknown": mark("on a visa whose terms are not known"),
    "no_regime": mark("a visa is needed"),
}
WHAT = {
    "e-visa": mark("Apply for the e-visa: {text}"),
    "visa": mark("Apply for a visa at a mission."),
    "invitation": mark("An invitation is needed for the visa."),
}


def headline(legs: Sequence[Leg]) -> Headline:
    """Return whether the journey is possible, and where it breaks first."""
    allowed, number = together(tuple(legs))
    best = [one for one in legs if one.best]
    tone = TONES[allowed]
    said = tr(WHOLE[allowed])
    if number is not None:
        one = next(one for one in best if one.leg == number)
        with phrases.entering(one):
            name = put("{n} ({name})", n=number, name=one.destination.name)
            said = tr(WHOLE[allowed], leg=name, why=why(one))
    for one in best:
        worse = in_practice(tone, one.advisories)
        tone = worse if allowed else tone
    return Headline(tone, tr(ANSWERS[allowed]), said)


def why(leg: Leg) -> str:
    """Return the reason of a leg in a few words."""
    if leg.reason == "limit_reached" and leg.longest_stay is not None and leg.days:
        return trn(
            "{days} days where {n} day is allowed",
            "{days} days where {n} days are allowed",
            leg.longest_stay,
            days=leg.days,
        )
    if leg.reason in REASONS:
        return tr(REASONS[leg.reason], n=leg.longest_stay)
    return phrases_stay.reason(leg.reason)


def message(leg: Leg) -> str:
    """Return the sentence of a leg."""
    if leg.allowed and leg.exit is None and leg.latest_exit:
        return tr("Yes, until {day} at the latest.", day=leg.latest_exit)
    if leg.allowed:
        return tr("Yes: {why}.", why=terms(leg))
    return tr("{answer}: {why}.", answer=tr(ANSWERS[leg.allowed]), why=why(leg))


def terms(leg: Leg) -> str:
    """Return why a leg is possible."""
    if leg.on_visa and leg.verdict != "citizen":
        return tr("on a visa")
    return tr(phrases.VERDICTS[leg.verdict])


def task(one: ToDo) -> str:
    """Return what must be done."""
    if one.what in WHAT:
        return tr(WHAT[one.what], text=" ".join(filter(None, [one.text, one.short])))
    return one.short or one.text


def counted(leg: Leg) -> str:
    """Return what a leg leaves used of its limits, as figures: ``12 of 30``."""
    said = [
        tr("{used} of {limit}", used=one.used, limit=phrases.terms_short([_limit(one)]))
        for one in leg.limits
        if one.left is not None
    ]
    return phrases.BESIDE.join(said)


def _limit(one: Any) -> Any:
    from visamap.limits import Limit  # noqa: PLC0415

    return Limit(one.kind, one.days, one.per_days, one.hours, entries=one.entries)


def instead(leg: Leg) -> list[str]:
    """Return what would work in place of a leg that does not."""
    said = []
    if leg.longest_stay:
        said.append(
            trn(
                "at most {n} day from {day}",
                "at most {n} days from {day}",
                leg.longest_stay,
                day=leg.entry,
            )
        )
    if leg.first_entry and leg.days:
        said.append(
            trn(
                "{n} day from {day} at the earliest",
                "{n} days from {day} at the earliest",
                leg.days,
                day=leg.first_entry,
            )
        )
    return said

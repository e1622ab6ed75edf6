"""What is said of a journey: of the whole, of a leg, of what must be done for it."""

from collections.abc import Iterator, Sequence
from datetime import date

from visamap.i18n import Span, joined, mark, put, tr, trn
from visamap.limits import Limit, allowed_days
from visamap.render import phrases, phrases_stay
from visamap.render.phrases import Headline, in_practice
from visamap.results.stay_results import CountedLimit
from visamap.results.trip_results import Leg, ToDo, together

WITHOUT_VISA = mark("Yes: every leg is possible without a visa.")
BY_LAW = mark("By law, every leg is possible.")
WHOLE: dict[bool | None, str] = {
    True: mark("Yes: every leg is possible, on a visa where you say so and else without one."),
    False: mark("No: leg {leg} is not possible like this: {why}."),
    None: mark("Not known: nothing certain can be said of leg {leg}: {why}."),
}
ANSWERS: dict[bool | None, str] = {
    True: mark("Yes"),
    False: mark("No"),
    None: mark("Not known"),
}
REASONS = {
    "citizen": mark("a citizen needs no visa"),
    "visa": mark("on a visa"),
    "visa_terms_unknown": mark("on a visa whose terms are not known"),
    "no_regime": mark("a visa is needed"),
}
WHAT = {
    "e-visa": mark("apply for the e-visa. {text}"),
    "visa": mark("apply for a visa at a mission"),
    "invitation": mark("somebody in the country must ask for an invitation"),
    "several-entries": mark("an earlier leg uses up a single entry: apply for several entries"),
    "another-visa": mark("an earlier leg uses up the single entry: a second visa is needed"),
}


def headline(legs: Sequence[Leg]) -> Headline:
    """Return whether the journey is possible, and where it breaks first."""
    allowed, number = together(tuple(legs))
    best = [one for one in legs if one.best]
    tone, said = phrases.ALLOWED[allowed], tr(WHOLE[allowed])
    if allowed and not any(one.on_visa for one in best):
        said = tr(WITHOUT_VISA)
    if number is not None:
        one = next(one for one in best if one.leg == number)
        with phrases.entering(one):
            said = tr(WHOLE[allowed], leg=named(one), why=why(one))
    closed = [one for one in best if allowed and in_practice("yes", one.advisories) != "yes"]
    for one in closed[:1]:
        tone, said = in_practice(tone, one.advisories), tr(BY_LAW)
        practice = "; ".join(phrases.practice(note) for note in one.advisories)
        but = tr("But leg {leg}: {practice}.", leg=named(one), practice=practice)
        said = joined(" ", [said, but])
    return Headline(tone, tr(ANSWERS[allowed]), said)


def named(leg: Leg) -> str:
    """Return the number of a leg and where it leads."""
    return put("{n} ({name})", n=leg.leg, name=leg.destination.name)


def why(leg: Leg) -> str:
    """Return why a leg is not possible, or is not known to be, in a few words."""
    if leg.reason == "limit_reached" and leg.longest_stay and leg.days:
        return trn(
            "{days} days where {n} is allowed",
            "{days} days where {n} are allowed",
            leg.longest_stay,
            days=leg.days,
        )
    if leg.reason == "visa_too_short":
        return tr("{n} days are more than the e-visa allows", n=leg.days)
    if leg.reason in REASONS:
        return tr(REASONS[leg.reason])
    return phrases_stay.reason(leg.reason)


def terms(leg: Leg) -> str:
    """Return why a leg is possible, and until when where it has no end yet."""
    said = tr(REASONS.get(leg.reason, phrases.VERDICTS[leg.verdict]))
    if leg.exit is None and leg.latest_exit:
        return tr("{terms}, until {day} at the latest", terms=said, day=leg.latest_exit)
    return said


def answer(leg: Leg) -> str:
    """Return yes, no or not known, as practice leaves it."""
    closed = in_practice(phrases.ALLOWED[leg.allowed], leg.advisories) == "closed"
    return tr("Border closed") if closed else tr(ANSWERS[leg.allowed])


def message(leg: Leg) -> str:
    """Return the sentence of a leg."""
    said = terms(leg) if leg.allowed else why(leg)
    return phrases.in_words(f"{tr(ANSWERS[leg.allowed])}: {said}", leg) + "."


def days(leg: Leg) -> str:
    """Return from when until when, short enough for a table."""
    if leg.exit is None:
        return f"{leg.entry}/"
    last = leg.exit.isoformat()
    return f"{leg.entry}/{last[5:] if leg.exit.year == leg.entry.year else last}"


def used(leg: Leg) -> str:
    """Return what is used up of each limit when the leg ends, as figures: ``12/30``."""
    of_each = (
        f"{one.used}/{one.entries or _most(one)}" for one in leg.limits if one.left is not None
    )
    return phrases.BESIDE.join(of_each)


def _most(one: CountedLimit) -> int:
    return allowed_days(Limit(one.kind, one.days, one.per_days, one.hours))


def task(one: ToDo) -> str:
    """Return what must be done."""
    if one.what in WHAT:
        return phrases.capital(tr(WHAT[one.what], text=" ".join(filter(None, [one.text, one.url]))))
    return one.short or one.text


def told(leg: Leg) -> Leg:
    """Return a leg whose tasks all say what must be done, those that no text of the data tells."""
    tasks = (one._replace(text=task(one)) if one.what in WHAT else one for one in leg.to_do)
    return leg._replace(to_do=tuple(tasks))


ALWAYS = {*WHAT, "border-zone", "travel-authorisation"}
"""Tasks that are told in brief even where they have no day."""


def due(legs: Sequence[Leg], *, full: bool) -> list[tuple[Leg, ToDo]]:
    """Return what must be done, in the order of days; what has none and is minor in full only."""
    found = [(leg, one) for leg in legs for one in leg.to_do]
    shown = [(leg, one) for leg, one in found if full or one.by or one.what in ALWAYS]
    return sorted(shown, key=lambda it: (it[1].by is None, it[1].by or it[0].entry, it[0].leg))


def due_line(leg: Leg, one: ToDo, *, full: bool = False) -> str:
    """Return what must be done by when, and for which state; in ``full`` on what conditions."""
    with phrases.entering(leg):
        said, code = task(one), leg.destination.code
    if full:
        said = " ".join([said, *one.conditions])
    if one.by is None:
        return tr("{code}: {task}", code=code, task=said)
    if one.late:
        return tr("was due by {day}, {code}: {task}", day=_day(one.by), code=code, task=said)
    return tr("by {day}, {code}: {task}", day=_day(one.by), code=code, task=said)


def _day(one: date | str | None) -> Span:
    """Return a day as it stands in short lines, in the same form in each language."""
    day = date.fromisoformat(one) if isinstance(one, str) else one
    return Span(str(day or "?"), "day", day)


def _instead(leg: Leg) -> Iterator[str]:
    if leg.longest_stay:
        yield trn(
            "at most {n} day, until {day}",
            "at most {n} days, until {day}",
            leg.longest_stay,
            day=_day(leg.last_day),
        )
    if leg.first_entry and leg.days:
        yield trn(
            "{n} day from {day} at the earliest",
            "{n} days from {day} at the earliest",
            leg.days,
            day=_day(leg.first_entry),
        )
    if usual := [code for code, _ in phrases.usual(leg.visas, leg.passport)]:
        yield tr("a visa: {codes}", codes=", ".join(usual))


def instead_line(leg: Leg) -> str:
    """Return what would work in place of a leg, if anything is known to."""
    with phrases.entering(leg):
        said = [*_instead(leg)] if leg.allowed is False else []
    if not said:
        return ""
    words = {"n": leg.leg, "code": leg.destination.code, "found": joined("; ", said)}
    return tr("leg {n}, {code}: {found}", **words)


def border_line(leg: Leg) -> str:
    """Return which crossing into the state of a leg was seen open to everybody last.

    ``visamap crossings`` tells of all.
    """
    if leg.border is None:
        return ""
    words = {"from": leg.border["from"], "to": leg.destination.code}
    if not leg.border["crossings"]:
        return tr("{from} - {to}: no land way known, the states do not touch", **words)
    known = [one for one in leg.border["crossings"] if one["open_to"] == "all"]
    if not known:
        return tr("{from} - {to}: no land way known that is open to all", **words)
    latest = max(known, key=lambda one: one["last_seen"] or "")
    said = {**words, "name": latest["name"], "day": _day(latest["last_seen"])}
    if rest := len(known) - 1:
        return tr("{from} - {to}: {name} (seen open to all {day}), {n} more", n=rest, **said)
    return tr("{from} - {to}: {name} (seen open to all {day})", **said)

"""The sentences of ``stay``: what is left, what was broken, what is planned."""

from visamap.limits import Limit
from visamap.presenters import sentences
from visamap.presenters.sentences import days
from visamap.results.stay import CountedLimit, PastBreach, Penalty, Plan, StayAnswer


def sentence(answer: StayAnswer) -> str:
    """Return the answer in a sentence, or two where practice differs from the law."""
    practice = map(sentences.practice, answer.advisories)
    return _law(answer) + "".join(f" But {said}." for said in practice)


def _law(answer: StayAnswer) -> str:
    if answer.days_left:
        left = f"{days(answer.days_left)} left"
        if answer.inside:
            return f"{left}, {answer.on} included: the last day to leave is {answer.latest_exit}."
        return (
            f"{left}: a visit that begins on {answer.on} may last until {answer.latest_exit}, "
            "that day included."
        )
    if answer.days_left is None:
        opening = "No limit" if answer.reason == "citizen" else "Not known"
        return f"{opening}: {why(answer)}."
    if answer.reason != "limit_reached":
        return f"No days left without a visa: {why(answer)}."
    binding = "; ".join(terms(limit) for limit in answer.limits if limit.binding)
    back = f" Entry is possible again from {answer.next_entry}." if answer.next_entry else ""
    return f"No days left: {binding}.{back}"


def why(answer: StayAnswer) -> str:
    """Return why there is no certain right to stay on the day asked."""
    if answer.suspended_by and answer.reason == "suspended":
        return f"the visa-free rule was suspended by {sentences.named(answer.suspended_by.act)}"
    return reason(answer.reason)


def reason(code: str) -> str:
    """Return a reason in words."""
    if code == "limit_reached":
        return "a limit is reached"
    if code == "no_limit_known":
        return "visa-free, but no length of stay is known"
    return sentences.REASONS.get(code, code.replace("_", " "))


def terms(limit: CountedLimit) -> str:
    """Return the terms of a limit."""
    return sentences.terms(Limit(*limit[:6]))


def counted(limit: CountedLimit) -> str:
    """Return a limit with what is used up and left of it, and over which days that was counted."""
    said = f"{terms(limit)}: {limit.used} used, {limit.left} left"
    if limit.kind in {"rolling", "from_first_entry"}:
        running = limit.window_from and f"{limit.window_from} to {limit.window_to}"
        said += f" ({running or 'no period is running'})"
    cut = limit.counts_from
    if cut and limit.window_from and cut >= limit.window_from:
        said += f"; days before {cut} do not count"
    return f"{said}.{' This one binds.' if limit.binding else ''}"


def breach(one: PastBreach) -> str:
    """Return what was wrong with some days of a visit."""
    when = f"{one.first} to {one.last}" if one.last > one.first else f"{one.first}"
    if one.kind is None:
        doubt = "not visa-free" if one.certain else "not known whether visa-free"
        return f"{when} ({days(one.days)}): {doubt}; {reason(one.reason)}."
    limit = Limit(one.kind, one.limit_days, one.per_days)
    words = f"{one.limit_days} days" if one.kind == "hours" else sentences.terms(limit)
    return f"{when} ({days(one.days)}): over {words}."


def penalty(one: Penalty) -> str:
    """Return what the law threatens."""
    last = f" to {one.to_days}" if one.to_days else " and more"
    amount = ""
    if one.mci:
        amount = f" of {one.mci} monthly calculation indices"
        amount += f" ({one.kzt:,} tenge)" if one.kzt else ""
    elif one.mci is None:
        amount = " (amount not known)"
    law = f" {one.article}." if one.article else ""
    return (
        f"{days(one.days)} over in one visit, bracket {one.from_days}{last} days: "
        f"{one.sanction}{amount}.{law}"
    )


def plan(one: Plan) -> list[str]:
    """Return whether a visit to come is allowed, and how long it may be."""
    opening = f"{one.entry} to {one.exit} ({days(one.days)})"
    if one.allowed:
        said = [f"{opening}: allowed."]
    elif one.allowed is None:
        said = [f"{opening}: not known; {reason(one.reason or '')}."]
    else:
        said = [f"{opening}: not allowed from {one.first_overstay} on; {reason(one.reason or '')}."]
    if one.longest_stay is not None:
        said.append(f"Longest stay from {one.entry}: {days(one.longest_stay)}.")
    if one.assumed_exit:
        said.append(f"Assumes that the visit under way ends on {one.assumed_exit}.")
    return said

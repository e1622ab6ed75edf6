"""The sentences of ``stay``: what is left, what was broken, what is planned; and of one visit."""

from visamap.language import day, mark, number, tr, trn
from visamap.limits import Limit
from visamap.presenters.words import sentences
from visamap.presenters.words.sentences import days
from visamap.results.check import CheckAnswer
from visamap.results.stay import CountedLimit, PastBreach, Penalty, Plan, StayAnswer

# How a kind of breach begins; the reason or the limit follows.
UNSETTLED = {True: mark("not visa-free"), False: mark("not known whether visa-free")}


def sentence(answer: StayAnswer) -> str:
    """Return the answer in a sentence, or two where practice differs from the law."""
    practice = [
        tr("But {practice}.", practice=sentences.practice(advisory))
        for advisory in answer.advisories
    ]
    return " ".join([_law(answer), *practice])


def _law(answer: StayAnswer) -> str:
    if answer.days_left and answer.inside:
        return trn(
            "{n} day left, {on} included: the last day to leave is {exit}.",
            "{n} days left, {on} included: the last day to leave is {exit}.",
            answer.days_left,
            on=answer.on,
            exit=answer.latest_exit,
        )
    if answer.days_left:
        return trn(
            "{n} day left: a visit that begins on {on} may last until {exit}, that day included.",
            "{n} days left: a visit that begins on {on} may last until {exit}, that day included.",
            answer.days_left,
            on=answer.on,
            exit=answer.latest_exit,
        )
    if answer.reason == "limit_reached":
        return _none_left(answer)
    if answer.days_left is not None:
        return tr("No days left without a visa: {reason}.", reason=why(answer))
    if answer.reason == "citizen":
        return tr("No limit: {reason}.", reason=why(answer))
    return tr("Not known: {reason}.", reason=why(answer))


def _none_left(answer: StayAnswer) -> str:
    binding = "; ".join(terms(limit) for limit in answer.limits if limit.binding)
    if answer.next_entry:
        return tr(
            "No days left: {limits}. Entry is possible again from {day}.",
            limits=binding,
            day=answer.next_entry,
        )
    return tr("No days left: {limits}.", limits=binding)


def why(answer: StayAnswer) -> str:
    """Return why there is no certain right to stay on the day asked."""
    if answer.suspended_by and answer.reason == "suspended":
        return tr(
            "the visa-free rule was suspended by {act}",
            act=sentences.named(answer.suspended_by.act),
        )
    return reason(answer.reason)


def reason(code: str) -> str:
    """Return a reason in words."""
    if code == "limit_reached":
        return tr("a limit is reached")
    if code == "no_limit_known":
        return tr("visa-free, but no length of stay is known")
    if code == "suspended":
        return tr("suspended")
    return tr(sentences.REASONS[code])


def terms(limit: CountedLimit) -> str:
    """Return the terms of a limit."""
    return sentences.terms(Limit(*limit[:6]))


def counted(limit: CountedLimit) -> str:
    """Return a limit with what is used up and left of it, and over which days that was counted."""
    said = tr(
        "{terms}: {used} used, {left} left", terms=terms(limit), used=limit.used, left=limit.left
    )
    if limit.kind in {"rolling", "from_first_entry"}:
        running = tr("no period is running")
        if limit.window_from:
            running = tr("{first} to {last}", first=limit.window_from, last=limit.window_to)
        said = f"{said} ({running})"
    cut = limit.counts_from
    if cut and limit.window_from and cut >= limit.window_from:
        said = tr("{limit}; days before {day} do not count", limit=said, day=cut)
    return tr("{limit}. This one binds.", limit=said) if limit.binding else f"{said}."


def breach(one: PastBreach) -> str:
    """Return what was wrong with some days of a visit."""
    when = day(one.first)
    if one.last > one.first:
        when = tr("{first} to {last}", first=one.first, last=one.last)
    when = f"{when} ({days(one.days)})"
    if one.kind is None:
        return f"{when}: {tr(UNSETTLED[one.certain])}; {reason(one.reason)}."
    limit = Limit(one.kind, one.limit_days, one.per_days)
    words = days(one.limit_days or 0) if one.kind == "hours" else sentences.terms(limit)
    return tr("{days}: over {limit}.", days=when, limit=words)


def penalty(one: Penalty) -> str:
    """Return what the law threatens."""
    over = trn("{n} day over in one visit", "{n} days over in one visit", one.days)
    bracket = tr("bracket {first} and more days", first=one.from_days)
    if one.to_days:
        bracket = tr("bracket {first} to {last} days", first=one.from_days, last=one.to_days)
    sanction = one.sanction
    if one.mci and one.kzt:
        sanction = tr(
            "{sanction} of {mci} monthly calculation indices ({kzt} tenge)",
            sanction=sanction,
            mci=one.mci,
            kzt=number(one.kzt),
        )
    elif one.mci:
        sanction = tr(
            "{sanction} of {mci} monthly calculation indices", sanction=sanction, mci=one.mci
        )
    elif one.mci is None:
        sanction = tr("{sanction} (amount not known)", sanction=sanction)
    law = f" {one.article}." if one.article else ""
    return f"{over}, {bracket}: {sanction}.{law}"


def plan(one: Plan) -> list[str]:
    """Return whether a visit to come is allowed, and how long it may be."""
    visit = tr("{first} to {last}", first=one.entry, last=one.exit)
    visit = f"{visit} ({days(one.days)})"
    if one.allowed:
        said = [tr("{visit}: allowed.", visit=visit)]
    elif one.allowed is None:
        said = [tr("{visit}: not known; {reason}.", visit=visit, reason=reason(one.reason or ""))]
    else:
        said = [
            tr(
                "{visit}: not allowed from {day} on; {reason}.",
                visit=visit,
                day=one.first_overstay,
                reason=reason(one.reason or ""),
            )
        ]
    if one.longest_stay is not None:
        said.append(
            trn(
                "Longest stay from {day}: {n} day.",
                "Longest stay from {day}: {n} days.",
                one.longest_stay,
                day=one.entry,
            )
        )
    if one.assumed_exit:
        said.append(tr("Assumes that the visit under way ends on {day}.", day=one.assumed_exit))
    return said


def visit(answer: CheckAnswer) -> str:
    """Say whether one visit of the length asked is allowed."""
    days = answer.days_asked or 0
    if answer.stay_reason == "outlasts_rule":
        return trn(
            "A visit of {n} day is not allowed: a visa is needed before it ends.",
            "A visit of {n} days is not allowed: a visa is needed before it ends.",
            days,
        )
    if answer.stay_reason == "terms_change":
        return trn(
            "A visit of {n} day meets other terms before it ends; "
            "plan it as a stay to count its days.",
            "A visit of {n} days meets other terms before it ends; "
            "plan it as a stay to count its days.",
            days,
        )
    if answer.stay_allowed is None:
        return trn(
            "A visit of {n} day: not known whether it is allowed.",
            "A visit of {n} days: not known whether it is allowed.",
            days,
        )
    if answer.stay_allowed:
        return trn(
            "A visit of {n} day is allowed without a visa.",
            "A visit of {n} days is allowed without a visa.",
            days,
        )
    return trn(
        "A visit of {n} day is not allowed without a visa.",
        "A visit of {n} days is not allowed without a visa.",
        days,
    )

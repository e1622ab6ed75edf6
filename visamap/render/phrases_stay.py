"""The sentences of ``stay``: what is left, what was broken, what is planned; and of one visit."""

from visamap.i18n import day, fact, joined, mark, markn, number, of_home, put, tr, trn
from visamap.limits import Limit
from visamap.render import phrases
from visamap.render.labels import currency
from visamap.render.phrases import Headline, Tone, days
from visamap.results.check_results import AdvisoryNote, CheckAnswer
from visamap.results.stay_results import CountedLimit, PastBreach, Penalty, Plan, StayAnswer

# How a kind of breach begins; the reason or the limit follows.
UNSETTLED = {True: mark("not visa-free"), False: mark("not known whether visa-free")}
FINE = "fine"
"""The one sanction that is nothing but an amount of money; its name is a text of the data."""
# What only a stay can meet, beside the reasons of a day.
REASONS = {
    "limit_reached": mark("a limit is reached"),
    "limit_uncertain": mark("a shorter limit may apply, but not for certain"),
    "outlasts_rule": mark("a visa is needed before the end"),
    "terms_change": mark("the terms change before the end; count its days as a planned stay"),
    "no_limit_known": mark("visa-free, but no length of stay is known"),
    "unlimited": mark("no limit of days is set"),
}
OVERSTAYS = {
    "until_now": markn("Overstayed by {n} day: {penalty}", "Overstayed by {n} days: {penalty}"),
    "until": markn(
        "Overstayed by {n} day until {day}: {penalty}",
        "Overstayed by {n} days until {day}: {penalty}",
    ),
    "no_penalty_known": markn(
        "{n} day in the country in breach of the rules: {reason}; the penalty is not known",
        "{n} days in the country in breach of the rules: {reason}; the penalty is not known",
    ),
}
DAYS_LEFT = {
    True: markn(
        "{n} day left, {on} included: the last day to leave is {exit}.",
        "{n} days left, {on} included: the last day to leave is {exit}.",
    ),
    False: markn(
        "{n} day left: a visit that begins on {on} may last until {exit}, that day included.",
        "{n} days left: a visit that begins on {on} may last until {exit}, that day included.",
    ),
}
"""For who is inside, and for who is not."""
VISITS = {
    "unlimited": markn(
        "{n} day is allowed without a visa (no limit of days is set)",
        "{n} days are allowed without a visa (no limit of days is set)",
    ),
    "allowed": markn(
        "{n} day is allowed without a visa (up to {most})",
        "{n} days are allowed without a visa (up to {most})",
    ),
    "limit_reached": markn(
        "{n} day is more than the {most} allowed without a visa",
        "{n} days are more than the {most} allowed without a visa",
    ),
    "outlasts_rule": markn(
        "a visa is needed before {n} day is over",
        "a visa is needed before {n} days are over",
    ),
    "refused": markn(
        "a stay of {n} day needs a visa; {reason}",
        "a stay of {n} days needs a visa; {reason}",
    ),
    "not_known": markn(
        "not known whether {n} day is allowed: {reason}",
        "not known whether {n} days are allowed: {reason}",
    ),
}
"""Of one visit that was asked for, in words that follow a yes or a no."""
ENDLESS = {"citizen", "unlimited"}
"""Reasons of a stay that nothing ends."""
NO_PROMISE = mark("Not known after an overstay: ask the consulate.")


def headline(answer: StayAnswer) -> Headline:
    """Return the headline of ``stay``: an overstay first, then the plan, then what is left."""
    planned = _planned(answer.plan) if answer.plan else ""
    if answer.overstay_days:
        short = _overstay(answer)
        then = ""
        if planned:
            then = tr("Based on the number of days alone: {answer}.", answer=planned)
        elif answer.inside and answer.days_left:
            then = _law(answer)  # when to leave; nothing is promised of coming back
        said = put("{over}. {then}", over=short, then=then) if then else put("{over}.", over=short)
        return Headline("no", short, said)
    if answer.plan:
        advisories = answer.plan.advisories
        tone = phrases.in_practice(phrases.ALLOWED[answer.plan.allowed], advisories)
        plan = phrases.opened(tone, planned)
        short, law = phrases.doubted(plan, tone, answer.plan.allowed), put("{plan}.", plan=plan)
        # As in `check`: a no is no better in practice, and what was closed is said already.
        advisories = () if tone in {"no", "closed"} else advisories
    else:
        advisories = answer.advisories
        tone, short, law = _tone(answer), _short(answer), _law(answer)
    practice = [tr("But {practice}.", practice=phrases.practice(a)) for a in advisories]
    return Headline(tone, short, joined(" ", [law, *practice]))


def _tone(answer: StayAnswer) -> Tone:
    if answer.reason == "citizen":
        return "home"
    tone: Tone = "yes" if answer.days_left or answer.reason == "unlimited" else "no"
    if answer.days_left is None and tone == "no":
        tone = "maybe"
    # Days that nobody could come and use are no plain yes.
    return tone if answer.inside else phrases.in_practice(tone, answer.advisories)


def _short(answer: StayAnswer) -> str:
    if answer.days_left:
        return trn("{n} day left", "{n} days left", answer.days_left)
    if answer.days_left is None:
        return tr("No limit") if answer.reason in ENDLESS else tr("Not known")
    return tr("No days left") if answer.reason == "limit_reached" else tr("No stay without a visa")


def _overstay(answer: StayAnswer) -> str:
    """Return by how much the rules were broken, and what the law threatens."""
    last = max((one for one in answer.breaches if one.certain), key=lambda one: one.last)
    if answer.penalty is None:
        form, told = OVERSTAYS["no_penalty_known"], {"reason": reason(last.reason)}
    else:
        still = answer.inside and last.last == answer.on
        form = OVERSTAYS["until_now" if still else "until"]
        told = {"penalty": _sanction(answer.penalty)}
    return trn(*form, answer.overstay_days, day=last.last, **told)


def _planned(one: Plan) -> str:
    """Return whether the plan is allowed, as words that follow a yes or a no."""
    visit = {"first": one.entry, "last": one.exit, "days": days(one.days)}
    if one.allowed:
        return tr("the visit from {first} to {last} ({days}) is allowed without a visa", **visit)
    why_not = reason(one.reason or "")
    if one.allowed is None:
        return tr(
            "not known whether the visit from {first} to {last} ({days}) is allowed: {reason}",
            **visit,
            reason=why_not,
        )
    return tr(
        "the visit from {first} to {last} ({days}) is not allowed from {day} on: {reason}",
        **visit,
        day=one.first_overstay,
        reason=why_not,
    )


def _law(answer: StayAnswer) -> str:
    if answer.days_left:
        last = {"on": answer.on, "exit": answer.latest_exit}
        return trn(*DAYS_LEFT[answer.inside], answer.days_left, **last)
    if answer.reason == "limit_reached":
        binding = [terms(one) for one in answer.limits if one.binding and not one.doubtful]
        if not answer.next_entry:
            return tr("No days left: {limits}.", limits="; ".join(binding))
        return tr(
            "No days left: {limits}. Entry is possible again from {day}.",
            limits="; ".join(binding),
            day=answer.next_entry,
        )
    said = mark("No stay without a visa: {reason}.")
    if answer.days_left is None:
        endless = answer.reason in ENDLESS
        said = mark("No limit: {reason}.") if endless else mark("Not known: {reason}.")
    return tr(said, reason=why(answer))


def practices(answer: StayAnswer) -> tuple[AdvisoryNote, ...]:
    """Return how practice differed from law on the day asked and where the plan begins."""
    planned = answer.plan.advisories if answer.plan else ()
    return tuple({one.id: one for one in (*answer.advisories, *planned)}.values())


def why(answer: StayAnswer | CheckAnswer) -> str:
    """Return why there is no certain right to stay on the day asked."""
    if answer.suspended_by and answer.reason == "suspended":
        return tr(
            "the visa-free rule was suspended by {act}",
            act=phrases.named(answer.suspended_by.act),
        )
    return reason(answer.reason)


def reason(code: str) -> str:
    """Return a reason in words."""
    return tr(REASONS.get(code) or phrases.REASONS[code])


def limits(answer: StayAnswer) -> list[str]:
    """Return the limits of the day, counted, and from when others hold before the latest exit."""
    return [*map(counted, answer.limits), *changing(answer)]


def changing(answer: StayAnswer) -> list[str]:
    """Return from when other limits hold, where they do before the latest exit."""
    day = answer.terms_change
    return [tr("From {day}, other limits apply.", day=day)] if day else []


def terms(limit: CountedLimit) -> str:
    """Return the terms of a limit."""
    return phrases.terms(Limit._make(getattr(limit, field) for field in Limit._fields))


def used(limit: CountedLimit, *, window: bool = False) -> str:
    """Return a limit with what is used up and left; ``window``: also until when that is left."""
    named = terms(limit)
    if limit.doubtful:
        named = tr("perhaps {terms}", terms=named)
    if limit.left is None:
        return named
    count = {"terms": named, "used": limit.used, "left": limit.left}
    if window and limit.kind == "from_first_entry" and limit.window_to:
        day = str(limit.window_to)
        return tr("{terms}: {used} used, {left} left until {day}, then anew", **count, day=day)
    return tr("{terms}: {used} used, {left} left", **count)


def counted(limit: CountedLimit) -> str:
    """Return a limit as it is used up, and over which days that was counted, and what follows."""
    if limit.left is None:
        return put("{limit}.", limit=terms(limit))
    said = used(limit._replace(doubtful=False))
    if limit.per_days:
        running = tr("no days counted yet")
        if limit.window_from:
            running = tr("{first} to {last}", first=limit.window_from, last=limit.window_to)
        said = put("{limit} ({days})", limit=said, days=running)
    said = in_both_ways(limit, said)
    cut = limit.counts_from
    if cut and limit.window_from and cut >= limit.window_from:
        said = tr("{limit}; days before {day} do not count", limit=said, day=cut)
    if limit.doubtful:
        return tr("{limit}. It may or may not apply; keep to it.", limit=said)
    surely = limit.binding and limit.used_by_period == limit.used_by_absence
    return tr("{limit}. This limit applies.", limit=said) if surely else put("{limit}.", limit=said)


def in_both_ways(limit: CountedLimit, said: str) -> str:
    """Add to what is used of a limit that authorities count otherwise than its act words it."""
    if limit.used_by_period == limit.used_by_absence:
        return said
    return tr(
        "{limit}; by periods {n} used, and {m} as the authority counts, anew only after "
        "{days} days outside in a row",
        limit=said,
        n=limit.used_by_period,
        m=limit.used_by_absence,
        days=limit.reset_days_outside,
    )


def breach(one: PastBreach) -> str:
    """Return what was wrong with some days of a visit."""
    when: str = day(one.first)
    if one.last > one.first:
        when = tr("{first} to {last}", first=one.first, last=one.last)
    when = put("{when} ({days})", when=when, days=days(one.days))
    if one.kind is None:
        unsettled = f"{tr(UNSETTLED[one.certain])}; {reason(one.reason)}"
        return put("{when}: {unsettled}.", when=when, unsettled=unsettled)
    limit = Limit(one.kind, one.limit_days, one.per_days)
    words = days(one.limit_days or 0) if one.kind == "hours" else phrases.terms(limit)
    if not one.certain:
        return tr("{days}: over {limit}, which may or may not apply.", days=when, limit=words)
    return tr("{days}: over {limit}.", days=when, limit=words)


def penalty(one: Penalty) -> str:
    """Return what the law threatens."""
    over = trn("{n} day over in one visit", "{n} days over in one visit", one.days)
    bracket = tr("penalty for {first} days or more", first=one.from_days)
    if one.to_days:
        bracket = tr("penalty for {first} to {last} days", first=one.from_days, last=one.to_days)
    law = f" {one.article}." if one.article else ""
    return f"{over}, {bracket}: {_sanction(one)}.{law}"


def _sanction(one: Penalty) -> str:
    sanction = one.sanction
    unit = of_home("fee_unit")
    if one.mci and one.kzt and unit:
        return tr(
            "{sanction} of {number} {unit} ({money} {currency})",
            sanction=sanction,
            number=one.mci,
            unit=unit,
            money=number(one.kzt),
            currency=currency(of_home("currency")),
        )
    if one.mci and unit:
        return tr("{sanction} of {number} {unit}", sanction=sanction, number=one.mci, unit=unit)
    # Of several sanctions only a fine has an amount.
    if one.mci is None and one.sanction in {FINE, fact(FINE)}:
        return tr("{sanction} (amount not known)", sanction=sanction)
    return sanction


def plan(one: Plan) -> list[str]:
    """Return how long a visit to come may be, and what is assumed of the one under way."""
    said = []
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
        said.append(tr("Assumes that the current visit ends on {day}.", day=one.assumed_exit))
    return said


def visit(answer: CheckAnswer) -> str:
    """Say whether one visit of the length asked is allowed, in words that follow a yes or a no."""
    most, cause = answer.max_stay_days, ""
    if answer.stay_allowed:
        kind = "unlimited" if most is None else "allowed"
    elif answer.stay_reason in VISITS:
        kind = answer.stay_reason
    else:
        kind = "not_known" if answer.stay_allowed is None else "refused"
        doubt = answer.stay_reason if answer.stay_allowed is None else None
        cause = reason(doubt) if doubt else why(answer)
    return trn(*VISITS[kind], answer.days_asked or 0, most=most, reason=cause)

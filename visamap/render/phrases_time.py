"""The sentences of ``timeline``, ``diff``, ``upcoming`` and the feeds, each from its code."""

from visamap.i18n import Span, mark, put, tr, trn
from visamap.render import phrases
from visamap.render.phrases import capital, when
from visamap.results.check_results import AlsoRegime, Standing
from visamap.results.parts import Act, Country
from visamap.results.time_results import Difference, Ending, FeedEvent, TimelinePeriod, Upcoming

SHOWN_COUNTRIES = 3
"""More countries than this are counted, not listed."""

# Why a period was over; {act} is the act that did it.
ENDINGS = {
    "began": mark("Then a rule began: {act}."),
    "confirmed": mark("Then the rule was certain: {act}."),
    "may_have_begun": mark("Then a rule may have begun: {act}."),
    "approved": mark("Then approved, no entry into force found: {act}."),
    "may_be_approved": mark("Then perhaps approved, no entry into force found: {act}."),
    "signed": mark("Then signed, no approval found: {act}."),
    "replaced": mark("Replaced by {act}."),
    "overtaken": mark("It goes on, but another rule comes first: {act}."),
    "new_terms": mark("Newer terms: {act}."),
    "ended": mark("Ended: the rule of {act}."),
    "may_have_ended": mark("Then perhaps ended: the rule of {act}."),
    "suspended": mark("Suspended by {act}."),
    "may_be_suspended": mark("Then perhaps suspended by {act}."),
    "suspension_followed": mark("Suspended further by {act}."),
    "suspension_may_have_ended": mark("Then perhaps no longer suspended: {act}."),
    "suspension_ended": mark("The suspension ended: {act}."),
    "surely_not_suspended": mark("Then certainly not suspended any more: {act}."),
    "beside": mark("Only what stands beside it changed: {act}."),
    "coverage_began": mark(
        "From the next day, our data is complete: no rule means that a visa is required."
    ),
}
CHANGES = {
    "gained": mark("visa-free now, and not before"),
    "lost": mark("not visa-free any more"),
    "terms": mark("visa-free on other terms"),
    "ground": mark("visa-free on the same terms under another act"),
    "possible-gained": mark("perhaps visa-free now, or perhaps before already"),
    "possible-lost": mark("perhaps not visa-free any more"),
    "possible-terms": mark("visa-free or not as before; what is only possible changed"),
}
UPCOMING = {
    "enters-into-force": mark("{act}: enters into force {when}"),
    "may-be-in-force": mark("{act}: perhaps in force; it entered into force {when}"),
    "approved": mark("{act}: approved {when}, no entry into force known"),
    "signed": mark("{act}: signed {when}, not approved as far as known"),
    "draft": mark("{act}: not signed as far as known"),
    "approved-some-day": mark("{act}: approved, no entry into force known"),
    "signed-some-day": mark("{act}: signed, not approved as far as known"),
    "ends": mark("{act}: ends {when}"),
    "rule-begins": mark("A visa-free rule begins {when}: {act}"),
    "rule-ends": mark("A visa-free rule is over {when}: {act}"),
    "suspension-begins": mark("A suspension begins {when}: {act}"),
    "suspension-ends": mark("A suspension is over {when}: {act}"),
    "limit-begins": mark("A limit for visa-free visitors begins {when}: {act}"),
    "limit-ends": mark("A limit for visa-free visitors is over {when}: {act}"),
    "transit-begins": mark("Transit without a visa begins {when}: {act}"),
    "transit-ends": mark("Transit without a visa is over {when}: {act}"),
}
EVENTS = {
    "adopted": mark("adopted"),
    "signed": mark("signed"),
    "approved": mark("approved"),
    "ratified": mark("ratified"),
    "applied-provisionally": mark("applied provisionally"),
    "in-force": mark("entered into force"),
    "suspended": mark("suspended"),
    "resumed": mark("applied again"),
    "ended": mark("no longer in force"),
    "rule-begins": mark("visa-free entry begins"),
    "rule-ends": mark("a visa-free rule is over"),
    "suspension-begins": mark("the suspension begins"),
    "suspension-ends": mark("the suspension is over"),
}


def named(act: Act) -> str:
    """Return an act by number and year, or by its title, with its id."""
    said = phrases.named(act) if act.basis == "unilateral" and act.number else act.title
    return put("{act} [{id}]", act=said, id=Span(act.id, "id"))


def who(countries: tuple[Country, ...], *, codes: bool = True) -> str:
    """Return a few countries by name, or how many there are."""
    if len(countries) > SHOWN_COUNTRIES:
        return trn("{n} nationality", "{n} nationalities", len(countries))
    return ", ".join(f"{one.name} ({one.code})" if codes else one.name for one in countries)


def ending(ended: Ending) -> str:
    """Return why a period was over."""
    act = named(ended.act) if ended.act else tr("act not found")
    return tr(ENDINGS[ended.code], act=act)


def period(item: TimelinePeriod) -> str:
    """Return the verdict of a period, with its days."""
    return f"{days(item)}: {phrases.verdict(item)}."


def days(item: TimelinePeriod) -> str:
    """Return the days of a period."""
    if item.valid_from and item.valid_to:
        return tr("{first} to {last}", first=item.valid_from, last=item.valid_to)
    return phrases.span(item.valid_from, item.valid_to) or tr("always")


def difference(item: Difference) -> str:
    """Return what changed for a nationality, since when and by which act."""
    act = f", {named(item.by)}" if item.by else ""
    on = phrases.between(item.on, item.on_between)
    return (
        f"{item.nationality.name} ({item.nationality.code}): {tr(CHANGES[item.change])} "
        f"({standing(item.before)} / {standing(item.after)}; {on}{act})."
    )


def standing(one: Standing | TimelinePeriod, *, short: bool = False) -> str:
    """Return how it stood on a day in few words, its limits as figures where it is ``short``."""
    perhaps = tr("perhaps {terms}", terms=_terms(one.possible, short)) if one.possible else ""
    if one.verdict == "visa_free":
        if short:
            sure = phrases.terms_short(one.limits, one.doubtful_limits)
        else:
            sure = "; ".join(phrases.marked_terms(one))
        sure = sure or tr("stay not known")
        return f"{sure}; {perhaps}" if perhaps else sure
    if one.verdict == "citizen":
        return tr("citizen")
    if one.verdict == "visa_required":
        return tr("suspended") if one.suspended_by else tr("visa")
    unknown = tr("not known")
    return f"{unknown}, {perhaps}" if perhaps else unknown


def _terms(rules: tuple[AlsoRegime, ...], short: bool) -> str:
    longest = max(rules, key=lambda rule: rule.max_stay_days or 0)
    if short:
        return phrases.terms_short(longest.limits) or tr("visa-free")
    return "; ".join(phrases.terms(limit) for limit in longest.limits) or tr("visa-free")


def coming(item: Upcoming) -> str:
    """Return what is coming, with the countries it is for."""
    under_way = item.kind in {"approved", "signed"}
    known, bounds = (item.since, item.since_between) if under_way else (item.on, item.between)
    day = when(known, bounds)
    form = UPCOMING[item.kind if day or not under_way else f"{item.kind}-some-day"]
    said = tr(form, act=named(item.act), when=day)
    if item.nationalities:
        said = tr("{news}; for {nationalities}", news=said, nationalities=who(item.nationalities))
    if item.confidence == "low":
        said = tr("Perhaps (weak evidence): {news}", news=said)
    return capital(f"{_goes_on(said) if item.goes_on else said}.")


def event(item: FeedEvent) -> str:
    """Return an event as a heading: the act, and what happened."""
    act = item.act
    own = act.basis == "unilateral"
    about = phrases.named(act) if own and act.number else act.title
    said = tr(EVENTS["adopted" if own and item.what == "signed" else item.what])
    if item.by:
        said = tr("{event} by {state}", event=said, state=item.by)
    said = f"{capital(about)}: {said}"
    return _goes_on(said) if item.goes_on else said


def _goes_on(said: str) -> str:
    return tr("{news}; visa-free entry goes on under another rule", news=said)

"""What stands beside the verdict on a day: duties, practice, transit, other papers, other visas."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from visamap.dates import known_ends, open_ends, open_start
from visamap.domain.verdict import (
    NATIONAL_KINDS,
    STATELESS_KINDS,
    Applied,
    Judgement,
    Run,
    Visitor,
    beyond_horizon,
    free_since,
    run_at,
    selects,
    turned_between,
    visitor_of,
)
from visamap.results.check_results import (
    AdvisoryNote,
    AlsoRegime,
    CheckAnswer,
    Condition,
    Conditional,
    Dispute,
    DisputeSide,
    DocumentNote,
    DutyNote,
    Ground,
    Halt,
    NextChange,
    PendingAct,
    RegimeRef,
    Standing,
    TransitNote,
    VisaHints,
)
from visamap.results.parts import Act, SourceRef
from visamap.store.index import DomesticRule, Index, Regime
from visamap.store.record_file import Record
from visamap.store.spans import Span
from visamap.values import made_of
from visamap.vocabulary import CONFIDENCES, Confidence, Verdict

PAPER_ASKS = ("min_age", "max_age", "territory")
"""What a paper asks of its holder, as conditions of the rule that it opens."""
LATER = "9999-12-31"


def duties(
    index: Index, visitor: Visitor, chosen: Applied | None, kinds: Collection[str] = ()
) -> Iterator[DutyNote]:
    """Yield what visitor and host must do; where a visa is needed, only what is said of it, too.

    Who comes on a visa is told the duties of these ``kinds``, too, that are not for one ground of
    entry alone. Who may belong to those that a duty is for had better do it.
    """
    if visitor.nationality == index.home:
        return
    stay, basis, paper = None, None, None
    if chosen:
        stay, basis, paper = chosen.max_stay_days, chosen.regime.act.basis, chosen.paper
    for duty in index.rules("duties"):
        for_all = duty.record["kind"] in kinds and not duty.selector.basis
        told = chosen or duty.record["on_visa"] or for_all
        if not told or not duty.bounds.surely(visitor.on):
            continue
        over, longest = duty.selector.stay_over_days, duty.selector.max_stay_over_days
        too_short = stay is not None and (stay <= (over or 0) or stay <= (longest or 0))
        if too_short:
            continue
        if selects(index, duty, visitor, basis, paper) is not False:
            yield made_of(DutyNote, duty.record, stay_over_days=over)


def advisories(index: Index, visitor: Visitor) -> Iterator[AdvisoryNote]:
    """Yield the times in which practice differed from law, uncertain ends included."""
    for rule, surely in advised(index, visitor):
        start, end = known_ends(rule.bounds)
        yield made_of(AdvisoryNote, rule.record, valid_from=start, valid_to=end, certain=surely)


def advised(index: Index, visitor: Visitor) -> Iterator[tuple[DomesticRule, bool]]:
    """Yield the advisories of the day, and whether each is for this visitor for certain.

    No border is closed to a citizen.
    """
    if visitor.nationality == index.home:
        return
    for rule in index.rules("advisories"):
        if not rule.bounds.perhaps(visitor.on):
            continue
        chosen = selects(index, rule, visitor, None)
        if chosen is not False:
            yield rule, chosen is True and rule.bounds.surely(visitor.on)


def transit(index: Index, visitor: Visitor) -> Iterator[TransitNote]:
    """Yield the transit rules of the day, and those that may hold."""
    for row, period, sure in index.transit(visitor.nationality, visitor.passport):
        if period.covers(visitor.on):
            first, last = period
            yield made_of(TransitNote, row, valid_from=first, valid_to=last, possible=not sure)


def documents(index: Index, visitor: Visitor, chosen: Applied | None) -> Iterator[DocumentNote]:
    """Yield the papers that the border accepts, or may, from this nationality beside a passport.

    A paper with a way of its own stands beside an ordinary passport, and is of use only to those
    who are not visa-free anyway.
    """
    for row, bounds in index.documents(visitor.nationality):
        own_way = chosen is None and visitor.passport == "ordinary"
        needed = row.get("in_place_of") is not None or own_way
        if needed and bounds.perhaps(visitor.on):
            yield made_of(DocumentNote, row, certain=bounds.surely(visitor.on))


def is_listed(index: Index, row: Record, code: str) -> bool | None:
    """Tell whether a state is on a list; ``None``: its absence settles nothing.

    It settles something on a complete list, but not about a document that only resembles a state's
    passport.
    """
    if code in row["members"]:
        return True
    settled = row["complete"] and index.kind(code) in NATIONAL_KINDS | STATELESS_KINDS
    return False if settled else None


def speaks(row: Record) -> bool:
    """Weak evidence speaks only where it stands in for an official list that was not found."""
    return row["confidence"] != "low" or "stand_in_for" in row


def visa_hints(index: Index, visitor: Visitor, *, late: bool = False) -> VisaHints:
    """Return what is known of the e-visa, the invitation and the usual visitor visas.

    A list that is not complete never says no; a list of weak evidence speaks only where it stands
    in for an official list that was not found. Lists tell nothing of official passports, whose
    holders have visas of their own, nor of days (``late``) of which they are not known to hold.
    """
    day, every = visitor.on.isoformat(), index.visitor_visas
    own = [row for row in every if visitor.passport in row["passports"]]
    codes = tuple(
        row["code"]
        for row in own or every
        if (own or not row["passports"])
        and not row.get("announced_only")
        and row.get("introduced", day) <= day < row.get("abolished", LATER)
    )
    if own or late:
        return VisaHints(None, None, None, None, codes)
    e_visa: tuple[str, Confidence] | None = None
    said: set[bool | None] = set()
    for row, bounds in index.lists:
        if not bounds.perhaps(visitor.on):
            continue
        sure = speaks(row) and bounds.surely(visitor.on)
        listed = is_listed(index, row, visitor.nationality)
        if row["purpose"] == "e-visa" and listed and sure and not e_visa:
            e_visa = row["id"], row["confidence"]
        elif row["purpose"] == "invitation-exempt" and listed is not None:
            said.add(listed if sure else None)
    # One list that exempts is enough; a "no" stands only where none may say otherwise.
    exempt = True if True in said else None if None in said or not said else False
    listed_by, confidence = e_visa or (None, None)
    return VisaHints(True if e_visa else None, listed_by, confidence, exempt, codes)


def fitting(index: Index, hints: VisaHints, days: int) -> VisaHints:
    """Add which of the visas are not known to be too short for a stay of so many days."""
    stays = {visa["code"]: visa.get("stay_days_per_entry") for visa in index.visitor_visas}
    return hints._replace(fitting=tuple(c for c in hints.codes if (stays[c] or days) >= days))


def base_act(index: Index) -> Act | None:
    """Return the act behind a "no"; a file of one's own need not have it."""
    named = index.profile.get("base_act")
    return index.act(named) if named and index.has_act(named) else None


def standing(index: Index, judgement: Judgement) -> Standing:
    """Return what every answer says of a judgement."""
    chosen = judgement.chosen
    halted = () if chosen else judgement.halted
    return Standing(
        verdict=judgement.verdict,
        reason=judgement.reason,
        max_stay_days=chosen.max_stay_days if chosen else None,
        limits=chosen.limits if chosen else (),
        regime=made_of(RegimeRef, chosen.regime, **_act_and_days(chosen.regime))
        if chosen
        else None,
        possible=also(index, judgement.possible, possible=True),
        pending=tuple(
            made_of(
                PendingAct,
                one,
                instrument=one.act.id,
                title=one.act.title,
                approved=one.approved and one.approved.text,
                approved_between=one.approved and one.approved.between,
                signed=one.signed and one.signed.text,
                signed_between=one.signed and one.signed.between,
            )
            for one in judgement.pending
        ),
        suspended_by=_halt(index, halted[0]) if halted else None,
        doubtful_limits=chosen.doubtful if chosen else (),
    )


def also(
    index: Index, rules: Iterable[Applied], *, possible: bool = False
) -> tuple[AlsoRegime, ...]:
    """Return rules that hold, or may hold, beside the chosen one."""
    return tuple(
        made_of(
            AlsoRegime,
            applied.regime,
            **_act_and_days(applied.regime),
            max_stay_days=applied.max_stay_days,
            limits=applied.limits,
            possible=possible,
            conditions=conditions(index, applied),
        )
        for applied in rules
    )


def _act_and_days(regime: Regime) -> dict[str, Any]:
    """Return the fields that tell under which act a rule holds, and on which days."""
    start, end = known_ends(regime.bounds)
    from_between = open_start(regime.bounds)
    return {
        "instrument": regime.act.id,
        "basis": regime.act.basis,
        "valid_from": None if from_between else start,
        "valid_to": end,
        "valid_from_between": from_between,
        "valid_to_between": open_ends(regime.bounds)[1],
    }


def conditions(index: Index, applied: Applied) -> tuple[Condition, ...]:
    """Return the conditions of a rule, with those of a paper in place of its passport."""
    paper = index.paper(applied.paper) if applied.paper else {}
    of_paper = {word: paper[word] for word in PAPER_ASKS if word in paper}
    return tuple(
        Condition(code, value) for code, value in {**of_paper, **applied.regime.conditions}.items()
    )


OF_COUNTRIES = ("holds_visa_of", "resident_of")
"""Needs that name countries."""


def conditional(index: Index, judgement: Judgement) -> tuple[Conditional, ...]:
    """Return the rules that only some travellers or journeys meet."""
    return tuple(
        made_of(
            Conditional,
            applied.regime,
            limits=applied.limits,
            needs=tuple(Condition(code, value) for code, value in needs.items() if value != []),
            sources=index.sources(
                [*applied.regime.sources, *index.act_sources(applied.regime.act.id)]
            ),
            conditions=conditions(index, applied),
            possible=possible,
            countries=tuple(
                index.country(code) for key in OF_COUNTRIES for code in needs.get(key, ())
            ),
        )
        for applied, possible in judgement.conditional
        for needs in (applied.regime.needs,)
    )


def perhaps_halts(index: Index, judgement: Judgement) -> tuple[Halt, ...]:
    """Return what may suspend a rule, where no other rule holds."""
    if judgement.chosen:
        return ()
    return tuple(_halt(index, span) for span in judgement.perhaps_halted)


def _halt(index: Index, span: Span) -> Halt:
    found = index.suspension(span.by)
    act, bounds = index.halting_act(found.id), found.bounds
    return Halt(found.id, act, span.regime, *known_ends(bounds), *open_ends(bounds))


def confidence(index: Index, judgement: Judgement) -> Confidence:
    """Return how sure the answer itself is; "unknown" is no sure answer."""
    if chosen := judgement.chosen:
        papers = [index.paper(chosen.paper)["confidence"]] if chosen.paper else []
        return max([chosen.regime.confidence, *papers], key=CONFIDENCES.index)
    if judgement.verdict == "unknown":
        return "low"
    # A closed world: somebody searched and found nothing, which is weaker than a text that says no.
    return "high" if judgement.reason in {"citizen", "suspended"} else "medium"


def sources(index: Index, judgement: Judgement) -> tuple[SourceRef, ...]:
    """Return the sources that the answer rests on, the law first."""
    found: list[str] = []
    if chosen := judgement.chosen:
        found += chosen.regime.sources + index.act_sources(chosen.regime.act.id)
        found += index.paper(chosen.paper)["sources"] if chosen.paper else ()
        for overlay in chosen.overlays:
            found += overlay.sources
    else:
        for span in judgement.halts:
            found += index.suspension(span.by).sources
    for applied in (*judgement.possible, *judgement.local):
        found += applied.regime.sources
    for act in judgement.pending:
        found += act.sources
    if not found and judgement.verdict != "citizen" and (base := base_act(index)):
        found += index.act_sources(base.id)
    return index.sources(found)


def ground(index: Index, judgement: Judgement, on: date) -> Ground | None:
    """Return the act that decides, and its best source: of what holds, halts, or may hold.

    Where nothing does, it is the act behind a "no", on days on which there was such an act.
    """
    if judgement.verdict == "citizen":
        return None
    acts: list[Act] = [
        *(applied.regime.act for applied in judgement.holding),
        *(index.halting_act(span.by) for span in judgement.halts),
        *(applied.regime.act for applied in (*judgement.possible, *judgement.local)),
        *(one.act for one in judgement.pending),
    ]
    if not acts and judgement.verdict == "visa_required" and (base := base_act(index)):
        acts += [base] if base.signed is None or base.signed <= on else []
    if not acts:
        return None
    found = index.sources(index.act_sources(acts[0].id))
    return Ground(acts[0], found[0] if found else None)


def check(
    index: Index, asked: Visitor, history: list[Run], entered: date | None = None
) -> CheckAnswer:
    """Return what holds for the visitor, with its grounds.

    ``history`` is ``runs(index, code, passport)`` of the passport that is held; ``entered`` is the
    day of entry of who is inside already. A day of entry past the horizon is told what is known
    last, and none of it for certain.
    """
    late = (entered or asked.on) > index.horizon
    on = index.horizon if late else asked.on
    visitor = visitor_of(index, asked.nationality, asked.passport, on)
    judgement = history[run_at(history, on)].judgement
    if late:
        judgement = beyond_horizon(judgement)
    chosen = judgement.chosen
    since, since_between = free_since(index, history, on) if chosen else (None, None)
    known = standing(index, judgement)
    return made_of(
        CheckAnswer,
        known,
        nationality=index.country(asked.nationality),
        passport=asked.passport,
        on=asked.on,
        also=(*also(index, judgement.others), *known.possible),
        border_residents=also(index, judgement.local),
        visa_free_since=since,
        visa_free_since_between=since_between,
        next_change=_next_change(index, history, run_at(history, asked.on)),
        perhaps_suspended_by=perhaps_halts(index, judgement),
        disputed=_disputes(index, judgement),
        conditions=conditions(index, chosen) if chosen else (),
        purposes=chosen.regime.purposes if chosen else (),
        duties=() if late else tuple(duties(index, visitor, chosen)),
        advisories=tuple(advisories(index, visitor)),
        transit=tuple(t._replace(possible=t.possible or late) for t in transit(index, visitor)),
        entry_documents=() if late else tuple(documents(index, visitor, chosen)),
        visas=visa_hints(index, visitor, late=late),
        as_known_on=index.data.release if asked.on > index.data.release else None,
        confidence=confidence(index, judgement),
        sources=sources(index, judgement),
        held_passport=index.held_passport(asked.nationality, asked.passport, on),
        ground=ground(index, judgement, on),
        conditional=conditional(index, judgement),
        destination=index.destination,
    )


def with_days(index: Index, answer: CheckAnswer, days: int, history: list[Run]) -> CheckAnswer:
    """Return the answer to "is a stay of ``days`` days allowed in one visit?" as well."""
    from visamap.domain.visit import (  # noqa: PLC0415  most ask for no length
        spared_from,
        terms_end,
        terms_of,
        visit,
    )

    terms = [terms_of(run) for run in history]
    at = run_at(history, answer.on)
    asked = terms[at]._replace(verdict=answer.verdict)
    end, spared = terms_end(terms, at), spared_from(terms, at)
    allowed, why = visit(asked, end, answer.on, days, spared)
    duties = tuple(d for d in answer.duties if d.stay_over_days is None or days > d.stay_over_days)
    return answer._replace(
        days_asked=days,
        stay_allowed=allowed,
        stay_reason=why,
        duties=duties,
        visas=answer.visas if allowed else fitting(index, answer.visas, days),
    )


def mark_best(answers: Iterable[CheckAnswer]) -> tuple[CheckAnswer, ...]:
    """Mark the best of several nationalities of one traveller: by verdict, then longest stay."""
    listed = list(answers)
    best = min(range(len(listed)), key=lambda n: listed[n].order)
    return tuple(answer._replace(best=n == best) for n, answer in enumerate(listed))


def _next_change(index: Index, history: list[Run], at: int) -> NextChange | None:
    now = _outcome(history[at].judgement)
    for n, run in enumerate(history[at + 1 :], at + 1):
        outcome = _outcome(run.judgement)
        if outcome != now and run.period.first:
            return NextChange(run.period.first, *outcome, turned_between(index, history, n))
    return None


def _outcome(judgement: Judgement) -> tuple[Verdict, int | None, str | None]:
    chosen = judgement.chosen
    if chosen is None:
        return judgement.verdict, None, None
    return judgement.verdict, chosen.max_stay_days, chosen.regime.id


def _disputes(index: Index, judgement: Judgement) -> tuple[Dispute, ...]:
    rules = [*([judgement.chosen] if judgement.chosen else []), *judgement.possible]
    return tuple(
        Dispute(
            applied.regime.id,
            dispute["what"],
            tuple(
                DisputeSide(side["says"], index.sources(side["sources"]))
                for side in dispute["sides"]
            ),
        )
        for applied in rules
        if (dispute := applied.regime.dispute)
    )

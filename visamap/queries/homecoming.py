"""Kazakhstan as a destination: the answer of ``check``, told as an outbound answer.

So both questions agree by construction. The snapshots stand beside it as beside any rule.
"""

from visamap.index import Index
from visamap.queries import outbound_sides
from visamap.queries.outbound import BARRED
from visamap.queries.outbound_sides import Pair, Sides
from visamap.queries.snapshots import View
from visamap.requirements import AnsweredRequirement
from visamap.results.check import CheckAnswer
from visamap.results.outbound import Disagreement, Interrupted, LocalEntry, Outbound, Side

CLOSED = "border-closed"


def homecoming(index: Index, answer: CheckAnswer, seen: View) -> Outbound:
    """Return what ``check`` answered; of a passport whose own country is another one."""
    pair = Pair(answer.nationality.code, "KAZ")
    regime = answer.regime
    requirement = _requirement(answer)
    sides = Sides(index, pair, seen)
    interrupted = (*_closed(answer), *outbound_sides.interrupted(index, pair, answer.on, seen))
    conditions = (*answer.conditions, *([BARRED] if interrupted else []))
    return Outbound(
        passport=answer.nationality,
        destination=index.country("KAZ"),
        on=answer.on,
        requirement=requirement,
        reason="inbound",
        best=True,
        max_stay_days=answer.max_stay_days,
        limits=answer.limits,
        conditions=conditions,
        valid_from=regime.valid_from if regime else None,
        valid_to=regime.valid_to if regime else None,
        valid_from_between=regime.valid_from_between if regime else None,
        valid_to_between=regime.valid_to_between if regime else None,
        visa_free_since=answer.visa_free_since,
        visa_free_since_between=answer.visa_free_since_between,
        needs_another_visa=False,
        known_since=None,
        known_until=None,
        first_seen=None,
        last_seen=None,
        basis="law",
        rule=regime.id if regime else None,
        granted_by=regime.instrument if regime else None,
        note=regime.note if regime else None,
        snapshot=sides.of_snapshot(),
        disagreement=_disagreement(sides, requirement, answer, seen),
        also=_also(answer),
        interrupted=interrupted,
        local=tuple(
            LocalEntry(rule.id, "residents of the border area", rule.limits, rule.note or "", ())
            for rule in answer.border_residents
        ),
        as_known_on=answer.as_known_on,
        confidence=answer.confidence,
        sources=answer.sources,
    )


def _requirement(answer: CheckAnswer) -> AnsweredRequirement:
    if answer.verdict == "visa_free" or answer.verdict == "citizen":  # noqa: PLR1714  (typed)
        return "visa_free"
    return answer.verdict


def _disagreement(
    sides: Sides, requirement: AnsweredRequirement, answer: CheckAnswer, seen: View
) -> Disagreement | None:
    said = seen.rule
    if said is None:
        return None
    if said.requirement != requirement:
        return Disagreement("requirement", (sides.of_seen(said),))
    stay = answer.max_stay_days
    if stay and said.days and said.days != stay:
        return Disagreement("stay", (sides.of_seen(said),))
    return None


def _also(answer: CheckAnswer) -> tuple[Side, ...]:
    return tuple(
        Side(
            "visa_free",
            rule.max_stay_days,
            "law",
            rule.id,
            rule.instrument,
            rule.possible,
            rule.valid_from,
            rule.valid_to,
            None,
            None,
            (),
        )
        for rule in answer.also
    )


def _closed(answer: CheckAnswer) -> tuple[Interrupted, ...]:
    return tuple(
        Interrupted(told.id, told.valid_from, told.valid_to, told.certain, told.text, ())
        for told in answer.advisories
        if told.kind == CLOSED
    )

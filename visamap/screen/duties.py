"""What is to be done for a row and by when: registration, permits, asking for an e-visa."""

from datetime import date

from visamap.domain.entry import check
from visamap.domain.trip import Behind, Holder, Stage, leg
from visamap.domain.verdict import Run, Visitor
from visamap.screen.columns import PARTED, Answer
from visamap.store.index import Index

REGISTERED = {"registration", "host-notice"}
PERMITS = {"travel-authorisation", "border-zone"}


def due(
    index: Index,
    visitor: Visitor,
    history: list[Run],
    last: date | None,
    answer: Answer,
) -> Answer:
    """Return an answer with its duties; who needs a visa is told those of a visit on one.

    ``history`` is that of the passport that is held; ``last`` is the day of departure.
    """
    if answer.verdict not in {"visa_free", "visa_required"}:
        return answer
    first = visitor.on
    who = Holder(index, check(index, visitor, history), history)
    on_visa = answer.verdict == "visa_required" or answer.stay_allowed is False
    stage = Stage(index.home, first.toordinal(), last.toordinal() if last else None, on_visa)
    to_do = leg(who, 1, stage, Behind([], []), first).to_do
    register = min((one.by for one in to_do if one.what in REGISTERED and one.by), default=None)
    apply = next((one.by for one in to_do if one.what == "e-visa"), None)
    permits = dict.fromkeys(one.what for one in to_do if one.what in PERMITS)
    return answer._replace(
        register_by=register.isoformat() if register else None,
        permit=PARTED.join(permits) or None,
        evisa_apply_by=apply.isoformat() if apply else None,
    )

"""What must be said beside an answer of ``stay``: how days were counted, what was assumed."""

from collections.abc import Iterator

from visamap.results.parts import Note
from visamap.results.stay import StayAnswer


def remarks(answer: StayAnswer) -> Iterator[Note]:
    """Yield a note for each assumption, and one for days that two visits share."""
    for code in answer.assumptions:
        if code == "exit_assumed":
            leaving = answer.latest_exit or answer.on
            yield Note("exit_assumed", {"exit": leaving.isoformat()})
        else:
            yield Note(code, {})
    if shared := [day.isoformat() for day in answer.shared_days]:
        yield Note("shared_days", {"days": shared})

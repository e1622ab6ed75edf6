"""The first words of an answer: the headline of ``check``, and the ``message`` of any item.

The sentences of other questions than ``check`` are imported when they are asked for.
"""

from collections.abc import Callable
from typing import Any

from visamap.i18n import tr
from visamap.render.phrases import (
    ALLOWED,
    SHORT,
    TONES,
    Headline,
    doubted,
    in_practice,
    in_words,
    opened,
    verdict,
)
from visamap.render.remarks import noted
from visamap.results.parts import Envelope, Note

OF_TIME = ("timeline", "diff", "upcoming")
"""Commands whose sentences stand in ``time_sentences``."""
OVERDUE = "past_review"
"""The remark that stands before everything else."""


def message(command: str, item: Any) -> str | None:
    """Return the sentence for an item of a command; ``None`` where items need none."""
    by_command: dict[str, Callable[[Any], str]] = {
        "check": lambda answer: check(answer).sentence,
        "stay": _stay,
        "claims": _claim,
        "outbound": _outbound,
        "trip": _trip,
        "crossings": _crossing,
    }
    if command in OF_TIME:
        from visamap.render import phrases_time  # noqa: PLC0415  only they pay for it

        return phrases_time.message(command, item)
    return by_command[command](item) if command in by_command else None


def remark(note: Note, answer: Envelope) -> str:
    """Return the sentence of a remark, which may be about the whole answer."""
    if note.code != "trip":
        return noted(note)
    from visamap.render import phrases_trip  # noqa: PLC0415  of no use to `check`

    return phrases_trip.headline(answer.items).sentence


def first_line(answer: Envelope) -> tuple[list[str], Envelope]:
    """Return what opens an answer for readers where the data is overdue, and all the rest."""
    first = [noted(note) for note in answer.notes if note.code == OVERDUE]
    rest = tuple(note for note in answer.notes if note.code != OVERDUE)
    return [*dict.fromkeys(first)], answer._replace(notes=rest) if first else answer


def told(command: str, item: Any) -> Any:
    """Return an item with the texts that are sentences of ours, not of the data."""
    if command != "trip":
        return item
    from visamap.render import phrases_trip  # noqa: PLC0415  of no use to `check`

    return phrases_trip.told(item)


def _claim(answer: Any) -> str:
    from visamap.render.phrases_abroad import claim_sentence  # noqa: PLC0415  of no use to `check`

    return claim_sentence(answer)


def _trip(answer: Any) -> str:
    from visamap.render.phrases_trip import message  # noqa: PLC0415  of no use to `check`

    return message(answer)


def _crossing(one: Any) -> str:
    from visamap.render.crossings_text import sentence  # noqa: PLC0415  of no use to `check`

    return sentence(one)


def _stay(answer: Any) -> str:
    from visamap.render.phrases_stay import headline  # noqa: PLC0415  of no use to `check`

    return headline(answer).sentence


def _outbound(answer: Any) -> str:
    from visamap.render.phrases_abroad import outbound_sentence  # noqa: PLC0415  of no use to `check`

    return outbound_sentence(answer)


def check(answer: Any) -> Headline:
    """Return the headline of ``check``: of the stay asked, or else of the day of entry."""
    if answer.days_asked is None or answer.verdict == "citizen":
        tone, said = in_practice(TONES[answer.verdict], answer.advisories), verdict(answer)
        return Headline(tone, tr(SHORT[tone]), f"{in_words(said, answer)}.")
    from visamap.render.phrases_stay import visit  # noqa: PLC0415  most ask for no length

    tone = in_practice(ALLOWED[answer.stay_allowed], answer.advisories)
    said = opened(tone, visit(answer))
    # A no is no better in practice, and what was closed is said already.
    full = said if tone in {"no", "closed"} else in_words(said, answer)
    return Headline(tone, doubted(said, tone, answer.stay_allowed), f"{full}.")

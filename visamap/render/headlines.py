"""The first words of an answer: the headline of ``check``, and the ``message`` of any item."""

from importlib import import_module
from typing import Any

from visamap.i18n import tr
from visamap.render import phrases
from visamap.render.phrases import Headline
from visamap.render.remarks import noted
from visamap.results.parts import Envelope, Note

SENTENCES = {
    "check": "headlines.check",
    "stay": "phrases_stay.headline",
    "timeline": "phrases_time.period",
    "diff": "phrases_time.difference",
    "upcoming": "phrases_time.coming",
    "claims": "claims_text.claim_sentence",
    "outbound": "outbound_text.outbound_sentence",
    "trip": "phrases_trip.message",
    "crossings": "crossings_text.sentence",
}
"""What says an item of a command in a sentence; it is imported when it is asked for."""
OPENERS = frozenset({"past_review", "one_traveller"})
"""Remarks that stand before the answer: how far it can be relied on, and how it was read."""
"""The remark that stands before everything else."""


def message(command: str, item: Any) -> str | None:
    """Return the sentence for an item of a command; ``None`` where items need none."""
    if command not in SENTENCES:
        return None
    module, _, name = SENTENCES[command].partition(".")
    said = getattr(import_module(f"visamap.render.{module}"), name)(item)
    sentence: str = said.sentence if isinstance(said, Headline) else said
    return sentence


def remark(note: Note, answer: Envelope) -> str:
    """Return the sentence of a remark, which may be about the whole answer."""
    if note.code != "trip":
        return noted(note)
    from visamap.render import phrases_trip  # noqa: PLC0415  of no use to `check`

    return phrases_trip.headline(answer.items).sentence


def first_line(answer: Envelope) -> tuple[list[str], Envelope]:
    """Return the remarks that open an answer for readers, and the answer without them."""
    first = [noted(note) for note in answer.notes if note.code in OPENERS]
    rest = tuple(note for note in answer.notes if note.code not in OPENERS)
    return [*dict.fromkeys(first)], answer._replace(notes=rest) if first else answer


def told(command: str, item: Any) -> Any:
    """Return an item with the texts that are sentences of ours, not of the data."""
    if command != "trip":
        return item
    from visamap.render import phrases_trip  # noqa: PLC0415  of no use to `check`

    return phrases_trip.told(item)


def check(answer: Any) -> Headline:
    """Return the headline of ``check``: of the stay asked, or else of the day of entry."""
    if answer.days_asked is None or answer.verdict == "citizen":
        tone = phrases.in_practice(phrases.TONES[answer.verdict], answer.advisories)
        said = phrases.in_words(phrases.verdict(answer), answer)
        return Headline(tone, tr(phrases.SHORT[tone]), f"{said}.")
    from visamap.render.phrases_stay import visit  # noqa: PLC0415  most ask for no length

    tone = phrases.in_practice(phrases.ALLOWED[answer.stay_allowed], answer.advisories)
    said = phrases.opened(tone, visit(answer))
    # A no is no better in practice, and what was closed is said already.
    full = said if tone in {"no", "closed"} else phrases.in_words(said, answer)
    return Headline(tone, phrases.doubted(said, tone, answer.stay_allowed), f"{full}.")

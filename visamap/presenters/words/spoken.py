"""Says the facts of an answer in the reader's language: names of countries, texts of the data.

Sentences of ours are said where they are written, by ``visamap.language``; this room is for what
stands in an answer already. Codes, ids, addresses and figures pass through as they are, for no
catalogue holds them; a text that a catalogue does not hold stays English.
"""

from typing import Any

from visamap.language import current, fact
from visamap.results.parts import Envelope


def in_language(answer: Envelope) -> Envelope:
    """Return an answer whose texts are in the language of the reader."""
    if current() == "en":
        return answer
    return answer._replace(items=said(answer.items), notes=said(answer.notes))


def said(value: Any) -> Any:
    """Return a value of an answer with its texts in the reader's language."""
    if isinstance(value, str):
        return fact(value) if value else value
    if isinstance(value, tuple):
        inner = [said(one) for one in value]
        return value._make(inner) if hasattr(value, "_make") else tuple(inner)
    if isinstance(value, list):
        return [said(one) for one in value]
    if isinstance(value, dict):
        return {key: said(one) for key, one in value.items()}
    return value

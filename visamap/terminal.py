r"""What may reach a terminal: text, and no order to it, wherever the text came from.

A name of a file, a release to compare or a list of trips may hold characters that move the cursor,
rename the window, turn the direction of what follows or hide it. They are shown as the escapes of
JSON (``\u001b``), which change no value where the text is JSON.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

KEPT = "\t"
BLANK = "\u00a0\u2007\u2009\u202f"
"""Blanks that are no orders, though Python does not call them printable."""


def safe(text: str) -> str:
    """Return ``text`` with what is no printable character escaped; its lines and tabs stay."""
    return "\n".join(
        line if line.isprintable() else "".join(map(_shown, line)) for line in text.split("\n")
    )


def _shown(character: str) -> str:
    if character.isprintable() or character in KEPT or character in BLANK:
        return character
    pairs = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{pairs[at : at + 4]}" for at in range(0, len(pairs), 4))


TONES = {"yes": "32", "home": "32", "maybe": "33", "no": "31", "closed": "31"}
"""The colour of each tone; the words beside it say the same."""
STARTS = {tone: chr(0xE000 + n) for n, tone in enumerate(TONES)}
END = "\ue00f"
"""Signs of no script that stand for colours until the text is laid out and safe."""
SIGNS = f"([{''.join(STARTS.values())}{END}])"
_coloured: ContextVar[bool] = ContextVar("coloured", default=False)


@contextmanager
def colouring(*, wanted: bool) -> Iterator[None]:
    """Colour what has a tone for a while, or not."""
    before = _coloured.set(wanted)
    try:
        yield
    finally:
        _coloured.reset(before)


def toned(words: str, tone: str) -> str:
    """Return words of a line that are to be seen in the colour of their tone."""
    return f"{STARTS[tone]}{words}{END}" if _coloured.get() else words


def painted(text: str) -> str:
    """Return a text made safe, with the orders for its colours; none runs on into a next line."""
    if not _coloured.get():
        return safe(text)
    orders = {STARTS[tone]: f"\x1b[{number}m" for tone, number in TONES.items()}
    orders[END] = "\x1b[0m"
    lines = []
    for line in text.split("\n"):
        said = "".join(orders.get(part) or safe(part) for part in re.split(SIGNS, line))
        runs_on = said.rfind("\x1b") > said.rfind(orders[END])
        lines.append(f"{said}{orders[END]}" if runs_on else said)
    return "\n".join(lines)

r"""What may reach a terminal: text, and no order to it, wherever the text came from.

A name of a file, a release to compare or a list of trips may hold characters that move the cursor,
rename the window, turn the direction of what follows or hide it. They are shown as the escapes of
JSON (``\u001b``), which change no value where the text is JSON.
"""

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

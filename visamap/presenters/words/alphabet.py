"""The order of names in an alphabet that is not that of code points."""

from visamap.language import current

LETTERS = {
    "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
}


def place(name: str) -> tuple[int, ...] | str:
    """Return where a name stands in the reader's language: a key to sort by."""
    letters = LETTERS.get(current())
    if letters is None:
        return name
    found = name.casefold()
    return tuple(letters.find(c) + 1000 if c in letters else min(ord(c), 999) for c in found)

"""A catalogue of gettext that decodes a text when it is asked for, not all when it is opened.

The command says a few dozen sentences of some thousand; decoding the rest took a tenth of its time.
"""

from collections.abc import Iterator, Mapping
from gettext import GNUTranslations
from io import BytesIO
from struct import pack, unpack_from
from typing import Any

FORM_ENDS = b"\0"
"""Stands between the forms of a plural, in the id as in the text."""
COUNT, COUNT_END = 8, 12
"""Where the file says how many texts it holds; behind it, where their places are listed."""


class Texts(Mapping[Any, str]):
    """Texts by id, or by id and number of the plural form, as ``GNUTranslations`` asks for them."""

    def __init__(self, file: bytes, places: dict[bytes, tuple[int, int]]) -> None:
        """Take the whole file, and where in it the texts begin and end."""
        self._file, self._places = file, places

    def __getitem__(self, key: str | tuple[str, int]) -> str:
        """Return a text; a ``KeyError`` where there is none."""
        text, form = (key, 0) if isinstance(key, str) else key
        first, last = self._places[text.encode()]
        return self._file[first:last].split(FORM_ENDS)[form].decode()

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return (place.decode() for place in self._places)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._places)


class Catalogue(GNUTranslations):
    """A compiled catalogue (``.mo``, little-endian, UTF-8, as ours are built)."""

    def _parse(self, fp: Any) -> None:
        """Read where the texts stand; the stdlib leaves this to be overridden."""
        file: bytes = fp.read()
        count, ids, texts = unpack_from("<3I", file, COUNT)
        # The first text is the header, with the rule of plurals: only that is read at once.
        super()._parse(BytesIO(file[:COUNT] + pack("<I", 1) + file[COUNT_END:]))
        id_places = unpack_from(f"<{2 * count}I", file, ids)
        text_places = unpack_from(f"<{2 * count}I", file, texts)
        places: dict[bytes, tuple[int, int]] = {}
        for at in range(0, 2 * count, 2):
            length, start = id_places[at : at + 2]
            one = file[start : start + length].partition(FORM_ENDS)[0]
            places[one] = text_places[at + 1], text_places[at + 1] + text_places[at]
        self._catalog = Texts(file, places)

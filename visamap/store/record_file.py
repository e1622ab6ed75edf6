"""Records as they are shipped: one JSON file, a line a section, each read when it is asked for."""

import json
from collections.abc import Iterator, Mapping
from typing import Any


class Records(Mapping[str, Any]):
    """The sections of a file that ``packed`` wrote; each is decoded when first asked for.

    ``head`` is what the file says of itself: ``digest``, and ``stamp`` where it was made from a
    source checkout.
    """

    def __init__(self, content: bytes) -> None:
        """Take the file's bytes.

        Raises:
            ValueError: they are not such a file.
        """
        head, *lines = content.splitlines()
        self.head: dict[str, str] = json.loads(head.rstrip(b",") + b"}")
        named = (line.rstrip(b",").partition(b":") for line in lines[:-1])
        self._raw = {name.strip(b'"').decode(): value for name, _, value in named}
        self._read: dict[str, Any] = {}

    def __getitem__(self, section: str) -> Any:
        """Return the records of a section."""
        if section not in self._read:
            self._read[section] = json.loads(self._raw[section])
        return self._read[section]

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the sections, in the order of the file."""
        return iter(self._raw)

    def __len__(self) -> int:
        """Return how many sections there are."""
        return len(self._raw)


def packed(records: Mapping[str, Any], **head: str) -> bytes:
    """Return records as the JSON object that ``Records`` reads line by line."""
    lines = [_json(head)[:-1], *(f"{_json(name)}:{_json(held)}" for name, held in records.items())]
    return ",\n".join(lines).encode() + b"\n}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

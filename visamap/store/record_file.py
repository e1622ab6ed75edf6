"""Records as they are shipped: one JSON file, a line for each, read when it is asked for."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Self

Record = dict[str, Any]


class Records(Mapping[str, Any]):
    """The sections of a file that ``packed`` wrote.

    A section is decoded when it is asked for as a whole; a single record, and those that name a
    country, without the others. ``head`` is what the file says of itself: ``digest``, ``stamp``
    where it was made from a source checkout, and ``places``, where each section begins and ends
    behind its first line.
    """

    def __init__(self, content: bytes) -> None:
        """Take the file's bytes; of another file it is a ``ValueError``."""
        head, _, self._body = content.partition(b"\n")
        self.head: dict[str, Any] = json.loads(head.rstrip(b",") + b"}")
        self._places: dict[str, tuple[int, int]] = self.head["places"]
        self._sections: dict[str, Any] = {}
        self._records: dict[tuple[str, str], Record] = {}

    def __getitem__(self, section: str) -> Any:
        """Return all records of a section, or its single one."""
        if section not in self._sections:
            start, end = self._places[section]
            self._sections[section] = json.loads(self._body[start:end])
        return self._sections[section]

    def itself(self) -> Self:
        """Return these records: for who takes what opens them."""
        return self

    def __iter__(self) -> Iterator[str]:
        """Yield the names of the sections, in the order of the file."""
        return iter(self._places)

    def __len__(self) -> int:
        """Return how many sections there are."""
        return len(self._places)

    def one(self, section: str, name: str) -> Record:
        """Return the record of a section with an id; where there is none it is a ``KeyError``."""
        found = self._records.get((section, name))
        if found is None:
            start, end = self._places[section]
            for line in self._lines_with(f'"id":"{name}"'.encode(), start, end):
                record: Record = json.loads(line)
                if record["id"] == name:
                    found = self._records[section, name] = record
                    break
            else:
                raise KeyError(name)
        return found

    def naming(self, section: str, code: str) -> list[Record]:
        """Return the records of a section in which a code stands, whatever it stands for."""
        return self.holding(section, f'"{code}"')

    def holding(self, section: str, text: str) -> list[Record]:
        """Return the records of a section whose JSON holds a text."""
        start, end = self._places[section]
        return [json.loads(line) for line in self._lines_with(text.encode(), start, end)]

    def _lines_with(self, text: bytes, start: int, end: int) -> Iterator[bytes]:
        """Yield the lines in which a text stands; each is a record."""
        body, at = self._body, start
        while (at := body.find(text, at, end)) >= 0:
            first = body.rfind(b"\n", start, at) + 1
            at = body.find(b"\n", at, end)
            yield body[first:at].rstrip(b",")


def packed(records: Mapping[str, Any], **head: str) -> bytes:
    """Return records as the JSON object that ``Records`` reads."""
    body, places = bytearray(), {}
    for name, held in records.items():
        body += f"{_json(name)}:".encode()
        lines = ",\n".join(map(_json, held)) if isinstance(held, list) else ""
        value = f"[\n{lines}\n]" if lines else _json(held)
        places[name] = [len(body), len(body) + len(value.encode())]
        body += value.encode() + b",\n"
    first = _json({**head, "places": places})[:-1]
    return b"%s,\n%s\n}" % (first.encode(), body[:-2])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

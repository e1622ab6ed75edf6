"""What is left of a file when the records that a model refused are set aside.

A slip in one record must not hide what is wrong between the others, so the rest is still judged.
What was set aside is remembered: its ids still count as known, its section still keeps its places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from visamap.dataset.findings import Path


class Aside(NamedTuple):
    """What was set aside: ids by section, sections as a whole, and where the kept records stood."""

    ids: Mapping[str, Collection[str]] = {}
    sections: frozenset[str] = frozenset()
    stood: Mapping[str, list[int]] = {}

    def path(self, path: Path) -> Path:
        """Return the path in the file that ``path`` has among the kept records."""
        if len(path) > 1 and isinstance(path[0], str) and isinstance(path[1], int):
            stood = self.stood.get(path[0])
            return (path[0], stood[path[1]], *path[2:]) if stood else path
        return path


def kept(
    value: Mapping[str, Any], slips: Iterable[Path], known: Collection[str]
) -> tuple[dict[str, Any], Aside]:
    """Return ``value`` without what the ``slips`` lie in; ``known`` are the sections that exist."""
    refused: dict[str, set[int]] = {}
    sections: set[str] = set()
    for slip in slips:
        section, *rest = slip or ("",)
        if rest and isinstance(rest[0], int) and isinstance(value.get(str(section)), list):
            refused.setdefault(str(section), set()).add(rest[0])
        else:
            sections.add(str(section))
    if sections - set(known):  # perhaps a section whose name is misspelt
        sections |= set(known) - set(value)
    left = {key: entry for key, entry in value.items() if key not in sections}
    ids, stood = {}, {}
    for section in refused.keys() & left.keys():
        records = left[section]
        ids[section] = {_id(records[n]) for n in refused[section]}
        stood[section] = [n for n in range(len(records)) if n not in refused[section]]
        left[section] = [records[n] for n in stood[section]]
    return left, Aside(ids, frozenset(sections), stood)


def _id(record: Any) -> str:
    return str(record.get("id", record.get("code", ""))) if isinstance(record, dict) else ""

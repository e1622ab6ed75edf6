"""A YAML file of the mobility folder into its model, and the sources that all its rows may cite.

Trouble becomes problems, never an exception. The law's own file, of which what is sound is kept
and judged, is the business of ``visamap.dataset.load``.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel

from visamap.dataset.files import MOBILITY, SOURCES_FILE
from visamap.dataset.modelled import modelled
from visamap.dataset.yaml_source import Source as Text
from visamap.dataset.yaml_source import read as read_text
from visamap.models.dataset import Source, SourcesFile
from visamap.problems import Problem

Model = TypeVar("Model", bound=BaseModel)


class Listed(NamedTuple):
    """The sources by id, and what is wrong with their files."""

    sources: dict[str, Source]
    problems: list[Problem]

    def cited(self, ids: Iterable[str]) -> dict[str, list[str]]:
        """Return address and kind of each of ``ids``, as tables hold them."""
        return {name: [self.sources[name].url, self.sources[name].kind] for name in sorted(ids)}


def read(path: Path, model: type[Model], problems: list[Problem]) -> tuple[Text, Model | None]:
    """Return the text of a file and its record, ``None`` where ``problems`` grew instead."""
    text = read_text(path)
    record, found, _ = modelled(model, text)
    problems += [*text.problems, *found]
    return text, None if found else record


def read_sources(folder: Path) -> Listed:
    """Read the sources of the law and those of the mobility folder, both in the data folder."""
    listed = Listed({}, [])
    for path in (folder / SOURCES_FILE, folder / MOBILITY / SOURCES_FILE):
        _, file = read(path, SourcesFile, listed.problems)
        listed.sources.update({source.id: source for source in file.sources} if file else {})
    return listed

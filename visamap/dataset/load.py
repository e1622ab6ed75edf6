"""A data file and what stands beside it: read, checked record by record, then as a whole.

Problems are collected, never raised one at a time; only a missing file is an exception. The sources
may stand in the file itself or in ``sources.yaml`` beside it.
"""

from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from visamap.dataset.compiler import compiled
from visamap.dataset.expectations import unmet
from visamap.dataset.files import SOURCES_FILE
from visamap.dataset.locate import located
from visamap.dataset.rules import Finding, broken
from visamap.dataset.yaml_source import Source, read
from visamap.errors import BrokenDataError
from visamap.index import Index, Tables
from visamap.models.country import CountryNames
from visamap.models.dataset import Dataset, SourcesFile
from visamap.problems import Problem

Model = TypeVar("Model", bound=BaseModel)


class Loaded(NamedTuple):
    """What a file gave: the dataset where it could be built, and everything found wrong with it."""

    dataset: Dataset | None
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        """Tell whether the dataset may be used: there is one, and no problem is an error."""
        return self.dataset is not None and not any(p.severity == "error" for p in self.problems)


def load(path: Path, countries: Tables) -> Loaded:
    """Read and check the dataset at ``path``.

    ``countries`` are the small tables of ``visamap.countries.catalogue``: which codes exist.

    Raises:
        MissingFileError: there is no such file.
    """
    law = read(path)
    value: Any = law.value
    parts = {"": law}
    if value is not None and "sources" not in value and path.with_name(SOURCES_FILE).is_file():
        parts["sources"] = read(path.with_name(SOURCES_FILE))
    problems = [problem for part in parts.values() for problem in part.problems]
    dataset, refused = _modelled(Dataset, law)
    problems += refused
    if "sources" in parts:
        listed, refused = _modelled(SourcesFile, parts["sources"])
        problems += refused
        if dataset and listed:
            dataset = dataset.model_copy(update={"sources": listed.sources})
        else:
            dataset = None
    if dataset:
        found = list(broken(dataset, frozenset(countries["countries"])))
        if not found:
            found = list(
                unmet(dataset.meta.expectations, Index(compiled(dataset, "", countries)[0]))
            )
        problems += [_placed(finding, parts) for finding in found]
    return Loaded(dataset, tuple(sorted(problems)))


def load_names(path: Path) -> CountryNames:
    """Read our own names of countries.

    Raises:
        MissingFileError: there is no such file.
        BrokenDataError: the file has problems.
    """
    source = read(path)
    names, problems = _modelled(CountryNames, source)
    if names is None or source.problems:
        raise BrokenDataError(path, (*source.problems, *problems))
    return names


def _modelled(model: type[Model], source: Source) -> tuple[Model | None, list[Problem]]:
    if source.value is None:
        return None, []
    try:
        return model.model_validate(source.value), []
    except ValidationError as error:
        return None, located(error, source, model)


def _placed(finding: Finding, parts: dict[str, Source]) -> Problem:
    source = parts.get(str(finding.path[0]), parts[""]) if finding.path else parts[""]
    line, column = source.places.value(finding.path)
    return Problem(source.name, line, column, finding.rule, finding.severity, finding.message)

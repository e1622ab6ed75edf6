"""A data file and what stands beside it: read, checked record by record, then as a whole.

Problems are collected, never raised one at a time; only a missing file is an exception. The sources
may stand in the file itself or in ``sources.yaml`` beside it.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from visamap.dataset.compiler import compiled
from visamap.dataset.expectations import unmet
from visamap.dataset.facts import gathered
from visamap.dataset.files import SOURCES_FILE, files_of
from visamap.dataset.findings import Finding
from visamap.dataset.modelled import Modelled, modelled
from visamap.dataset.partial import Aside
from visamap.dataset.rules import broken
from visamap.dataset.size import too_much
from visamap.dataset.yaml_source import Source, read
from visamap.errors import BrokenDataError
from visamap.index import Index, Tables
from visamap.models.country import CountryNames
from visamap.models.dataset import Dataset, SourcesFile
from visamap.problems import Problem


class Loaded(NamedTuple):
    """What a file gave: the dataset where it could be built, and everything found wrong with it."""

    dataset: Dataset | None
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        """Tell whether the dataset may be used: there is one, and no problem is an error."""
        return self.dataset is not None and not _any_error(self.problems)


def load(path: Path, countries: Tables) -> Loaded:
    """Read and check the dataset at ``path``.

    ``countries`` are the small tables of ``visamap.countries.catalogue``: which codes exist.

    Raises:
        MissingFileError: there is no such file.
    """
    with _collector_at_rest():
        return _loaded(path, countries)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Spare the search for garbage while next to nothing is thrown away: a tenth of the time."""
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()


def _loaded(path: Path, countries: Tables) -> Loaded:
    law = read(path)
    dataset, found, aside = modelled(Dataset, law)
    parts, problems = {"": law}, [*law.problems, *found]
    beside = path.with_name(SOURCES_FILE)
    if law.value is not None and "sources" not in law.value and beside in files_of(path):
        parts["sources"] = source = read(beside)
        listed = modelled(SourcesFile, source)
        problems += [*source.problems, *listed.problems]
        aside = _joined(aside, listed)
        if dataset and listed.record:
            dataset = dataset.model_copy(update={"sources": listed.record.sources})
    if dataset and (finding := too_much(dataset)):
        problems.append(_placed(finding, parts, aside))
        dataset = None
    whole = not problems
    if dataset:
        facts = gathered(dataset, countries["countries"], aside, whole=whole)
        problems += [_placed(finding, parts, aside) for finding in broken(facts)]
        if not _any_error(problems):
            index = Index(compiled(dataset, "", countries)[0])
            counts = unmet(dataset.meta.expectations, index)
            problems += [_placed(finding, parts, aside) for finding in counts]
    return Loaded(dataset if whole else None, tuple(sorted(problems)))


def load_names(path: Path) -> CountryNames:
    """Read our own names of countries.

    Raises:
        MissingFileError: there is no such file.
        BrokenDataError: the file has problems.
    """
    source = read(path)
    names, problems, _ = modelled(CountryNames, source)
    if names is None or source.problems or problems:
        raise BrokenDataError(path, (*source.problems, *problems))
    return names


def _joined(law: Aside, sources: Modelled[SourcesFile]) -> Aside:
    return Aside(
        {**law.ids, **sources.aside.ids},
        law.sections | sources.aside.sections,
        {**law.stood, **sources.aside.stood},
    )


def _any_error(problems: "tuple[Problem, ...] | list[Problem]") -> bool:
    return any(problem.severity == "error" for problem in problems)


def _placed(finding: Finding, parts: dict[str, Source], aside: Aside) -> Problem:
    source = parts.get(str(finding.path[0]), parts[""]) if finding.path else parts[""]
    line, column = source.places.value(aside.path(finding.path))
    return Problem(source.name, line, column, finding.rule, finding.severity, finding.message)

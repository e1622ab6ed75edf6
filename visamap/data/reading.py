"""How much a dataset would become when it is laid out, told before it is.

A rule names nationalities and kinds of passport, and what it gives is cut at every suspension: a
megabyte of short records can stand for gigabytes of spans. This room counts; it lays nothing out.
"""

import gc
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from visamap.data.records import Aside, Finding, Modelled, modelled
from visamap.data.rules import broken, gathered, unmet
from visamap.data.text import (
    LAW_FILE,
    REGIMES,
    REGION_FILE,
    SOURCES_FILE,
    contents,
    files_of,
    folder_of,
    others_of,
)
from visamap.data.yaml_source import Source, read
from visamap.errors import BrokenDataError, Problem
from visamap.schema.countries import CountryNames
from visamap.schema.dataset import Dataset, SourcesFile
from visamap.schema.dataset import Source as ListedSource
from visamap.schema.law import Instrument
from visamap.store.index import Index, Tables
from visamap.store.record_file import Records, packed

MOST_STEPS = 2_000_000
"""A steady machine takes about a second for them; our own data needs some hundred thousand."""
STEPS_A_SPAN = 20
MOST_SPANS = 500
"""Of one nationality, each rule counted once more for every suspension; ours have some sixty."""


def too_much(dataset: Dataset) -> Finding | None:
    """Return what is said of a dataset that is too large to be laid out; ``None``: it is not."""
    rules_of = Counter(code for rule in dataset.regimes for code in rule.nationalities)
    most = max(rules_of.values(), default=0) * (1 + len(dataset.suspensions))
    if _steps(dataset, rules_of) <= MOST_STEPS and most <= MOST_SPANS:
        return None
    message = (
        "the rules are too many for the nationalities, passports and suspensions that they name; "
        "split the file or remove what is not ours"
    )
    return Finding(("regimes",), "data-size", message)


def _steps(dataset: Dataset, rules_of: Counter[str]) -> int:
    halts = 1 + len(dataset.suspensions)
    holders = rules_of.total() + sum(len(rule.nationalities) for rule in dataset.transit)
    spans = sum(len(rule.nationalities) * len(rule.passports) for rule in dataset.regimes)
    # Papers that stand in for a passport take over its spans.
    papers = dataset.entry_documents
    spans += sum(rules_of[code] for paper in papers for code in paper.nationalities)
    # Each expectation asks every nationality, and each of them all that may add to its rule.
    beside = len(dataset.overlays) + len(dataset.instruments)
    asked = len(dataset.meta.expectations) * (spans + len(rules_of) * beside)
    return STEPS_A_SPAN * spans * halts + holders * halts**2 + asked


TextOf = Callable[[Path], Source]


class Loaded(NamedTuple):
    """What a file gave: the dataset where it could be built, and everything found wrong with it."""

    dataset: Dataset | None
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        """Tell whether the dataset may be used: there is one, and no problem is an error."""
        return self.dataset is not None and not _any_error(self.problems)


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


@_collector_at_rest()
def load(path: Path, countries: Tables, text_of: TextOf = read) -> Loaded:
    """Read and check the dataset at ``path``.

    ``countries`` are the small tables of ``visamap.data.names``: which codes exist. ``text_of``
    reads a file; who loads several datasets remembers the files that they share.
    """
    law = text_of(path)
    dataset, found, aside = modelled(Dataset, law)
    parts, problems = {"": law}, [*law.problems, *found]
    shared: list[Instrument] = []
    elsewhere: Counter[str] = Counter()
    if dataset:
        home = dataset.meta.home
        shared = [act.seen_from(home) for act in _shared_acts(dataset, path, text_of)]
        seen = [act.seen_from(home) for act in dataset.instruments]
        elsewhere = _cited(dataset.instruments) - _cited(seen)
        dataset = dataset.model_copy(update={"instruments": (*seen, *shared)})
    beside = folder_of(path) / SOURCES_FILE
    if law.value is not None and "sources" not in law.value and beside in files_of(path):
        parts["sources"] = source = text_of(beside)
        listed = modelled(SourcesFile, source)
        problems += [*source.problems, *listed.problems]
        if dataset and listed.record:
            sources, stood = _our_sources(listed, path, shared, elsewhere)
            listed = listed._replace(aside=listed.aside._replace(stood=stood))
            dataset = dataset.model_copy(update={"sources": sources})
        aside = _joined(aside, listed)
    if dataset and (finding := too_much(dataset)):
        problems.append(_placed(finding, parts, aside))
        dataset = None
    whole = not problems
    if dataset:
        facts = gathered(dataset, countries["countries"], aside, whole=whole)
        problems += [_placed(finding, parts, aside) for finding in broken(facts)]
        if not _any_error(problems):
            index = Index(Records(packed(facts.records, digest="")), countries)
            counts = unmet(dataset.meta.expectations, index)
            problems += [_placed(finding, parts, aside) for finding in counts]
    return Loaded(dataset if whole else None, tuple(sorted(problems)))


def _shared_acts(dataset: Dataset, path: Path, text_of: TextOf) -> list[Instrument]:
    """Return the acts with this destination that stand in another one's file."""
    wanted = dict.fromkeys(dataset.meta.shared_acts)
    found: dict[str, Instrument] = {}
    for other in others_of(path) if wanted else ():
        records = (text_of(other).value or {}).get("instruments")
        for record in records if isinstance(records, list) else ():
            if isinstance(record, dict) and record.get("id") in wanted:
                with suppress(ValidationError):  # its own file is told what is wrong with it
                    act = Instrument.model_validate(record)
                    found[act.id] = act
    ours = (found[name] for name in wanted if name in found)
    return [act for act in ours if dataset.meta.home in act.parties]


_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _cited(acts: Iterable[Instrument]) -> Counter[str]:
    """Return how often the events of acts cite each source."""
    return Counter(source for act in acts for event in act.events for source in event.sources)


def _our_sources(
    listed: Modelled[SourcesFile], path: Path, shared: list[Instrument], elsewhere: Counter[str]
) -> tuple[tuple[ListedSource, ...], dict[str, list[int]]]:
    """Return the sources of one destination, and where they stood in the file that all share.

    They are those it cites, and those that none cites. Where the files of the others are not at
    hand, what is not cited may be theirs; ``elsewhere`` counts what its acts cite for another side.
    """
    assert listed.record  # noqa: S101  (asked only where there is one)
    every = listed.record.sources
    ours = {*(_words_of(path) - elsewhere)}
    ours |= {word for act in shared for word in _WORD.findall(str(act))}
    beside = [*others_of(path), folder_of(path) / REGION_FILE]
    theirs = {word for other in beside if other.is_file() for word in _words_of(other)}
    theirs |= {*elsewhere}
    alone = path.name == LAW_FILE and not (folder_of(path) / REGIMES).is_dir()
    stood = listed.aside.stood.get("sources") or list(range(len(every)))
    kept = [
        (source, place)
        for source, place in zip(every, stood, strict=True)
        if source.id in ours or not (alone or source.id in theirs)
    ]
    sources = tuple(source for source, _ in kept)
    return sources, {**listed.aside.stood, "sources": [place for _, place in kept]}


def _words_of(path: Path) -> Counter[str]:
    """Count all that may be an id in a file, what stands in remarks left out."""
    text = contents(path)[0].decode("utf-8", "replace")
    return Counter(_WORD.findall(re.sub(r"^ *#.*", "", text, flags=re.MULTILINE)))


def load_names(path: Path) -> CountryNames:
    """Read our own names of countries."""
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
    return finding._replace(path=aside.path(finding.path)).placed(source)

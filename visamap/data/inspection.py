"""Data files looked through for ``validate``, with what stands beside them: problems, numbers.

Nothing is judged here; each file has a room of its own that reads and checks it.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from visamap.data.cache import renew
from visamap.data.reading import TextOf, load, load_names
from visamap.data.rules import between_files
from visamap.data.side_tables import Known, SideTable, read_region, read_sources, side_tables
from visamap.data.text import (
    MOBILITY,
    NAMES_FILE,
    REGION_FILE,
    digest_of,
    files_of,
    folder_of,
    law_files,
    named_file,
    other_homes,
    shipped_files,
)
from visamap.data.yaml_source import read
from visamap.errors import BrokenDataError, MissingFileError, Problem, VisamapError
from visamap.results.data_results import Inspection
from visamap.schema.dataset import Dataset
from visamap.store.index import Tables
from visamap.store.tables import LAW, SHIPPED, in_checkout, table


def inspected(data: str | Path) -> Inspection:
    """Look a data file through; ``data`` is how problems will call it."""
    return _looked_at(data)[0]


def _looked_at(data: str | Path, text_of: TextOf = read) -> tuple[Inspection, Dataset | None]:
    path = named_file(data)
    if path.parent.name == MOBILITY or path.name == REGION_FILE:
        return _beside(path), None
    try:
        tables = _countries()
        loaded = load(path, tables, text_of)
    except BrokenDataError as error:  # our own names of countries, without which nothing is known
        return Inspection(str(data), error.problems, {}, None, None), None
    dataset = loaded.dataset
    if dataset is None:
        return Inspection(str(data), loaded.problems, {}, None, _digest(path)), None
    sections = {name: getattr(dataset, name) for name in type(dataset).model_fields}
    counts = {name: len(held) for name, held in sections.items() if isinstance(held, tuple)}
    known = _known(tables, dataset, folder_of(path))
    problems, counts_beside = _together(side_tables(path.parent, known).values())
    problems, counts = (*loaded.problems, *problems), counts | counts_beside
    return Inspection(str(data), problems, counts, dataset.meta.release, _digest(path)), dataset


def _together(found: Iterable[SideTable]) -> tuple[tuple[Problem, ...], dict[str, int]]:
    """Return what is wrong with several tables, each slip once, and how many records they hold."""
    problems, counts = set[Problem](), dict[str, int]()
    for one in found:
        problems |= {*one.problems}
        counts |= one.counts
    return tuple(sorted(problems)), counts


def inspected_together(files: Sequence[str | Path]) -> list[Inspection]:
    """Look several data files through, and what must hold between those of them that are sound."""
    text_of = cache(read)
    looked = [_looked_at(file, text_of) for file in files]
    sound = {one.file: each.shipped() for one, each in looked if each and not one.errors}
    between = [*between_files(sound)] if len(sound) > 1 else []
    return [
        one._replace(problems=(*one.problems, *(p for p in between if p.file == one.file)))
        for one, _ in looked
    ]


def _beside(path: Path) -> Inspection:
    """Look through the files beside the law that ``path`` is one of."""
    if not path.is_file():
        raise MissingFileError(path)
    between = path.name == REGION_FILE
    folder = path.parent if between else path.parent.parent
    law = folder / Path(LAW).name
    try:
        tables = _countries()
        known = _known(tables, None if between else load(law, tables).dataset, folder)
    except BrokenDataError as error:
        return Inspection(str(path), error.problems, {}, None, None)
    if between:
        found = [read_region(folder, known.codes, read_sources(folder))]
    else:
        found = [*side_tables(folder, known).values()]
    return Inspection(str(path), *_together(found), None, _digest(law))


def _known(tables: Tables, dataset: Dataset | None, folder: Path) -> Known:
    acts = {act.id for act in dataset.instruments} if dataset else ()
    home = {dataset.meta.home} if dataset else set()
    return Known(tables["countries"], acts, home | other_homes(folder))


def _countries() -> Tables:
    """Return the tables of countries, which in a checkout may have changed."""
    if in_checkout():
        try:
            renew()
        except BrokenDataError:  # most likely the very file that is asked about
            from visamap.data.names import build as build_catalogue  # noqa: PLC0415

            names = load_names(Path(LAW).with_name(NAMES_FILE))
            return build_catalogue(names.model_dump()).small
    return table(SHIPPED, "countries")


def _digest(path: Path) -> str | None:
    try:
        folder = folder_of(path)
        ours = path.resolve() in [one.resolve() for one in law_files(Path(LAW).parent)]
        files = shipped_files(folder) if ours else files_of(path)
        return digest_of(files, folder)
    except VisamapError:  # a directory, or a file that may not be read; the problems say so
        return None


DIALECT = "https://json-schema.org/draft/2020-12/schema"
ID = "urn:visamap:schema:visa-regimes:1"
TITLE = "Visa regimes of Kazakhstan"


class _Plain(GenerateJsonSchema):
    """Pydantic's generator without a title on every field, which only repeats its key."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        return False


def json_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) of a file such as ``data/visa_regimes.yaml``."""
    made = Dataset.model_json_schema(by_alias=True, schema_generator=_Plain)
    made["description"] = "Who may enter without a visa, since when, for how long, under which act."
    heading = {"$schema": DIALECT, "$id": ID, "title": TITLE}
    return {**heading, **_readable({key: made[key] for key in made if key != "title"})}


def _readable(value: Any) -> Any:
    """Return a schema as an editor shows it: docstrings in one paragraph, no empty defaults."""
    if isinstance(value, dict):
        return {
            key: " ".join(entry.replace("``", "`").split())
            if key == "description" and isinstance(entry, str)
            else _readable(entry)
            for key, entry in value.items()
            if key != "default" or isinstance(entry, str | bool)
        }
    return [_readable(entry) for entry in value] if isinstance(value, list) else value

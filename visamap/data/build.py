"""From files to the tables that are shipped or cached; the data must be sound."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from visamap.data.names import build as build_catalogue
from visamap.data.reading import TextOf, load, load_names
from visamap.data.rules import between_files
from visamap.data.side_tables import Known, side_tables
from visamap.data.text import (
    NAMES_FILE,
    digest_of,
    files_of,
    folder_of,
    law_files,
    other_homes,
    shipped_files,
)
from visamap.data.yaml_source import read
from visamap.errors import BrokenDataError
from visamap.store.index import Tables


class Built(NamedTuple):
    """All records of a data file, with the digest of what they were read from."""

    records: Tables
    digest: str
    tables: dict[str, Tables]
    """What else is shipped, by the name of its file: countries, names, what few questions ask."""
    others: dict[str, Tables]
    """The records of the other destinations, each by its code."""


def build(folder: Path) -> Built:
    """Build everything from our own data in ``folder``; data with problems is refused."""
    catalogue = build_catalogue(load_names(folder / NAMES_FILE).model_dump())
    built = build_with(folder, catalogue.small, shipped_files(folder))
    own = {"countries": catalogue.small, "names": catalogue.large, "people": catalogue.people}
    return built._replace(tables={**own, **built.tables})


def build_with(path: Path, countries: Tables, files: Sequence[Path] = ()) -> Built:
    """Build a file, or all law files of a folder, with the countries of the shipped data.

    ``files`` are those that the digest is of, where they are not those that are read for the law.
    """
    laws = law_files(path) if path.is_dir() else [path]
    text_of = cache(read)
    held = {str(law): _records(law, countries, text_of) for law in laws}
    if problems := tuple(between_files(held)):
        raise BrokenDataError(laws[0], problems)
    first, *others = held.values()
    tables: dict[str, Tables] = {}
    if path.is_dir():
        acts = {act["id"] for act in first["instruments"]}
        homes = {first["meta"]["home"], *other_homes(path)}
        beside = side_tables(path, Known(countries["countries"], acts, homes))
        tables = {name: found.table() for name, found in beside.items()}
    digest = digest_of(files or files_of(path), folder_of(path))
    return Built(first, digest, tables, {one["meta"]["home"]: one for one in others})


def _records(law: Path, countries: Tables, text_of: TextOf) -> Tables:
    loaded = load(law, countries, text_of)
    if loaded.dataset is None or not loaded.sound:
        raise BrokenDataError(law, loaded.problems)
    return loaded.dataset.shipped()

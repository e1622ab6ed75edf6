"""From files to the tables that are shipped or cached; the data must be sound."""

from pathlib import Path
from typing import NamedTuple

from visamap.data.countries import build as build_catalogue
from visamap.data.mobility import Known, outbound, ranks
from visamap.data.reading import load, load_names
from visamap.data.region import region
from visamap.data.rules import between_files
from visamap.data.text import (
    NAMES_FILE,
    REGION_FILE,
    digest_of,
    files_of,
    folder_of,
    law_files,
    mobility_files,
    other_homes,
    shipped_files,
)
from visamap.data.yaml_source import Source
from visamap.errors import BrokenDataError
from visamap.schema.dataset import Dataset
from visamap.store.index import Tables


class Built(NamedTuple):
    """All records of a data file, with the digest of what they were read from."""

    records: Tables
    digest: str
    tables: dict[str, Tables]
    """What else is shipped, by the name of its file: countries, names, what few questions ask."""
    others: dict[str, Tables]
    """The records of the other destinations, each by its code."""


def build(law: Path, folder: Path) -> Built:
    """Build everything from our own data in ``folder``.

    Raises:
        BrokenDataError: the data has problems; the error lists them.
    """
    names = load_names(folder / NAMES_FILE)
    catalogue = build_catalogue(names.model_dump())
    texts: dict[Path, Source] = {}
    files = shipped_files(folder)
    built = _built(law, catalogue.small, files, texts)
    tables = {
        "countries": catalogue.small,
        "names": catalogue.large,
        **_mobility(folder, catalogue.small, built.records),
        "people": catalogue.people,
        "region": region(folder, catalogue.small["countries"]),
    }
    others = [_built(other, catalogue.small, files, texts) for other in law_files(folder)[1:]]
    return _together([built, *others], law_files(folder))._replace(tables=tables)


def build_with(path: Path, tables: Tables) -> Built:
    """Build a user's file, or all law files of a folder, with the countries of the shipped data.

    Raises:
        MissingFileError: it is not there, or the folder has no law file.
        BrokenDataError: the data has problems; the error lists them.
    """
    files, texts = files_of(path), dict[Path, Source]()
    laws = law_files(path) if path.is_dir() else [path]
    built = _together([_built(law, tables, files, texts) for law in laws], laws)
    made: dict[str, Tables] = {}
    if path.is_dir() and mobility_files(path):
        made |= _mobility(path, tables, built.records)
    if path.is_dir() and (path / REGION_FILE).is_file():
        made["region"] = region(path, tables["countries"])
    return built._replace(tables=made)


def _mobility(folder: Path, countries: Tables, records: Tables) -> dict[str, Tables]:
    """Return the tables of the mobility folder, beside the records of the first destination."""
    acts = {act["id"] for act in records["instruments"]}
    homes = {records["meta"]["home"], *other_homes(folder)}
    known = Known(countries["countries"], acts, homes)
    return {"ranks": ranks(folder, countries), "outbound": outbound(folder, known)}


def _together(built: list[Built], laws: list[Path]) -> Built:
    """Return what law files became as one release, the first of them before the others."""
    records = {str(law): one.records for law, one in zip(laws, built, strict=True)}
    if problems := tuple(between_files(records)):
        raise BrokenDataError(laws[0], problems)
    first, *others = built
    return first._replace(others={one.records["meta"]["home"]: one.records for one in others})


def _built(
    law: Path, countries: Tables, files: list[Path], texts: dict[Path, Source] | None = None
) -> Built:
    loaded = load(law, countries, texts)
    if not isinstance(loaded.dataset, Dataset) or not loaded.sound:
        raise BrokenDataError(law, loaded.problems)
    return Built(loaded.dataset.shipped(), digest_of(files, folder_of(law)), {}, {})

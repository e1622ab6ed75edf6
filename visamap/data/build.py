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
    digest_of,
    files_of,
    folder_of,
    law_files,
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
    known = Known(
        catalogue.small["countries"],
        {act["id"] for act in built.records["instruments"]},
        {built.records["meta"]["home"], *other_homes(folder)},
    )
    tables = {
        "countries": catalogue.small,
        "names": catalogue.large,
        "ranks": ranks(folder, catalogue.small),
        "outbound": outbound(folder, known),
        "people": catalogue.people,
        "region": region(folder, catalogue.small["countries"]),
    }
    others = [_built(other, catalogue.small, files, texts) for other in law_files(folder)[1:]]
    laws = map(str, law_files(folder))
    records = dict(zip(laws, (one.records for one in (built, *others)), strict=True))
    if problems := tuple(between_files(records)):
        raise BrokenDataError(law, problems)
    named = {one.records["meta"]["home"]: one.records for one in others}
    return built._replace(tables=tables, others=named)


def build_with(law: Path, tables: Tables) -> Built:
    """Build a user's file with the country tables of the shipped data.

    Raises:
        BrokenDataError: the data has problems; the error lists them.
    """
    return _built(law, tables, files_of(law))


def _built(
    law: Path, countries: Tables, files: list[Path], texts: dict[Path, Source] | None = None
) -> Built:
    loaded = load(law, countries, texts)
    if not isinstance(loaded.dataset, Dataset) or not loaded.sound:
        raise BrokenDataError(law, loaded.problems)
    return Built(loaded.dataset.shipped(), digest_of(files, folder_of(law)), {}, {})

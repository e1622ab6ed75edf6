"""From files to the tables that are shipped or cached; the data must be sound."""

from pathlib import Path
from typing import NamedTuple

from visamap.data.compiler import compiled
from visamap.data.countries import build as build_catalogue
from visamap.data.mobility import outbound, ranks
from visamap.data.reading import load, load_names
from visamap.data.text import NAMES_FILE, digest_of, files_of, shipped_files
from visamap.errors import BrokenDataError
from visamap.schema.dataset import Dataset
from visamap.store.index import Tables

COUNTRY_TABLES = ("countries", "held_passport", "codes", "english", "ambiguous", "two_codes")


class Built(NamedTuple):
    """The tables of ``visamap.store.index``, all records in full, the names in other languages."""

    tables: Tables
    records: Tables
    names: Tables
    apart: dict[str, Tables]
    """What is kept in a file of its own, by the name of the file."""


def build(law: Path, folder: Path) -> Built:
    """Build everything from our own data in ``folder``.

    Raises:
        BrokenDataError: the data has problems; the error lists them.
    """
    names = load_names(folder / NAMES_FILE)
    catalogue = build_catalogue(names.model_dump())
    built = _built(law, catalogue.small, shipped_files(folder))
    apart = {
        "ranks": ranks(folder, catalogue.small),
        "outbound": outbound(folder, built.tables),
        "people": catalogue.people,
    }
    return built._replace(names=catalogue.large, apart=apart)


def build_with(law: Path, tables: Tables) -> Built:
    """Build a user's file with the country tables of the shipped data.

    Raises:
        BrokenDataError: the data has problems; the error lists them.
    """
    return _built(law, {name: tables[name] for name in COUNTRY_TABLES}, files_of(law))


def _built(law: Path, countries: Tables, files: list[Path]) -> Built:
    loaded = load(law, countries)
    if not isinstance(loaded.dataset, Dataset) or not loaded.sound:
        raise BrokenDataError(law, loaded.problems)
    index, records = compiled(loaded.dataset, digest_of(files, law.parent), countries)
    return Built(index, records, {}, {})

"""The field guide of the data: each kind of record, from the models."""

from collections.abc import Iterator
from typing import Any, NamedTuple, get_type_hints

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from tools.handbook import docstrings, kinds, meanings, words
from tools.handbook import markdown as md
from visamap.schema.countries import CountryNames
from visamap.schema.dataset import Dataset
from visamap.schema.mobility import (
    IndexesFile,
    Observation,
    OutboundFile,
    PublishedRank,
    SnapshotRow,
)
from visamap.schema.record import Record
from visamap.schema.region import RegionFile

FOLDER = "reference/data"


class DataFile(NamedTuple):
    """A file of the data: its page, its place, what it is, the class of the whole or of a row."""

    page: str
    path: str
    about: str
    model: type[BaseModel]

    @property
    def name(self) -> str:
        """Its name without the folder."""
        return self.path.rpartition("/")[2]


FILES = (
    DataFile(
        "visa-regimes",
        "data/visa_regimes.yaml",
        "Entry into Kazakhstan: acts, rules, visas, duties, figures, open questions.",
        Dataset,
    ),
    DataFile(
        "region",
        "data/region.yaml",
        "What lies between the five states: crossings, trains, a common visa that never came.",
        RegionFile,
    ),
    DataFile(
        "outbound",
        "data/mobility/outbound.yaml",
        "Where passports of Central Asia may go, by law and by official lists.",
        OutboundFile,
    ),
    DataFile(
        "snapshots",
        "data/mobility/snapshots.csv",
        "What the snapshots of a dataset saw of the same pairs.",
        Observation,
    ),
    DataFile(
        "indexes",
        "data/mobility/indexes.yaml",
        "Passport indexes, and the formulas under which we rank ourselves.",
        IndexesFile,
    ),
    DataFile(
        "ranks",
        "data/mobility/ranks.csv",
        "Ranks and scores as the indexes published them.",
        PublishedRank,
    ),
    DataFile(
        "mobility",
        "data/mobility/mobility.csv",
        "Counts, scores and ranks of each snapshot.",
        SnapshotRow,
    ),
    DataFile(
        "country-names",
        "data/country_names.yaml",
        "Names and codes of countries and documents, beside those of the ISO lists.",
        CountryNames,
    ),
)


def pages() -> Iterator[tuple[str, str]]:
    """Yield a page for each file of the data, their list, and the closed words."""
    told: set[type] = set()
    for file in FILES:
        yield f"{FOLDER}/{file.page}.md", _page(file, told)
    yield (
        "made/data-files.md",
        md.table(
            ("file", "what it is"),
            ((f"[{file.path}](data/{file.page}.md)", file.about) for file in FILES),
        ),
    )
    yield (
        "made/data-toctree.md",
        md.fence(
            "{toctree}", "\n".join([":hidden:", "", *(f"data/{file.page}" for file in FILES)])
        ),
    )
    yield "reference/words.md", words.page()


def _page(file: DataFile, told: set[type]) -> str:
    parts = [f"# {file.name}", f"`{file.path}`: {file.about}"]
    waiting = [file.model]
    while waiting:
        model = waiting.pop(0)
        if model in told:
            continue
        told.add(model)
        parts += _section(model, file)
        inside = [kind for hint in _hints(model).values() for kind in kinds.classes_in(hint)]
        waiting = [*inside, *waiting]
    return md.page(*parts)


def _section(model: type[BaseModel], file: DataFile) -> list[str]:
    whole = model is file.model
    title = (
        ("A row" if file.name.endswith(".csv") else "The whole file") if whole else model.__name__
    )
    rows = [
        (
            md.code(field.alias or name),
            kinds.told(hint),
            _needed(field),
            md.plain(meanings.of_record(model, name)),
        )
        for (name, field), hint in zip(
            model.model_fields.items(), _hints(model).values(), strict=True
        )
    ]
    return [
        md.heading(2, title, kinds.place(model)),
        "" if whole and not file.name.endswith(".csv") else docstrings.opening(model),
        md.table(("field", "type", "required", "meaning"), rows),
    ]


def _hints(model: type[BaseModel]) -> dict[str, Any]:
    """Return the types of the fields with all that is said of them, in the order of the model."""
    hints = get_type_hints(model, include_extras=True)
    return {name: hints[name] for name in model.model_fields}


def _needed(field: FieldInfo) -> str:
    if field.is_required():
        return "yes"
    default = field.get_default(call_default_factory=True)
    if default in (None, ()) or isinstance(default, Record):
        return "no"
    shown = ", ".join(default) if isinstance(default, tuple) else str(default).lower()
    return f"no; else `{shown}`"

"""A data file looked through for ``validate``: every problem, and what the file is.

It works where nothing else does: also when the data of the checkout it stands in is broken.
"""

from pathlib import Path

from visamap.dataset.files import (
    MOBILITY,
    NAMES_FILE,
    digest_of,
    files_of,
    named_file,
    shipped_files,
)
from visamap.dataset.load import load, load_names
from visamap.dataset.mobility import looked_through
from visamap.dataset.outbound import Known
from visamap.dataset.store import renew
from visamap.errors import BrokenDataError, MissingFileError, VisamapError
from visamap.index import Tables
from visamap.results.inspection import Inspection
from visamap.tables import LAW, SHIPPED, in_checkout, table


def inspected(data: str | Path) -> Inspection:
    """Look a data file through; ``data`` is how problems will call it.

    Raises:
        MissingFileError: there is no such file.
    """
    path = named_file(data)
    if path.parent.name == MOBILITY:
        return _rows(path)
    try:
        tables = _countries()
        loaded = load(path, tables)
    except BrokenDataError as error:  # our own names of countries, without which nothing is known
        return Inspection(str(data), error.problems, {}, None, None)
    dataset = loaded.dataset
    if dataset is None:
        return Inspection(str(data), loaded.problems, {}, None, _digest(path))
    sections = {name: getattr(dataset, name) for name in type(dataset).model_fields}
    counts = {name: len(held) for name, held in sections.items() if isinstance(held, tuple)}
    known = Known(tables["countries"], {act.id for act in dataset.instruments})
    beside = looked_through(path.parent, known)
    problems = (*loaded.problems, *beside.problems)
    counts |= beside.counts
    return Inspection(str(data), problems, counts, dataset.meta.release, _digest(path))


def _rows(path: Path) -> Inspection:
    """Look through the files of the mobility folder that ``path`` stands in."""
    if not path.is_file():
        raise MissingFileError(path)
    law = path.parent.parent / Path(LAW).name
    try:
        tables = _countries()
        acts = load(law, tables).dataset
    except BrokenDataError as error:
        return Inspection(str(path), error.problems, {}, None, None)
    known = Known(tables["countries"], {act.id for act in acts.instruments} if acts else ())
    found = looked_through(law.parent, known)
    return Inspection(str(path), found.problems, found.counts, None, _digest(law))


def _countries() -> Tables:
    """Return the tables of countries, which in a checkout may have changed."""
    if in_checkout():
        try:
            renew()
        except BrokenDataError:  # most likely the very file that is asked about
            from visamap.countries.catalogue import build as build_catalogue  # noqa: PLC0415

            names = load_names(Path(LAW).with_name(NAMES_FILE))
            return build_catalogue(names.model_dump()).small
    return table(SHIPPED, "index")


def _digest(path: Path) -> str | None:
    try:
        ours = path.resolve() == Path(LAW).resolve()
        files = shipped_files(path.parent) if ours else files_of(path)
        return digest_of(files, path.parent)
    except VisamapError:  # a directory, or a file that may not be read; the problems say so
        return None

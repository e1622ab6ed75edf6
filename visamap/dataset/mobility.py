"""The files of the mobility folder looked through for ``validate``: problems, numbers of rows.

Nothing is judged here; each file has a room of its own that reads and checks it.
"""

from pathlib import Path
from typing import NamedTuple

from visamap.dataset.files import mobility_files
from visamap.dataset.outbound import Known, read_outbound
from visamap.dataset.ranks import read_ranks
from visamap.dataset.yaml_records import read_sources
from visamap.problems import Problem


class Looked(NamedTuple):
    """What is wrong with the files of the folder, and how many records each section holds."""

    problems: tuple[Problem, ...]
    counts: dict[str, int]


def looked_through(folder: Path, known: Known) -> Looked:
    """Look through the mobility folder in the data folder ``folder``; none is no problem."""
    if not mobility_files(folder):
        return Looked((), {})
    listed = read_sources(folder)
    outbound = read_outbound(folder, known, listed)
    ranks = read_ranks(folder, known.codes, listed)
    counts = {
        "outbound_rules": len(outbound.rules.rules) if outbound.rules else 0,
        "observations": len(outbound.seen.records),
        "published_ranks": len(ranks.published.records),
    }
    return Looked(tuple(sorted({*outbound.problems, *ranks.problems})), counts)

"""The front desk: opens the data and answers every question; answers are kept once found.

Only doors ask the clock; every method takes the day. The questions stand in ``visamap.desks``, one
module per field, and are worked out in ``visamap.queries``.
"""

from typing import TYPE_CHECKING

from visamap.compiled import open_index
from visamap.desks.acts import ActsDesk
from visamap.desks.care import CareDesk
from visamap.desks.export import ExportDesk
from visamap.desks.lists import ListsDesk
from visamap.desks.outbound import OutboundDesk
from visamap.desks.pictures import PicturesDesk
from visamap.desks.ranks import RanksDesk
from visamap.desks.stay import StayDesk
from visamap.desks.time import TimeDesk

if TYPE_CHECKING:
    from pathlib import Path

    from visamap.problems import Problem


def load(data: "str | Path | None" = None) -> "Registry":
    """Open the shipped data, or a data file of your own.

    Raises:
        MissingFileError: the file is not there.
        BrokenDataError: the file has problems; ``inspect`` lists them all.
    """
    return Registry(open_index(data))


def inspect(data: "str | Path") -> "tuple[Problem, ...]":
    """Return everything that is wrong with a data file, in the order of the file.

    Raises:
        MissingFileError: the file is not there.
    """
    from visamap.dataset.inspection import inspected  # noqa: PLC0415  pydantic, only here

    return inspected(data).problems


class Registry(
    PicturesDesk,
    ActsDesk,
    TimeDesk,
    StayDesk,
    RanksDesk,
    OutboundDesk,
    ExportDesk,
    CareDesk,
    ListsDesk,
):
    """The questions that visamap answers, put to one release of the data."""

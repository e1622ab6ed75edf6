"""The front desk: opens the data and answers every question; answers are kept once found.

A day that is left out is today at the border. The questions stand here, one module per
field, and are worked out in ``visamap.domain``.
"""

from typing import TYPE_CHECKING

from visamap.arguments import as_day
from visamap.data.opening import open_index
from visamap.registry.act_questions import Acts
from visamap.registry.data_questions import Data
from visamap.registry.journey_questions import Journeys
from visamap.registry.time_questions import Time

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from visamap.errors import Problem


def load(data: "str | Path | None" = None, release: "date | str | None" = None) -> "Registry":
    """Open the shipped data, or a data file of your own.

    With ``release``, a day, open what was the newest release on it, of those kept on this machine.

    Raises:
        MissingFileError: the file is not there.
        BrokenDataError: the file has problems; ``inspect`` lists them all.
        WrongUsageError: no release of that day is kept.
    """
    return Registry(open_index(data, None if release is None else as_day(release)))


def inspect(data: "str | Path") -> "tuple[Problem, ...]":
    """Return everything that is wrong with a data file, in the order of the file.

    Raises:
        MissingFileError: the file is not there.
    """
    from visamap.data.inspection import inspected  # noqa: PLC0415  pydantic, only here

    return inspected(data).problems


class Registry(Acts, Time, Data, Journeys):
    """The questions that visamap answers, put to one release of the data."""

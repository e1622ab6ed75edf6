"""The state of the data: what is known and how surely, and what a release says otherwise."""

import os
from datetime import date
from typing import TYPE_CHECKING

from visamap.arguments import as_day, as_number
from visamap.desks.base import Desk
from visamap.errors import WrongUsageError
from visamap.language import tr

if TYPE_CHECKING:
    from visamap.results.coverage import Coverage
    from visamap.results.releases import ReleaseChange

MOST_MONTHS = 1200


class CareDesk(Desk):
    """``coverage`` and ``release_changes``."""

    def coverage(self, *, on: date | str, months: int = 6) -> "Coverage":
        """Return what is known with which confidence, from which sources, and what is open.

        ``months`` is the age from which a record counts as not checked.

        Raises:
            BadDateError: ``on`` is not a day.
            BadNumberError: ``months`` is no number of months.
        """
        from visamap.queries.coverage import coverage  # noqa: PLC0415

        return coverage(self.index, as_day(on), as_number(months, 0, MOST_MONTHS))

    def release_changes(
        self, old: "str | os.PathLike[str]", new: "str | os.PathLike[str]"
    ) -> "tuple[tuple[ReleaseChange, ...], dict[str, str], dict[str, str]]":
        """Return what a release says otherwise than an earlier one, and which two they are.

        Both are files of ``visamap export json``; which data answers here plays no part. A release
        is told by its day and digest.

        Raises:
            MissingFileError: a file is not there.
            WrongUsageError: a file is no release.
        """
        from pathlib import Path  # noqa: PLC0415  it costs at every start

        from visamap.dataset.release_file import read_release  # noqa: PLC0415
        from visamap.queries.release_changes import release_changes  # noqa: PLC0415

        early, late = read_release(Path(old)), read_release(Path(new))
        try:
            ours, theirs = (
                {name: str(one["data"][name]) for name in ("release", "digest")}
                for one in (early, late)
            )
            return tuple(release_changes(early, late)), ours, theirs
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            raise WrongUsageError(
                tr(
                    "{old} and {new} cannot be compared: one of them was changed by hand; "
                    "write it anew with `visamap export json -o FILE`.",
                    old=old,
                    new=new,
                )
            ) from error

"""Which data answers: the shipped tables, a newer release that was fetched, or the user's own file.

An installed package carries its tables. A source checkout makes them anew when the data or the code
that lays it out has changed; a file named by the user is compiled once and kept in the user's cache
under its digest. Only the last two import ``visamap.data``. A release that ``visamap update``
fetched answers as long as it is later than the shipped one and whole; the shipped one always can.
"""

from os.path import exists, join
from typing import TYPE_CHECKING

from visamap.errors import DamagedCopyError, VisamapError, WrongUsageError
from visamap.i18n import tr
from visamap.store import fetched_data
from visamap.store.index import Index, Tables
from visamap.store.tables import (
    SHIPPED,
    in_checkout,
    opened,
    others,
    table,
    tables_are_current,
    whole,
    whole_others,
    whole_tables,
)
from visamap.version import __version__

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


def open_index(data: "str | Path | None" = None, release: "date | None" = None) -> Index:
    """Open the newest data at hand, or the data file or folder that the user named.

    ``release`` is a day: the data is meant that was the newest on it, as far as it is kept.

    Raises:
        MissingFileError: what is named is not there.
        BrokenDataError: the data has problems; the error lists them.
        WrongUsageError: no release of that day is kept.
    """
    if release is not None:
        return _of(release, data)
    if data is not None:
        from visamap.data.cache import named  # noqa: PLC0415  only a file of one's own pays

        return named(data, open_index())
    if in_checkout() and not tables_are_current():
        from visamap.data.cache import renew  # noqa: PLC0415  a checkout's data has changed

        renew()
    folder = fetched_data.folder_of("data")
    if exists(join(folder, fetched_data.IN_FORCE)):
        return _fetched(folder) or opened(SHIPPED)
    return opened(SHIPPED)


def _of(day: "date", data: "str | Path | None") -> Index:
    """Open the latest release up to a day: the shipped one, or one that was fetched."""
    if data is not None:
        raise WrongUsageError(tr("Releases are those that are kept; leave out --data."))
    shipped, folder = opened(SHIPPED), fetched_data.folder_of("data")
    found = {copy["as_of"]: copy for copy in fetched_data.every(fetched_data.in_force("data"))}
    days = sorted({*found, str(shipped.data.release)})
    earlier = [release for release in days if release <= str(day)]
    if not earlier:
        said = tr("No release up to {day} is kept here; there are {days}.")
        raise WrongUsageError(said.format(day=day, days=", ".join(days)))
    copy = found.get(earlier[-1])
    try:
        return _reopened(folder, copy) if copy else shipped
    except (VisamapError, OSError, ValueError, KeyError) as error:
        raise DamagedCopyError(
            join(folder, found[earlier[-1]]["file"]), fetched_data.COMMANDS["data"]
        ) from error


def _fetched(folder: str) -> Index | None:
    """Open the release that the user fetched; damaged, it is remarked on and does not answer."""
    try:
        copy = fetched_data.info("data")
        return None if copy is None else _opened(folder, copy)
    except (VisamapError, OSError, ValueError, KeyError):
        from warnings import warn  # noqa: PLC0415  only damaged data pays for it

        warn(
            tr(
                "The release fetched into {folder!r} is damaged, so the shipped data is used; run "
                "`{command}` to fetch it again.",
                folder=folder,
                command=fetched_data.COMMANDS["data"],
            ),
            stacklevel=3,
        )
        return None


def _opened(folder: str, copy: Tables) -> Index | None:
    """Open a fetched release; ``None`` where the shipped one is as late, or later."""
    ours = copy["code"] == __version__
    # Under the code that fetched it, it is later than what is shipped, or it would not be there.
    if (not ours or in_checkout()) and copy["as_of"] <= str(opened(SHIPPED).data.release):
        return None
    return _reopened(folder, copy)


def _reopened(folder: str, copy: Tables) -> Index:
    """Open a fetched release, whichever it is; what is no part of it is shipped."""
    if copy["schema"] != fetched_data.SCHEMA or not fetched_data.is_there("data", copy):
        raise ValueError(folder)
    place = join(folder, copy["file"])
    if copy["code"] == __version__:
        records, fetched = whole(place), whole_others(place, copy.get("others", ()))
        tables = whole_tables(place, copy.get("tables", ()))
    else:
        from pathlib import Path  # noqa: PLC0415

        from visamap.data.cache import laid_out  # noqa: PLC0415  its tables may look otherwise

        records, fetched, tables = laid_out(Path(place), opened(SHIPPED))
    index = Index(
        records,
        table(SHIPPED, "countries"),
        lambda: table(SHIPPED, "names"),
        lambda name: tables.get(name) or table(SHIPPED, name),
        {**others(SHIPPED), **fetched},
    )
    if index.data.digest != copy["digest"]:
        raise ValueError(folder)
    index.updated_from = copy["url"]
    return index

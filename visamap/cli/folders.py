"""Writes a folder that the user names: the whole of it or nothing."""

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress

from visamap.errors import OutputError, WrongUsageError
from visamap.i18n import tr
from visamap.writing import hand_on_rights, name_beside, refuse_existing

OF_AN_EXPORT = ("README.md", "dictionary.csv", "dictionary.parquet")


def write_folder(
    path: str,
    files: Mapping[str, bytes],
    overwrite: bool = False,
    marks: tuple[str, ...] = OF_AN_EXPORT,
) -> None:
    """Write ``files`` into a temporary folder beside ``path`` and rename it into place.

    A name may lead into folders of its own, with a slash. What is replaced is an earlier result,
    which holds one of ``marks``, or an empty folder; one with other files in it is left alone,
    whatever ``overwrite`` says.
    """
    place = refuse_foreign(path, overwrite, marks)
    if os.path.lexists(place):
        _refuse_others(path, place, files)
    beside = name_beside(place)
    try:
        os.mkdir(beside)
        for name, content in files.items():
            target = os.path.join(beside, *name.split("/"))
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with open(target, "xb") as file:
                file.write(content)
            _hand_on(os.path.join(place, *name.split("/")), target)
        _hand_on(place, beside)
        _replace(place, beside)
    except OSError as error:
        raise OutputError(path, error.strerror or str(error)) from error
    finally:  # also after Ctrl-C; nothing is left of it where all went well
        with suppress(OSError):
            shutil.rmtree(beside)


def _hand_on(before: str, path: str) -> None:
    """Give a new file or folder the rights of the one before, where there was one."""
    with suppress(FileNotFoundError, NotADirectoryError):
        hand_on_rights(os.stat(before), path)


def _replace(place: str, beside: str) -> None:
    """Put the folder ``beside`` in place; the one before goes when the new one is there."""
    before = f"{beside}.before"
    there = os.path.lexists(place)
    if there:
        os.rename(place, before)
    try:
        os.rename(beside, place)
    except BaseException:
        if there:
            os.rename(before, place)
        raise
    if there:
        shutil.rmtree(before, ignore_errors=True)


def refuse_foreign(path: str, overwrite: bool, marks: tuple[str, ...]) -> str:
    """Return where a folder is to stand; what is there and is not ours is never replaced.

    What takes long to make asks this before it is made.
    """
    refuse_existing(path, overwrite)
    place = os.path.realpath(path)
    if not os.path.lexists(place):
        return place
    if not os.path.isdir(place):
        raise WrongUsageError(
            tr(
                "{path!r} is not a folder, but this format needs one; choose another name.",
                path=path,
            )
        )
    if (held := sorted(os.listdir(place))) and not set(marks) & set(held):
        raise _foreign(path, held)
    return place


def _refuse_others(path: str, place: str, files: Mapping[str, bytes]) -> None:
    kinds = {os.path.splitext(name)[1] for name in files if "/" not in name}
    folders = {name.partition("/")[0] for name in files if "/" in name}
    # Tables come and go between releases, so the kind of a file decides, not its name.
    foreign = [
        name
        for name in sorted(os.listdir(place))
        if name not in folders and os.path.splitext(name)[1] not in kinds
    ]
    if foreign:
        raise _foreign(path, foreign)


def _foreign(path: str, names: list[str]) -> WrongUsageError:
    return WrongUsageError(
        tr(
            "{path!r} contains files that are not from an earlier export ({files}); choose "
            "another name or empty it.",
            path=path,
            files=", ".join(names[:3]),
        )
    )

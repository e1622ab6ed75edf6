"""``visamap doctor``: libraries, data, folders. It mends nothing and fetches nothing.

Damage is found and told, never raised: who asks wants to know all of it at once.
"""

import os
import platform
import warnings
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import Any, cast

import click
from click.core import ParameterSource

from visamap import clock
from visamap.cli import shared
from visamap.cli.output import show
from visamap.data.cache import cache_folder
from visamap.data.opening import open_index
from visamap.errors import VisamapError
from visamap.extras import EXTRAS, missing
from visamap.i18n import ASKED_BY, LOCALE, current
from visamap.results.data_results import (
    DataInForce,
    DataReason,
    Doctor,
    Extra,
    Folder,
    Library,
    MatrixInForce,
)
from visamap.results.parts import DataRef, Envelope
from visamap.store import fetched_data
from visamap.store.tables import LAW, SHIPPED, in_checkout
from visamap.version import __version__

DAMAGED = 1
NEEDED = ("click", "pycountry", "tabulate", "pydantic", "requests", "urllib3", "filelock", "PyYAML")


@click.command(cls=shared.Command)
@shared.form_option("text", "json")
@shared.data_option
def command(form: str) -> int:
    """Say what is installed, which data is in use and why, and what is missing.

    Versions, the data in use with its age, the matrix that was fetched, optional parts and what
    they would give, the folders in which something is kept, the language. Exits with status 1 when
    something is damaged; a missing optional part does not count.

    \b
    Examples:
      visamap doctor
      visamap doctor --format json
    """
    context, today = click.get_current_context(), clock.today()
    named = context.ensure_object(dict).get("data")
    variable = next((name for name in (ASKED_BY, *LOCALE) if os.environ.get(name)), None)
    libraries = tuple(Library(name, _version(name)) for name in NEEDED)
    data = _data(named, today, by_option=_typed(context, "data"))
    matrix, matrix_problem = _matrix(today)
    sound = data.problem is None and matrix_problem is None and all(one[1] for one in libraries)
    found = Doctor(
        version=__version__,
        checkout=in_checkout(),
        python=f"{platform.python_implementation()} {platform.python_version()}",
        platform=platform.platform(),
        libraries=libraries,
        data=data,
        matrix=matrix,
        matrix_problem=matrix_problem,
        extras=tuple(Extra(name, not missing(name), missing(name)) for name in EXTRAS),
        folders=(
            _folder("data", fetched_data.user_folder()),
            _folder("cache", str(cache_folder())),
        ),
        language=current(),
        language_from="--lang" if _typed(context, "lang") else variable,
        damaged=not sound,
    )
    # Broken data has neither a release nor a digest; their places stay empty.
    ref = DataRef(cast("Any", data.release), cast("Any", data.digest))
    show(Envelope("doctor", ref, {"data": named}, (found,)), form)
    return DAMAGED if found.damaged else 0


def _typed(context: click.Context, name: str) -> bool:
    """Tell whether an option was given, before or after the command."""
    asked = [context, *([context.parent] if context.parent else [])]
    return any(one.get_parameter_source(name) is ParameterSource.COMMANDLINE for one in asked)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _data(named: str | None, today: date, *, by_option: bool) -> DataInForce:
    index, problem = None, None
    with warnings.catch_warnings(record=True) as remarks:
        warnings.simplefilter("always")
        try:
            index = open_index(named)
        except (VisamapError, OSError, ValueError, KeyError) as error:
            problem = str(error)
    if remarks and problem is None:  # a release was fetched and is damaged
        problem = str(remarks[0].message)
    came = index.updated_from if index else None
    reason: DataReason
    if named is not None:
        reason, place = ("option" if by_option else "environment"), os.path.abspath(named)
    elif came:
        reason, place = "fetched_later", fetched_data.folder_of("data")
    else:
        place = os.path.dirname(LAW) if in_checkout() else SHIPPED
        kept = os.path.join(fetched_data.folder_of("data"), fetched_data.IN_FORCE)
        fetched: DataReason = "fetched_damaged" if problem else "fetched_not_later"
        reason = fetched if os.path.exists(kept) else "nothing_fetched"
    if index is None:
        return DataInForce(reason, place, None, None, None, None, None, problem)
    release = index.data.release
    age = (today - release).days
    schema = index.records["meta"]["schema"]
    return DataInForce(reason, place, release, index.data.digest, schema, age, came, problem)


def _matrix(today: date) -> tuple[MatrixInForce | None, str | None]:
    try:
        kept = fetched_data.matrix()
    except VisamapError as error:
        return None, str(error)
    if kept is None:
        return None, None
    as_of = date.fromisoformat(kept["as_of"])
    pairs = sum(map(len, kept["pairs"].values()))
    age = (today - as_of).days
    return MatrixInForce(as_of, age, pairs, kept["url"], kept["fetched"]), None


def _folder(what: str, path: str) -> Folder:
    there = path
    while not os.path.exists(there) and os.path.dirname(there) != there:
        there = os.path.dirname(there)
    writable = os.path.isdir(there) and os.access(there, os.W_OK | os.X_OK)
    return Folder(what, path, os.path.isdir(path), writable)  # type: ignore[arg-type]

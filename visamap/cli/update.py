"""``visamap update``."""

import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from math import isnan
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from visamap.cli import shared
from visamap.cli.output import show
from visamap.errors import WrongUsageError
from visamap.i18n import tr
from visamap.registry import load
from visamap.registry.asking import envelope
from visamap.store.fetched_data import COMMANDS, MATRIX_URL, info

if TYPE_CHECKING:
    from visamap.results.data_results import UpdateKind

USUAL_SIZE = 700_000
"""Bytes of the matrix, for the progress bar where the server does not say how many will come."""
A_DAY = 86_400
LAST_URL = ""
"""What ``--data`` means without an address."""


def _number(_ctx: click.Context, _param: click.Parameter, value: float) -> float:
    if isnan(value):  # it is neither below a bound nor above it
        raise click.BadParameter(tr("{value} is not a number that fits here.", value=value))
    return value


@click.command(cls=shared.Command)
@click.option(
    "--from",
    "url",
    metavar="URL",
    envvar="VISAMAP_MATRIX_URL",
    default=MATRIX_URL,
    show_default=True,
    show_envvar=True,
    help="Where the matrix is fetched from.",
)
@click.option(
    "--data",
    metavar="[URL]",
    is_flag=False,
    flag_value=LAST_URL,
    help="Fetch a newer release of visamap's own data file instead, and what belongs to it from "
    "the same folder (regimes/*.yaml, sources.yaml); next to each must be its digest (URL.sha256). "
    "Without URL: the last one used.",
)
@click.option(
    "--key",
    envvar="VISAMAP_DATA_KEY",
    show_envvar=True,
    help="With --data: the publisher's public key (Ed25519, base64). It must have signed this "
    "release (SHA256SUMS, SHA256SUMS.sig), and is kept for those that follow.",
)
@click.option(
    "--undo",
    is_flag=True,
    help="Return to the previous copy; a second --undo returns to the newer one.",
)
@click.option(
    "--passports",
    type=click.IntRange(2),
    default=199,
    show_default=True,
    help="How many passports the matrix must have, and as many destinations.",
)
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(0, A_DAY, min_open=True),
    callback=_number,
    default=120,
    show_default=True,
    help="Give up on a file that has not arrived by then.",
)
@shared.form_option("text", "json")
def command(
    url: str,
    data: str | None,
    key: str | None,
    undo: bool,
    passports: int,
    timeout: float,
    form: str,
) -> None:
    """Fetch newer data, check it, and start using it in one step.

    Without options: the full matrix of passports and destinations (Passport Index, MIT), with which
    `ranks` and `outbound` answer for every passport. It is kept in your data folder; the previous
    copy is kept too, for --undo. Whatever goes wrong, the data in use does not change. Of the
    other commands only `watch` fetches anything.

    Exits with status 4 when the network fails or another update is under way, 3 when the fetched
    file is not valid, 5 when it cannot be written.

    \b
    Examples:
      visamap update
      visamap update --undo
      visamap update --data https://example.org/visa_regimes.yaml
      visamap update --data --undo
    """
    from visamap import update as orders  # noqa: PLC0415  the help page fetches nothing

    data = _given_before_the_command() if data is None else data
    what: UpdateKind = "matrix" if data is None else "data"
    index = load().index
    with ExitStack() as stack:
        settings: dict[str, Any] = {
            "now": datetime.now(UTC),
            "bounds": orders.Bounds(total_seconds=timeout),
            "progress": _bar(stack) if sys.stderr.isatty() else None,
        }
        if undo:
            done = orders.undo(what, index)
        elif data is None:
            done = orders.update_matrix(index, url=url, states=passports, **settings)
        else:
            done = orders.update_data(index, url=data or _last_url(), key=key, **settings)
    show(envelope(load(), "update", {"what": what, "undo": undo, "url": done.url}, [done]), form)


def _given_before_the_command() -> str | None:
    """Return the address of ``visamap --data URL update``; a setting of the environment is none."""
    context = click.get_current_context().parent
    if context and context.get_parameter_source("data") is ParameterSource.COMMANDLINE:
        return str(context.ensure_object(dict)["data"])
    return None


def _last_url() -> str:
    copy = info("data")
    if copy is None:
        raise WrongUsageError(
            tr(
                "No release has been fetched yet; give its address: `{command} URL`.",
                command=COMMANDS["data"],
            )
        )
    return str(copy["url"])


def _bar(stack: ExitStack) -> Any:
    """Return what shows the bytes that have come as a bar, from the first of them on."""
    bars: list[Any] = []

    def progress(size: int, total: int | None) -> None:
        if not bars:
            length = total or max(USUAL_SIZE, size)
            made = click.progressbar(length=length, label=tr("Fetching"), file=sys.stderr)
            bars.append(stack.enter_context(made))
        bars[0].update(size - bars[0].pos)

    return progress

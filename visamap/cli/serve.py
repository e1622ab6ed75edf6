"""``visamap serve``."""

import os
import socket
from importlib import import_module
from inspect import signature
from typing import Any

import click

from visamap.arguments import BASE_URL
from visamap.cli import shared
from visamap.cli.output import library, opened
from visamap.cli.saying import say
from visamap.cli.serving import LAST_PORT, base_url_option, listen, say_serving
from visamap.errors import either
from visamap.i18n import tr

FACTORY = "visamap.web.app:create_app"
AT_HOME = ("127.0.0.1", "localhost", "::1")
PATIENCE = 10
"""Seconds that answers under way get when the server is told to stop."""
MOST_WORKERS = 64


@click.command(cls=shared.Command)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Where to listen; 0.0.0.0 lets other machines in.",
)
@click.option(
    "--port",
    type=click.IntRange(0, LAST_PORT),
    default=8000,
    show_default=True,
    help="0 takes any free port.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, MOST_WORKERS),
    default=1,
    show_default=True,
    help="Processes that answer in parallel.",
)
@base_url_option
@shared.data_option
def command(host: str, port: int, workers: int, base_url: str | None) -> None:
    """Answer in the browser and as an API, on this machine.

    One page for people at /, the questions for programs under /api/v1/, described in /openapi.json.
    It listens to this machine only unless --host says otherwise. Ctrl-C stops it once the current
    answers are sent. Needs the extra "web"; `visamap doctor` says how to add one.

    \b
    Examples:
      visamap serve
      visamap serve --port 9000 --workers 2
      visamap serve --host 0.0.0.0
    """
    server = library("web", "uvicorn", tr("A server"))
    library("web", "visamap.web.app", tr("A server"))
    registry = opened()  # broken data is told before a port is taken
    data = click.get_current_context().ensure_object(dict).get("data")
    if data is not None:
        os.environ["VISAMAP_DATA"] = os.path.abspath(data)  # each worker opens it anew
    if base_url:
        os.environ[BASE_URL] = base_url
    with listen(host, port, either(("--port", "--host"))) as taken:
        shown = f"[{host}]" if ":" in host else host
        say_serving(f"http://{shown}:{taken.getsockname()[1]}/", registry.data.release)
        if host not in AT_HOME:
            say(tr("Remark: other machines can reach this server."), err=True)
        _run(server, taken, workers)


def _run(server: Any, taken: socket.socket, workers: int) -> None:
    config = server.Config(
        FACTORY,
        factory=True,
        workers=workers,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=PATIENCE,
    )
    if workers == 1:
        server.Server(config).run(sockets=[taken])
        return
    supervisor = import_module("uvicorn.supervisors").Multiprocess
    more = {}
    if "target" in signature(supervisor).parameters:  # of uvicorn until 0.48 at least
        more["target"] = server.Server(config).run
    supervisor(config, sockets=[taken], **more).run()

"""``visamap mcp``."""

import sys

import click

from visamap.cli import shared
from visamap.cli.output import library, opened
from visamap.cli.saying import say
from visamap.cli.serving import LAST_PORT, listen, say_serving
from visamap.i18n import tr
from visamap.registry import load

DEFAULT_PORT = 8001  # beside that of `serve`


@click.command(cls=shared.Command)
@click.option("--http", is_flag=True, help="Answer over HTTP instead of standard input and output.")
@click.option(
    "--port",
    type=click.IntRange(0, LAST_PORT),
    help=f"Where to listen with --http; 0 takes any free port.  [default: {DEFAULT_PORT}]",
)
@shared.data_option
def command(http: bool, port: int | None) -> None:
    """Answer assistants over the Model Context Protocol.

    An assistant starts it and talks over standard input and output. With --http it listens at
    /mcp on this machine, and on this machine only. Every question is a tool that only reads;
    nothing leaves the machine. Needs the extra "mcp"; `visamap doctor` says how to add
    one.

    \b
    Examples:
      visamap mcp
      visamap mcp --http --port 8001
    """
    if port is not None and not http:
        raise click.UsageError(tr("--port only works with --http; give both, or leave --port out."))
    doors = library("mcp", "visamap.mcp.transports", tr("A server for assistants"))
    release = opened().data.release  # broken data is told before anything is promised
    data = click.get_current_context().ensure_object(dict).get("data")
    if not http:
        if sys.stdin.isatty():
            say(tr("This command is for assistants, not people; Ctrl-D stops it."), err=True)
        doors.answer_pipe(lambda: load(data))
        return
    with listen(doors.HOST, DEFAULT_PORT if port is None else port, "--port") as taken:
        say_serving(f"http://{doors.HOST}:{taken.getsockname()[1]}{doors.PATH}", release)
        doors.answer_http(lambda: load(data), taken)

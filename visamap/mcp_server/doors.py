"""The two ways in: standard input and output of one client, and HTTP on this machine only."""

import signal
import socket
from collections.abc import Callable

import anyio
import uvicorn
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings

from visamap.mcp_server.server import Assistant
from visamap.registry import Registry

HOST = "127.0.0.1"
PATH = "/mcp"
LARGEST = 256 * 1024
"""Bytes of a request: the longest list of visits, many times over."""
PATIENCE = 5
"""Seconds that answers under way get when the server is told to stop."""

Open = Callable[[], Registry]


def answer_pipe(open_data: Open) -> None:
    """Answer over standard input and output until the client closes them."""
    server = Assistant(open_data).server()

    async def serve() -> None:
        async with stdio_server() as (coming, going):
            await server.run(coming, going, server.create_initialization_options())

    # Ctrl-C ends it at once: Python's own way would wait for the thread that reads the input, and
    # there is nothing to put in order.
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        anyio.run(serve)
    finally:
        signal.signal(signal.SIGINT, before)


def answer_http(open_data: Open, taken: socket.socket) -> None:
    """Answer over HTTP at a socket that is bound on this machine, until told to stop.

    A page of another origin, or one whose name was made to point here, is refused.
    """
    port = taken.getsockname()[1]
    names = [f"{name}:{port}" for name in (HOST, "localhost")]
    only_here = TransportSecuritySettings(
        allowed_hosts=names, allowed_origins=[f"http://{name}" for name in names]
    )
    app = (
        Assistant(open_data)
        .server()
        .streamable_http_app(
            streamable_http_path=PATH,
            json_response=True,
            stateless_http=True,  # an answer depends on the question alone
            max_request_body_size=LARGEST,
            transport_security=only_here,
            host=HOST,
        )
    )
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=PATIENCE,
    )
    uvicorn.Server(config).run(sockets=[taken])

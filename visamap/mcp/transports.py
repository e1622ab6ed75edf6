"""The two ways in: standard input and output of one client, and HTTP on this machine only."""

import signal
import socket
from collections.abc import Callable
from typing import Any, Self

import anyio
import mcp_types as protocol
import uvicorn
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings
from mcp.shared.message import SessionMessage
from pydantic_core import ValidationError

from visamap.mcp.server import Assistant
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
            heard = _Messages(coming, going)
            await server.run(heard, going, server.create_initialization_options())

    # Ctrl-C ends it at once: Python's own way would wait for the thread that reads the input, and
    # there is nothing to put in order.
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        anyio.run(serve)
    finally:
        signal.signal(signal.SIGINT, before)


class _Messages:
    """What comes over a pipe; what is no message is answered here, and the server never sees it."""

    def __init__(self, coming: Any, going: Any) -> None:
        self._coming, self._going = coming, going

    def __getattr__(self, name: str) -> Any:
        return getattr(self._coming, name)

    async def __aenter__(self) -> Self:
        await self._coming.__aenter__()
        return self

    async def __aexit__(self, *happened: object) -> Any:
        return await self._coming.__aexit__(*happened)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Any:
        async for item in self._coming:
            if not isinstance(item, ValidationError):
                return item
            await self._going.send(SessionMessage(_no_message(item)))
        raise StopAsyncIteration


def _no_message(error: ValidationError) -> protocol.JSONRPCError:
    """Return the answer to what is no message, under its id where it has one."""
    found = error.errors(include_url=False)
    if found[0]["type"] == "json_invalid":
        told = protocol.ErrorData(code=protocol.PARSE_ERROR, message="This is no JSON.")
        return protocol.JSONRPCError(jsonrpc="2.0", id=None, error=told)
    given = next((one["input"] for one in found if isinstance(one["input"], dict)), {})
    name = given.get("id")
    told = protocol.ErrorData(
        code=protocol.INVALID_REQUEST, message="This is no message of JSON-RPC 2.0."
    )
    known = name if isinstance(name, (int, str)) and not isinstance(name, bool) else None
    return protocol.JSONRPCError(jsonrpc="2.0", id=known, error=told)


def answer_http(open_data: Open, taken: socket.socket) -> None:
    """Answer over HTTP at a socket that is bound on this machine, until told to stop.

    A page of another origin, or one whose name was made to point here, is refused.
    """
    port = taken.getsockname()[1]
    names = [f"{name}:{port}" for name in (HOST, "localhost")]
    only_here = TransportSecuritySettings(
        allowed_hosts=names, allowed_origins=[f"http://{name}" for name in names]
    )
    server = Assistant(open_data).server()
    app = server.streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,  # an answer depends on the question alone
        max_request_body_size=LARGEST,
        transport_security=only_here,
        host=HOST,
    )
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=PATIENCE,
    )
    uvicorn.Server(config).run(sockets=[taken])

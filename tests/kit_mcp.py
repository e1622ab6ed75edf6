"""Clients of the SDK for tests: over a pipe to a real process, and inside this one."""

import os
import sys
from contextlib import contextmanager

import anyio
from mcp import Client, MCPError
from mcp.client.stdio import StdioServerParameters, stdio_client

from visamap.mcp.server import Assistant

COMMAND = ["-m", "visamap", "mcp"]


def within(registry, ask, mode="auto"):
    """Return what ``ask(client)`` returns, of a server in this process."""

    return _outcome(Assistant(lambda: registry).server(), ask, mode)


def over_pipe(ask, *options, mode="auto", said=None, **environment):
    """Return what ``ask(client)`` returns, of a process of its own; ``said`` takes its stderr."""
    kept = {name: os.environ[name] for name in ("XDG_DATA_HOME", "PATH") if name in os.environ}
    server = StdioServerParameters(
        command=sys.executable, args=[*COMMAND, *options], env={**kept, **environment}
    )

    return _outcome(stdio_client(server, errlog=said or sys.__stderr__), ask, mode)


def over_http(ask, port, mode="auto"):
    """Return what ``ask(client)`` returns, of a server on this machine."""

    return _outcome(f"http://127.0.0.1:{port}/mcp", ask, mode)


def _outcome(server, ask, mode):
    """Return the answer, or raise the protocol's refusal, bare of the groups of the event loop."""

    async def run():
        async with Client(server, mode=mode) as client:
            try:
                return await ask(client), None
            except MCPError as error:
                return None, error

    answer, refused = anyio.run(run)
    if refused is not None:
        raise refused
    return answer


def said(result):
    """Return the text of a tool's answer."""
    [content] = result.content
    return content.text


@contextmanager
def clock(patch, day):
    """Let the server take ``day`` for today."""
    with patch.context() as inside:
        inside.setattr("visamap.clock.today", lambda: day)
        yield

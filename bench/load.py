"""A server with our API and a bare route, and a client that costs it little; for the benchmarks."""

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

CONNECTIONS, REQUESTS = 8, 400
PATIENCE = 30


def app() -> Any:
    """Return our application with a bare route beside it, outside of all that is ours."""
    import json  # noqa: PLC0415  only the server's process needs these

    from starlette.applications import Starlette  # noqa: PLC0415
    from starlette.requests import Request  # noqa: PLC0415
    from starlette.responses import Response  # noqa: PLC0415
    from starlette.routing import Route  # noqa: PLC0415

    from visamap import envelopes  # noqa: PLC0415
    from visamap.presenters.forms import json_form  # noqa: PLC0415
    from visamap.web.app import create_app  # noqa: PLC0415
    from visamap.web.clock import today  # noqa: PLC0415

    ours = create_app()
    answer = envelopes.check(ours.state.registry, ["THA"], on=today())
    plainly = {"ensure_ascii": False, "separators": (",", ":")}
    body = json.dumps(json_form.envelope(answer), **plainly).encode()

    # Not a plain function: that would go through a pool of threads.
    async def bare(_request: Request) -> Response:
        return Response(body, media_type="application/json")

    plain = Starlette(routes=[Route("/bare", bare)])

    async def both(scope: Any, receive: Any, send: Any) -> None:
        await (plain if scope["path"] == "/bare" else ours)(scope, receive, send)

    return both


@contextlib.contextmanager
def server() -> Iterator[int]:
    """Run one worker in a process of its own and give its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "uvicorn", "--factory", "load:app", "--port", str(port)]
    options = ["--lifespan", "off", "--no-access-log", "--log-level", "warning"]
    here = ["--app-dir", str(Path(__file__).parent)]
    process = subprocess.Popen([*command, *options, *here])
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


def client(port: int, path: str) -> Callable[[], float]:
    """Return a measure of one request, in milliseconds, over connections that stay open."""
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    lines = [socket.create_connection(("127.0.0.1", port)) for _ in range(CONNECTIONS)]
    size = _size(lines[0], request)

    def once() -> float:
        start = time.perf_counter()
        for _ in range(REQUESTS // CONNECTIONS):
            for line in lines:
                line.sendall(request)
            for line in lines:
                _read(line, size)
        return (time.perf_counter() - start) * 1000 / REQUESTS

    return once


def _size(line: socket.socket, request: bytes) -> int:
    """Return how many bytes an answer has; each has as many."""
    line.sendall(request)
    found = b""
    while b"\r\n\r\n" not in found:
        found += line.recv(65536)
    head, _, body = found.partition(b"\r\n\r\n")
    if b" 200 " not in head.splitlines()[0]:
        raise RuntimeError(head.decode("latin-1"))
    length = int(head.lower().partition(b"content-length:")[2].split()[0])
    _read(line, length - len(body))
    return len(head) + 4 + length


def _read(line: socket.socket, size: int) -> None:
    while size:
        size -= len(line.recv(size))

"""Servers with our API and with a bare route, and a client that costs little; for the bench."""

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


def bare() -> Any:
    """Return an application with one route, that gives the bytes of our answer for Thailand."""
    import json  # noqa: PLC0415  only the server's process needs these

    from starlette.applications import Starlette  # noqa: PLC0415
    from starlette.requests import Request  # noqa: PLC0415
    from starlette.responses import Response  # noqa: PLC0415
    from starlette.routing import Route  # noqa: PLC0415

    import visamap  # noqa: PLC0415
    from visamap.registry.asking import ask  # noqa: PLC0415
    from visamap.render import json_form  # noqa: PLC0415

    answer = ask(visamap.load(), "check", nationalities=["THA"])
    plainly = {"ensure_ascii": False, "separators": (",", ":")}
    body = json.dumps(json_form.envelope(answer), **plainly).encode()

    # Not a plain function: that would go through a pool of threads.
    async def route(_request: Request) -> Response:
        return Response(body, media_type="application/json")

    return Starlette(routes=[Route("/bare", route)])


def app() -> Any:
    """Return our application with the bare route beside it, outside of all that is ours."""
    from visamap.web.app import create_app  # noqa: PLC0415

    ours, plain = create_app(), bare()

    async def both(scope: Any, receive: Any, send: Any) -> None:
        await (plain if scope["path"] == "/bare" else ours)(scope, receive, send)

    return both


@contextlib.contextmanager
def uvicorn(what: str) -> Iterator[int]:
    """Run an application of this file under uvicorn's own command and give its port."""
    options = ["--lifespan", "off", "--no-access-log", "--log-level", "warning"]
    here = ["--app-dir", str(Path(__file__).parent)]
    command = [sys.executable, "-m", "uvicorn", "--factory", f"load:{what}", *options, *here]
    with _running(command) as port:
        yield port


@contextlib.contextmanager
def serve() -> Iterator[int]:
    """Run ``visamap serve`` and give its port."""
    with _running([str(Path(sys.executable).parent / "visamap"), "serve"]) as port:
        yield port


@contextlib.contextmanager
def _running(command: list[str]) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([*command, "--port", str(port)], stderr=subprocess.DEVNULL)
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


def client(port: int, path: str, connections: int = CONNECTIONS) -> Callable[[], float]:
    """Return a measure of one request, in milliseconds, over connections that stay open."""
    request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    lines = [socket.create_connection(("127.0.0.1", port)) for _ in range(connections)]
    size = _size(lines[0], request)

    def once() -> float:
        start = time.perf_counter()
        for _ in range(REQUESTS // connections):
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

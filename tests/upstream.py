"""An upstream for tests: a real HTTP server on loopback that answers as it is told, well or badly.

A route is one answer or several in turn, the last one for ever; an answer is a function that
writes on the handler of ``http.server``.
"""

import ssl
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SELF_SIGNED = Path(__file__).parent / "dataset" / "self_signed.pem"
STATES = ("KAZ", "KGZ", "TJK", "TKM", "UZB", "RUS", "USA", "XKX")
"""The countries of the small matrix."""


class Upstream:
    """A server with its routes, and what it was asked."""

    def __init__(self, *, tls=False):
        self.routes, self.asked = {}, []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads, self._server.block_on_close = True, False
        scheme = "http"
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(SELF_SIGNED)
            self._server.socket = context.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
            scheme = "https"
        self.address = f"{scheme}://127.0.0.1:{self._server.server_port}"
        poll = {"poll_interval": 0.02}
        threading.Thread(target=self._server.serve_forever, kwargs=poll, daemon=True).start()

    def serve(self, path, *answers):
        """Answer so at a path from now on; return its address."""
        self.routes[path] = list(answers)
        return self.address + path

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def _handler(upstream):  # noqa: N805  `self` is the handler's
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                upstream.asked.append((self.path, dict(self.headers)))
                answers = upstream.routes.get(self.path) or [status(404)]
                answer = answers.pop(0) if len(answers) > 1 else answers[0]
                self.close_connection = True
                with suppress(OSError):  # whoever asked has hung up
                    answer(self)

            def log_message(self, *_):
                pass

        return Handler


def whole(content, **headers):
    """The content, with the headers named (``Last_Modified`` for ``Last-Modified``)."""

    def answer(handler):
        etag = headers.get("ETag")
        if etag and handler.headers.get("If-None-Match") == etag:
            status(304, ETag=etag)(handler)
            return
        head(handler, 200, **{"Content_Length": len(content), **headers})
        handler.wfile.write(content)

    return answer


def status(code, **headers):
    """Nothing but a status."""

    def answer(handler):
        head(handler, code, **{"Content_Length": 0, **headers})

    return answer


def redirect(to, code=302):
    return status(code, Location=to)


def cut(content, at):
    """Less than was promised."""

    def answer(handler):
        head(handler, 200, Content_Length=len(content))
        handler.wfile.write(content[:at])

    return answer


def cut_chunks(content):
    """A chunked answer without its end."""

    def answer(handler):
        head(handler, 200, Transfer_Encoding="chunked")
        handler.wfile.write(b"%x\r\n%b\r\n" % (len(content), content))

    return answer


def endless(handler):
    """A chunked answer that never stops."""
    head(handler, 200, Transfer_Encoding="chunked")
    while True:
        handler.wfile.write(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")


def dripping(handler):
    """A byte now and then: never silent for long, never done."""
    head(handler, 200, Content_Length=1000)
    while True:
        handler.wfile.write(b"P")
        handler.wfile.flush()
        time.sleep(0.05)


def dripping_header(handler):
    """The same, before the header has ended."""
    while True:
        handler.wfile.write(b"X")
        handler.wfile.flush()
        time.sleep(0.05)


def silent(_handler):
    """Nothing at all."""
    time.sleep(5)


def hung_up(_handler):
    """A connection closed without a word."""


def waiting(event, answer):
    """An answer that comes when ``event`` is set."""

    def later(handler):
        event.wait(10)
        answer(handler)

    return later


def head(handler, code, **headers):
    handler.send_response(code)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), str(value))
    handler.send_header("Connection", "close")
    handler.end_headers()


def matrix(states=STATES, **words):
    """A sound matrix, visa required everywhere but for ``KAZ_USA="30"`` and the like."""
    rows = ["Passport,Destination,Requirement"]
    for passport in states:
        for destination in states:
            usual = "-1" if passport == destination else "visa required"
            rows.append(f"{passport},{destination},{words.get(f'{passport}_{destination}', usual)}")
    return "".join(f"{row}\n" for row in rows).encode()

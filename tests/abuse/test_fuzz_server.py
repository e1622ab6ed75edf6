"""What a hostile server sends, byte for byte: it is fetched, or told as trouble of the network."""

import gc
import socket
import threading
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit_fuzz import HOSTILE, came_of, fuzzed
from kit_readers import registry
from upstream import STATES, matrix

from visamap.errors import NetworkError, RefusedUpdateError
from visamap.results.data_results import Update
from visamap.update import Bounds, update_matrix
from visamap.update.fetch import Fetched, Known, fetch

QUICK = Bounds(
    size=100_000, pause_seconds=0, read_seconds=0.3, total_seconds=5, tries=1, redirects=2
)
NOW = datetime(2026, 11, 24, tzinfo=UTC)
CONTENT = matrix(KAZ_USA="30")

# A library below us forgets to close a socket whose answer it could not read.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


class Raw:
    """A server that sends what it is told to and hangs up."""

    def __init__(self):
        self.says = b""
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                caller, _ = self._socket.accept()
            except OSError:
                return
            with caller, suppress(OSError):
                caller.settimeout(1)
                caller.recv(65536)
                caller.sendall(self.says)

    def close(self):
        self._socket.close()


@pytest.fixture(scope="module")
def server():
    made = Raw()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_PROXY", "*")
        yield made
    made.close()
    gc.collect()  # what was forgotten is collected here, where nobody minds


def fetched(server, says, known=Known()):  # noqa: B008  a tuple never changes
    """Return what came of an answer: its bytes, or the trouble in our words."""
    server.says = says
    got, error = came_of(lambda: fetch(f"{server.url}/m", known=known, bounds=QUICK))
    if error is None:
        assert isinstance(got, Fetched)
        return got
    assert isinstance(error, NetworkError)
    assert error.happened
    assert len(str(error)) < 1000
    str(error).encode()
    return error


def answer(*headers, status="200 OK", body=CONTENT):
    lines = [f"HTTP/1.1 {status}".encode(), *headers, b"Connection: close"]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


SUSPECTS = {
    "a length of 5000 digits": answer(b"Content-Length: " + b"9" * 5000),
    "a length of other digits": answer("Content-Length: \u0663".encode()),
    "a negative length": answer(b"Content-Length: -1"),
    "two lengths": answer(b"Content-Length: 5", b"Content-Length: 6"),
    "a place that is no UTF-8": answer(b"Location: /\xff\xfe", status="302 Found"),
    "a place that is no address": answer(b"Location: http://[::1", status="302 Found"),
    "a port that is none": answer(b"Location: http://a:b:c/", status="302 Found"),
    "a host with an empty label": answer(b"Location: http://a..b/", status="302 Found"),
    "a host with a long label": answer(
        b"Location: http://" + b"a" * 70 + b".b/", status="302 Found"
    ),
    "a host that is a dot": answer(b"Location: http://./", status="302 Found"),
    "a place that is empty": answer(b"Location:", status="302 Found"),
    "a place of a megabyte": answer(b"Location: /" + b"a" * 60_000, status="302 Found"),
    "a file of this machine": answer(b"Location: file:///etc/passwd", status="302 Found"),
    "a pause of 5000 digits": answer(b"Retry-After: " + b"9" * 5000, status="503 Busy"),
    "a pause of other digits": answer("Retry-After: \u0663".encode(), status="503 Busy"),
    "a packing unknown": answer(b"Content-Encoding: br, gzip"),
    "a chunk without a length": answer(b"Transfer-Encoding: chunked", body=b"x\r\n"),
    "a chunk of a negative length": answer(
        b"Transfer-Encoding: chunked", body=b"-5\r\nabc\r\n0\r\n\r\n"
    ),
    "a chunk of a huge length": answer(b"Transfer-Encoding: chunked", body=b"f" * 300 + b"\r\nabc"),
    "a line without end": answer(b"Transfer-Encoding: chunked", body=b"1" * 400_000),
    "a thousand headers": answer(*[b"X-%d: y" % n for n in range(1000)]),
    "a header without end": b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000,
    "a status that is none": answer(status="9999 What"),
    "a status of words": answer(status="abc"),
    "a reason that is no text": b"HTTP/1.1 404 \xff\x1b[31m\r\n\r\n",
    "another protocol": b"SSH-2.0-OpenSSH_9.2\r\n",
    "nothing": b"",
    "not modified, unasked": answer(status="304 Not Modified"),
    "continue for ever": b"HTTP/1.1 100 Continue\r\n\r\n" * 50,
    "switched protocols": b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n",
}


@pytest.mark.parametrize("says", SUSPECTS.values(), ids=SUSPECTS)
def test_no_answer_of_a_server_breaks_us(server, says):
    fetched(server, says)


HEADERS = st.tuples(
    st.sampled_from([
        b"Location", b"Content-Length", b"Content-Encoding", b"Transfer-Encoding", b"ETag",
        b"Last-Modified", b"Retry-After", b"Set-Cookie", b"Content-Type",
    ]),
    st.sampled_from([word.encode("utf-8", "surrogatepass")[:200] for word in HOSTILE])
    | st.sampled_from([b"chunked", b"gzip", b"identity", b"http://[", b"//a..b", b"5, 6", b"/m"])
    | st.binary(max_size=30),
).map(b": ".join)  # fmt: skip


@fuzzed(150)
@given(
    st.sampled_from(["200 OK", "206 Part", "301 M", "302 F", "304 N", "404 N", "429 T", "503 B"]),
    st.lists(HEADERS, max_size=4),
    st.binary(max_size=60) | st.just(CONTENT),
)
def test_any_answer_is_fetched_or_told_as_trouble(server, status, headers, body):
    fetched(server, answer(*headers, status=status, body=body))


@fuzzed(60)
@given(st.binary(max_size=200))
def test_any_bytes_in_place_of_an_answer_are_trouble(server, says):
    fetched(server, says)


MARKS = [
    b"Last-Modified: Fri, 31 Dec 9999 23:59:59 -2359",
    b"Last-Modified: Mon, 01 Jan 0001 00:00:00 +2359",
    b"Last-Modified: Mon, 01 Jan 2024 00:00:00 +9999999999999",
    b"Last-Modified: Mon, 99 Jan 2024 99:99:99 GMT",
    b"Last-Modified: " + b"9" * 5000,
    b"Last-Modified: (((((",
    b"Last-Modified: \xff\xfe",
    b"ETag: \xff\xfe\x00",
    b'ETag: "' + b"x" * 60_000 + b'"',
    b'ETag: "a\r\n b"',
    b"ETag:  \t  ",
]


@pytest.mark.parametrize("mark", MARKS)
def test_no_mark_of_a_copy_breaks_this_update_or_the_next(server, mark, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    server.says = answer(mark, b"Content-Length: %d" % len(CONTENT))

    def updated():
        return update_matrix(
            registry().index, now=NOW, url=f"{server.url}/m", states=len(STATES), bounds=QUICK
        )

    assert updated().outcome == "first"
    assert updated().outcome == "unchanged"


NUMBERS = count()


@fuzzed(60)
@given(st.lists(HEADERS, max_size=3), st.just(CONTENT) | st.binary(max_size=100))
def test_any_update_is_in_force_or_refused(server, tmp_path_factory, headers, body):
    home = tmp_path_factory.getbasetemp() / f"updated-{next(NUMBERS)}"
    server.says = answer(*headers, body=body)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(home))
        done, error = came_of(
            lambda: update_matrix(
                registry().index, now=NOW, url=f"{server.url}/m", states=len(STATES), bounds=QUICK
            )
        )
    assert isinstance(done, Update) or isinstance(error, NetworkError | RefusedUpdateError)

"""Over the wire: what a good, a tired and a hostile server sends, and what we make of it."""

import gzip
import io
import socket
import time

import pytest
import requests
import upstream
from upstream import status, whole

from visamap.errors import NetworkError, WrongUsageError
from visamap.update.fetch import Bounds, Fetched, Known, fetch

QUICK = Bounds(size=100_000, pause_seconds=0.01, total_seconds=5, read_seconds=1)
CONTENT = b"Passport,Destination,Requirement\n"


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    made = upstream.Upstream()
    yield made
    made.close()


def refused(url, bounds=QUICK):
    with pytest.raises(NetworkError) as caught:
        fetch(url, bounds=bounds)
    assert caught.value.exit_status == 4
    assert str(caught.value).startswith(f"{url} was not fetched: ")
    assert "Nothing was changed. " in str(caught.value)
    return caught.value.happened


def test_a_good_answer_comes_whole_with_its_marks(server):
    seen = []
    url = server.serve("/m", whole(CONTENT, ETag='"1"', Last_Modified="Tue, 17 Feb 2026"))
    got = fetch(url, bounds=QUICK, progress=lambda *news: seen.append(news))
    assert got == Fetched(CONTENT, '"1"', "Tue, 17 Feb 2026")
    assert seen == [(len(CONTENT), len(CONTENT))]


def test_what_we_have_already_is_not_sent_again(server):
    url = server.serve("/m", whole(CONTENT, ETag='"1"'))
    got = fetch(url, known=Known('"1"', "Tue, 17 Feb 2026"), bounds=QUICK)
    assert got == Fetched(None, '"1"', "Tue, 17 Feb 2026")
    assert server.asked[0][1]["If-Modified-Since"] == "Tue, 17 Feb 2026"


def test_not_modified_is_no_answer_to_who_has_nothing(server):
    assert "304" in refused(server.serve("/m", status(304)))


def test_tired_servers_are_asked_again(server):
    url = server.serve("/m", status(503), upstream.hung_up, whole(CONTENT))
    assert fetch(url, bounds=QUICK).content == CONTENT
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("answer", "words", "times"),
    [
        (status(404), "404", 1),
        (status(403), "403", 1),
        (status(500), "500 Internal Server Error (tried 3 times)", 3),
        (status(503, Retry_After="0"), "503", 3),
        (status(503, Retry_After="3600"), "asks to wait 3600 seconds", 1),
        (status(204), "204", 1),
        (upstream.hung_up, "was lost", 3),
        (upstream.cut(CONTENT, 5), "cut off", 3),
        (upstream.cut_chunks(CONTENT), "cut off", 3),
        (upstream.endless, "larger than 100,000 bytes", 1),
        (whole(b"x" * 100_001), "larger than 100,000 bytes", 1),
        (whole(gzip.compress(bytes(10**6)), Content_Encoding="gzip"), "compressed its answer", 1),
    ],
)
def test_trouble_is_named_and_tried_again_only_where_it_may_pass(server, answer, words, times):
    assert words in refused(server.serve("/m", answer))
    assert len(server.asked) == times


@pytest.mark.parametrize("answer", [upstream.dripping, upstream.dripping_header, upstream.silent])
def test_a_deadline_holds_whatever_drips(server, answer):
    start = time.monotonic()
    words = refused(server.serve("/m", answer), QUICK._replace(total_seconds=0.3))
    assert words == "it was not there within 0.3 seconds"
    assert time.monotonic() - start < 3


def test_silence_is_broken_off(server):
    bounds = QUICK._replace(read_seconds=0.1, tries=1)
    assert "did not answer in time" in refused(server.serve("/m", upstream.silent), bounds)


def test_redirects_are_followed_and_bounded(server):
    server.serve("/m", whole(CONTENT))
    assert fetch(server.serve("/old", upstream.redirect("/m")), bounds=QUICK).content == CONTENT
    assert "more than 5 times" in refused(server.serve("/loop", upstream.redirect("/loop")))
    assert len(server.asked) == 2 + 6


@pytest.mark.parametrize("target", ["ftp://127.0.0.1/m", "http://a:b@127.0.0.1/m", "file:///etc"])
def test_redirects_lead_nowhere_else(server, target):
    assert "which is not allowed" in refused(server.serve("/m", upstream.redirect(target)))


def test_protection_is_never_given_up_on_the_way():
    from visamap.update.fetch import _Session, _TroubleError  # noqa: PLC0415  TLS unvouched for

    answer = requests.Response()
    answer.url, answer.status_code, answer.raw = "https://example.org/m", 302, io.BytesIO()
    answer.headers["Location"] = "http://example.org/m"
    with pytest.raises(_TroubleError, match="from https to the unprotected"):
        _Session(5).get_redirect_target(answer)
    answer.headers["Location"] = "/n"
    assert _Session(5).get_redirect_target(answer) == "/n"


@pytest.mark.parametrize("code", [302, 503])
def test_an_endless_body_nobody_needs_is_not_read(server, code):
    def endless(handler):
        upstream.head(handler, code, Location="/m", Transfer_Encoding="chunked")
        while True:
            handler.wfile.write(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")

    server.serve("/m", whole(CONTENT))
    assert fetch(server.serve("/old", endless, whole(CONTENT)), bounds=QUICK).content == CONTENT


def test_who_cannot_prove_to_be_the_server_is_refused():
    server = upstream.Upstream(tls=True)
    try:
        words = refused(server.serve("/m", whole(CONTENT)))
    finally:
        server.close()
    assert "could not be verified" in words
    assert "certificate" in words.lower()
    assert server.asked == []


def test_nobody_at_home():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "refused the connection" in refused(f"http://127.0.0.1:{port}/m")


def test_a_name_that_does_not_exist(monkeypatch):
    def unknown(*_args, **_more):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    monkeypatch.setenv("NO_PROXY", "*")
    assert "the name nowhere.invalid was not found" in refused("http://nowhere.invalid/m")


def test_neither_cookies_nor_passwords_are_sent(server, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n", "utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    server.serve("/m", whole(CONTENT))
    old = server.serve("/old", status(302, Location="/m", Set_Cookie="a=b"))
    fetch(old, bounds=QUICK)
    for _, headers in server.asked:
        assert {"Cookie", "Authorization"}.isdisjoint(headers)
        assert headers["Accept-Encoding"] == "identity"
        assert headers["User-Agent"].startswith("visamap/")


@pytest.mark.parametrize(
    "url", ["", "m.csv", "/etc/passwd", "ftp://a/b", "file:///a", "https://", "http://a:99999/",
            "https://me:secret@example.org/", "https://a/b c", "https://a/\nb", "http://[::1"]
)  # fmt: skip
def test_only_addresses_of_the_web_are_fetched_from(url):
    with pytest.raises(WrongUsageError, match="starts with https://"):
        fetch(url)

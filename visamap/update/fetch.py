"""Fetches one address over HTTP, whole or not at all: the only room of requests.

It knows nothing of visas and keeps nothing. Everything has a bound: bytes, redirects, tries,
pauses, and one deadline over all of it. Neither cookies nor names and passwords are sent; proxies
of the environment are used, its .netrc is not. Compressed answers are not asked for and not taken:
the files are small, and so no answer is larger than what came over the wire. It has more than 300
lines because every kind of trouble has a sentence of its own.
"""

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from contextvars import copy_context
from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import NamedTuple, TypeAlias
from urllib.parse import urldefrag, urljoin, urlsplit

import requests
from requests import exceptions as trouble
from urllib3.exceptions import HTTPError

from visamap import __version__
from visamap.errors import NetworkError, WrongUsageError, shortened
from visamap.i18n import number, tr, trn

CHUNK = 16 * 1024
REDIRECTS = (301, 302, 303, 307, 308)
BUSY = (429, 500, 502, 503, 504)
"""What a server says when the same request may well succeed a little later."""
OK, NOT_MODIFIED, NOT_FOUND = 200, 304, 404
LENGTH = re.compile("[0-9]{1,15}")
LONGEST_MARK = 500
"""A mark by which a server knows its answer is not longer, and plain text."""
MISREAD = (ValueError, HTTPException, HTTPError)
"""What is raised over answers that make no sense: lengths, places, packings that are none."""

Progress: TypeAlias = Callable[[int, int | None], None]
"""Told the bytes that have come and, where the server said so, how many there will be."""


class Bounds(NamedTuple):
    """How much, how long and how often at most."""

    size: int = 20 * 1024 * 1024
    connect_seconds: float = 10
    read_seconds: float = 20
    total_seconds: float = 120
    tries: int = 3
    pause_seconds: float = 0.5
    longest_pause_seconds: float = 20
    redirects: int = 5


class Known(NamedTuple):
    """By what the server can tell that we have its newest answer."""

    etag: str | None = None
    last_modified: str | None = None


class Fetched(NamedTuple):
    """A whole answer; without ``content`` where the server says that we have it already."""

    content: bytes | None
    etag: str | None
    last_modified: str | None


class _PassingTroubleError(Exception):
    """Trouble that another try may not meet."""

    def __init__(self, happened: str, status: int | None = None, wait: float | None = None) -> None:
        super().__init__(happened)
        self.happened, self.status, self.wait = happened, status, wait


def fetch(
    url: str,
    *,
    known: Known = Known(),  # noqa: B008  a tuple never changes
    bounds: Bounds = Bounds(),  # noqa: B008
    progress: Progress | None = None,
) -> Fetched:
    """Return what stands at ``url``.

    Raises:
        WrongUsageError: ``url`` is no address to fetch from.
        NetworkError: it cannot be had, or not within the bounds.
    """
    attempt = _Attempt(checked(url), known, bounds)
    # Looking up a name, a handshake and a header that drips have no time limit of their own: they
    # happen in a thread that is left behind when the time is up.
    # The language of the reader goes with it.
    Thread(target=copy_context().run, args=(attempt.run,), daemon=True).start()
    try:
        return attempt.outcome(progress)
    finally:
        attempt.give_up()


def checked(url: str) -> str:
    """Return an address without its fragment.

    Raises:
        WrongUsageError: it is none that we fetch from.
    """
    try:
        parts = urlsplit(url)
        sound = parts.scheme in {"https", "http"} and parts.hostname and "@" not in parts.netloc
        _ = parts.port
    except ValueError:
        sound = False
    if not sound or not url.isprintable() or " " in url:
        # A password is not repeated.
        shown = tr("A text with an '@'") if "@" in url else repr(url)
        raise WrongUsageError(
            tr(
                "{shown} is no address to fetch from; give one that starts with https:// and holds "
                "neither a user name nor a password.",
                shown=shown,
            )
        )
    return urldefrag(url).url


class _Attempt:
    """One address, tried as often as the bounds allow, in a thread of its own."""

    def __init__(self, url: str, known: Known, bounds: Bounds) -> None:
        self._url, self._known, self._bounds = url, known, bounds
        self._ends = monotonic() + bounds.total_seconds
        self._news: SimpleQueue[Fetched | Exception | tuple[int, int | None]] = SimpleQueue()
        self._given_up = Event()
        self._response: requests.Response | None = None

    def outcome(self, progress: Progress | None) -> Fetched:
        """Wait for the end, whatever it is."""
        while True:
            try:
                news = self._news.get(timeout=max(self._ends - monotonic(), 0))
            except Empty:
                seconds = f"{self._bounds.total_seconds:g}"
                late = tr("it was not there within {seconds} seconds", seconds=seconds)
                raise NetworkError(self._url, late) from None
            if isinstance(news, Exception):
                raise news
            if isinstance(news, Fetched):
                return news
            if progress:
                progress(*news)

    def give_up(self) -> None:
        """Let the thread end as soon as it can."""
        self._given_up.set()
        # Wakes a thread that waits for bytes; not every version of urllib3 can do it.
        wake = getattr(getattr(self._response, "raw", None), "shutdown", None)
        if wake:
            with suppress(OSError, RuntimeError, ValueError):  # it has ended by itself
                wake()

    def run(self) -> None:
        """Try, and report the end to whoever waits for it."""
        try:
            self._news.put(self._tried())
        except MISREAD as error:  # of the libraries below us, which believe what a server says
            odd = tr("the answer of the server cannot be understood")
            news = NetworkError(self._url, odd, tr("Check the address."))
            news.__cause__ = error
            self._news.put(news)
        except Exception as error:  # noqa: BLE001  raised again where it can be caught
            self._news.put(error)

    def _tried(self) -> Fetched:
        pause = self._bounds.pause_seconds
        for tries in range(1, self._bounds.tries + 1):
            try:
                return self._followed()
            except _PassingTroubleError as error:
                last = error
            wait = pause if last.wait is None else last.wait
            pause *= 2
            if tries == self._bounds.tries or wait > self._bounds.longest_pause_seconds:
                break
            if self._given_up.wait(wait):
                break
        happened = last.happened
        if last.wait:
            happened = tr(
                "{happened}, and asks to wait {seconds} seconds",
                happened=happened,
                seconds=f"{last.wait:g}",
            )
        if tries > 1:
            happened = trn(
                "{happened} (tried {n} time)",
                "{happened} (tried {n} times)",
                tries,
                happened=happened,
            )
        raise NetworkError(self._url, happened, status=last.status)

    def _followed(self) -> Fetched:
        """Ask once and follow redirects, each checked as the first address was."""
        url = self._url
        with _session() as session:
            for _ in range(self._bounds.redirects + 1):
                with self._asked(session, url) as response:
                    self._response = response
                    target = response.headers.get("Location")
                    if response.status_code not in REDIRECTS or not target:
                        return self._answer(response)
                url = self._next(url, target)
        many = trn(
            "it was redirected more than {n} time, the last time to {url}",
            "it was redirected more than {n} times, the last time to {url}",
            self._bounds.redirects,
            url=shortened(url),
        )
        raise NetworkError(self._url, many, tr("Check the address."))

    def _next(self, url: str, target: str) -> str:
        there = urljoin(url, target.encode("latin-1").decode("utf-8", "replace"))
        if urlsplit(url).scheme == "https" and urlsplit(there).scheme != "https":
            plain = tr(
                "it was redirected from https to the unprotected {url}", url=shortened(there)
            )
            raise NetworkError(self._url, plain, tr("Check the address."))
        try:
            return checked(there)
        except WrongUsageError as error:
            astray = tr(
                "it was redirected to {url!r}, where nothing is fetched from", url=shortened(there)
            )
            raise NetworkError(self._url, astray, tr("Check the address.")) from error

    def _asked(self, session: requests.Session, url: str) -> requests.Response:
        known = {"If-None-Match": self._known.etag, "If-Modified-Since": self._known.last_modified}
        times = self._bounds.connect_seconds, self._bounds.read_seconds
        headers = {name: value for name, value in known.items() if value}
        try:
            return session.get(
                url, headers=headers, stream=True, allow_redirects=False, timeout=times
            )
        except trouble.RequestException as error:
            raise self._explained(error, url) from error

    def _answer(self, response: requests.Response) -> Fetched:
        status, headers = response.status_code, response.headers
        if status in BUSY:
            happened = tr("the server answers {status}", status=_named(response))
            raise _PassingTroubleError(happened, status, _seconds(headers.get("Retry-After")))
        etag, modified = _mark(headers.get("ETag")), _mark(headers.get("Last-Modified"))
        if status == NOT_MODIFIED and any(self._known):
            return Fetched(None, etag or self._known.etag, modified or self._known.last_modified)
        if status != OK:
            happened = tr("the server answers {status}", status=_named(response))
            raise NetworkError(self._url, happened, tr("Check the address."), status)
        if headers.get("Content-Encoding", "identity").lower() != "identity":
            packed = tr(
                "the server packs its answer ({encoding}) unasked",
                encoding=shortened(headers["Content-Encoding"]),
            )
            raise NetworkError(self._url, packed, tr("Check the address."))
        return Fetched(b"".join(self._chunks(response)), etag, modified)

    def _chunks(self, response: requests.Response) -> Iterator[bytes]:
        stated = response.headers.get("Content-Length", "")
        total = int(stated) if LENGTH.fullmatch(stated) else None
        size = 0
        self._check_size(total or 0)
        try:
            for chunk in response.iter_content(CHUNK):
                size += len(chunk)
                self._check_size(size)
                if self._given_up.is_set():
                    return
                self._news.put((size, total))
                yield chunk
        except trouble.RequestException as error:
            raise self._explained(error, self._url) from error
        if total is not None and size != total:
            raise _PassingTroubleError(
                tr("only {size} of {total} bytes came", size=size, total=total)
            )

    def _check_size(self, size: int) -> None:
        if size > self._bounds.size:
            large = tr(
                "it is larger than {size} bytes, which no sound file is",
                size=number(self._bounds.size),
            )
            raise NetworkError(self._url, large, tr("Check the address."))

    def _explained(self, error: trouble.RequestException, url: str) -> Exception:
        """Return our own error for one of requests, by what lies at its root."""
        causes = list(_causes(error))
        host = urlsplit(url).hostname
        if isinstance(error, trouble.SSLError):
            why = str(causes[-1]).removeprefix("[SSL: ").split(" (_ssl", maxsplit=1)[0]
            unproven = tr("{host} does not prove who it is over TLS ({why})", host=host, why=why)
            hint = tr("Check the address, the clock of this machine and its certificates.")
            return NetworkError(self._url, unproven, hint)
        if any(isinstance(cause, socket.gaierror) for cause in causes):
            return _PassingTroubleError(
                tr("the name {host} was not found; is there a network?", host=host)
            )
        if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
            return _PassingTroubleError(tr("{host} refused the connection", host=host))
        if isinstance(error, trouble.Timeout) or any(isinstance(c, TimeoutError) for c in causes):
            return _PassingTroubleError(tr("{host} kept silent for too long", host=host))
        if isinstance(error, trouble.ChunkedEncodingError):
            return _PassingTroubleError(tr("the answer broke off in the middle"))
        return _PassingTroubleError(tr("the connection to {host} broke off", host=host))


class _Session(requests.Session):
    """A session that leaves redirects alone: where they lead is looked at before it is asked."""

    def get_redirect_target(self, resp: requests.Response) -> None:  # noqa: ARG002
        """Return that a response leads nowhere."""
        return


def _session() -> requests.Session:
    session = _Session()
    session.headers["User-Agent"] = f"visamap/{__version__}"
    session.headers["Accept"] = "text/csv, text/plain, */*"
    session.headers["Accept-Encoding"] = "identity"
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    # Something that signs nothing keeps requests from looking into .netrc.
    session.auth = lambda request: request
    return session


def _mark(text: str | None) -> str | None:
    """Return a mark that can be sent back as it came, ``None`` where it cannot."""
    fine = text and text.isascii() and text.isprintable() and len(text) <= LONGEST_MARK
    return text.strip() or None if text and fine else None


def _named(response: requests.Response) -> str:
    reason = response.reason if response.reason and response.reason.isprintable() else ""
    return f"{response.status_code} {reason[:40]}".strip()


def _seconds(text: str | None) -> float | None:
    """Return the seconds of a Retry-After header; a date in it is not worth reading."""
    return float(text) if text and LENGTH.fullmatch(text) else None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__

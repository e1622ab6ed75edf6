"""Fetches one address over HTTP, whole or not at all: the only room of requests.

It knows nothing of visas and keeps nothing. Everything has a bound: bytes, redirects, tries,
pauses, and one deadline over all of it. Neither cookies nor names and passwords are sent; proxies
of the environment are used, its .netrc is not. Compressed answers are not asked for and not taken:
the files are small, and so no answer is larger than what came over the wire.
"""

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextvars import copy_context
from http.client import HTTPException
from http.cookiejar import DefaultCookiePolicy
from itertools import chain
from threading import Event, Thread
from typing import NamedTuple, TypeAlias
from urllib.parse import urldefrag, urljoin, urlsplit

import requests
from requests import exceptions as trouble
from urllib3 import Retry
from urllib3.exceptions import HTTPError

from visamap.errors import NetworkError, WrongUsageError, shortened
from visamap.i18n import mark, number, quoted, tr, trn
from visamap.version import __version__

CHUNK = 16 * 1024
BUSY = (429, 500, 502, 503, 504)
"""What a server says when the same request may well succeed a little later."""
OK, NOT_MODIFIED, NOT_FOUND = 200, 304, 404
LONGEST_MARK = 500
"""A mark by which a server knows its answer is not longer, and plain text."""
MISREAD = (ValueError, HTTPException, HTTPError)
"""What is raised over answers that make no sense: lengths, places, packings that are none."""
ROOTS: tuple[tuple[type[Exception], str], ...] = (
    (socket.gaierror, mark("the name {host} was not found; is there a network?")),
    (ConnectionRefusedError, mark("{host} refused the connection")),
    (trouble.Timeout, mark("{host} did not answer in time")),
    (TimeoutError, mark("{host} did not answer in time")),
    (trouble.ChunkedEncodingError, mark("the answer was cut off")),
    (Exception, mark("the connection to {host} was lost")),
)
"""What is said of trouble by what lies at its root; another try may not meet it."""
CHECK_ADDRESS = mark("Check the address.")

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
    moved: str | None = None
    """Where it is to be asked for from now on, as the server says."""


class Way(NamedTuple):
    """By which authority a host is believed, and whether another host may be asked for it."""

    ca: str | None = None
    """A file with the certificate of an authority that this machine does not know."""
    elsewhere: bool = True


class _TroubleError(Exception):
    """Why a try failed, and whether another may succeed; ``answer`` is what the server said."""

    def __init__(  # noqa: PLR0913  what may be said of a try
        self,
        happened: str,
        hint: str = CHECK_ADDRESS,
        *,
        passing: bool = False,
        answer: requests.Response | None = None,
        wait: float = 0,
        moved: str | None = None,
    ) -> None:
        super().__init__(happened)
        self.moved = moved
        self.happened, self.hint, self.passing, self.wait = happened, tr(hint), passing, wait
        self.status = None if answer is None else answer.status_code
        self.raw = None if answer is None else answer.raw


def fetch(
    url: str,
    *,
    known: Known = Known(),  # noqa: B008  a tuple never changes
    bounds: Bounds = Bounds(),  # noqa: B008
    progress: Progress | None = None,
    way: Way = Way(),  # noqa: B008
) -> Fetched:
    """Return what stands at ``url``."""
    url, done, over = checked(url), Future[Fetched](), Event()

    def told(size: int, total: int | None) -> None:
        if progress and not over.is_set():
            progress(size, total)

    def run() -> None:
        try:
            done.set_result(_tried(url, known, bounds, told, way))
        except BaseException as error:  # noqa: BLE001  raised again where it can be caught
            done.set_exception(error)

    # Looking up a name, a handshake and a header that drips have no time limit of their own: they
    # happen in a thread that is left behind when the time is up.
    # The language of the reader goes with it.
    Thread(target=copy_context().run, args=(run,), daemon=True).start()
    try:
        return done.result(bounds.total_seconds)
    except TimeoutError:
        seconds = f"{bounds.total_seconds:g}"
        late = tr("it was not there within {seconds} seconds", seconds=seconds)
        raise NetworkError(url, late) from None
    finally:
        over.set()


def fetch_needed(url: str, bounds: Bounds, hint: str) -> bytes:
    """Return what stands at ``url``; where nothing does, the ``hint`` says what that means."""
    try:
        return fetch(url, bounds=bounds).content or b""
    except NetworkError as error:
        if error.status == NOT_FOUND:
            raise NetworkError(url, error.happened, hint, error.status) from error
        raise


def checked(url: str) -> str:
    """Return an address without its fragment."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in {"https", "http"} and parts.hostname and "@" not in parts.netloc
        _ = parts.port
    except ValueError:
        sound = False
    if not sound or not url.isprintable() or " " in url:
        # A password is not repeated.
        shown = tr("A text with an '@'") if "@" in url else quoted(url)
        raise WrongUsageError(
            tr(
                "{shown} is not an address to fetch from; give one that starts with https:// and "
                "contains neither a user name nor a password.",
                shown=shown,
            )
        )
    return urldefrag(url).url


class _Session(requests.Session):
    """Goes only where a redirect may lead, and takes neither cookies nor passwords along."""

    def __init__(self, redirects: int, way: Way = Way()) -> None:  # noqa: B008  it never changes
        super().__init__()
        self.max_redirects, self.way = redirects, way
        self.headers["User-Agent"] = f"visamap/{__version__}"
        self.headers["Accept"] = "text/csv, text/plain, */*"
        self.headers["Accept-Encoding"] = "identity"
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        # Something that signs nothing keeps requests from looking into .netrc.
        self.auth = lambda request: request

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Return where a response leads, which must be an address that we would fetch from."""
        target = super().get_redirect_target(resp)
        if target is None:
            return None
        resp.close()  # what else it says, however long, is not read
        there = urljoin(resp.url, target)
        if urlsplit(resp.url).scheme == "https" and urlsplit(there).scheme != "https":
            plain = tr(
                "it was redirected from https to the unprotected {url}", url=shortened(there)
            )
            raise _TroubleError(plain)
        try:
            checked(there)
        except WrongUsageError as error:
            astray = tr("it was redirected to {url!r}, which is not allowed", url=shortened(there))
            raise _TroubleError(astray) from error
        if not self.way.elsewhere and urlsplit(there).hostname != urlsplit(resp.url).hostname:
            raise _TroubleError(tr("it has moved to {url}", url=shortened(there)), moved=there)
        return target

    def rebuild_auth(
        self,
        prepared_request: requests.PreparedRequest,
        response: requests.Response,  # noqa: ARG002
    ) -> None:
        """Take back the cookie that a redirect set; what .netrc holds is not looked up."""
        prepared_request.headers.pop("Cookie", None)


def _tried(url: str, known: Known, bounds: Bounds, told: Progress, way: Way) -> Fetched:
    """Ask as often as the bounds allow."""
    retries = Retry(bounds.tries - 1, backoff_factor=bounds.pause_seconds)
    with _Session(bounds.redirects, way) as session:
        while True:
            try:
                return _asked(session, url, known, bounds, told)
            except _TroubleError as error:
                found = error
            except MISREAD as error:  # of the libraries below us, which believe what a server says
                found = _TroubleError(tr("the answer of the server cannot be understood"))
                found.__cause__ = error
            except trouble.RequestException as error:
                found = _explained(error, url, bounds.redirects)
                found.__cause__ = error
            if not found.passing:
                raise NetworkError(
                    url, found.happened, found.hint, found.status, found.moved
                ) from found
            tries = len(retries.history) + 1
            if tries == bounds.tries or found.wait > bounds.longest_pause_seconds:
                break
            retries = retries.increment("GET", url, response=found.raw)
            retries.sleep(found.raw)
    happened = found.happened
    if found.wait:
        happened = tr(
            "{happened}, and asks to wait {seconds} seconds",
            happened=happened,
            seconds=f"{found.wait:g}",
        )
    if tries > 1:
        happened = trn(
            "{happened} (tried {n} time)", "{happened} (tried {n} times)", tries, happened=happened
        )
    raise NetworkError(url, happened, status=found.status) from found


def _asked(session: _Session, url: str, known: Known, bounds: Bounds, told: Progress) -> Fetched:
    marks = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    times = bounds.connect_seconds, bounds.read_seconds
    ca = session.way.ca
    with session.get(url, headers=marks, stream=True, timeout=times, verify=ca) as response:
        status, headers = response.status_code, response.headers
        lasting = all(one.is_permanent_redirect for one in response.history)
        moved = response.url if response.history and lasting else None
        etag, modified = _mark(headers.get("ETag")), _mark(headers.get("Last-Modified"))
        if status == NOT_MODIFIED and any(known):
            return Fetched(None, etag or known.etag, modified or known.last_modified, moved)
        if status != OK:
            reason = response.reason if (response.reason or "").isprintable() else ""
            named = f"{status} {(reason or '')[:40]}".strip()
            happened, busy = tr("the server answers {status}", status=named), status in BUSY
            wait = (busy and Retry().get_retry_after(response.raw)) or 0
            raise _TroubleError(happened, passing=busy, answer=response, wait=wait)
        if headers.get("Content-Encoding", "identity").lower() != "identity":
            packed = tr(
                "the server compressed its answer ({encoding}) without being asked",
                encoding=shortened(headers["Content-Encoding"]),
            )
            raise _TroubleError(packed)
        return Fetched(b"".join(_chunks(response, bounds.size, told)), etag, modified, moved)


def _chunks(response: requests.Response, most: int, told: Progress) -> Iterator[bytes]:
    size, total = 0, response.raw.length_remaining
    for chunk in chain([b""], response.iter_content(CHUNK)):  # a length that is stated counts too
        size += len(chunk)
        if max(size, total or 0) > most:
            large = tr(
                "it is larger than {size} bytes, and no valid file is that large", size=number(most)
            )
            raise _TroubleError(large)
        if chunk:
            told(size, total)
        yield chunk


def _explained(error: trouble.RequestException, url: str, redirects: int) -> _TroubleError:
    """Return our own error for one of requests, by what lies at its root."""
    if isinstance(error, trouble.TooManyRedirects):
        many = trn(
            "it was redirected more than {n} time, the last time to {url}",
            "it was redirected more than {n} times, the last time to {url}",
            redirects,
            url=shortened(error.response.url if error.response is not None else url),
        )
        return _TroubleError(many)
    causes = [error, *_causes(error)]
    host = urlsplit((error.request and error.request.url) or url).hostname
    if isinstance(error, trouble.SSLError):
        why = str(causes[-1]).removeprefix("[SSL: ").split(" (_ssl", maxsplit=1)[0]
        return _TroubleError(
            tr("{host} could not be verified over TLS ({why})", host=host, why=why),
            mark("Check the address, the clock of this machine and its certificates."),
        )
    said = next(said for kind, said in ROOTS if any(isinstance(cause, kind) for cause in causes))
    return _TroubleError(tr(said, host=host), passing=True)


def _causes(error: BaseException) -> Iterator[BaseException]:
    while cause := error.__cause__ or error.__context__:
        yield cause
        error = cause


def _mark(text: str | None) -> str | None:
    """Return a mark that can be sent back as it came, ``None`` where it cannot."""
    fine = text and text.isascii() and text.isprintable() and len(text) <= LONGEST_MARK
    return text.strip() or None if text and fine else None

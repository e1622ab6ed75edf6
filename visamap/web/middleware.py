"""Around the application: security headers, no traceback outside, answers kept as bytes."""

import gzip
import logging
import re
from collections import OrderedDict
from contextlib import suppress
from datetime import date
from hashlib import sha256

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from visamap import clock
from visamap.i18n import Language, current
from visamap.web.languages import address_of
from visamap.web.problem_details import unexpected

log = logging.getLogger("visamap.web")

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
"""Of a page that other sites may show in a frame."""
OWN_POLICY = b"content-security-policy"
ALWAYS = [
    (OWN_POLICY, POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (
        b"permissions-policy",
        b"camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    ),
    (b"cross-origin-opener-policy", b"same-origin"),
]
OPEN = [
    *ALWAYS,
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag"),
]
READ_BY_OTHERS = ("/api/", "/picture/", "/openapi.json", "/healthz", "/feed.atom", "/events.ics")
READING = b"GET, HEAD, OPTIONS"
MAY_ASK = [
    (b"allow", READING),
    (b"access-control-allow-methods", b"GET, HEAD"),
    (b"access-control-allow-headers", b"If-None-Match, Accept, Content-Type"),
    (b"access-control-max-age", b"86400"),
]
STRICT_TRANSPORT = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
AT_HOME = re.compile(rb"(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$")


class SecurityHeaders:
    """ASGI middleware around everything else: it adds to whatever comes out."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        added = OPEN if path.startswith(READ_BY_OTHERS) else ALWAYS
        host = next((value for name, value in scope["headers"] if name == b"host"), b"")
        if scope["scheme"] == "https" and not AT_HOME.match(host):
            added = [*added, STRICT_TRANSPORT]
        started = False

        async def guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                own = [*message.get("headers", ())]
                # A page that stands alone names the one style that it carries.
                own_policy = any(name == OWN_POLICY for name, _ in own)
                more = [one for one in added if one[0] != OWN_POLICY] if own_policy else added
                message = {**message, "headers": [*own, *more]}
            await send(message)

        if scope["method"] == "OPTIONS":
            await guarded({"type": "http.response.start", "status": 204, "headers": MAY_ASK})
            await guarded({"type": "http.response.body"})
            return
        try:
            await self.app(scope, receive, guarded)
        except Exception:
            log.exception("%s could not be answered", scope["path"])
            if started:  # too late for a status
                raise
            with suppress(OSError):
                await unexpected()(scope, receive, guarded)


# Finished answers, kept as bytes: asked again, they are sent without being worked out again. An
# answer hangs on the data, the address, its language and, where it speaks of today, the day at its
# border, so what is found here is never stale. Also the room of ETag, of 304, of gzip and of HEAD.
# Only plain 200 answers are kept, the oldest leave first, and there is a ceiling on bytes.


Headers = list[tuple[bytes, bytes]]
Key = tuple[str, bytes, str, Language, date, tuple[date, ...]]

MOST_ANSWERS, MOST_BYTES = 2000, 48_000_000
LARGEST = 4_000_000
"""An answer with more bytes is sent and forgotten."""
WORTH_PACKING = 600
PACKED_KINDS = re.compile(rb"^(text/|application/(\w+\+)?(json|xml)|image/svg)")
SHORT = 300
"""Answers about today say this ``max-age``; it never reaches past midnight."""
MAX_AGE = re.compile(rb"max-age=(\d+)")
PACKS = re.compile(rb"(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[\d.]+\s*)?(?:,|$)")


class CachedResponse:
    """One finished answer; packed when first asked for so."""

    __slots__ = ("body", "etag", "headers", "packed", "packs", "short")

    def __init__(self, headers: Headers, body: bytes) -> None:
        """Take an answer as the application gave it."""
        named = dict(headers)
        age = MAX_AGE.search(named.get(b"cache-control", b""))
        kind = named.get(b"content-type", b"")
        self.body = body
        self.packed: bytes | None = None
        self.packs = len(body) >= WORTH_PACKING and bool(PACKED_KINDS.match(kind))
        self.short = age is not None and int(age[1]) <= SHORT
        tag = named.get(b"etag") or b'"%s"' % sha256(body).hexdigest()[:24].encode()
        self.etag = _weak(tag)  # the packed one has it too
        left_out = {b"content-length", b"etag", b"vary", *([b"cache-control"] * self.short)}
        self.headers = [one for one in headers if one[0] not in left_out]
        self.headers += [(b"etag", self.etag), (b"vary", b"Accept-Encoding")]

    def pack(self) -> bytes:
        """Return the packed body."""
        if self.packed is None:
            self.packed = gzip.compress(self.body, 6, mtime=0)
        return self.packed

    def __len__(self) -> int:
        return len(self.body) * 2  # room for the packed one


class ResponseCache:
    """ASGI middleware that keeps what the application answers."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before ``app``."""
        self.app = app
        self._kept: OrderedDict[Key, CachedResponse] = OrderedDict()
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from the cache, or let the application answer and keep it."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
            return
        asked, root = address_of(scope).asked, scope.get("root_path", "")
        key = (asked, scope["query_string"], root, current(), clock.today(), clock.days())
        kept = self._kept.get(key)
        if kept is None:
            status, headers, body = await self._worked_out(scope, receive)
            if status != 200 or _personal(headers):  # noqa: PLR2004  the plain yes of HTTP
                await _send(send, scope, status, headers, body)
                return
            kept = CachedResponse(headers, body)
            self._keep(key, kept)
        else:
            self._kept.move_to_end(key)
        await _hand_out(kept, scope, send)

    async def _worked_out(self, scope: Scope, receive: Receive) -> tuple[int, Headers, bytes]:
        start: Message = {}
        parts: list[bytes] = []

        async def catch(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
            elif message["type"] == "http.response.body":
                parts.append(message.get("body", b""))

        await self.app({**scope, "method": "GET"}, receive, catch)
        return start["status"], list(start.get("headers", ())), b"".join(parts)

    def _keep(self, key: Key, kept: CachedResponse) -> None:
        if len(kept.body) > LARGEST:
            return
        before = self._kept.pop(key, None)  # two asked at once
        self._bytes += len(kept) - (len(before) if before else 0)
        self._kept[key] = kept
        while len(self._kept) > MOST_ANSWERS or self._bytes > MOST_BYTES:
            _, gone = self._kept.popitem(last=False)
            self._bytes -= len(gone)


async def _hand_out(kept: CachedResponse, scope: Scope, send: Send) -> None:
    headers, asked = kept.headers, dict(scope["headers"])
    encodings, known = asked.get(b"accept-encoding", b""), asked.get(b"if-none-match", b"")
    if kept.short:
        age = min(SHORT, clock.seconds_left())
        headers = [*headers, (b"cache-control", b"public, max-age=%d" % age)]
    if known and (known.strip() == b"*" or kept.etag in map(_weak, known.split(b","))):
        headers = [one for one in headers if one[0] != b"content-type"]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        await send({"type": "http.response.body"})
        return
    body = kept.body
    if encodings and kept.packs and PACKS.search(encodings):
        body = kept.pack()
        headers = [*headers, (b"content-encoding", b"gzip")]
    await _send(send, scope, 200, headers, body)


async def _send(send: Send, scope: Scope, status: int, headers: Headers, body: bytes) -> None:
    if not any(name == b"content-length" for name, _ in headers):
        headers = [*headers, (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


def _weak(tag: bytes) -> bytes:
    """Return a tag as RFC 9110 compares it for If-None-Match."""
    return b"W/" + tag.strip().removeprefix(b"W/")


def _personal(headers: Headers) -> bool:
    """Tell whether an answer is not for everyone who asks at this address."""
    return any(
        name == b"set-cookie"
        or (name == b"vary" and value.lower() != b"accept-encoding")
        or (name == b"cache-control" and b"no-store" in value)
        for name, value in headers
    )

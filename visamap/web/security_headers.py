"""The door: security headers on everything, reading open to every page, no traceback outside."""

import logging
import re
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from visamap.web.problems import unexpected

log = logging.getLogger("visamap.web")

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
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
READ_BY_OTHERS = ("/api/", "/openapi.json", "/healthz", "/feed.atom", "/events.ics")
READING = b"GET, HEAD, OPTIONS"
MAY_ASK = [
    (b"allow", READING),
    (b"access-control-allow-methods", b"GET, HEAD"),
    (b"access-control-allow-headers", b"If-None-Match, Accept, Content-Type"),
    (b"access-control-max-age", b"86400"),
]
STRICT_TRANSPORT = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
AT_HOME = re.compile(rb"(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$")


class Guard:
    """ASGI middleware around everything else: it adds to whatever comes out."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        added = OPEN if scope["path"].startswith(READ_BY_OTHERS) else ALWAYS
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

"""Goes over to newer data while a server runs: what ``visamap update`` put into force answers.

All that is kept hangs on one release (open tables, finished answers, parts of pages), so the whole
application is made anew; a copy that two updates have cleared away is never read from again.
"""

import logging
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from visamap.errors import VisamapError
from visamap.store.copies import Stamp, stamp

log = logging.getLogger("visamap.web")


class Renewal:
    """ASGI middleware before everything else; two looks at a file cost a request nothing."""

    def __init__(self, app: ASGIApp, before: Stamp, anew: Callable[[], ASGIApp]) -> None:
        """Stand before ``app``, made when the pointers were as ``before``; ``anew`` makes one."""
        self.app, self.anew = app, anew
        self._stamp = before

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on to the application of the data in force."""
        if scope["type"] == "http" and (now := stamp()) != self._stamp:
            self._stamp = now  # whatever comes of it: a request must not pay for it again
            try:
                self.app = self.anew()
            except (VisamapError, OSError, ValueError):
                log.exception("The newer data could not be opened; the data before still answers.")
        await self.app(scope, receive, send)

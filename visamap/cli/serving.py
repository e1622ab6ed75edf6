"""What the servers share: a place to listen at, taken before a server starts.

So trouble is told at once.
"""

import socket
from datetime import date

import click

from visamap.arguments import BASE_URL, as_site
from visamap.cli.saying import say
from visamap.errors import OutputError
from visamap.i18n import tr

LAST_PORT = 65535
WAITING = 2048
"""Callers that may wait until they are let in."""

base_url_option = click.option(
    "--base-url",
    metavar="URL",
    envvar=BASE_URL,
    callback=lambda _ctx, _param, value: as_site(value),
    help="The address at which the site stands; previews, feeds and the sitemap need it.",
)


class CannotListenError(OutputError):
    """An address that a server cannot listen at."""

    def __init__(self, address: str, reason: str, other: str) -> None:
        """Say which ``address`` and why; ``other`` names the option that chooses another."""
        super().__init__(address, reason)
        self.args = (
            tr(
                "The server cannot listen at {address} ({reason}); give another {other}.",
                address=address,
                reason=reason,
                other=other,
            ),
        )


def say_serving(address: str, release: date) -> None:
    """Say where a server answers, and from which data."""
    said = tr(
        "Serving {address} (data of {release}); Ctrl-C stops.",
        address=address,
        release=release.isoformat(),
    )
    say(said, err=True)


def listen(host: str, port: int, other: str) -> socket.socket:
    """Return a socket that is bound; ``other`` names the option that chooses another place."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, or the event loop leaves TCP_NODELAY unset and each answer waits for 40 ms.
    taken = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
        taken.listen(WAITING)
    except OSError as error:
        taken.close()
        reason = (error.strerror or str(error)).lower()
        raise CannotListenError(f"{host}:{port}", reason, other) from error
    taken.set_inheritable(True)
    return taken

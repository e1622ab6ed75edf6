"""A small release of the data as a publisher offers it: a law file with its digest beside it."""

import hashlib
from pathlib import Path

from upstream import whole

RECORD = Path(__file__).parent / "broken" / "records" / "no-days.yaml"


def law(release="2098-01-01", days=77, **instead):
    """One agreement with Thailand, its source inside."""
    text = RECORD.read_text("utf-8").replace("XAA", "THA").replace("2026-01-01", release)
    text = text.replace("days: 0", f"days: {days}")
    for old, new in instead.items():
        text = text.replace(f"{old}: ", f"{new}: ")
    return text.encode()


def publish(server, content, name="law.yaml", digest=None):
    """Offer a file and its digest; return the address of the file."""
    digest = digest or hashlib.sha256(content).hexdigest()
    server.serve(f"/{name}.sha256", whole(f"{digest}  {name}\n".encode()))
    return server.serve(f"/{name}", whole(content, ETag=f'"{digest}"'))


SOURCES = (
    b'sources:\n  - {id: uz-act, kind: law, url: "https://example.org/uz", accessed: 2025-11-24}\n'
)


def beside(release="2098-01-01", days=55, home="UZB"):
    """The file of another destination: one rule for Thailand, its source in ``SOURCES``."""
    text, _, _ = law(release, days).decode().partition("sources:\n")
    instead = {"home: KAZ": f"home: {home}", "kaz-xaa": "uzb-xaa", "id: xaa": "id: uz-tha"}
    for old, new in {**instead, "[act]": "[uz-act]"}.items():
        text = text.replace(old, new)
    return text.encode()

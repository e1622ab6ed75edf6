"""Small releases of the data: a publisher's law file, a document of ``export json``."""

import hashlib
from pathlib import Path

from upstream import whole

from visamap.export.formats import document_text

RECORD = Path(__file__).parent / "broken" / "records" / "no-days.yaml"


def law(release="2098-01-01", days=77, **instead):
    """One agreement with Thailand, its source inside."""
    text = RECORD.read_text("utf-8").replace("XAA", "THA").replace("2026-01-01", release)
    text = text.replace("days: 0", f"days: {days}")
    for old, new in instead.items():
        text = text.replace(f"{old}: ", f"{new}: ")
    return text.encode()


def answers_for(export, nationalities):
    """Return our release with the answers for these nationalities alone; all records stay."""
    tables = {table.name: table for table in export.tables}
    rules = tables["rules"]
    tables["rules"] = rules._replace(rows=tuple(r for r in rules.rows if r[0] in nationalities))
    return export._replace(tables=tuple(tables.values()))


def document_of(export, *nationalities):
    """Return such a release as it is exported."""
    return document_text(answers_for(export, nationalities))


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

"""What the page /data/ offers: tables, feeds, and how to cite the release."""

from importlib.util import find_spec
from typing import Any

from visamap.i18n import fact, mark, tr
from visamap.registry import Registry
from visamap.vocabulary import DESTINATIONS
from visamap.web.feeds import CALENDAR_LIBRARY
from visamap.web.head import LICENCE, Heads, within

V1 = "api/v1"
OF_EACH = {
    "partners": mark("Who enters without a visa"),
    "agreements": mark("Agreements and decrees"),
    "visas": mark("Visas and their terms"),
    "upcoming": mark("What is coming"),
    "claims": mark("Published figures, compared with our own"),
}
"""Tables of each destination."""
OF_ALL = {
    "ranks": mark("Ranks of passports"),
    "crossings": mark("Border crossings"),
    "countries": mark("Countries and their codes"),
}
EXAMPLE = "check/DEU"
PACKAGE = "data/datapackage.json"


def shared(registry: Registry, heads: Heads) -> dict[str, Any]:
    """Return what there is, at the addresses that a server or a copy has, by its names there.

    The tables are those of all destinations and of each, with what each is called.
    """
    copied, homes = heads.copied, [c for c in DESTINATIONS if c in registry.index.destinations]
    names = {home: fact(registry.index.country(home).name) for home in homes}
    places = {home: within(registry, home) for home in homes}
    everywhere = [(said, table(name, "", "", copied)) for name, said in OF_ALL.items()]
    groups, feeds = [("", everywhere)], []
    for home in homes:
        files = [(said, table(n, places[home], home, copied)) for n, said in OF_EACH.items()]
        groups.append((names[home], files))
        kept = [heads.feed(name, home, places[home]) for name in ("feed.atom", "events.ics")]
        feeds.append((names[home], kept[0], kept[1] if find_spec(CALENDAR_LIBRARY) else None))
    cited = tr(
        "The visamap authors ({year}). visamap: who may cross which border without a visa. "
        "Data of {day}, {digest}.",
        year=registry.data.release.year,
        day=registry.data.release,
        digest=registry.data.digest[:19],
    )
    return {
        "check": f"{V1}/{EXAMPLE}{'.json' if copied else ''}",
        "tables": groups,
        "package": PACKAGE if copied else None,
        "feeds": feeds,
        "cited": f"{cited} {heads.base}" if heads.base else cited,
    }


def table(name: str, within: str, home: str, copied: bool) -> str:
    """Return the address of a table, of a destination where one is named."""
    if copied:
        return f"{V1}/{within}{name}.csv"
    return f"{V1}/{name}?format=csv{f'&to={home}' if within else ''}"


def dataset(registry: Registry, heads: Heads, found: dict[str, Any]) -> dict[str, Any]:
    """Return the data as search engines for data sets read it (schema.org)."""
    site = heads.base or ""
    addresses = [address for _, files in found["tables"] for _, address in files]
    return {
        "@type": "Dataset",
        "name": "visamap",
        "description": found["cited"],
        "license": LICENCE,
        "version": registry.data.release.isoformat(),
        "creator": {"@type": "Organization", "name": "visamap"},
        "isAccessibleForFree": True,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": site + address}
            for address in addresses
        ],
    }

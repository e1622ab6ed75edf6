"""Rules about names: an id stands for one record, and what is named exists and is used."""

import re
from collections.abc import Iterator
from itertools import groupby

from visamap.dataset.facts import Facts
from visamap.dataset.findings import Finding, Path
from visamap.dataset.hints import Hints
from visamap.models.base import ANY_SECTION, COUNTRIES

SOURCES = "sources"
# At least two hyphens: what an event says of its act is words, unless it looks like an act's id.
_LIKE_AN_ACT = re.compile(r"[a-z0-9]+(-[a-z0-9]+){2,}")


def ids_once(facts: Facts) -> Iterator[Finding]:
    """An id names one record of its section, and a retired id names none."""
    retired = {record.id for record in facts.dataset.retired_ids}
    seen: set[tuple[str, str]] = set()
    for place in facts.places:
        name = place.name
        if name is None:
            continue
        path = (*place.path, "code" if place.section == "visas" else "id")
        key = (place.section, name)
        if key in seen:
            message = f"id {name!r} is used twice in {place.section}; rename this one"
            yield Finding(path, "ids-once", message)
        elif name in retired and place.section != "retired_ids":
            message = f"id {name!r} is retired and never used again; choose another"
            yield Finding(path, "retired-id", message)
        seen.add(key)


def links_resolve(facts: Facts) -> Iterator[Finding]:
    """An id that points to another record has a record to point to."""
    retired = {record.id: record.replaced_by for record in facts.dataset.retired_ids}
    hints = Hints()
    for path, key, section, value in _named(facts):
        if section in {COUNTRIES, SOURCES} or not _missing(facts, section, value):
            continue
        if instead := retired.get(value):
            how = f"it is retired; write {instead!r}"
        else:
            close = hints.close(value, facts.ids.get(section, ()))
            how = f"did you mean {close!r}?" if close else "fix the id or add the record"
        yield Finding(path, "links-resolve", f"{key}: {value!r} is not in {section}; {how}")


def _named(facts: Facts) -> Iterator[tuple[Path, str, str, str]]:
    yield from facts.links
    for n, act in enumerate(facts.dataset.instruments):
        for m, event in enumerate(act.events):
            if event.act and _LIKE_AN_ACT.fullmatch(event.act):
                yield ("instruments", n, "events", m, "act"), "act", "instruments", event.act


def listed_once(facts: Facts) -> Iterator[Finding]:
    """A list names each record once."""
    lists = (link for link in facts.links if isinstance(link.path[-1], int))
    for _, group in groupby(lists, key=lambda link: link.path[:-1]):
        seen: set[str] = set()
        for link in group:
            if link.value in seen:
                message = f"{link.value} stands twice in this list; keep one"
                yield Finding(link.path, "listed-once", message)
            seen.add(link.value)


def codes_known(facts: Facts) -> Iterator[Finding]:
    """Country codes are ISO 3166-1 alpha-3 or ICAO 9303 codes that exist."""
    for link in facts.links:
        if link.section == COUNTRIES and link.value not in facts.ids[COUNTRIES]:
            message = f"{link.value!r} is no ISO 3166-1 alpha-3 or ICAO 9303 code; correct it"
            yield Finding(link.path, "codes-known", message)


def sources_exist(facts: Facts) -> Iterator[Finding]:
    """Every cited source is listed."""
    cited = [link for link in facts.links if link.section == SOURCES]
    if cited and not facts.ids.get(SOURCES) and SOURCES not in facts.aside.sections:
        message = "no sources are listed; add 'sources:' here or a file sources.yaml beside this"
        yield Finding((), "sources-exist", message)
        return
    hints = Hints()
    for link in cited:
        if _missing(facts, SOURCES, link.value):
            close = hints.close(link.value, facts.ids[SOURCES], cutoff=0.9)
            how = f"did you mean {close!r}?" if close else "add it to the sources or fix the id"
            message = f"source {link.value!r} is not listed; {how}"
            yield Finding(link.path, "sources-exist", message)


def sources_used(facts: Facts) -> Iterator[Finding]:
    """Every listed source is cited."""
    if not facts.whole:
        return
    used = {link.value for link in facts.links if link.section == SOURCES}
    for n, entry in enumerate(facts.dataset.sources):
        if entry.id not in used:
            message = f"source {entry.id!r} is cited nowhere; cite it where it belongs or remove it"
            yield Finding(("sources", n, "id"), "sources-used", message)


def _missing(facts: Facts, section: str, value: str) -> bool:
    """Tell whether nothing has that id; what was set aside unread might have had it."""
    unread = facts.aside.sections
    judged = not unread if section == ANY_SECTION else section.partition(".")[0] not in unread
    return judged and value not in facts.ids.get(section, ())

"""Looks at the pages on which facts rest: do they still say what they said?

Only addresses that the data declares are asked, one at a time, each host with a pause, as its
robots.txt allows; a page that leads to another host is not followed there. What is compared is a
fingerprint of one part of a page. Fingerprints stand in ``watch.json`` beside the sources: no part
of the data, and written whole or not at all.
"""

import json
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from hashlib import sha256
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from visamap.data.side_tables import read_sources
from visamap.domain.provenance import rank
from visamap.errors import (
    BrokenDataError,
    MissingExtraError,
    MissingFileError,
    NetworkError,
    WrongUsageError,
)
from visamap.i18n import tr
from visamap.results.data_results import FINDINGS, Resting, Watched, WatchState
from visamap.schema.dataset import Source, Watch
from visamap.update.fetch import Bounds, Fetched, Known, Way, fetch
from visamap.writing import write_file

FILE, AUTHORITIES = "watch.json", "ca"
ARCHIVE = "https://archive.org/wayback/available?url="
"""Asked for the newest copy of a page, whose address follows."""
KINDS = ("law", "official", "government-page")
"""Kinds of sources that are asked unless others are named: news stay as they were printed."""
AGENT, LONGEST_PAUSE = "visamap", 60
STATES: dict[int | None, WatchState] = {
    404: "gone", 410: "gone", 401: "refused", 403: "refused", 429: "refused", 451: "refused",
}  # fmt: skip
REFUSED, CLOSED = 403, ("User-agent: *", "Disallow: /")
MAIN = ("main", "[role=main]", "article", "body")
"""Where the main text of a page stands, the first of these that it has."""
ASIDE = "script, style, noscript, template, nav, header, footer, aside, form, iframe, svg"
CHARSET = re.compile(rb"charset=[\"']?([\w-]+)")
SCHEMA = 1


class Order(NamedTuple):
    """What is asked, and how politely."""

    on: date
    kinds: tuple[str, ...] = KINDS
    named: tuple[str, ...] = ()
    pause_seconds: float = 5
    total_seconds: float = 3600
    bounds: Bounds = Bounds(size=8_000_000, total_seconds=60, tries=2)
    archive: str | None = None


def watch(
    folder: Path,
    resting: Mapping[str, tuple[Resting, ...]],
    order: Order,
    *,
    update: bool = False,
    wrap: Callable[[list[Source]], Iterable[Source]] = iter,
) -> list[Watched]:
    """Look at the pages of the data in ``folder``; ``update`` keeps what they say now.

    ``resting`` are the records behind each; ``wrap`` may show how far the round is. Pages that need
    a look come first, by what rests on them.
    """
    try:
        import selectolax.lexbor  # noqa: F401, PLC0415  the extra
    except ModuleNotFoundError as error:
        raise MissingExtraError("watch", tr("Watching pages")) from error
    listed = read_sources(folder)
    if errors := [problem for problem in listed.problems if problem.severity == "error"]:
        raise BrokenDataError(folder, errors)
    if strange := [name for name in order.named if name not in listed.sources]:
        raise WrongUsageError(
            tr("No source has the id {name!r}; the ids stand in sources.yaml.", name=strange[0])
        )
    kept = _kept(folder)
    watcher = _Watcher(folder, order, kept)
    chosen = [
        source
        for source in listed.sources.values()
        if (source.id in order.named if order.named else source.kind in order.kinds)
    ]
    for how in filter(None, (source.watch for source in chosen)):
        if how.ca and not (folder / AUTHORITIES / how.ca).is_file():
            raise MissingFileError(folder / AUTHORITIES / how.ca)
    found = [
        watcher.look(source)._replace(records=resting.get(source.id, ()))
        for source in wrap([*_by_turns(chosen)])
    ]
    if update:
        pages = kept | watcher.taken
        _keep(folder, {name: pages[name] for name in pages if name in listed.sources})
    return sorted(found, key=_order)


def _order(one: Watched) -> tuple[bool, tuple[bool, int, str], int, str]:
    finding = one.state in FINDINGS
    first = rank(one.records[0]) if one.records else (True, 99, "")
    return not finding, first, FINDINGS.index(one.state) if finding else 0, one.source


def _by_turns(sources: Iterable[Source]) -> Iterator[Source]:
    """Yield sources so that each host has its turn before one is asked again."""
    hosts = defaultdict(list)
    for source in sources:
        hosts[urlsplit(source.url).hostname].append(source)
    yield from filter(None, chain.from_iterable(zip_longest(*hosts.values())))


class _Watcher:
    """One round: which hosts were asked when, what they allow, what was found."""

    def __init__(self, folder: Path, order: Order, kept: dict[str, dict[str, Any]]) -> None:
        self.folder, self.order, self.kept = folder, order, kept
        self.taken: dict[str, dict[str, Any]] = {}
        self._robots: dict[str, RobotFileParser | NetworkError] = {}
        self._asked: dict[str, float] = {}
        self._end = time.monotonic() + order.total_seconds

    def look(self, source: Source) -> Watched:
        """Return what came of looking at the page of a source."""
        told = Watched(source.id, source.url, source.kind, "exempt", archived=source.archived)
        how = source.watch or Watch()
        if how.exempt:
            return told._replace(detail=how.exempt)
        if checked := source.manual_check:
            due = checked.last_checked + timedelta(checked.interval_days)
            return told._replace(state="due" if due <= self.order.on else "exempt", due=due)
        if time.monotonic() > self._end:
            return told._replace(state="not_asked")
        told = self._looked_at(told, source, how)
        if self.order.archive and not source.archived:
            told = told._replace(found_archived=self._archived(self.order.archive, source.url))
        return told

    def _looked_at(self, told: Watched, source: Source, how: Watch) -> Watched:
        before = self.kept.get(source.id, {})
        # A page that is looked at otherwise than before has no fingerprint yet.
        manner = {"url": source.url, "node": how.node, "kind": how.kind}
        known = before if all(before.get(key) == value for key, value in manner.items()) else {}
        way = Way(str(self.folder / AUTHORITIES / how.ca) if how.ca else None, elsewhere=False)
        try:
            self._may(source.url, way)
            marks = Known(known.get("etag"), known.get("last_modified"))
            fetched = self._fetch(source.url, marks, way)
        except NetworkError as error:
            state = "moved" if error.moved else STATES.get(error.status, "unreachable")
            said = None if error.moved else error.happened
            return told._replace(state=state, detail=said, moved=error.moved)
        said = known.get("fingerprint")
        if fetched.content is not None:
            said = fingerprint(fetched.content, source.url, how)
        if said is None:
            return told._replace(state="empty")
        same = known.get("fingerprint") == said
        marked = {"etag": fetched.etag, "last_modified": fetched.last_modified}
        seen = known.get("seen") if same else self.order.on.isoformat()
        self.taken[source.id] = {**manner, "fingerprint": said, **marked, "seen": seen}
        as_before: WatchState = "unchanged" if same else "new"
        state = "changed" if known and not same else "moved" if fetched.moved else as_before
        return told._replace(state=state, moved=fetched.moved)

    def _fetch(self, url: str, known: Known = Known(), way: Way = Way()) -> Fetched:  # noqa: B008
        """Fetch an address once its host has had its pause."""
        host = urlsplit(url).netloc
        rules = self._robots.get(host)
        wished = rules.crawl_delay(AGENT) if isinstance(rules, RobotFileParser) else None
        pause = max(self.order.pause_seconds, min(float(wished or 0), LONGEST_PAUSE))
        time.sleep(max(0.0, self._asked.get(host, -pause) + pause - time.monotonic()))
        try:
            return fetch(url, known=known, bounds=self.order.bounds, way=way)
        finally:
            self._asked[host] = time.monotonic()

    def _may(self, url: str, way: Way) -> None:
        """Raise ``NetworkError`` unless the robots.txt of a host, if any, lets us in."""
        host = urlsplit(url).netloc
        if host not in self._robots:
            rules = RobotFileParser()
            try:
                content = self._fetch(urljoin(url, "/robots.txt"), way=way).content or b""
                rules.parse(content.decode("utf-8", "replace").splitlines())
            except NetworkError as error:
                rules.parse(CLOSED if STATES.get(error.status) == "refused" else [])
                none = error.moved or error.status in STATES
                self._robots[host] = rules if none else error
            else:
                self._robots[host] = rules
        found = self._robots[host]
        if isinstance(found, NetworkError):
            raise found
        if not found.can_fetch(AGENT, url):
            raise NetworkError(url, tr("its robots.txt asks machines to stay away"), status=REFUSED)

    def _archived(self, archive: str, url: str) -> str | None:
        """Return the newest copy of a page that the archive has."""
        try:
            content = self._fetch(archive + quote(url, safe="")).content or b""
            closest = json.loads(content)["archived_snapshots"].get("closest", {})
            return str(closest["url"]) if closest.get("available") else None
        except (NetworkError, ValueError, KeyError, TypeError, AttributeError):
            return None


def fingerprint(content: bytes, url: str, how: Watch) -> str | None:
    """Return what tells one text of a page from another; ``None`` where there is nothing.

    What is no page, a PDF for one, is taken as it is.
    """
    if not content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return _digest(content) if content else None
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError  # noqa: PLC0415  the extra

    page = LexborHTMLParser(_decoded(content))
    try:
        nodes = page.css(how.node) if how.node else next(filter(None, map(page.css, MAIN)), [])[:1]
    except SelectolaxError:
        nodes = []
    if how.kind == "links":
        links = (urljoin(url, a.attributes.get("href") or "") for n in nodes for a in n.css("a"))
        said = "\n".join(sorted(set(links)))
    else:
        for aside in page.css(ASIDE) if not how.node else ():
            aside.decompose()
        said = " ".join(" ".join(node.text(separator=" ") for node in nodes).split())
    return _digest(said.encode()) if said else None


def _decoded(content: bytes) -> str:
    """Return the text of a page; a wrong letter is the same wrong letter next time."""
    named = CHARSET.search(content[:4096])
    for charset in ("utf-8", named[1].decode() if named else "cp1251"):
        try:
            return content.decode(charset)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("latin-1")


def _digest(said: bytes) -> str:
    return sha256(said).hexdigest()[:32]


def _kept(folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / FILE
    try:
        found = json.loads(path.read_text("utf-8"))
        pages: dict[str, dict[str, Any]] = found["pages"]
        if found["schema"] == SCHEMA and all(isinstance(one, dict) for one in pages.values()):
            return pages
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    raise WrongUsageError(
        tr(
            "{file} cannot be read; take its last good version, or remove it and look at all pages "
            "anew with `visamap watch --update`.",
            file=path,
        )
    )


def _keep(folder: Path, pages: Mapping[str, dict[str, Any]]) -> None:
    """Write the fingerprints, a line for each, so that a change shows which pages changed."""
    lines = (f"{json.dumps(name)}: {json.dumps(pages[name])}" for name in sorted(pages))
    body = ",\n".join(lines)
    write_file(folder / FILE, f'{{"schema": {SCHEMA}, "pages": {{\n{body}\n}}}}\n'.encode())

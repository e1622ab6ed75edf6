"""Built pages as a reader of links and tables sees them."""

from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urldefrag, urlsplit

VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr", "path", "line", "circle"}
FETCHED = {"img": "src", "link": "href", "script": "src", "iframe": "src", "source": "src"}
"""What a browser fetches by itself as it shows a page."""


class Row(NamedTuple):
    """The cells of a row of a table, and the ids of the sections around it, innermost last."""

    sections: tuple[str, ...]
    cells: tuple[str, ...]


class Page(HTMLParser):
    """One page, read."""

    def __init__(self, path):
        super().__init__()
        self.path, self.text = path, ""
        self.ids, self.links, self.fetched, self.rows = set(), [], [], []
        self._open, self._cells = [], None
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if "id" in named:
            self.ids.add(named["id"])
        if tag == "a" and named.get("href"):
            self.links.append(named["href"])
        if named.get(FETCHED.get(tag)) and named.get("rel") not in {"search", "next", "prev"}:
            self.fetched.append(named[FETCHED[tag]])
        if tag == "tr":
            self._cells = []
        if tag in {"td", "th"} and self._cells is not None:
            self._cells.append("")
        if tag not in VOID:
            self._open.append((tag, named.get("id", "")))

    def handle_endtag(self, tag):
        if tag == "tr" and self._cells is not None:
            sections = tuple(name for kind, name in self._open if kind == "section")
            self.rows.append(Row(sections, tuple(" ".join(c.split()) for c in self._cells)))
            self._cells = None
        while self._open and tag in {kind for kind, _ in self._open}:
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data):
        self.text += data
        if self._cells:
            self._cells[-1] += data

    def cells_of(self, section):
        """Return the rows of tables right in a section, by their first cell."""
        return {row.cells[0]: row.cells for row in self.rows if row.sections[-1:] == (section,)}


def pages_of(folder):
    return {path: Page(path) for path in sorted(Path(folder).rglob("*.html"))}


def dead_links(pages):
    """Yield each link of the pages that leads to no file, or to no place on its page."""
    for path, page in pages.items():
        for link in {*page.links, *page.fetched}:
            address, fragment = urldefrag(link)
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = path if not parts.path else (path.parent / unquote(parts.path)).resolve()
            if not target.is_file():
                yield f"{path.name}: {link}: no such file"
            elif fragment and target in pages and unquote(fragment) not in pages[target].ids:
                yield f"{path.name}: {link}: no such place"

"""A language that nobody speaks: every letter of what the catalogues hold becomes another one.

What still shows in Latin letters went past the catalogues. No translation is needed to see that.
"""

import importlib.util
import re
from gettext import NullTranslations
from html.parser import HTMLParser
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase

TOOL = Path(__file__).parents[1] / "tools" / "messages.py"
OTHERS = {
    **{letter: chr(ord("а") + n) for n, letter in enumerate(ascii_lowercase)},  # noqa: RUF001
    **{letter: chr(ord("А") + n) for n, letter in enumerate(ascii_uppercase)},  # noqa: RUF001
}


def foreign(text):
    """Return a text in the language that nobody speaks; what stands in braces stays."""
    parts = re.split(r"(\{[^}]*\})", text)
    return "".join(
        part if part.startswith("{") else "".join(OTHERS.get(c, c) for c in part) for part in parts
    )


class Foreign(NullTranslations):
    """A catalogue that translates what it would hold, and nothing else."""

    def __init__(self, held):
        super().__init__()
        self.held = held

    def gettext(self, message):
        return foreign(message) if message in self.held else message

    def pgettext(self, context, message):
        return foreign(message) if context == "profile" else self.gettext(message)

    def ngettext(self, one, many, _number):
        return foreign(many) if one in self.held else many


def catalogues():
    """Return both catalogues, with what `make messages` would put into them."""
    spec = importlib.util.spec_from_file_location("messages", TOOL)
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    sentences = {m.id if isinstance(m.id, str) else m.id[0] for m in tool.sentences() if m.id}
    facts = {m.id for m in tool.facts() if m.id and not m.context} | set(tool.names()["ru"])
    return {"visamap": Foreign(sentences), "facts": Foreign(facts)}


class Seen(HTMLParser):
    """What a reader of a page sees or hears, piece by piece; no code, no addresses."""

    VOID = frozenset({"meta", "link", "input", "br"})

    def __init__(self, text):
        super().__init__()
        self.pieces, self._open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        if tag not in self.VOID:
            silent = tag in {"code", "script"} or held.get("class") in {"where", "brand"}
            self._open.append((tag, silent or held.get("lang") == "en"))
        said = [held.get(name) for name in ("aria-label", "placeholder")]
        said += [held.get("content")] if held.get("name") == "description" else []
        self.pieces += [one for one in said if one]

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if data.strip() and not any(silent for tag, silent in self._open if tag != "html"):
            self.pieces.append(data.strip())

"""The catalogues of Kazakh and Russian: found in the code and the data, kept as .po, built as .mo.

``make messages`` finds every sentence (``tr``, ``trn``, ``trc``, ``mark``, ``markn``; see
visamap/i18n.py) and every text of the data a reader sees, puts new ones into the ``.po`` files
without a translation, drops the ones that are gone, and builds the catalogues. The build of a wheel
builds them too. Nothing is ever guessed: a changed English sentence waits for its translation.
"""

import ast
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "visamap"
LANGUAGES = ("kk", "ru")
SENTENCES, FACTS = "visamap", "facts"
CONTEXT_ENDS = "\4"
"""Stands in a built file between a context and its text."""
KEYWORDS = {
    "tr": None,
    "trh": None,
    "mark": None,
    "Column": None,
    "trn": (1, 2),
    "markn": (1, 2),
    "trc": ((1, "c"), 2),
}
TEXTS = {"trn": 2, "markn": 2, "trc": 2}
"""How many texts a call begins with, where it is not one."""
METHODS = [("**.html", "jinja2.ext.babel_extract")]
OPTIONS = {"**.html": {"trimmed": "true", "silent": "false"}}
PROSE = frozenset({
    "act", "airports", "audience", "bond", "breach", "carriers", "conditions", "counts", "document",
    "documents", "exempt", "family", "flights", "formula", "granted_by", "issuance_note", "issuer",
    "method", "name", "note", "number", "organisation", "place", "reached_through", "residents_of",
    "sanction", "says", "short", "terms", "territory", "text", "ties", "title",
    "travel_authorisation", "who", "zone", "work_note", "article", "by", "what",
    "exempt_with_visa_of", "fee_unit", "fee_unit_short", "published", "use",
})  # fmt: skip
"""Keys of the data under which prose stands that an answer shows."""
PLAIN = frozenset({"documents", "fee_unit_short", "sanction", "use"})
"""Of these, the keys whose single words are words, not codes."""
UNSEEN = frozenset({"findings", "open_questions", "sources", "meta", "countries"})
"""Sections that no answer shows, or that are read by who mends the data: open questions."""
HEADER = """\
# Translate msgid into msgstr; keep what stands in braces, in any order.
# Then `make messages`."""
IDLE = re.compile(r'"(?:POT|PO|Last|Report|Project|Language-Team|Generated)[^\n]*\n')
WORDS = re.compile(r"[A-Za-z]{2,} ?[A-Za-z]*")
CODE = re.compile(r"[a-z0-9_-]+|[A-Z0-9-]+|\S+://\S+")
NO_DAY = datetime(2020, 2, 2, tzinfo=UTC)
"""The day that stands in every built catalogue, so that a wheel has the same bytes on each day."""


def sentences() -> Catalog:
    """Return the sentences of the code, in the order in which they stand there."""
    found = Catalog(project="visamap", charset="utf-8")
    for path in sorted(PACKAGE.rglob("*.py")):
        place = path.relative_to(ROOT).as_posix()
        for line, name, texts in _said_in(path.read_text(encoding="utf-8")):
            if name == "trc":
                found.add(texts[1], None, [(place, line)], context=texts[0])
            else:
                found.add(texts if name in {"trn", "markn"} else texts[0], None, [(place, line)])
    for name, line, message, _, context in extract_from_dir(
        PACKAGE, METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=()
    ):
        found.add(message, None, [(f"visamap/{name}", line)], context=context)
    for words in _helps():
        found.add(words, None, [("visamap/cli", 1)])
    from visamap.render.labels import CODES, english  # noqa: PLC0415  the path that helps need

    for context, codes in CODES.items():
        for code in codes:
            found.add(english(code), None, [("visamap/render/labels.py", 1)], context=context)
    return found


def _helps() -> Iterator[str]:
    """Yield what the help pages say, piece by piece."""
    sys.path.insert(0, str(ROOT))
    import click  # noqa: PLC0415  the build of a wheel has no click

    from visamap.cli.commands import COMMANDS, GROUPS, group  # noqa: PLC0415
    from visamap.cli.shared import pieces  # noqa: PLC0415

    ctx = click.Context(group)
    yield from [*GROUPS, *COMMANDS.values()]
    for command in [group, *(group.get_command(ctx, name) for name in COMMANDS)]:
        assert command is not None  # noqa: S101  it stands in the table
        yield from (words for _, words, _ in pieces(command.help or ""))
        helps = (getattr(param, "help", None) for param in command.get_params(ctx))
        yield from filter(None, helps)


def _said_in(code: str) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Yield the texts of calls; Babel's own reader takes every text inside one for a message."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name = node.func.id
            given = node.args[: TEXTS.get(name, 1)]
            if name in KEYWORDS and all(isinstance(text, ast.Constant) for text in given):
                texts = tuple(text.value for text in given if isinstance(text, ast.Constant))
                if texts and all(isinstance(text, str) for text in texts):
                    yield node.lineno, name, texts


def facts() -> Catalog:
    """Return the texts of the shipped data that an answer may show."""
    sys.path.insert(0, str(ROOT))
    from visamap import load  # noqa: PLC0415  the path above
    from visamap.store.tables import SHIPPED, records_in  # noqa: PLC0415

    index = load().index
    found = Catalog(project="visamap", charset="utf-8")
    between = index.apart("region")
    tables = [index.records, index.apart("outbound"), index.apart("ranks"), between]
    others = [records_in(SHIPPED, path.name) for path in sorted(Path(SHIPPED).glob("[A-Z]*.json"))]
    for table in [*tables, *others]:
        # Remarks on other destinations stay English.
        profile = table["meta"].get("profile") if "meta" in table else {}
        for text in _prose(profile, "profile", frozenset({"names"})):
            found.add(text, None, [("meta", 1)], context="profile")
        for section, rows in table.items():
            # An answer tells what was found between the destinations.
            told = table is between and section == "findings"
            apart = table in others or (table is between and not told)
            left_out = frozenset({"note"} if apart else ())
            if section not in UNSEEN or told:
                for text in _prose(rows, section, left_out):
                    found.add(text, None, [(section, 1)])
    return found


def _prose(value: Any, key: str, left_out: frozenset[str] = frozenset()) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in left_out:
                yield from _prose(inner, name, left_out)
    elif isinstance(value, list):
        for inner in value:
            yield from _prose(inner, key, left_out)
    elif isinstance(value, str) and key in PROSE and (key in PLAIN or is_prose(value)):
        yield value


def is_prose(text: str) -> bool:
    """Tell whether a value is words, not a code, an id or an address."""
    return bool(WORDS.search(text)) and not CODE.fullmatch(text)


def names() -> dict[str, dict[str, str]]:
    """Return the printed name of every country in each language, by its English name."""
    sys.path.insert(0, str(ROOT))
    from visamap import load  # noqa: PLC0415  the path above

    index = load().index
    english = {code: row[2] for code, row in index.tables["countries"].items()}
    return {
        language: {english[code]: name for code, name in display.items() if english.get(code)}
        for language, display in index.names["display"].items()
    }


def path_of(language: str, domain: str) -> Path:
    """Return where a catalogue is kept."""
    return PACKAGE / "locale" / language / "LC_MESSAGES" / f"{domain}.po"


def kept(language: str, domain: str) -> Catalog:
    """Return a catalogue as it is kept."""
    path = path_of(language, domain)
    if not path.exists():
        return Catalog(locale=language, domain=domain, charset="utf-8", project="visamap")
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=domain)


def renewed(language: str, domain: str, found: Catalog) -> Catalog:
    """Return the kept catalogue with what was found, its translations kept, nothing guessed."""
    catalog = kept(language, domain)
    catalog.update(found, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def text_of(catalog: Catalog) -> str:
    """Return a catalogue as text; of its headers only what says something, and no time of day."""
    catalog.fuzzy = False
    catalog.header_comment = HEADER
    written = BytesIO()
    write_po(written, catalog, width=100, no_location=True, sort_output=True)
    header, blank, messages = written.getvalue().decode().partition("\n\n")
    return IDLE.sub("", header) + blank + messages


def in_order(catalog: Catalog) -> Catalog:
    """Return it with each context in front of its text, as the built file has it.

    Readers look for a text by its place in the order, and Babel sorts without the contexts.
    """
    spelled = Catalog(locale=catalog.locale, creation_date=catalog.creation_date)
    spelled.mime_headers = catalog.mime_headers
    for message in catalog:
        if message.id and message.string:
            before = f"{message.context}{CONTEXT_ENDS}" if message.context else ""
            if isinstance(message.id, str):
                spelled.add(before + message.id, message.string)
            else:
                spelled.add((before + message.id[0], *message.id[1:]), message.string)
    return spelled


def build(language: str) -> None:
    """Build both catalogues of a language; the names of countries stand among the facts."""
    for domain in (SENTENCES, FACTS):
        catalog = kept(language, domain)
        catalog.creation_date = NO_DAY
        if domain == FACTS:
            for english, name in names()[language].items():
                catalog.add(english, name)
        target = path_of(language, domain).with_suffix(".mo")
        target.parent.mkdir(parents=True, exist_ok=True)
        packed = BytesIO()
        write_mo(packed, in_order(catalog))
        temporary = target.with_name(f".{target.name}")
        temporary.write_bytes(packed.getvalue())
        temporary.replace(target)


def main() -> None:
    """Find, merge, write and build, and say how much waits for a translation."""
    found = {SENTENCES: sentences(), FACTS: facts()}
    for language in LANGUAGES:
        for domain, messages in found.items():
            catalog = renewed(language, domain, messages)
            path = path_of(language, domain)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text_of(catalog), encoding="utf-8")
            waiting = sum(not _said(message.string) for message in catalog if message.id)
            print(f"{path.relative_to(ROOT)}: {len(catalog)} messages, {waiting} to translate")
        build(language)


def _said(translation: Any) -> bool:
    return all(translation) if isinstance(translation, tuple) else bool(translation)


if __name__ == "__main__":
    if "--build" in sys.argv:
        for each in LANGUAGES:
            build(each)
    else:
        main()

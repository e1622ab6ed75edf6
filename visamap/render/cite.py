"""Citations of an answer: lines for a footnote, BibTeX, or CSL JSON for reference managers.

Each names the act or source, its days, its address, and the release of visamap that says so. What
is not known of a source is left out, never made up from its address.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from visamap.i18n import current, put, tr
from visamap.render import phrases
from visamap.render.labels import source_kind
from visamap.results.parts import Citation, DataRef, Envelope

TITLE, AUTHORS = "visamap: who may cross which border without a visa", "The visamap authors"
"""As CITATION.cff has them."""
ASKED = ("nationalities", "nationality", "passports", "states", "id", "code", "from", "to")
"""Words of a question that say whom or what it is about."""
TYPES = {"agreement": "treaty", "protocol": "treaty", "exchange-of-notes": "treaty"}
"""What CSL calls kinds of acts; the others are legislation."""
PAGES = {"law": "legislation", "news": "article-newspaper", "dataset": "dataset"}
"""What CSL calls kinds of sources; the others are web pages."""
SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip
"""Signs that mean something else to TeX."""


def text(answer: Envelope, cited: tuple[Citation, ...]) -> str:
    """Return a line for each act and source, ready for a footnote, and one for the answer."""
    said = tr("visamap, data of {release}.", release=answer.data.release)
    lines = [" ".join([*_parts(one), said]) for one in cited]
    return "\n".join([*lines, _answered(answer)])


def _parts(one: Citation) -> Iterator[str]:
    """Yield the sentences of a citation."""
    if one.act:
        days = phrases.days_of(one.act)
        yield (
            put("{act} ({days}).", act=phrases.called(one.act), days=days)
            if days
            else (f"{phrases.called(one.act)}.")
        )
    elif one.title:
        yield f"{one.title}."
    if behind := [part for part in (one.publisher, _day(one.published)) if part]:
        yield f"{', '.join(behind)}."
    if one.source:
        kind = source_kind(one.source.kind)
        if one.accessed:
            read = tr("read {day}", day=_day(one.accessed))
            yield f"{one.source.url} ({kind}, {read})."
        else:
            yield f"{one.source.url} ({kind})."
    if one.archived:
        yield tr("An archived copy: {url}", url=one.archived)


def _day(known: str | None) -> str:
    """Return a date as far as it is known, as the language writes it."""
    if not known or current() == "en":
        return known or ""
    return phrases.partial(known, phrases.day_form())


def _answered(answer: Envelope) -> str:
    """Return the answer itself as a source: what was asked, of which day and which data."""
    words = [answer.command]
    for name in ASKED:
        value = answer.asked.get(name)
        words += map(str, value if isinstance(value, list) else [value] if value else [])
    question, day = f"`{phrases.command(' '.join(words))}`", answer.asked.get("on")
    if isinstance(day, date):
        question = put("{question}, {day}", question=question, day=day)
    return f"{question}. {phrases.data(answer.data)}"


def bibtex(answer: Envelope, cited: tuple[Citation, ...]) -> str:
    """Return an entry for each act and source, and one for the data; titles keep their capitals."""
    day = answer.data.release.isoformat()
    own = {
        "author": f"{{{AUTHORS}}}",
        "title": f"{{{TITLE}}}",
        "date": day,
        "year": day[:4],
        "version": day,
        "note": _tex(phrases.data(answer.data)),
    }
    entries = [_entry(one.id, _fields(one, answer.data)) for one in cited]
    return "\n\n".join([*entries, _entry(f"visamap-{day}", own)])


def _entry(key: str, fields: dict[str, str]) -> str:
    kept = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{key},\n{kept}\n}}"


def _fields(one: Citation, data: DataRef) -> dict[str, str]:
    kind = phrases.capital(tr(phrases.ACT_KINDS[one.act.kind])) if one.act else ""
    address = one.source.url if one.source else ""
    note = [*([phrases.days_of(one.act)] if one.act else []), phrases.data(data)]
    return {
        "title": f"{{{_tex(one.title)}}}" if one.title else "",
        "type": _tex(kind),
        "number": _tex((one.act.number if one.act else None) or ""),
        "publisher": _tex(one.publisher or ""),
        "date": _issued(one) or "",
        "year": (_issued(one) or "")[:4],
        # In a field of its own nothing but braces and backslashes has a meaning.
        "url": re.sub(r"[{}\\]", lambda found: f"%{ord(found[0]):02X}", address),
        "urldate": one.accessed or "",
        "language": one.language or "",
        "note": _tex("; ".join(part for part in note if part)),
    }


def _tex(words: str) -> str:
    return "".join(SPECIAL.get(sign, sign) for sign in words)


def csl(answer: Envelope, cited: tuple[Citation, ...]) -> str:
    """Return CSL JSON: a list of items as reference managers read them."""
    day = answer.data.release.isoformat()
    own = {
        "id": f"visamap-{day}",
        "type": "dataset",
        "author": [{"literal": AUTHORS}],
        "title": TITLE,
        "version": day,
        "issued": _date(day),
        "note": phrases.data(answer.data),
    }
    items = [*(_item(one, answer.data) for one in cited), own]
    return json.dumps(items, ensure_ascii=False, indent=2)


def _item(one: Citation, data: DataRef) -> dict[str, Any]:
    act, source = one.act, one.source
    if act:
        kind = TYPES.get(act.kind, "legislation")
    else:
        kind = PAGES.get(source.kind if source else "", "webpage")
    values = {
        "id": one.id,
        "type": kind,
        "title": one.title,
        "number": act.number if act else None,
        "publisher": one.publisher,
        "issued": _date(_issued(one)),
        "URL": source.url if source else None,
        "accessed": _date(one.accessed),
        "language": one.language if not act else current(),
        "note": "; ".join([*([phrases.days_of(act)] if act else []), phrases.data(data)]),
    }
    return {name: value for name, value in values.items() if value}


def _issued(one: Citation) -> str | None:
    """Return the day of an act, or that on which a source was published, as far as known."""
    if one.act is None:
        return one.published
    day = one.act.signed or one.act.in_force
    return day.isoformat() if day else None


def _date(known: str | None) -> dict[str, Any] | None:
    return {"date-parts": [[int(part) for part in known.split("-")]]} if known else None


FORMS: dict[str, Callable[[Envelope, tuple[Citation, ...]], str]] = {
    "text": text,
    "bibtex": bibtex,
    "csl": csl,
}

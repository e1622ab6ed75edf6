"""Small datasets for tests: records by keyword, an index from a handful of them.

``XAA``, ``XBB`` ... are no countries; facts of real ones belong to ``tests/shipped``.
"""

from typing import Any

from visamap.schema.dataset import Dataset
from visamap.store.index import Index

SOURCE = {
    "id": "a-source",
    "kind": "law",
    "url": "https://example.org/act",
    "accessed": "2026-01-01",
}
CODES = ("KAZ", "XAA", "XBB", "XCC")
COUNTRIES = {
    "countries": {
        **{code: [None, None, code.title(), "state"] for code in CODES},
        "XST": [None, None, "Stateless", "stateless"],
        "XBR": [None, None, "A British status", "british-status"],
        "XOR": [None, None, "An organisation", "organisation"],
    },
    "codes": {},
    "english": {},
    "ambiguous": {},
    "held_passport": {},
}


def act(name: str = "a-decree", **fields: Any) -> dict[str, Any]:
    """An instrument; a decree in force from 2000 unless told otherwise."""
    return {
        "id": name,
        "kind": "government-decree",
        "title": name.replace("-", " ").capitalize(),
        "events": [{"what": "in-force", "date": "2000-01-01", "sources": ["a-source"]}],
        "confidence": "high",
        "sources": ["a-source"],
        **fields,
    }


def treaty(name: str = "a-treaty", **fields: Any) -> dict[str, Any]:
    """An agreement in force from 2000 unless told otherwise."""
    base = {"kind": "agreement", "partners": ["XAA"], "passports": ["ordinary"]}
    return act(name, **{**base, **fields})


def event(what: str, date: str | None = None, **fields: Any) -> dict[str, Any]:
    """Something that happened to an instrument."""
    when = {"date": date} if date else {}
    return {"what": what, **when, "sources": ["a-source"], **fields}


def per_visit(days: int) -> dict[str, Any]:
    """At most ``days`` a visit."""
    return {"kind": "per_visit", "days": days}


def rolling(days: int, per_days: int) -> dict[str, Any]:
    """At most ``days`` in any ``per_days`` days."""
    return {"kind": "rolling", "days": days, "per_days": per_days}


def regime(name: str = "a-regime", **fields: Any) -> dict[str, Any]:
    """A rule for XAA under ``a-decree`` from 2010, 30 days a visit, unless told otherwise."""
    start = {} if {"start", "between"} & set(fields) else {"from": "2010-01-01"}
    if "start" in fields:
        start = {"from": fields.pop("start")}
    if "between" in fields:
        first, last = fields.pop("between")
        start = {"from_not_before": first, "from_not_after": last}
    end = {"to": fields.pop("end")} if "end" in fields else {}
    base = {
        "id": name,
        "instrument": "a-decree",
        "nationalities": ["XAA"],
        "limits": [per_visit(30)],
        "confidence": "high",
        "sources": ["a-source"],
    }
    return {**base, **start, **end, **fields}


def dataset(*regimes: dict[str, Any], **sections: Any) -> Dataset:
    """A dataset of these regimes; other sections by name."""
    value = {
        "meta": {
            "title": "A test",
            "release": "2026-01-01",
            "schema": 1,
            "home": "KAZ",
            "licence": "none",
            "coverage": [{"passport": "ordinary", "from": "2005-01-01"}],
        },
        "instruments": [act(), treaty(), act("kz-gov-148-2012")],
        "regimes": list(regimes),
        "sources": [SOURCE],
        **sections,
    }
    return Dataset.model_validate(value)


def index_of(*regimes: dict[str, Any], **sections: Any) -> Index:
    """An index of these regimes; other sections by name."""
    return Index(dataset(*regimes, **sections).shipped(), "sha256:test", {**COUNTRIES})


def fits(text: str, width: int) -> bool:
    """Say whether a text keeps to a width; an address is never broken and may be longer."""
    return all(len(line) <= width or "://" in line for line in text.splitlines())

"""One visa as the records hold it, on a day: what it refers to is looked up and put beside it.

It takes records as they are. Which visas answer a question is decided in ``queries.visas``.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from visamap.index import Index, Tables, day
from visamap.periods import known_ends, open_ends
from visamap.queries.agreements import agreement
from visamap.queries.dated import bounds_of
from visamap.results.parts import SourceRef
from visamap.results.visas import (
    EVisa,
    Extension,
    FeeLine,
    Figure,
    ListRef,
    Statement,
    Step,
    Tax,
    Visa,
)

SHARE_OF_MCI = {"MCI": Decimal(1), "percent-of-MCI": Decimal("0.01")}


def visa_of(index: Index, row: Tables, on: date) -> Visa:
    """Return a record as an answer about the day ``on``."""
    read = _Reader(index)
    act = row.get("act")
    known = agreement(index, act, on) if act else None
    group = _by_id(_section(index, "fees").get("groups", ()), row.get("fee"))
    lines = tuple(_fee_lines(index, group, on)) if group else ()
    return Visa(
        code=row["code"],
        name=row["name"],
        aliases=tuple(row.get("aliases", ())),
        former_codes=tuple(row.get("former_codes", ())),
        on=on,
        exists=exists(row, on),
        announced_only=row.get("announced_only", False),
        passports=tuple(row.get("passports", ())),
        group=row["group"],
        audience=row["audience"],
        purposes=tuple(row.get("purposes", ())),
        entries=tuple(row.get("entries", ())),
        single_validity_days=row.get("single_validity_days"),
        multiple_validity_months=row.get("multiple_validity_months"),
        stay_days_per_entry=row.get("stay_days_per_entry"),
        stay_rule=row.get("stay_rule"),
        extendable=row.get("extendable"),
        extension=read.one(Extension, row.get("extension")),
        invitation=row.get("invitation"),
        invitation_exempt=row.get("invitation_exempt"),
        income_usd_month=row.get("income_usd_month"),
        fee=row.get("fee"),
        free_of_charge=not group.get("rates") if group else None,
        fees=lines,
        documents=tuple(row.get("documents", ())),
        work=row.get("work"),
        work_note=row.get("work_note"),
        by_general_rule=tuple(row.get("by_general_rule", ())),
        family=row.get("family"),
        issued_by=tuple(row.get("issued_by", ())),
        issuance_note=row.get("issuance_note"),
        e_visa=_e_visa(index, row["code"], on),
        processing=read.one(Statement, row.get("processing")),
        tax=read.one(Tax, row.get("tax")),
        introduced=day(row.get("introduced")),
        abolished=day(row.get("abolished")),
        act=index.act(act) if act else None,
        act_events=known.events if known else (),
        timeline=read.all(Step, row.get("timeline", ())),
        figures=read.all(Figure, row.get("figures", ())),
        lists=tuple(
            read.one(ListRef, {**listed, "states": listed.get("count")})
            for listed in lists_of(index, row["code"], on)
        ),
        note=row.get("note"),
        for_nationality=None,
        confidence=row["confidence"],
        sources=read.sources(row),
    )


def exists(row: Tables, on: date) -> bool | None:
    """Tell whether a category could be had on a day; ``None``: its first day is not known."""
    if row.get("announced_only"):
        return False
    introduced, abolished = day(row.get("introduced")), day(row.get("abolished"))
    if abolished and abolished <= on:
        return False
    return None if introduced is None else introduced <= on


def lists_of(index: Index, code: str, on: date) -> list[Tables]:
    """Return the country lists about a visa that surely hold on a day."""
    return [
        row
        for row in index.records["country_lists"]
        if code in row.get("visas", ()) and _holds(row, on)
    ]


class _Reader:
    """Makes results of rows: absent keys become null, ids of sources become addresses."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def one(self, kind: Any, row: Tables | None) -> Any:
        if row is None:
            return None
        fields = {name: row.get(name) for name in kind._fields}
        return kind(**{**fields, "sources": self.sources(row)})

    def all(self, kind: Any, rows: Any) -> tuple[Any, ...]:
        return tuple(self.one(kind, row) for row in rows)

    def sources(self, row: Tables) -> tuple[SourceRef, ...]:
        return self.index.sources(row.get("sources", ()))


def _fee_lines(index: Index, group: Tables, on: date) -> list[FeeLine]:
    read, fees = _Reader(index), _section(index, "fees")
    year, mci = _index_of(fees, on)
    found = []
    for table in fees["tables"]:
        if table["place"] != group.get("place"):
            continue
        bounds = bounds_of(table)
        for rate in table["rates"]:
            if rate["what"] not in group["rates"]:
                continue
            share = SHARE_OF_MCI.get(rate["currency"])
            kzt = str(Decimal(rate["amount"]) * share * mci) if share and mci else None
            found.append(
                FeeLine(
                    rate["what"],
                    rate["amount"],
                    rate["currency"],
                    kzt,
                    year if kzt else None,
                    table["place"],
                    table["id"],
                    table["title"],
                    known_ends(bounds)[0],
                    open_ends(bounds)[0],
                    table["confidence"],
                    read.sources(table),
                )
            )
    return found


def _index_of(fees: Tables, on: date) -> tuple[int | None, int | None]:
    """Return the last year known by the day, and its monthly calculation index in tenge."""
    known = [(row["year"], row["kzt"]) for row in fees.get("mci", ()) if row["year"] <= on.year]
    return max(known, default=(None, None))


def _e_visa(index: Index, code: str, on: date) -> EVisa | None:
    read, form = _Reader(index), _section(index, "e_visa")
    row = next((row for row in form.get("categories", ()) if row["visa"] == code), None)
    if row is None:
        return None
    since = day(row.get("since"))
    # A category without a day of its own is not older than the electronic visa itself.
    begun = since or min(
        (s for r in form["categories"] if (s := day(r.get("since")))), default=None
    )
    if begun and on < begun:
        return None
    portals = [portal["url"] for portal in form["portals"] if portal.get("url")]
    return EVisa(
        entries=row["entries"],
        stay_days=row.get("stay_days"),
        validity_days=row.get("validity_days"),
        since=since,
        note=row.get("note"),
        invitation=form["invitation"],
        extendable=form["extendable"],
        portal=portals[0] if portals else None,
        entry_points=tuple(at["text"] for at in form["entry_points"] if _holds(at, on)),
        conditions=tuple(form["conditions"]),
        processing=read.one(Statement, form["processing"]),
        fee=read.one(Statement, form["fee"]),
        sources=read.sources(row),
    )


def _section(index: Index, name: str) -> Tables:
    """Return a section that a data file may leave out."""
    found: Tables = index.records.get(name) or {}
    return found


def _by_id(rows: Any, wanted: str | None) -> Tables | None:
    return next((row for row in rows if row["id"] == wanted), None)


def _holds(row: Tables, on: date) -> bool:
    certain = bounds_of(row).certain
    return certain is not None and certain.covers(on)

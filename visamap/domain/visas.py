"""One visa as the records hold it, on a day: what it refers to is looked up and put beside it.

It takes records as they are. Which visas answer a question is decided in ``queries.visas``.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from visamap.dates import PartialDate, known_ends, open_ends
from visamap.domain.acts import agreement
from visamap.domain.entry import can_be_listed
from visamap.errors import UnknownRecordError
from visamap.results.acts import (
    EVisa,
    Extension,
    FeeLine,
    Figure,
    ForNationality,
    ListRef,
    Statement,
    Step,
    Tax,
    Visa,
)
from visamap.results.check import CheckAnswer
from visamap.results.parts import Note, SourceRef
from visamap.store.index import Index, Tables
from visamap.store.spans import bounds_of, day
from visamap.vocabulary import Invitation, Purpose

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
    rows = [row for row in form.get("categories", ()) if row["visa"] == code]
    if not rows:
        return None
    # Of several terms of one kind those of the day hold: the last that had begun.
    begun_by = [row for row in rows if row.get("since", "") <= on.isoformat()]
    row = next((one for one in reversed(begun_by) if one["entries"] == rows[0]["entries"]), rows[0])
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


SUGGESTIONS = 3
# A code typed on a Russian keyboard looks right and is not.
CYRILLIC_LETTERS = str.maketrans("авс", "abc")
FILLING = ("visa", "виза")


def visas(index: Index, on: date, purpose: Purpose | None = None) -> Iterator[Visa]:
    """Yield the categories of a day, announced ones last; with ``purpose``, those that serve it.

    Before the first category the data says nothing of announced ones either.
    """
    rows = index.records["visas"]
    first = first_day(rows)
    if first and on < first:
        return
    found = [
        visa_of(index, row, on)
        for row in rows
        if purpose is None or purpose in row.get("purposes", ())
    ]
    yield from (one for one in found if one.exists is not False)
    yield from (one for one in found if one.announced_only and _was_announced(one))


def visa(index: Index, text: str, on: date) -> Visa:
    """Return the visa of a code, a name or an alias, whether or not it existed on the day.

    A code of 2013 to 2016 finds its visa where no present one bears it, or on a day before that.

    Raises:
        UnknownRecordError: nothing matches.
    """
    rows = index.records["visas"]
    wanted = folded(text)
    present = _first(rows, wanted, "code") or _first(rows, wanted, "name", "aliases")
    former = _first(rows, wanted, "former_codes")
    introduced = day(present.get("introduced")) if present else None
    if former and (present is None or (introduced and on < introduced)):
        return visa_of(index, former, on)
    if present is None:
        see = f"visamap visas{index.destination.option}"
        raise UnknownRecordError("visa", text, _close(rows, wanted), see)
    return visa_of(index, present, on)


def for_nationality(index: Index, found: Visa, answer: CheckAnswer) -> Visa:
    """Add what the visa means for the nationality of an answer of ``check`` on the same day.

    The answer and the lists of states are about ordinary passports, so of a visa that those have
    not they say nothing; past the horizon no list is known to hold.
    """
    if found.passports and "ordinary" not in found.passports:
        return found
    code = index.holder(answer.nationality.code, answer.passport, answer.on)
    late = answer.reason == "beyond_horizon"
    lists = [] if late else lists_of(index, found.code, found.on)
    listed_in = [row for row in lists if code in row.get("members", ())]
    electronic = next((row for row in listed_in if _gives_e_visa(row)), None)
    offered = electronic if found.e_visa else None
    exempting = next((row for row in lists if row["id"] == found.invitation_exempt), None)
    exempt = _is_exempt(index, code, exempting)
    needed = None if late or answer.verdict == "citizen" else _invitation(found, exempt)
    return found._replace(
        for_nationality=ForNationality(
            nationality=answer.nationality,
            verdict=answer.verdict,
            reason=answer.reason,
            max_stay_days=answer.max_stay_days,
            purposes=answer.purposes,
            advisories=tuple(advisory.kind for advisory in answer.advisories),
            invitation=needed,
            invitation_exempt=exempt,
            invitation_list=exempting["id"] if exempting else None,
            e_visa=True if offered else None,
            e_visa_list=offered["id"] if offered else None,
            e_visa_confidence=offered["confidence"] if offered else None,
            listed_in=tuple(row["id"] for row in listed_in),
        )
    )


def remarks(
    index: Index, found: Sequence[Visa], on: date, text: str | None, purpose: Purpose | None
) -> Iterator[Note]:
    """Yield what must be said beside the visas found for a code ``text``, or for a list."""
    if text is not None:
        for one in found:
            yield from _standing(one)
        yield from _former_codes(index, folded(text))
        return
    rows = index.records["visas"]
    first = first_day(rows)
    if first and on < first:
        former = [f"{code} = {row['code']}" for row in rows for code in row.get("former_codes", ())]
        days = {"on": on.isoformat(), "first": first.isoformat()}
        yield Note("visas_before_first", {**days, "former_codes": ", ".join(sorted(former))})
    elif not any(one.exists is not False for one in found):
        begun = first_day(row for row in rows if purpose is None or purpose in row["purposes"])
        if purpose and begun and on < begun:
            days = {"on": on.isoformat(), "first": begun.isoformat()}
            yield Note("visas_none_yet", {"purpose": purpose, **days})
        else:
            yield Note("visas_none", {"on": on.isoformat()})
    announced = [one.code for one in found if one.announced_only]
    if announced:
        yield Note("visas_announced", {"visas": ", ".join(announced)})


def first_day(rows: Iterable[Tables]) -> date | None:
    """Return the day on which the first of these categories came in."""
    return min((start for row in rows if (start := day(row.get("introduced")))), default=None)


def folded(text: str) -> str:
    """Return the form in which codes and names are compared: letters and digits alone."""
    plain = "".join(sign for sign in text.casefold() if sign.isalnum())
    for word in FILLING:
        plain = plain.removeprefix(word).removesuffix(word)
    in_latin = plain.translate(CYRILLIC_LETTERS)
    return in_latin if in_latin.isascii() else plain


def _names(row: Tables, *fields: str) -> Iterator[str]:
    for field in fields:
        value = row.get(field, ())
        yield from (value,) if isinstance(value, str) else value


def _first(rows: Iterable[Tables], wanted: str, *fields: str) -> Tables | None:
    return next(
        (row for row in rows if wanted in {folded(name) for name in _names(row, *fields)}), None
    )


def _close(rows: Iterable[Tables], wanted: str) -> tuple[str, ...]:
    shown: dict[str, str] = {}
    for row in rows:
        for name in _names(row, "name", "aliases"):
            shown.setdefault(folded(name), f"{name} ({row['code']})")
        shown[folded(row["code"])] = row["code"]
    found = get_close_matches(wanted, shown, n=SUGGESTIONS)
    return tuple(dict.fromkeys(shown[name] for name in found))


def _was_announced(one: Visa) -> bool:
    """Tell whether an announcement was made by the day; one without any date always was."""
    days = [PartialDate.parse(step.date).first for step in one.timeline]
    for event in one.act_events:
        days += [event.between[0]] if event.between and event.between[0] else []
        days += [PartialDate.parse(event.date).first] if event.date else []
    return not days or min(days) <= one.on


def _gives_e_visa(row: Tables) -> bool:
    """Weak evidence speaks only where it stands in for an official list that was not found."""
    return row["purpose"] == "e-visa" and (
        row["confidence"] != "low" or row.get("stand_in_for") is not None
    )


def _is_exempt(index: Index, code: str, exempting: Tables | None) -> bool | None:
    if exempting is None:
        return None
    if code in exempting.get("members", ()):
        return True
    return False if exempting["complete"] and can_be_listed(index, code) else None


def _invitation(found: Visa, exempt: bool | None) -> Invitation | None:
    if exempt:
        return "not-required"
    # Where a list decides and does not say, neither do we.
    return None if found.invitation_exempt and exempt is None else found.invitation


def _standing(one: Visa) -> Iterator[Note]:
    values = {"visa": one.code, "on": one.on.isoformat()}
    if one.announced_only:
        yield Note("visa_announced", values)
    elif one.introduced and one.on < one.introduced:
        yield Note("visa_not_yet", {**values, "introduced": one.introduced.isoformat()})
    elif one.abolished and one.abolished <= one.on:
        yield Note("visa_abolished", {**values, "abolished": one.abolished.isoformat()})


def _former_codes(index: Index, wanted: str) -> Iterator[Note]:
    """Say which visa a code of 2013 to 2016 is today, asked by it or by a present twin."""
    for row in index.records["visas"]:
        for code in row.get("former_codes", ()):
            if folded(code) == wanted:
                yield Note("former_code", {"former": code, "visa": row["code"]})

"""Which visas there are on a day, and what each means: its record with what it refers to."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import TypeVar

from visamap.dates import PartialDate, known_ends, open_ends
from visamap.domain.acts import events_of
from visamap.domain.entry import is_listed, speaks
from visamap.errors import UnknownRecordError
from visamap.results.act_results import (
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
from visamap.results.check_results import CheckAnswer
from visamap.results.parts import Note
from visamap.store.index import Index, Tables
from visamap.store.spans import bounds_of, day
from visamap.values import Value, made_of
from visamap.vocabulary import Invitation, Purpose

Part = TypeVar("Part", bound=Value)
SHARE_OF_MCI = {"MCI": Decimal(1), "percent-of-MCI": Decimal("0.01")}


def visa_of(index: Index, row: Tables, on: date) -> Visa:
    """Return a record as an answer about the day ``on``."""
    act = row.get("act")
    groups = _section(index, "fees").get("groups", ())
    group = next((group for group in groups if group["id"] == row.get("fee")), None)
    return index.result(
        Visa,
        row,
        on=on,
        exists=exists(row, on),
        extension=_part(index, Extension, row.get("extension")),
        free_of_charge=not group.get("rates") if group else None,
        fees=tuple(_fee_lines(index, group, on)) if group else (),
        e_visa=_e_visa(index, row["code"], on),
        processing=_part(index, Statement, row.get("processing")),
        tax=_part(index, Tax, row.get("tax")),
        introduced=day(row.get("introduced")),
        abolished=day(row.get("abolished")),
        act=index.act(act) if act else None,
        act_events=events_of(index, index.record("instruments", act)) if act else (),
        timeline=tuple(index.result(Step, step) for step in row["timeline"]),
        figures=tuple(index.result(Figure, figure) for figure in row["figures"]),
        lists=tuple(
            index.result(ListRef, listed, states=listed.get("count"))
            for listed in lists_of(index, row["code"], on)
        ),
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
        if code in row.get("visas", ()) and bounds_of(row).surely(on)
    ]


def _part(index: Index, kind: type[Part], row: Tables | None) -> Part | None:
    return index.result(kind, row) if row else None


def _fee_lines(index: Index, group: Tables, on: date) -> Iterator[FeeLine]:
    fees = _section(index, "fees")
    year, mci = _index_of(fees, on)
    for table in fees["tables"]:
        if table["place"] != group.get("place"):
            continue
        bounds = bounds_of(table)
        for rate in table["rates"]:
            if rate["what"] not in group["rates"]:
                continue
            share = SHARE_OF_MCI.get(rate["currency"])
            kzt = str(Decimal(rate["amount"]) * share * mci) if share and mci else None
            yield index.result(
                FeeLine,
                {**table, **rate},
                kzt=kzt,
                mci_year=year if kzt else None,
                table=table["id"],
                as_of=known_ends(bounds)[0],
                as_of_between=open_ends(bounds)[0],
            )


def _index_of(fees: Tables, on: date) -> tuple[int | None, int | None]:
    """Return the last year known by the day, and its monthly calculation index in tenge."""
    known = [(row["year"], row["kzt"]) for row in fees.get("mci", ()) if row["year"] <= on.year]
    return max(known, default=(None, None))


def e_visa_of(index: Index, answer: CheckAnswer) -> EVisa | None:
    """Return the terms of the electronic visa that a visitor of an answer may ask for, if any.

    Of several it is that of the visa that is usually asked for.
    """
    if not answer.visas.e_visa:
        return None
    usual = [row["code"] for row in index.profile.get("usual_visas", ())]
    codes = [*(code for code in usual if code in answer.visas.codes), *answer.visas.codes]
    found = (_e_visa(index, code, answer.on) for code in codes)
    return next((one for one in found if one), None)


def _e_visa(index: Index, code: str, on: date) -> EVisa | None:
    form = _section(index, "e_visa")
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
    return index.result(
        EVisa,
        {**form, **row, "note": row.get("note")},
        since=since,
        portal=portals[0] if portals else None,
        entry_points=tuple(at["text"] for at in form["entry_points"] if bounds_of(at).surely(on)),
        processing=index.result(Statement, form["processing"]),
        fee=index.result(Statement, form["fee"]),
        several_entries=any(
            one["entries"] == "multiple" and (day(one.get("since")) or on) <= on for one in rows
        ),
    )


def _section(index: Index, name: str) -> Tables:
    """Return a section that a data file may leave out."""
    found: Tables = index.records.get(name) or {}
    return found


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
    electronic = next((r for r in listed_in if r["purpose"] == "e-visa" and speaks(r)), None)
    offered = electronic if found.e_visa else None
    exempting = next((row for row in lists if row["id"] == found.invitation_exempt), None)
    exempt = is_listed(index, exempting, code) if exempting else None
    needed = None if late or answer.verdict == "citizen" else _invitation(found, exempt)
    return found._replace(
        for_nationality=made_of(
            ForNationality,
            answer,
            advisories=tuple(advisory.kind for advisory in answer.advisories),
            in_practice=answer.advisories,
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

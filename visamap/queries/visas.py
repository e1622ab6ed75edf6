"""Which visas are there on a day, which one is meant, and what does it mean for a nationality?"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from difflib import get_close_matches

from visamap.errors import UnknownRecordError
from visamap.index import Index, Tables, day
from visamap.periods import PartialDate
from visamap.queries.beside import can_be_listed
from visamap.queries.visa_record import lists_of, visa_of
from visamap.results.check import CheckAnswer
from visamap.results.parts import Note
from visamap.results.visas import ForNationality, Visa
from visamap.vocabulary import Invitation, Purpose

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
        raise UnknownRecordError("visa", text, _close(rows, wanted), see="visamap visas")
    return visa_of(index, present, on)


def for_nationality(index: Index, found: Visa, answer: CheckAnswer) -> Visa:
    """Add what the visa means for the nationality of an answer of ``check`` on the same day."""
    code = index.holder(answer.nationality.code)
    lists = lists_of(index, found.code, found.on)
    listed_in = [row for row in lists if code in row.get("members", ())]
    electronic = next((row for row in listed_in if _gives_e_visa(row)), None)
    offered = electronic if found.e_visa else None
    exempting = next((row for row in lists if row["id"] == found.invitation_exempt), None)
    exempt = _is_exempt(index, code, exempting)
    needed = None if answer.verdict == "citizen" else _invitation(found, exempt)
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
        days += [event.between[0]] if event.between else []
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

"""What one release says otherwise than an earlier one: answers first, then records."""

import json
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from visamap.i18n import mark, tr, trn
from visamap.render import phrases
from visamap.render.remarks import noted
from visamap.render.sections import Column, footer, paragraph
from visamap.results.parts import Envelope
from visamap.results.time_results import ReleaseChange, Said
from visamap.vocabulary import DESTINATIONS

INDENT = "    "
LONGEST_VALUE = 200
CHANGES = {"added": mark("added"), "removed": mark("removed"), "changed": mark("changed")}


def _about(change: ReleaseChange) -> str:
    return f"{_to(change, ' ')}{_of(change)}"


def _to(change: ReleaseChange, sign: str = ": ") -> str:
    """Return the destination, where it is not the one that is meant when none is named."""
    home = change.destination
    return f"{home.code}{sign}" if home and home.code != DESTINATIONS[0] else ""


def _of(change: ReleaseChange) -> str:
    if change.about == "record":
        return f"{change.section} {change.id}".rstrip()
    return f"{change.nationality.code} {change.passport}" if change.nationality else ""


COLUMNS = (
    Column("About", _about),
    Column("Days", lambda c: days(c) if c.about == "answer" else ""),
    Column("Before", lambda c: said(c.before) if c.about == "answer" else ""),
    Column("After", lambda c: said(c.after) if c.about == "answer" else tr(CHANGES[c.change])),
    Column("Fields", lambda c: ", ".join(field.name for field in c.fields)),
)


def text(answer: Envelope, width: int) -> str:
    """Return what travellers are told otherwise, then the records behind it."""
    asked = answer.asked
    heading = tr(
        "From the release of {old} to that of {new}.",
        old=asked["old"]["release"],
        new=asked["new"]["release"],
    )
    told = [change for change in answer.items if change.about == "answer"]
    records = [change for change in answer.items if change.about == "record"]
    lines = [*paragraph(heading, width), ""]
    lines += [*_answers(told, width), *_records(records, width)]
    return "\n".join([*lines, *footer(answer, width)])


def markdown(answer: Envelope) -> str:
    """Return the notes of a release: briefly, what changed for days to come, what for days past."""
    old, new = (date.fromisoformat(answer.asked[one]["release"]) for one in ("old", "new"))
    told = [change for change in answer.items if change.about == "answer"]
    records = [change for change in answer.items if change.about == "record"]
    parts = {
        mark("Future"): [one for one in told if one.last is None or one.last >= new],
        mark("Past"): [one for one in told if one.last is not None and one.last < new],
    }
    briefly = [_told_otherwise(told), _differing(records)]
    lines = [
        f"# {tr('From the release of {old} to that of {new}.', old=old, new=new)}",
        f"## {tr('Briefly')}\n\n{' '.join(briefly)}",
        *(f"## {tr(name)}\n\n{_alike(changes)}" for name, changes in parts.items() if changes),
    ]
    if records:
        listed = "\n".join(f"- {tr(CHANGES[change])}: {names}" for change, names in _named(records))
        lines.append(f"## {tr('Records')}\n\n{listed}")
    remarks = [f"- {noted(note)}" for note in answer.notes]
    return "\n\n".join([*lines, *(["\n".join(remarks)] if remarks else [])])


def _alike(changes: list[ReleaseChange]) -> str:
    """Return a line for each change, those who share it together: a decree frees many at once."""
    who: dict[str, list[str]] = {}
    for one in changes:
        assert one.nationality  # noqa: S101  (an answer is always somebody's)
        held = tr(phrases.PASSPORTS[one.passport or "ordinary"])
        line = f"{_to(one)}{held}: {_line(one)}"
        who.setdefault(line, []).append(f"{one.nationality.name} ({one.nationality.code})")
    return "\n".join(f"- {line}\n  - {', '.join(names)}" for line, names in who.items())


def _named(records: list[ReleaseChange]) -> Iterator[tuple[str, str]]:
    for change in CHANGES:
        if names := [f"`{_about(one)}`" for one in records if one.change == change]:
            yield change, ", ".join(names)


def _line(change: ReleaseChange) -> str:
    return tr(
        "{days}: {after} (before: {before})",
        days=days(change),
        after=said(change.after),
        before=said(change.before),
    )


def _told_otherwise(told: list[ReleaseChange]) -> str:
    return trn(
        "The answer changed for {n} nationality.",
        "The answer changed for {n} nationalities.",
        len({change.nationality for change in told}),
    )


def _differing(records: list[ReleaseChange]) -> str:
    return trn("{n} record differs.", "{n} records differ.", len(records))


def _answers(told: list[ReleaseChange], width: int) -> Iterator[str]:
    yield from paragraph(_told_otherwise(told), width)
    for _, alike in groupby(told, key=_who):
        changes = list(alike)
        yield ""
        yield from paragraph(_who(changes[0]), width)
        for change in changes:
            yield from paragraph(_line(change), width, INDENT)
    yield ""


def _who(change: ReleaseChange) -> str:
    assert change.nationality  # noqa: S101  (an answer is always somebody's)
    held = tr(phrases.PASSPORTS[change.passport or "ordinary"])
    return f"{_to(change)}{change.nationality.name} ({change.nationality.code}), {held}"


def days(change: ReleaseChange) -> str:
    """Return the days of a changed answer."""
    return phrases.span(change.first, change.last)


def said(one: Said | None) -> str:
    """Return an answer in few words."""
    if one is None:
        return tr("no answer")
    verdict = tr(phrases.VERDICTS[one.verdict])
    if one.max_stay_days is None:
        return verdict
    return trn("{verdict}, {n} day", "{verdict}, {n} days", one.max_stay_days, verdict=verdict)


def _records(records: list[ReleaseChange], width: int) -> Iterator[str]:
    yield from paragraph(_differing(records), width)
    for change in records:
        yield f"{_about(change)}: {tr(CHANGES[change.change or 'changed'])}".rstrip()
        for field in change.fields:
            line = f"{field.name}: {_value(field.before)} -> {_value(field.after)}"
            yield from paragraph(line, width, INDENT)
    yield ""


def _value(value: Any) -> str:
    if value is None:
        return "-"
    packed = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return packed if len(packed) <= LONGEST_VALUE else f"{packed[:LONGEST_VALUE]}..."

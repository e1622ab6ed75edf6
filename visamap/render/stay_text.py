"""The answer to ``stay`` for a traveller: days left first, then limits, the way back, the past."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from visamap.i18n import Span, mark, put, tr, trn
from visamap.render import brief, phrases, phrases_stay
from visamap.render import sections as drawn
from visamap.render.check_text import other_rule
from visamap.render.phrases import ground
from visamap.render.remarks import noted
from visamap.render.sections import (
    AS_KNOWN,
    HELD,
    LABEL,
    Block,
    Column,
    asked,
    evidence,
    footer,
    opening,
)
from visamap.results.parts import DataRef, Envelope
from visamap.results.stay_results import Calendar, DutyDue, StayAnswer


def _days_left(item: StayAnswer) -> str:
    return tr("not known") if item.days_left is None else str(item.days_left)


COLUMNS = (
    Column("Code", lambda a: a.nationality.code),
    Column("Day", lambda a: a.on.isoformat()),
    Column("Answer", lambda a: phrases_stay.headline(a).sentence),
    Column("Limits", lambda a: " ".join(phrases_stay.limits(a))),
    Column("Days left", _days_left),
    Column("Latest exit", lambda a: str(a.latest_exit or "")),
    Column("Next entry", lambda a: str(a.next_entry or "")),
    Column("Next full stay", lambda a: str(a.next_full_stay or "")),
    Column("Days of overstay", lambda a: str(a.overstay_days)),
    Column("Act", lambda a: a.regime.act.title if a.regime else ""),
)
BLOCKS = {".": "\u00b7", "i": "\u2588", "x": "\u2593", "f": "\u2591"}
ASCII = {".": ".", "i": "#", "x": "!", "f": "+"}
MEANINGS = {"i": mark("inside"), "x": mark("in breach of a rule"), "f": mark("free to stay")}
MONTH_ROW = len("26-01 ") + 31
SHOWN_BREACHES = 5


def text(answer: Envelope, width: int, *, blocks: bool = False, full: bool = False) -> str:
    """Return the brief answer, or all of it with a calendar: ``blocks`` draws block characters."""
    if not full:
        return "\n".join(line for item in answer.items for line in _brief(item, answer, width))
    lines: list[str] = []
    indent = 2 if width < LABEL + 30 else LABEL
    for item in answer.items:
        drawable = not set(MEANINGS).isdisjoint(item.calendar.days)
        fits = item.visits and drawable and width >= indent + MONTH_ROW
        calendar = list(_calendar(item.calendar, BLOCKS if blocks else ASCII)) if fits else []
        tone = phrases_stay.headline(item).tone
        lines += [*drawn.text(sections(item, answer.data, calendar), width, tone), ""]
    return "\n".join([*lines, *footer(answer, width, {AS_KNOWN, HELD})])


BRIEFLY = ("exit_assumed", "hours_as_days", "shared_days")
"""Codes of the remarks on what this one answer rests on; the others are alike in every answer."""


def _brief(item: StayAnswer, answer: Envelope, width: int) -> Iterator[str]:
    """Yield what is left and due and what was wrong, without what proves it."""
    assumed = item.plan is not None and item.plan.assumed_exit is not None
    briefly = BRIEFLY[1:] if assumed else BRIEFLY  # the plan says it
    notes = [noted(one) for one in answer.notes if one.code in briefly]
    counted = tr("entry and exit days both; every visit as one without a visa")
    practice = dict.fromkeys(one.short or one.text for one in phrases_stay.practices(item))
    past = [said[0] for _, said in _past(item)][:1]  # the headline tells of a penalty
    needs = item.verdict in {"visa_required", "unknown"}
    blocks: dict[str, Sequence[str | None]] = {
        tr("In practice"): [*practice],
        tr("Limits"): [
            *(phrases_stay.in_both_ways(x, phrases_stay.used(x, window=True)) for x in item.limits),
            *phrases_stay.changing(item),
        ],
        **dict(_days(item)),
        tr("Plan"): phrases_stay.plan(item.plan) if item.plan else [],
        tr("So far"): past,
        tr("Falls due"): [
            f"{_when(one, str(one.due_on))}: {one.short or one.text}" for one in item.duties
        ],
        tr("Visa"): [" ".join(brief.usual_visas(item, brief.USUAL))] if needs else [],
        tr("Note"): notes,
        tr("Counted"): [counted] if item.visits else [],
        tr("Ground"): brief.ground(*item.ground) if item.ground else [],
        tr("Sure"): [brief.sure(item, answer.data)],
    }
    laid_out = [_opened(item, answer.data), *blocks.items()]
    yield from drawn.text(laid_out, width, phrases_stay.headline(item).tone, snug=True)


def _days(item: StayAnswer) -> Iterator[Block]:
    """Yield until when to leave and from when to come back, in figures."""
    if item.latest_exit:
        yield tr("Latest exit"), [str(item.latest_exit)]
    if item.overstay_days:
        yield tr("Next entry"), [tr(phrases_stay.NO_PROMISE)]
    elif item.next_entry:
        entry, longest = str(item.next_entry), item.longest_stay_from_next_entry
        yield tr("Next entry"), [_next_entry(entry, longest) if longest else entry]
    if item.next_full_stay and item.next_full_stay != item.next_entry:
        yield tr("Full stay"), [str(item.next_full_stay)]


def _when(duty: DutyDue, day: date | str) -> str:
    return tr("was due by {day}", day=day) if duty.overdue else tr("by {day}", day=day)


def sections(item: StayAnswer, data: DataRef, calendar: Sequence[str] = ()) -> Iterator[Block]:
    """Yield an answer as sections, with the ``calendar`` that was drawn of it."""
    yield _opened(item, data)
    for advisory in phrases_stay.practices(item):
        yield tr("In practice"), [advisory.text]
    yield from _ahead(item)
    yield from _past(item)
    yield tr("Falls due"), [_duty(one) for one in item.duties]
    yield tr("Calendar"), calendar
    if item.regime:
        yield tr("Legal ground"), [ground(item.regime.act)]
    if item.suspended_by:
        yield tr("Suspended"), [ground(item.suspended_by.act)]
    if item.verdict == "unknown" and item.also:
        yield tr("Also"), [other_rule(rule) for rule in item.also]
    if item.verdict in {"visa_required", "unknown"}:
        yield tr("Which visa"), brief.usual_visas(item)
    if item.verdict != "citizen":
        yield from evidence(item.confidence, item.sources)


def _opened(item: StayAnswer, data: DataRef) -> Block:
    where = tr("inside since {day}", day=item.entered) if item.inside else tr("outside")
    who = put("{who}, {where}", who=asked(item), where=where)
    last = item.plan.exit if item.plan else item.on
    return opening(phrases_stay.headline(item).sentence, who, item, data, last)


def _ahead(item: StayAnswer) -> Iterator[Block]:
    """Yield what is left, when to be out, when to come back, and the plan."""
    yield tr("Limits"), phrases_stay.limits(item)
    if item.latest_exit and item.stay_ends:
        ends = tr(
            "{exit}; on {day} {reason}.",
            exit=item.latest_exit,
            day=item.stay_ends.on,
            reason=phrases_stay.reason(item.stay_ends.reason),
        )
        yield tr("Latest exit"), [ends]
    if item.overstay_days:
        yield tr("Next entry"), [tr(phrases_stay.NO_PROMISE)]
    elif item.next_entry:
        back = _next_entry(item.next_entry, item.longest_stay_from_next_entry)
        yield tr("Next entry"), [back]
    elif item.reason not in {*phrases_stay.ENDLESS, "no_limit_known"}:
        yield tr("Next entry"), [tr("no day is known.")]
    if item.next_full_stay:
        full = tr("again from {day}.", day=item.next_full_stay)
        yield tr("Full stay"), [full]
    if item.plan:
        yield tr("Plan"), phrases_stay.plan(item.plan)


def _next_entry(entry: date | str, longest: int | None) -> str:
    if longest:
        return trn("{day}, for up to {n} day.", "{day}, for up to {n} days.", longest, day=entry)
    return put("{day}.", day=entry)


def _past(item: StayAnswer) -> Iterator[Block]:
    """Yield what was right and wrong so far."""
    if not item.visits:
        return
    visits = trn("{n} visit", "{n} visits", item.visits)
    told = f"{visits}, {phrases.days(item.counted_days)}"
    if item.in_compliance:
        yield tr("So far"), [tr("{visits}: within the rules.", visits=told)]
        return
    opening = tr("{visits}: not known whether all were within the rules.", visits=told)
    if item.overstay_days:
        opening = trn(
            "{visits}: {n} day in breach of the rules.",
            "{visits}: {n} days in breach of the rules.",
            item.overstay_days,
            visits=told,
        )
    every = [phrases_stay.breach(one) for one in item.breaches]
    before, shown = every[:-SHOWN_BREACHES], every[-SHOWN_BREACHES:]
    if before:
        more = tr("and {number} earlier, all: --format json", number=len(before))
        shown.append(Span(more, "folded", before))
    yield tr("So far"), [opening, *shown]
    if item.penalty:
        yield tr("Penalty"), [phrases_stay.penalty(item.penalty)]


def _duty(duty: DutyDue) -> str:
    when = _when(duty, duty.due_on)
    if duty.stay_over_days:
        return trn(
            "{when}, if the visit is longer than {n} day: {duty}",
            "{when}, if the visit is longer than {n} days: {duty}",
            duty.stay_over_days,
            when=when,
            duty=duty.text,
        )
    return put("{when}: {duty}", when=when, duty=duty.text)


def _calendar(calendar: Calendar, signs: dict[str, str]) -> Iterator[str]:
    """Yield a row for each month of the window, one sign for each day."""
    rows: dict[str, str] = {}
    for n, letter in enumerate(calendar.days):
        one = calendar.first + timedelta(n)
        month = f"{one:%y-%m} "
        rows[month] = rows.get(month, month + " " * (one.day - 1)) + signs[letter]
    dull = " " + signs["."]
    shown = list(rows)
    while len(shown) > 1 and not rows[shown[0]][len(shown[0]) :].strip(dull):
        shown.pop(0)
    yield from (rows[month] for month in shown)
    used = [letter for letter in MEANINGS if letter in calendar.days]
    yield ", ".join(f"{signs[letter]} {tr(MEANINGS[letter])}" for letter in used) + "."

"""The answer to ``stay`` for a traveller: days left first, then limits, the way back, the past."""

from collections.abc import Iterator
from datetime import timedelta

from visamap.presenters import sentences, stay_words
from visamap.presenters.check_text import usual_visas
from visamap.presenters.columns import Column
from visamap.presenters.grounds import best_sources, footer, ground
from visamap.presenters.layout import LABEL, Block, labelled, paragraph
from visamap.results.parts import Envelope
from visamap.results.stay import Calendar, DutyDue, StayAnswer

COLUMNS = (
    Column("Code", lambda a: a.nationality.code),
    Column("Day", lambda a: a.on.isoformat()),
    Column("Answer", stay_words.sentence),
    Column("Limits", lambda a: " ".join(stay_words.counted(limit) for limit in a.limits)),
    Column("Days left", lambda a: _or_unknown(a.days_left)),
    Column("Latest exit", lambda a: _or_none(a.latest_exit)),
    Column("Next entry", lambda a: _or_none(a.next_entry)),
    Column("Next full stay", lambda a: _or_none(a.next_full_stay)),
    Column("Days of overstay", lambda a: str(a.overstay_days)),
    Column("Act", lambda a: a.regime.act.title if a.regime else ""),
    Column("Sources", lambda a: " ".join(f"<{source.url}>" for source in a.sources)),
)
BLOCKS = {".": "\u00b7", "i": "\u2588", "x": "\u2593", "f": "\u2591"}
ASCII = {".": ".", "i": "#", "x": "!", "f": "+"}
MEANINGS = {"i": "inside", "x": "against a rule", "f": "free to stay"}
MONTH_ROW = len("26-01 ") + 31
SHOWN_BREACHES = 5


def text(answer: Envelope, width: int, *, blocks: bool = False) -> str:
    """Return the answer; ``blocks`` draws the calendar with block characters."""
    lines: list[str] = []
    for item in answer.items:
        lines += [*_answer(item, width, BLOCKS if blocks else ASCII), ""]
    return "\n".join([*lines, *footer(answer, width)])


def _answer(item: StayAnswer, width: int, signs: dict[str, str]) -> Iterator[str]:
    held = sentences.PASSPORTS[item.passport]
    where = f"inside since {item.entered}" if item.inside else "outside"
    who = f"{item.nationality.name} ({item.nationality.code}), {held}, on {item.on}, {where}"
    yield from paragraph(stay_words.sentence(item), width)
    yield from paragraph(who, width)
    yield ""
    yield from labelled(_blocks(item, width, signs), width)


def _blocks(item: StayAnswer, width: int, signs: dict[str, str]) -> Iterator[Block]:
    for advisory in item.advisories:
        yield "In practice", [advisory.text]
    yield from _ahead(item)
    yield from _past(item)
    if item.duties:
        yield "Falls due", [_duty(duty) for duty in item.duties]
    indent = 2 if width < LABEL + 30 else LABEL
    drawn = not set(MEANINGS).isdisjoint(item.calendar.days)
    if item.visits and drawn and width >= indent + MONTH_ROW:
        yield "Calendar", list(_calendar(item.calendar, signs))
    if item.regime:
        yield "Legal ground", [ground(item.regime.act)]
    if item.suspended_by:
        yield "Suspended", [ground(item.suspended_by.act)]
    if item.verdict in {"visa_required", "unknown"}:
        yield "Which visa", [usual_visas(item.visas)]
    if item.verdict != "citizen":
        yield "Confidence", [f"{item.confidence}."]
    if item.sources:
        yield "Sources", list(best_sources(item.sources))


def _ahead(item: StayAnswer) -> Iterator[Block]:
    """Yield what is left, when to be out, when to come back, and the plan."""
    if item.limits:
        yield "Limits", [stay_words.counted(limit) for limit in item.limits]
    if item.latest_exit and item.stay_ends:
        why = stay_words.reason(item.stay_ends.reason)
        yield "Latest exit", [f"{item.latest_exit}; on {item.stay_ends.on} {why}."]
    if item.next_entry:
        longest = item.longest_stay_from_next_entry
        stay = f", for up to {sentences.days(longest)}" if longest else ""
        yield "Next entry", [f"{item.next_entry}{stay}."]
    elif item.reason not in {"citizen", "no_limit_known"}:
        yield "Next entry", ["no day is known."]
    if item.next_full_stay:
        yield "Full stay", [f"as long as a first visit may be: from {item.next_full_stay}."]
    if item.plan:
        yield "Plan", stay_words.plan(item.plan)


def _past(item: StayAnswer) -> Iterator[Block]:
    """Yield what was right and wrong so far."""
    if not item.visits:
        return
    visits = "1 visit" if item.visits == 1 else f"{item.visits} visits"
    told = f"{visits}, {sentences.days(item.counted_days)}"
    if item.in_compliance:
        yield "So far", [f"{told}: within the rules."]
        return
    over = f"{sentences.days(item.overstay_days)} against the rules"
    shown = [stay_words.breach(one) for one in item.breaches[-SHOWN_BREACHES:]]
    if len(item.breaches) > SHOWN_BREACHES:
        shown.append(f"and {len(item.breaches) - SHOWN_BREACHES} before, all: --format json")
    doubt = "not known whether all were within the rules"
    yield "So far", [f"{told}: {over if item.overstay_days else doubt}.", *shown]
    if item.penalty:
        yield "Penalty", [stay_words.penalty(item.penalty)]


def _duty(duty: DutyDue) -> str:
    when = f"was due by {duty.due_on}" if duty.overdue else f"by {duty.due_on}"
    over = duty.stay_over_days
    only = f", if the visit is longer than {over} days" if over else ""
    return f"{when}{only}: {duty.text}"


def _calendar(calendar: Calendar, signs: dict[str, str]) -> Iterator[str]:
    """Yield a row for each month of the window, one sign for each day."""
    rows: dict[str, str] = {}
    for n, letter in enumerate(calendar.days):
        day = calendar.first + timedelta(n)
        month = f"{day:%y-%m} "
        rows[month] = rows.get(month, month + " " * (day.day - 1)) + signs[letter]
    dull = " " + signs["."]
    shown = list(rows)
    while len(shown) > 1 and not rows[shown[0]][len(shown[0]) :].strip(dull):
        shown.pop(0)
    yield from (rows[month] for month in shown)
    used = [letter for letter in MEANINGS if letter in calendar.days]
    yield ", ".join(f"{signs[letter]} {MEANINGS[letter]}" for letter in used) + "."


def _or_none(value: object) -> str:
    return "" if value is None else str(value)


def _or_unknown(value: object) -> str:
    return "not known" if value is None else str(value)

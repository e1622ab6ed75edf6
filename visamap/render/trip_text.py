"""The answer to ``trip``: whether it is possible, a table of its legs, then what must be done."""

from collections.abc import Iterator, Sequence

from visamap.i18n import mark, tr
from visamap.render import brief, phrases, phrases_stay, phrases_trip
from visamap.render.remarks import noted
from visamap.render.sections import AS_KNOWN, Block, Column, footer, labelled, paragraph
from visamap.render.table import table
from visamap.results.parts import Envelope
from visamap.results.trip_results import Leg
from visamap.terminal import toned

TOLD = (AS_KNOWN, "trip")
"""Remarks that stand above already."""


def _answer(leg: Leg) -> str:
    tone = phrases.in_practice(phrases.ALLOWED[leg.allowed], leg.advisories)
    said = phrases_trip.terms(leg) if leg.allowed else phrases_trip.why(leg)
    if leg.allowed and tone != "closed":
        said = phrases.in_words(said, leg)
    return f"{toned(phrases_trip.answer(leg), tone)}: {said}"


PASSPORT = mark("Passport")
USED = Column(PASSPORT, lambda a: f"{a.nationality.code} *" if a.best else a.nationality.code)
"""Every passport on each leg, with a mark on the one to use."""
COLUMNS = (
    Column("#", lambda a: str(a.leg)),
    Column(mark("Destination"), lambda a: f"{a.destination.code} {a.destination.name}"),
    Column(PASSPORT, lambda a: a.nationality.code),
    Column(mark("Days"), phrases_trip.days),
    Column(mark("Used"), phrases_trip.used),
    Column(mark("Answer"), _answer),
)


def ordered(answer: Envelope) -> list[Leg]:
    """Return the legs with the passport to use on each."""
    return [leg for leg in answer.items if leg.best]


def several(answer: Envelope) -> bool:
    """Tell whether there are several passports to choose from."""
    return len({leg.nationality for leg in answer.items}) > 1


def opening(answer: Envelope) -> list[str]:
    """Return whether the trip is possible; of one passport, whose and into which states."""
    first, last = answer.items[0], max(leg.exit or leg.entry for leg in answer.items)
    said = phrases.as_known(phrases_trip.headline(answer.items).sentence, last, answer.data)
    if several(answer):
        return [said]
    passport, (code, name) = tr(phrases.PASSPORTS[first.passport]), first.nationality
    holder = tr("{name} ({code}), {passport}", name=name, code=code, passport=passport)
    visited = ", ".join(dict.fromkeys(leg.destination.name for leg in answer.items))
    return [said, f"{holder}: {visited}"]


def blocks(answer: Envelope, *, full: bool = False) -> Iterator[Block]:
    """Yield what must be done in the order of days, then what would work in place of a leg."""
    best = ordered(answer)
    due = phrases_trip.due(best, full=full)
    tasks = dict.fromkeys(phrases_trip.due_line(*one, full=full) for one in due)
    yield tr("To do"), [*tasks]
    yield tr("Instead"), [phrases_trip.instead_line(leg) for leg in best]
    yield tr("Borders"), [phrases_trip.border_line(leg) for leg in best]
    if full:
        for leg in best:
            yield tr("Leg {n}, {code}", n=leg.leg, code=leg.destination.code), [*_grounds(leg)]
    notes = [noted(note) for note in answer.notes if note.code not in TOLD]
    yield tr("Note"), [] if full else notes


def _grounds(leg: Leg) -> Iterator[str]:
    """Yield what a leg rests on."""
    with phrases.entering(leg):
        yield from map(phrases_stay.counted, leg.limits)
        yield from (advisory.text for advisory in leg.advisories)
        if leg.ground:
            yield from brief.ground(leg.ground.act, leg.ground.source)


def text(answer: Envelope, width: int, *, full: bool = False) -> str:
    """Return the whole journey; ``full`` shows every passport on each leg, and its grounds."""
    tone = phrases_trip.headline(answer.items).tone
    said, *who = opening(answer)
    lines = [toned(line, tone) for line in paragraph(said, width)]
    lines += [line for one in who for line in paragraph(one, width)]
    shown: Sequence[Leg] = answer.items if full else ordered(answer)
    passport = {PASSPORT: USED if full else COLUMNS[2]} if several(answer) else {PASSPORT: None}
    kept = [one for column in COLUMNS if (one := passport.get(column.heading, column))]
    lines += ["", table(kept, shown, width), ""]
    if full and several(answer):
        lines += [tr("* = the passport to use on that leg."), ""]
    lines += labelled(blocks(answer, full=full), width, snug=True)
    if full:
        return "\n".join([*lines, "", *footer(answer, width, TOLD)])
    release = str(answer.data.release)
    more = tr("Data of {release}. Not legal advice. More: --full, --cite", release=release)
    return "\n".join([*lines, *paragraph(more, width)])

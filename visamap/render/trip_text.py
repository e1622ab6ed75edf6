"""The answer to ``trip``: whether it is possible, a table of its legs, then what must be done."""

from collections.abc import Iterator, Sequence

from visamap.i18n import mark, tr
from visamap.render import phrases, phrases_trip
from visamap.render.layout import AS_KNOWN, Column, footer, labelled, more, paragraph
from visamap.render.phrases import entering
from visamap.render.table import table
from visamap.results.parts import Envelope
from visamap.results.trip import Leg, ToDo
from visamap.terminal import toned

TOLD = (AS_KNOWN, "trip")
"""Remarks that stand above already."""


def _days(leg: Leg) -> str:
    return f"{leg.entry}/\n{leg.exit or ''}" + (f"  {leg.days}" if leg.days else "")


def _answer(leg: Leg) -> str:
    tone = phrases.in_practice(phrases_trip.TONES[leg.allowed], leg.advisories)
    short = tr("Border closed") if tone == "closed" else tr(phrases_trip.ANSWERS[leg.allowed])
    return toned(short, tone)


def _why(leg: Leg) -> str:
    with entering(leg):
        if leg.allowed and leg.exit is None and leg.latest_exit:
            return tr("until {day} at the latest", day=leg.latest_exit)
        return phrases_trip.terms(leg) if leg.allowed else phrases_trip.why(leg)


COLUMNS = (
    Column(mark("Leg"), lambda a: str(a.leg)),
    Column(mark("Destination"), lambda a: f"{a.destination.name} ({a.destination.code})"),
    Column(mark("Passport"), lambda a: a.nationality.code),
    Column(mark("Days"), _days),
    Column(mark("Answer"), _answer),
    Column(mark("Why"), _why),
    Column(mark("Used"), phrases_trip.counted),
)


def ordered(answer: Envelope) -> list[Leg]:
    """Return the legs with the passport to use on each."""
    return [leg for leg in answer.items if leg.best]


def text(answer: Envelope, width: int, *, full: bool = False) -> str:
    """Return the whole journey; ``full`` shows every passport on each leg, and all that is due."""
    best = ordered(answer)
    headline = phrases_trip.headline(answer.items)
    known = phrases.as_known(headline.sentence, best[-1].entry, answer.data)
    lines = [toned(line, headline.tone) for line in paragraph(known, width)]
    several = len({leg.nationality for leg in answer.items}) > 1
    if not several:
        code, name = best[0].nationality
        who = tr("{name} ({code}), {passport}", name=name, code=code, passport=_passport(best[0]))
        lines += paragraph(who, width)
    shown = answer.items if full else best
    kept = [column for column in COLUMNS if several or column.heading != "Passport"]
    lines += ["", table(kept, shown, width), ""]
    blocks = [(tr("To do"), [*_due(best, full=full)]), (tr("Instead"), [*_instead(best)])]
    lines += labelled([block for block in blocks if block[1]], width, snug=True)
    if not full:
        lines += [*more(full, width), ""]
    return "\n".join([*lines, *footer(answer, width, TOLD)])


def _passport(leg: Leg) -> str:
    return tr(phrases.PASSPORTS[leg.passport])


def _due(legs: Sequence[Leg], *, full: bool) -> Iterator[str]:
    """Yield what must be done, in order of days; what has no day comes last, in full only."""
    found = [(one.by, leg, one) for leg in legs for one in leg.to_do if full or _shown(one)]
    found.sort(key=lambda one: (one[0] is None, one[0] or one[1].entry, one[1].leg))
    for by, leg, one in found:
        with entering(leg):
            said, code = phrases_trip.task(one), leg.destination.code
        if by is None:
            yield tr("{code}: {task}", code=code, task=said)
        elif one.late:
            yield tr("was due by {day} ({code}): {task}", day=str(by), code=code, task=said)
        else:
            yield tr("by {day} ({code}): {task}", day=str(by), code=code, task=said)


ALWAYS = {"e-visa", "visa", "invitation", "border-zone"}
"""Tasks that are told in brief even where they have no day."""


def _shown(one: ToDo) -> bool:
    return one.by is not None or one.what in ALWAYS


def _instead(legs: Sequence[Leg]) -> Iterator[str]:
    """Yield what would work where a leg does not."""
    for leg in legs:
        said = phrases_trip.instead(leg) if leg.allowed is False else []
        if said:
            found = "; ".join(said)
            yield tr("leg {n} ({code}): {found}", n=leg.leg, code=leg.destination.code, found=found)

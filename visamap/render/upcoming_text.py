"""The answer to ``upcoming``: known days in order, then bounds, then acts without a day."""

from collections.abc import Iterator

from visamap.i18n import tr
from visamap.render import phrases, phrases_time
from visamap.render.layout import AS_KNOWN, Column, footer, paragraph
from visamap.render.phrases import short
from visamap.results.parts import Envelope
from visamap.results.time import Upcoming

COLUMNS = (
    Column("Day", lambda u: short(u.on, u.between)),
    Column("Kind", lambda u: u.kind),
    Column("What", phrases_time.coming),
    Column("For", lambda u: ", ".join(country.code for country in u.nationalities)),
    Column("Passports", lambda u: ", ".join(u.passports)),
    Column("Confidence", lambda u: u.confidence),
    Column("Sources", lambda u: " ".join(f"<{source.url}>" for source in u.sources)),
)


def text(answer: Envelope, width: int) -> str:
    """Return what is coming after the day asked."""
    day, passport = answer.asked["on"], answer.asked["passport"]
    number = len(answer.items) or tr("nothing known")
    heading = tr("After {day}: {number}.", day=day, number=number)
    if passport:
        held = tr(phrases.PASSPORTS[passport])
        heading = tr("After {day}, {passport}: {number}.", day=day, passport=held, number=number)
    known = [item for item in answer.items if item.on]
    bounded = [item for item in answer.items if item.on is None and item.between]
    undated = [item for item in answer.items if item.on is None and item.between is None]
    lines = [*paragraph(phrases.as_known(heading, day, answer.data), width), ""]
    lines += _part(tr("On a known day"), known, width)
    lines += _part(tr("Only bounds of the day are known"), bounded, width)
    lines += _part(tr("No day is known"), undated, width)
    return "\n".join([*lines, *footer(answer, width, {AS_KNOWN})])


def _part(heading: str, items: list[Upcoming], width: int) -> Iterator[str]:
    if not items:
        return
    yield from paragraph(f"{heading}: {len(items)}", width)
    yield ""
    for item in items:
        yield from paragraph(phrases_time.coming(item), width, "  ", "- ")
    yield ""

"""The answer to ``upcoming``: known days in order, then bounds, then acts without a day."""

from collections.abc import Iterator

from visamap.presenters import sentences, time_sentences
from visamap.presenters.columns import Column
from visamap.presenters.grounds import footer
from visamap.presenters.layout import paragraph
from visamap.results.parts import Envelope
from visamap.results.upcoming import Upcoming

INDENT = "  "


def _day(item: Upcoming) -> str:
    if item.on:
        return item.on.isoformat()
    return f"{item.between[0]}..{item.between[1] or ''}" if item.between else ""


COLUMNS = (
    Column("Day", _day),
    Column("Kind", lambda u: u.kind),
    Column("What", time_sentences.coming),
    Column("For", lambda u: ", ".join(country.code for country in u.nationalities)),
    Column("Passports", lambda u: ", ".join(u.passports)),
    Column("Confidence", lambda u: u.confidence),
    Column("Sources", lambda u: " ".join(f"<{source.url}>" for source in u.sources)),
)


def text(answer: Envelope, width: int) -> str:
    """Return what is coming after the day asked."""
    day, passport = answer.asked["on"], answer.asked["passport"]
    held = f", {sentences.PASSPORTS[passport]}" if passport else ""
    known = [item for item in answer.items if item.on]
    bounded = [item for item in answer.items if item.on is None and item.between]
    undated = [item for item in answer.items if item.on is None and item.between is None]
    lines = [*paragraph(f"After {day}{held}: {len(answer.items) or 'nothing known'}.", width), ""]
    lines += _part("On a known day", known, width)
    lines += _part("Only bounds of the day are known", bounded, width)
    lines += _part("No day is known", undated, width)
    return "\n".join([*lines, *footer(answer, width)])


def _part(heading: str, items: list[Upcoming], width: int) -> Iterator[str]:
    if not items:
        return
    yield from paragraph(f"{heading}: {len(items)}", width)
    yield ""
    for item in items:
        first, *rest = paragraph(time_sentences.coming(item), width - len(INDENT))
        yield f"- {first}"
        yield from (f"{INDENT}{line}" for line in rest)
    yield ""

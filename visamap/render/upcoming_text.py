"""The answer to ``upcoming``: known days in order, then bounds, then acts without a day."""

from visamap.i18n import Span, mark, tr, trn
from visamap.render import phrases, phrases_time
from visamap.render.labels import act_status, confidence, passport_kind
from visamap.render.phrases import short
from visamap.render.sections import AS_KNOWN, Column, footer, more, paragraph
from visamap.render.table import table
from visamap.results.parts import Envelope
from visamap.results.time_results import Upcoming

STEPS = {
    "enters-into-force": mark("enters into force"),
    "ends": mark("ends"),
    "rule-begins": mark("a rule begins"),
    "rule-ends": mark("a rule is over"),
    "suspension-begins": mark("a suspension begins"),
    "suspension-ends": mark("a suspension is over"),
    "limit-begins": mark("a limit begins"),
    "limit-ends": mark("a limit is over"),
    "transit-begins": mark("visa-free transit begins"),
    "transit-ends": mark("visa-free transit is over"),
}
"""What comes, in a cell; an act that is only under way shows how it stands."""
LAST_STEPS = ("approved", "signed", "draft")
"""How near to its entry into force an act without a day is, the nearest first."""


def _step(item: Upcoming) -> str:
    said = tr(STEPS[item.kind]) if item.kind in STEPS else act_status(item.status)
    return f"{said} ?" if item.confidence == "low" else said


COLUMNS = (
    Column("Day", lambda u: short(u.on, u.between)),
    Column("Kind", _step),
    Column("What", phrases_time.coming),
    Column("For", lambda u: ", ".join(country.code for country in u.nationalities)),
    Column("Passports", lambda u: ", ".join(map(passport_kind, u.passports))),
    Column("Confidence", lambda u: confidence(u.confidence)),
)
TABLE = (
    Column("Day", lambda u: short(u.on, u.between) or short(u.since, u.since_between) or "-"),
    Column("Step", _step),
    Column("For", lambda u: phrases_time.who(u.nationalities, codes=False) or "-"),
    Column("Act", lambda u: u.act.id),
)
ON_A_PAGE = (*TABLE[:3], Column("Act", lambda u: Span(u.act.title, "act", u.act.id)))


def text(answer: Envelope, width: int, *, full: bool = False, stale: bool = False) -> str:
    """Return what is coming after the day asked, ``full`` in sentences.

    Acts that came to a halt long ago are counted only, unless ``stale`` asks for them.
    """
    day, passport = answer.asked["on"], answer.asked["passport"]
    items = [item for item in answer.items if stale or not item.stale]
    hidden = len(answer.items) - len(items)
    number = len(items) or tr("nothing known")
    heading = tr(
        "To come for entry into {home_into} after {day}: {number}.", day=day, number=number
    )
    if passport:
        held = tr(phrases.PASSPORTS[passport])
        heading = tr(
            "To come for entry into {home_into} after {day}, {passport}: {number}.",
            day=day,
            passport=held,
            number=number,
        )
    known = [item for item in items if item.on]
    bounded = [item for item in items if item.on is None and item.between]
    undated = [item for item in items if item.on is None and item.between is None]
    undated.sort(key=_newest, reverse=True)
    undated.sort(key=lambda item: LAST_STEPS.index(item.kind))
    lines = [*paragraph(phrases.as_known(heading, day, answer.data), width), ""]
    for part, found in (
        (tr("On a known day"), known),
        (tr("Only bounds of the day are known"), bounded),
        (tr("No day is known; the last step"), undated),
    ):
        if found:
            lines += [*paragraph(f"{part}: {len(found)}", width), ""]
            if full:
                for item in found:
                    lines += paragraph(phrases_time.coming(item), width, "  ", "- ")
            else:
                lines.append(table(TABLE, found, width))
            lines.append("")
    if hidden:
        said = trn(
            "{n} more act took no step for five years; --all lists it.",
            "{n} more acts took no step for five years; --all lists them.",
            hidden,
        )
        lines += paragraph(said, width)
    if items:
        lines += [*more(full, width), ""]
    return "\n".join([*lines, *footer(answer, width, {AS_KNOWN})])


def _newest(item: Upcoming) -> str:
    return str(item.since or (item.since_between[0] if item.since_between else ""))

"""The answer to ``diff``: one table for each kind of change, certain ones first."""

from itertools import groupby

from visamap.i18n import Span, mark, tr, trc
from visamap.render import phrases, phrases_time
from visamap.render.labels import confidence
from visamap.render.phrases import short
from visamap.render.sections import AS_KNOWN, Column, footer, more, paragraph
from visamap.render.table import table
from visamap.results.parts import Envelope

HEADINGS = {
    "gained": mark("Gained visa-free entry"),
    "lost": mark("Lost visa-free entry"),
    "terms": mark("Visa-free on other terms"),
    "ground": mark("Same terms, under another act"),
    "possible-gained": mark("Perhaps gained (one of the two days is not certain)"),
    "possible-lost": mark("Perhaps lost (one of the two days is not certain)"),
    "possible-terms": mark("Perhaps on other terms"),
}
COLUMNS = (
    Column("Code", lambda d: d.nationality.code),
    Column("Nationality", lambda d: d.nationality.name),
    Column("Change", lambda d: tr(HEADINGS[d.change])),
    Column("Before", lambda d: phrases_time.standing(d.before)),
    Column("After", lambda d: phrases_time.standing(d.after)),
    Column("On", lambda d: short(d.on, d.on_between)),
    Column("Act", lambda d: d.by.id if d.by else ""),
    Column("Confidence", lambda d: confidence(d.confidence)),
)
CODE, NAME, _CHANGE, BEFORE, AFTER, ON, ACT, _SURE = COLUMNS
IN_FULL = (CODE, NAME, BEFORE, AFTER, ON, ACT)
"""The heading of the table says which change it is."""
TABLE = (
    NAME,
    Column("Before", lambda d: phrases_time.standing(d.before, short=True)),
    Column("After", lambda d: phrases_time.standing(d.after, short=True)),
    ON,
    ACT,
)
ON_A_PAGE = (
    Column("Nationality", lambda d: Span(d.nationality.name, "nationality", d.nationality.code)),
    BEFORE,
    AFTER,
    ON,
    Column("Act", lambda d: Span(d.by.title, "act", d.by.id) if d.by else ""),
)


def opening(answer: Envelope) -> str:
    """Return how many changes there were between which days."""
    asked = answer.asked
    heading = tr(
        "Changes to entry into {home_into} from {first} to {last}, {passport}: {number}.",
        first=asked["from"],
        last=asked["to"],
        passport=tr(phrases.PASSPORTS[asked["passport"]]),
        number=len(answer.items) or trc("changes", "none"),
    )
    return phrases.as_known(heading, max(asked["from"], asked["to"]), answer.data)


def text(answer: Envelope, width: int, *, full: bool = False) -> str:
    """Return the changes between the two days, their limits as figures unless ``full``."""
    items = answer.items
    lines = [*paragraph(opening(answer), width), ""]
    for change, found in groupby(items, key=lambda item: item.change):
        group = list(found)
        lines += [*paragraph(f"{tr(HEADINGS[change])}: {len(group)}", width), ""]
        lines += [table(IN_FULL if full else TABLE, group, width), ""]
    if items:
        limits = [limit for d in items for one in (d.before, d.after) for limit in one.limits]
        lines += [] if full else paragraph(phrases.terms_legend(limits), width)
        lines += [*more(full, width), ""]
    return "\n".join([*lines, *footer(answer, width, {AS_KNOWN})])

"""Who may enter visa-free on a day, as a table: certain ones, then possible ones, then totals."""

from collections.abc import Sequence

from visamap.i18n import mark, tr
from visamap.limits import any_length
from visamap.render import phrases
from visamap.render.phrases import short
from visamap.render.sections import AS_KNOWN, Column, footer, paragraph
from visamap.render.table import rows, table
from visamap.results.partner_results import Partner
from visamap.results.parts import Envelope

GROUNDS = {
    "agreement": mark("agreement"),
    "unilateral": mark("own list"),
    None: mark("not identified"),
}


def _ground(partner: Partner) -> str:
    ground = tr(GROUNDS[partner.basis])
    return f"{ground} +" if partner.also_basis else ground


def _untold(partner: Partner) -> str:
    return "∞" if any_length(partner.limits) else "?"


TABLE = (
    Column(mark("Code"), lambda p: p.nationality.code),
    Column(mark("Nationality"), lambda p: p.nationality.name),
    Column(mark("Days"), lambda p: str(p.max_stay_days or _untold(p))),
    Column(mark("Limits"), lambda p: "; ".join(phrases.marked_terms(p)) or "?"),
    Column(mark("Ground"), _ground),
    Column(mark("Since"), lambda p: short(p.since, p.since_between) or "?"),
)
COLUMNS = (*TABLE, Column(mark("Certain"), lambda p: tr("no") if p.possible else tr("yes")))
"""For forms in which certain and possible ones stand in one table."""


BRIEF = (
    *TABLE[:2],
    Column(mark("Limits"), lambda p: phrases.terms_short(p.limits, p.doubtful_limits) or "?"),
    Column(mark("Ground"), _ground),
    TABLE[-1],
)


def text(answer: Envelope, width: int, *, full: bool = False) -> str:
    """Return the table of the day with its totals: a nationality a line, if not in ``full``."""
    certain = [item for item in answer.items if not item.possible]
    possible = [item for item in answer.items if item.possible]
    held, day = tr(phrases.PASSPORTS[answer.asked["passport"]]), answer.asked["on"]
    opening = tr(
        "Visa-free into {home_into} on {day}, {passport}: {n}.",
        day=day,
        passport=held,
        n=len(certain),
    )
    lines = [*paragraph(phrases.as_known(opening, day, answer.data), width), ""]
    if certain:
        lines += [_table(certain, width, full=full), ""]
    if possible:
        perhaps = tr("Perhaps visa-free on that day: {n}.", n=len(possible))
        lines += [*paragraph(perhaps, width), ""]
        lines += [_table(possible, width, full=full), ""]
    if not full and answer.items:
        limits = [limit for item in answer.items for limit in item.limits]
        doubtful = {limit for item in answer.items for limit in item.doubtful_limits}
        legend = [phrases.terms_legend(limits, doubtful)]
        if any(item.also_basis for item in answer.items):
            legend.append(tr("+ = on both grounds."))
        lines += paragraph(" ".join(legend).strip(), width)
    return "\n".join([*lines, *footer(answer, width, {AS_KNOWN})])


def _table(partners: Sequence[Partner], width: int, *, full: bool) -> str:
    return table(TABLE, partners, width) if full else rows(BRIEF, partners, width, cut=1)

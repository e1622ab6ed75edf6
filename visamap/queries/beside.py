"""What stands beside the verdict on a day: duties, practice, transit, other papers, other visas."""

from collections.abc import Iterator

from visamap.index import Index
from visamap.periods import known_ends
from visamap.queries.verdict import NATIONAL_KINDS, STATELESS_KINDS, Applied, Visitor, selects
from visamap.results.check import (
    AdvisoryNote,
    DocumentNote,
    DutyNote,
    TransitNote,
    VisaHints,
)
from visamap.vocabulary import Confidence


def duties(index: Index, visitor: Visitor, chosen: Applied | None) -> Iterator[DutyNote]:
    """Yield what visitor and host must do; only a visitor without a visa is asked about.

    Who may belong to those that a duty is for had better do it.
    """
    if chosen is None:
        return
    stay = chosen.max_stay_days
    for duty in index.rules("duties"):
        if not duty.bounds.surely(visitor.on):
            continue
        over, longest = duty.selector.stay_over_days, duty.selector.max_stay_over_days
        too_short = stay is not None and (stay <= (over or 0) or stay <= (longest or 0))
        if too_short:
            continue
        if selects(index, duty, visitor, chosen.regime.act.basis) is not False:
            yield DutyNote(duty.id, stay_over_days=over, **duty.fields)


def advisories(index: Index, visitor: Visitor) -> Iterator[AdvisoryNote]:
    """Yield the times in which practice differed from law, uncertain ends included."""
    for rule in index.rules("advisories"):
        chosen = selects(index, rule, visitor, None)
        if rule.bounds.whole.covers(visitor.on) and chosen is not False:
            surely = chosen is True and rule.bounds.surely(visitor.on)
            start, end = known_ends(rule.bounds)
            yield AdvisoryNote(
                rule.id, rule.fields["kind"], start, end, surely, rule.fields["text"]
            )


def transit(index: Index, visitor: Visitor) -> Iterator[TransitNote]:
    """Yield the transit rules of the day, and those that may hold."""
    for row, period, sure in index.transit(visitor.nationality, visitor.passport):
        if period.covers(visitor.on):
            yield TransitNote(
                row["id"],
                row["hours"],
                tuple(row["airports"]),
                row["carriers"],
                *period,
                possible=not sure,
            )


def documents(index: Index, visitor: Visitor, chosen: Applied | None) -> Iterator[DocumentNote]:
    """Yield the papers that the border accepts from this nationality beside a passport.

    A paper with a way of its own stands beside an ordinary passport, and is of use only to those
    who are not visa-free anyway.
    """
    for row, bounds in index.documents(visitor.nationality):
        own_way = chosen is None and visitor.passport == "ordinary"
        needed = row["in_place_of"] is not None or own_way
        if needed and bounds.surely(visitor.on):
            said = (row[key] for key in ("id", "title", "document", "terms", "confidence"))
            yield DocumentNote(*said)


def can_be_listed(index: Index, code: str) -> bool:
    """Tell whether a complete list of states settles anything about a code that it leaves out.

    It settles nothing about a document that only resembles a state's passport.
    """
    return index.kind(code) in NATIONAL_KINDS | STATELESS_KINDS


def visa_hints(index: Index, visitor: Visitor) -> VisaHints:
    """Return what is known of the e-visa, the invitation and the usual visitor visas.

    A list that is not complete never says no; a list of weak evidence speaks only where it stands
    in for an official list that was not found. Lists tell nothing of official passports, whose
    holders have visas of their own.
    """
    day, every = visitor.on.isoformat(), index.tables["visitor_visas"]
    own = [row for row in every if visitor.passport in row["passports"]]
    codes = tuple(
        row["code"]
        for row in own or every
        if (own or not row["passports"])
        and row["from"]
        and row["from"] <= day
        and (row["until"] is None or day < row["until"])
    )
    if own:
        return VisaHints(None, None, None, None, codes)
    e_visa: tuple[str, Confidence] | None = None
    said: set[bool | None] = set()
    for row, bounds in index.lists():
        if not bounds.whole.covers(visitor.on):
            continue
        sure = row["speaks"] and bounds.surely(visitor.on)
        listed = visitor.nationality in row["members"]
        if row["purpose"] == "e-visa" and listed and sure and not e_visa:
            e_visa = row["id"], row["confidence"]
        elif row["purpose"] == "invitation-exempt" and (
            listed or (row["complete"] and can_be_listed(index, visitor.nationality))
        ):
            said.add(listed if sure else None)
    # One list that exempts is enough; a "no" stands only where none may say otherwise.
    exempt = True if True in said else None if None in said or not said else False
    listed_by, confidence = e_visa or (None, None)
    return VisaHints(True if e_visa else None, listed_by, confidence, exempt, codes)


def fitting(index: Index, hints: VisaHints, days: int) -> VisaHints:
    """Add which of the visas are not known to be too short for a stay of so many days."""
    stays = {row["code"]: row["stay"] for row in index.tables["visitor_visas"]}
    return hints._replace(fitting=tuple(c for c in hints.codes if (stays[c] or days) >= days))

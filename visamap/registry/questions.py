"""Whole answers: each question with what was asked and what must be remarked on.

The command line, the web and MCP all return these, so an answer is the same through every door.
Doors read words and choose a form; nothing here prints, asks the clock or decides about visas.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from visamap.arguments import as_passport
from visamap.registry import Registry
from visamap.results.parts import Envelope, Note
from visamap.vocabulary import Passport

NOTHING = Note("nothing_found", {})
OWN_CODES = ("HKG", "MAC", "TWN", "XKX", "PSE")
"""Places that are answered on their own; a remark says which list of codes we follow."""
NO_FILTERS: dict[str, Any] = {
    "year": None,
    "event": "any",
    "partner": None,
    "status": None,
    "passport": None,
    "kind": "agreement",
}
"""The filters of ``agreements`` as they stand in an answer where none was given."""


def envelope(
    registry: Registry,
    command: str,
    asked: dict[str, Any],
    items: Iterable[Any],
    notes: Iterable[Note] = (),
) -> Envelope:
    """Wrap items as every door returns them; a day after the release is remarked on."""
    found, remarks = tuple(items), list(notes)
    release, on = registry.data.release, asked.get("on")
    # A plan may reach past the release where the day asked does not.
    if (on and on > release) or (command == "stay" and found[0].as_known_on):
        remarks.append(Note("as_known_on", {"release": release.isoformat()}))
    if any(_is_late(item) for item in found):
        days = {"release": release.isoformat(), "last": registry.index.horizon.isoformat()}
        remarks.append(Note("beyond_horizon", days))
    return Envelope(command, registry.data, asked, found, tuple(remarks))


def _is_late(item: Any) -> bool:
    """Tell whether an answer, or that about a plan, is about a day of entry past the horizon."""
    return any(
        getattr(one, "reason", None) == "beyond_horizon"
        for one in (item, getattr(item, "plan", None))
    )


def check(  # noqa: PLR0913  one argument for each option
    registry: Registry,
    nationalities: Sequence[str],
    *,
    on: date,
    passport: str = "ordinary",
    days: int | None = None,
    require: str | None = None,
    reciprocity: bool = False,
) -> Envelope:
    """May these nationalities of one traveller enter on that day?"""
    answers = registry.check_all(nationalities, on=on, passport=passport, days=days)
    if reciprocity:
        answers = registry.with_reciprocity(answers)
    asked = {
        "nationalities": list(nationalities),
        "on": on,
        "passport": as_passport(passport),
        "days": days,
        "require": require,
    }
    notes = [
        Note("own_code", {"nationality": a.nationality.code, "name": a.nationality.name})
        for a in answers
        if a.nationality.code in OWN_CODES
    ]
    notes += _held(*answers)
    if reciprocity:
        notes += [
            Note("reciprocity_unknown", {"name": a.nationality.name})
            for a in answers
            if a.reciprocity is None and a.verdict != "citizen"
        ]
    notes += registry.acts_not_worked_through(answers)
    return envelope(registry, "check", asked, answers, notes)


def partners(  # noqa: PLR0913  one argument for each filter
    registry: Registry,
    *,
    on: date,
    passport: str = "ordinary",
    basis: str | None = None,
    min_days: int | None = None,
    possible: bool = False,
) -> Envelope:
    """Who may enter visa-free on that day?"""
    kind = as_passport(passport)
    every = registry.partners(on=on, passport=kind, basis=basis, min_days=min_days, possible=True)
    found = [partner for partner in every if possible or not partner.possible]
    asked = {
        "on": on,
        "passport": kind,
        "basis": basis,
        "min_days": min_days,
        "possible": possible,
    }
    notes = [Note("totals", registry.totals(every)._asdict())]
    if len(found) < len(every):
        notes.append(Note("possible_left_out", {}))
    notes += registry.left_out(on=on, passport=kind, basis=basis, min_days=min_days)
    if gap := _gap(registry, kind, on):
        code = "list_incomplete" if gap["since"] else "list_never_complete"
        notes.append(Note(code, gap))
    return envelope(registry, "partners", asked, found, notes)


def agreements(registry: Registry, *, on: date, **filters: Any) -> Envelope:
    """Return which acts were signed, approved, in force or ended."""
    found = registry.agreements(on=on, **filters)
    asked: dict[str, Any] = {"id": None, **NO_FILTERS, **filters, "on": on}
    if filters.get("partner"):
        asked["partner"] = registry.resolve(filters["partner"])
    if filters.get("status"):
        asked["status"] = filters["status"].replace("-", "_")
    if filters.get("passport"):
        asked["passport"] = as_passport(filters["passport"])
    return envelope(registry, "agreements", asked, found, [] if found else [NOTHING])


def agreement(registry: Registry, act: str, *, on: date) -> Envelope:
    """Return one act in full."""
    asked = {"id": act, **NO_FILTERS, "on": on}
    return envelope(registry, "agreements", asked, [registry.agreement(act, on=on)])


def visas(
    registry: Registry,
    *,
    on: date,
    code: str | None = None,
    nationality: str | None = None,
    purpose: str | None = None,
) -> Envelope:
    """Return which visas there are, or one in full."""
    found = (
        registry.visas(on=on, purpose=purpose, nationality=nationality)
        if code is None
        else (registry.visa(code, on=on, nationality=nationality),)
    )
    notes = registry.visa_remarks(found, on=on, code=code, purpose=purpose)
    asked = {"code": code, "on": on, "nationality": nationality, "for": purpose}
    return envelope(registry, "visas", asked, found, notes)


def outbound(  # noqa: PLR0913  one argument for each filter
    registry: Registry,
    passports: Sequence[str],
    *,
    on: date,
    to: str | None = None,
    requirement: str | None = None,
    differ: bool = False,
    best: bool = False,
) -> Envelope:
    """Where may these passports go?"""
    every = registry.outbound(*passports, on=on, to=to)
    found = registry.outbound(
        *passports, on=on, to=to, requirement=requirement, differ=differ, best=best
    )
    asked = {
        "passports": list(passports),
        "to": to,
        "on": on,
        "requirement": requirement,
        "differ": differ,
        "best": best,
    }
    notes = []
    for counts in registry.outbound_counts(every) if to is None else ():
        values = {key: value for key, value in counts._asdict().items() if key != "passport"}
        passport = {"passport": counts.passport.code, "name": counts.passport.name}
        notes.append(Note("outbound_counts", {**passport, "on": on.isoformat(), **values}))
    if to is not None and not every:
        notes.append(Note("outbound_own", {}))
    return envelope(registry, "outbound", asked, found, notes)


def ranks(  # noqa: PLR0913  one argument for each filter
    registry: Registry,
    passports: Sequence[str],
    *,
    edition: str = "all",
    index: str | None = None,
    since: str | None = None,
    on: date | None = None,
    formula: str | None = None,
) -> Envelope:
    """Where do these passports stand?"""
    found = registry.ranks(
        *passports, edition=edition, index=index, since=since, on=on, formula=formula
    )
    asked = {
        "passports": registry.passports_asked(*passports),
        "edition": edition,
        "index": index,
        "since": since,
        "on": on,
        "formula": formula,
    }
    notes = list(registry.rank_remarks(found, *passports))
    return envelope(registry, "ranks", asked, found, notes or ([] if found else [NOTHING]))


def claims(registry: Registry, *, on: date | None = None, what: str | None = None) -> Envelope:
    """Return published figures against our own data."""
    found = registry.claims(on=on, what=what)
    return envelope(registry, "claims", {"on": on, "what": what}, found, [] if found else [NOTHING])


def stay(  # noqa: PLR0913  one argument for each option
    registry: Registry,
    nationality: str,
    trips: Sequence[Any],
    *,
    on: date,
    plan: str | None = None,
    passport: str = "ordinary",
) -> Envelope:
    """How many days are left, when out, when back?"""
    answer = registry.stay(nationality, on=on, trips=trips, plan=plan, passport=passport)
    asked = {
        "nationality": nationality,
        "on": on,
        "passport": as_passport(passport),
        "trips": [trip for trip in trips if isinstance(trip, str)],
        "plan": plan,
    }
    notes = (*_held(answer), *registry.stay_remarks(answer))
    return envelope(registry, "stay", asked, [answer], notes)


def timeline(
    registry: Registry,
    nationality: str,
    *,
    passport: str = "ordinary",
    since: date | None = None,
    until: date | None = None,
) -> Envelope:
    """How has it been for a nationality?"""
    found = registry.timeline(nationality, passport=passport, since=since, until=until)
    holder = registry.index.country(registry.resolve(nationality))
    asked = {
        "nationality": holder.code,
        "name": holder.name,
        "passport": found[0].passport if found else passport,
        "since": since,
        "until": until,
    }
    return envelope(
        registry, "timeline", asked, found, _held(*[one for one in found if one.held_passport][:1])
    )


def _held(*answers: Any) -> list[Note]:
    """Return a note for each answer that is given by the passport of another code."""
    return [
        Note(
            "held_passport",
            {
                "name": answer.nationality.name,
                "holder": answer.held_passport.name,
                "code": answer.held_passport.code,
            },
        )
        for answer in answers
        if answer.held_passport
    ]


def diff(registry: Registry, first: date, second: date, *, passport: str = "ordinary") -> Envelope:
    """What changed between two days?"""
    kind = as_passport(passport)
    found = registry.diff(first, second, passport=kind)
    early, late = sorted((first, second))
    release = registry.data.release
    notes = []
    if first > second:
        notes.append(Note("read_backwards", {"from": str(first), "to": str(second)}))
    if gap := _gap(registry, kind, early):
        notes.append(Note("covered_from" if gap["since"] else "covered_never", gap))
    if late > release:
        notes.append(Note("as_known_on", {"release": str(release)}))
    if not found:
        notes.append(NOTHING)
    asked = {"from": first, "to": second, "passport": kind}
    return envelope(registry, "diff", asked, found, notes)


def upcoming(registry: Registry, *, on: date, passport: str | None = None) -> Envelope:
    """What is coming?"""
    kind = None if passport is None else as_passport(passport)
    found = registry.upcoming(on=on, passport=kind)
    notes = []
    if on < registry.data.release:
        notes.append(Note("hindsight", {"release": str(registry.data.release)}))
    if not found:
        notes.append(NOTHING)
    return envelope(registry, "upcoming", {"on": on, "passport": kind}, found, notes)


def _gap(registry: Registry, kind: Passport, on: date) -> dict[str, Any] | None:
    """Return since when a missing rule means a visa, where it does not yet mean one on a day."""
    covered = registry.index.covered_from(kind)
    if covered is not None and on >= covered:
        return None
    return {"passport": kind, "since": covered}


def feed(registry: Registry, kind: str, *, since: date | None = None) -> Envelope:
    """What happened, event by event, for readers of feeds and calendars?"""
    asked = {"kind": kind, "since": since}
    return envelope(registry, "feed", asked, registry.feed(since=since))


def coverage(registry: Registry, *, on: date, months: int) -> Envelope:
    """Return what is known, how surely, from what, and what is not known."""
    found = registry.coverage(on=on, months=months)
    return envelope(registry, "coverage", {"on": on, "months": months}, [found])


def releases(registry: Registry, old: str, new: str) -> Envelope:
    """Return what a release says otherwise than an earlier one; both are files of ``export``."""
    found, early, late = registry.release_changes(old, new)
    asked = {"old": early, "new": late}
    notes = [Note("releases_backwards", {})] if early["release"] > late["release"] else []
    return envelope(registry, "releases", asked, found, notes)

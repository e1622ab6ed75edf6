"""The words behind the codes of a visa, and the phrases that its fields become."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from visamap.presenters import sentences
from visamap.results.visas import EVisa, Extension, FeeLine, Figure, ForNationality, ListRef, Visa

ISSUED_BY = {
    "mission": "an embassy or consulate abroad",
    "mfa": "the foreign ministry in Kazakhstan",
    "mia": "the migration police in Kazakhstan",
    "e-visa": "the e-visa portal",
}
WORK = {"none": "no paid work", "limited": "limited", "allowed": "allowed"}
BY_GENERAL_RULE = " (by the general rule; no source says it of this very visa)"
UNKNOWN = "not known."


def nationality(one: ForNationality, on: str) -> str:
    """Return whether a visa is needed at all, for a short stay on the day asked."""
    who = f"{one.nationality.name} ({one.nationality.code}) on {on}: "
    if one.verdict == "citizen":
        return f"{who}no visa; {sentences.REASONS['citizen']}."
    if one.verdict == "visa_free":
        stay = f" for up to {one.max_stay_days} days" if one.max_stay_days else ""
        purposes = f" ({', '.join(one.purposes)})" if one.purposes else ""
        said = f"visa-free{stay}{purposes}; a visa is for other stays"
    else:
        reason = sentences.REASONS.get(one.reason, "the visa-free rule was suspended")
        opening = (
            "visa required" if one.verdict == "visa_required" else "visa-free or not is unknown"
        )
        said = f"{opening}: {reason}"
    practice = "".join(f"; but {sentences.ADVISORIES[kind]}" for kind in one.advisories)
    return f"{who}{said}{practice}."


def entries(one: Visa) -> Iterator[str]:
    """Yield each kind of entry with the longest validity."""
    terms = {
        "single": one.single_validity_days and f"valid up to {one.single_validity_days} days",
        "multiple": one.multiple_validity_months
        and f"valid up to {one.multiple_validity_months} months",
    }
    for kind in one.entries:
        yield f"{kind} entry, {terms[kind] or 'validity not known'}"


def stay(one: Visa) -> str:
    """Return how long the holder may stay."""
    days = f"up to {one.stay_days_per_entry} days" if one.stay_days_per_entry else ""
    if one.stay_rule == "whole-validity":
        return f"{days}, as long as the visa is valid." if days else "as long as the visa is valid."
    anew = ", counted anew with each entry" if one.stay_rule == "per-entry" else ""
    return f"{days} an entry{anew}." if days else UNKNOWN


def extension(one: Extension | None) -> str:
    """Return how a stay is prolonged; only for visas that can be."""
    if one is None:
        return "possible; the terms are not known."
    by = f", granted by {ISSUED_BY[one.by]}" if one.by else ""
    longest = [
        f"up to {number} {unit}"
        for number, unit in ((one.max_months, "months"), (one.max_days, "days"))
        if number
    ]
    said = f"possible{by}" + (f", {longest[0]}." if longest else ".")
    return f"{said} {one.text}" if one.text else said


def invitation(one: Visa) -> Iterator[str]:
    """Yield the rule, the list of those who are exempt, and what both mean for a nationality."""
    rule = {"required": "needed", "not-required": "not needed"}.get(one.invitation or "")
    general = BY_GENERAL_RULE if "invitation" in one.by_general_rule else ""
    yield f"{rule}{general}." if rule else UNKNOWN
    listed = by_id(one.lists, one.invitation_exempt)
    if listed:
        yield f"Exempt by the list [{listed.id}]: {listed.title}."
    found = one.for_nationality
    if found and found.verdict != "citizen":
        need = {"required": "needed", "not-required": "not needed"}.get(found.invitation or "")
        exempt = found.invitation_exempt
        by_list = "" if exempt is None else ", by that list" if exempt else "; not on that list"
        yield f"For {found.nationality.code}: {need or 'not known'}{by_list}."


def fees(lines: tuple[FeeLine, ...]) -> Iterator[str]:
    """Yield one sentence for each tariff; amounts in indices also in tenge."""
    yield "Last known, perhaps no longer charged:"
    for title, group in groupby(lines, key=lambda line: line.title):
        rates = list(group)
        since = sentences.between(rates[0].as_of, rates[0].as_of_between)
        dated = "" if since == UNKNOWN.rstrip(".") else f", from {since}"
        said = "; ".join(f"{line.what.replace('-', ' ')} {_amount(line)}" for line in rates)
        yield f"{title}{dated}: {said}."


def _amount(line: FeeLine) -> str:
    unit = "% of the MCI" if line.currency == "percent-of-MCI" else f" {line.currency}"
    tenge = f" ({Decimal(line.kzt):,.0f} tenge by the MCI of {line.mci_year})" if line.kzt else ""
    return f"{line.amount}{unit}{tenge}"


def e_visa(one: EVisa) -> Iterator[str]:
    """Yield the terms of the electronic form, where to apply and where to enter."""
    terms = [f"{one.entries} entry"]
    terms += [f"stay of {one.stay_days} days"] if one.stay_days else []
    terms += [f"valid {one.validity_days} days"] if one.validity_days else []
    terms += [f"since {one.since}"] if one.since else []
    note = f" {one.note}" if one.note else ""
    yield f"yes, for nationals of the e-visa states: {', '.join(terms)}.{note}"
    if one.portal:
        yield f"Apply at {one.portal}"
    yield from one.entry_points
    yield one.processing.text


def e_visa_answer(one: ForNationality) -> str | None:
    """Return "yes" or, on weak evidence, "likely"; an absence from a list proves nothing."""
    if not one.e_visa:
        return None
    return "likely" if one.e_visa_confidence == "low" else "yes"


def e_visa_for(one: ForNationality, lists: tuple[ListRef, ...]) -> str:
    """Return whether a nationality may have the electronic form, and by which list."""
    listed, said = by_id(lists, one.e_visa_list), e_visa_answer(one)
    if listed is None or said is None:
        return f"For {one.nationality.code}: not known; no list that we trust names it."
    return (
        f"For {one.nationality.code}: {said}, by the list \u201c{listed.title}\u201d "
        f"[{listed.id}], confidence {listed.confidence}."
    )


def figure(one: Figure) -> str:
    """Return a published number with what it counts."""
    more = "more than " if one.more_than else ""
    dated = f" ({one.as_of})" if one.as_of else ""
    note = f" {one.note}" if one.note else ""
    return f"{more}{one.value:,} {one.counts}{dated}.{note}"


def by_id(lists: tuple[ListRef, ...], wanted: str | None) -> ListRef | None:
    """Return the list of an id."""
    return next((listed for listed in lists if listed.id == wanted), None)

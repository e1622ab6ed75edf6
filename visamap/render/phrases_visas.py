"""The words behind the codes of a visa, and the phrases that its fields become."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby

from visamap.i18n import Span, joined, mark, number, of_home, put, tr, trc, trn
from visamap.render import phrases
from visamap.render.labels import confidence, currency, purpose, rate
from visamap.results.acts import EVisa, Extension, FeeLine, Figure, ForNationality, ListRef, Visa

ISSUED_BY = {
    "mission": mark("an embassy or consulate abroad"),
    "mfa": mark("the foreign ministry in {home_in}"),
    "mia": mark("the migration police in {home_in}"),
    "e-visa": mark("the e-visa portal"),
}
WORK = {"none": mark("no paid work"), "limited": mark("limited"), "allowed": mark("allowed")}
NEED = {"required": mark("needed"), "not-required": mark("not needed")}
"""Of an invitation."""
BY_LIST = {
    True: mark("For {code}: {answer}, by that list."),
    False: mark("For {code}: {answer}; not on that list."),
    None: mark("For {code}: {answer}."),
}
INDEX, PERCENT = "MCI", "percent-of-"
"""The unit that fees are counted in, and what stands before it where they are a share of it."""
BY_GENERAL_RULE = mark(" (by the general rule; no source says it of this very visa)")
UNKNOWN, NOT_KNOWN = mark("not known."), mark("not known")
SUSPENDED = mark("the visa-free rule was suspended")


def nationality(one: ForNationality, on: date) -> str:
    """Return whether a visa is needed at all, for a short stay on the day asked."""
    said = _whether_needed(one)
    for kind in one.advisories:
        said = f"{said}; {tr('but {practice}', practice=tr(phrases.ADVISORIES[kind]))}"
    return tr(
        "{name} ({code}) on {day}: {answer}.",
        name=one.nationality.name,
        code=one.nationality.code,
        day=on,
        answer=said,
    )


def _whether_needed(one: ForNationality) -> str:
    if one.verdict == "citizen":
        return f"{tr('no visa')}; {tr(phrases.REASONS['citizen'])}"
    if one.verdict == "visa_free":
        said = tr("visa-free")
        if one.max_stay_days:
            said = trn(
                "visa-free for up to {n} day", "visa-free for up to {n} days", one.max_stay_days
            )
        if one.purposes:
            said = f"{said} ({', '.join(map(purpose, one.purposes))})"
        return f"{said}; {tr('a visa is for other stays')}"
    reason = tr(phrases.REASONS.get(one.reason, SUSPENDED))
    if one.verdict == "visa_required":
        return tr("visa required: {reason}", reason=reason)
    return tr("visa-free or not is unknown: {reason}", reason=reason)


def entries(one: Visa) -> Iterator[str]:
    """Yield each kind of entry with the longest validity."""
    days, months = one.single_validity_days, one.multiple_validity_months
    for kind in one.entries:
        if kind != "single" and months:
            yield trn(
                "multiple entry, valid up to {n} month",
                "multiple entry, valid up to {n} months",
                months,
            )
        elif kind != "single":
            yield tr("multiple entry, validity not known")
        elif days and one.purposes == ("exit",):
            yield trn("one exit, valid up to {n} day", "one exit, valid up to {n} days", days)
        elif days:
            yield trn(
                "single entry, valid up to {n} day", "single entry, valid up to {n} days", days
            )
        else:
            yield tr("single entry, validity not known")


def stay(one: Visa) -> str:
    """Return how long the holder may stay."""
    days = one.stay_days_per_entry
    if one.stay_rule == "whole-validity":
        if not days:
            return tr("as long as the visa is valid.")
        return trn(
            "up to {n} day, as long as the visa is valid.",
            "up to {n} days, as long as the visa is valid.",
            days,
        )
    if not days:
        return tr(UNKNOWN)
    if one.stay_rule == "per-entry":
        return trn(
            "up to {n} day an entry, counted anew with each entry.",
            "up to {n} days an entry, counted anew with each entry.",
            days,
        )
    return trn("up to {n} day an entry.", "up to {n} days an entry.", days)


def extension(one: Extension | None) -> str:
    """Return how a stay is prolonged; only for visas that can be."""
    if one is None:
        return tr("possible; the terms are not known.")
    said = [trc("an extension", "possible")]
    if one.by:
        said.append(tr("granted by {authority}", authority=tr(ISSUED_BY[one.by])))
    if one.max_months:
        said.append(trn("up to {n} month", "up to {n} months", one.max_months))
    elif one.max_days:
        said.append(trn("up to {n} day", "up to {n} days", one.max_days))
    terms = f"{', '.join(said)}."
    return f"{terms} {one.text}" if one.text else terms


def work(one: Visa) -> str:
    """Return whether the holder may work; empty where that is not known."""
    if not one.work:
        return ""
    general = tr(BY_GENERAL_RULE) if "work" in one.by_general_rule else ""
    return f"{tr(WORK[one.work])}{general}."


def invitation(one: Visa) -> Iterator[str]:
    """Yield the rule, the list of those who are exempt, and what both mean for a nationality."""
    rule = NEED.get(one.invitation or "")
    general = tr(BY_GENERAL_RULE) if "invitation" in one.by_general_rule else ""
    yield f"{tr(rule)}{general}." if rule else tr(UNKNOWN)
    listed = by_id(one.lists, one.invitation_exempt)
    if listed:
        yield tr(
            "Exempt by the list [{id}]: {title}.", id=Span(listed.id, "id"), title=listed.title
        )
    found = one.for_nationality
    if found and found.verdict != "citizen":
        need = tr(NEED.get(found.invitation or "", NOT_KNOWN))
        yield tr(BY_LIST[found.invitation_exempt], code=found.nationality.code, answer=need)


def fees(lines: tuple[FeeLine, ...]) -> Iterator[str]:
    """Yield one sentence for each tariff; amounts in indices also in money."""
    yield tr("Last known, perhaps no longer charged:")
    for title, group in groupby(lines, key=lambda line: line.title):
        rates = list(group)
        first = rates[0]
        said = "; ".join(f"{rate(line.what)} {_amount(line)}" for line in rates)
        if first.as_of or first.as_of_between:
            since = phrases.between(first.as_of, first.as_of_between)
            yield tr("{title}, from {since}: {fees}.", title=title, since=since, fees=said)
        else:
            yield f"{title}: {said}."


def _amount(line: FeeLine) -> str:
    unit = code = line.currency.removeprefix(PERCENT)
    if code != line.currency or code == INDEX:
        unit = of_home("fee_unit_short") or INDEX
    amount = f"{number(Decimal(line.amount))} {unit}"
    if line.currency.startswith(PERCENT):
        amount = tr("{amount}% of the {unit}", amount=number(Decimal(line.amount)), unit=unit)
    if not line.kzt:
        return amount
    exact = Decimal(line.kzt)
    return tr(
        "{amount} ({money} {currency} by the {unit} of {year})",
        amount=amount,
        money=number(int(exact) if exact == int(exact) else exact),
        currency=currency(of_home("currency")),
        unit=unit,
        year=line.mci_year,
    )


def e_visa(one: EVisa) -> Iterator[str]:
    """Yield the terms of the electronic form, where to apply and where to enter."""
    terms = [tr("single entry") if one.entries == "single" else tr("multiple entry")]
    if one.stay_days:
        terms.append(trn("stay of {n} day", "stay of {n} days", one.stay_days))
    if one.validity_days:
        terms.append(trn("valid {n} day", "valid {n} days", one.validity_days))
    if one.since:
        terms.append(tr("since {day}", day=one.since))
    said = tr("yes, for nationals of the e-visa states: {terms}.", terms=joined(", ", terms))
    yield put("{said} {note}", said=said, note=one.note) if one.note else said
    if one.portal:
        yield tr("Apply at {portal}", portal=Span(one.portal, "link"))
    yield from one.entry_points
    yield one.processing.text
    if one.fee.confidence != "low":
        yield one.fee.text


def e_visa_for(one: ForNationality, lists: tuple[ListRef, ...]) -> str:
    """Return whether a nationality may have the electronic form, and by which list."""
    listed, said = by_id(lists, one.e_visa_list), phrases.e_visa(one)
    if listed is None or said is None:
        return tr("For {code}: not known; no reliable list names it.", code=one.nationality.code)
    return tr(
        "For {code}: {answer}, by the list \u201c{title}\u201d [{id}], confidence {confidence}.",
        code=one.nationality.code,
        answer=said,
        title=listed.title,
        id=Span(listed.id, "id"),
        confidence=confidence(listed.confidence),
    )


def figure(one: Figure) -> str:
    """Return a published number with what it counts."""
    value = number(one.value)
    if one.more_than:
        said = tr("more than {number} {what}", number=value, what=one.counts)
    else:
        said = trc("a published figure", "{number} {what}", number=value, what=one.counts)
    dated = f" ({one.as_of})" if one.as_of else ""
    note = f" {one.note}" if one.note else ""
    return f"{said}{dated}.{note}"


def by_id(lists: tuple[ListRef, ...], wanted: str | None) -> ListRef | None:
    """Return the list of an id."""
    return next((listed for listed in lists if listed.id == wanted), None)

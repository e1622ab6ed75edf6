"""The answer to ``visas``: a table of the categories of a day, or one of them in full."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from visamap.i18n import Span, joined, mark, number, of_home, put, tr, trc, trn
from visamap.render import phrases
from visamap.render import sections as drawn
from visamap.render.labels import confidence, currency, passport_kind, purpose, rate
from visamap.render.phrases import ground, short
from visamap.render.sections import (
    AS_KNOWN,
    Block,
    Column,
    evidence,
    footer,
    labelled,
    more,
    paragraph,
)
from visamap.render.table import fits, table, unbroken
from visamap.results.act_results import (
    EVisa,
    Extension,
    FeeLine,
    Figure,
    ForNationality,
    ListRef,
    Visa,
)
from visamap.results.parts import Envelope

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
    for advisory in one.in_practice:
        said = f"{said}; {tr('but {practice}', practice=phrases.practice(advisory))}"
    return tr(
        "{name} ({code}), into {home_into} on {day}: {answer}.",
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


def _entries_cell(one: Visa) -> str:
    if len(one.entries) > 1:
        return trc("entries", "single or multiple")
    return _entries_of(one.entries[0]) if one.entries else "?"


def _entries_of(kind: str) -> str:
    return trc("entries", "single") if kind == "single" else trc("entries", "multiple")


def _validity_cell(one: Visa) -> str:
    single, multiple = one.single_validity_days, one.multiple_validity_months
    known = [
        *([tr("{n} d", n=single)] if single else []),
        *([tr("{n} mo", n=multiple)] if multiple else []),
    ]
    return " / ".join(known) or "?"


def _stay_cell(one: Visa) -> str:
    if one.stay_days_per_entry:
        return phrases.days(one.stay_days_per_entry)
    return trc("stay", "validity") if one.stay_rule else "?"


def _invitation_cell(one: Visa) -> str:
    if one.for_nationality:
        return tr(NEED.get(one.for_nationality.invitation or "", "?"))
    if one.invitation_exempt:
        return trc("an invitation", "by list")
    return tr(NEED.get(one.invitation or "", "?"))


def _e_visa_cell(one: Visa) -> str:
    if one.e_visa is None:
        return trc("whether there is an e-visa", "no")
    if one.for_nationality is None:
        return _entries_of(one.e_visa.entries)
    return phrases.e_visa(one.for_nationality) or "?"


COLUMNS = (
    Column(mark("Code"), lambda one: one.code),
    Column(mark("Name"), lambda one: one.name),
    Column(mark("Entries"), _entries_cell),
    Column(mark("Valid"), _validity_cell),
    Column(mark("Stay"), _stay_cell),
    Column(mark("Invitation"), _invitation_cell),
    Column(mark("E-visa"), _e_visa_cell),
)
IN_BRIEF = (*COLUMNS[:2], *COLUMNS[4:])


def text(answer: Envelope, width: int, *, full: bool = False) -> str:
    """Return one visa in full where a code was asked for, else the table of the day."""
    lines = [line for said in whether_needed(answer) for line in (*paragraph(said, width), "")]
    if in_full := answer.asked.get("code") is not None:
        for one in answer.items:
            lines += [*drawn.text(sections(one), width), ""]
    else:
        lines += _listed(answer, width, full=full)
    told = {AS_KNOWN} if lines and not in_full else ()
    return "\n".join([*lines, *footer(answer, width, told)])


def whether_needed(answer: Envelope) -> Iterator[str]:
    """Say first whether the nationality needs a visa at all; it is the same for every visa."""
    told = (item.for_nationality for item in answer.items)
    if found := next(filter(None, told), None):
        day = answer.items[0].on
        yield phrases.as_known(nationality(found, day), day, answer.data)
    elif answer.asked["nationality"] and answer.items:
        code, kind = answer.asked["nationality"], answer.items[0].passports[0]
        yield tr(
            "This visa of {home_of} is not for ordinary passports. "
            "To see whether another kind needs a visa: `{command}`.",
            command=phrases.command(f"check {code} --passport {kind}"),
        )


def _listed(answer: Envelope, width: int, *, full: bool) -> Iterator[str]:
    existing = [item for item in answer.items if item.exists is not False]
    wanted, day = answer.asked.get("for"), answer.asked["on"]
    if existing:
        number = len(existing)
        if wanted:
            what = purpose(wanted)
            said = tr(
                "Visas of {home_of} for {purpose} on {day}: {n}.", purpose=what, day=day, n=number
            )
        else:
            said = tr("Visas of {home_of} on {day}: {n}.", day=day, n=number)
        yield from paragraph(phrases.as_known(said, day, answer.data), width)
        yield ""
        wide = unbroken(COLUMNS, existing) <= width
        columns: Sequence[Column] = COLUMNS if full or wide else IN_BRIEF
        if answer.asked["nationality"] is None and not wide:
            columns = columns[:-1]
        if fits(columns, existing, width):
            yield table(columns, existing, width)
        else:
            yield from labelled(_short(existing), width)
            columns = COLUMNS
        yield ""
        yield from paragraph(" ".join(_key(existing, columns)), width)
        yield from more(full or wide, width, "visas CODE")
        yield ""


def _key(shown: list[Visa], columns: Sequence[Column]) -> Iterator[str]:
    if COLUMNS[3] in columns:
        yield tr("Valid: days of a single / months of a multiple entry visa at most.")
    yield tr("Stay: days an entry, or the whole validity.")
    if not any(one.for_nationality for one in shown):
        yield tr("Invitation by list: some nationalities are exempt.")
    else:
        exempting = {
            f"{listed.title} [{listed.id}]"
            for one in shown
            if one.for_nationality and one.for_nationality.invitation_exempt
            if (listed := by_id(one.lists, one.invitation_exempt))
        }
        for title in sorted(exempting):
            yield tr("No invitation under: {title}.", title=title)
    if any(_e_visa_cell(one) == "?" for one in shown):
        yield tr("E-visa ?: no reliable list names the nationality, which proves nothing.")


def _short(items: list[Visa]) -> Iterator[Block]:
    for one in items:
        terms = tr(
            "{entries}; valid {validity}; stay {stay}; invitation {invitation}; e-visa {e_visa}",
            entries=_entries_cell(one),
            validity=_validity_cell(one),
            stay=_stay_cell(one),
            invitation=_invitation_cell(one),
            e_visa=_e_visa_cell(one),
        )
        yield one.code, [one.name, terms]


def sections(one: Visa) -> Iterator[Block]:
    """Yield a visa as sections."""
    also = []
    if one.aliases:
        also.append(tr("also called {names}", names=", ".join(one.aliases)))
    if one.former_codes:
        also.append(tr("in 2013 to 2016: {codes}", codes=", ".join(one.former_codes)))
    if one.introduced and one.abolished:
        first, end = one.introduced, one.abolished
        also.append(tr("since {first} until the day before {end}", first=first, end=end))
    elif one.introduced:
        also.append(tr("since {day}", day=one.introduced))
    heading = tr("Visa {code} of {home_of}: {name}", code=one.code, name=one.name)
    yield "", [heading, joined("; ", also)]
    if one.purposes:
        label = trc("purposes of a visa", "For")
        yield label, [f"{phrases.purposes(one.purposes)}."]
    yield trc("whom a visa is for", "Who"), [one.audience]
    if one.passports:
        held = ", ".join(map(passport_kind, one.passports))
        yield tr("Passports"), [f"{held}."]
    # Of what was only announced, nothing below is known; a column of "not known" says no more.
    if not one.announced_only:
        yield from _terms(one)
    yield from _conditions(one)
    yield from _application(one)
    yield from _grounds(one)


def next_step(one: Visa) -> Iterator[Block]:
    """Yield what is to be done by who needs a visa, by the one that is asked for."""
    found = one.for_nationality
    carried = f"{one.code}/?nationality={found.nationality.code}" if found else f"{one.code}/"
    named = put("{code}, {name}", code=Span(one.code, "visa", carried), name=one.name)
    kinds = "; ".join(entries(one))
    yield tr("Visa"), [named, kinds and f"{kinds}.", stay(one)]
    yield from _application(one)
    yield tr("Invitation"), list(invitation(one))
    yield tr("Documents"), [f"- {document}" for document in one.documents]
    yield from consulates()


def consulates() -> Iterator[Block]:
    """Yield where embassies and consulates of the destination are found."""
    if ministry := of_home("ministry"):
        said = tr("The foreign ministry of {home_of}: {address}", address=Span(ministry, "link"))
        yield tr("Embassies and consulates"), [said]


def _terms(one: Visa) -> Iterator[Block]:
    kinds = "; ".join(entries(one))
    yield tr("Entries"), [f"{kinds}." if kinds else tr(UNKNOWN)]
    yield tr("Stay"), [stay(one)]
    if one.extendable is not None:
        said = extension(one.extension) if one.extendable else tr("not possible.")
        yield tr("Extension"), [said]
    yield tr("Invitation"), list(invitation(one))


def _conditions(one: Visa) -> Iterator[Block]:
    if one.income_usd_month:
        amount = number(one.income_usd_month)
        said = tr("Proof of USD {amount} a month is needed.", amount=amount)
        yield tr("Income"), [said]
    yield tr("Documents"), [f"- {document}" for document in one.documents]
    if one.work:
        yield tr("Work"), [work(one), one.work_note]
    yield tr("Family"), [one.family]


def _application(one: Visa) -> Iterator[Block]:
    if one.free_of_charge:
        yield tr("Fee"), [trc("fee", "none.")]
    elif one.fees:
        yield tr("Fee"), list(fees(one.fees))
    elif not one.announced_only:
        yield tr("Fee"), [tr(UNKNOWN)]
    if one.issued_by:
        where = ", ".join(tr(ISSUED_BY[place]) for place in one.issued_by)
        yield tr("Apply at"), [f"{where}.", one.issuance_note]
    if one.e_visa:
        said = list(e_visa(one.e_visa))
        if one.for_nationality:
            said.append(e_visa_for(one.for_nationality, one.lists))
        yield tr("E-visa"), said
    if one.processing:
        yield tr("Processing"), [one.processing.text]
    if one.tax:
        tax = one.tax
        opening = tr(
            "resident after {days} days in {months} months, then {rate} % on income from abroad.",
            days=tax.resident_after_days,
            months=tax.in_months,
            rate=tax.rate_percent_foreign_income,
        )
        yield tr("Tax"), [opening, tax.text, tax.note]


def _grounds(one: Visa) -> Iterator[Block]:
    if one.for_nationality:
        found = one.for_nationality
        told = {found.invitation_list, found.e_visa_list}
        listed = [by_id(one.lists, name) for name in found.listed_in if name not in told]
        said = [
            tr(
                "{title} [{id}], confidence {confidence}.",
                title=row.title,
                id=Span(row.id, "id"),
                confidence=confidence(row.confidence),
            )
            for row in listed
            if row
        ]
        yield tr("Named in"), said
    if one.act:
        amended = [event.date for event in one.act_events if event.what == "amended" and event.date]
        days = joined(", ", [short(one, None) for one in dict.fromkeys(amended)])
        later = tr("Amended: {days}.", days=days) if amended else None
        yield tr("Legal ground"), [ground(one.act), later]
    steps = [
        put("{day}: {text}", day=short(step.date, None), text=step.text) for step in one.timeline
    ]
    yield tr("Timeline"), steps
    yield tr("Figures"), [*map(figure, one.figures)]
    yield tr("Note"), [one.note]
    yield from evidence(one.confidence, one.sources)

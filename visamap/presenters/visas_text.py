"""The answer to ``visas``: a table of the categories of a day, or one of them in full."""

from collections.abc import Iterator

from visamap.presenters import visa_words
from visamap.presenters.columns import Column
from visamap.presenters.grounds import best_sources, footer, ground
from visamap.presenters.layout import Block, labelled, paragraph
from visamap.presenters.text import table
from visamap.results.parts import Envelope
from visamap.results.visas import Visa

NARROW = 80
"""Under this width a table would break words; a list of lines is shown instead."""


def _entries(one: Visa) -> str:
    return "both" if len(one.entries) > 1 else "".join(one.entries) or "?"


def _validity(one: Visa) -> str:
    single, multiple = one.single_validity_days, one.multiple_validity_months
    known = [*([f"{single} d"] if single else []), *([f"{multiple} mo"] if multiple else [])]
    return " / ".join(known) or "?"


def _stay(one: Visa) -> str:
    if one.stay_days_per_entry:
        return f"{one.stay_days_per_entry} days"
    return "validity" if one.stay_rule else "?"


def _invitation(one: Visa) -> str:
    words = {"required": "needed", "not-required": "not needed"}
    if one.for_nationality:
        return words.get(one.for_nationality.invitation or "", "?")
    if one.invitation_exempt:
        return "by list"
    return words.get(one.invitation or "", "?")


def _e_visa(one: Visa) -> str:
    if one.e_visa is None:
        return "no"
    if one.for_nationality is None:
        return one.e_visa.entries
    return visa_words.e_visa_answer(one.for_nationality) or "?"


COLUMNS = (
    Column("Code", lambda one: one.code),
    Column("Name", lambda one: one.name),
    Column("Entries", _entries),
    Column("Valid", _validity),
    Column("Stay", _stay),
    Column("Invitation", _invitation),
    Column("E-visa", _e_visa),
)


def text(answer: Envelope, width: int) -> str:
    """Return one visa in full where a code was asked for, else the table of the day."""
    in_full = answer.asked.get("code") is not None
    lines = list(_in_full(answer, width) if in_full else _listed(answer, width))
    return "\n".join([*lines, *footer(answer, width)])


def _whether_needed(answer: Envelope, width: int) -> Iterator[str]:
    """Say first whether the nationality needs a visa at all; it is the same for every visa."""
    found = answer.items[0].for_nationality if answer.items else None
    if found:
        yield from paragraph(visa_words.nationality(found, str(answer.items[0].on)), width)
        yield ""


def _listed(answer: Envelope, width: int) -> Iterator[str]:
    yield from _whether_needed(answer, width)
    existing = [item for item in answer.items if item.exists is not False]
    purpose, day = answer.asked.get("for"), answer.asked["on"]
    if existing:
        wanted = f" for {purpose}" if purpose else ""
        yield from paragraph(f"Visa categories{wanted} on {day}: {len(existing)}.", width)
        yield ""
        if width < NARROW:
            yield from labelled(_short(existing), width)
        else:
            columns = COLUMNS if existing[0].for_nationality else COLUMNS[:-1]
            yield table(columns, existing, width)
        yield ""
        yield from paragraph(_key(existing), width)
        yield ""


def _key(shown: list[Visa]) -> str:
    key = [
        "Valid: days of a single / months of a multiple entry visa at most.",
        "Stay: days an entry, or the whole validity.",
    ]
    if shown[0].for_nationality is None:
        key.append("Invitation by list: some nationalities are exempt.")
    else:
        exempting = {
            f"{listed.title} [{listed.id}]"
            for one in shown
            if one.for_nationality and one.for_nationality.invitation_exempt
            if (listed := visa_words.by_id(one.lists, one.invitation_exempt))
        }
        key += [f"No invitation by: {title}." for title in sorted(exempting)]
    if any(_e_visa(one) == "?" for one in shown):
        key.append("E-visa ?: no list that we trust names the nationality, which proves nothing.")
    return " ".join([*key, "`visamap visas CODE` shows one in full."])


def _short(items: list[Visa]) -> Iterator[Block]:
    for one in items:
        terms = (
            f"{_entries(one)}; valid {_validity(one)}; stay {_stay(one)}; "
            f"invitation {_invitation(one)}; e-visa {_e_visa(one)}"
        )
        yield one.code, [one.name, terms]


def _in_full(answer: Envelope, width: int) -> Iterator[str]:
    yield from _whether_needed(answer, width)
    for one in answer.items:
        yield from paragraph(f"{one.code}: {one.name}", width)
        also = [f"also called {', '.join(one.aliases)}"] if one.aliases else []
        if one.former_codes:
            also.append(f"in 2013 to 2016: {', '.join(one.former_codes)}")
        if one.introduced:
            ended = f" until the day before {one.abolished}" if one.abolished else ""
            also.append(f"since {one.introduced}{ended}")
        yield from paragraph("; ".join(also), width)
        yield ""
        yield from labelled(_blocks(one), width)
        yield ""


def _blocks(one: Visa) -> Iterator[Block]:
    if one.purposes:
        yield "For", [", ".join(one.purposes) + "."]
    yield "Who", [one.audience]
    # Of what was only announced, nothing below is known; a column of "not known" says no more.
    if not one.announced_only:
        yield from _terms(one)
    yield from _conditions(one)
    yield from _application(one)
    yield from _grounds(one)


def _terms(one: Visa) -> Iterator[Block]:
    entries = "; ".join(visa_words.entries(one))
    yield "Entries", [f"{entries}." if entries else visa_words.UNKNOWN]
    yield "Stay", [visa_words.stay(one)]
    if one.extendable is not None:
        said = visa_words.extension(one.extension) if one.extendable else "not possible."
        yield "Extension", [said]
    yield "Invitation", list(visa_words.invitation(one))


def _conditions(one: Visa) -> Iterator[Block]:
    if one.income_usd_month:
        yield "Income", [f"USD {one.income_usd_month:,} a month is to be shown."]
    if one.documents:
        yield "Documents", [f"- {document}" for document in one.documents]
    if one.work:
        general = visa_words.BY_GENERAL_RULE if "work" in one.by_general_rule else ""
        notes = [one.work_note] if one.work_note else []
        yield "Work", [f"{visa_words.WORK[one.work]}{general}.", *notes]
    if one.family:
        yield "Family", [one.family]


def _application(one: Visa) -> Iterator[Block]:
    if one.free_of_charge:
        yield "Fee", ["none."]
    elif one.fees:
        yield "Fee", list(visa_words.fees(one.fees))
    elif not one.announced_only:
        yield "Fee", [visa_words.UNKNOWN]
    if one.issued_by:
        where = ", ".join(visa_words.ISSUED_BY[place] for place in one.issued_by)
        yield "Apply at", [f"{where}.", *([one.issuance_note] if one.issuance_note else [])]
    if one.e_visa:
        said = list(visa_words.e_visa(one.e_visa))
        if one.for_nationality:
            said.append(visa_words.e_visa_for(one.for_nationality, one.lists))
        yield "E-visa", said
    if one.processing:
        yield "Processing", [one.processing.text]
    if one.tax:
        tax = one.tax
        opening = (
            f"resident after {tax.resident_after_days} days in {tax.in_months} months, then "
            f"{tax.rate_percent_foreign_income} % on income from abroad."
        )
        yield "Tax", [opening, tax.text, *([tax.note] if tax.note else [])]


def _grounds(one: Visa) -> Iterator[Block]:
    if one.for_nationality:
        found = one.for_nationality
        told = {found.invitation_list, found.e_visa_list}
        listed = [visa_words.by_id(one.lists, name) for name in found.listed_in if name not in told]
        said = [f"{row.title} [{row.id}], confidence {row.confidence}." for row in listed if row]
        if said:
            yield "Named in", said
    if one.act:
        amended = [event.date for event in one.act_events if event.what == "amended" and event.date]
        later = [f"Amended: {', '.join(dict.fromkeys(amended))}."] if amended else []
        yield "Legal ground", [ground(one.act), *later]
    if one.timeline:
        yield "Timeline", [f"{step.date}: {step.text}" for step in one.timeline]
    if one.figures:
        yield "Figures", [visa_words.figure(figure) for figure in one.figures]
    if one.note:
        yield "Note", [one.note]
    yield "Confidence", [f"{one.confidence}."]
    yield "Sources", list(best_sources(one.sources))

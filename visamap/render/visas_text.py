"""The answer to ``visas``: a table of the categories of a day, or one of them in full."""

from collections.abc import Iterator, Sequence

from visamap.i18n import Span, joined, mark, number, of_home, put, tr, trc
from visamap.render import phrases, phrases_visas
from visamap.render import sections as drawn
from visamap.render.labels import confidence, passport_kind, purpose
from visamap.render.layout import AS_KNOWN, Block, Column, footer, labelled, more, paragraph
from visamap.render.phrases import ground, short
from visamap.render.sections import evidence
from visamap.render.table import fits, table, unbroken
from visamap.results.acts import Visa
from visamap.results.parts import Envelope


def _entries(one: Visa) -> str:
    if len(one.entries) > 1:
        return trc("entries", "single or multiple")
    return _entries_of(one.entries[0]) if one.entries else "?"


def _entries_of(kind: str) -> str:
    return trc("entries", "single") if kind == "single" else trc("entries", "multiple")


def _validity(one: Visa) -> str:
    single, multiple = one.single_validity_days, one.multiple_validity_months
    known = [
        *([tr("{n} d", n=single)] if single else []),
        *([tr("{n} mo", n=multiple)] if multiple else []),
    ]
    return " / ".join(known) or "?"


def _stay(one: Visa) -> str:
    if one.stay_days_per_entry:
        return phrases.days(one.stay_days_per_entry)
    return trc("stay", "validity") if one.stay_rule else "?"


def _invitation(one: Visa) -> str:
    if one.for_nationality:
        return tr(phrases_visas.NEED.get(one.for_nationality.invitation or "", "?"))
    if one.invitation_exempt:
        return trc("an invitation", "by list")
    return tr(phrases_visas.NEED.get(one.invitation or "", "?"))


def _e_visa(one: Visa) -> str:
    if one.e_visa is None:
        return trc("whether there is an e-visa", "no")
    if one.for_nationality is None:
        return _entries_of(one.e_visa.entries)
    return phrases.e_visa(one.for_nationality) or "?"


COLUMNS = (
    Column(mark("Code"), lambda one: one.code),
    Column(mark("Name"), lambda one: one.name),
    Column(mark("Entries"), _entries),
    Column(mark("Valid"), _validity),
    Column(mark("Stay"), _stay),
    Column(mark("Invitation"), _invitation),
    Column(mark("E-visa"), _e_visa),
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
        yield phrases.as_known(phrases_visas.nationality(found, day), day, answer.data)
    elif answer.asked["nationality"] and answer.items:
        code, kind = answer.asked["nationality"], answer.items[0].passports[0]
        yield tr(
            "Not for ordinary passports. To see whether another kind needs a visa: `{command}`.",
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
                "Visa categories for {purpose} on {day}: {n}.", purpose=what, day=day, n=number
            )
        else:
            said = tr("Visa categories on {day}: {n}.", day=day, n=number)
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
            if (listed := phrases_visas.by_id(one.lists, one.invitation_exempt))
        }
        for title in sorted(exempting):
            yield tr("No invitation under: {title}.", title=title)
    if any(_e_visa(one) == "?" for one in shown):
        yield tr("E-visa ?: no reliable list names the nationality, which proves nothing.")


def _short(items: list[Visa]) -> Iterator[Block]:
    for one in items:
        terms = tr(
            "{entries}; valid {validity}; stay {stay}; invitation {invitation}; e-visa {e_visa}",
            entries=_entries(one),
            validity=_validity(one),
            stay=_stay(one),
            invitation=_invitation(one),
            e_visa=_e_visa(one),
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
    yield "", [f"{one.code}: {one.name}", joined("; ", also)]
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
    entries = "; ".join(phrases_visas.entries(one))
    yield tr("Visa"), [named, entries and f"{entries}.", phrases_visas.stay(one)]
    yield from _application(one)
    yield tr("Invitation"), list(phrases_visas.invitation(one))
    yield tr("Documents"), [f"- {document}" for document in one.documents]
    yield from consulates()


def consulates() -> Iterator[Block]:
    """Yield where embassies and consulates of the destination are found."""
    if ministry := of_home("ministry"):
        said = tr("The foreign ministry of {home_of}: {address}", address=Span(ministry, "link"))
        yield tr("Embassies and consulates"), [said]


def _terms(one: Visa) -> Iterator[Block]:
    entries = "; ".join(phrases_visas.entries(one))
    yield tr("Entries"), [f"{entries}." if entries else tr(phrases_visas.UNKNOWN)]
    yield tr("Stay"), [phrases_visas.stay(one)]
    if one.extendable is not None:
        said = phrases_visas.extension(one.extension) if one.extendable else tr("not possible.")
        yield tr("Extension"), [said]
    yield tr("Invitation"), list(phrases_visas.invitation(one))


def _conditions(one: Visa) -> Iterator[Block]:
    if one.income_usd_month:
        amount = number(one.income_usd_month)
        said = tr("Proof of USD {amount} a month is needed.", amount=amount)
        yield tr("Income"), [said]
    yield tr("Documents"), [f"- {document}" for document in one.documents]
    if one.work:
        yield tr("Work"), [phrases_visas.work(one), one.work_note]
    yield tr("Family"), [one.family]


def _application(one: Visa) -> Iterator[Block]:
    if one.free_of_charge:
        yield tr("Fee"), [trc("fee", "none.")]
    elif one.fees:
        yield tr("Fee"), list(phrases_visas.fees(one.fees))
    elif not one.announced_only:
        yield tr("Fee"), [tr(phrases_visas.UNKNOWN)]
    if one.issued_by:
        where = ", ".join(tr(phrases_visas.ISSUED_BY[place]) for place in one.issued_by)
        yield tr("Apply at"), [f"{where}.", one.issuance_note]
    if one.e_visa:
        said = list(phrases_visas.e_visa(one.e_visa))
        if one.for_nationality:
            said.append(phrases_visas.e_visa_for(one.for_nationality, one.lists))
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
        listed = [
            phrases_visas.by_id(one.lists, name) for name in found.listed_in if name not in told
        ]
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
    yield tr("Figures"), [*map(phrases_visas.figure, one.figures)]
    yield tr("Note"), [one.note]
    yield from evidence(one.confidence, one.sources)

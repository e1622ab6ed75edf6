"""One act in full: how it stands, what it grants, and every event with its sources."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from visamap.i18n import Span, joined, mark, put, tr, trc
from visamap.render import phrases
from visamap.render import sections as drawn
from visamap.render.labels import act_status, passport_kind
from visamap.render.labels import section as section_label
from visamap.render.phrases import capital, short
from visamap.render.sections import AS_KNOWN, Block, Column, footer, more, paragraph
from visamap.render.table import table, unbroken
from visamap.results.act_results import ActEvent, ActRule, Agreement
from visamap.results.parts import Between, DataRef, Envelope, SourceRef, law_first
from visamap.vocabulary import AGREEMENT_KINDS

Numbers = dict[SourceRef, int]
EVENTS = {
    "draft-published": mark("draft put up for public discussion"),
    "draft-approved": mark("signing authorised"),
    "signed": mark("signed"),
    "approved": mark("approved"),
    "ratified": mark("ratified"),
    "published": mark("published"),
    "applied-provisionally": mark("applied provisionally"),
    "in-force": mark("entered into force"),
    "amended": mark("amended"),
    "suspended": mark("suspended"),
    "resumed": mark("resumed"),
    "ended": mark("ended"),
    "announced": mark("announced"),
    "evidence": mark("seen in a dated source"),
}
ABOUT = {
    "visa-exemption": mark("travel without a visa"),
    "stay": mark("length of stay and registration; the exemption itself rests on another act"),
    "visa-facilitation": mark("easier visas, no exemption"),
    "visas": mark("visas, no exemption"),
    "registration": mark("registration"),
}
RECIPROCAL = {
    True: mark("for both sides"),
    False: mark("for one side only"),
    None: mark("not known for whom"),
}
STATUSES = {
    None: mark("no step had been taken yet"),
    "draft": mark("a draft, not signed"),
    "signed": mark("signed; no approval by {home_by} was found"),
    "approved": mark("approved by {home_by}; no entry into force was found"),
    "possibly_in_force": mark("possibly in force on that day, not for certain"),
    "in_force": mark("in force"),
    "suspended": mark("suspended"),
    "ended": mark("ended"),
}
ADOPTED = mark("adopted; no entry into force was found")
"""For the destination's own acts, which nobody has to approve."""


def in_full(item: Agreement, on: date, data: DataRef, width: int) -> Iterator[str]:
    """Yield an act as lines that fit ``width``; events name their sources by number."""
    yield from drawn.text(sections(item, on, data), width)
    yield ""
    yield tr("Sources")
    shown = drawn.source_lines(numbered(item))
    yield from (f"{number:>2}. {form}" for number, form in enumerate(shown, 1))
    yield ""


def numbered(item: Agreement) -> Numbers:
    """Return the sources of an act and of its events, each with the number that cites it."""
    listed = (*item.sources, *(source for event in item.events for source in event.sources))
    return {source: n for n, source in enumerate(law_first(listed), 1)}


def sections(item: Agreement, on: date, data: DataRef) -> Iterator[Block]:
    """Yield an act as sections; its sources stand below them, by number."""
    numbers = numbered(item)
    adopted = item.status == "signed" and item.kind not in AGREEMENT_KINDS
    status = tr(ADOPTED if adopted else STATUSES[item.status])
    said = tr("On {day}: {status}.", day=on, status=status)
    yield "", [f"{item.title}.", phrases.as_known(said, on, data)]
    named = capital(phrases.numbered(item) if item.number else tr(phrases.ACT_KINDS[item.kind]))
    yield tr("Act"), [f"{named}. [{item.id}]"]
    if item.issuer:
        yield tr("Issued by"), [f"{item.issuer}."]
    sides = [item.organisation] if item.organisation else []
    sides += [
        Span(f"{country.name} ({country.code})", "nationality", country.code)
        for country in item.partners
    ]
    if sides:
        yield trc("the other side of an act", "With"), [joined(", ", sides)]
        about = f"{tr(ABOUT[item.about])}; {tr(RECIPROCAL[item.reciprocal])}."
        yield tr("About"), [about]
    if item.passports:
        held = ", ".join(map(passport_kind, item.passports))
        yield tr("Passports"), [f"{held}."]
    if item.limits:
        limits = "; ".join(phrases.terms(limit) for limit in item.limits)
        yield tr("Terms"), [f"{limits}."]
    names = {country.code: country.name for country in item.partners}
    names[item.home.code] = item.home.name
    events = [_event(event, names, numbers) for event in item.events]
    yield tr("Events"), events
    replaced = [older for one in item.family if one.id == item.id for older in one.replaces]
    for label, acts in (
        (tr("Amends"), [item.amends]),
        (tr("Amended by"), item.amended_by),
        (tr("Replaces"), replaced),
        (tr("Replaced by"), [item.replaced_by]),
    ):
        yield label, [joined(", ", [Span(act, "act", act) for act in acts if act])]
    rules = [_rule(rule) for rule in item.rules] or [", ".join(item.regimes)]
    yield tr("Rules"), rules
    yield tr("Named by"), [*_mentioned(item, "act")]
    yield tr("Its sources also serve"), [*_mentioned(item, "source")]
    yield tr("Note"), [item.note]
    yield drawn.sure(item.confidence)


def _rule(rule: ActRule) -> str:
    """Return a rule with its days, whom it is for and for how long."""
    first = short(rule.valid_from, rule.valid_from_between) or UNKNOWN
    last = short(rule.valid_to, rule.valid_to_between)
    whom = joined(" ", [Span(one.code, "nationality", one.code) for one in rule.nationalities])
    terms = "; ".join(phrases.terms(limit) for limit in rule.limits)
    return put(
        "{days}: {whom}.{terms}{amended} [{id}]",
        days=tr("{first} to {last}", first=first, last=last)
        if last
        else tr("from {day}", day=first),
        whom=whom,
        terms=f" {terms}." if terms else "",
        amended=" " + tr("Amended by this act.") if rule.amended else "",
        id=rule.id,
    )


def _mentioned(item: Agreement, by: str) -> Iterator[str]:
    """Yield the records that name an act, or its sources, a line for each kind of record."""
    named = (one for one in item.mentions if one.by == by)
    for section, found in groupby(named, key=lambda one: one.section):
        linked = section == "visas"
        ids = [Span(one.id, "visa", one.id) if linked else one.id for one in found]
        listed, more = joined(", ", ids[:MOST_NAMED]), len(ids) - MOST_NAMED
        said = tr("{listed} and {n} more", listed=listed, n=more) if more > 0 else listed
        yield f"{capital(section_label(section))}: {said}."


def _event(event: ActEvent, names: dict[str, str], numbers: Numbers) -> str:
    said = tr(EVENTS[event.what])
    if event.by:
        said = tr("{event} by {state}", event=said, state=names.get(event.by, event.by))
    when: str = short(event.date, event.between)
    if event.between and not event.between[1]:
        first = event.between[0]
        when = tr("{day} or later", day=Span(str(first), "day", first))
    cited = sorted(numbers[source] for source in event.sources)
    return put(
        "{when}: {event}{place}{act}.{note} [{cited}]",
        when=when,
        event=said,
        place=f", {event.place}" if event.place else "",
        act=f" ({event.act})" if event.act else "",
        note=f" {event.note}" if event.note else "",
        cited=joined(", ", [Span(str(number), "cite", number) for number in cited]),
    )


UNKNOWN = "-"
MOST_NAMED = 12
"""Records of one kind that are listed by name."""
LEGEND = mark(
    "a..b: the day is not known, only its bounds; (a day): applied provisionally since; "
    "-: not found."
)
LEGENDS = {
    "Approved": mark("Approved: by {home_by}."),
    "Since": mark("Since: the day of the status."),
}
"""What is said of a column where it is shown."""
SHORT = {
    "ordinary": mark("ord."),
    "diplomatic": mark("dipl."),
    "service": mark("serv."),
    "special": mark("spec."),
    "id_card": mark("card"),
    "laissez_passer": mark("l.-p."),
}
IN_A_YEAR = {
    "signed": mark("signed in {year}"),
    "approved": mark("approved by {home_by} in {year}"),
    "in-force": mark("put into force in {year}"),
    "ended": mark("ended in {year}"),
    "any": mark("signed, approved, put into force or ended in {year}"),
}
BY_A_DAY = {
    "signed": mark("signed by {day}"),
    "approved": mark("approved by {home_by} by {day}"),
    "in-force": mark("put into force by {day}"),
    "ended": mark("ended by {day}"),
}
NOUNS = {
    "agreement": mark("Agreements of {home_of}"),
    "own": mark("Own acts of {home_of}"),
    "all": mark("Acts on entry into {home_into}"),
}
PASSPORTS = {
    (False, True): mark("Ordinary passports"),
    (False, False): mark("Ordinary passports, or none named"),
    (True, True): mark("Other passports"),
    (True, False): mark("Other passports, or none named"),
}
"""The heading of a group: whether it is for other passports, whether every act names some."""


def _time(date: str | None, between: Between | None) -> str:
    """Return a date as far as known, or its bounds."""
    return short(date, between) or UNKNOWN


def _entry(item: Agreement) -> str:
    if item.in_force is None and item.in_force_between is None and item.provisionally:
        return f"({item.provisionally})"
    return _time(item.in_force, item.in_force_between)


def _with(item: Agreement) -> str:
    """Return the other side: one country by name, several by code; or who issued an own act."""
    if item.organisation:
        return item.organisation
    if len(item.partners) == 1:
        return f"{item.partners[0].name} ({item.partners[0].code})"
    if item.partners:
        return " ".join(country.code for country in item.partners)
    issuer = item.issuer or item.home.name
    if not item.number:
        return issuer
    return tr("{issuer}, No. {number}", issuer=issuer, number=item.number)


TIMES = (
    Column(mark("Signed"), lambda a: _time(a.signed, a.signed_between)),
    Column(mark("Approved"), lambda a: _time(a.approved, a.approved_between)),
    Column(mark("In force"), _entry),
    Column(mark("Ended"), lambda a: _time(a.ended, a.ended_between)),
)
BRIEF = (
    mark("signed {time}"),
    mark("approved {time}"),
    mark("in force {time}"),
    mark("ended {time}"),
)
"""The same where there is no table."""


def _match(item: Agreement) -> str:
    if item.match == "certain":
        return trc("match", "certain")
    return trc("match", "possible")


COLUMNS = (
    Column(mark("Id"), lambda a: a.id),
    Column(mark("With"), _with),
    Column(mark("Passports"), lambda a: ", ".join(map(passport_kind, a.passports)) or UNKNOWN),
    *TIMES,
    Column(mark("Status"), lambda a: act_status(a.status)),
    Column(mark("Match"), _match),
    Column(mark("Title"), lambda a: a.title),
)


def _since(item: Agreement) -> str:
    """Return when an act took the step that it stands at."""
    if item.status in {"in_force", "possibly_in_force", "suspended"}:
        return _entry(item)
    known = {
        "signed": (item.signed, item.signed_between),
        "approved": (item.approved, item.approved_between),
        "ended": (item.ended, item.ended_between),
    }
    return _time(*known.get(item.status or "", (None, None)))


def _who(item: Agreement) -> str:
    """Return the other side without its code, which stands in the id of the act."""
    return (
        item.partners[0].name if len(item.partners) == 1 and not item.organisation else _with(item)
    )


WITH = Column(COLUMNS[1].heading, _who)
ACT, STATUS = Column(mark("Act"), lambda a: a.id), COLUMNS[7]
HELD = Column(mark("For"), lambda a: " ".join(tr(SHORT[word]) for word in a.passports) or UNKNOWN)
TABLES = (
    (ACT, WITH, HELD, *TIMES, STATUS),
    (ACT, WITH, *TIMES[:3], STATUS),
    (ACT, WITH, STATUS, Column(mark("Since"), _since)),
)
"""What a line an act has room for, the widest first."""
EVENT_TIMES = ("signed", "approved", "in-force", "ended")
NARROW = 72
"""Below this width each act becomes a paragraph."""
NAME_ROOM = 18
"""Letters for the other side; a longer name goes on in a second line."""


def _fitting(items: Sequence[Agreement], width: int, event: str) -> Sequence[Column] | None:
    """Return the columns that fit without breaking an id or a day; none on a narrow terminal."""
    *wider, least = TABLES
    if event in EVENT_TIMES:
        least = (*least[:-1], TIMES[EVENT_TIMES.index(event)])
    for columns in wider:
        taken = unbroken([column for column in columns if column is not WITH], items)
        if taken + NAME_ROOM <= width:
            return columns
    return least if width >= NARROW else None


def text(answer: Envelope, width: int, *, full: bool = False) -> str:
    """Return one act in full where an id was asked for, else the acts found: a row each."""
    lines = [] if answer.asked["id"] else list(_listed(answer, width, full=full))
    for item in answer.items if answer.asked["id"] or full else ():
        lines += in_full(item, answer.asked["on"], answer.data, width)
    # Where nothing was found the list has said so in better words.
    return "\n".join([*lines, *footer(answer, width, {AS_KNOWN, "nothing_found"})])


def _listed(answer: Envelope, width: int, *, full: bool) -> Iterator[str]:
    said = opening(answer.asked, answer.items)
    yield from paragraph(phrases.as_known(said, answer.asked["on"], answer.data), width)
    yield ""
    if not answer.items:
        return
    shown: set[str] = set()
    for key, items in groupby(answer.items, key=group):
        found = list(items)
        yield from paragraph(f"{group_heading(*key, found)}: {len(found)}", width)
        yield ""
        if columns := _fitting(found, width, answer.asked["event"]):
            yield table(columns, found, width)
            yield ""
            shown |= {column.heading for column in columns}
        else:
            yield from (line for item in found for line in _brief(item, width))
    legends = [tr(said) for heading, said in LEGENDS.items() if heading in shown]
    yield from paragraph(" ".join([tr(LEGEND), *legends]), width)
    yield from more(full, width, "agreements ID")
    yield ""


def group(item: Agreement) -> tuple[bool, str]:
    """Return the table in which an act stands: one for other passports, one of possible matches."""
    return "ordinary" not in item.passports, item.match


def group_heading(other: bool, match: str, items: Sequence[Agreement]) -> str:
    """Return what such a table holds."""
    held = tr(PASSPORTS[other, all(item.passports for item in items)])
    if match == "certain":
        return held
    return tr("{passports}, perhaps (only bounds of the day are known)", passports=held)


def opening(asked: dict[str, Any], items: tuple[Agreement, ...]) -> str:
    """Return the first line: what was asked and how much of it was found."""
    acts = tr(NOUNS[asked["kind"]])
    if filters := "; ".join(_filters(asked)):
        acts = f"{acts} ({filters})"
    if not items:
        return tr("{acts}: none found.", acts=acts)
    certain = sum(item.match == "certain" for item in items)
    perhaps = len(items) - certain
    if not perhaps:
        return tr("{acts}: {n}.", acts=acts, n=certain)
    return tr("{acts}: {n}, and perhaps {more} more.", acts=acts, n=certain, more=perhaps)


def _filters(asked: dict[str, Any]) -> Iterator[str]:
    """Yield what the acts have in common, as far as it was asked for."""
    if asked["year"]:
        yield tr(IN_A_YEAR[asked["event"]], year=asked["year"])
    elif asked["event"] != "any":
        yield tr(BY_A_DAY[asked["event"]], day=asked["on"])
    if asked["partner"]:
        yield tr("with {partner}", partner=asked["partner"])
    if asked["passport"]:
        yield tr("for the {passport}", passport=tr(phrases.PASSPORTS[asked["passport"]]))
    if asked["status"]:
        status = act_status(asked["status"])
        yield tr("status on {day}: {status}", day=asked["on"], status=status)


def _brief(item: Agreement, width: int) -> Iterator[str]:
    """Yield an act as a paragraph, where a table would not fit."""
    yield from paragraph(f"{_with(item)}: {act_status(item.status)}", width)
    known = [(said, column.of(item)) for said, column in zip(BRIEF, TIMES, strict=True)]
    times = [tr(said, time=time) for said, time in known if time != UNKNOWN]
    for said in (item.id, ", ".join(map(passport_kind, item.passports)), *times):
        if said:
            yield from paragraph(said, width, "  ")
    yield ""

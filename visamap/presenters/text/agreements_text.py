"""The answer to ``agreements``: a table of acts, or one of them in full with all its events."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from visamap.language import fact, mark, tr, trc
from visamap.presenters.text.agreement_in_full import HOME, in_full
from visamap.presenters.text.columns import Column
from visamap.presenters.text.footer import AS_KNOWN, footer
from visamap.presenters.text.layout import paragraph
from visamap.presenters.text.table import table
from visamap.presenters.words import sentences
from visamap.presenters.words.code_words import act_status, passport_kind
from visamap.presenters.words.dates import short
from visamap.results.agreements import Agreement
from visamap.results.parts import Between, Envelope

NARROW = 72
"""Below this width a table of six columns is no longer readable; each act becomes a paragraph."""
UNKNOWN = "-"
LEGEND = mark(
    "a..b: the day is not known, only its bounds; (a day): applied provisionally since; "
    "-: not found. Approved: by Kazakhstan. `visamap agreements ID` shows an act in full."
)
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
    "approved": mark("approved by Kazakhstan in {year}"),
    "in-force": mark("put into force in {year}"),
    "ended": mark("ended in {year}"),
    "any": mark("signed, approved, put into force or ended in {year}"),
}
BY_A_DAY = {
    "signed": mark("signed by {day}"),
    "approved": mark("approved by Kazakhstan by {day}"),
    "in-force": mark("put into force by {day}"),
    "ended": mark("ended by {day}"),
}
NOUNS = {
    "agreement": mark("Agreements"),
    "own": mark("Acts of Kazakhstan's own"),
    "all": mark("Acts"),
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
    if len(item.partners) == 1 and item.organisation:
        return item.organisation
    if len(item.partners) == 1:
        return f"{item.partners[0].name} ({item.partners[0].code})"
    codes = " ".join(country.code for country in item.partners)
    if codes or item.organisation:
        return codes or item.organisation or ""
    issuer = item.issuer or fact(HOME.name)
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


def _status_cell(item: Agreement) -> str:
    said = act_status(item.status)
    if item.status != "ended":
        return said.replace(" ", "\n", 1) if item.status == "possibly_in_force" else said
    return f"{said}\n" + _time(item.ended, item.ended_between)


# For a terminal: two lines an act, so that six columns fit into 80 characters.
TABLE = (
    Column(mark("Act"), lambda a: f"{_with(a)}\n{a.id}"),
    Column(mark("For"), lambda a: "\n".join(tr(SHORT[word]) for word in a.passports) or UNKNOWN),
    *TIMES[:3],
    Column(mark("Status"), _status_cell),
)


def text(answer: Envelope, width: int) -> str:
    """Return one act in full where an id was asked for, else the acts found as tables."""
    if answer.asked["id"]:
        lines = list(in_full(answer.items[0], answer.asked["on"], answer.data, width))
    else:
        lines = list(_listed(answer, width))
    # Where nothing was found the list has said so in better words.
    told = tuple(note for note in answer.notes if note.code != "nothing_found")
    return "\n".join([*lines, *footer(answer._replace(notes=told), width, {AS_KNOWN})])


def _listed(answer: Envelope, width: int) -> Iterator[str]:
    opening = _opening(answer.asked, answer.items)
    yield from paragraph(sentences.as_known(opening, answer.asked["on"], answer.data), width)
    yield ""
    if not answer.items:
        return
    for (other, match), items in groupby(answer.items, key=_group):
        group = list(items)
        held = tr(PASSPORTS[other, all(item.passports for item in group)])
        if match == "certain":
            heading = tr("{passports}: {n}", passports=held, n=len(group))
        else:
            heading = tr(
                "{passports}, perhaps (only bounds of the day are known): {n}",
                passports=held,
                n=len(group),
            )
        yield from paragraph(heading, width)
        yield ""
        if width < NARROW:
            yield from (line for item in group for line in _brief(item, width))
        else:
            yield table(TABLE, group, width)
            yield ""
    yield from paragraph(tr(LEGEND), width)


def _group(item: Agreement) -> tuple[bool, str]:
    return "ordinary" not in item.passports, item.match


def _opening(asked: dict[str, Any], items: tuple[Agreement, ...]) -> str:
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
        yield tr("for the {passport}", passport=tr(sentences.PASSPORTS[asked["passport"]]))
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
            yield from (f"  {line}" for line in paragraph(said, width - 2))
    yield ""

"""The answer to ``agreements``: a table of acts, or one of them in full with all its events."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from visamap.presenters import sentences
from visamap.presenters.agreement_in_full import in_full
from visamap.presenters.columns import Column
from visamap.presenters.grounds import footer
from visamap.presenters.layout import paragraph
from visamap.presenters.text import table
from visamap.results.agreements import Agreement, Between
from visamap.results.parts import Envelope

NARROW = 72
"""Below this width a table of six columns is no longer readable; each act becomes a paragraph."""
UNKNOWN = "-"
LEGEND = (
    "a..b: the day is not known, only its bounds; (a day): applied provisionally since; "
    "-: not found. Approved: by Kazakhstan. `visamap agreements ID` shows an act in full."
)
SHORT = {
    "ordinary": "ord.",
    "diplomatic": "dipl.",
    "service": "serv.",
    "special": "spec.",
    "id_card": "card",
    "laissez_passer": "l.-p.",
}
ASKED = {
    "signed": "signed",
    "approved": "approved by Kazakhstan",
    "in-force": "put into force",
    "ended": "ended",
    "any": "signed, approved, put into force or ended",
}
# The thing asked for, one and many.
NOUNS = {
    "agreement": ("agreement", "agreements"),
    "own": ("act of Kazakhstan's own", "acts of Kazakhstan's own"),
    "all": ("act", "acts"),
}


def _time(date: str | None, between: Between | None, gap: str = "") -> str:
    """Return a date as far as known, or its bounds; ``gap`` is where a narrow cell may break."""
    if between:
        return f"{between[0]}..{gap}{between[1] or ''}".rstrip()
    return date or UNKNOWN


def _entry(item: Agreement, gap: str = "") -> str:
    if item.in_force is None and item.in_force_between is None and item.provisionally:
        return f"({item.provisionally})"
    return _time(item.in_force, item.in_force_between, gap)


def _status(item: Agreement) -> str:
    return item.status.replace("_", " ") if item.status else "not yet"


def _with(item: Agreement) -> str:
    """Return the other side: one country by name, several by code; or who issued an own act."""
    if len(item.partners) == 1 and item.organisation:
        return item.organisation
    if len(item.partners) == 1:
        return f"{item.partners[0].name} ({item.partners[0].code})"
    codes = " ".join(country.code for country in item.partners)
    number = f", No. {item.number}" if item.number else ""
    return codes or item.organisation or f"{item.issuer or 'Kazakhstan'}{number}"


TIMES = (
    Column("Signed", lambda a: _time(a.signed, a.signed_between)),
    Column("Approved", lambda a: _time(a.approved, a.approved_between)),
    Column("In force", _entry),
    Column("Ended", lambda a: _time(a.ended, a.ended_between)),
)
COLUMNS = (
    Column("Id", lambda a: a.id),
    Column("With", _with),
    Column("Passports", lambda a: ", ".join(a.passports) or UNKNOWN),
    *TIMES,
    Column("Status", _status),
    Column("Match", lambda a: a.match),
    Column("Title", lambda a: a.title),
)


def _status_cell(item: Agreement) -> str:
    if item.status != "ended":
        return _status(item).replace("possibly ", "possibly\n")
    return "ended\n" + _time(item.ended, item.ended_between, "\n")


# For a terminal: two lines an act, so that six columns fit into 80 characters.
TABLE = (
    Column("Act", lambda a: f"{_with(a)}\n{a.id}"),
    Column("For", lambda a: "\n".join(SHORT[word] for word in a.passports) or UNKNOWN),
    Column("Signed", lambda a: _time(a.signed, a.signed_between, "\n")),
    Column("Approved", lambda a: _time(a.approved, a.approved_between, "\n")),
    Column("In force", lambda a: _entry(a, "\n")),
    Column("Status", _status_cell),
)


def text(answer: Envelope, width: int) -> str:
    """Return one act in full where an id was asked for, else the acts found as tables."""
    if answer.asked["id"]:
        lines = list(in_full(answer.items[0], answer.asked["on"], width))
    else:
        lines = list(_listed(answer, width))
    # Where nothing was found the list has said so in better words.
    told = tuple(note for note in answer.notes if note.code != "nothing_found")
    return "\n".join([*lines, *footer(answer._replace(notes=told), width)])


def _listed(answer: Envelope, width: int) -> Iterator[str]:
    yield from paragraph(_opening(answer.asked, answer.items), width)
    yield ""
    if not answer.items:
        return
    for (other, match), items in groupby(answer.items, key=_group):
        group = list(items)
        held = "Other passports" if other else "Ordinary passports"
        held += "" if all(item.passports for item in group) else ", or none named"
        doubt = "" if match == "certain" else ", perhaps (only bounds of the day are known)"
        yield from paragraph(f"{held}{doubt}: {len(group)}", width)
        yield ""
        if width < NARROW:
            yield from (line for item in group for line in _brief(item, width))
        else:
            yield table(TABLE, group, width)
            yield ""
    yield from paragraph(LEGEND, width)


def _group(item: Agreement) -> tuple[bool, str]:
    return "ordinary" not in item.passports, item.match


def _opening(asked: dict[str, Any], items: tuple[Agreement, ...]) -> str:
    """Return the first line: what was asked and how much of it was found."""
    one, many = NOUNS[asked["kind"]]
    about = f" with {asked['partner']}" if asked["partner"] else ""
    if asked["passport"]:
        about += f" for the {sentences.PASSPORTS[asked['passport']]}"
    if asked["status"]:
        about += f" (status: {asked['status'].replace('_', ' ')} on {asked['on']})"
    happened = ""
    if asked["year"]:
        happened = f" {ASKED[asked['event']]} in {asked['year']}"
    elif asked["event"] != "any":
        happened = f" {ASKED[asked['event']]} by {asked['on']}"
    if not items:
        return f"No {one}{about}{' was' + happened if happened else ' is in the data'}."
    certain = sum(item.match == "certain" for item in items)
    perhaps = len(items) - certain
    more = f", and perhaps {perhaps} more" if perhaps else ""
    return f"{many[0].upper()}{many[1:]}{about}{happened}: {certain}{more}."


def _brief(item: Agreement, width: int) -> Iterator[str]:
    """Yield an act as a paragraph, where a table would not fit."""
    yield from paragraph(f"{_with(item)}: {_status(item)}", width)
    times = [f"{column.heading.lower()} {column.of(item)}" for column in TIMES]
    for said in (item.id, ", ".join(item.passports), *times):
        if said and not said.endswith(f" {UNKNOWN}"):
            yield from (f"  {line}" for line in paragraph(said, width - 2))
    yield ""

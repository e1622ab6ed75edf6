"""Which column of a list holds what, and what the added columns are called; knows no engine."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from visamap.errors import WrongUsageError, did_you_mean
from visamap.i18n import tr

# What the columns of a list are called, by the role that they have, in all languages. A word that
# may as well name something else ("country" may be where the guest lives, "date" any day) is not
# here: ``--map`` says it. How a heading is compared is told by ``plain``.
HEADINGS = {
    "nationality": """
        nationality; citizenship; nationality code; country of citizenship; country of nationality;
        citizen of; passport country; issuing country; guest nationality;
        гражданство; страна гражданства; гражданство гостя; гражданство (страна); подданство;
        национальность (гражданство); код гражданства;
        азаматтығы; азаматтық; азаматтығы (ел); азаматтық елі; азаматтығы коды;
        staatsangehörigkeit; nationalität; staatsbürgerschaft; staatsangehoerigkeit; nationalitaet;
        nationalité; nacionalidad; uyruk; uyruğu; vatandaşlık; 国籍; 國籍""",  # noqa: RUF001
    "arrival": """
        arrival; arrival date; date of arrival; arrives; arriving; check in; check in date; checkin;
        entry; entry date; date of entry; arrival day;
        дата заезда; заезд; дата прибытия; прибытие; дата въезда; въезд; дата приезда; приезд;
        дата заселения; заселение;
        келу күні; келген күні; келетін күні; келу; келген күн; келетін күн;
        кіру күні; кірген күні; кіретін күні; кіру; қоныстану күні; орналасу күні;
        ankunft; anreise; ankunftsdatum; anreisedatum; anreisetag; ankunftstag; einreise;
        einreisedatum; date d'arrivée; arrivée; fecha de llegada; geliş tarihi; giriş tarihi;
        入境日期; 到达日期""",
    "departure": """
        departure; departure date; date of departure; departs; leaving; check out; check out date;
        checkout; exit; exit date; date of exit; departure day;
        дата выезда; выезд; дата отъезда; отъезд; дата убытия; убытие; дата отбытия; отбытие;
        дата выселения; выселение;
        кету күні; кеткен күні; кететін күні; кету; кеткен күн; кететін күн;
        шығу күні; шыққан күні; шығатын күні; шығу;
        abreise; abreisedatum; abreisetag; abflug; ausreise; ausreisedatum;
        date de départ; départ; fecha de salida; ayrılış tarihi; çıkış tarihi; 出境日期;
        离开日期""",  # noqa: RUF001
    "passport": """
        passport; passport kind; passport type; type of passport; kind of passport; document type;
        doc type; type of document; travel document type;
        вид паспорта; тип паспорта; вид документа; тип документа;
        паспорт түрі; паспорттың түрі; құжат түрі; құжаттың түрі;
        passart; passtyp; pass art; art des passes; dokumentenart; ausweisart; dokumentart;
        type de passeport; tipo de pasaporte; pasaport türü; 护照种类""",
    "destination": """
        destination; destination country; country of destination; travels to; visiting country;
        страна назначения; страна въезда; страна пребывания; куда;
        баратын ел; межелі ел; бару елі; келетін ел;
        zielland; reiseziel; einreiseland; pays de destination; país de destino; gidilecek ülke;
        目的地""",  # noqa: RUF001
}
"""Role: what it is called in English, Russian, Kazakh, German and other languages."""
_SIGNS = re.compile(r"[\W_]+")


def plain(heading: str) -> str:
    """Return a heading in small letters, with one space for spaces and signs between words."""
    return _SIGNS.sub(" ", heading.casefold()).strip()


ROLE_OF = {plain(word): role for role, words in HEADINGS.items() for word in words.split(";")}


ROLES = ("nationality", "arrival", "departure", "passport", "destination")
REQUIRED = ("nationality", "arrival")
SHOWN_HEADINGS = 20
LONGEST_HEADING = 60


DUTIES = ("register_by", "permit", "evisa_apply_by")
"""The columns that are added where they are asked for."""
PARTED = "; "
"""What stands between several problems of a row, several suggestions, several permits."""


class Answer(NamedTuple):
    """The added columns of one row, in their order; the last one is only counted.

    ``problem`` holds all problems of the row, ``suggestion`` what the unreadable cells may mean.
    """

    verdict: str | None = None
    max_stay_days: int | None = None
    visit_alone_visa_free: bool | None = None
    regime: str | None = None
    basis: str | None = None
    advisory: str | None = None
    confidence: str | None = None
    problem: str | None = None
    reason: str | None = None
    destination: str | None = None
    suggestion: str | None = None
    register_by: str | None = None
    permit: str | None = None
    evisa_apply_by: str | None = None
    e_visa: bool | None = None


ADDED = Answer._fields[: Answer._fields.index("register_by")]
ABOUT = {
    "unknown-nationality": "nationality",
    "ambiguous-nationality": "nationality",
    "unknown-passport": "passport",
    "unknown-destination": "destination",
    "bad-arrival": "arrival",
    "bad-departure": "departure",
    "departure-before-arrival": "departure",
}
"""The column that a problem is about."""


class Columns(NamedTuple):
    """The headings as they are, the place of each role among them, the names of what is added.

    ``told`` are the places in an answer of what is added.
    """

    headings: tuple[str, ...]
    nationality: int
    arrival: int
    departure: int | None
    passport: int | None
    destination: int | None
    added: tuple[str, ...]
    told: tuple[int, ...]

    @property
    def places(self) -> tuple[int | None, ...]:
        """The place of each role, in the order of ``ROLES``."""
        return tuple(getattr(self, role) for role in ROLES)

    def of(self, answer: Answer) -> tuple[Any, ...]:
        """Return what is added of an answer."""
        return tuple(answer[place] for place in self.told)


def find(
    headings: Sequence[str], wanted: Mapping[str, str], prefix: str = "", *, duties: bool = False
) -> Columns:
    """Find the roles by their headings; ``wanted`` names those that are called otherwise.

    Capitals and spaces around a heading do not matter. Where the list's own column of destinations
    is called as the added one would be, it is the one.
    """
    if strangers := sorted(set(wanted) - set(ROLES)):
        raise WrongUsageError(
            tr(
                "{column!r} cannot be mapped; the roles are {roles}.",
                column=strangers[0],
                roles=", ".join(ROLES),
            )
        )
    known = {heading: (_plain(heading), _role(heading, wanted)) for heading in set(headings)}
    each = [known[heading] for heading in headings]
    places = {role: _place(headings, each, role, wanted.get(role)) for role in ROLES}
    for role in REQUIRED:
        if places[role] is None:
            listed = ", ".join([shown(heading) for heading in headings[:SHOWN_HEADINGS]])
            listed += ", ..." * (len(headings) > SHOWN_HEADINGS)
            raise WrongUsageError(
                tr(
                    "The list has no column {role!r}; its columns are {columns}. Say which one it "
                    "is: --map {role}=HEADING.",
                    role=role,
                    columns=listed,
                )
            )
    names = [*ADDED, *(DUTIES if duties else ())]
    own = places["destination"]
    taken = {name for name, _ in known.values()}
    if own is not None and _plain(headings[own]) == _plain(f"{prefix}destination"):
        names.remove("destination")
    if clash := [f"{prefix}{name}" for name in names if _plain(f"{prefix}{name}") in taken]:
        raise WrongUsageError(
            tr(
                "The list already has a column {column!r}; choose a prefix for the added ones: "
                "--prefix visamap_.",
                column=clash[0],
            )
        )
    nationality, arrival, departure, passport, destination = (places[role] for role in ROLES)
    return Columns(
        tuple(headings),
        nationality or 0,
        arrival or 0,
        departure,
        passport,
        destination,
        tuple(f"{prefix}{name}" for name in names),
        tuple(map(Answer._fields.index, names)),
    )


def are_headings(cells: Sequence[str], wanted: Mapping[str, str]) -> bool:
    """Tell whether a row names the roles that every list must have."""
    named = {_plain(wanted[role]): role for role in REQUIRED if role in wanted}
    found = {named.get(_plain(cell)) or _role(cell, wanted) for cell in set(cells)}
    return found.issuperset(REQUIRED)


def refuse_twins(headings: Sequence[str], form: str) -> None:
    """Refuse headings that a form cannot hold twice; JSON tells capitals apart, tables do not."""
    keys = [heading if form == "JSON Lines" else heading.casefold() for heading in headings]
    counted = Counter(keys)
    for heading, key in zip(headings, keys, strict=True):
        if counted[key] > 1:
            raise WrongUsageError(
                tr(
                    "The list has more than one column {heading!r}, which {form} cannot hold; "
                    "rename one, or write CSV.",
                    heading=heading,
                    form=form,
                )
            )


def shown(text: str) -> str:
    """Return a text of the list for a message; a terminal obeys raw control characters."""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)


def _place(
    headings: Sequence[str],
    known: Sequence[tuple[str, str | None]],
    role: str,
    named: str | None,
) -> int | None:
    """Return the column of a role: as it is named, but for capitals, or by a word for it."""
    heading = role if named is None else named
    same = _plain(heading)
    tries = [
        [n for n, other in enumerate(headings) if other == heading],
        [n for n, (other, _) in enumerate(known) if other == same],
        [n for n, (_, other) in enumerate(known) if other == role and named is None],
    ]
    for found in tries:
        if len(found) > 1:
            raise WrongUsageError(
                tr(
                    "The list has more than one column {heading!r}; rename all but one, or name "
                    "another: --map {role}=HEADING.",
                    heading=" / ".join(dict.fromkeys(shown(headings[n]) for n in found)),
                    role=role,
                )
            )
        if found:
            return found[0]
    if named is None:
        return None
    from difflib import get_close_matches  # noqa: PLC0415  only a slip pays for it

    hint = did_you_mean([shown(close) for close in get_close_matches(named, headings, n=2)])
    said = tr("The list has no column {heading!r} to take for {role!r}.", heading=named, role=role)
    raise WrongUsageError(said + hint)


def _role(heading: str, wanted: Mapping[str, str]) -> str | None:
    """Return the role that a heading names by a word of some language, unless it is mapped."""
    if len(heading) > LONGEST_HEADING or heading in wanted.values():
        return None
    return ROLE_OF.get(plain(heading))


def _plain(heading: str) -> str:
    return heading.strip().casefold()

"""The matrix of all passports: read strictly, and compared with the copy before."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, TypeAlias

from visamap.errors import Problem, RefusedUpdateError, shortened
from visamap.i18n import mark, number, tr, trn
from visamap.results.data_results import PairChange, Requirement
from visamap.results.parts import Country
from visamap.store.index import Index
from visamap.vocabulary import CENTRAL_ASIA

AnyPairs = Mapping[str, Mapping[str, Any]]


def changes(before: AnyPairs, after: AnyPairs, index: Index) -> tuple[tuple[PairChange, ...], int]:
    """Return the changes of Central Asian passports and at Kazakhstan's border; count the others.

    Sorted by passport, the five first; ``index`` gives the names.
    """
    ours, elsewhere = [], 0
    for passport in sorted({*before, *after}, key=lambda code: (code not in CENTRAL_ASIA, code)):
        old, new = before.get(passport, {}), after.get(passport, {})
        if old == new:
            continue
        for destination in sorted({*old, *new}):
            was, now = old.get(destination), new.get(destination)
            if was == now:
                continue
            if passport in CENTRAL_ASIA or destination == index.home:
                countries = _country(index, passport), _country(index, destination)
                ours.append(PairChange(*countries, _requirement(was), _requirement(now)))
            else:
                elsewhere += 1
    return tuple(ours), elsewhere


def _country(index: Index, code: str) -> Country:
    """Return a country; a copy of another time may hold a code that we no longer know."""
    return index.country(code) if code in index.tables["countries"] else Country(code, code)


def _requirement(entry: Any) -> Requirement | None:
    return Requirement(*entry) if entry else None


HEADING = "Passport,Destination,Requirement"
FIELDS = 3
OWN = "-1"
"""What stands where passport and destination are the same country."""
WORDS = {
    "visa free": "visa_free",
    "visa on arrival": "visa_on_arrival",
    "eta": "eta",
    "e-visa": "e_visa",
    "visa required": "visa_required",
    "no admission": "no_admission",
    "covid ban": "covid_ban",
}
LONGEST_FREE = 366
STATES = 199
MAX_PROBLEMS = 100
HINT = mark(
    "Check the address; if it is right, the file has changed its form, and a newer version of "
    "visamap may read it."
)
NAMED = 5
"""How many missing codes a message names."""
CODE = 3
"""Letters of a code."""
STRANGE = {
    "\0": ("character", mark("a NUL character; expected plain text")),
    "\r": ("line-end", mark("the line ends with CR or CRLF; expected LF alone")),
    "\ufffd": ("encoding", mark("a byte that is not UTF-8; expected plain UTF-8")),
    '"': ("quotes", mark("a quotation mark; expected bare fields")),
}
"""What never stands in the file, with the rule it breaks; it is looked for before all else."""

Entry: TypeAlias = list[str | int | None]
Pairs: TypeAlias = dict[str, dict[str, Entry]]
Slip: TypeAlias = tuple[int, int, str, str]
"""Line, column, rule and message of what is wrong."""

_MEANINGS: dict[str, Entry] = {
    **{word: [ours, None] for word, ours in WORDS.items()},
    **{str(days): ["visa_free", days] for days in range(1, LONGEST_FREE + 1)},
    OWN: ["own", None],
}


def read_matrix(content: bytes, countries: Mapping[str, Any], url: str, states: int) -> Pairs:
    """Return the pairs by passport and destination, a passport's own country left out.

    ``countries`` are the small tables of ``visamap.data.names``: which codes exist.
    ``states`` is how many passports, and as many destinations, there must be.
    """
    text = content.decode("utf-8", "replace")
    pairs: Pairs = {}
    slip = _unreadable(text)
    slips = [slip] if slip else _read(text.split("\n")[:-1], _codes(countries), states, pairs)
    problems = [
        Problem(url, line, column, rule, "error", message)
        for line, column, rule, message in islice(slips, MAX_PROBLEMS)
    ]
    if problems:
        raise RefusedUpdateError(url, problems, tr(HINT))
    return pairs


def _codes(countries: Mapping[str, Any]) -> dict[str, str]:
    """Return our code for each three letters that may stand for a country (RKS is Kosovo too)."""
    kinds = {code: row[3] for code, row in countries["countries"].items()}
    return {
        name.upper(): code
        for name, code in countries["codes"].items()
        if len(name) == CODE and name.isalpha() and kinds[code] in {"state", "territory"}
    }


def _unreadable(text: str) -> Slip | None:
    """Return what forbids to read lines at all."""
    strange = [text.index(sign) for sign in STRANGE if sign in text]
    if not text.strip():
        return 1, 1, "empty", tr("the file is empty; expected the heading and the pairs")
    if text.lstrip("\ufeff \n\r\t").startswith("<"):
        return 1, 1, "html", tr("this is a web page (HTML), not the CSV file")
    if text.startswith("\ufeff"):
        message = tr("a byte order mark stands before the heading; expected plain UTF-8")
        return 1, 1, "encoding", message
    if strange:
        first = min(strange)
        rule, message = STRANGE[text[first]]
        return text.count("\n", 0, first) + 1, 1, rule, tr(message)
    if not text.endswith("\n"):
        cut = shortened(text.rpartition("\n")[2])
        message = tr("the last line ({line!r}) has no end: the file was cut off", line=cut)
        return text.count("\n") + 1, 1, "cut-off", message
    return None


def _read(lines: list[str], codes: Mapping[str, str], states: int, pairs: Pairs) -> Iterator[Slip]:
    """Fill ``pairs``, and yield every slip by line, then what is missing as a whole."""
    if lines[0] != HEADING:
        found = shortened(lines[0])
        message = tr("the heading is {found!r}; expected {heading}", found=found, heading=HEADING)
        yield 1, 1, "heading", message
    first_line: dict[tuple[str, str], int] = {}
    for at, line in enumerate(lines[1:], 2):
        row = line.split(",")
        if len(row) != FIELDS:
            message = tr(
                "fields: {found}; expected {number}: {heading}",
                found=len(row),
                number=FIELDS,
                heading=HEADING,
            )
            yield at, 1, "fields", message
            continue
        passport, destination, entry = codes.get(row[0]), codes.get(row[1]), _MEANINGS.get(row[2])
        own = passport == destination
        if not (passport and destination and entry) or (entry is _MEANINGS[OWN]) != own:
            for column, rule, message in _slips(row, codes):
                yield at, column, rule, message
        passport, destination = passport or row[0], destination or row[1]
        to = pairs.setdefault(passport, {})
        if destination in to:
            message = tr(
                "the pair {pair} stands in line {line} already",
                pair=shortened(f"{passport},{destination}"),
                line=first_line[passport, destination],
            )
            yield at, 1, "duplicate", message
        to[destination] = entry or []
        first_line.setdefault((passport, destination), at)
    for rule, message in _gaps(pairs, states):
        yield len(lines), 1, rule, message
    for passport, to in pairs.items():
        to.pop(passport, None)


def _slips(row: list[str], codes: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
    """Yield the column, rule and message of each slip in the fields of a line."""
    passport, destination, word = row
    places = 1, len(passport) + 2, len(passport) + len(destination) + 3
    for place, code in zip(places, (passport, destination), strict=False):
        if code not in codes:
            message = tr(
                "{code!r} is not a country; expected the three letters of ISO 3166-1, or XKX",
                code=shortened(code),
            )
            yield place, "code", message
    if word not in _MEANINGS:
        message = tr(
            "{word!r} is not a requirement; expected one of {words}, {own}, or the days from 1 to "
            "{longest}",
            word=shortened(word),
            words=", ".join(WORDS),
            own=OWN,
            longest=LONGEST_FREE,
        )
        yield places[2], "word", message
    elif (word == OWN) != (codes.get(passport, passport) == codes.get(destination, destination)):
        message = tr(
            "{passport} to {destination} is {word!r}; {own} stands for a passport's own country "
            "and for nothing else",
            passport=shortened(passport),
            destination=shortened(destination),
            word=word,
            own=OWN,
        )
        yield places[2], "own", message


def _gaps(pairs: Pairs, states: int) -> Iterator[tuple[str, str]]:
    """Yield what the file as a whole lacks: the rule and the message."""
    if len(pairs) != states:
        message = tr(
            "{found} passports, {found_pairs} pairs; expected {states} passports with {states} "
            "destinations each, {pairs} pairs",
            found=len(pairs),
            found_pairs=number(sum(map(len, pairs.values()))),
            states=states,
            pairs=number(states * states),
        )
        yield "count", message
    destinations = set[str]().union(*pairs.values())
    everywhere = {*pairs, *destinations}
    for passport, to in sorted(pairs.items()):
        missing = sorted(everywhere.difference(to))
        if missing:
            yield "missing", _without_rows(passport, missing)
    for code in sorted(destinations.difference(pairs)):
        yield "missing", tr("{code} has no rows as a passport", code=shortened(code))


def _without_rows(passport: str, missing: list[str]) -> str:
    passport = shortened(passport)
    named, more = shortened(", ".join(missing[:NAMED])), len(missing) - NAMED
    if more <= 0:
        return tr("{passport} has no row for {codes}", passport=passport, codes=named)
    return trn(
        "{passport} has no row for {codes} and {n} more",
        "{passport} has no row for {codes} and {n} more",
        more,
        passport=passport,
        codes=named,
    )

"""What two copies of the matrix say differently; it compares and judges nothing."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, TypeAlias

from visamap.domain.verdict import HOME
from visamap.errors import Problem, RefusedUpdateError, shortened
from visamap.i18n import mark, number, tr, trn
from visamap.results.data import PairChange, Requirement
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
            if passport in CENTRAL_ASIA or destination == HOME:
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

_MEANINGS: dict[str, Entry] = {
    **{word: [ours, None] for word, ours in WORDS.items()},
    **{str(days): ["visa_free", days] for days in range(1, LONGEST_FREE + 1)},
    OWN: ["own", None],
}


def read_matrix(content: bytes, countries: Mapping[str, Any], url: str, states: int) -> Pairs:
    """Return the pairs by passport and destination, a passport's own country left out.

    ``countries`` are the small tables of ``visamap.data.countries``: which codes exist.
    ``states`` is how many passports, and as many destinations, there must be.

    Raises:
        RefusedUpdateError: the file is not such a matrix; the error lists the problems by line.
    """
    text = content.decode("utf-8", "replace")
    problems = list(_problems_of_text(text, url))
    if not problems:
        lines, codes = text.split("\n")[:-1], _codes(countries)
        pairs = _pairs(lines, codes, states)
        if pairs is not None:
            return pairs
        problems = list(islice(_problems_of_lines(lines, codes, states, url), MAX_PROBLEMS))
    raise RefusedUpdateError(url, problems, tr(HINT))


def _codes(countries: Mapping[str, Any]) -> dict[str, str]:
    """Return our code for each three letters that may stand for a country (RKS is Kosovo too)."""
    kinds = {code: row[3] for code, row in countries["countries"].items()}
    return {
        name.upper(): code
        for name, code in countries["codes"].items()
        if len(name) == CODE and name.isalpha() and kinds[code] in {"state", "territory"}
    }


def _pairs(lines: list[str], codes: Mapping[str, str], states: int) -> Pairs | None:
    """Return the pairs of a sound file, ``None`` if anything at all is wrong with it.

    A code has three letters, so that a line falls into its fields by slices; whole columns are
    looked at rather than lines, which is several times faster.
    """
    heading, rows = lines[0], lines[1:]
    commas = {row[3:8:4] for row in rows}
    if heading != HEADING or len(rows) != states * states or commas != {",,"}:
        return None
    try:
        passports = [codes[row[:3]] for row in rows]
        destinations = [codes[row[4:7]] for row in rows]
        entries = [_MEANINGS[row[8:]] for row in rows]
    except KeyError:
        return None
    pairs: Pairs = {passport: {} for passport in dict.fromkeys(passports)}
    for passport, destination, entry in zip(passports, destinations, entries, strict=True):
        pairs[passport][destination] = entry
    own = _MEANINGS[OWN]
    owns = [column.pop(passport, None) for passport, column in pairs.items()]
    # As many rows as pairs, and every column full: no pair stands twice.
    sound = (
        len(pairs) == states
        and all(entry is own for entry in owns)
        and entries.count(own) == states
        and all(
            len(column) == states - 1 and column.keys() < pairs.keys() for column in pairs.values()
        )
    )
    return pairs if sound else None


def _problems_of_text(text: str, url: str) -> Iterator[Problem]:
    """Yield what forbids to read lines at all."""
    strange = [text.index(sign) for sign in STRANGE if sign in text]
    if not text.strip():
        what = 1, "empty", tr("the file is empty; expected the heading and the pairs")
    elif text.lstrip("\ufeff \n\r\t").startswith("<"):
        what = 1, "html", tr("this is a web page (HTML), not the CSV file")
    elif text.startswith("\ufeff"):
        message = tr("a byte order mark stands before the heading; expected plain UTF-8")
        what = 1, "encoding", message
    elif strange:
        first = min(strange)
        rule, message = STRANGE[text[first]]
        what = text.count("\n", 0, first) + 1, rule, tr(message)
    elif not text.endswith("\n"):
        cut = shortened(text.rpartition("\n")[2])
        message = tr("the last line ({line!r}) has no end: the file was cut off", line=cut)
        what = text.count("\n") + 1, "cut-off", message
    else:
        return
    line, rule, message = what
    yield Problem(url, line, 1, rule, "error", message)


def _problems_of_lines(
    lines: list[str], codes: Mapping[str, str], states: int, url: str
) -> Iterator[Problem]:
    """Yield every slip by line, then what is missing as a whole."""
    seen: dict[tuple[str, str], int] = {}
    if lines[0] != HEADING:
        found = shortened(lines[0])
        message = tr("the heading is {found!r}; expected {heading}", found=found, heading=HEADING)
        yield Problem(url, 1, 1, "heading", "error", message)
    for at, line in enumerate(lines[1:], 2):
        row = line.split(",")
        for column, rule, message in _slips(row, codes):
            yield Problem(url, at, column, rule, "error", message)
        if len(row) == FIELDS:
            pair = codes.get(row[0], row[0]), codes.get(row[1], row[1])
            first = seen.setdefault(pair, at)
            if first != at:
                message = tr(
                    "the pair {pair} stands in line {line} already",
                    pair=shortened(",".join(pair)),
                    line=first,
                )
                yield Problem(url, at, 1, "duplicate", "error", message)
    yield from _gaps(seen, states, url, len(lines))


def _slips(row: list[str], codes: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
    """Yield the column, rule and message of each slip in a line."""
    if len(row) != FIELDS:
        message = tr(
            "fields: {found}; expected {number}: {heading}",
            found=len(row),
            number=FIELDS,
            heading=HEADING,
        )
        yield 1, "fields", message
        return
    passport, destination, word = row
    places = 1, len(passport) + 2, len(passport) + len(destination) + 3
    for place, code in zip(places, (passport, destination), strict=False):
        if code not in codes:
            message = tr(
                "{code!r} is no country; expected the three letters of ISO 3166-1, or XKX",
                code=shortened(code),
            )
            yield place, "code", message
    if word not in _MEANINGS:
        message = tr(
            "{word!r} is no requirement; expected one of {words}, {own}, or the days from 1 to "
            "{longest}",
            word=shortened(word),
            words=", ".join(WORDS),
            own=OWN,
            longest=LONGEST_FREE,
        )
        yield places[2], "word", message
    elif (word == OWN) != (passport == destination):
        message = tr(
            "{passport} to {destination} is {word!r}; {own} stands for a passport's own country "
            "and for nothing else",
            passport=shortened(passport),
            destination=shortened(destination),
            word=word,
            own=OWN,
        )
        yield places[2], "own", message


def _gaps(
    seen: Mapping[tuple[str, str], int], states: int, url: str, last: int
) -> Iterator[Problem]:
    """Yield what the file as a whole lacks."""
    passports = sorted({passport for passport, _ in seen})
    destinations = {destination for _, destination in seen}
    if len(passports) != states:
        message = tr(
            "{found} passports, {found_pairs} pairs; expected {states} passports with {states} "
            "destinations each, {pairs} pairs",
            found=len(passports),
            found_pairs=number(len(seen)),
            states=states,
            pairs=number(states * states),
        )
        yield Problem(url, last, 1, "count", "error", message)
    everywhere = sorted({*passports, *destinations})
    for passport in passports:
        missing = [code for code in everywhere if (passport, code) not in seen]
        if missing:
            yield Problem(url, last, 1, "missing", "error", _without_rows(passport, missing))
    for code in sorted(destinations.difference(passports)):
        message = tr("{code} has no rows as a passport", code=shortened(code))
        yield Problem(url, last, 1, "missing", "error", message)


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

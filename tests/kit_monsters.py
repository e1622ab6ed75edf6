"""Inputs of one megabyte, each aimed at one way of making a reader slow or large.

``WRITTEN`` maps a reader of files (see ``kit_readers``) to its monsters: name and content, made
when asked for. None is longer than ``SIZE`` bytes.
"""

from datetime import date, timedelta
from itertools import product

SIZE = 1_000_000
HEAD = """\
meta:
  title: A monster
  release: 2026-01-01
  schema: 1
  home: KAZ
  licence: none
  coverage: [{passport: ordinary, from: 2005-01-01}]
"""
SOURCE = "  - {id: act, kind: law, url: 'https://example.org/act', accessed: 2025-11-24}\n"
ACT = (
    "  - {{id: act-{id}, kind: government-decree, title: t, confidence: high, sources: [act],"
    " events: [{{what: in-force, date: 1000-01-01, sources: [act]}}]{more}}}\n"
)
REGIME = (
    "  - {{id: {id}, instrument: {act}, nationalities: [{codes}], {dates}, confidence: high,"
    " sources: [{source}]}}\n"
)
CODES = (
    "AFG ALB AND ARE ARG ARM AUS AUT AZE BEL BGR BHR BIH BLR BRA BRN CAN CHE CHL CHN COL CRI CUB "
    "CYP CZE DEU DNK ECU EGY ESP EST FIN FRA GBR GEO GRC HKG HRV HUN IDN IND IRL IRN IRQ ISL ISR"
).split()


def filled(piece, before="", after=""):
    """Repeat a piece, which may be a function of its number, until a megabyte is full."""
    parts, left, n = [before], SIZE - len(before) - len(after), 0
    if not callable(piece):
        return before + piece * (left // len(piece.encode())) + after
    while True:
        part = piece(n)
        if len(part.encode()) > left:
            return "".join([*parts, after])
        parts.append(part)
        left -= len(part.encode())
        n += 1


def word(n):
    """A word of twelve letters that resembles all the others."""
    letters = []
    for _ in range(12):
        n, letter = divmod(n, 6)
        letters.append("abcdef"[letter])
    return "".join(reversed(letters))


def law(**sections):
    """A data file; a section that is a function is repeated until the file is full."""
    texts = {name: text for name, text in sections.items() if isinstance(text, str)}
    if "sources" not in sections:
        texts["sources"] = SOURCE
    (full,) = [name for name in sections if name not in texts]
    before = HEAD + "".join(f"{name}:\n{text}" for name, text in texts.items()) + f"{full}:\n"
    return filled(sections[full], before)


def regime(n, act="act-0", codes="THA", dates="from: 2010-01-01", source="act"):
    return REGIME.format(id=f"r-{word(n)}", act=act, codes=codes, dates=dates, source=source)


def act(n, more=""):
    return ACT.format(id=n, more=more)


def apart(n):
    """A period of one day of its own."""
    year, rest = divmod(n, 336)
    day = f"{1000 + year}-{rest // 28 + 1:02}-{rest % 28 + 1:02}"
    return f"from: {day}, to: {day}"


def halt(n):
    return (
        f"  - {{id: h-{n}, act: act-0, instruments: [act-0], {apart(n)}, confidence: high,"
        " sources: [act]}\n"
    )


def event(n):
    return f"{{what: signed, date: {1000 + n % 8000}-01-01, sources: [act]}},\n    "


def wave(n):
    """A rule of many nationalities and passports, for one day of its own."""
    kinds = "[ordinary, diplomatic, service, special, id_card]"
    return REGIME.format(
        id=f"r-{n:06}",
        act="act-0",
        codes=", ".join(CODES),
        dates=f"passports: {kinds}, {apart(n)}",
        source="act",
    )


def expectation(n):
    return f"{{on: {1000 + n % 8000}-01-01, certain: 1, possible: 1}},\n    "


def several(piece, number):
    return "".join(piece(n) for n in range(number))


def with_expectations(number, rules):
    """A file that expects something of many days."""
    head = HEAD + f"  expectations: [\n    {several(expectation, number)}]\n"
    return f"{head}sources:\n{SOURCE}instruments:\n{act(0)}regimes:\n{rules}"


def _text_of(letter):
    return HEAD + "note: " + letter * (SIZE - len(HEAD) - 6)


YAML = {
    "nothing": lambda: "",
    "brackets": lambda: "a: " + "[" * (SIZE - 3),
    "brackets-in-lines": lambda: filled("[\n"),
    "dashes": lambda: filled("- ", "a:\n"),
    "mappings": lambda: filled(lambda n: " " * n + "a:\n"),
    "questions": lambda: filled("? "),
    "keys-like-ours": lambda: filled(
        lambda n: f"nationalitie{n}: 1, \n", HEAD + "regimes: [{", "}]\n"
    ),
    "one-key": lambda: filled("a: 1\n"),
    "anchors": lambda: filled(lambda n: f"- &a{n} x\n", "a:\n"),
    "aliases": lambda: filled("*a, \n", "a: &a [", "]\n"),
    "laughs": lambda: "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9) if n else 'x'}]\n" for n in range(9)
    ),
    "tags": lambda: filled("- !!str x\n", "a:\n"),
    "documents": lambda: filled("---\na: 1\n"),
    "comments": lambda: filled("#\n"),
    "quotes": lambda: filled("'', ", "a: [\n"),
    "escapes": lambda: 'a: "' + "\\x41" * (SIZE // 4 - 2) + '"',
    "one-line": lambda: _text_of("x"),
    "wide-line": lambda: filled("x " * 40_000 + "\n  ", HEAD + "note: "),
    "digits": lambda: filled("9" * 90_000 + ",\n", "a: [", "]"),
    "tabs": lambda: filled("\t"),
    "bytes": lambda: b"\xff" * SIZE,
    "controls": lambda: filled("\x07"),
    "empty-records": lambda: filled("{}, \n", HEAD + "regimes: [", "]\n"),
    "sections": lambda: filled(lambda n: f"regime{n}: []\n", HEAD),
    "wrong-words": lambda: law(instruments=lambda n: act(n, f", about: visa-exempt{n}")),
    "long-wrong-words": lambda: law(instruments=lambda n: act(n, f", about: {'visa-' * 10_000}")),
    "wrong-codes-in-rules": lambda: filled(
        f"{{nationalities: [{'a,' * 1990}]}},\n", HEAD + "regimes: [\n", "]\n"
    ),
    "codes-in-a-rule": lambda: filled(
        "THA, \n", f"{HEAD}regimes: [{{id: a, nationalities: [", "]}]\n"
    ),
    "twice-the-id": lambda: law(instruments=lambda _: act(0)),
    "no-such-acts": lambda: law(instruments=lambda n: act(n, f", amends: act-{n}9x")),
    "long-ids": lambda: law(
        instruments=lambda n: act(f"{'ab' * 90}-{word(n)}", f", amends: {'ba' * 90}-{word(n)}")
    ),
    "huge-ids": lambda: law(
        instruments=lambda n: act(f"{'ab' * 20_000}-{n}", f", amends: {'ba' * 20_000}-{n}")
    ),
    "acts-in-a-ring": lambda: law(instruments=lambda n: act(n, f", amends: act-{n}")),
    "unused-sources": lambda: law(
        sources=lambda n: SOURCE.replace("id: act", f"id: s-{word(n)}").replace("act'", f"{n}'")
    ),
    "one-day-each": lambda: law(instruments=act(0), regimes=lambda n: regime(n, dates=apart(n))),
    "days-that-fit": lambda: law(
        instruments=act(0),
        regimes=lambda n: regime(n, dates=apart(n)) if n < 500 else "#" * 150 + "\n",
    ),
    "events": lambda: filled(
        event,
        HEAD + "sources:\n" + SOURCE + "instruments:\n"
        "  - {id: act-0, kind: government-decree, title: t, confidence: high, sources: [act],"
        " events: [\n    ",
        "]}\n",
    ),
    "halts": lambda: law(
        instruments=act(0), regimes=regime(0, dates="from: 1000-01-01"), suspensions=halt
    ),
    "halts-that-fit": lambda: law(
        instruments=act(0),
        regimes=regime(0, dates="from: 1000-01-01"),
        suspensions=lambda n: halt(n) if n < 499 else "#" * 150 + "\n",
    ),
    "waves": lambda: law(instruments=act(0), regimes=wave),
    "waves-that-fit": lambda: law(
        instruments=act(0), regimes=lambda n: wave(n) if n < 420 else "#" * 150 + "\n"
    ),
    "expectations": lambda: with_expectations(18_000, wave(0)),
    "expectations-that-fit": lambda: with_expectations(400, several(wave, 20)),
    "long-notes": lambda: law(instruments=lambda n: act(n, f", note: {'x' * 700}")),
}
LETTERS = list(product("ABCDEFGHIJKLMNOPQRSTUVWXYZ", repeat=3))


def _row(n):
    return f"KAZ,USA,{n % 400}\n"


def _pairs_of(n):
    a, b = divmod(n, len(CODES))
    return f"{CODES[a % len(CODES)]},{CODES[b]},visa free\n"


HEADING = "Passport,Destination,Requirement\n"
MATRIX = {
    "nothing": lambda: "",
    "one-line": lambda: "x" * SIZE,
    "one-line-of-commas": lambda: HEADING + "," * (SIZE - len(HEADING) - 1) + "\n",
    "one-pair": lambda: filled("KAZ,USA,30\n", HEADING),
    "pairs": lambda: filled(_pairs_of, HEADING),
    "no-countries": lambda: filled(
        lambda n: f"{''.join(LETTERS[n % 17_576])},{''.join(LETTERS[n // 17_576])},eta\n", HEADING
    ),
    "own": lambda: filled(lambda n: f"{CODES[n % 46]},{CODES[n % 46]},-1\n", HEADING),
    "no-words": lambda: filled(lambda n: f"KAZ,USA,{word(n)}\n", HEADING),
    "long-words": lambda: filled("KAZ,USA," + "visa " * 90_000 + "\n", HEADING),
    "long-codes": lambda: filled("K" * 240_000 + "," + "K" * 240_000 + ",-1\n", HEADING),
    "empty-lines": lambda: filled("\n", HEADING),
    "quotes": lambda: filled('"', HEADING),
    "brackets": lambda: "<" * SIZE,
    "bytes": lambda: HEADING.encode() + b"\xff" * (SIZE - 33),
}


def _trip(n):
    day = f"{1950 + n // 12 % 70}-{n % 12 + 1:02}"
    return f"{day}-01/{day}-02"


TRIPS = {
    "nothing": lambda: "[]",
    "one-trip": lambda: filled('"2024-01-01/2024-01-02",', "[", '"2024-01-01/2024-01-02"]'),
    "days-that-fit": lambda: law(
        instruments=act(0),
        regimes=lambda n: regime(n, dates=apart(n)) if n < 500 else "#" * 150 + "\n",
    ),
    "all-overlap": lambda: filled(
        lambda n: f'"2024-01-01/2024-01-{n % 28 + 1:02}",', "[", '"2024-01-01/2024-01-02"]'
    ),
    "trips": lambda: filled(lambda n: f'"{_day(n)}/{_day(n)}",', "[", f'"{_day(99_999)}/"]'),
    "trips-that-fit": lambda: "entry,exit\n" + several(lambda n: f"{_day(n)},{_day(n)}\n", 20_000),
    "slips-that-fit": lambda: "entry,exit\n" + several(lambda _: "a,b\n", 20_000),
    "no-trips": lambda: filled('"",', "[", '""]'),
    "numbers": lambda: filled("1,", "[", "1]"),
    "spaces": lambda: "[" + " " * (SIZE - 2) + "]",
    "spaces-between": lambda: filled('"2024-01-01/2024-01-02",' + " " * 900, "[", "1]"),
    "lines": lambda: filled("0,\n", "[", "0]"),
    "brackets": lambda: "[" * SIZE,
    "braces": lambda: filled('{"a":', "[", ""),
    "digits": lambda: "[" + "9" * (SIZE - 2) + "]",
    "one-text": lambda: '["' + "/" * (SIZE - 4) + '"]',
    "one-day": lambda: '["' + "x" * (SIZE - 4) + '"]',
    "csv": lambda: filled(lambda n: f"{_day(n)},{_day(n)}\n", "entry,exit\n"),
    "csv-of-one-trip": lambda: filled("2024-01-01,2024-01-02\n", "entry,exit\n"),
    "csv-of-no-trips": lambda: filled("a,b\n", "entry,exit\n"),
    "csv-of-short-rows": lambda: filled("a\n", "entry,exit\n"),
    "csv-of-one-cell": lambda: "entry,exit\n" + "x" * (SIZE - 11),
    "csv-of-commas": lambda: "entry,exit" + "," * (SIZE - 10),
    "csv-of-quotes": lambda: 'entry,exit\n"' + '"' * (SIZE - 12),
}


def _day(n):
    return (date(1850, 1, 1) + timedelta(n)).isoformat()


NAMES = {
    "nothing": lambda: "",
    "one-letter": lambda: "x" * SIZE,
    "digits": lambda: "7" * SIZE,
    "spaces": lambda: " " * SIZE,
    "accents": lambda: "e" + "\u0301" * (SIZE // 2 - 1),
    "ligatures": lambda: "\ufdfa" * (SIZE // 3),
    "words": lambda: filled("saint the "),
    "typos": lambda: filled(lambda n: f"republik of {word(n)} islands\n"),
    "long-typos": lambda: filled(lambda n: f"{'democratic republic of ' * 2}{word(n)}\n"),
}


SEEN = "passport,destination,requirement,days,first_seen,last_seen,how\n"
ROWS = {
    "nothing": lambda: "",
    "short-rows": lambda: filled("a\n", SEEN),
    "empty-rows": lambda: filled(",,,,,,\n", SEEN),
    "one-row": lambda: filled("KAZ,USA,visa_free,30,2020-01-01,2020-01-02,print\n", SEEN),
    "one-cell": lambda: filled("x" * 90_000 + ",,,,,,\n", SEEN),
    "commas": lambda: filled("," * 90_000 + "\n", SEEN),
    "quotes": lambda: filled('"a\n', SEEN),
    "words": lambda: filled(lambda n: f"KAZ,USA,visa_{word(n)},,,,\n", SEEN),
}

RELEASE = '{"schema":1,"data":{"release":"2026-01-01","digest":"a"},"countries":[],"dataset":{%s},'
RULE = '{"nationality":"THA","passport":"ordinary","verdict":"%s","max_stay_days":%s,"%s"},'


def _ruled(n):
    day = f'first_day":"{_day(2 * n)}","last_day":"{_day(2 * n)}'
    return RULE % ("visa_free", n, day)


RELEASES = {
    "nothing": lambda: "",
    "brackets": lambda: "[" * SIZE,
    "braces": lambda: filled('{"a":'),
    "digits": lambda: "9" * SIZE,
    "records": lambda: filled('{"id":"a"},', RELEASE % "" + '"rules":[', "{}]}"),
    "periods": lambda: filled(_ruled, RELEASE % "" + '"rules":[', _ruled(99_999)[:-1] + "]}"),
    "sections": lambda: filled(
        lambda n: f'"{n}":[],', '{"schema":1,"data":{},"rules":[],"countries":[],"dataset":{', "}}"
    ),
    "deep": lambda: filled(
        "[" * 500 + "]" * 500 + ",",
        '{"rules":[],"countries":[],"schema":1,"data":{},"dataset":[',
        "1]}",
    ),
}

SOUND = ("acts-in-a-ring", "days-that-fit", "halts-that-fit", "waves-that-fit")
"""What passes ``validate``: tried where it is answered from too, which takes longer."""
WRITTEN = {
    "validate": {name: made for name, made in YAML.items() if name not in SOUND},
    "data": {"nothing": lambda: law(instruments=act), **{name: YAML[name] for name in SOUND}},
    "rows": ROWS,
    "matrix": MATRIX,
    "release": RELEASES,
    "trips": TRIPS,
    "names": NAMES,
}

"""Files of strangers: a data file, a list of trips, what an update fetched, a release."""

import csv
import io
import json
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from kit_fuzz import DAYS, HOSTILE, SCALARS, VALUES, WORDS, came_of, damaged, fuzzed
from kit_readers import (
    RELEASE,
    matrix,
    outcome,
    pages,
    registry,
    release,
    rows,
    shown,
    trips,
    unless_installed,
    validate,
)
from upstream import STATES
from upstream import matrix as sound_matrix

import visamap
from visamap.cli.shared import FORMATS
from visamap.errors import RefusedUpdateError
from visamap.registry.asking import ask
from visamap.update.matrix import read_matrix

LAW = {
    "meta": {
        "title": "A test", "release": "2026-01-01", "schema": 1, "home": "KAZ", "licence": "none",
        "coverage": [{"passport": "ordinary", "from": "2005-01-01"}],
    },
    "groups": [{
        "id": "union", "name": "A union", "sources": ["act"],
        "members": [{"code": "RUS", "from": "2015-01-01"}],
    }],
    "instruments": [{
        "id": "kaz-tha-2020", "kind": "agreement", "title": "An agreement", "partners": ["THA"],
        "passports": ["ordinary"], "confidence": "high", "sources": ["act"],
        "terms": [{"kind": "per_visit", "days": 30}],
        "events": [
            {"what": "signed", "date": "2020-01", "sources": ["act"]},
            {"what": "approved", "by": "KAZ", "date": "2020-02-01", "sources": ["act"]},
            {"what": "in-force", "between": ["2020-03-01", "2020-06-30"], "sources": ["act"]},
        ],
    }],
    "regimes": [{
        "id": "tha-2020", "instrument": "kaz-tha-2020", "nationalities": ["THA"],
        "from_not_before": "2020-03-01", "from_not_after": "2020-06-30",
        "limits": [
            {"kind": "per_visit", "days": 30}, {"kind": "rolling", "days": 90, "per_days": 180},
        ],
        "conditions": {"passport_valid_months": 6}, "confidence": "high", "sources": ["act"],
    }],
    "suspensions": [{
        "id": "halt", "act": "kaz-tha-2020", "regimes": ["tha-2020"], "from": "2021-01-01",
        "to": "2021-06-30", "confidence": "high", "sources": ["act"],
    }],
    "overlays": [{
        "id": "more", "act": "kaz-tha-2020", "applies_to": {"groups": ["union"]},
        "limits": [{"kind": "hours", "hours": 72}], "confidence": "high", "sources": ["act"],
    }],
    "sources": [
        {"id": "act", "kind": "law", "url": "https://example.org/act", "accessed": "2025-11-24"},
    ],
}  # fmt: skip
"""A file of which every part is right, as a place to start from."""
IDS = ["act", "kaz-tha-2020", "tha-2020", "halt", "union", "more"]
WORDS_OF_LAW = [
    "THA", "RUS", "KAZ", "ordinary", "diplomatic", "id_card", "high", "low", "signed", "in-force",
    "ended", "suspended", "approved", "law", "news", "agreement", "per_visit", "rolling",
    "from_first_entry", "hours", "government-decree",
]  # fmt: skip
OTHERS = VALUES | WORDS | DAYS | st.sampled_from(IDS) | st.integers(-1, 400)


def alike(value):
    """Return what may stand where a value of the law stood, so that the file is still a law."""
    if type(value) is int:
        return st.integers(0, 400)
    if isinstance(value, list):
        return st.lists(st.sampled_from(value), max_size=3) if value else st.just([])
    if isinstance(value, dict):
        return st.just(value)
    if not isinstance(value, str):
        return SCALARS
    if value[:4].isdigit():
        return DAYS | st.sampled_from(["2020-01", "2021", "2020-03-01", "2021-06-30"])
    return st.sampled_from([value, *(IDS if value in IDS else WORDS_OF_LAW)])


DAYS_ASKED = [date(2019, 1, 1), date(2021, 3, 1), date(2026, 1, 1)]
TRIPS = ["2018-12-01/2018-12-20"]


def asked(answers):
    """Ask what a traveller asks, in every form; whatever comes is an answer or a clear error."""
    wanted = [
        *(("check", {"nationalities": [c], "on": d}) for d in DAYS_ASKED for c in ("THA", "RUS")),
        *(
            ("stay", {"nationality": c, "on": d, "trips": TRIPS})
            for d in DAYS_ASKED
            for c in ("THA", "RUS")
        ),
        *((name, {"on": d}) for d in DAYS_ASKED for name in ("agreements", "partners")),
        *(("timeline", {"nationality": c}) for c in ("THA", "RUS")),
        ("diff", {"first": DAYS_ASKED[0], "second": DAYS_ASKED[1]}),
        ("upcoming", {"on": DAYS_ASKED[0]}),
    ]
    for name, words in wanted:
        outcome(lambda _, n=name, w=words: shown(ask(answers, n, **w)), None)


def test_the_law_to_start_from_is_sound():
    assert outcome(validate, json.dumps(LAW)).startswith("[")
    assert "Problem" not in outcome(validate, json.dumps(LAW))


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """Open a law that may be damaged; None where it is refused."""
    path = tmp_path_factory.mktemp("fuzzed") / "law.yaml"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(path))  # a file: nothing is kept

        def one(value):
            path.write_text(json.dumps(value), "utf-8")
            return came_of(lambda: visamap.load(path))[0]

        yield one


STILL_A_LAW = damaged(LAW, OTHERS, alike, mildly=True)
"""Half of them are opened; of the others, with more damage, one in ten."""


@fuzzed(60)
@given(damaged(LAW, OTHERS, alike) | STILL_A_LAW)
@example({**LAW, "regimes": 5})
@example({**LAW, "meta": None})
def test_a_damaged_data_file_is_refused_or_answers(opened, value):
    said = outcome(validate, json.dumps(value))
    if answers := opened(value):
        asked(answers)
    else:
        assert "problem" in said.lower() or "error" in said.lower()


@unless_installed("api")
@fuzzed(8)
@given(STILL_A_LAW)
def test_pages_of_a_damaged_data_file_are_drawn(opened, value):
    if answers := opened(value):
        pages(answers)


PIECES = [
    *HOSTILE,
    ": ",
    "- ",
    "\n",
    "\n  ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "#",
    "&a ",
    "*a",
    "!!x ",
    "|\n",
]
TEXTS = st.lists(st.sampled_from([*PIECES, *json.dumps(LAW).split()]), max_size=60).map("".join)


@fuzzed(200)
@given(TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=200))
def test_any_text_for_a_data_file_is_refused_with_a_place(content):
    said = outcome(validate, content)
    assert "Problem(file=" in said or said.startswith("[0")


TRIP = st.one_of(
    WORDS,
    st.tuples(DAYS, DAYS).map("/".join),
    st.tuples(DAYS | WORDS, DAYS | WORDS | st.none()),
    st.fixed_dictionaries({}, optional={"entry": DAYS | VALUES, "exit": DAYS | VALUES}),
    st.dates().map(lambda day: (day, None)),
    VALUES,
)


@fuzzed(300)
@given(
    st.lists(TRIP, max_size=5),
    st.none() | TRIP,
    DAYS | WORDS,
    st.sampled_from(["THA", "RUS", "USA"]),
)
def test_any_trips_are_counted_or_refused(given_trips, plan, on, nationality):
    outcome(lambda _: registry().stay(nationality, on=on, trips=given_trips, plan=plan), None)


def _csv(cells):
    out = io.StringIO()
    csv.writer(out).writerows([["entry", "exit"], *cells])
    return out.getvalue()


TRIP_FILES = st.one_of(
    st.lists(TRIP, max_size=4).map(lambda found: json.dumps(found, default=str)),
    st.lists(st.lists(DAYS | WORDS, max_size=3), max_size=4).map(_csv),
    VALUES.map(json.dumps),
    TEXTS,
).map(lambda text: text.encode("utf-8", "surrogatepass"))


@fuzzed(200)
@given(TRIP_FILES | st.binary(max_size=100))
def test_any_file_of_trips_is_counted_or_refused(content):
    outcome(trips, content)


SOUND = sound_matrix(KAZ_USA="30")
LINES = SOUND.decode().splitlines()


@fuzzed(200)
@given(st.data())
def test_no_damaged_matrix_is_believed(data):
    lines = list(LINES)
    for _ in range(data.draw(st.integers(1, 3))):
        n = data.draw(st.integers(0, len(lines) - 1))
        how = data.draw(st.sampled_from(["drop", "double", "replace", "insert"]))
        word = data.draw(WORDS | st.sampled_from(["KAZ,USA,31", "FRA,KAZ,eta", "KAZ,USA"]))
        lines[n : n + 1] = {
            "drop": [], "double": [lines[n]] * 2, "replace": [word], "insert": [lines[n], word],
        }[how]  # fmt: skip
        lines = lines or [""]
    content = ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass")
    tables = registry().index.tables
    pairs, error = came_of(lambda: read_matrix(content, tables, "https://a/m", len(STATES)))
    if error:
        assert isinstance(error, RefusedUpdateError)
        assert error.problems
    else:  # every pair is there once, with words that we know
        assert sorted(pairs) == sorted(STATES)
        assert all(sorted({*column, code}) == sorted(STATES) for code, column in pairs.items())
        assert content.count(b"\n") == len(LINES)


@fuzzed(100)
@given(st.binary(max_size=300))
def test_any_bytes_for_a_matrix_are_refused(content):
    assert "RefusedUpdateError" in outcome(matrix, content)


def alike_in_a_release(value):
    """Return what may stand where a value stood, so that it still is a release."""
    return WORDS if isinstance(value, str) and value in {"a", "x", "2026-01-01"} else VALUES


@fuzzed(100)
@given(damaged(RELEASE, VALUES, alike_in_a_release))
def test_a_damaged_release_is_compared_or_refused(value):
    outcome(lambda content: release(content, *FORMATS), json.dumps(value))


ROWS = "passport,destination,requirement,days,first_seen,last_seen,how\n"


@fuzzed(100)
@given(st.lists(st.lists(WORDS | DAYS, min_size=6, max_size=8), max_size=4))
def test_any_rows_are_read_or_refused(cells):
    out = io.StringIO()
    csv.writer(out).writerows(cells)
    outcome(rows, (ROWS + out.getvalue()).encode("utf-8", "surrogatepass"))

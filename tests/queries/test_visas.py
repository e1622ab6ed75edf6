from datetime import date

import pytest
from kit import act, event, index_of, regime

from visamap.domain.entry import check, visa_hints
from visamap.domain.verdict import Visitor, runs
from visamap.domain.visas import for_nationality, remarks, visa, visas
from visamap.errors import UnknownRecordError

TODAY = date(2026, 11, 24)
BASE = [act(), act("kz-gov-148-2012")]


def record(code="B12", **fields):
    base = {
        "code": code,
        "name": f"Visa {code}",
        "group": "tourist",
        "audience": "Tourists.",
        "introduced": "2017-01-01",
        "confidence": "high",
        "sources": ["a-source"],
    }
    return {**base, **fields}


def announced(code="NEW", **fields):
    return record(code, introduced=None, announced_only=True, group="announced", **fields)


def a_list(name="exempt", **fields):
    base = {
        "id": name,
        "title": "Some states",
        "purpose": "invitation-exempt",
        "visas": ["B12"],
        "complete": True,
        "members": ["XAA"],
        "confidence": "high",
        "sources": ["a-source"],
    }
    return {**base, **fields}


def electronic(**category):
    words = {"text": "Somehow.", "sources": ["a-source"]}
    return {
        "lists": ["on-line"],
        "portals": [{"name": "A portal", "url": "https://example.org"}],
        "categories": [{"visa": "B12", "entries": "single", "sources": ["a-source"], **category}],
        "invitation": "required",
        "extendable": False,
        "entry_points": [{"text": "Airports.", "sources": ["a-source"]}],
        "conditions": ["a printed copy"],
        "processing": words,
        "fee": words,
        "visa_on_arrival": words,
        "confidence": "high",
        "sources": ["a-source"],
    }


def tariffs(*rates, **group):
    return {
        "groups": [{"id": "a-fee", "title": "A fee", **group}],
        "tables": [
            {
                "id": "a-table",
                "place": "missions-abroad",
                "title": "A table",
                "from": "2018-01-01",
                "rates": [
                    {"what": what, "amount": amount, "currency": currency}
                    for what, amount, currency in rates
                ],
                "confidence": "high",
                "sources": ["a-source"],
            }
        ],
        "mci": [
            {"year": 2024, "kzt": 3000, "sources": ["a-source"]},
            {"year": 2026, "kzt": 4000, "sources": ["a-source"]},
        ],
        "confidence": "high",
        "sources": ["a-source"],
    }


def index(*records, **sections):
    return index_of(
        instruments=[*BASE, *sections.pop("instruments", [])], visas=list(records), **sections
    )


def codes(on, *records, purpose=None, **sections):
    day = date.fromisoformat(on)
    return [one.code for one in visas(index(*records, **sections), day, purpose)]


def told(rows, nationality, on=TODAY):
    past = runs(rows, nationality, "ordinary")
    answer = check(rows, Visitor(nationality, "ordinary", on), past)
    return for_nationality(rows, visa(rows, "B12", on), answer).for_nationality


@pytest.mark.parametrize(
    ("on", "listed"),
    [
        ("2016-12-31", []),
        ("2017-01-01", ["B12"]),
        ("2019-12-31", ["B12"]),
        ("2020-01-01", []),  # abolished: the first day without it
    ],
)
def test_a_visa_is_listed_while_it_can_be_had(on, listed):
    assert codes(on, record(abolished="2020-01-01")) == listed


def test_a_visa_whose_first_day_is_not_known_is_listed_as_not_known():
    rows = record(), record("C1", introduced=None)
    found = {one.code: one.exists for one in visas(index(*rows), TODAY)}
    assert found == {"B12": True, "C1": None}


@pytest.mark.parametrize(
    ("on", "listed"),
    [
        ("2016-12-31", []),  # before the first category nothing is known of announcements
        ("2025-12-31", ["B12", "UNDATED"]),
        ("2026-01-01", ["B12", "DATED", "UNDATED"]),
    ],
)
def test_an_announced_visa_stands_last_from_its_announcement_and_does_not_exist(on, listed):
    decree = act("a-promise", events=[event("announced", "2026-01-01")])
    rows = record(), announced("DATED", act="a-promise"), announced("UNDATED")
    day = date.fromisoformat(on)
    found = list(visas(index(*rows, instruments=[decree]), day))
    assert [one.code for one in found] == listed
    assert not any(one.exists for one in found if one.announced_only)


def test_a_purpose_keeps_those_that_serve_it():
    rows = record(purposes=["tourism"]), record("B12-1", purposes=["remote-work", "tourism"])
    assert codes("2026-11-24", *rows, purpose="remote-work") == ["B12-1"]
    assert codes("2026-11-24", *rows, purpose="study") == []


@pytest.mark.parametrize(
    "text",
    [
        *("B12-1", "b12-1", "B121", "b12_1", "B12 1", "visa b12-1", "виза B12-1"),
        "\N{CYRILLIC CAPITAL LETTER VE}12-1",
        *("Neo Nomad", "neo-nomad", "NEONOMAD", "Neo Nomad Visa"),
    ],
)
def test_a_visa_is_found_however_its_code_or_name_is_written(text):
    rows = record(), record("B12-1", name="Nomads", aliases=["Neo Nomad"])
    assert visa(index(*rows), text, TODAY).code == "B12-1"


def test_a_code_wins_over_a_name_and_a_name_over_a_former_code():
    rows = (
        record("A5", name="B1", former_codes=["C1", "F1"]),
        record("B1", former_codes=["B2"]),
        record("B2"),
        record("C1", introduced="2017-01-01"),
    )
    found = {text: visa(index(*rows), text, TODAY).code for text in ("B1", "B2", "C1", "F1")}
    assert found == {"B1": "B1", "B2": "B2", "C1": "C1", "F1": "A5"}


@pytest.mark.parametrize(
    ("text", "on", "code", "said"),
    [
        ("C1", "2015-01-01", "A5", ["visa_not_yet", "former_code"]),
        ("C1", "2026-11-24", "C1", ["former_code"]),
        ("A5", "2026-11-24", "A5", []),
    ],
)
def test_a_code_of_2013_to_2016_means_its_old_visa_only_in_its_time(text, on, code, said):
    rows = index(record("A5", former_codes=["C1"]), record("C1"))
    day = date.fromisoformat(on)
    found = visa(rows, text, day)
    assert found.code == code
    assert [note.code for note in remarks(rows, [found], day, text, None)] == said


@pytest.mark.parametrize("text", ["", " - ", "visa", "Q9", "no such thing"])
def test_what_matches_nothing_is_an_error_with_the_command_that_lists(text):
    with pytest.raises(UnknownRecordError, match="`visamap visas` lists them"):
        visa(index(record()), text, TODAY)


def test_a_typing_error_is_answered_with_what_comes_close():
    rows = record(name="Tourist visa"), record("B12-1", aliases=["Neo Nomad"])
    with pytest.raises(UnknownRecordError) as caught:
        visa(index(*rows), "neo nomat", TODAY)
    assert caught.value.close == ("Neo Nomad (B12-1)",)


@pytest.mark.parametrize(
    ("fields", "on", "said"),
    [
        ({}, "2016-12-31", "visa_not_yet"),
        ({"abolished": "2020-01-01"}, "2020-01-01", "visa_abolished"),
        ({"introduced": None, "announced_only": True}, "2026-11-24", "visa_announced"),
    ],
)
def test_a_visa_that_is_not_there_on_the_day_is_shown_with_a_remark(fields, on, said):
    rows, day = index(record(**fields)), date.fromisoformat(on)
    found = visa(rows, "B12", day)
    assert found.exists is False
    assert [note.code for note in remarks(rows, [found], day, "B12", None)] == [said]


@pytest.mark.parametrize(
    ("on", "purpose", "said"),
    [
        ("2016-06-01", None, "visas_before_first"),
        ("2018-06-01", "remote-work", "visas_none_yet"),
        ("2026-11-24", "study", "visas_none"),
    ],
)
def test_an_empty_list_says_why(on, purpose, said):
    nomads = record("B12-1", purposes=["remote-work"], introduced="2024-11-17")
    rows, day = index(record(purposes=["tourism"]), nomads), date.fromisoformat(on)
    found = list(visas(rows, day, purpose))
    assert found == []
    assert [note.code for note in remarks(rows, found, day, None, purpose)] == [said]


@pytest.mark.parametrize(
    ("nationality", "complete", "exempt", "invitation"),
    [
        ("XAA", True, True, "not-required"),
        ("XAA", False, True, "not-required"),
        ("XBB", True, False, "required"),
        ("XBB", False, None, None),  # a list that is not complete never says no
        ("XST", True, False, "required"),
        ("XBR", True, None, None),  # whether such a status counts as the state's is not settled
    ],
)
def test_the_invitation_of_a_nationality(nationality, complete, exempt, invitation):
    row = record(invitation="required", invitation_exempt="exempt")
    rows = index(row, country_lists=[a_list(complete=complete)])
    found = told(rows, nationality)
    assert (found.invitation_exempt, found.invitation) == (exempt, invitation)


@pytest.mark.parametrize(
    ("nationality", "complete", "exempt"),
    [
        ("XAA", True, True),
        ("XBB", True, False),
        ("XBB", False, None),
        ("XST", True, False),
        ("XBR", True, None),
        ("XOR", True, None),
    ],
)
def test_check_says_of_the_invitation_what_the_visa_says(nationality, complete, exempt):
    row = record(invitation="required", invitation_exempt="exempt")
    rows = index(row, country_lists=[a_list(complete=complete)])
    hints = visa_hints(rows, Visitor(nationality, "ordinary", TODAY))
    assert hints.invitation_exempt is told(rows, nationality).invitation_exempt is exempt


def test_a_list_of_other_days_decides_nothing():
    row = record(invitation="required", invitation_exempt="exempt")
    rows = index(row, country_lists=[a_list(**{"from": "2020-01-01"})])
    found = told(rows, "XAA", date(2019, 12, 31))
    assert found.invitation_exempt is None
    assert found.invitation is None


@pytest.mark.parametrize(
    ("fields", "category", "nationality", "listed"),
    [
        ({}, {}, "XAA", "on-line"),
        ({}, {}, "XBB", None),  # never false: no list of these is complete
        ({"confidence": "low"}, {}, "XAA", None),
        ({"confidence": "low", "stand_in_for": "official"}, {}, "XAA", "on-line"),
        ({"visas": ["B1"]}, {}, "XAA", None),
        ({}, {"since": "2026-11-25"}, "XAA", None),
        ({}, {"visa": "B1"}, "XAA", None),
    ],
)
def test_an_e_visa_needs_a_category_and_a_list_that_speaks(fields, category, nationality, listed):
    base = {"purpose": "e-visa", "complete": False}
    lists = [
        a_list("on-line", **{**base, **fields}),
        a_list("official", members=[], **base),
    ]
    rows = index(record(), record("B1"), country_lists=lists, e_visa=electronic(**category))
    found = told(rows, nationality)
    assert found.e_visa_list == listed
    assert found.e_visa is (True if listed else None)


@pytest.mark.parametrize(
    ("nationality", "verdict", "stay"),
    [("XAA", "visa_free", 30), ("XBB", "visa_required", None), ("KAZ", "citizen", None)],
)
def test_a_nationality_is_told_whether_it_needs_a_visa_at_all(nationality, verdict, stay):
    rows = index_of(regime(), instruments=BASE, visas=[record(invitation="required")])
    found = told(rows, nationality)
    assert (found.verdict, found.max_stay_days) == (verdict, stay)
    assert found.invitation == (None if verdict == "citizen" else "required")


@pytest.mark.parametrize(
    ("on", "tenge"),
    [
        ("2026-11-24", ("2000.0", 2026)),
        ("2025-06-01", ("1500.0", 2024)),
        ("2023-01-01", (None,) * 2),
    ],
)
def test_a_fee_in_indices_is_told_in_tenge_of_the_last_year_known_by_then(on, tenge):
    fees = tariffs(
        ("single", "0.5", "MCI"),
        ("multiple", "9", "USD"),
        place="missions-abroad",
        rates=["single"],
    )
    found = visa(index(record(fee="a-fee"), fees=fees), "B12", date.fromisoformat(on))
    (line,) = found.fees
    assert (line.amount, line.currency, line.as_of) == ("0.5", "MCI", date(2018, 1, 1))
    assert (line.kzt, line.mci_year) == tenge
    assert found.free_of_charge is False


def test_a_visa_without_rates_is_free_and_one_without_a_fee_is_not_known():
    fees = tariffs(("single", "1", "USD"))
    rows = index(record(fee="a-fee"), record("C1"), fees=fees)
    found = {one.code: (one.free_of_charge, one.fees) for one in visas(rows, TODAY)}
    assert found == {"B12": (True, ()), "C1": (None, ())}


def test_data_without_visas_answers_with_an_empty_list():
    rows = index()
    assert list(visas(rows, TODAY)) == []
    assert [note.code for note in remarks(rows, [], TODAY, None, None)] == ["visas_none"]

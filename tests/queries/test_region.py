"""Where one can cross on a day: what is known, what is not, and when it was seen."""

from datetime import date

import pytest

import visamap
from visamap.domain.crossings import common_visa, counted, crossings
from visamap.errors import BeyondHorizonError, WrongUsageError
from visamap.registry.asking import ask
from visamap.render import coverage_text
from visamap.store.index import Index
from visamap.vocabulary import BORDERS, CENTRAL_ASIA, DESTINATIONS

REGISTRY = visamap.load()


def on_the_day(first, second, day, index=REGISTRY.index):
    found = crossings(index, first, second, date.fromisoformat(day))
    return {one.id.removeprefix("kgz-tjk-"): one.open_to for one in found}


def seen(first, second, day):
    found = crossings(REGISTRY.index, first, second, date.fromisoformat(day))
    return {one.id: one.last_seen for one in found}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2021-04-28", {"unknown"}),  # the day before the first that may be closed
        ("2021-05-10", {"unknown"}),  # closed from a day between two bounds
        ("2021-05-21", {"closed"}),
        ("2023-06-30", {"closed"}),
    ],
)
def test_all_crossings_between_kyrgyzstan_and_tajikistan_were_closed(day, expected):
    assert set(on_the_day("KGZ", "TJK", day).values()) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-03-12", ("closed", "closed", "closed", "unknown", "closed")),
        ("2025-03-13", ("all", "citizens", "closed", "unknown", "unknown")),  # the first day counts
        ("2025-07-07", ("all", "citizens", "closed", "unknown", "unknown")),
        ("2025-07-08", ("all", "citizens", "unknown", "all", "unknown")),
    ],
)
def test_they_reopened_one_after_the_other_in_2025(day, expected):
    found = on_the_day("KGZ", "TJK", day)
    names = ("kyzyl-bel", "kairagach", "karamyk", "bor-dobo", "kulundu")
    assert tuple(found[name] for name in names) == expected


def test_what_is_open_says_when_it_was_seen_and_what_is_not_known_does_not():
    days = seen("KGZ", "TJK", "2025-07-08")
    assert days["kgz-tjk-kyzyl-bel"] == "2025-03-17"
    assert days["kgz-tjk-karamyk"] == "2025-07-08"  # open, and to whom else is not known
    assert days["kgz-tjk-kulundu"] is None  # nothing is known of the day


def test_the_order_of_the_two_states_does_not_matter():
    day = date(2025, 7, 8)
    assert crossings(REGISTRY.index, "TJK", "KGZ", day) == crossings(
        REGISTRY.index, "KGZ", "TJK", day
    )


def test_states_that_do_not_touch_have_no_crossings_and_all_others_have():
    pairs = {(a, b): crossings(REGISTRY.index, a, b, date(2026, 1, 1)) for a, b in PAIRS}
    assert {"-".join(pair) for pair, found in pairs.items() if found} == set(BORDERS)
    assert crossings(REGISTRY.index, "KAZ", "RUS", date(2026, 1, 1)) == ()
    assert crossings(REGISTRY.index, "KAZ", "KAZ", date(2026, 1, 1)) == ()


PAIRS = [(a, b) for a in sorted(CENTRAL_ASIA) for b in sorted(CENTRAL_ASIA) if a < b]


class Table:
    """An index with crossings of one's own."""

    def __init__(self, *periods, closures=()):
        self.table = {
            "crossings": [crossing("a", periods)],
            "trains": [],
            "closures": [{"border": "KAZ-UZB", **one} for one in closures],
            "sources": {"a-source": ["https://example.org", "news"]},
        }

    def apart(self, _name):
        return self.table

    country = REGISTRY.index.country
    sources = Index.sources


def crossing(name, periods):
    rest = {"name": name, "confidence": "high", "sources": ["a-source"]}
    return {"id": name, "border": "KAZ-UZB", **rest, "periods": list(periods)}


def period(open_to, **fields):
    return {"open_to": open_to, "last_seen": "2021", **fields}


def state(day, *periods, closures=()):
    (only,) = crossings(Table(*periods, closures=closures), "KAZ", "UZB", date.fromisoformat(day))
    return only.open_to, only.last_seen


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2020-04-30", "unknown"),
        ("2020-05-01", "all"),
        ("2020-10-31", "all"),
        ("2020-11-01", "unknown"),
    ],
)
def test_outside_its_season_a_crossing_is_not_known(day, expected):
    mountain = period("all", **{"from": "2010-01-01", "season": [5, 10]})
    assert state(day, mountain)[0] == expected


@pytest.mark.parametrize(("day", "expected"), [("2020-01-15", "all"), ("2020-02-01", "unknown")])
def test_a_season_may_go_over_the_turn_of_the_year(day, expected):
    lake = period("all", **{"from": "2010-01-01", "season": [12, 1]})
    assert state(day, lake)[0] == expected


def test_after_the_last_day_for_which_a_source_vouches_nothing_is_known():
    promised = period("closed", **{"from": "2020-01-01", "known_until": "2020-06-30"})
    assert state("2020-06-30", promised) == ("closed", "2021")
    assert state("2020-07-01", promised) == ("unknown", None)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2020-02-29", "all"),
        ("2020-03-10", "unknown"),  # the closure may have begun
        ("2020-03-31", "closed"),
        ("2020-07-01", "unknown"),  # and may have ended
        ("2020-09-01", "all"),
    ],
)
def test_a_closed_border_closes_all_its_crossings(day, expected):
    closure = {
        "from_not_before": "2020-03-01",
        "from_not_after": "2020-03-31",
        "to_not_before": "2020-06-30",
        "to_not_after": "2020-08-31",
        "last_seen": "2020-06-30",
        "short": "closed",
        "sources": ["a-source"],
    }
    assert state(day, period("all", **{"from": "2010-01-01"}), closures=[closure])[0] == expected


def test_a_crossing_that_was_closed_stays_so_where_the_border_may_be_closed_too():
    closure = {"from_not_after": "2020-12-31", "last_seen": "2021", "sources": ["a-source"]}
    closed = period("closed", **{"from": "2010-01-01"})
    assert state("2020-06-01", closed, closures=[closure])[0] == "closed"


def test_a_train_counts_at_each_border_that_it_crosses():
    found = ask(REGISTRY, "crossings", states=["UZB"], on="2026-11-24").items
    borders = [one.between for one in found if one.id == "kulob-volgograd"]
    assert [[state.code for state in pair] for pair in borders] == [["KAZ", "UZB"], ["TJK", "UZB"]]


def test_one_state_has_its_own_borders_and_none_means_all():
    of_tajikistan = ask(REGISTRY, "crossings", states=["TJK"], on="2026-11-24").items
    assert {tuple(state.code for state in one.between) for one in of_tajikistan} == {
        ("KGZ", "TJK"),
        ("TJK", "UZB"),
    }
    everything = ask(REGISTRY, "crossings", on="2026-11-24").items
    assert len({one.between for one in everything}) == len(BORDERS)


def test_names_are_understood_and_asked_in_codes():
    answer = ask(REGISTRY, "crossings", states=["Кыргызстан", "tajikistan"], on="2026-11-24")
    assert answer.asked["states"] == ["KGZ", "TJK"]


@pytest.mark.parametrize("states", [["RUS"], ["KGZ", "CHN"], ["KGZ", "TJK", "UZB"]])
def test_wrong_states_are_told_the_five(states):
    with pytest.raises(WrongUsageError, match="KAZ, KGZ, TJK, TKM, UZB"):
        ask(REGISTRY, "crossings", states=states, on="2026-11-24")


def test_a_day_past_the_horizon_is_refused():
    with pytest.raises(BeyondHorizonError):
        ask(REGISTRY, "crossings", on="2027-11-26")


def notes(*states, on="2026-11-24"):
    found = ask(REGISTRY, "crossings", states=states, on=on)
    return {note.code: note.values for note in found.notes}


def test_where_states_do_not_touch_no_land_way_is_known():
    assert notes("KAZ", "TJK") == {"no_land_way": {"from": "Kazakhstan", "to": "Tajikistan"}}


def test_where_all_is_closed_no_way_is_known_open():
    assert "no_way_known_open" in notes("KGZ", "TJK", on="2022-01-01")
    assert "no_way_known_open" not in notes("KGZ", "TJK")


def test_what_others_counted_stands_beside_the_list():
    assert notes("TJK", "UZB")["crossings_counted"]["number"] == 17
    assert counted(REGISTRY.index, "UZB", "TJK", date(2019, 1, 1))["crossings"] == 16
    assert counted(REGISTRY.index, "UZB", "TJK", date(2018, 1, 1)) is None


def test_there_is_no_common_visa_and_coverage_says_so():
    note = common_visa(REGISTRY.index)
    assert note.values["first"] == "2018-06-05"
    assert note.values["last"] == "2025-03-31"
    assert note.values["number"] == len(note.values["announced"]) == 14
    assert note in ask(REGISTRY, "coverage", on="2026-11-24").notes
    one = ask(REGISTRY, "coverage", id="counting-of-days", on="2026-11-24")
    assert "common_visa" not in {note.code for note in one.notes}


def test_coverage_of_all_destinations_tells_of_each_and_of_the_common_visa_once():
    found = ask(REGISTRY, "coverage", to=["all"])
    assert tuple(one.destination.code for one in found.items) == DESTINATIONS
    assert all(one.known and one.sources for one in found.items)
    assert [note.code for note in found.notes].count("common_visa") == 1
    told = coverage_text.text(found, 80)
    assert all(code in told for code in DESTINATIONS)
    assert told.count("There is no common visa for the five states") == 1

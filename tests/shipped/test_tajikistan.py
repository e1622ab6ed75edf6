"""Answers on entering Tajikistan, checked by hand against what decrees and notices say."""

from datetime import date

import pytest

from visamap.domain.partners import counts
from visamap.registry import load
from visamap.render.visas_text import e_visa

REQUIRED, FREE, UNKNOWN, CITIZEN = "visa_required", "visa_free", "unknown", "citizen"
FIFTY_TWO = "tj-gov-464-2021"


@pytest.fixture(scope="module")
def tajikistan():
    return load().entering("TJK")


# nationality, day, verdict, longest first stay in days, act of the chosen rule
BY_DAY = [
    # the list of before the waves, from the day on which an encyclopedia has it whole
    ("ARM", "2013-12-16", UNKNOWN, None, None),
    ("ARM", "2013-12-17", FREE, 90, "tj-list-visa-free"),
    ("UKR", "2026-11-24", FREE, 90, "tj-list-visa-free"),
    ("GEO", "2026-11-24", FREE, None, "tj-list-visa-free"),
    ("RUS", "2020-01-01", FREE, 90, "cis5-minsk-2000"),
    ("KGZ", "2020-01-01", FREE, None, "cis5-minsk-2000"),
    # weakly sourced, or about to end: no yes
    ("BLR", "2020-01-01", UNKNOWN, None, None),
    ("MDA", "2026-11-24", UNKNOWN, None, None),
    # Kazakhstan: no length of stay before the agreement of 2018
    ("KAZ", "2018-01-01", FREE, None, "cis5-minsk-2000"),
    ("KAZ", "2019-07-22", FREE, 90, "kaz-tjk-2018"),
    # Uzbekistan: border residents only, one day of doubt, then the agreement
    ("UZB", "2018-03-18", REQUIRED, None, None),
    ("UZB", "2018-03-19", UNKNOWN, None, None),
    ("UZB", "2018-03-20", FREE, 30, "tjk-uzb-2018"),
    # 52 states from 2022
    ("DEU", "2021-12-31", REQUIRED, None, None),
    ("DEU", "2022-01-01", FREE, 30, FIFTY_TWO),
    ("USA", "2022-01-01", FREE, 30, FIFTY_TWO),
    ("BRN", "2026-11-24", FREE, 30, FIFTY_TWO),
    ("KOR", "2022-01-01", FREE, 30, FIFTY_TWO),
    ("DOM", "2022-01-01", FREE, 30, FIFTY_TWO),
    ("GBR", "2022-01-01", REQUIRED, None, None),
    # Türkiye: in, and out again before the second wave
    ("TUR", "2024-04-19", FREE, 30, FIFTY_TWO),
    ("TUR", "2024-04-20", REQUIRED, None, None),
    ("TUR", "2026-11-24", REQUIRED, None, None),
    # 24 states from May 2024; Palestine with official passports only
    ("IRL", "2024-04-30", REQUIRED, None, None),
    ("IRL", "2024-05-01", FREE, 30, "tj-gov-190-2024"),
    ("VAT", "2024-05-01", FREE, 30, "tj-gov-190-2024"),
    ("PSE", "2024-05-01", REQUIRED, None, None),
    # for some only: over 55, by flights to and from Tehran
    ("CHN", "2026-11-24", REQUIRED, None, None),
    ("DMA", "2026-11-24", REQUIRED, None, None),
    ("IRN", "2026-11-24", REQUIRED, None, None),
    # nobody's rule
    ("AFG", "2026-11-24", REQUIRED, None, None),
    ("IND", "2026-11-24", REQUIRED, None, None),
    ("TKM", "2026-11-24", REQUIRED, None, None),
    ("TJK", "2026-11-24", CITIZEN, None, None),
]


@pytest.mark.parametrize(("code", "on", "verdict", "days", "act"), BY_DAY)
def test_ordinary_passports(tajikistan, code, on, verdict, days, act):
    told = tajikistan.check(code, on=on)
    assert (told.verdict, told.max_stay_days) == (verdict, days)
    assert (told.regime and told.regime.instrument) == act


@pytest.mark.parametrize(
    ("on", "certain", "possible"),
    [
        ("2020-01-01", 8, 2),
        ("2022-01-01", 60, 2),
        ("2024-04-20", 59, 2),
        ("2024-05-01", 83, 2),
        ("2026-11-24", 83, 2),
    ],
)
def test_how_many_enter_without_a_visa(tajikistan, on, certain, possible):
    assert counts(tajikistan.index, "ordinary", date.fromisoformat(on)) == (certain, possible)


def test_published_counts(tajikistan):
    told = {claim.id: (claim.ours, claim.outcome) for claim in tajikistan.claims()}
    assert told["tj-nine-2014"] == (7, "within_bounds")  # Belarus and Moldova are not certain
    assert told["tj-fifty-two-2022"] == (52, "reproduced")
    # 77 counts Türkiye and Palestine, whose ordinary passports need a visa
    assert told["tj-seventy-seven-2024"] == (75, "contradicted")
    assert told["tj-seventy-seven-2026"] == (75, "contradicted")


# nationality, day, what the rule needs, its longest stay
CONDITIONAL = [
    ("CHN", "2024-04-30", None, None),
    ("CHN", "2024-05-01", {"min_age": 55}, 14),
    ("DMA", "2026-11-24", {"min_age": 55}, 14),
    ("VUT", "2026-11-24", {"min_age": 55}, 14),
    ("GBR", "2026-11-24", None, None),
    ("IRN", "2024-08-09", None, None),
    (
        "IRN",
        "2024-08-10",
        {"arrival_by": "air", "flights": "flights between Dushanbe and Tehran"},
        30,
    ),
]


@pytest.mark.parametrize(("code", "on", "needs", "days"), CONDITIONAL)
def test_rules_for_some_are_told_and_are_no_yes(tajikistan, code, on, needs, days):
    told = tajikistan.check(code, on=on)
    assert told.verdict == REQUIRED
    found = [
        ({need.code: need.value for need in rule.needs}, rule.limits[0].days)
        for rule in told.conditional
    ]
    assert found == ([(needs, days)] if needs else [])


def test_iran_counts_from_the_first_entry(tajikistan):
    (rule,) = tajikistan.check("IRN", on="2026-11-24").conditional
    assert [(one.kind, one.days, one.per_days) for one in rule.limits] == [
        ("per_visit", 30, None),
        ("from_first_entry", 30, 90),
    ]


@pytest.mark.parametrize(
    ("code", "passport", "on", "verdict", "days"),
    [
        ("DEU", "diplomatic", "2022-01-01", FREE, 30),
        ("TUR", "service", "2024-04-19", FREE, 30),
        ("TUR", "service", "2024-04-20", UNKNOWN, None),  # inferred only
        ("CHN", "special", "2026-11-24", FREE, 30),
        ("PSE", "service", "2024-05-01", FREE, 30),
        ("HUN", "diplomatic", "2026-11-24", FREE, 90),  # longer than by the decree
        ("PAK", "diplomatic", "2026-11-24", FREE, 90),
        ("PAK", "service", "2026-11-24", UNKNOWN, None),  # signed, not known in force
        ("PRK", "diplomatic", "2026-11-24", UNKNOWN, None),
        ("GBR", "diplomatic", "2026-11-24", UNKNOWN, None),  # not covered
        ("UNO", "laissez_passer", "2026-11-24", UNKNOWN, None),
    ],
)
def test_official_passports(tajikistan, code, passport, on, verdict, days):
    told = tajikistan.check(code, on=on, passport=passport)
    assert (told.verdict, told.max_stay_days) == (verdict, days)


@pytest.mark.parametrize(
    ("code", "on", "closed"),
    [
        ("ITA", "2020-02-28", False),
        ("ITA", "2020-02-29", True),
        ("ITA", "2020-03-05", False),
        ("DEU", "2020-03-01", False),  # not one of the 35
        ("DEU", "2020-04-09", False),
        ("DEU", "2020-04-10", True),
        ("RUS", "2021-06-30", True),
        ("RUS", "2021-07-01", False),
        ("KGZ", "2021-08-01", True),
        ("KGZ", "2025-03-12", True),
        ("KGZ", "2025-03-13", False),
        ("UZB", "2023-01-01", False),
    ],
)
def test_closures_are_practice_and_no_law(tajikistan, code, on, closed):
    told = tajikistan.check(code, on=on)
    assert ("border-closed" in {one.kind for one in told.advisories}) is closed


def test_the_end_of_the_closure_is_told_as_not_known(tajikistan):
    (told,) = (
        one for one in tajikistan.check("RUS", on="2021-03-01").advisories if "closed" in one.kind
    )
    assert told.certain is False


# nationality, day, within how many days, which days, only for stays over so many
REGISTRATION = [
    ("ARM", "2018-05-31", 3, "calendar", None),
    ("ARM", "2018-06-01", 10, "working", None),
    ("DEU", "2022-01-01", 10, "working", None),
    ("RUS", "2026-11-24", 10, "working", None),
    ("UZB", "2026-11-24", 10, "working", None),
    ("KAZ", "2019-07-21", 10, "working", None),
    ("KAZ", "2019-07-22", 30, "calendar", 30),
    ("KGZ", "2026-11-24", 60, "calendar", 60),
]


@pytest.mark.parametrize(("code", "on", "days", "kind", "over"), REGISTRATION)
def test_registration(tajikistan, code, on, days, kind, over):
    told = tajikistan.check(code, on=on)
    (duty,) = (one for one in told.duties if one.kind == "registration")
    assert (duty.within_days, duty.day_kind, duty.stay_over_days) == (days, kind, over)


@pytest.mark.parametrize(("on", "days"), [("2025-05-28", [10]), ("2025-05-29", [])])
def test_iranians_need_not_register_for_as_long_as_they_may_stay(tajikistan, on, days):
    told = tajikistan.check("IRN", on=on, passport="service")
    assert [one.within_days for one in told.duties if one.kind == "registration"] == days


def test_gorno_badakhshan_needs_a_permit_of_every_visitor(tajikistan):
    for code in ("DEU", "GBR", "IRN", "KGZ", "RUS", "UZB"):
        duties = tajikistan.check(code, on="2026-11-24").duties
        assert any("GBAO" in duty.text for duty in duties if duty.kind == "border-zone")


def test_there_is_no_transit_without_a_visa(tajikistan):
    assert tajikistan.check("CHN", on="2026-11-24").transit == ()


@pytest.mark.parametrize(
    ("code", "on", "given"),
    [
        ("GBR", "2026-11-24", True),
        ("IND", "2026-11-24", True),
        ("KEN", "2022-06-01", True),
        ("SYR", "2026-11-24", None),  # a list and a dataset contradict each other
        ("TUR", "2026-11-24", None),
        ("AFG", "2026-11-24", None),
    ],
)
def test_the_electronic_visa(tajikistan, code, on, given):
    """A list that is not whole says no to nobody."""
    assert tajikistan.check(code, on=on).visas.e_visa is given


@pytest.mark.parametrize(
    ("on", "days"),
    [("2016-05-31", None), ("2016-06-01", 45), ("2020-02-17", 45), ("2020-02-18", 60)],
)
def test_the_electronic_visa_by_its_terms_of_the_day(tajikistan, on, days):
    (tourist,) = tajikistan.visas("T", on=on)
    assert (tourist.e_visa and tourist.e_visa.stay_days) == days


def test_what_the_electronic_visa_costs(tajikistan):
    (tourist,) = tajikistan.visas("T", on="2026-11-24")
    form = tourist.e_visa
    assert (form.validity_days, form.portal) == (90, "https://www.evisa.tj")
    assert any("30 US dollars for one entry, 50 for several" in said for said in e_visa(form))


def test_one_agreement_begins_on_two_days(tajikistan):
    uzbekistan = load().entering("UZB")
    told = [
        next(act for act in one.agreements(partner=code, on=day) if act.id == "tjk-uzb-2018")
        for one, code in ((tajikistan, "UZB"), (uzbekistan, "TJK"))
        for day in ("2018-03-17", "2018-03-20")
    ]
    assert [act.status for act in told] == ["signed", "in_force", "in_force", "in_force"]
    assert (str(told[0].provisionally), str(told[2].provisionally)) == ("None", "2018-03-16")
    assert ["Uzbekistan" in told[0].title, "Tajikistan" in told[2].title] == [True, True]


def test_what_only_the_other_side_cites_is_no_source_here(registry, tajikistan):
    ours, theirs = (
        {source["id"] for source in one.index.records["sources"]} for one in (tajikistan, registry)
    )
    assert "moldpres-denounces-three-more" in ours - theirs


def test_an_agreement_of_many_ended_for_some(registry, tajikistan):
    told = [
        next(act for act in one.agreements(on="2010-01-01") if act.id == "cis-bishkek-1992").status
        for one in (registry, tajikistan)
    ]
    assert told == ["ended", "possibly_in_force"]

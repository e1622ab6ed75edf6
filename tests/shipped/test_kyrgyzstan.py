"""Answers on entering Kyrgyzstan, checked by hand against acts, ministries and embassies."""

from datetime import date

import pytest

from visamap.domain.partners import counts
from visamap.i18n import speaking
from visamap.registry import load
from visamap.render.phrases_stay import in_both_ways

REQUIRED, FREE, UNKNOWN, CITIZEN = "visa_required", "visa_free", "unknown", "citizen"


@pytest.fixture(scope="module")
def kyrgyzstan():
    return load().entering("KGZ")


# nationality, day, verdict, longest first stay in days, act of the chosen rule
BY_DAY = [
    # the 44 states of 2012, Japan, seven states of 2019, nine of 2021
    ("DEU", "2012-07-26", UNKNOWN, None, None),  # before we cover it
    ("DEU", "2012-07-27", FREE, 60, "kg-law-121-2012"),
    ("JPN", "2013-08-01", FREE, None, "kg-list-2012"),
    ("JPN", "2013-08-02", FREE, 60, "kg-law-2013-jpn"),
    ("ARG", "2019-04-08", REQUIRED, None, None),
    ("ARG", "2019-04-09", FREE, 60, "kg-law-2019-amend"),
    ("THA", "2021-04-15", REQUIRED, None, None),
    ("THA", "2021-06-01", UNKNOWN, None, None),  # signed in that summer, on a day not found
    ("THA", "2021-08-09", FREE, 60, "kg-law-2021-amend"),
    ("VNM", "2020-01-01", FREE, None, "kg-list-2012"),
    ("VNM", "2021-08-09", FREE, 60, "kg-law-2021-amend"),
    # the rules of 2023 and those of 2026
    ("DEU", "2023-10-20", FREE, 60, "kg-law-121-2012"),
    ("DEU", "2023-10-21", FREE, 60, "kg-cab-541-2023"),
    ("DEU", "2025-12-31", FREE, 60, "kg-cab-541-2023"),
    ("DEU", "2026-01-01", FREE, 30, "kg-cab-855-2025"),
    ("USA", "2026-11-24", FREE, 30, "kg-cab-855-2025"),
    ("BRA", "2026-11-24", FREE, 30, "kg-cab-855-2025"),
    # the Gulf
    ("ARE", "2025-01-03", FREE, 60, "kg-cab-541-2023"),
    ("ARE", "2025-01-04", FREE, 180, "kg-cab-gcc-2025"),
    ("OMN", "2019-04-08", REQUIRED, None, None),
    ("OMN", "2026-11-24", FREE, 180, "kg-cab-gcc-2025"),
    # the Eurasian Economic Union
    ("RUS", "2019-01-01", FREE, None, "cis5-minsk-2000"),
    ("RUS", "2023-10-21", FREE, 90, "kg-cab-541-2023"),
    ("ARM", "2019-01-01", FREE, None, "kg-list-2012"),
    ("ARM", "2026-11-24", FREE, 90, "kg-cab-541-2023"),
    ("KAZ", "2019-01-01", FREE, 90, "kaz-kgz-2012"),
    ("KAZ", "2025-08-31", FREE, 90, "kaz-kgz-2012"),
    ("KAZ", "2025-09-01", FREE, 90, "kg-cab-541-2023"),
    # neighbours and others by agreement
    ("UZB", "2020-01-01", FREE, 60, "kgz-uzb-2006"),
    ("UZB", "2026-11-24", FREE, 60, "kg-cab-541-2023"),
    ("UKR", "2020-01-01", FREE, 90, "kgz-ukr-2004"),
    ("UKR", "2026-11-24", FREE, 90, "kg-cab-541-2023"),
    ("SRB", "2018-11-07", REQUIRED, None, None),
    ("SRB", "2018-11-08", FREE, 90, "kgz-srb-2017"),
    ("MNG", "2020-01-01", FREE, 90, "kg-list-2012"),
    ("MYS", "2026-11-24", FREE, 30, "kg-list-2012"),
    ("MDV", "2021-12-31", REQUIRED, None, None),
    ("MDV", "2023-01-01", UNKNOWN, None, None),
    ("MDV", "2024-07-01", FREE, 30, "kgz-mdv-2022"),
    # Türkiye: 30 days, 90 by October 2023 at the latest, the shorter in between
    ("TUR", "2020-01-01", FREE, 30, "kg-list-2012"),
    ("TUR", "2022-01-01", FREE, 30, "kg-list-2012"),
    ("TUR", "2023-10-21", FREE, 90, "kg-cab-541-2023"),
    # Tajikistan, barred from 2021 to 2025
    ("TJK", "2021-05-20", FREE, None, "cis5-minsk-2000"),
    ("TJK", "2021-05-21", REQUIRED, None, None),
    ("TJK", "2025-03-12", REQUIRED, None, None),
    ("TJK", "2025-03-13", FREE, 60, "kg-cab-437-2024"),
    # what is doubtful is never a yes
    ("AZE", "2023-10-20", FREE, None, "kg-list-2012"),
    ("AZE", "2024-01-01", UNKNOWN, None, None),
    ("AZE", "2024-09-05", FREE, 60, "kg-cab-437-2024"),
    ("GEO", "2026-11-24", FREE, 60, "kg-cab-437-2024"),
    ("MDA", "2024-09-04", FREE, None, "kg-list-2012"),
    ("MDA", "2026-11-24", UNKNOWN, None, None),
    ("CUB", "2026-11-24", UNKNOWN, None, None),
    ("PRK", "2020-01-01", UNKNOWN, None, None),
    # Hong Kong and Macao since 2023; nobody's rule
    ("HKG", "2023-10-20", REQUIRED, None, None),
    ("MAC", "2026-11-24", FREE, 30, "kg-cab-541-2023"),
    ("CHN", "2026-11-24", REQUIRED, None, None),
    ("IND", "2026-11-24", REQUIRED, None, None),
    ("PAK", "2026-11-24", REQUIRED, None, None),
    ("TKM", "2026-11-24", REQUIRED, None, None),
    ("XKX", "2026-11-24", REQUIRED, None, None),
    ("KGZ", "2026-11-24", CITIZEN, None, None),
]


@pytest.mark.parametrize(("code", "on", "verdict", "days", "act"), BY_DAY)
def test_ordinary_passports(kyrgyzstan, code, on, verdict, days, act):
    told = kyrgyzstan.check(code, on=on)
    assert (told.verdict, told.max_stay_days) == (verdict, days)
    assert (told.regime and told.regime.instrument) == act


@pytest.mark.parametrize(
    ("on", "certain", "possible", "territories"),
    [
        ("2012-07-27", 59, 2, 0),  # 44 by law and 17 before, of which Cuba and North Korea are low
        ("2020-01-01", 67, 2, 0),
        ("2023-01-01", 74, 3, 0),  # Tajikistan is barred; the Maldives are possible
        ("2025-01-01", 74, 3, 2),
        ("2026-11-24", 75, 3, 2),
    ],
)
def test_how_many_enter_without_a_visa(kyrgyzstan, on, certain, possible, territories):
    day, index = date.fromisoformat(on), kyrgyzstan.index
    assert counts(index, "ordinary", day, "state") == (certain, possible)
    assert counts(index, "ordinary", day, "territory") == (territories, 0)


def test_published_figures(kyrgyzstan):
    told = {claim.id: claim.outcome for claim in kyrgyzstan.claims()}
    assert [told.pop(id_) for id_ in ("kg-sixty-six-2015", "kg-sixty-2021")] == ["contradicted"] * 2
    assert told.pop("kg-sixty-nine-2020") == "within_bounds"
    assert set(told.values()) == {"reproduced"}


# nationality, day, limits: kind, days, window, days outside after which the count begins anew
LIMITS = [
    ("DEU", "2023-10-20", [("per_visit", 60, None, None)]),
    ("DEU", "2024-06-01", [("from_first_entry", 60, 120, 60)]),
    ("JPN", "2025-12-31", [("from_first_entry", 60, 120, 60)]),
    ("DEU", "2026-01-01", [("from_first_entry", 30, 60, None)]),
    ("QAT", "2026-01-01", [("from_first_entry", 180, 360, None)]),
    ("BLR", "2026-01-01", [("from_first_entry", 90, 180, 90)]),
    ("KAZ", "2026-01-01", [("from_first_entry", 90, 180, 90)]),
    ("UZB", "2026-01-01", [("from_first_entry", 60, 120, 60)]),
    ("TUR", "2026-01-01", [("from_first_entry", 90, 180, 90)]),
    ("GEO", "2026-01-01", [("from_first_entry", 60, 120, 60)]),
    ("RUS", "2015-01-01", []),
]


@pytest.mark.parametrize(("code", "on", "limits"), LIMITS)
def test_windows(kyrgyzstan, code, on, limits):
    told = kyrgyzstan.check(code, on=on).limits
    assert [(x.kind, x.days, x.per_days, x.reset_days_outside) for x in told] == limits


def test_for_a_year_the_count_of_kazakhstans_citizens_may_have_begun(kyrgyzstan):
    told = kyrgyzstan.check("KAZ", on="2025-01-01")
    assert [rule.id for rule in told.also if rule.possible] == ["kg-2025-kaz"]
    for days, allowed in ((90, True), (91, False)):
        assert kyrgyzstan.check("KAZ", on="2025-01-01", days=days).stay_allowed is allowed
    plan = ("2025-04-01", "2025-05-15")  # 80 days in spring and winter, then 45
    assert (
        kyrgyzstan.stay(
            "KAZ", on="2025-03-30", trips=["2025-01-01/2025-03-21"], plan=plan
        ).plan.allowed
        is None
    )


def test_the_letter_and_the_authority_count_otherwise(kyrgyzstan):
    # From 1 March the period runs to 27 August, and the next one begins on the 28th, under way: 3
    # days of it are used. The border service counts from 1 August, for 113 days were spent outside.
    trips = ["2026-03-01/2026-04-09", "2026-08-01/2026-08-30"]
    told = kyrgyzstan.stay("KAZ", on="2026-09-10", trips=trips, plan=("2026-09-10", "2026-11-28"))
    (limit,) = told.limits
    assert (limit.used_by_period, limit.used_by_absence, limit.used, limit.left) == (3, 30, 30, 60)
    assert (told.plan.allowed, told.plan.reason) == (None, "limit_uncertain")
    assert (told.days_left, str(told.latest_exit)) == (60, "2026-11-08")
    with speaking("en"):
        said = in_both_ways(limit, "")
    assert "by periods 3 used" in said
    assert "30 as the authority counts" in said
    # 60 days are allowed in both ways of counting, 88 in neither
    for leaving, allowed in (("2026-11-08", True), ("2026-12-05", None), ("2026-12-06", False)):
        plan = kyrgyzstan.stay(
            "KAZ", on="2026-09-10", trips=trips, plan=("2026-09-10", leaving)
        ).plan
        assert plan.allowed is allowed, leaving


def test_after_ninety_days_outside_all_days_are_back(kyrgyzstan):
    trips = ["2026-01-10/2026-04-09"]  # ninety days
    for on, allowed in (("2026-07-08", False), ("2026-07-09", True)):
        told = kyrgyzstan.stay("KAZ", on="2026-05-01", trips=trips, plan=(on, on))
        assert told.plan.allowed is allowed, on
    assert str(told.next_entry) == "2026-07-09"


def test_who_entered_in_2025_keeps_the_sixty_days(kyrgyzstan):
    inside = kyrgyzstan.stay("DEU", on="2026-01-10", trips=["2025-12-20/"])
    assert [(x.days, x.per_days, x.used) for x in inside.limits] == [(60, 120, 22)]
    assert str(inside.latest_exit) == "2026-02-17"
    for days, allowed in ((60, True), (61, False)):
        assert kyrgyzstan.check("DEU", on="2025-12-20", days=days).stay_allowed is allowed
    assert kyrgyzstan.check("DEU", on="2026-01-01", days=31).stay_allowed is False


def test_days_of_2025_do_not_count_for_an_entry_of_2026(kyrgyzstan):
    trips = ["2025-11-10/2025-12-29"]  # fifty days
    for leaving, allowed in (("2026-02-08", True), ("2026-02-09", False)):
        told = kyrgyzstan.stay("FRA", on="2026-01-05", trips=trips, plan=("2026-01-10", leaving))
        assert told.plan.allowed is allowed, leaving
    # a visit of 2026 does: 20 of the 30 days in the period from 10 January to 10 March
    told = kyrgyzstan.stay("FRA", on="2026-02-20", trips=["2026-01-10/2026-01-29"])
    assert (told.days_left, str(told.next_full_stay)) == (10, "2026-03-01")


def test_who_comes_from_hong_kong_waits_thirty_days(kyrgyzstan):
    trips = ["2026-03-01/2026-03-05"]
    for on, allowed in (("2026-04-04", False), ("2026-04-05", True)):
        told = kyrgyzstan.stay("HKG", on="2026-03-20", trips=trips, plan=(on, on))
        assert told.plan.allowed is allowed, on
    assert str(told.next_entry) == "2026-04-05"


# nationality, passport, day, what the rule needs
CONDITIONAL = [
    ("CHN", "2026-11-24", {"holds_visa_of", "group_tour"}),
    ("CHN", "2024-01-01", {"holds_visa_of"}),
    ("IND", "2026-11-24", {"holds_visa_of"}),
    ("IND", "2023-10-20", set()),
    ("PAK", "2026-11-24", set()),
]


@pytest.mark.parametrize(("code", "on", "needs"), CONDITIONAL)
def test_rules_for_some_are_told_and_are_no_yes(kyrgyzstan, code, on, needs):
    told = kyrgyzstan.check(code, on=on)
    assert {need.code for rule in told.conditional for need in rule.needs} == needs
    assert told.verdict == REQUIRED


OFFICIAL = [
    ("CHN", "diplomatic", FREE, 30),
    ("IND", "service", FREE, 90),
    ("POL", "diplomatic", FREE, 90),
    ("POL", "service", UNKNOWN, None),
    ("TKM", "diplomatic", FREE, 30),
    ("DEU", "diplomatic", UNKNOWN, None),
    ("BEL", "diplomatic", UNKNOWN, None),
    ("SAU", "diplomatic", UNKNOWN, None),
    ("UNO", "laissez_passer", FREE, 60),
]


@pytest.mark.parametrize(("code", "passport", "verdict", "days"), OFFICIAL)
def test_other_passports(kyrgyzstan, code, passport, verdict, days):
    told = kyrgyzstan.check(code, on="2026-11-24", passport=passport)
    assert (told.verdict, told.max_stay_days) == (verdict, days)


def test_an_agreement_passed_by_parliament_is_not_yet_in_force(kyrgyzstan):
    told = kyrgyzstan.check("BEL", on="2026-11-24", passport="diplomatic")
    assert told.reason == "approved_not_in_force"
    assert kyrgyzstan.check("BEL", on="2026-03-11", passport="diplomatic").reason == "not_covered"


def test_who_is_barred_is_told_so(kyrgyzstan):
    told = kyrgyzstan.check("TJK", on="2023-01-01")
    assert (told.reason, told.suspended_by.act.id) == ("suspended", "kg-cab-12r-2021")
    assert "border-closed" in {one.kind for one in told.advisories}
    assert kyrgyzstan.check("RUS", on="2023-01-01").verdict == FREE
    assert kyrgyzstan.check("TJK", on="2023-01-01", passport="service").verdict == REQUIRED
    assert kyrgyzstan.check("TJK", on="2023-01-01", passport="diplomatic").verdict == FREE


@pytest.mark.parametrize(
    ("code", "on", "closed"),
    [
        ("KOR", "2020-03-03", False),
        ("KOR", "2020-03-04", True),
        ("DEU", "2020-03-16", False),
        ("DEU", "2020-03-17", True),
        ("DEU", "2020-08-20", True),
        ("DEU", "2020-08-21", False),
        ("USA", "2020-08-21", True),
        ("USA", "2020-12-03", True),
        ("USA", "2020-12-04", False),
        ("UZB", "2020-08-31", True),
        ("UZB", "2020-09-01", False),
        ("TJK", "2021-04-28", False),
        ("TJK", "2021-04-29", True),
        ("TJK", "2025-03-13", False),
    ],
)
def test_closed_in_practice(kyrgyzstan, code, on, closed):
    told = kyrgyzstan.check(code, on=on)
    assert ("border-closed" in {one.kind for one in told.advisories}) is closed


# nationality, day, days, which days; None: no duty with a term
REGISTRATION = [
    ("DEU", "2016-11-03", "none"),
    ("DEU", "2016-11-04", (5, "working")),
    ("DEU", "2016-12-26", None),
    ("DEU", "2026-11-24", None),
    ("RUS", "2016-11-04", (30, "calendar")),
    ("RUS", "2026-11-24", (30, "calendar")),
    ("BLR", "2026-11-24", (30, "calendar")),
    ("KAZ", "2015-01-01", (5, "calendar")),
    ("KAZ", "2026-11-24", (30, "calendar")),
    ("AZE", "2023-01-01", (10, "calendar")),
    ("AZE", "2026-11-24", (15, "calendar")),
    ("TJK", "2020-01-01", (5, "working")),
    ("TJK", "2026-11-24", None),
    ("UZB", "2026-11-24", (5, "working")),
    ("MYS", "2026-11-24", (5, "working")),
    ("VNM", "2020-01-01", (5, "working")),
    ("VNM", "2022-01-01", None),
]


@pytest.mark.parametrize(("code", "on", "term"), REGISTRATION)
def test_registration(kyrgyzstan, code, on, term):
    told = [one for one in kyrgyzstan.check(code, on=on).duties if one.kind == "registration"]
    if term == "none":
        assert told == []
        return
    (duty,) = told
    assert (duty.within_days and (duty.within_days, duty.day_kind)) == term


def test_a_card_of_uzbekistan_stands_in_for_its_passport(kyrgyzstan):
    assert kyrgyzstan.check("UZB", on="2026-11-24", passport="id_card").max_stay_days == 60
    assert kyrgyzstan.check("UZB", on="2023-08-31", passport="id_card").verdict != FREE


def test_visas(kyrgyzstan):
    told = kyrgyzstan.check("IND", on="2026-11-24").visas
    assert (told.e_visa, told.e_visa_list) == (True, "kg-evisa")
    assert "J" in told.codes
    assert kyrgyzstan.check("XKX", on="2026-11-24").visas.e_visa is None
    sapar = next(visa for visa in kyrgyzstan.visas() if visa.code == "J")
    assert (sapar.stay_days_per_entry, sapar.introduced) == (90, date(2025, 1, 22))


def test_acts_with_other_destinations_are_told_from_each_side(registry, kyrgyzstan):
    uzbekistan = registry.entering("UZB")
    for one, partner, name, code in (
        (registry, "KGZ", "kaz-kgz-2012", "KGZ"),
        (kyrgyzstan, "KAZ", "kaz-kgz-2012", "KAZ"),
        (kyrgyzstan, "UZB", "kgz-uzb-2006", "UZB"),
        (uzbekistan, "KGZ", "kgz-uzb-2006", "KGZ"),
    ):
        act = next(act for act in one.agreements(partner=partner) if act.id == name)
        assert [other.code for other in act.partners] == [code]
    assert {act.id for act in kyrgyzstan.agreements(partner="TJK")} >= {"kgz-tjk-2018"}
    assert {act.id for act in kyrgyzstan.agreements(partner="TKM")} >= {"kgz-tkm-2000"}


def test_the_transit_area_of_airports_is_open_to_all_as_far_as_known(kyrgyzstan):
    for code in ("DEU", "IND", "XKX"):
        (stop,) = kyrgyzstan.check(code, on="2026-11-24").transit
        assert (stop.hours, stop.airside, stop.possible) == (48, True, True)


def test_who_comes_on_a_visa_registers_too(kyrgyzstan):
    told = {duty.id: duty.within_days for duty in kyrgyzstan.check("IND", on="2026-11-24").duties}
    assert told == {"kg-registration": 5, "kg-border-zone": None}

"""Answers on entering Turkmenistan, checked by hand against what laws and notices say."""

from datetime import date

import pytest

from visamap.domain.partners import counts
from visamap.i18n import speaking
from visamap.registry import load
from visamap.render.check_text import transit
from visamap.render.phrases import said

REQUIRED, FREE, UNKNOWN = "visa_required", "visa_free", "unknown"
MOST_LETTERS = 60
SOME = ("AFG", "CHN", "DEU", "GBR", "GEO", "HKG", "IRN", "KAZ", "KGZ", "RUS", "TJK", "TUR", "UZB")


@pytest.fixture(scope="module")
def turkmenistan():
    return load().entering("TKM")


@pytest.mark.parametrize(
    "on", ["2012-03-31", "2018-06-09", "2020-05-09", "2023-03-01", "2026-11-24"]
)
def test_nobody_enters_on_an_ordinary_passport_without_a_visa(turkmenistan, on):
    assert counts(turkmenistan.index, "ordinary", date.fromisoformat(on)) == (0, 0)
    told = [turkmenistan.check(code, on=on) for code in SOME]
    assert {one.verdict for one in told} == {REQUIRED}


def test_days_before_the_law_of_2012_are_not_known(turkmenistan):
    assert turkmenistan.check("DEU", on="2012-03-30").verdict == UNKNOWN
    assert turkmenistan.check("TKM", on="2012-03-30").verdict == "citizen"


# nationality, day, reason of the no, the rule for residents of the border area
BORDER = [
    ("KAZ", "2026-11-24", "border_residents_only", ["tm-kaz-border"]),
    ("KAZ", "2012-03-31", "border_residents_only", ["tm-kaz-border"]),
    ("UZB", "2013-08-31", "border_residents_only", ["tm-uzb-border"]),
    ("UZB", "2013-12-01", "no_regime", []),  # over at the end of autumn 2013 at the latest
    ("UZB", "2026-11-24", "no_regime", []),
    ("DEU", "2026-11-24", "no_regime", []),
]


@pytest.mark.parametrize(("code", "on", "reason", "local"), BORDER)
def test_residents_of_a_border_area_make_no_yes(turkmenistan, code, on, reason, local):
    told = turkmenistan.check(code, on=on)
    assert (told.verdict, told.reason) == (REQUIRED, reason)
    assert [one.id for one in told.border_residents] == local


# nationality, passport, day, verdict, days, act or reason
OFFICIAL = [
    ("KAZ", "diplomatic", "2026-11-24", FREE, 30, "agreement"),
    ("KAZ", "service", "2002-02-12", FREE, 30, "agreement"),
    ("KAZ", "service", "2002-02-11", UNKNOWN, None, "not_covered"),
    ("RUS", "service", "2026-11-24", FREE, 30, "agreement"),
    ("RUS", "service", "2005-01-01", UNKNOWN, None, "start_uncertain"),
    ("TUR", "service", "2026-11-24", FREE, 30, "act_not_identified"),
    ("CHN", "special", "2026-11-24", FREE, 30, "act_not_identified"),
    ("IND", "diplomatic", "2026-11-24", FREE, 30, "act_not_identified"),
    ("IND", "service", "2026-11-24", UNKNOWN, None, "not_covered"),
    ("UZB", "service", "2026-11-24", UNKNOWN, None, "not_covered"),
    ("JPN", "diplomatic", "2026-11-24", UNKNOWN, None, "low_confidence"),
    ("SGP", "diplomatic", "2026-11-24", UNKNOWN, None, "low_confidence"),
    ("CZE", "diplomatic", "2026-11-24", UNKNOWN, None, "low_confidence"),
    # signed in 2018, counted as at work by an undated text only
    ("PAK", "diplomatic", "2026-11-24", UNKNOWN, None, "start_uncertain"),
    ("DEU", "diplomatic", "2026-11-24", UNKNOWN, None, "not_covered"),
    ("USA", "diplomatic", "2026-11-24", UNKNOWN, None, "not_covered"),
]


@pytest.mark.parametrize(("code", "passport", "on", "verdict", "days", "reason"), OFFICIAL)
def test_official_passports(turkmenistan, code, passport, on, verdict, days, reason):
    told = turkmenistan.check(code, on=on, passport=passport)
    assert (told.verdict, told.max_stay_days, told.reason) == (verdict, days, reason)


@pytest.mark.parametrize(
    ("code", "on", "verdict", "days"),
    [
        ("UNO", "2021-03-01", UNKNOWN, None),
        ("UNO", "2021-03-02", FREE, 30),
        ("UNO", "2026-11-24", FREE, 30),
        ("UNA", "2026-11-24", UNKNOWN, None),  # whether the decree means it is not known
        ("XXA", "2026-11-24", REQUIRED, None),
    ],
)
def test_documents_that_are_no_states_passport(turkmenistan, code, on, verdict, days):
    told = turkmenistan.check(code, on=on)
    assert (told.verdict, told.max_stay_days) == (verdict, days)


# nationality, day, the rules for some
FOR_SOME = [
    ("DEU", "2017-08-17", set()),
    ("DEU", "2017-08-18", {"tm-games-2017"}),
    ("DEU", "2017-10-13", set()),
    ("DEU", "2018-06-08", set()),
    ("DEU", "2018-06-09", {"tm-crews"}),
    ("UZB", "2025-11-16", {"tm-crews"}),
    ("UZB", "2025-11-17", {"tm-crews", "tm-uzb-zone"}),
    ("KAZ", "2025-11-17", {"tm-crews"}),
]


@pytest.mark.parametrize(("code", "on", "rules"), FOR_SOME)
def test_rules_for_some_are_told_and_are_no_yes(turkmenistan, code, on, rules):
    told = turkmenistan.check(code, on=on)
    assert told.verdict == REQUIRED
    assert {rule.id for rule in told.conditional} == rules


# nationality, passport, day, the times of other practice, and whether they are certain
PRACTICE = [
    ("KAZ", "ordinary", "2017-01-01", {"tm-kaz-border-2016": False}),
    ("DEU", "ordinary", "2017-01-01", {}),
    ("DEU", "ordinary", "2017-08-16", {}),
    ("DEU", "ordinary", "2017-08-17", {"tm-games-closure-2017": True}),
    ("DEU", "ordinary", "2017-09-28", {}),
    ("KAZ", "ordinary", "2018-06-16", {"tm-kaz-border-2018": True}),
    ("DEU", "ordinary", "2020-02-22", {}),
    ("DEU", "ordinary", "2020-03-03", {"tm-covid-first-2020": True}),
    ("DEU", "ordinary", "2020-03-10", {"tm-covid-first-2020": False, "tm-closed-2020": False}),
    ("DEU", "ordinary", "2020-03-24", {"tm-closed-2020": True}),
    ("DEU", "ordinary", "2023-02-28", {"tm-closed-2020": True}),
    ("DEU", "ordinary", "2023-03-01", {"tm-closed-2020": False}),  # the word of one tour firm
    ("DEU", "ordinary", "2023-06-01", {}),
    ("TUR", "diplomatic", "2021-01-01", {}),  # diplomats were let in
]


@pytest.mark.parametrize(("code", "passport", "on", "practice"), PRACTICE)
def test_closures_are_practice_with_their_bounds(turkmenistan, code, passport, on, practice):
    told = turkmenistan.check(code, on=on, passport=passport)
    assert {one.id: one.certain for one in told.advisories} == practice


def test_who_needs_a_visa_is_told_of_duties_too(turkmenistan, registry):
    told = turkmenistan.check("DEU", on="2026-11-24")
    (duty,) = (one for one in told.duties if one.kind == "registration")
    assert (duty.within_days, duty.day_kind) == (3, "working")
    assert {one.kind for one in told.duties} >= {"border-zone", "charge", "passport-validity"}
    # Not so where the data does not say it of them, nor to a citizen, nor past the horizon.
    assert registry.check("AFG", on="2026-11-24").duties == ()
    assert turkmenistan.check("TKM", on="2026-11-24").duties == ()
    assert turkmenistan.check("DEU", on="2028-01-01").duties == ()


@pytest.mark.parametrize(
    ("on", "kind", "there"),
    [
        ("2011-03-31", "registration", False),
        ("2011-04-01", "registration", True),
        ("2017-07-31", "charge", False),
        ("2017-08-01", "charge", True),
        ("2023-02-28", "health-check", True),  # the HIV test, not that on arrival
        ("2010-01-01", "health-check", False),
    ],
)
def test_duties_have_their_days(turkmenistan, on, kind, there):
    assert (kind in {one.kind for one in turkmenistan.check("DEU", on=on).duties}) is there


def test_an_invitation_is_needed_and_the_electronic_visa_is_no_visa_yet(turkmenistan):
    hints = turkmenistan.check("DEU", on="2026-11-24").visas
    assert (hints.e_visa, hints.invitation_exempt) == (None, False)
    assert "TU" in hints.codes
    assert "E-VISA" not in hints.codes
    told = turkmenistan.visas("e-visa", on="2026-11-24")
    assert [one.announced_only for one in told] == [True]


@pytest.mark.parametrize(("on", "possible"), [("2026-11-24", False), ("2016-01-01", True)])
def test_a_stop_inside_the_transit_area_is_for_all(turkmenistan, on, possible):
    for code in SOME:
        (stop,) = turkmenistan.check(code, on=on).transit
        assert (stop.hours, stop.airside, stop.possible) == (24, True, possible)
        assert "without leaving it" in transit(stop)
    assert turkmenistan.check("TKM", on=on).transit == ()


def test_one_agreement_is_told_from_both_sides(registry, turkmenistan):
    ours, theirs = (
        next(act for act in one.agreements(partner=code) if act.id == "kaz-tkm-2001")
        for one, code in ((registry, "TKM"), (turkmenistan, "KAZ"))
    )
    assert [ours.partners[0].code, theirs.partners[0].code] == ["TKM", "KAZ"]
    assert (ours.signed, ours.in_force) == (theirs.signed, theirs.in_force)
    assert ("Turkmenistan" in ours.title, "Kazakhstan" in theirs.title) == (True, True)


def test_the_trade_zone_is_open_from_both_sides(turkmenistan):
    uzbekistan = load().entering("UZB")
    for one, code in ((turkmenistan, "UZB"), (uzbekistan, "TKM")):
        needs = {
            need.code
            for rule in one.check(code, on="2026-11-24").conditional
            for need in rule.needs
        }
        assert "zone" in needs
        assert next(act for act in one.agreements() if act.id == "tkm-uzb-2025-zone").in_force


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_duties_are_told_in_each_language_and_fit_a_line(turkmenistan, language):
    english = turkmenistan.check("DEU", on="2026-11-24")
    with speaking(language):
        told = said(english)
    for here, there in zip(english.duties, told.duties, strict=True):
        assert here.short != there.short
        assert len(there.short) <= MOST_LETTERS


@pytest.mark.parametrize(
    ("entry", "due"),
    [
        ("2026-11-23", "2026-11-26"),  # a Monday: Tuesday is the first of the three days
        ("2026-11-19", "2026-11-24"),  # a Thursday
        ("2026-11-21", "2026-11-25"),  # a Saturday
    ],
)
def test_the_three_working_days_begin_after_the_day_of_entry(turkmenistan, entry, due):
    plan = f"{entry}/2026-12-20"
    told = turkmenistan.stay("TUR", passport="diplomatic", plan=plan, on="2026-11-18")
    (registration,) = (one for one in told.duties if one.kind == "registration")
    assert str(registration.due_on) == due
    assert "terms_from_next_day" in told.assumptions
    assert "terms_from_arrival" not in told.assumptions

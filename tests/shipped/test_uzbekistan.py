"""Answers on entering Uzbekistan, checked by hand against what decrees and notices say."""

from datetime import date
from pathlib import Path

import pytest

import visamap
from visamap.domain.partners import counts
from visamap.i18n import speaking
from visamap.registry import load
from visamap.render.phrases import said

FILE = Path(__file__).parents[2] / "data" / "regimes" / "uzb.yaml"
REQUIRED, FREE, UNKNOWN, CITIZEN = "visa_required", "visa_free", "unknown", "citizen"


@pytest.fixture(scope="module")
def uzbekistan():
    return load().entering("UZB")


# nationality, day, verdict, longest first stay in days, act of the chosen rule
BY_DAY = [
    # seven states from 10 February 2018
    ("JPN", "2018-02-09", UNKNOWN, None, None),  # before we cover it
    ("JPN", "2018-02-10", FREE, 30, "uz-pres-5326-2018"),
    ("IND", "2018-02-10", REQUIRED, None, None),
    # Tajikistan by agreement, France, Germany
    ("TJK", "2018-03-15", REQUIRED, None, None),
    ("TJK", "2018-03-16", FREE, 30, "tjk-uzb-2018"),
    ("FRA", "2018-10-04", REQUIRED, None, None),
    ("FRA", "2018-10-05", FREE, 30, "uz-pres-fra-2018"),
    ("DEU", "2019-01-14", REQUIRED, None, None),
    ("DEU", "2019-01-15", FREE, 30, "uz-pres-5610-2019"),
    # 45 states, the Emirates, 20 states
    ("POL", "2019-01-31", REQUIRED, None, None),
    ("POL", "2019-02-01", FREE, 30, "uz-pres-5611-2019"),
    ("ARE", "2019-03-20", FREE, 30, "uz-pres-5691-2019"),
    ("ARE", "2024-02-16", FREE, 30, "uzb-are-2024"),
    ("MEX", "2019-12-31", REQUIRED, None, None),
    ("MEX", "2020-01-01", FREE, 30, "uz-pres-5781-2019"),
    # China: by air only at first, then ten days with a ticket, then the agreement
    ("CHN", "2020-01-01", REQUIRED, None, None),
    ("CHN", "2021-03-01", FREE, 10, "uz-pres-2021-02-09"),
    ("CHN", "2024-06-01", FREE, 10, "uz-pres-2021-02-09"),
    ("CHN", "2025-10-23", FREE, 30, "uzb-chn-2024"),
    # Hong Kong: the shorter of two stays since the Cabinet left it at seven
    ("HKG", "2021-03-01", FREE, 10, "uz-pres-2021-02-09"),
    ("HKG", "2025-10-21", FREE, 7, "uz-pres-2021-02-09"),
    # the Gulf
    ("KWT", "2025-05-31", FREE, 10, "uz-pres-2021-02-09"),
    ("KWT", "2025-06-01", FREE, 30, "uz-pres-87-2025"),
    ("QAT", "2023-06-05", FREE, 30, "uz-pres-qat-2023"),
    ("SAU", "2022-12-31", REQUIRED, None, None),
    ("SAU", "2023-01-01", FREE, 30, "uz-pres-190-2022"),
    # Jordan: certain from the Cabinet's list, possible from the agreement
    ("JOR", "2025-10-20", UNKNOWN, None, None),
    ("JOR", "2025-10-21", FREE, 30, "uzb-jor-2025"),
    # the United States
    ("USA", "2025-12-31", REQUIRED, None, None),
    ("USA", "2026-01-01", FREE, 30, "uz-pres-203-2025"),
    # neighbours and others by agreement
    ("KGZ", "2019-01-01", FREE, 60, "kgz-uzb-2006"),
    ("KAZ", "2022-06-01", FREE, None, "kaz-uzb-2000"),
    ("KAZ", "2024-04-14", FREE, 30, "kaz-uzb-2000"),
    ("RUS", "2020-01-01", FREE, None, "uzb-rus-2000"),
    ("GEO", "2020-01-01", FREE, None, "uz-list-without-limit"),
    # nobody's rule
    ("AFG", "2026-11-24", REQUIRED, None, None),
    ("IND", "2026-11-24", REQUIRED, None, None),
    ("TKM", "2026-11-24", REQUIRED, None, None),
    ("UZB", "2026-11-24", CITIZEN, None, None),
]


@pytest.mark.parametrize(("code", "on", "verdict", "days", "act"), BY_DAY)
def test_ordinary_passports(uzbekistan, code, on, verdict, days, act):
    told = uzbekistan.check(code, on=on)
    assert (told.verdict, told.max_stay_days) == (verdict, days)
    assert (told.regime and told.regime.instrument) == act


@pytest.mark.parametrize(
    ("on", "states", "territories"),
    [
        ("2018-02-10", 16, 0),
        ("2019-02-01", 64, 0),
        ("2019-09-15", 65, 0),
        ("2020-01-01", 85, 0),  # the official 86 has China, by air only
        ("2025-10-23", 92, 2),
        ("2026-11-24", 93, 2),
    ],
)
def test_as_many_states_as_were_published(uzbekistan, on, states, territories):
    day, index = date.fromisoformat(on), uzbekistan.index
    assert counts(index, "ordinary", day, "state") == (states, 0)
    assert counts(index, "ordinary", day, "territory") == (territories, 0)


# nationality, passport, day, what the rule needs
CONDITIONAL = [
    ("CHN", "ordinary", "2020-01-01", ("arrival_by", "air"), True),
    ("CHN", "ordinary", "2021-03-01", ("arrival_by", "air"), False),
    ("USA", "ordinary", "2025-12-31", ("min_age", 55), True),
    ("USA", "ordinary", "2026-01-01", ("min_age", 55), False),
    ("VNM", "ordinary", "2026-01-01", ("min_age", 55), True),
    ("IND", "ordinary", "2020-01-01", ("resident_of", ["ARE"]), True),
    ("IND", "ordinary", "2018-07-14", ("max_age", 15), False),
    ("IND", "ordinary", "2018-07-15", ("max_age", 15), True),
    ("AFG", "ordinary", "2026-11-24", ("zone", "the international trade centre in Termez"), True),
]


@pytest.mark.parametrize(("code", "passport", "on", "need", "there"), CONDITIONAL)
def test_rules_for_some_are_told_and_are_no_yes(uzbekistan, code, passport, on, need, there):
    told = uzbekistan.check(code, on=on, passport=passport)
    needs = {(one.code, str(one.value)) for rule in told.conditional for one in rule.needs}
    assert ((need[0], str(need[1])) in needs) is there
    assert told.verdict != FREE or told.regime.id not in {rule.id for rule in told.conditional}


def test_who_needs_nothing_of_home_has_no_conditional_rule(uzbekistan):
    assert uzbekistan.check("UZB", on="2026-11-24").conditional == ()


def test_a_laissez_passer_is_let_in_if_it_is_red(uzbekistan):
    told = uzbekistan.check("UNO", on="2026-11-24")
    assert told.verdict == UNKNOWN
    ((need,),) = (rule.needs for rule in told.conditional)
    assert need.code == "document"


def test_a_rule_without_its_act_says_so(uzbekistan):
    told = uzbekistan.check("ARM", on="2026-11-24")
    assert (told.reason, told.regime.basis) == ("act_not_identified", None)
    assert told.regime.valid_from is None
    assert told.regime.valid_from_between == (None, date(2018, 2, 10))
    listed = uzbekistan.agreements(kind="all", on="2026-11-24")
    assert not [act.id for act in listed if act.kind == "act-not-identified"]
    assert uzbekistan.check("ARM", on="2017-01-01").verdict == UNKNOWN


@pytest.mark.parametrize(("days", "allowed"), [(30, True), (400, True)])
def test_no_limit_of_days_allows_any_stay(uzbekistan, days, allowed):
    told = uzbekistan.check("RUS", on="2026-11-24", days=days)
    assert (told.stay_allowed, told.max_stay_days) == (allowed, None)
    assert [limit.kind for limit in told.limits] == ["unlimited"]


@pytest.mark.parametrize(
    ("code", "verdict", "days"),
    [("IND", FREE, 60), ("POL", FREE, 90), ("CHN", FREE, 30), ("PAK", UNKNOWN, None)],
)
def test_diplomatic_passports(uzbekistan, code, verdict, days):
    told = uzbekistan.check(code, on="2026-11-24", passport="diplomatic")
    assert (told.verdict, told.max_stay_days) == (verdict, days)


@pytest.mark.parametrize(
    ("code", "on", "closed"),
    [
        ("KOR", "2020-03-13", False),
        ("KOR", "2020-03-14", True),
        ("DEU", "2020-03-14", False),
        ("DEU", "2020-03-16", True),
        ("DEU", "2020-09-30", True),
        ("DEU", "2020-10-01", False),
    ],
)
def test_the_closure_of_2020_is_practice_and_no_law(uzbekistan, code, on, closed):
    told = uzbekistan.check(code, on=on)
    assert told.verdict == FREE
    assert ("border-closed" in {one.kind for one in told.advisories}) is closed


@pytest.mark.parametrize(
    ("code", "on", "days"),
    [
        ("DEU", "2026-11-24", 3),
        ("RUS", "2026-11-24", 15),
        ("RUS", "2022-06-03", 3),
        ("AZE", "2024-01-14", 3),
        ("AZE", "2024-01-15", 15),
        ("KAZ", "2026-11-24", None),
    ],
)
def test_registration(uzbekistan, code, on, days):
    told = uzbekistan.check(code, on=on)
    (duty,) = (one for one in told.duties if one.kind == "registration")
    assert duty.within_days == days


def test_one_agreement_is_told_from_both_sides(registry, uzbekistan):
    ours, theirs = (
        next(act for act in one.agreements(partner=code) if act.id == "kaz-uzb-2022-protocol")
        for one, code in ((registry, "UZB"), (uzbekistan, "KAZ"))
    )
    assert [ours.partners[0].code, theirs.partners[0].code] == ["UZB", "KAZ"]
    assert (str(ours.approved), str(theirs.approved)) == ("2024-04-06", "2023-04-25")
    assert (ours.signed, ours.in_force_between) == (theirs.signed, theirs.in_force_between)
    assert ("Uzbekistan" in ours.title, "Kazakhstan" in theirs.title) == (True, True)


def test_a_visa_whose_first_day_is_not_known_is_one_that_visitors_may_ask_for(uzbekistan, registry):
    assert uzbekistan.check("IND", on="2026-11-24").visas.codes == (
        "B-2",
        "INV",
        "PV-1",
        "T",
        "TRAN",
    )
    assert "SILK-ROAD" not in registry.check("IND", on="2026-11-24").visas.codes  # only announced


def test_the_file_named_by_a_user_is_for_its_own_destination(uzbekistan):
    named = visamap.load(FILE)
    assert named.index.home == "UZB"
    told, beside = (one.check("CHN", on="2025-10-23") for one in (named, uzbekistan))
    assert (told.destination.option, beside.destination.option) == ("", " --to UZB")
    assert told == beside._replace(destination=told.destination)


def test_a_remark_that_stayed_english_is_marked(uzbekistan):
    with speaking("ru"):
        note = said(uzbekistan.check("RUS", on="2026-11-24")).regime.note
    assert note.endswith("(без перевода)")


def test_all_files_carry_one_release_and_one_digest(registry, uzbekistan):
    assert uzbekistan.index.data == registry.index.data


def test_people_of_a_territory_are_answered_by_the_passport_they_hold(uzbekistan):
    """A rule for the children of every nation names no territory."""
    for code, holder in (("GRL", "DNK"), ("PRI", "USA")):
        answer, theirs = (uzbekistan.check(one, on="2026-11-24") for one in (code, holder))
        assert answer.held_passport.code == holder
        assert (answer.verdict, answer.max_stay_days) == (theirs.verdict, theirs.max_stay_days)
    assert uzbekistan.check("HKG", on="2026-11-24").held_passport is None

"""Answers that once promised too much, each with the day on which it did."""

from datetime import date, timedelta

import pytest

from visamap.domain.decisions import decisions
from visamap.domain.verdict import turning_points
from visamap.errors import BadNumberError
from visamap.i18n import speaking
from visamap.registry.asking import ask
from visamap.render import headlines, phrases, phrases_stay

WINDOW = {"on": "2026-09-01", "trips": ["2026-06-01/2026-08-29"], "plan": "2026-09-01/2026-11-28"}
CLOSED = {"on": "2020-03-10", "plan": "2020-03-20/2020-03-25"}
TOO_LATE = {"on": "2026-11-27", "plan": "2027-11-26/2027-12-10"}


def codes(notes):
    return {note.code for note in notes}


def test_an_internal_passport_has_the_limits_and_duties_of_the_passport_it_stands_for(registry):
    for passport in ("ordinary", "id_card"):
        assert registry.stay("RUS", passport=passport, **WINDOW).plan.allowed is False
    ordinary, card = (
        registry.check("RUS", on="2026-09-01", passport=kind) for kind in ("ordinary", "id_card")
    )
    assert card.limits == ordinary.limits
    assert {duty.id for duty in ordinary.duties} <= {duty.id for duty in card.duties}


def test_a_plan_over_a_border_that_was_closed_is_no_plain_yes(registry):
    answer = registry.stay("DEU", **CLOSED)
    assert (answer.plan.allowed, answer.advisories) == (True, ())
    assert {advisory.kind for advisory in answer.plan.advisories} == {"border-closed"}
    assert phrases_stay.headline(answer).tone == "closed"


def test_who_is_inside_already_passes_no_border_for_the_plan(registry):
    answer = registry.stay(
        "DEU", on="2020-03-20", trips=["2020-03-10/"], plan="2020-03-20/2020-03-25"
    )
    assert answer.plan.advisories == ()
    assert phrases_stay.headline(answer).tone == "yes"


def test_an_overstay_on_days_of_limits_that_only_may_hold_is_not_certain(registry):
    answer = registry.stay("UZB", passport="diplomatic", on="2024-04-12", trips=["2024-02-20/"])
    assert (answer.overstay_days, answer.in_compliance) == (0, None)
    asked = registry.check("UZB", passport="diplomatic", on="2024-04-10", days=31)
    assert (asked.stay_allowed, asked.stay_reason) == (None, "limit_uncertain")


@pytest.mark.parametrize(
    ("code", "kind", "on", "days"),
    [
        ("HUN", "diplomatic", "2018-02-26", 65),  # 90 days a visit before the 30 are over
        ("AZE", "diplomatic", "2023-01-26", 31),
        ("BEL", "service", "2016-12-31", 30),  # nothing is known of the next day
        ("FRA", "service", "2016-12-31", 30),
        ("ARE", "diplomatic", "2016-12-31", 30),  # no length of stay is known from the next day
    ],
)
def test_too_long_a_visit_is_no_certain_no_where_looser_terms_are_near(
    registry, code, kind, on, days
):
    asked = registry.check(code, passport=kind, on=on, days=days)
    assert (asked.verdict, asked.stay_allowed) == ("visa_free", None)
    entered = date.fromisoformat(on)
    table = {
        row.unless_bound
        for row in decisions(registry.index, [code], [kind])
        if row.first_day <= entered <= row.last_day
    }
    assert all(bound is None or bound >= days for bound in table)


@pytest.mark.parametrize("kind", ["ordinary", "diplomatic", "service"])
def test_check_and_stay_never_contradict_each_other_near_a_turn(registry, kind):
    for code in registry.index.nationalities[::4]:
        for turn in turning_points(registry.index, code, kind):
            if turn.year < 1992:
                continue
            on = turn - timedelta(2)
            for days in (16, 31, 65):
                asked = registry.check(code, passport=kind, on=on, days=days).stay_allowed
                plan = (on, on + timedelta(days - 1))
                planned = registry.stay(code, passport=kind, on=on, plan=plan).plan.allowed
                assert asked in {None, planned}, (code, on, days)


def test_nothing_is_said_to_fall_due_in_a_visit_that_nothing_is_known_of(registry):
    assert registry.stay("DEU", **TOO_LATE).duties == ()
    assert registry.stay("DEU", on="2028-03-01", trips=["2027-12-20/"]).duties == ()


def test_no_list_is_known_to_hold_past_the_horizon(registry):
    answer = registry.check("IND", on="9999-12-31")
    assert answer.visas[:4] == (None, None, None, None)
    assert answer.entry_documents == ()
    assert all(stop.possible for stop in answer.transit)
    told = registry.visa("B12", on="9999-12-31", nationality="IND").for_nationality
    assert (told.invitation, told.e_visa, told.invitation_exempt) == (None, None, None)


def test_a_plan_after_the_release_is_told_as_known_on_it(registry):
    asked = {"on": date(2026, 11, 20), "trips": [], "plan": "2027-11-20/2027-12-10"}
    found = ask(registry, "stay", nationality="DEU", **asked)
    assert found.items[0].as_known_on == registry.data.release
    assert "as_known_on" in codes(found.notes)


def test_a_day_past_the_horizon_says_how_to_get_newer_data(registry):
    late = ask(registry, "check", nationalities=["DEU"], on=date(2028, 1, 1))
    plan = ask(
        registry,
        "stay",
        nationality="DEU",
        trips=[],
        on=date(2026, 11, 24),
        plan="2028-01-01/2028-01-02",
    )
    now = ask(registry, "check", nationalities=["DEU"], on=date(2026, 11, 24))
    assert [("beyond_horizon" in codes(x.notes)) for x in (late, plan, now)] == [True, True, False]


@pytest.mark.parametrize(("code", "on"), [("DEU", "2028-01-01"), ("PRI", "2026-11-24")])
def test_a_reciprocity_that_is_not_known_is_said(registry, code, on):
    found = ask(
        registry, "check", nationalities=[code], on=date.fromisoformat(on), reciprocity=True
    )
    assert "reciprocity_unknown" in codes(found.notes)


def test_an_end_without_a_last_possible_day_is_never_certain(registry):
    act = registry.agreement("cis-visa-recognition-1992", on="2016-01-01")
    assert act.status == "possibly_in_force"


@pytest.mark.parametrize(
    ("on", "reason", "status"),
    [
        ("2015-11-01", "approval_uncertain", "signed"),
        ("2016-09-29", "approval_uncertain", "signed"),
        ("2016-09-30", "approved_not_in_force", "approved"),
    ],
)
def test_check_and_agreements_agree_on_whether_an_act_was_approved(registry, on, reason, status):
    assert registry.check("QAT", passport="diplomatic", on=on).reason == reason
    assert registry.agreement("kaz-qat-2015", on=on).status == status


def test_partners_are_as_sure_as_check(registry):
    for passport in ("id_card", "diplomatic"):
        for partner in registry.partners(on="2026-11-24", passport=passport, possible=True):
            code = partner.nationality.code
            answer = registry.check(code, on="2026-11-24", passport=passport)
            assert (partner.confidence, partner.sources) == (answer.confidence, answer.sources)


def test_a_visa_of_official_passports_tells_nothing_of_ordinary_ones(registry):
    assert registry.visa("A1", on="2026-11-24", nationality="DEU").for_nationality is None
    assert registry.visa("B12", on="2026-11-24", nationality="DEU").for_nationality is not None


def test_a_border_that_was_perhaps_closed_leaves_no_plain_yes(registry):
    for days in (None, 5):
        headline = headlines.check(registry.check("UKR", on="2020-08-01", days=days))
        assert headline.tone == "maybe"
        assert headline.short not in headline.sentence


def test_no_border_is_closed_to_a_citizen(registry):
    assert registry.check("KAZ", on="2020-04-01").advisories == ()
    assert registry.stay("KAZ", on="2020-04-01").advisories == ()


def test_terms_that_change_on_the_way_are_said(registry):
    answer = registry.stay("HUN", passport="diplomatic", on="2018-02-26")
    assert answer.terms_change == date(2018, 2, 28)
    assert len(phrases_stay.limits(answer)) == len(answer.limits) + 1
    assert registry.stay("DEU", on="2026-11-24").terms_change is None


def test_only_a_fine_has_an_amount(registry):
    eleven = registry.stay("DEU", on="2026-11-27", trips=["2026-10-01/2026-11-10"]).penalty
    six = registry.stay("DEU", on="2026-11-27", trips=["2026-10-01/2026-11-05"]).penalty
    assert "amount" not in phrases_stay.penalty(eleven)
    assert "amount" in phrases_stay.penalty(six)


def test_in_kazakh_no_colon_follows_another(registry):
    with speaking("kk"):
        said = phrases.as_known("Жоқ: 31 күн.", date(2027, 1, 1), registry.data)
    assert said.count(":") == 1


@pytest.mark.parametrize("days", [0, True, "30", 1.5])
def test_a_length_of_stay_is_judged_as_a_number_by_whoever_is_left_out(registry, days):
    with pytest.raises(BadNumberError):
        registry.left_out(on="2026-11-24", min_days=days)


@pytest.mark.parametrize(
    ("code", "on", "act"),
    [
        ("THA", "1990-01-01", None),  # not known, so no act decides
        ("XXA", "2005-01-01", None),  # the act behind a "no" is of 2012
        ("XXA", "2026-11-24", "kz-gov-148-2012"),
        ("PRK", "2026-11-24", "kz-gov-148-2012"),
    ],
)
def test_no_act_is_the_ground_of_what_it_cannot_decide(registry, code, on, act):
    ground = registry.check(code, on=on).ground
    assert (ground.act.id if ground else None) == act

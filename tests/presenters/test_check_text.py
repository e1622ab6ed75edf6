from datetime import date
from types import SimpleNamespace

from visamap.registry import asking
from visamap.render import check_text, headlines, markdown_form, phrases, phrases_stay
from visamap.results.parts import Envelope

ON = date(2026, 11, 24)


def told(registry, code, on=ON, **asked):
    item = registry.check(code, on=on, **asked)
    return " ".join(
        check_text.text(Envelope("check", registry.data, {}, (item,)), 400, full=True).split()
    )


def test_an_authorisation_to_travel_stands_before_entry(registry):
    said = told(registry, "THA")
    assert "Before entry QazETA" in said
    assert "After arrival The host" in said


def test_a_duty_of_long_visits_says_so(registry):
    assert "If the visit is longer than 30 days: Register online" in told(registry, "TUR")


def test_one_day_is_a_day(registry):
    assert "Yes: 1 day is allowed" in told(registry, "THA", days=1)
    assert [phrases.days(number) for number in (1, 2)] == ["1 day", "2 days"]


def test_a_verdict_to_come_is_told_in_words(registry):
    said = told(registry, "USA", date(2020, 4, 1))
    assert "Changes from 2020-04-17: visa required." in said


def test_a_halt_without_a_known_end_names_none(registry):
    item = registry.check("USA", on=date(2020, 5, 1))
    assert "From 2020-04-17 to 2020-10-31." in told(registry, "USA", date(2020, 5, 1))
    halt = item.suspended_by._replace(valid_to=None)
    answer = Envelope("check", registry.data, {}, (item._replace(suspended_by=halt),))
    said = check_text.text(answer, 400, full=True)
    assert "From 2020-04-17." in said
    assert "None" not in said


def test_practice_that_may_be_over_is_told_with_that_doubt_everywhere(registry):
    check, stay = registry.check("UZB", on=date(2021, 4, 1)), registry.stay("UZB", on=ON)
    assert [advisory.certain for advisory in check.advisories] == [False]
    assert "perhaps no longer on this day" in headlines.check(check).sentence
    stay = stay._replace(advisories=check.advisories)
    assert "perhaps no longer on this day" in phrases_stay.headline(stay).sentence


def test_a_transit_rule_without_airports_names_none(registry):
    item = registry.check("IND", on=date(2019, 5, 1))
    [stop] = item.transit
    answer = Envelope(
        "check", registry.data, {}, (item._replace(transit=(stop._replace(airports=()),)),)
    )
    assert "on the way to a third country; carriers: Kazakh" in check_text.text(
        answer, 400, full=True
    )


def test_a_span_says_only_what_is_known():
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    assert phrases.span(first, last) == "from 2026-01-01 to 2026-12-31"
    assert phrases.span(first, None) == "from 2026-01-01"
    assert phrases.span(None, last) == "until 2026-12-31"
    assert phrases.span(None, None) == ""


def test_a_duty_of_all_visits_names_no_length():
    duty = SimpleNamespace(stay_over_days=None, text="Tell the host.", voluntary=False)
    assert phrases.duty(duty) == "Tell the host."


def test_a_row_of_markdown_says_whose_rules_it_is_about_and_names_that_state(registry):
    answer = asking.ask(registry, "check", nationalities=["UZB"], to="all", on=ON)
    rows = markdown_form.text(answer).splitlines()
    (own,) = (row for row in rows if "No visa: a citizen" in row)
    assert own.startswith("| Uzbekistan (UZB)")
    assert "No visa: a citizen of Uzbekistan enters without a visa." in own

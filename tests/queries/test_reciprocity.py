"""What a state gives and gets is counted from what ``check`` and ``outbound`` say."""

from datetime import date

import pytest

from visamap.domain.abroad import reciprocity
from visamap.registry.asking import ask
from visamap.render.reciprocity_text import balance, text
from visamap.results.parts import Country


@pytest.mark.parametrize(("home", "year"), [("KAZ", 2024), ("UZB", 2018)])
def test_each_pair_counts_as_check_and_outbound_say(registry, home, year):
    (found,) = registry.reciprocity(home, year=year)
    there, on = registry.entering(home), date(year, 7, 1)
    counted = {(True, True): 0, (False, False): 0, None: 0}
    giving, getting = set(), set()
    for answer in registry.outbound(home, on=on):
        code = answer.destination.code
        if there.index.held(code, "ordinary", on) or code == "ESH":
            continue
        verdict = there.check(code, on=on).verdict
        if "unknown" in {verdict, answer.requirement}:
            counted[None] += 1
            continue
        free = answer.requirement == "visa_free" and not answer.needs_another_visa
        if verdict == "visa_free" and not free:
            giving.add(code)
        elif free and verdict != "visa_free":
            getting.add(code)
        else:
            counted[free, free] += 1
    assert {one.code for one in found.giving} == giving
    assert {one.code for one in found.getting} == getting
    assert (found.both, found.neither) == (counted[True, True], counted[False, False])
    assert found.unknown >= counted[None]  # of some nothing at all is known there
    assert (found.gives, found.gets) == (len(giving), len(getting))


def test_years_go_from_the_first_snapshot_to_the_release(registry):
    found = registry.reciprocity("Uzbekistan")
    assert [one.on for one in found] == [date(year, 7, 1) for year in range(2017, 2027)]
    sums = {one.both + one.gives + one.gets + one.neither + one.unknown for one in found}
    assert len(sums) == 1  # the same others each year
    assert (found[-1].more, found[-1].confidence) == (
        "gives",
        "medium",
    )  # it opened in 2018 and 2019


def test_a_balance_that_the_unknown_could_turn_is_marked():
    one = Country("AAA", "A")
    on = date(2024, 7, 1)
    sure = reciprocity(one, on, [(one, True, False), (one, True, False), (one, None, True)])
    assert (sure.more, sure.confidence, balance(sure)) == ("gives", "medium", "+2")
    open_ = reciprocity(one, on, [(one, False, True), (one, True, None)])
    assert (open_.more, open_.confidence, balance(open_)) == ("gets", "low", "-1?")
    even = reciprocity(one, on, [(one, True, True)])
    assert (even.more, even.confidence, balance(even)) == ("even", "medium", "+0")


def test_the_text_has_a_row_for_each_year_and_in_full_the_names(registry):
    answer = ask(registry, "reciprocity", states=("TKM", "TJK"))
    brief = text(answer, 80).splitlines()
    assert next(line for line in brief if line.startswith("Year  ")).split() == [
        "Year",
        "TKM",
        "TJK",
    ]
    assert sum(line[:4].isdigit() and line[4:6] == "  " for line in brief) == 10
    assert "Turkmenistan gets without giving" in text(answer, 80, full=True)

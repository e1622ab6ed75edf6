import re
from datetime import date
from typing import get_args

import pytest

from visamap import vocabulary
from visamap.render import (
    diff_text,
    headlines,
    markdown_form,
    phrases_time,
    timeline_text,
    upcoming_text,
)
from visamap.results.parts import Envelope

RELEASE = date(2026, 11, 24)


def timeline(registry, code="USA", **asked):
    items = registry.timeline(code, **asked)
    about = {"nationality": code, "name": items[0].nationality.name, "passport": "ordinary"}
    return Envelope("timeline", registry.data, {**about, "since": None, "until": None}, items)


def diff(registry, first, second):
    days = (date.fromisoformat(day) for day in (first, second))
    asked = dict(zip(("from", "to"), days, strict=True)) | {"passport": "ordinary"}
    return Envelope("diff", registry.data, asked, registry.diff(first, second))


def upcoming(registry, on):
    asked = {"on": on, "passport": None}
    return Envelope("upcoming", registry.data, asked, registry.upcoming(on=on))


def test_every_code_has_its_sentence():
    assert set(phrases_time.ENDINGS) == set(get_args(vocabulary.Cause))
    assert set(phrases_time.CHANGES) == set(diff_text.HEADINGS) == set(vocabulary.CHANGES)
    undated = {"approved-some-day", "signed-some-day"}
    assert set(phrases_time.UPCOMING) - undated == set(get_args(vocabulary.UpcomingKind))
    assert set(phrases_time.EVENTS) - {"adopted"} == set(vocabulary.FEED_WORDS)


def test_the_bar_shows_the_years_in_ascii_or_blocks(registry):
    ascii_bar = timeline_text.text(timeline(registry), 80).split("\n\n")[1].splitlines()
    blocks = timeline_text.text(timeline(registry), 80, blocks=True).split("\n\n")[1].splitlines()
    assert re.fullmatch(r"\.{10}#+-{7}#+", ascii_bar[0])
    assert re.fullmatch("░{10}█+╌{7}█+", blocks[0])
    assert ascii_bar[1] == blocks[1]
    assert ascii_bar[1].startswith("2012")
    assert ascii_bar[2] == "# visa-free   . visa required   - suspended"


def test_a_cell_of_the_bar_is_the_state_of_its_time(registry):
    items = registry.timeline("USA")
    drawn, years, *_ = timeline_text.bar(items, RELEASE, 15, blocks=False)
    assert drawn == "...#####--#####"  # 2012 to 2026, each by its middle
    assert years.startswith("2012  2018")


def test_a_rule_of_border_residents_is_told_in_its_period(registry):
    said = " ".join(timeline_text.text(timeline(registry, "TKM"), 80, full=True).split())
    rule = "For residents of a border area only: 5 days a visit. [tkm-2001-border]"
    assert said.count(rule) == 2  # before our data is complete, and after


def test_a_period_takes_a_line_and_its_limits_are_figures(registry):
    said = timeline_text.text(timeline(registry, "CHN"), 80)
    rows = said.splitlines()
    assert "2022-07-08  2023-11-09  14 · 42/180  kz-gov-464-2022  medium" in rows
    assert "90/180 = 90 days in any 180 days" in said
    assert "as known on" in rows[0]  # the last period reaches past the release


def test_news_begin_with_a_capital(registry):
    said = [phrases_time.coming(one) for one in registry.upcoming(on="2023-01-26")]
    assert any(one.startswith("Government decree 1146 of 2022-12-31 ") for one in said)
    assert [one for one in said if one[:1].islower()] == []


def test_one_period_needs_no_bar(registry):
    said = timeline_text.text(timeline(registry, "KAZ"), 80).splitlines()
    assert said[0] == "Kazakhstan (KAZ), ordinary passport, into Kazakhstan: 1 period."
    assert said[2] == "always: No visa: a citizen of Kazakhstan enters without a visa."


@pytest.mark.parametrize("width", [80, 50, 30, 10])
def test_all_forms_fit_the_width(registry, width):
    said = []
    for code in ("USA", "THA", "RUS", "QAT", "CHN"):
        said += timeline_text.text(timeline(registry, code), width).splitlines()
    said += upcoming_text.text(upcoming(registry, date(2024, 1, 15)), width).splitlines()
    # A word longer than the line is never broken.
    assert [line for line in said if len(line) > width and " " in line.strip("- ")] == []


def test_diff_fits_a_terminal_and_keeps_certain_and_possible_apart(registry):
    said = diff_text.text(diff(registry, "2023-12-31", "2024-12-31"), 80).splitlines()
    assert [line for line in said if len(line) > 80] == []
    headings = [line for line in said if re.search(r": \d+$", line)]
    assert headings[0] == "Gained visa-free entry: 2"
    assert headings[-1].startswith("Perhaps")


def test_no_change_is_said(registry):
    said = diff_text.text(diff(registry, "2024-02-01", "2024-02-01"), 80)
    assert " ".join(said.split()).startswith(
        "Changes to entry into Kazakhstan from 2024-02-01 to 2024-02-01, ordinary passport: none."
    )


@pytest.mark.parametrize("on", [date(2014, 7, 1), date(2020, 6, 1), date(2024, 1, 15), RELEASE])
def test_every_item_has_a_sentence(registry, on):
    for item in registry.upcoming(on=on):
        said = headlines.message("upcoming", item)
        assert said.endswith(".")
        assert "None" not in said
        assert "{" not in said


def test_tables_have_all_columns(registry):
    for answer in (
        timeline(registry),
        diff(registry, "2019-12-31", "2020-06-01"),
        upcoming(registry, date(2020, 6, 1)),
    ):
        said = markdown_form.text(answer)
        assert "None" not in said
        assert said.count("\n|") == len(answer.items) + 1

"""A date that is known by its month, its year or its bounds is never told as a day."""

from datetime import date

import pytest

from visamap.cli.commands import run
from visamap.pictures import charts
from visamap.registry.asking import ask, feed
from visamap.render import json_form
from visamap.results.parts import SourceRef
from visamap.vocabulary import SOURCE_KINDS

RELEASE = "2026-11-24"


def text(capsys, *arguments):
    assert run([*arguments]) == 0
    return " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("nationality", "approved", "between", "english", "russian", "kazakh"),
    [
        (
            "PRY",
            "2022-12",
            None,
            "in December 2022;",
            "в декабре 2022",
            "2022 жылғы желтоқсанда",
        ),
        (
            "QAT",
            None,
            ["2015-10-26", "2016-09-30"],
            "between 2015-10-26 and 2016-09-30",
            "между 26 октября 2015",
            "2016 жылғы 30 қыркүйек аралығында",
        ),
    ],
)
def test_an_approval_is_told_as_far_as_its_date_is_known(
    registry, capsys, nationality, approved, between, english, russian, kazakh
):
    found = ask(
        registry, "check", nationalities=[nationality], on=date(2026, 11, 24), passport="diplomatic"
    )
    (act,) = json_form.envelope(found)["items"][0]["pending"]
    assert (act["approved"], act["approved_between"]) == (approved, between)
    asked = ("check", nationality, "--passport", "diplomatic", "--on", RELEASE, "--full")
    assert english in text(capsys, *asked)
    assert russian in text(capsys, *asked, "--lang", "ru")
    assert kazakh in text(capsys, *asked, "--lang", "kk")


def test_acts_under_way_are_told_by_the_month_of_their_approval(capsys):
    said = text(capsys, "upcoming", "--on", RELEASE, "--lang", "ru", "--full")
    assert "утверждение — в декабре 2022" in said
    said = text(capsys, "upcoming", "--on", RELEASE, "--lang", "kk", "--full")
    assert "2022 жылғы желтоқсанда бекітілді" in said


def test_a_start_within_bounds_is_never_without_a_break_since_their_last_day(registry, capsys):
    answer = registry.check("NIC", on=RELEASE)
    assert str(answer.visa_free_since) == "2026-02-17"
    assert [str(day) for day in answer.visa_free_since_between] == ["2023-06-16", "2026-02-17"]
    assert "Since a day between 2023-06-16 and 2026-02-17." in text(
        capsys, "check", "NIC", "--on", RELEASE, "--full"
    )
    assert "2023-06-16..2026-02-17" in text(
        capsys, "check", "NIC", "--on", RELEASE, "--format", "markdown"
    )
    exact = registry.check("DEU", on=RELEASE)
    assert exact.visa_free_since_between is None


def test_a_change_that_is_to_come_has_bounds(registry, capsys):
    change = registry.check("UZB", on="2024-04-01").next_change
    assert [str(day) for day in change.on_between] == ["2024-04-06", "2024-04-14"]
    assert "from a day between 2024-04-06 and 2024-04-14: visa-free" in text(
        capsys, "check", "UZB", "--on", "2024-04-01", "--full"
    )
    assert "from 2024-04-06..2024-04-14: visa-free" in text(
        capsys, "check", "UZB", "--on", "2024-04-01"
    )


@pytest.mark.parametrize(
    ("nationality", "on", "between"),
    [
        ("UZB", "2024-04-14", ("2024-04-06", "2024-04-14")),  # certain: was the last possible day
        ("AND", "2024-01-31", ("2022-08-04", "2024-01-31")),
        ("KNA", "2024-11-20", ("2024-11-20", "2025-11-23")),  # possible: was the first one
        ("VNM", "2024-05-25", None),
    ],
)
def test_diff_tells_both_bounds_of_a_day(registry, capsys, nationality, on, between):
    found = registry.diff("2023-12-31", "2024-12-31")
    (one,) = [item for item in found if item.nationality.code == nationality]
    assert str(one.on) == on
    assert (one.on_between and tuple(map(str, one.on_between))) == between
    if between:
        said = text(capsys, "diff", "2023-12-31", "2024-12-31", "--format", "markdown")
        assert "..".join(between) in said


def test_partners_say_since_when_within_which_bounds(registry, capsys):
    found = {one.nationality.code: one for one in registry.partners(on=RELEASE)}
    assert [str(day) for day in found["NIC"].since_between] == ["2023-06-16", "2026-02-17"]
    assert found["DEU"].since_between is None
    assert "2023-06-16..2026-02-17" in text(
        capsys, "partners", "--on", RELEASE, "--format", "markdown"
    )


@pytest.mark.parametrize(("on", "certain", "possible"), [("2024-12-31", 81, 2), (RELEASE, 85, 0)])
def test_partners_holds_the_certain_ones(registry, on, certain, possible):
    assert len(registry.partners(on=on)) == certain
    every = registry.partners(on=on, possible=True)
    assert [one.possible for one in every] == [False] * certain + [True] * possible


@pytest.mark.parametrize("on", ["2018-01-01", "2023-06-01", "2024-12-31", RELEASE])
def test_the_map_counts_as_possible_whom_partners_lists_as_possible(registry, on):
    shades = [mark.shade for mark in registry.world_map(on=on).marks if mark.counted]
    every = registry.partners(on=on, possible=True)
    assert shades.count("possible") == sum(one.possible for one in every)


def citations(value):
    """Yield each list of sources that an answer holds, wherever it stands in it."""
    if isinstance(value, tuple) and value and all(isinstance(one, SourceRef) for one in value):
        yield value
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from citations(one)


def test_sources_stand_in_one_order_everywhere_the_law_first(registry):
    day = date(2026, 11, 24)
    answers = [
        ask(registry, "check", nationalities=["UZB", "NIC", "THA", "USA", "DOM"], on=day),
        ask(registry, "check", nationalities=["USA"], on=date(2020, 6, 1)),
        ask(registry, "partners", on=date(2024, 12, 31), possible=True),
        ask(registry, "agreements", on=day, kind="all"),
        ask(registry, "visas", on=day, nationality="UZB"),
        ask(registry, "outbound", passports=["KAZ", "UZB"], on=day),
        ask(registry, "ranks", passports=[]),
        ask(registry, "claims"),
        ask(registry, "stay", nationality="THA", trips=["2026-09-01/"], on=day),
        ask(registry, "timeline", nationality="UZB"),
        ask(registry, "diff", first=date(2015, 1, 1), second=day),
        ask(registry, "upcoming", on=date(2024, 1, 1)),
        feed(registry, "atom"),
    ]
    for answer in answers:
        listed = [sources for item in answer.items for sources in citations(item)]
        assert listed, answer.command
        for sources in listed:
            keys = [(SOURCE_KINDS.index(source.kind), source.id) for source in sources]
            assert keys == sorted(set(keys)), (answer.command, sources)


def test_a_passport_without_ranks_is_named_through_every_door(registry, capsys, tmp_path):
    note = json_form.envelope(ask(registry, "ranks", passports=["DEU", "KAZ"]))["notes"][-1]
    assert (note["code"], note["passport"]) == ("no_ranks_bundled", "DEU")
    assert "Germany (DEU)" in text(capsys, "ranks", "DEU", "KAZ")
    drawn = tmp_path / "ranks.svg"
    assert run(["ranks", "DEU", "KAZ", "--plot", str(drawn)]) == 0
    assert "Germany (DEU)" in capsys.readouterr().err


def test_the_picture_of_ranks_ends_where_the_table_stands(registry):
    drawn = charts.ranks(registry.ranks(), registry.data).svg
    for rank in registry.ranks(edition="latest"):
        if rank.rank and rank.index in {"henley", "passport-index"} and not rank.disputed:
            assert f">{rank.rank} {rank.name}<" in drawn, rank


def test_what_an_index_counts_is_named(registry, capsys):
    counts = {(one.index, one.published): one.visa_free_counts for one in registry.ranks("KAZ")}
    assert counts["henley", True] == "no-visa-in-advance"
    assert counts["passport-index", True] == "visa-free-and-eta"
    assert counts["passport-index", False] == "visa-free"
    said = text(capsys, "ranks", "KAZ")
    assert "Score No visa in advance" in said

"""Journeys worked out by hand with a calendar, from the words of the acts."""

from datetime import date

import pytest

from visamap.cli.commands import run
from visamap.errors import BadTripsError, WrongUsageError
from visamap.registry.asking import ask
from visamap.vocabulary import DESTINATIONS

TODAY = "2026-11-24"


def legs(registry, codes, *told, **more):
    """Judge a journey, the day of the release being today."""
    return registry.trip(codes, legs=told, **{"on": TODAY, **more})


def best(registry, codes, *told, **more):
    return [leg for leg in legs(registry, codes, *told, **more) if leg.best]


def counted(leg):
    return [(limit.used, limit.left) for limit in leg.limits]


def due(leg):
    return {(one.what, one.by and one.by.isoformat(), one.who) for one in leg.to_do}


SILK_ROAD = (
    "KAZ:2027-05-01/2027-05-12",
    "UZB:2027-05-12/2027-05-26",
    "KAZ:2027-05-26/2027-05-28",
)


@pytest.mark.parametrize("code", ["DEU", "GBR", "CHN", "USA", "ISR"])
def test_four_weeks_on_the_silk_road_need_no_visa(registry, code):
    # 12 days from 1 to 12 May, and 3 from 26 to 28 May: 15 days of the window, entry and exit both.
    first, second, third = legs(registry, [code], *SILK_ROAD)
    assert [one.allowed for one in (first, second, third)] == [True, True, True]
    assert [one.days for one in (first, second, third)] == [12, 15, 3]
    assert [used for used, _ in counted(first)] == [12, 12]
    assert [used for used, _ in counted(third)] == [3, 15]
    assert (second.max_stay_days, third.max_stay_days) == (30, 30)


def test_a_leg_into_longer_terms_shows_those_of_its_last_day(registry):
    # The note of 1992 gives 30 days a visit; from 8 September 2025 a visit may have all 90 of 180.
    [short] = legs(registry, ["TUR"], "KAZ:2025-08-20/2025-09-07")
    [long] = legs(registry, ["TUR"], "KAZ:2025-08-20/2025-10-01")
    assert [(one.used, one.days) for one in short.limits] == [(19, 30), (19, 90)]
    assert long.allowed
    assert [(one.used, one.days) for one in long.limits] == [(43, 90), (43, 90)]


def test_a_leg_that_a_suspension_ends_counts_against_no_limit(registry):
    # Visa-free entry was suspended from 17 April 2020; the 30 days before would have been enough.
    [leg] = legs(registry, ["GBR"], "KAZ:2020-03-28/2020-04-20")
    assert (leg.allowed, leg.reason, leg.limits) == (False, "suspended", ())


def test_an_indian_needs_a_visa_on_the_second_leg_only(registry):
    answer = ask(registry, "trip", nationalities=["IND"], legs=SILK_ROAD, on=TODAY)
    first, second, third = answer.items
    assert (first.allowed, second.allowed, third.allowed) == (True, False, True)
    assert [one.left for one in third.limits] == [11, 27]  # 14 a visit, 42 in 180
    (note,) = [note for note in answer.notes if note.code == "trip"]
    assert note.values == {"allowed": False, "first_problem": 2}
    # 12 May 2027 is a Wednesday; three working days before it lies Friday, 7 May.
    assert due(second) == {("e-visa", "2027-05-07", "traveller")}
    (apply,) = second.to_do
    assert apply.url == "https://e-visa.gov.uz"
    assert apply.sources


def test_a_leg_on_a_visa_has_the_days_of_the_e_visa_and_is_not_counted(registry):
    on_visa = best(registry, ["IND"], *SILK_ROAD[:1], "UZB:2027-05-12/2027-06-10:visa")[1]
    assert (on_visa.allowed, on_visa.reason, on_visa.limits) == (True, "visa", ())
    too_long = best(registry, ["IND"], "UZB:2027-05-12/2027-06-11:visa")[0]
    assert (too_long.allowed, too_long.reason) == (False, "visa_too_short")
    assert {"visa", "e-visa"} & {one.what for one in too_long.to_do} == {"visa"}
    # Of a visa for someone who needs none, nothing is known.
    germans = best(registry, ["DEU"], "KAZ:2027-05-01/2027-06-20:visa", "KAZ:2027-06-20/2027-07-19")
    assert [leg.allowed for leg in germans] == [None, True]
    assert germans[0].reason == "visa_terms_unknown"
    assert counted(germans[1])[1][0] == 30  # the days on the visa are not among them


def test_a_second_leg_on_a_visa_of_one_entry_needs_another_entry(registry):
    told = ("UZB:2027-05-01/2027-05-05:visa", *SILK_ROAD[2:], "UZB:2027-05-28/2027-05-30:visa")
    first, _, third = legs(registry, ["IND"], *told)
    assert "several-entries" not in {one.what for one in first.to_do}
    assert "several-entries" in {one.what for one in third.to_do}
    # Kazakhstan's electronic tourist visa is for a single entry.
    kazakh = ("KAZ:2027-05-01/2027-05-05:visa", "KAZ:2027-05-09/2027-05-11:visa")
    assert "another-visa" in {one.what for one in legs(registry, ["NGA"], *kazakh)[1].to_do}


def test_a_citizen_is_home_and_a_neighbour_counts(registry):
    home, guest = legs(registry, ["KAZ"], "KAZ:2027-01-01/2027-05-12", "UZB:2027-05-12/2027-06-20")
    assert (home.allowed, home.reason, home.to_do) == (True, "citizen", ())
    # 40 days where the decree of 2024 and the protocol allow 30 a visit.
    assert (guest.allowed, guest.reason, guest.longest_stay) == (False, "limit_reached", 30)
    assert guest.first_overstay == date(2027, 6, 11)


def test_a_remote_worker_who_goes_round_fills_the_window_of_one_state_alone(registry):
    # Thirty days each in turn: of 180 days up to 8 June, 90 are days in Kazakhstan, which is all.
    told = (
        "KAZ:2027-01-10/2027-02-08",
        "UZB:2027-02-09/2027-03-10",
        "KAZ:2027-03-11/2027-04-09",
        "UZB:2027-04-10/2027-05-09",
        "KAZ:2027-05-10/2027-06-08",
        "KAZ:2027-06-10/2027-06-12",
    )
    *passed, over = legs(registry, ["DEU"], *told)
    assert all(leg.allowed for leg in passed)
    assert counted(passed[4]) == [(30, 0), (90, 0)]
    assert (over.allowed, over.longest_stay) == (False, 0)
    # 10 January leaves the window of 9 July; each later day then frees one more.
    assert over.first_entry == date(2027, 7, 9)


def test_exit_and_return_on_one_day_are_two_visits_and_one_day(registry):
    # Other counters count such a day twice.
    told = ("KAZ:2027-05-01/2027-05-20", "KAZ:2027-05-20/2027-05-31")
    _, back = legs(registry, ["DEU"], *told)
    assert counted(back) == [(12, 18), (31, 59)]
    assert back.allowed is True


def test_a_stay_without_an_end_is_not_no_stay(registry):
    # Other counters take an open stay for one of no days.
    (leg,) = legs(registry, ["DEU"], "KAZ:2027-05-01/")
    assert (leg.exit, leg.days, leg.latest_exit) == (None, None, date(2027, 5, 30))
    assert counted(leg) == [(30, 0), (30, 60)]
    told = ("KAZ:2027-01-01/2027-01-30", "KAZ:2027-02-10/2027-03-11", "KAZ:2027-03-20/2027-04-08")
    *_, last = legs(registry, ["DEU"], *told, "KAZ:2027-04-10/")
    assert last.latest_exit == date(2027, 4, 19)  # 30 + 30 + 20 days are used, ten are left
    (open_visa,) = legs(registry, ["IND"], "UZB:2027-05-01/:visa")
    assert open_visa.latest_exit == date(2027, 5, 30)


def test_earlier_visits_count_in_their_own_state_alone(registry):
    past = ["KAZ:2027-01-01/2027-01-30", "KAZ:2027-02-10/2027-03-11", "UZB:2027-03-12/2027-03-20"]
    (leg,) = legs(registry, ["DEU"], "KAZ:2027-04-01/2027-04-30", past=reversed(past))
    assert counted(leg) == [(30, 0), (90, 0)]
    (leg,) = legs(registry, ["DEU"], "KAZ:2027-04-01/2027-05-01", past=past)
    assert leg.allowed is False


def test_one_passport_is_shown_on_both_sides_of_a_border_where_that_costs_nothing(registry):
    # A Turk may stay 90 days in Kazakhstan and a German 30; both may stay 30 days in Uzbekistan.
    short = ("KAZ:2027-05-01/2027-05-10", "UZB:2027-05-10/2027-05-20")
    used = [leg.nationality.code for leg in best(registry, ["DEU", "TUR"], *short)]
    assert used == ["TUR", "TUR"]
    long = ("UZB:2027-04-10/2027-05-01", "KAZ:2027-05-01/2027-06-30", "UZB:2027-06-30/2027-07-05")
    used = [leg.nationality.code for leg in best(registry, ["DEU", "TUR"], *long)]
    assert used == ["TUR", "TUR", "TUR"]
    # An Indian who also holds a German passport shows the one that opens each border.
    apart = ("KAZ:2027-05-01/2027-05-10", "UZB:2027-05-10/2027-05-20")
    answer = ask(registry, "trip", nationalities=["IND", "DEU"], legs=apart, on=TODAY)
    assert [leg.nationality.code for leg in answer.items if leg.best] == ["DEU", "DEU"]
    assert "passport_changes" not in {note.code for note in answer.notes}


def test_a_passport_is_changed_only_where_a_leg_would_fail_and_that_is_told(registry):
    # A Jamaican needs a visa for Kazakhstan, an Indian one for Uzbekistan.
    told = ("UZB:2027-05-01/2027-05-05", *SILK_ROAD[1:], "KAZ:2027-05-28/2027-05-30")
    answer = ask(registry, "trip", nationalities=["IND", "JAM"], legs=told, on=TODAY)
    used = [leg.nationality.code for leg in answer.items if leg.best]
    assert used == ["JAM", "JAM", "IND", "IND"]
    changes = [note.values for note in answer.notes if note.code == "passport_changes"]
    assert changes == [{"leg": 3, "from": "JAM", "to": "IND"}]


def test_a_citizen_comes_as_a_citizen(registry):
    told = ("UZB:2027-05-01/2027-05-10", "KAZ:2027-05-10/2027-05-20")
    used = [leg.nationality.code for leg in best(registry, ["DEU", "KAZ"], *told)]
    assert used == ["KAZ", "KAZ"]


def test_registration_is_due_from_the_day_of_entry_and_says_who_does_it(registry):
    kazakh, uzbek, _ = legs(registry, ["DEU"], *SILK_ROAD)
    # 1 May 2027 is a Saturday: the third working day is Wednesday, 5 May.
    assert ("host-notice", "2027-05-05", "host") in due(kazakh)
    # Of 12 May three days are counted from the day after it.
    assert ("registration", "2027-05-15", "traveller") in due(uzbek)
    assert any(one.what == "border-zone" for one in uzbek.to_do)
    late = legs(registry, ["DEU"], "UZB:2027-05-12/2027-05-26", on="2027-05-20")[0]
    assert {one.what for one in late.to_do if one.late} == {"registration"}


def test_what_would_work_in_place_of_a_leg_that_is_too_long(registry):
    told = ("KAZ:2027-05-01/2027-05-30", "KAZ:2027-06-01/2027-07-10")
    leg = legs(registry, ["DEU"], *told)[1]
    assert (leg.allowed, leg.longest_stay, leg.first_entry) == (False, 30, None)
    assert leg.visas.fitting is not None
    assert "B12" not in leg.visas.fitting  # the tourist visa is for 30 days
    assert leg.first_overstay == date(2027, 7, 1)


def test_past_the_horizon_nothing_is_known_and_nothing_is_to_be_done(registry):
    answer = ask(registry, "trip", nationalities=["DEU"], legs=["KAZ:2027-11-26/2027-11-30"])
    (leg,) = answer.items
    assert (leg.allowed, leg.reason, leg.to_do) == (None, "beyond_horizon", ())
    assert "beyond_horizon" in {note.code for note in answer.notes}
    # A leg that begins before it is counted through.
    assert legs(registry, ["DEU"], "KAZ:2027-11-20/2027-11-30")[0].allowed is True
    assert legs(registry, ["IND"], "UZB:2027-11-26/2027-11-30:visa")[0].reason == "beyond_horizon"


@pytest.mark.parametrize("code", DESTINATIONS)
def test_every_destination_can_be_a_leg(registry, code):
    (leg,) = legs(registry, ["DEU"], f"{code}:2027-05-01/2027-05-02")
    assert leg.destination.code == code
    assert leg.verdict == registry.entering(code).check("DEU", on="2027-05-01").verdict


BAD = {
    ("KAZ 2027-05-01",): "leg 1 ('KAZ 2027-05-01') is no leg; write DESTINATION:ENTRY/EXIT",
    ("KAZ:2027-05-12/2027-05-01",): "leg 1 (KAZ:2027-05-12/2027-05-01) leaves before it enters",
    ("KAZ:2027-05-01/2027-05-12:boat",): "is no leg",
    ("KAZ:2027-05-01/2027-06-31",): "leg 1 (KAZ:2027-05-01/2027-06-31)",
    ("KAZ:2027-05-01/2027-05-12", "UZB:2027-05-11/2027-05-20"): (
        "leg 2 (UZB:2027-05-11/2027-05-20) begins before leg 1 (KAZ:2027-05-01/2027-05-12) ends"
    ),
    ("KAZ:2027-05-01/", "UZB:2027-05-11/2027-05-20"): (
        "leg 1 (KAZ:2027-05-01/) has no exit; only the last leg may be open"
    ),
    ("FRA:2027-05-01/2027-05-12",): "visamap has no rules of entry for France (FRA); choose one",
    ("Narnia:2027-05-01/2027-05-12",): "leg 1 (Narnia:2027-05-01/2027-05-12): No country matches",
    (): "A journey needs a leg: write DESTINATION:ENTRY/EXIT",
}


@pytest.mark.parametrize("told", BAD)
def test_what_is_no_journey_is_refused_with_what_is_wrong(registry, told):
    with pytest.raises(BadTripsError) as slip:
        legs(registry, ["DEU"], *told)
    said = " ".join(str(slip.value).split())
    assert BAD[told] in said
    if "not told" in said:
        assert all(code in said for code in DESTINATIONS)


def test_all_slips_are_told_at_once(registry):
    past = ["UZB:2026-05-01/", "UZB:2026-04-01/2026-04-05", "UZB:2026-05-01/2026-05-02"]
    with pytest.raises(BadTripsError) as slip:
        legs(registry, ["DEU"], "KAZ", "KAZ:2027-05-12/2027-05-01", past=past)
    assert len(slip.value.problems) == 3
    with pytest.raises(WrongUsageError, match="nationality"):
        legs(registry, [], "KAZ:2027-05-01/2027-05-12")


def test_a_leg_may_be_told_by_its_parts(registry):
    parts = {"destination": "Uzbekistan", "entry": date(2027, 5, 12), "exit": "12.06.2027"}
    told = legs(registry, ["IND"], {**parts, "visa": True})
    assert told == legs(registry, ["IND"], "uz:2027-05-12/2027-06-12:visa")
    with pytest.raises(BadTripsError, match="`destination` and `entry`"):
        legs(registry, ["IND"], {"entry": "2027-05-12"})


def test_between_two_legs_stand_the_crossings_as_the_region_tells_them(registry):
    legs = [
        "KAZ:2027-05-01/2027-05-05",
        "KGZ:2027-05-05/2027-05-10",
        "KGZ:2027-05-12/2027-05-14",
        "KAZ:2027-05-20/2027-05-22",
        "TJK:2027-05-22/2027-05-25",
    ]
    first, second, again, back, apart = registry.trip(["DEU"], legs=legs, on="2026-11-24")
    assert first.border is again.border is None
    assert apart.border == {"from": "KAZ", "crossings": []}
    assert (second.border["from"], back.border["from"]) == ("KAZ", "KGZ")
    told = [
        {"name": one.name, "open_to": one.open_to, "last_seen": one.last_seen}
        for one in registry.crossings("KGZ", "KAZ", on="2027-05-05")
        if one.kind != "train"
    ]
    assert told
    assert second.border["crossings"] == told


def test_the_text_promises_no_border(capsys):
    legs = ["KAZ:2027-05-01/2027-05-05", "KGZ:2027-05-05/2027-05-10", "TKM:2027-05-10/2027-05-12"]
    assert run(["trip", "DEU", *legs, "--on", "2026-11-24"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "KAZ - KGZ: Kegen - Karkyra (seen open to all 2026-01-21), " in said
    assert "KGZ - TKM: no land way known, the states do not touch" in said

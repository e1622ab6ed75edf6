"""The history, the changes and the coming acts that we ship, asked through the front desk."""

from datetime import date


def test_the_history_of_the_united_states(registry):
    periods = registry.timeline("USA")
    free = [(str(p.valid_from), p.max_stay_days, p.regime.instrument) for p in periods if p.regime]
    assert free == [
        ("2014-07-15", 15, "kz-gov-639-2014"),
        ("2015-07-16", 15, "kz-gov-483-2015"),
        ("2017-01-01", 30, "kz-gov-838-2016"),
        ("2020-01-11", 30, "kz-gov-838-2016"),
        ("2022-01-01", 30, "kz-gov-838-2016"),
    ]
    halted = [p for p in periods if p.suspended_by]
    assert (str(halted[0].valid_from), str(halted[-1].valid_to)) == ("2020-04-17", "2021-12-31")
    ends = {str(p.valid_to): (p.ended_by.code, p.ended_by.act.id) for p in periods[1:-1]}
    assert ends["2015-07-15"] == ("replaced", "kz-gov-483-2015")
    assert ends["2020-01-10"] == ("new_terms", "kz-law-2019-12-27")
    assert ends["2020-04-16"] == ("suspended", "kz-gov-220-2020")
    assert ends["2021-12-31"] == ("suspension_ended", "kz-gov-susp3-2021")


def test_the_partners_of_2024(registry):
    found = {d.nationality.code: d for d in registry.diff("2023-12-31", "2024-12-31")}
    assert {c for c, d in found.items() if d.change == "gained"} == {"SYC", "MAC"}
    assert (str(found["SYC"].on), found["SYC"].by.id) == ("2024-01-06", "kaz-syc-2023")
    assert (str(found["MAC"].on), found["MAC"].by.id) == ("2024-10-24", "kaz-mac-2024")
    # The first day of Andorra's agreement is not known: perhaps before, certain from here.
    assert (found["AND"].change, str(found["AND"].on)) == ("possible-gained", "2024-01-31")
    assert (found["VNM"].change, found["VNM"].by.id) == ("ground", "kaz-vnm-2023")
    assert (found["UZB"].change, found["UZB"].by.id) == ("ground", "kaz-uzb-2022-protocol")
    assert found["THA"].change == "possible-terms"


def test_china_is_of_2023(registry):
    found = {d.nationality.code: d for d in registry.diff("2022-12-31", "2023-12-31")}
    assert found["CHN"].by.id == "kaz-chn-2023"
    assert "CHN" not in {d.nationality.code for d in registry.diff("2023-12-31", "2024-12-31")}


def test_the_list_is_lost_in_2020_by_the_decree_that_suspends(registry):
    lost = [d for d in registry.diff("2020-04-16", "2020-04-17") if d.change == "lost"]
    assert len(lost) > 40
    assert {d.by.id for d in lost} == {"kz-gov-220-2020"}


def test_what_was_coming_at_the_start_of_2024(registry):
    found = {u.act.id: u for u in registry.upcoming(on="2024-01-05", passport="ordinary")}
    assert found["kaz-syc-2023"].on == date(2024, 1, 6)
    assert found["kaz-syc-2023"].kind == "enters-into-force"
    assert found["kaz-dom-2022"].kind == "approved"
    assert found["kaz-and-2022"].kind == "may-be-in-force"


def test_a_suspension_in_force_is_told_with_its_end(registry):
    halts = [u for u in registry.upcoming(on="2020-06-01") if u.kind == "suspension-ends"]
    assert str(halts[-1].on) == "2021-01-01"  # the transit
    rule = next(u for u in halts if u.act.id == "kz-gov-220-2020")
    assert str(rule.on) == "2020-11-01"
    assert {"USA", "DEU"} <= {country.code for country in rule.nationalities}


def test_the_feed_has_every_kind_of_event_once(registry):
    events = registry.feed()
    assert {event.what for event in events} >= {
        "signed", "approved", "ratified", "in-force", "ended", "rule-ends",
        "suspension-begins", "suspension-ends",
    }  # fmt: skip
    ids = [event.id for event in events]
    assert len(ids) == len(set(ids))
    assert "kaz-syc-2023/in-force/1" in ids
    assert registry.feed(since="2024-01-01") == tuple(
        event for event in events if event.on >= date(2024, 1, 1)
    )

"""The agreements that we ship, asked through the front desk."""

from datetime import date

import pytest

from visamap.errors import UnknownCountryError, UnknownRecordError, WrongUsageError

TODAY = date(2026, 11, 24)


def year_2024(registry, event="any"):
    return {a.id: a for a in registry.agreements(on=TODAY, year=2024, event=event)}


@pytest.mark.parametrize(
    ("instrument", "day"),
    [
        ("kaz-syc-2023", "2024-01-06"),
        ("kaz-vnm-2023", "2024-05-25"),
        ("kaz-mac-2024", "2024-10-24"),
    ],
)
def test_entries_into_force_of_2024(registry, instrument, day):
    entered = year_2024(registry, "in-force")
    assert (entered[instrument].in_force, entered[instrument].match) == (day, "certain")


def test_signings_of_2024(registry):
    signed = year_2024(registry, "signed")
    partners = {country.code for one in signed.values() for country in one.partners}
    assert partners >= {"THA", "ARM", "MAC", "MAR", "RWA", "LBN", "BEL", "NLD", "LUX"}
    assert signed["kaz-kna-2024"].match == "certain"  # some day at the end of January


@pytest.mark.parametrize(
    ("instrument", "day"),
    [
        ("kaz-tha-2024", "2024-08-14"),
        ("kaz-smr-2023", "2024-11-12"),
        ("kaz-kna-2024", "2024-11-20"),
        ("kaz-uzb-2022-protocol", "2024-04-06"),
    ],
)
def test_approvals_of_2024(registry, instrument, day):
    assert year_2024(registry, "approved")[instrument].approved == day


def test_thailand_entered_into_force_in_2024_only_possibly(registry):
    thailand = year_2024(registry, "in-force")["kaz-tha-2024"]
    assert (thailand.match, thailand.in_force) == ("possible", None)
    assert thailand.in_force_between == (date(2024, 8, 14), date(2025, 8, 13))


def test_neither_drafts_nor_old_treaties_are_acts_of_2024(registry):
    ids = set(year_2024(registry))
    assert ids.isdisjoint({"kaz-rus-2012", "kaz-lao-2024-draft", "kaz-bhr-2024-draft"})


@pytest.mark.parametrize(
    ("instrument", "on", "expected"),
    [
        ("kaz-tha-2024", "2024-12-31", "possibly_in_force"),
        ("kaz-tha-2024", "2025-08-13", "in_force"),
        ("kaz-qat-2022-protocol", "2026-11-24", "possibly_in_force"),
        ("kaz-rus-2012", "2013-01-01", "in_force"),  # applied provisionally
        ("kaz-arm-2006", "2025-11-21", "in_force"),
        ("kaz-arm-2006", "2025-11-22", "ended"),
        ("kaz-dom-2022", "2026-11-24", "approved"),
        ("kz-gov-838-2016", "2020-06-01", "suspended"),
    ],
)
def test_status_on_a_day(registry, instrument, on, expected):
    assert registry.agreement(instrument, on=on).status == expected


def test_every_act_can_be_shown_and_has_a_status_today(registry):
    acts = registry.agreements(on=TODAY, kind="all")
    assert len(acts) == len(registry.index.records["instruments"])
    assert all(one.status for one in acts)


def test_words_may_be_spelt_with_a_hyphen_or_a_line(registry):
    hyphen = registry.agreements(on=TODAY, status="in-force", event="in_force")
    assert hyphen == registry.agreements(on=TODAY, status="in_force", event="in-force")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ({"event": "adopted"}, UnknownRecordError),
        ({"status": "valid"}, UnknownRecordError),
        ({"kind": "treaty"}, UnknownRecordError),
        ({"passport": "gold"}, UnknownRecordError),
        ({"partner": "Atlantis"}, UnknownCountryError),
        ({"year": 1850}, WrongUsageError),
        ({"year": 20240}, WrongUsageError),
    ],
)
def test_wrong_words_are_refused(registry, words, error):
    with pytest.raises(error):
        registry.agreements(on=TODAY, **words)


def test_an_unknown_id_names_ids_that_come_close(registry):
    with pytest.raises(UnknownRecordError, match="kaz-tha-2024"):
        registry.agreement("kaz-tha-2023", on=TODAY)


def test_a_country_in_place_of_an_id_names_its_acts(registry):
    with pytest.raises(UnknownRecordError, match=r"kaz-tha-2017-ds.*--partner THA"):
        registry.agreement("Thailand", on=TODAY)

"""The tables themselves: complete, free of clashes, and true to the order of their ranks."""

import copy
import json
import re
from collections import Counter

import pycountry
import pytest
from pydantic import ValidationError

from visamap.data.names import ClashError, build
from visamap.errors import AmbiguousCountryError
from visamap.schema.countries import CountryNames
from visamap.store.resolver import fold

pytestmark = pytest.mark.xdist_group("countries")  # the names are laid out once


def test_every_english_name_of_every_country_is_its_own(resolver):
    for country in pycountry.countries:
        for field in ("name", "official_name", "common_name"):
            name = getattr(country, field, country.alpha_3)
            if name == "Congo":
                with pytest.raises(AmbiguousCountryError):
                    resolver.resolve(name)
            else:
                assert resolver.resolve(name) == country.alpha_3


def test_every_code_of_every_country_is_its_own(resolver):
    for country in pycountry.countries:
        for code in (country.alpha_2, country.alpha_3, country.numeric):
            assert resolver.resolve(code) == country.alpha_3


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_every_name_we_print_is_understood(catalogue, resolver, language):
    for code in catalogue.small["countries"]:
        name = resolver.name(code, language)
        if name != "Congo":
            assert resolver.resolve(name) == code


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_country_and_document_has_a_name_of_its_own(catalogue, language):
    names = catalogue.large["display"][language]
    assert names.keys() == catalogue.small["countries"].keys()
    assert len({fold(name) for name in names.values()}) == len(names)


def test_every_reviewed_name_and_alias_leads_to_its_country(curated, resolver):
    for section in ("aliases", "names_kk", "names_ru"):
        for code, names in curated[section].items():
            assert {resolver.resolve(name) for name in names} == {code}
    for row in curated["extra"]:
        for name in (row["code"], *row["en"], *row["kk"], *row["ru"]):
            assert resolver.resolve(name) == row["code"]


def test_kinds_are_counted(catalogue):
    kinds = Counter(kind for *_, kind in catalogue.small["countries"].values())
    assert kinds == {
        "state": 194,  # the 193 members of the United Nations and the Holy See
        "territory": 56,
        "organisation": 14,
        "british-status": 5,
        "refugee": 2,
        "other": 2,
        "stateless": 1,
    }


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("KOR", ["KR", "410", "Korea, Republic of", "state"]),
        ("HKG", ["HK", "344", "Hong Kong", "territory"]),
        ("XKX", ["XK", None, "Kosovo", "territory"]),
        ("XXA", [None, None, "Stateless person", "stateless"]),
    ],
)
def test_a_row_tells_codes_name_and_kind(catalogue, code, row):
    assert catalogue.small["countries"][code] == row


def test_a_lower_rank_never_overrides_a_higher_one(catalogue):
    small, large, people = catalogue
    names = [small["codes"], small["english"], large["reviewed"], large["other"]]
    ranks = [*names, people["people"]]
    for lower in range(1, len(ranks)):
        for higher in ranks[:lower]:
            shared = higher.keys() & ranks[lower].keys()
            assert all(higher[name] == ranks[lower][name] for name in shared)
    certain = {name for rank in ranks for name in rank}
    assert not certain & small["ambiguous"].keys()
    assert not certain & large["ambiguous"].keys()
    assert not certain & people["ambiguous"].keys()
    assert not certain & people["places"].keys()


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Paraguai", "PRY"),  # one catalogue has it as the official name of Nicaragua
        ("República de Zàmbia", "ZMB"),  # and one this as that of the Gambia
    ],
)
def test_a_misplaced_official_name_does_not_harm_its_rightful_bearer(resolver, name, code):
    assert resolver.resolve(name) == code


def test_a_name_that_two_languages_give_to_two_countries_is_dropped(catalogue):
    assert fold("Litwiýa") not in catalogue.large["other"]  # Lithuania and Latvia, in Turkmen
    assert fold("Nigeri") not in catalogue.large["other"]  # Niger and Nigeria


def test_other_names_hold_no_scraps(catalogue):
    assert all(len(name) > 2 or name >= "\u2e80" for name in catalogue.large["other"])


def test_the_same_file_gives_the_same_bytes(curated, catalogue):
    assert json.dumps(build(curated)) == json.dumps(catalogue)


@pytest.mark.parametrize(
    ("section", "key", "value", "message"),
    [
        ("aliases", "AUT", ("Germany",), "'Germany' is claimed by AUT and by DEU"),
        ("aliases", "AUT", ("THA",), "'THA' is claimed by AUT and by THA"),
        ("aliases", "AUT", ("Congo",), "'Congo' is claimed by AUT and by"),
        ("aliases", "AUT", ("...",), "'...' is claimed by AUT"),
        ("aliases", "QQQ", ("Nowhere",), "aliases: no country has the code QQQ"),
        ("codes", "RUS", "AUT", "'RUS' is claimed by AUT and by RUS"),
        ("names_ru", "AUT", ("Австралия",), "'Австралия' is claimed by"),
        ("names_kk", "QQQ", ("Ешқайда",), "names_kk: QQQ is no ISO code"),
        ("names_other", "AUT", ("Angleterre",), "'Angleterre' is claimed by"),
        ("people_de", "QQQ", ("Niemand",), "people_de: no country has the code QQQ"),
        ("people_de", "AUT", ("Thai",), "'Thai' is claimed by"),
        ("ambiguous_people", "Thai", ("THA", "LAO"), "ambiguous_people: 'thai' has a meaning"),
        ("ioc", "GER", "QQQ", "ioc: no country has the code QQQ"),
        ("held_passport", "XZZ", ["PRI"], "held_passport: no country has the code XZZ"),
        ("held_passport", "DNK", ["FRO", "DEU"], "held_passport: DEU is no territory"),
        ("held_passport", "DNK", ["GRL", "PRI"], "held_passport: PRI is no territory, or stands"),
        ("held_passport", "GRL", ["HKG"], "held_passport: GRL holds another passport itself"),
    ],
)
def test_a_mistake_in_our_file_stops_the_build(curated, section, key, value, message):
    broken = copy.deepcopy(curated)
    broken[section][key] = value
    with pytest.raises(ClashError) as caught:
        build(broken)
    assert message in str(caught.value)


def test_a_country_without_a_reviewed_name_stops_the_build(curated):
    broken = copy.deepcopy(curated)
    del broken["names_kk"]["THA"]
    with pytest.raises(ClashError, match="names_kk: THA has no name"):
        build(broken)


@pytest.mark.parametrize(
    ("name", "message"),
    [("France", "'france' of France has a meaning"), ("Thais", "places: 'thais' is claimed by")],
)
def test_a_place_that_is_a_country_stops_the_build(curated, name, message):
    broken = copy.deepcopy(curated)
    broken["places"] = [{"kind": "place", "of": ("FRA",), "names": (name,)}]
    with pytest.raises(ClashError, match=re.escape(message)):
        build(broken)


def test_an_olympic_code_that_is_another_state_keeps_that_meaning(catalogue, resolver):
    assert catalogue.small["two_codes"] == {"BRN": "BHR", "BUR": "BFA", "GBS": "GNB"}
    assert [resolver.resolve(code) for code in ("BRN", "GER", "ger")] == ["BRN", "DEU", "DEU"]


def test_an_extra_code_that_iso_has_taken_stops_the_build(curated):
    broken = copy.deepcopy(curated)
    broken["extra"] = [{**broken["extra"][0], "code": "THA"}]
    with pytest.raises(ClashError, match="extra: THA is an ISO code"):
        build(broken)


@pytest.mark.parametrize(
    "change",
    [
        {"colour": {}},
        {"aliases": {"TUR": ["Turkey"], "SWZ": ["Swaziland"]}},  # not sorted
        {"aliases": {"tur": ["Turkey"]}},
        {"aliases": {"TUR": []}},
        {"ambiguous": {"Congo": ["COG"]}},
        {"territories": ["HKG", "HKG"]},
    ],
)
def test_the_form_of_the_file_is_checked(curated, change):
    with pytest.raises(ValidationError):
        CountryNames.model_validate(curated | change)

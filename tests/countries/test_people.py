"""A long list of what people write where a nationality is asked, each with what it means."""

from pathlib import Path
from time import perf_counter

import pytest

from visamap.errors import AmbiguousCountryError, NoNationalityError, UnknownCountryError

pytestmark = pytest.mark.xdist_group("countries")  # the names are laid out once

SPELLINGS = Path(__file__).with_name("spellings.txt")


def rows():
    for line in SPELLINGS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            meaning, *spellings = line.split(" | ")
            yield from ((spelling, meaning) for spelling in spellings)


def meaning_of(resolver, text):
    try:
        return resolver.resolve(text)
    except AmbiguousCountryError as error:
        sign, close = "?", error.choices
    except NoNationalityError as error:
        sign, close = "-", error.close
    except UnknownCountryError as error:
        return str(error)
    return " ".join([sign, *(one[-4:-1] for one in close)])


def test_what_people_write_is_understood(resolver):
    asked = [(text, " ".join(meaning.split())) for text, meaning in rows()]
    assert len(asked) > 1500
    wrong = {text: (meaning_of(resolver, text), meaning) for text, meaning in asked}
    assert not {text: both for text, both in wrong.items() if both[0] != both[1]}


def test_each_state_is_understood_in_the_forms_of_lists(catalogue, resolver, curated):
    """As its passport's holders, beside its code, and as we print it ourselves."""
    several = {"CONGO"}
    for code, (alpha2, _, name, kind) in catalogue.small["countries"].items():
        if kind != "state":
            continue
        kazakh, russian = curated["names_kk"][code][0], curated["names_ru"][code][0]
        forms = [f"{name} ({code})", f"{kazakh} ({code})", f"{code} - {name}", f"{alpha2} {name}"]
        forms += [f"{name} / {russian}", f"{kazakh} азаматы", f"{kazakh}ның азаматы"]
        forms += [f"{kazakh}лық", f"гражданство: {russian}"]
        if name.upper() not in several:
            forms += [f"citizen of {name}", f"{name} passport", f"  {name.upper()}. "]
        assert {form for form in forms if resolver.find(form) != code} == set()


def test_each_people_has_a_name(catalogue, curated):
    """In English and Russian those of two countries stand apart, and what is but a genitive."""
    states = {code for code, row in catalogue.small["countries"].items() if row[3] == "state"}
    several = {code for codes in curated["ambiguous_people"].values() for code in codes}
    for language, missing in (("en", {"NER"}), ("ru", set())):
        assert states - set(curated[f"people_{language}"]) - several == missing


@pytest.mark.parametrize("sign", [" - ", "/", ", ", " ", "(", "\n", ".", " and ", " s "])
def test_a_text_made_to_be_parted_is_read_in_no_time(resolver, sign):
    began = perf_counter()
    resolver.find(sign.join(["TH"] * 200)[:199] + "x")
    assert perf_counter() - began < 2

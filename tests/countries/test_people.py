"""A long list of what people write where a nationality is asked, each with what it means."""

from pathlib import Path

from visamap.errors import AmbiguousCountryError, NoNationalityError, UnknownCountryError

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
    assert len(asked) > 900
    wrong = {text: (meaning_of(resolver, text), meaning) for text, meaning in asked}
    assert not {text: both for text, both in wrong.items() if both[0] != both[1]}

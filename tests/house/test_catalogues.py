"""Every sentence has its Kazakh and Russian, with the same places for values; and it is found."""

import re
import string
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tools import messages  # noqa: E402  a tool, beside the package
from visamap import i18n  # noqa: E402

DOMAINS = (messages.SENTENCES, messages.FACTS)
FIND = {messages.SENTENCES: messages.sentences, messages.FACTS: messages.facts}
HOME, FORMS = "home", {f"home_{form}" for form in i18n.NO_NAME["en"]}
BOTH = [(lang, domain) for lang in messages.LANGUAGES for domain in DOMAINS]
every_catalogue = pytest.mark.parametrize(("lang", "domain"), BOTH)


@cache
def found(domain):
    return FIND[domain]()


def ids(catalog):
    return {(one.context, one.id) for one in catalog if one.id}


def forms(one):
    return one.string if isinstance(one.string, tuple) else (one.string,)


def places(text):
    """Return the names of the places for values; a broken form is an error of its own.

    The name of the destination is one place, whichever of its forms the grammar takes.
    """
    named = (name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
    return {HOME if name in FORMS else name for name in named}


@every_catalogue
def test_every_sentence_is_in_the_catalogue_and_no_other(lang, domain):
    kept = messages.kept(lang, domain)
    assert ids(kept) == ids(found(domain)), "run `make messages` and translate what is new"


@every_catalogue
def test_every_sentence_is_translated_in_every_form(lang, domain):
    kept = messages.kept(lang, domain)
    waiting = [one.id for one in kept if one.id and not all(forms(one))]
    assert waiting == []
    assert not any(one.fuzzy for one in kept if one.id)
    for one in kept:
        if isinstance(one.id, tuple):
            assert len(forms(one)) == kept.num_plurals


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_no_translation_has_other_places_for_values(lang):
    for one in messages.kept(lang, messages.SENTENCES):
        if one.id:
            english = one.id if isinstance(one.id, tuple) else (one.id,)
            for said in forms(one):
                assert places(said) in map(places, english), one.id


def test_a_sentence_names_a_destination_by_its_place_only():
    """The name of the one that is asked about is put in; a few sentences are about Kazakhstan."""
    sentences = {text for _, one in ids(found(messages.SENTENCES)) for text in as_texts(one)}
    assert {one for one in sentences if re.search("Kazakhstan|Uzbekistan", one)} == ABOUT_KAZAKHSTAN


def as_texts(one):
    return one if isinstance(one, tuple) else (one,)


MATRIX = (
    "Compared with the copy of {{day}}: {{n}} change{} for Central Asian passports and at "
    "Kazakhstan's border, {{elsewhere}} elsewhere."
)
ABOUT_KAZAKHSTAN = {
    "The destination is Kazakhstan unless --to names another.",
    MATRIX.format("").replace("{{", "{").replace("}}", "}"),
    MATRIX.format("s").replace("{{", "{").replace("}}", "}"),
}


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_a_destination_has_every_form_that_sentences_take(lang, registry):
    for home in registry.index.destinations:
        names = registry.entering(home).index.profile["names"]
        assert {*names[lang]} == {*names["en"]} == {*i18n.NO_NAME[lang]} == {*i18n.NO_NAME["en"]}


@every_catalogue
def test_the_built_catalogue_says_what_the_text_says(lang, domain):
    built = i18n._catalogue(lang, domain)
    for one in messages.kept(lang, domain):
        if not one.id:
            continue
        if isinstance(one.id, tuple):
            assert built.ngettext(*one.id, 5) == forms(one)[-1]
        elif one.context:
            assert built.pgettext(one.context, one.id) == one.string
        else:
            assert built.gettext(one.id) == one.string


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_a_translation_is_written_in_the_letters_of_the_language(lang):
    """A text that was only copied would have no Cyrillic letter at all."""
    for domain in DOMAINS:
        for one in messages.kept(lang, domain):
            texts = [one.id] if isinstance(one.id, str) else list(one.id)
            words = [text for text in texts if text and has_words(text)]
            assert not words or all(map(has_cyrillic, forms(one))), one.id


def has_words(text):
    bare = "".join(literal for literal, *_ in string.Formatter().parse(text.replace("`", "")))
    return sum(letter.islower() for letter in bare) > LONGEST_ALIKE


def has_cyrillic(text):
    return any("Ѐ" <= letter <= "ӿ" for letter in text)


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_a_translation_has_no_slip_of_the_pen(lang):
    """No backslash shown to a reader, no quotes of another language, no two spaces in a row."""
    wrong = {"\\", "“", "”", "  ", *({"—"} if lang == "kk" else set())}
    for domain in DOMAINS:
        for one in messages.kept(lang, domain):
            for said in forms(one) if one.id else ():
                assert not any(sign in said and sign not in one.id for sign in wrong), said


SUFFIXES = re.compile(
    r"\}\)?-?[Ѐ-ӿ]"  # hangs on the place itself
    r"|\{(?:\w*day|on|first|last|start|end|exit|since|until)\}"
    r" (?:дейін|дейінгі|кейін|бастап|бері|мен|пен|бен|қоса)\b"  # noqa: RUF001  Kazakh letters
)


def test_in_kazakh_no_suffix_hangs_on_a_place_for_a_value():
    """Whose vowels a suffix must follow nobody knows before the value stands there."""
    for one in messages.kept("kk", messages.SENTENCES):
        for said in forms(one) if one.id else ():
            found = SUFFIXES.search(said)
            assert found is None or ORDINAL.search(said), said


ORDINAL = re.compile(r"\}-(?:сапар|орын|жол|бөлік)")
"""What stands behind a number with a hyphen is a word, no suffix."""
LONGEST_ALIKE = 12
"""Letters of names that stand the same in every language ("Passport Index", "Arton Capital")."""

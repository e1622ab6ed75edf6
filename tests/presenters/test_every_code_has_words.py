"""Every closed code that a reader may meet has a sentence in each language."""

from typing import get_args

import pytest

from visamap import vocabulary
from visamap.i18n import LANGUAGES, speaking, tr, trc
from visamap.render import diff_text, labels, phrases, phrases_stay, phrases_time

ANSWERED = {"agreement", "unilateral"}
"""Reasons of a plain yes, which is told by its act."""
WORDS = {
    "Reason": (get_args(vocabulary.Reason), {**phrases_stay.REASONS, **phrases.REASONS}),
    "StayReason": (get_args(vocabulary.StayReason), {**phrases_stay.REASONS, **phrases.REASONS}),
    "VisitReason": (get_args(vocabulary.VisitReason), phrases_stay.REASONS),
    "Verdict": (vocabulary.VERDICTS, phrases.VERDICTS),
    "Passport": (vocabulary.PASSPORTS, phrases.PASSPORTS),
    "InstrumentKind": (get_args(vocabulary.InstrumentKind), phrases.ACT_KINDS),
    "Basis": (vocabulary.BASES, phrases.BASES),
    "AdvisoryKind": (get_args(vocabulary.AdvisoryKind), phrases.ADVISORIES),
    "Cause": (get_args(vocabulary.Cause), phrases_time.ENDINGS),
    "Change": (vocabulary.CHANGES, phrases_time.CHANGES),
    "Change as a heading": (vocabulary.CHANGES, diff_text.HEADINGS),
    "UpcomingKind": (get_args(vocabulary.UpcomingKind), phrases_time.UPCOMING),
    "FeedWord": (vocabulary.FEED_WORDS, phrases_time.EVENTS),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("codes", "words"), WORDS.values(), ids=WORDS)
def test_every_code_has_a_sentence(language, codes, words):
    with speaking(language):
        said = {code: tr(words[code]) for code in codes if code not in ANSWERED or code in words}
    assert all(said.values())
    if language != "en":
        english = [code for code, text in said.items() if text == words[code]]
        assert not english


@pytest.mark.parametrize(
    "code", sorted({*get_args(vocabulary.StayReason), *get_args(vocabulary.VisitReason)} - ANSWERED)
)
def test_a_reason_of_a_stay_is_told(code):
    assert phrases_stay.reason(code)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("context", "codes"), labels.CODES.items(), ids=labels.CODES)
def test_every_label_has_its_word_in_each_language(language, context, codes):
    with speaking(language):
        said = {labels.english(code): trc(context, labels.english(code)) for code in codes}
    assert all(said.values())
    assert language == "en" or not [word for word, text in said.items() if word == text]

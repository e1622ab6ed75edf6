from datetime import date

from visamap import i18n
from visamap.i18n import Span, joined, put, spans, tr
from visamap.render import check_text
from visamap.render.phrases import capital
from visamap.render.sections import evidence, filled, labelled, text
from visamap.results.parts import SourceRef

LONG = "https://example.org/" + "a-very-long-name-of-an-act-" * 5
DAY = date(2026, 11, 24)


def kinds(said):
    return [(one.kind, str(one)) for one in spans(said)]


def test_an_address_is_shown_whole_however_narrow_the_line():
    _, sources = evidence("high", (SourceRef("an-act", LONG, "law"),))
    assert sources == ("Sources", [f"{LONG} (law)"])
    assert any(LONG in line for line in labelled([sources], 40))


def test_a_sentence_remembers_the_days_and_acts_put_into_it():
    act = Span("An act", "act", "kaz-tha-2024")
    said = capital(joined("; ", [put("{act} of {day}", act=act, day=DAY), "plain"]))
    assert said == "An act of 2026-11-24; plain"
    assert ("act", "An act") in kinds(said)
    assert ("day", "2026-11-24") in kinds(said)
    assert "".join(words for _, words in kinds(said)) == said


def test_days_are_remembered_in_every_language_and_stay_words_for_a_terminal():
    for language in i18n.LANGUAGES:
        with i18n.speaking(language):
            said = tr("from {day}", day=DAY)
            assert [one.ref for one in spans(said) if one.kind == "day"] == [DAY]
            assert "".join(map(str, spans(said))) == said


def test_what_opens_an_answer_stands_at_the_left_edge():
    found = [("", ["Yes."]), ("Terms", ["30 days."])]
    assert list(text(found, 80)) == ["Yes.", "", "Terms         30 days."]


def test_what_opens_an_answer_comes_first_and_what_says_nothing_is_left_out(registry):
    first, *rest = filled(check_text.sections(registry.check("THA", on=DAY), registry.data))
    assert not first.label
    assert first.lines[0].startswith("Visa-free for up to 30 days.")
    assert all(section.label and all(section.lines) for section in rest)

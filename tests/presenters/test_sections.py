from datetime import date

from visamap import i18n
from visamap.i18n import Span, joined, put, spans, tr
from visamap.render import check_text
from visamap.render.layout import labelled
from visamap.render.phrases import capital
from visamap.render.sections import EVIDENCE, HEADLINE, TO_DO, Section, evidence, text
from visamap.results.parts import SourceRef

LONG = "https://example.org/" + "a-very-long-name-of-an-act-" * 5
DAY = date(2026, 11, 24)


def kinds(said):
    return [(one.kind, str(one)) for one in spans(said)]


def test_an_address_is_shown_whole_however_narrow_the_line():
    _, sources = evidence("high", (SourceRef("an-act", LONG, "law"),))
    assert sources.lines == [f"{LONG} (law)"]
    assert any(LONG in line for line in labelled([(sources.label, sources.lines)], 40))


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
    found = [Section(HEADLINE, "", ["Yes."]), Section(HEADLINE, "Terms", ["30 days."])]
    assert list(text(found, 80)) == ["Yes.", "", "Terms         30 days."]


def test_each_section_has_a_rank_and_the_headline_comes_first(registry):
    found = list(check_text.sections(registry.check("THA", on=DAY), registry.data))
    assert found[0].rank == HEADLINE
    assert {section.rank for section in found} == {HEADLINE, TO_DO, EVIDENCE}

from visamap.render.phrases import best_sources
from visamap.results.parts import SourceRef

LONG = "https://example.org/" + "a-very-long-name-of-an-act-" * 5


def test_an_address_is_shown_whole_however_narrow_the_line():
    assert list(best_sources((SourceRef("an-act", LONG, "law"),))) == [f"{LONG} (law)"]

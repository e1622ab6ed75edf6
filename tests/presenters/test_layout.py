import pytest

from visamap.language import speaking
from visamap.presenters.text.layout import labelled

SAID = ["One sentence that is long enough for two lines of a terminal of this width, surely."]


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
@pytest.mark.parametrize("label", ["Short", "A label too long for its room"])
@pytest.mark.parametrize("width", [40, 80])
def test_a_label_never_runs_into_what_stands_beside_it(language, label, width):
    with speaking(language):
        lines = list(labelled([(label, SAID)], width))
    assert max(map(len, lines)) <= width
    first = lines[0].removeprefix(label)
    assert lines[0].startswith(label)
    assert not first or first.startswith(" ")
    # What follows stands under what stood beside the label.
    indents = {len(line) - len(line.lstrip()) for line in lines[1:]}
    assert len(indents) == 1


def test_labels_of_languages_with_longer_words_have_more_room():
    label = "Second source"
    with speaking("ru"):
        russian = next(labelled([(label, SAID)], 80))
    english = next(labelled([(label, SAID)], 80))
    assert russian.index("One") > english.index("One")

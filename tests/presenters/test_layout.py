import pytest

from visamap.i18n import speaking
from visamap.render.layout import Column, labelled
from visamap.render.table import table

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


ROWS = [
    ("Дипломатическая виза для аккредитованных дипломатов", "90 дней для однократной", "по списку"),
    ("Виза", "kaz-qat-2022-protocol", "нужно"),
]
COLUMNS = [Column(name, lambda row, n=n: row[n]) for n, name in enumerate(("Code", "Valid", "Act"))]


@pytest.mark.parametrize("width", [52, 60, 80])
def test_a_table_breaks_no_word_where_another_column_can_give(width):
    said = table(COLUMNS, ROWS, width)
    assert max(map(len, said.splitlines())) <= width
    for word in (
        "Дипломатическая",
        "аккредитованных",
        "qat-2022-protocol",
        "однократной",
        "списку",
    ):
        assert word in said


def test_a_table_that_cannot_fit_otherwise_breaks_words():
    said = table(COLUMNS, ROWS, 36)
    assert max(map(len, said.splitlines())) <= 36

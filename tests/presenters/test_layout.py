import pytest

from visamap.i18n import speaking
from visamap.limits import Limit
from visamap.render.phrases import terms_legend, terms_short
from visamap.render.sections import Column, labelled
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


BOTH = (Limit("per_visit", 30), Limit("rolling", 90, 180))
TREATY = (Limit("from_first_entry", 30, 60),)


@pytest.mark.parametrize(
    ("limits", "figures"),
    [
        (BOTH, "30 \u00b7 90/180"),
        (TREATY, "30/60*"),
        ((Limit("hours", hours=72),), "72 h"),
        ((), ""),
    ],
)
def test_limits_in_a_cell_are_figures(limits, figures):
    assert terms_short(limits) == figures


def test_a_legend_explains_the_figures_that_are_there():
    assert terms_legend(BOTH) == ("30 = 30 days a visit; 90/180 = 90 days in any 180 days.")
    assert "from the first entry" in terms_legend((*TREATY, *BOTH))
    assert not terms_legend((Limit("hours", hours=72),))


def test_a_doubtful_limit_is_marked_and_the_mark_explained():
    assert terms_short(BOTH, BOTH[1:]) == "30 \u00b7 90/180?"
    assert "perhaps" in terms_legend(BOTH, BOTH[1:])
    assert "perhaps" not in terms_legend(BOTH)

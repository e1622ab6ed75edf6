"""Tables of text: they fit the width, and break no word in the middle."""

import pytest

from visamap.i18n import speaking
from visamap.render import partners_text
from visamap.render.sections import Column
from visamap.render.table import table

COLUMNS = (
    Column("Code", lambda row: row[0]),
    Column("Nationality", lambda row: row[1]),
    Column("Since", lambda row: row[2]),
    Column("Note", lambda row: row[3]),
)
ROWS = [
    ("ARG", "Argentina", "2014-10-31", ""),
    ("ARE", "United Arab Emirates", "2014-07-15", "by agreement and by the list"),
]


@pytest.mark.parametrize("width", [20, 30, 40, 60, 80])
def test_a_table_fits_and_breaks_neither_names_nor_days(width):
    said = table(COLUMNS, ROWS, width)
    assert max(map(len, said.splitlines())) <= width
    for word in ("Argentina", "2014-10-31", "Emirates", "Nationality", "agreement"):
        assert word in said


def test_on_a_narrow_terminal_each_value_has_a_line_of_its_own():
    assert table(COLUMNS, ROWS, 34).splitlines() == [
        "ARG",
        "  Nationality: Argentina",
        "  Since: 2014-10-31",
        "ARE",
        "  Nationality: United Arab",
        "    Emirates",
        "  Since: 2014-07-15",
        "  Note: by agreement and by the",
        "    list",
    ]


@pytest.mark.parametrize("language", ["en", "kk", "ru"])
@pytest.mark.parametrize("width", [40, 60, 80])
def test_partners_fit_the_width(registry, language, width):
    partners = registry.partners(on="2026-11-24")
    with speaking(language):
        said = table(partners_text.COLUMNS, partners, width)
    assert max(map(len, said.splitlines())) <= width
    assert "2022-01-01" in said

"""The tutorial and the guides say what is true now: everything in them is run.

`make readme` writes the answers anew.
"""

from importlib.util import find_spec
from pathlib import Path

import pytest
from kit_documents import PYTHON, renewed, renewing, run_through

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(
    str(page.relative_to(DOCS))
    for page in (
        DOCS / "tutorial.md",
        DOCS / "reference" / "answers.md",
        DOCS / "reference" / "python.md",
        *DOCS.glob("guides/*.md"),
        *DOCS.glob("explanation/*.md"),
    )
)
NEEDS = {
    "guides/notebook.md": ("pandas",),
    "guides/research.md": ("pandas",),
}


@pytest.fixture
def page(request):
    return DOCS / request.param


@pytest.mark.parametrize("page", PAGES, indirect=True)
def test_what_a_page_shows_is_what_is_printed(page, tmp_path):
    for library in NEEDS.get(str(page.relative_to(DOCS)), ()):
        if find_spec(library) is None:
            pytest.skip(f"{library} is not installed: pip install 'visamap[dev]'")
    text = page.read_text(encoding="utf-8")
    if renewing():
        page.write_text(renewed(text, tmp_path), encoding="utf-8")
        return
    for one in run_through(text, tmp_path):
        assert one.true, f"{one.command}\nshows\n{one.shown}\nand prints\n{one.printed}"


def test_the_tutorial_asks_for_a_day_an_outbound_answer_json_and_the_library(tmp_path):
    text = (DOCS / "tutorial.md").read_text(encoding="utf-8")
    shown = [one.command for one in run_through(text, tmp_path) if one.shown]
    assert any(one.startswith("visamap check") for one in shown)
    assert any(one.startswith("visamap outbound") for one in shown)
    assert any("--format json" in one for one in shown)
    assert PYTHON in shown

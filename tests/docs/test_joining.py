"""docs/joining.md: each block of code is run as it stands, beside the exports that it names."""

import re
from pathlib import Path

import pytest

from visamap.cli.commands import run

PAGE = (Path(__file__).parents[2] / "docs" / "joining.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"## ([^\n]+)\n(?:(?!\n## ).)*?```python\n(.*?)```", PAGE, re.DOTALL)
LIBRARIES = {"DuckDB": "duckdb", "pandas": "pandas", "Polars": "polars", "Spark": "pyspark"}
pytestmark = [
    pytest.mark.xdist_group("spark"),  # one session, one folder of exports
    pytest.mark.filterwarnings("ignore"),  # of four libraries, not of ours
]
ANSWERS = {
    "Anong": r"visa_free\W+30\b",
    "Selma": r"visa_required\W",
    "Walt": r"visa_required\W.*border-closed",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("joining")
    assert run(["export", "rules", "-o", str(place / "rules.csv")]) == 0
    assert run(["export", "csv", "-o", str(place / "tables")]) == 0
    travellers = re.search(r"```csv\n(.*?)```", PAGE, re.DOTALL)[1]
    (place / "travellers.csv").write_text(travellers, encoding="utf-8")
    return place


@pytest.fixture
def printed(folder, monkeypatch, capsys, request):
    """Run a block beside the exports; in Spark's own process they lie where it looks, too."""

    def ran(code, library):
        pytest.importorskip(library)
        monkeypatch.chdir(folder)
        if library == "pyspark":
            session = request.getfixturevalue("spark")
            files = session._jvm.org.apache.hadoop.fs
            settings = session._jsc.hadoopConfiguration()
            files.FileSystem.get(settings).setWorkingDirectory(files.Path(str(folder)))
        exec(code, {"__name__": "__main__"})  # noqa: S102  as the page shows it
        return capsys.readouterr().out

    return ran


def test_there_is_a_block_for_each_engine():
    assert [title for title, _ in BLOCKS][:4] == list(LIBRARIES)


@pytest.mark.parametrize(("title", "code"), BLOCKS[:4], ids=LIBRARIES)
def test_every_engine_gives_the_answers_of_check(title, code, printed):
    lines = printed(code, LIBRARIES[title]).splitlines()
    for name, answer in ANSWERS.items():
        (line,) = [line for line in lines if name in line]
        assert re.search(answer, line), line


def test_an_answer_leads_to_its_act_and_source(printed):
    shown = printed(BLOCKS[4][1], "duckdb")
    assert "Agreement with Thailand" in shown
    assert "https://" in shown


def test_commands_of_the_page_are_the_ones_that_made_the_files():
    assert "$ visamap export rules -o rules.csv" in PAGE
    assert "`visamap export csv -o tables`" in PAGE

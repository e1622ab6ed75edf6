import builtins
import sys

import pytest
from kit_pictures import parsed

from visamap.cli.commands import run
from visamap.extras import how_to_add


@pytest.fixture
def visamap(capsys, tmp_path, monkeypatch):
    """Return the exit status, the output and the remarks of a call in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        status = run(list(arguments))
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


@pytest.fixture
def without_pictures(monkeypatch):
    """The extra `pictures` is not installed."""
    real = builtins.__import__

    def refuse(name, *rest, **more):
        if name == "vl_convert":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.delitem(sys.modules, "vl_convert", raising=False)
    monkeypatch.setattr(builtins, "__import__", refuse)


def test_map_is_written_and_said_on_stderr(visamap, tmp_path):
    status, out, err = visamap("map", "--on", "2020-06-01", "--title", "A & <b>", "-o", "kz.svg")
    assert (status, out, err) == (0, "", "Wrote kz.svg.\n")
    picture = (tmp_path / "kz.svg").read_text(encoding="utf-8")
    assert parsed(picture)[0].text == "A & <b>"


@pytest.mark.usefixtures("without_pictures")
def test_page_needs_no_extra(visamap, tmp_path):
    assert visamap("map", "--outbound", "Kazakhstan", "-o", "kz.html")[0] == 0
    page = (tmp_path / "kz.html").read_text("utf-8")
    assert "Where holders of a passport of Kazakhstan may go" in page


def test_existing_file_stays_unless_told_otherwise(visamap, tmp_path):
    (tmp_path / "kz.svg").write_text("mine", encoding="utf-8")
    status, _, err = visamap("map", "-o", "kz.svg")
    assert (status, (tmp_path / "kz.svg").read_text(encoding="utf-8")) == (2, "mine")
    assert "exists" in err
    assert visamap("map", "-o", "kz.svg", "--overwrite")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["map"], 2, "Missing option"),
        (["map", "-o", "kz.gif"], 2, "end the name in .svg, .png or .html"),
        (["map", "-o", "kz.svg", "--on", "2024-02-30"], 2, "is not a day"),
        (["map", "-o", "no/such/kz.svg"], 5, "cannot be written"),
        (["map", "-o", "kz.svg", "--outbound", "Tailand"], 2, "Thailand (THA)"),
        (["map", "-o", "kz.svg", "--outbound", "KAZ", "--passport", "service"], 2, "leave out"),
        (["partners", "--plot", "p.svg", "--basis", "agreement"], 2, "leave out --basis"),
        (["partners", "--plot", "p.svg", "--on", "2012-06-01"], 2, "give a later day"),
        (["partners", "--plot", "p.pdf"], 2, "end the name in .svg"),
        (["ranks", "--on", "1999-06-01", "--plot", "r.svg"], 2, "so nothing is drawn"),
    ],
)
def test_wrong_usage_is_told_with_the_next_step(visamap, tmp_path, arguments, status, said):
    found, out, err = visamap(*arguments)
    assert (found, out) == (status, "")
    assert said in " ".join(err.split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("without_pictures")
@pytest.mark.parametrize("arguments", [["map", "-o", "kz.png"], ["partners", "--plot", "p.png"]])
def test_missing_extra_is_named(visamap, tmp_path, arguments):
    status, _, err = visamap(*arguments)
    assert status == 2
    assert how_to_add("pictures") in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", ["svg", "png", "html"])
@pytest.mark.parametrize("command", [["partners"], ["timeline", "USA"], ["ranks", "KAZ"]])
def test_charts_are_written(visamap, tmp_path, command, form):
    if form == "png":
        pytest.importorskip("vl_convert", reason="the extra `pictures` is not installed")
    assert visamap(*command, "--plot", f"chart.{form}")[:2] == (0, "")
    assert (tmp_path / f"chart.{form}").stat().st_size > 2000


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("ru", ("Аргентина", "приостановлено:", "Пост. №\u00a0220")),
        ("kk", ("Аргентина", "Сейшель аралдары", "№\u00a0220 қаулы")),
    ],
)
def test_a_chart_speaks_the_language_of_the_reader(visamap, tmp_path, lang, said):
    assert visamap("partners", "--plot", "chart.svg", "--lang", lang)[0] == 0
    drawn = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert all(words in drawn for words in said)
    assert "\\n" not in drawn
    assert "Argentina" not in drawn
    assert visamap("ranks", "--plot", "ranks.svg", "--lang", lang)[0] == 0
    assert "Kazakhstan" not in (tmp_path / "ranks.svg").read_text(encoding="utf-8")


@pytest.mark.usefixtures("without_pictures")
@pytest.mark.parametrize("command", [["partners"], ["timeline", "USA"], ["ranks", "KAZ"]])
def test_a_chart_as_svg_or_page_needs_no_extra(visamap, command):
    assert visamap(*command, "--plot", "chart.svg")[0] == 0
    assert visamap(*command, "--plot", "chart.html")[0] == 0


@pytest.mark.parametrize(
    ("command", "there"),
    [
        (["map", "--on", "2026-11-24", "-o", "x.svg"], 'id="vm-UZB" class="vm-country vm-home"'),
        (["partners", "--plot", "x.svg"], "UP-5781"),
        (["timeline", "DEU", "--plot", "x.svg"], "uz-pres-5610-2019"),
    ],
)
def test_pictures_are_of_the_destination_named(visamap, tmp_path, command, there):
    assert visamap(*command, "--to", "UZB")[0] == 0
    assert there in (tmp_path / "x.svg").read_text(encoding="utf-8")


def test_a_map_is_of_a_destination_or_of_a_passport(visamap):
    status, _, said = visamap("map", "-o", "x.svg", "--to", "UZB", "--outbound", "KAZ")
    assert status == 2
    assert "name one" in said

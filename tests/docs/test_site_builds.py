"""The documentation builds without a warning, and what is made in it is what the code says."""

import json
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner
from kit_site import dead_links, pages_of

from visamap.cli.commands import COMMANDS, group
from visamap.i18n import speaking
from visamap.registry import Registry
from visamap.render.answer_schemas import ITEMS, envelope
from visamap.schema.countries import CountryNames
from visamap.schema.dataset import Dataset
from visamap.schema.mobility import (
    IndexesFile,
    Observation,
    OutboundFile,
    PublishedRank,
    SnapshotRow,
)
from visamap.vocabulary import DESTINATIONS

ROOT = Path(__file__).parents[2]
NEEDED = ("fastapi", "furo", "myst_parser", "sphinx")
MODELS = {
    "visa-regimes": Dataset,
    "outbound": OutboundFile,
    "snapshots": Observation,
    "indexes": IndexesFile,
    "ranks": PublishedRank,
    "mobility": SnapshotRow,
    "country-names": CountryNames,
}
pytestmark = pytest.mark.xdist_group("documentation")


@pytest.fixture(scope="session")
def laid_out():
    for name in NEEDED:
        if find_spec(name) is None:
            pytest.skip(f"{name} is not installed: pip install 'visamap[docs]'")
    with pytest.MonkeyPatch.context() as patch, speaking("en"):
        patch.syspath_prepend(str(ROOT))
        from tools.handbook.layout import lay_out  # noqa: PLC0415  needs what the site needs

        yield lay_out


@pytest.fixture(scope="session")
def site(laid_out, tmp_path_factory):
    folder = tmp_path_factory.mktemp("documentation")
    source, built = folder / "source", folder / "built"
    laid_out(source)
    sphinx = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html"]
    done = subprocess.run(
        [*sphinx, source, built], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return pages_of(built.resolve())


@pytest.fixture
def page(site):
    def found(name):
        (one,) = [page for path, page in site.items() if path.as_posix().endswith(f"built/{name}")]
        return one

    return found


def test_every_link_leads_to_a_page_and_a_place_on_it(site):
    assert not list(dead_links(site))


def test_no_page_fetches_anything_from_elsewhere(site):
    away = {
        link for page in site.values() for link in page.fetched if re.match("(https?:)?//", link)
    }
    assert not away
    styles = {style for path in site for style in path.parent.rglob("*.css")}
    assert styles
    for style in styles:
        text = style.read_text(encoding="utf-8")
        assert not re.search(r"(@import|url\()\s*['\"]?(https?:)?//", text), style


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_a_page_with_its_options(name, page):
    told = page(f"reference/commands/{name}.html")
    shown = CliRunner().invoke(group, [name, "--help"]).stdout
    assert COMMANDS[name] in " ".join(told.text.split())
    options = set(re.findall(r"^  (?:-\w, )?(--[a-z-]+)", shown, re.MULTILINE))
    assert options <= set(re.findall(r"--[a-z-]+", " ".join(row.cells[0] for row in told.rows)))
    assert name in {
        cell for row in page("reference/commands/index.html").rows for cell in row.cells
    }


def fields(model):
    """Yield the records of a file, each with its keys, as the JSON Schema has them."""
    schema = model.model_json_schema(by_alias=True)
    yield model.__name__, set(schema.get("properties", ()))
    for name, record in schema.get("$defs", {}).items():
        yield name, set(record.get("properties", ()))


@pytest.mark.parametrize("name", MODELS)
def test_each_field_of_the_data_is_in_the_field_guide_with_what_it_means(name, site):
    told = [one for path, one in site.items() if path.parent.name == "data"]
    for record, keys in fields(MODELS[name]):
        found = [
            one.cells_of(section)
            for one in told
            for section in one.ids
            if re.fullmatch(rf"record-\w+(-\w+)*-{record.lower()}", section)
        ]
        assert keys <= {key for rows in found for key in rows}, record
        for rows in found:
            assert all(rows[key][-1].strip(" .") for key in keys & set(rows)), record


def test_each_field_of_an_answer_is_told_with_what_it_means(page):
    for command in ITEMS:
        room, _, kind = ITEMS[command].replace("_results", "").partition(".")
        told = page(f"reference/answers/{room}.html")
        shape = envelope(command)["$defs"][kind]
        rows = told.cells_of(f"answer-{room}-{kind.lower()}")
        assert set(shape["required"]) <= set(rows)
        assert all(cells[-1] for cells in rows.values()), command


@pytest.mark.parametrize("code", DESTINATIONS)
def test_coverage_says_what_the_command_says(page, registry, code):
    other = code if code != registry.index.home else ""
    place = f"coverage{other.lower()}"
    told = page(f"reference/coverage{f'-{other}' if other else ''}.html")
    asked = ["coverage", "--on", registry.data.release.isoformat(), "--format", "json"]
    asked += ["--to", code]
    (item,) = json.loads(CliRunner().invoke(group, asked, standalone_mode=False).stdout)["items"]
    known = told.cells_of("how-sure-we-are-of-the-records") or told.cells_of(f"{place}-confidence")
    for one in item["known"]:
        counts = [str(one[key]) for key in ("high", "medium", "low", "disputed", "total")]
        assert list(known[one["section"]][1:]) == counts
    assert int(known["all"][-1]) == sum(one["total"] for one in item["known"])
    sources = told.cells_of("what-they-rest-on") or told.cells_of(f"{place}-sources")
    for one in item["sources"]:
        assert sources[one["kind"]][1] == str(one["number"])
        assert one["accessed_last"] in sources[one["kind"]][2]
    text = " ".join(told.text.split())
    assert f"{len(item['open_questions'])}, each with what would settle it" in text
    assert f"before {registry.data.release}: {len(item['unchecked'])}." in text


def test_every_open_question_is_told_with_what_would_settle_it(page, registry):
    text = " ".join(page("explanation/unknown.html").text.split())
    for one in registry.coverage(on=registry.data.release).open_questions:
        assert one.id in text
        assert " ".join(one.question.split()) in text
        assert " ".join((one.settled_by or "").split()) in text


def test_every_route_of_the_api_is_told(page):
    told = page("reference/api.html")
    folder = told.path.parents[1] / "_downloads"
    document = json.loads(next(folder.rglob("openapi.json")).read_text(encoding="utf-8"))
    for path, methods in document["paths"].items():
        assert f"GET {path}" in told.text
        names = {one["name"] for one in methods["get"].get("parameters", ())}
        assert names <= {row.cells[0] for row in told.rows}
    assert all(row.cells[-1] for row in told.rows)


def test_every_question_of_the_library_is_told(page):
    told = page("reference/python.html")
    for name in dir(Registry):
        if not name.startswith("_") and name != "history":
            assert f"visamap.registry.Registry.{name}" in told.ids, name


def test_every_variable_that_the_code_reads_is_told(page):
    read = set()
    for path in (ROOT / "visamap").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        read |= set(re.findall(r"environ(?:\.get\(|\.setdefault\(|\[)\"(\w+)\"", text))
        read |= set(re.findall(r"envvar=\"(\w+)\"|\"(VISAMAP_[A-Z_]+)\"", text)) - {("", "")}
    names = {name for found in read for name in ([found] if isinstance(found, str) else found)}
    told = page("reference/environment.html").text
    assert {"VISAMAP_DATA", "VISAMAP_LANG", "XDG_DATA_HOME"} <= names
    assert not {name for name in names if name and name not in told}


def test_a_folder_of_somebody_else_is_left_alone(laid_out, tmp_path):
    (tmp_path / "mine.txt").write_text("kept", encoding="utf-8")
    with pytest.raises(SystemExit, match="name a new folder"):
        laid_out(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]

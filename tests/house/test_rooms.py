"""The house: each heavy library has one room, plain questions stay light, files stay readable."""

import ast
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import visamap

PACKAGE = Path(visamap.__file__).parent
ROOT = PACKAGE.parent
FILES = sorted(path for path in PACKAGE.rglob("*.py"))
ROOMS = {
    "click": ("cli/",),
    "cryptography": ("update/signature.py",),
    "duckdb": (),
    "fastapi": ("web/",),
    "filelock": ("update/install.py",),
    "icalendar": ("feeds/ics.py",),
    "jinja2": ("web/",),
    "jsonschema": ("mcp/",),
    "mcp": ("mcp/",),
    "mcp_types": ("mcp/",),
    "py4j": ("screen/spark",),
    "numpy": ("screen/",),
    "pyarrow": ("screen/", "export/formats.py"),
    "pycountry": ("data/names.py",),
    "python_calamine": ("screen/excel.py",),
    "pydantic": ("schema/", "data/", "export/", "update/", "web/"),
    "pydantic_core": ("data/", "mcp/"),
    "pyspark": ("screen/spark",),
    "requests": ("update/fetch.py",),
    "selectolax": ("update/page_watch.py",),
    "starlette": ("web/",),
    "tabulate": ("render/table.py",),
    "urllib3": ("update/fetch.py",),
    "uvicorn": ("cli/serve.py", "mcp/"),
    "vl_convert": ("pictures/drawing.py",),
    "xlsxwriter": ("screen/excel.py",),
    "yaml": ("data/yaml_source.py",),
}


@cache
def imported(path):
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(str(node.module).partition(".")[0])
    return found


@pytest.mark.parametrize("library", ROOMS)
def test_each_heavy_library_has_one_room(library):
    users = {path.relative_to(PACKAGE).as_posix() for path in FILES if library in imported(path)}
    assert [user for user in users if not user.startswith(ROOMS[library])] == []


def test_every_room_has_a_sign_on_its_door():
    silent = [path for path in FILES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert silent == []


def test_no_room_for_odds_and_ends():
    names = {part for path in FILES for part in path.relative_to(PACKAGE).with_suffix("").parts}
    assert names.isdisjoint({"utils", "helpers", "common", "core", "misc"})


def test_a_name_of_a_module_is_used_once():
    names = Counter(path.stem for path in FILES if path.stem != "__init__")
    assert [name for name, times in names.items() if times > 1] == []


def modules_of(code):
    report = f"import sys\n{code}\nsys.stderr.write(' '.join(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", report], capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


def loaded_by(code):
    return {name.partition(".")[0] for name in modules_of(code)}


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "THA"],
        ["timeline", "THA", "--full"],
        ["stay", "THA"],
        ["--help"],
        ["claims", "kaz-rank-2024"],
        ["ranks", "--format", "json"],
        ["check", "--help"],
        ["outbound", "KAZ", "--to", "THA"],
    ],
)
def test_plain_question_imports_no_heavy_library(arguments, registry):
    assert registry.data  # the tables are up to date, so that nothing is compiled now
    code = f"from visamap.cli.commands import run\nrun({arguments!r})"
    heavy = {"pydantic", "yaml", "pycountry", "requests", "tabulate", "dataclasses"}
    assert loaded_by(code) & heavy == set()


def test_check_opens_no_room_of_another_question(registry):
    assert registry.data
    rooms = {
        name
        for name in modules_of("from visamap.cli.commands import run\nrun(['check', 'THA'])")
        if name.startswith(("visamap.domain.", "visamap.results.", "visamap.render."))
    }
    theirs = ("agreements", "stay", "terms_end", "timeline", "visas", "partners", "outbound")
    assert [name for name in rooms if name.rpartition(".")[2].partition("_text")[0] in theirs] == []


def test_help_reads_no_data():
    code = "from visamap.cli.commands import run\nrun(['--help'])"
    assert "json" not in loaded_by(code)


def test_importing_the_package_computes_nothing():
    assert loaded_by("import visamap") & {"json", "click", "datetime", "pathlib", "typing"} == set()


def test_public_names_are_there():
    for name in visamap.__all__:
        assert getattr(visamap, name) is not None
    assert dir(visamap) == sorted(visamap.__all__)


def test_text_leaves_for_the_terminal_from_one_place():
    printing = re.compile(r"click\.(?:echo|secho|echo_via_pager)\(|(?<!\w)print\(")
    users = [path.name for path in FILES if printing.search(path.read_text("utf-8"))]
    assert users == ["saying.py"]


def test_files_are_put_in_place_from_one_room():
    renaming = re.compile(r"os\.replace\(|\.replace\((?:place|path|target)\)")
    users = {
        path.relative_to(PACKAGE).as_posix()
        for path in FILES
        if renaming.search(path.read_text("utf-8"))
    }
    assert users <= {"writing.py", "screen/places.py"}

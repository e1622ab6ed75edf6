import json
from pathlib import Path

import pytest

pytest.importorskip("jsonschema", reason="the extra `mcp` is not installed")
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from visamap.cli.commands import run
from visamap.data.inspection import json_schema
from visamap.data.yaml_source import read

ROOT = Path(__file__).parents[2]
RECORDS = ROOT / "tests" / "broken" / "records"
VALIDATOR = Draft202012Validator(json_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_it_is_printed_and_is_a_schema(capsys):
    assert run(["schema"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json_schema()
    Draft202012Validator.check_schema(printed)
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert printed["$id"].startswith("urn:visamap:")
    assert printed["title"]


@pytest.mark.parametrize("name", ["visa_regimes.yaml", "sources.yaml"])
def test_the_shipped_data_is_valid(name):
    value = read(ROOT / "data" / name).value
    heading = read(ROOT / "data" / "visa_regimes.yaml").value["meta"]
    error = best_match(VALIDATOR.iter_errors({"meta": heading, **value}))
    assert error is None, (list(error.absolute_path), error.message)


@pytest.mark.parametrize(
    "name",
    [
        "closed-word", "country-names", "country-twice", "dispute-with-one-side",
        "id-with-capitals", "missing-heading", "missing-key", "no-days", "number-in-quotes",
        "source-address", "unknown-key", "unknown-limit", "unknown-section", "word-for-true",
        "wrong-date", "wrong-release",
    ],
)  # fmt: skip
def test_what_an_editor_can_see_is_refused(name):
    assert not VALIDATOR.is_valid(read(RECORDS / f"{name}.yaml").value)


def test_what_needs_several_records_is_left_to_validate():
    assert VALIDATOR.is_valid(read(RECORDS / "overlap.yaml").value)


def test_records_are_described_for_people():
    schema = json_schema()
    assert "Kazakhstan" in schema["title"]
    for name, made in schema["$defs"].items():
        assert made["description"], name
        assert "``" not in made["description"]
        assert "\n" not in made["description"]

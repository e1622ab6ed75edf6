"""A small data file of one's own, without most sections, answers every question."""

import pytest

from visamap.cli.commands import run

DATA = """\
meta:
  title: Mine
  schema: 1
  release: 2026-11-01
  home: KAZ
  licence: CC-BY-4.0
  coverage: [{passport: ordinary, from: 2012-01-21}]
instruments:
  - id: my-decree
    kind: government-decree
    issuer: Government
    title: A decree
    passports: [ordinary]
    events:
      - {what: in-force, date: 2020-01-01, sources: [my-source]}
    confidence: high
    sources: [my-source]
regimes:
  - id: my-rule
    instrument: my-decree
    nationalities: [THA]
    from: 2020-01-01
    limits: [{kind: per_visit, days: 30}]
    confidence: high
    sources: [my-source]
sources:
  - {id: my-source, kind: law, url: "https://example.org/a", accessed: 2026-11-01}
"""
CALLS = [
    ["check", "THA"],
    ["check", "CHN", "--days", "20", "--reciprocity"],
    ["partners"],
    ["agreements", "--kind", "all"],
    ["agreements", "my-decree"],
    ["visas", "--nationality", "THA"],
    ["stay", "THA", "--trip", "2026-01-01/2026-03-20"],
    ["stay", "CHN"],
    ["timeline", "THA"],
    ["timeline", "CHN"],
    ["diff", "2019-01-01", "2024-01-01"],
    ["upcoming"],
    ["outbound", "UZB", "--to", "KAZ"],
    ["outbound", "KAZ", "--to", "THA"],
    ["ranks"],
    ["claims"],
    ["crossings", "KGZ", "TJK"],
    ["coverage"],
]


@pytest.fixture(scope="module")
def mine(tmp_path_factory):
    path = tmp_path_factory.mktemp("mine") / "law.yaml"
    path.write_text(DATA, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_sections_that_are_not_there_are_empty(capsys, mine, call):
    words = [*call, "--on", "2026-11-01"] if call[0] in {"check", "partners", "stay"} else call
    assert run([*words, "--data", mine, "--format", "json"]) == 0
    assert '"release": "2026-11-01"' in capsys.readouterr().out
    assert run([*words, "--data", mine]) == 0
    assert capsys.readouterr().out


def test_a_no_cites_no_act_that_the_file_does_not_have(capsys, mine):
    assert run(["check", "CHN", "--on", "2026-11-01", "--data", mine]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Visa required")
    assert "Sources" not in said

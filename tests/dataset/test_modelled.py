"""Records go into their models one by one; what is too much is counted, not told."""

import json

import pytest

from visamap.data.records import MOST_RECORDS, MOST_VALUES, modelled
from visamap.data.text import MAX_PROBLEMS
from visamap.data.yaml_source import parse
from visamap.schema.dataset import Dataset, SourcesFile


def source(n, **fields):
    found = {"id": f"s-{n}", "kind": "law", "url": "https://example.org", "accessed": "2026-01-01"}
    return {**found, **fields}


def filled(records, model=SourcesFile, **beside):
    lines = ",\n".join(json.dumps(record) for record in records)
    head = "".join(f"{json.dumps(name)}: {json.dumps(value)},\n" for name, value in beside.items())
    return modelled(model, parse(f'{{{head}"sources": [\n{lines}]}}', "f"))


def test_many_records_are_all_there_in_their_order():
    number = 3000
    found = filled([source(n) for n in range(number)])
    assert found.problems == []
    assert [one.id for one in found.record.sources] == [f"s-{n}" for n in range(number)]


def test_a_late_slip_stands_in_its_line():
    records = [source(n) for n in range(5000)]
    records[4993] = source(0, kind="lore")
    (problem,) = filled(records).problems
    assert (problem.line, problem.rule) == (4995, "closed-word")


def test_what_stands_beside_the_lists_is_told_once():
    records = [source(n) for n in range(5000)]
    found = filled(records, Dataset, meta={"title": "x"}, fees=3)
    rules = [problem.rule for problem in found.problems]
    assert rules == ["missing-key"] * 5 + ["mapping"]


def test_the_first_slips_are_told_and_the_rest_counted():
    slips = [source(n, kind="lore") for n in range(15_000)]
    found = filled(slips)
    assert len(found.problems) == MAX_PROBLEMS + 1
    assert found.problems[-1].rule == "too-many"
    assert f"and {15_000 - MAX_PROBLEMS} more" in found.problems[-1].message
    assert found.record is None


@pytest.mark.parametrize(
    ("records", "line", "said"),
    [
        ([source(0), source(1, title=["x"] * MOST_VALUES)], 3, f"more than {MOST_VALUES} values"),
        ([{}] * (MOST_RECORDS + 1), 1, f"more than {MOST_RECORDS} records"),
    ],
)
def test_what_is_larger_than_anything_of_ours_is_refused_unread(records, line, said):
    (problem,) = filled(records).problems
    assert (problem.line, problem.rule) == (line, "record-size")
    assert said in problem.message

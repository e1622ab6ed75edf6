import json
import re
from typing import Annotated, Literal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from visamap.data import records as messages
from visamap.data.records import modelled
from visamap.data.yaml_source import parse


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PerVisit(Strict):
    kind: Literal["per_visit"]
    days: Annotated[int, Field(gt=0, strict=True)]


class Rolling(Strict):
    kind: Literal["rolling"]
    days: int
    per_days: int

    @model_validator(mode="after")
    def _fits(self):
        if self.days > self.per_days:
            raise ValueError(f"window: {self.days} days do not fit into {self.per_days}")
        return self


class Regime(Strict):
    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    from_: str | None = Field(None, alias="from")
    confidence: Literal["high", "medium", "low"] = "high"
    no_paid_work: Literal[True] | None = None
    passports: tuple[str, ...] = Field(("ordinary",), min_length=1)
    limits: tuple[Annotated[PerVisit | Rolling, Field(discriminator="kind")], ...] = ()
    share: Annotated[int, Field(ge=5, le=50)] = 5
    note: Annotated[str, Field(min_length=1, max_length=100)] = "-"
    plain: bool = False
    between: tuple[str, str] = ("a", "b")
    odd: frozenset[UUID] = frozenset()

    @field_validator("note")
    @classmethod
    def _no_todo(cls, value):
        if value == "todo":
            raise ValueError("Something: without a rule's name in front")
        return value


class File(Strict):
    regimes: tuple[Regime, ...] = ()
    fees: dict[Annotated[str, Field(max_length=3)], int] = {}


def problems_of(text):
    return modelled(File, parse(text, "f")).problems


def found(text):
    return [str(problem) for problem in problems_of(text)]


@pytest.mark.parametrize(
    ("line", "place", "words"),
    [
        ("nots: x", "2:5 unknown-key", "'nots' is no key here; did you mean 'note'?"),
        ("form: x", "2:5 unknown-key", "'form' is no key here; did you mean 'from'?"),
        ("from_: x", "2:5 unknown-key", "'from_' is no key here; did you mean 'from'?"),
        (
            "confidence: hihg",
            "2:17 closed-word",
            "confidence: 'hihg' is not one of high, medium, low; did you mean 'high'?",
        ),
        (
            "confidence: 7",
            "2:17 closed-word",
            "confidence: 7 is not one of high, medium, low; choose one of them",
        ),
        (
            "no_paid_work: false",
            "2:19 closed-word",
            "no_paid_work: false is not true, the only word here",
        ),
        ("note: 838", "2:11 text", "note: 838 is not a text; put it in quotes"),
        ("note: ~", "2:11 text", "note: nothing stands here; write a text, or leave the key out"),
        ("note: [a]", "2:11 text", "note: a list is not a text; write a text"),
        ("note: ''", "2:11 empty", "note: the text is empty; fill it or leave the key out"),
        ("note: todo", "2:11 value", "Something: without a rule's name in front"),
        (
            f"note: {'x' * 101}",
            "2:11 length",
            f"note: '{'x' * 57}...' has 101 characters; give at most 100",
        ),
        (
            "plain: 'perhaps'",
            "2:12 true-or-false",
            "plain: 'perhaps' is not true or false; write one of these words, not in quotes",
        ),
        (
            "passports: ordinary",
            "2:16 list",
            "passports: 'ordinary' is not a list; write [a, b], or a line '- a' for each item",
        ),
        (
            "passports: []",
            "2:16 empty",
            "passports: the list is empty; fill it or leave the key out",
        ),
        ("passports: [a, 1]", "2:20 text", "passports: 1 is not a text; put it in quotes"),
        ("share: 4", "2:12 range", "share: 4 is out of range; give at least 5"),
        ("share: 51", "2:12 range", "share: 51 is out of range; give at most 50"),
        (
            "share: 1.5",
            "2:12 whole-number",
            "share: '1.5' is not a whole number; write digits alone, such as 30, not in quotes",
        ),
        (
            "limits: [x]",
            "2:14 mapping",
            "limits: 'x' is not a mapping; write {key: value}, or a line 'key: value' for each",
        ),
        (
            "limits: [{days: 3}]",
            "2:14 kind",
            "limits: 'kind' is missing; it says which other keys may stand here",
        ),
        (
            "limits: [{kind: rollin}]",
            "2:21 kind",
            "kind: 'rollin' is not one of per_visit, rolling; did you mean 'rolling'?",
        ),
        (
            "limits: [{kind: per_visit, days: 0}]",
            "2:38 positive",
            (
                "days: 0 is not a number of days; "
                "give 1 or more, or leave it out if the act does not say"
            ),
        ),
        (
            "limits: [{kind: per_visit, day: 3, days: 3}]",
            "2:32 unknown-key",
            "'day' is no key here; did you mean 'days'?",
        ),
        (
            "limits: [{kind: per_visit, per: 3, days: 3}]",
            "2:32 unknown-key",
            "'per' is no key here; known are days, kind",
        ),
        ("limits: [{kind: per_visit}]", "2:14 missing-key", "'days' is missing; add it"),
        (
            "limits: [{kind: rolling, days: 9, per_days: 3}]",
            "2:14 window",
            "9 days do not fit into 3",
        ),
        ("between: [a]", "2:14 missing-key", "'item 2 of between' is missing; add it"),
        ("odd: [x]", "2:11 shape", "odd: 'x' does not fit here; compare it with other records"),
    ],
)
def test_what_a_model_refuses_is_said_in_our_words_at_its_place(line, place, words):
    (problem,) = problems_of(f"regimes:\n  - {line}\n    id: xaa\n")
    assert f"{problem.line}:{problem.column} {problem.rule}" == place
    assert problem.message == words


def test_a_missing_key_is_reported_at_the_record_that_lacks_it():
    assert found("regimes:\n  - note: x\n") == ["f:2:5: [missing-key] 'id' is missing; add it"]


def test_a_pattern_is_said_in_words():
    (problem,) = problems_of("regimes:\n  - id: XAA 2020\n")
    assert (problem.line, problem.column, problem.rule) == (2, 9, "pattern")
    assert problem.message.endswith(
        "write small letters, digits and single hyphens, such as kaz-xaa-2020"
    )


def test_a_wrong_key_of_an_open_mapping_stands_at_the_key():
    assert found("fees:\n  abcd: 1\n") == [
        "f:2:3: [length] abcd: 'abcd' has 4 characters; give at most 3"
    ]


def test_all_problems_come_at_once_and_in_order():
    problems = found("fees: 3\nregimes:\n  - id: 1\n  - {}\n  - 5\n")
    assert [problem.split(" ")[0] for problem in problems] == [
        "f:1:7:", "f:3:9:", "f:4:5:", "f:5:5:",
    ]  # fmt: skip


def test_what_was_found_in_the_text_is_not_said_twice():
    text = "regimes:\n  - id: *x\n    plain: 7\n"
    assert [problem.rule for problem in parse(text, "f").problems] == ["alias"]
    assert [problem.rule for problem in problems_of(text)] == ["true-or-false"]


def records(inner):
    keys = [*Regime.model_fields, "from", "kind", "days", "per_days", "nots"]
    return st.dictionaries(st.sampled_from(keys), inner, max_size=5)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 99) | st.sampled_from(["", "x", "rolling", "2024"]),
    lambda inner: st.lists(inner, max_size=2) | records(inner),
    max_leaves=6,
)


@given(st.lists(records(ANYTHING), max_size=3))
def test_pydantic_is_never_heard(regimes):
    text = json.dumps({"regimes": regimes}, indent=1)
    for problem in problems_of(text):
        assert not re.search("Input should|Value error|valid |pydantic", problem.message)
        assert problem.line <= text.count("\n") + 1


def test_no_pattern_of_the_records_is_shown_raw():
    dataset = pytest.importorskip(
        "visamap.schema.dataset", reason="the records' models are missing"
    )
    schema = json.dumps(dataset.Dataset.model_json_schema(mode="validation"))
    patterns = {
        json.loads(f'"{raw}"') for raw in re.findall(r'"pattern": "((?:[^"\\]|\\.)*)"', schema)
    }
    dates = {pattern for pattern in patterns if pattern.startswith(r"^\d{4}")}  # by a validator
    assert patterns - dates <= set(messages._FORMS)

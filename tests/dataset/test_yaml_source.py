import json
import sys
import time
import unicodedata

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from visamap.data import yaml_source
from visamap.data.text import MAX_BYTES, trusted
from visamap.data.yaml_source import parse, read
from visamap.errors import MissingFileError


def rules(content):
    return [problem.rule for problem in parse(content, "f").problems]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("Null", "Null"),
        ("true", True),
        ("false", False),
        ("True", "True"),
        ("NO", "NO"),  # Norway
        ("yes", "yes"),
        ("on", "on"),
        ("0", 0),
        ("30", 30),
        ("-7", -7),
        ("+7", "+7"),
        ("012", "012"),
        ("1_000", "1_000"),
        ("0x10", "0x10"),
        ("1.5", "1.5"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        ("12:30", "12:30"),  # no base 60
        ("٣", "٣"),  # a digit, but not of ours
        ("9" * 18, 10**18 - 1),
        ("9" * 5000, "9" * 5000),  # int() would refuse
        ("2024-01-05", "2024-01-05"),
        ("'30'", "30"),
        ('"true"', "true"),
        ("''", ""),
        ("|\n  30\n", "30\n"),
        ("[NO, 1, ~]", ["NO", 1, None]),
        ("{}", {}),
    ],
)
def test_only_null_truth_and_plain_decimals_are_resolved(written, value):
    source = parse(f"a: {written}", "f")
    assert source.problems == ()
    assert source.value == {"a": value}
    assert type(source.value["a"]) is type(value)


def test_places_of_values_and_keys_count_from_one():
    places = parse("regimes:\n  - id: x\n    limits: [{days: 30}, 7]\n", "f").places
    assert places.value(()) == (1, 1)
    assert places.key(("regimes",)) == (1, 1)
    assert places.value(("regimes", 0)) == (2, 5)
    assert places.key(("regimes", 0, "limits")) == (3, 5)
    assert places.value(("regimes", 0, "limits", 0, "days")) == (3, 21)
    assert places.value(("regimes", 0, "limits", 1)) == (3, 26)


def test_a_step_that_is_in_no_file_is_passed_over():
    places = parse("a:\n  - {kind: x, days: 1}\n", "f").places
    assert places.known(("a", 0, "x", "function-after[f(), int]", "days")) == ("a", 0, "days")
    assert places.value(("a", 0, "x", "days")) == (2, 21)
    assert places.value(("a", 0, "hours")) == places.value(("a", 0)) == (2, 5)
    assert places.value(("a", 9)) == places.value(("a",))


def test_what_is_refused_leaves_the_rest_to_be_read():
    source = parse("a: 1\na: [2]\n? [k]\n: {x: &y z}\nb: *y\nc: !t 3\n", "f")
    assert source.value == {"a": 1, "b": None, "c": "3"}
    assert [problem.rule for problem in source.problems] == [
        "duplicate-key", "key-text", "anchor", "alias", "tag",
    ]  # fmt: skip


def test_a_duplicate_key_names_the_first_place():
    (problem,) = parse("x:\n  a: 1\n  a: 2\n", "f").problems
    assert str(problem) == (
        "f:3:3: [duplicate-key] 'a' stands here already in line 2, column 3; keep one"
    )


@pytest.mark.parametrize(
    ("content", "rule", "place"),
    [
        (b"", "empty-file", (1, 1)),
        (b"\xef\xbb\xbf", "empty-file", (1, 1)),
        (b"---\n", "empty-file", (1, 1)),
        ("a: Қазақ\n".encode("utf-16"), "encoding", (1, 1)),
        ("a: 1\nb: Қа".encode() + b"\xff\n", "encoding", (2, 6)),
        (b"\xef\xbb\xbf\xff", "encoding", (1, 1)),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "encoding", (1, 1)),
        (b"PK\x03\x04\x00", "character", (1, 5)),
        ("a: \ud800", "character", (1, 4)),
        ("a: b\rc: d", "character", (1, 5)),
        (b"a: 1\r\nb: \x07", "character", (2, 4)),
        ("a: visa\U000e0020free", "character", (1, 8)),
        ("a: \u3164", "character", (1, 4)),
        ("a: no\ufe0f", "character", (1, 6)),
        ("a: " + "x" * 1_000_000, "line-length", (1, 100_001)),
        (b"#" * (MAX_BYTES + 1), "file-size", (1, 1)),
        ("a: |0\n x", "syntax", (1, 5)),
        ("a: '", "syntax", (1, 4)),
        ("{", "syntax", (1, 2)),
        ("a: !<x", "tag", (1, 7)),
        ("a: & b", "anchor", (1, 5)),
        ("a: * b", "alias", (1, 5)),
    ],
)
def test_what_cannot_be_read_is_one_problem_with_a_place(content, rule, place):
    source = parse(content, "f")
    (problem,) = source.problems
    assert source.value is None
    assert (problem.rule, (problem.line, problem.column)) == (rule, place)


def test_no_character_is_trusted_that_cannot_be_seen():
    kept = {"\n", " "}
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        hidden = unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        if hidden and character not in kept:
            assert not trusted(character), hex(code)
    # What Unicode leaves undrawn (Default_Ignorable_Code_Point) beside these categories.
    for code in (0x34F, 0x115F, 0x1160, 0x17B4, 0x180B, 0x180F, 0x2065, 0x3164, 0xFE00, 0xFFA0,
                 0xFFF0, 0xE0000, 0xE0FFF):  # fmt: skip
        assert not trusted(chr(code)), hex(code)
    assert trusted("Қазақстан — «визасыз» 中文 عربي e\u0301 🇰🇿\u00a0")


def test_a_byte_order_mark_and_windows_line_ends_move_nothing():
    source = parse(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "f")
    assert source.value == {"a": 1, "b": 2}
    assert source.places.value(("a",)) == (1, 4)
    assert source.places.value(("b",)) == (2, 4)


@pytest.mark.parametrize(
    ("bomb", "rule"),
    [
        ("[" * 100_000, "depth"),
        ("- " * 50_000, "depth"),
        ("- " * 100_000, "line-length"),
        ("[\n" * 100_000, "depth"),
        ("{a:\n" * 100_000, "depth"),
        ("a:\n" + "".join(" " * depth + "a:\n" for depth in range(1, 1_000)), "depth"),
        ("a: [\n" + "*x,\n" * 100_000, "too-many"),
        ("&a\n" * 100_000, "syntax"),
        ("a: 1\n" * 1_000_000, "too-many"),
        ("\t" * 99_999, "tab"),
    ],
)
def test_bombs_are_refused_at_once(bomb, rule):
    begun = time.perf_counter()
    assert rules(bomb)[-1] == rule
    assert time.perf_counter() - begun < 2


def test_twenty_levels_are_read():
    assert rules("a: " + "[" * 19 + "]" * 19) == []
    assert rules("a: " + "[" * 20 + "]" * 20) == ["depth"]


def test_a_missing_file_is_an_error_and_any_other_trouble_is_a_problem(tmp_path):
    with pytest.raises(MissingFileError):
        read(tmp_path / "none.yaml")
    (problem,) = read(tmp_path).problems
    assert problem.rule == "unreadable"
    (tmp_path / "a.yaml").write_text("a: 1\n")
    assert read(tmp_path / "a.yaml").value == {"a": 1}


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
@pytest.mark.parametrize(
    ("text", "rule", "place"),
    [
        ("a: [1, 2\nb: 3\n", "syntax", (1, 4)),  # where it was opened
        ("a: {b: 1\nc: 2\n", "syntax", (1, 4)),
        ("a: 'b\n", "syntax", (1, 4)),
        ("a: 'b\n---\n", "syntax", (1, 4)),
        ("a:\n- b\nc\nd: 1\n", "syntax", (3, 1)),
        ("a: b: c\n", "syntax", (1, 5)),  # where it was met
        ("a: 1\n b: 2\n", "syntax", (2, 3)),
        ("- a\nb: 1\n", "syntax", (2, 1)),
        ("a: 'b' c\n", "syntax", (1, 8)),
        ("a: }\n", "syntax", (1, 4)),
        ("a: @x\n", "syntax", (1, 4)),
        ('a: "\\xZZ"\n', "syntax", (1, 7)),
        ("a: 1\n...\nb\n", "syntax", (3, 1)),
        ("%YAML 3.0\n---\na: 1\n", "syntax", (1, 1)),
        ("a: !x!y z\n", "tag", (1, 4)),
        ("a: & b\n", "anchor", (1, 5)),
        ("a: * b\n", "alias", (1, 5)),
    ],
)
def test_both_parsers_complain_of_the_same_rule_at_the_same_place(
    monkeypatch, loader, text, rule, place
):
    monkeypatch.setattr(yaml_source, "_Loader", loader)
    (problem,) = parse(text, "f").problems
    assert (problem.rule, (problem.line, problem.column)) == (rule, place)


def assert_every_place_is_inside(source, text):
    # libyaml ends a last line that has no end: the value that "? a" leaves out stands behind it.
    lines = f"{text}\n".replace("\r\n", "\n").removeprefix("\ufeff").split("\n")

    def inside(place):
        line, column = place
        return 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1

    def walk(value, path):
        assert inside(source.places.value(path))
        assert inside(source.places.key(path))
        if isinstance(value, dict | list):
            for step, child in value.items() if isinstance(value, dict) else enumerate(value):
                walk(child, (*path, step))

    assert all(inside((problem.line, problem.column)) for problem in source.problems)
    walk(source.value, ())


PIECES = [*":-[]{},'&!|>%#?~@`", "a", "b", "*x", "<<", "012", "30", "---", "...", "\\", "é", "😀"]
INVISIBLE = ["\n", "\n  ", "\r\n", "\t", "\0", "\u2028", "\ufeff", " ", '"', ": ", "- "]
YAMLISH = st.lists(st.sampled_from(PIECES + INVISIBLE), max_size=40).map("".join)


@given(st.one_of(st.text(), YAMLISH))
def test_any_text_gives_a_value_or_problems_inside_the_text(text):
    source = parse(text, "f")
    assert source.problems or isinstance(source.value, dict)
    assert_every_place_is_inside(source, text)


@given(st.binary())
def test_any_bytes_give_a_value_or_problems(content):
    source = parse(content, "f")
    assert source.problems or isinstance(source.value, dict)


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.text(st.characters(codec="ascii", exclude_categories=["Cc"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text("abc", min_size=1), PLAIN))
def test_what_json_writes_is_read_back(value):
    source = parse(json.dumps(value, indent=1), "f")
    assert (source.value, source.problems) == (value, ())

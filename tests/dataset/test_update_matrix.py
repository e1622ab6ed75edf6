"""The matrix is read strictly: one slip anywhere, and nothing of it is believed."""

import pytest
from upstream import STATES, matrix

from visamap.errors import RefusedUpdateError
from visamap.update.matrix import WORDS, read_matrix

URL = "https://example.org/m.csv"
N = len(STATES)
SOUND = matrix(KAZ_USA="30", USA_KAZ="visa free", KGZ_USA="no admission")
LAST = N * N + 1


def read(content, tables, states=N):
    return read_matrix(content, tables, URL, states)


def refused(content, tables):
    with pytest.raises(RefusedUpdateError) as caught:
        read(content, tables)
    assert caught.value.exit_status == 3
    assert "the data in use is unchanged" in str(caught.value)
    assert all(problem.file == URL for problem in caught.value.problems)
    return [f"{p.line}:{p.column} {p.rule} {p.message}" for p in caught.value.problems]


def with_line(number, text, content=SOUND):
    lines = content.decode().split("\n")
    lines[number - 1] = text
    return "\n".join(lines).encode()


def test_a_sound_matrix_in_our_words(index):
    pairs = read(SOUND, index.tables)
    assert list(pairs) == list(STATES)
    assert all(set(column) == set(STATES) - {passport} for passport, column in pairs.items())
    assert pairs["KAZ"]["USA"] == ["visa_free", 30]
    assert pairs["USA"]["KAZ"] == ["visa_free", None]
    assert pairs["KGZ"]["USA"] == ["no_admission", None]
    assert pairs["XKX"]["KAZ"] == ["visa_required", None]


@pytest.mark.parametrize("word", [*WORDS, "1", "7", "90", "366"])
def test_every_word_of_upstream_is_known(index, word):
    requirement, days = read(matrix(KAZ_USA=word), index.tables)["KAZ"]["USA"]
    assert requirement == WORDS.get(word, "visa_free")
    assert days == (int(word) if word.isdigit() else None)


def test_other_codes_of_a_country_are_understood(index):
    pairs = read(SOUND.replace(b"XKX", b"RKS"), index.tables)
    assert "XKX" in pairs
    assert "XKX" in pairs["KAZ"]


def test_the_order_of_lines_does_not_matter(index):
    heading, *rows = SOUND.splitlines(keepends=True)
    assert read(b"".join([heading, *reversed(rows)]), index.tables)["KAZ"]["USA"][1] == 30


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "1:1 empty the file is empty"),
        (b"\n\n", "1:1 empty"),
        (b"<!DOCTYPE html>\n<html>sign in</html>\n", "1:1 html this is a web page (HTML)"),
        (b"\xef\xbb\xbf" + SOUND, "1:1 encoding a byte order mark"),
        (SOUND.decode().encode("utf-16"), "1:1 "),
        (SOUND.replace(b"\n", b"\r\n"), "1:1 line-end the line ends with CR or CRLF"),
        (with_line(9, "KAZ,XKX,e-\0visa"), "9:1 character a NUL character"),
        (with_line(9, "KAZ,XKX,e\N{EN DASH}visa").decode().encode("cp1252"), "9:1 encoding a byte"),
        (SOUND[:-1], f"{LAST}:1 cut-off the last line ('XKX,XKX,-1') has no end"),
        (SOUND[:60], "3:1 cut-off the last line"),
        (SOUND.replace(b"Requirement", b"Rule"), "1:1 heading the heading is 'Passport,Dest"),
        (with_line(9, "KAZ,XKX"), "9:1 fields fields: 2; expected 3"),
        (with_line(9, "KAZ,XKX,eta,7"), "9:1 fields fields: 4"),
        (with_line(9, ""), "9:1 fields fields: 1"),
        (with_line(9, "KAZ;XKX;eta"), "9:1 fields fields: 1"),
        (with_line(9, "KAZ,XQQ,eta"), "9:5 code 'XQQ' is not a country"),
        (with_line(9, "kaz,XKX,eta"), "9:1 code 'kaz' is not a country"),
        (with_line(9, "KAZ,UNO,eta"), "9:5 code 'UNO' is not a country"),
        (with_line(9, "KAZ,XKX,Visa Free"), "9:9 word 'Visa Free' is not a requirement;"),
        (with_line(9, "KAZ,XKX, eta"), "9:9 word ' eta'"),
        (with_line(9, "KAZ,XKX,"), "9:9 word ''"),
        (with_line(9, "KAZ,XKX,0"), "9:9 word '0'"),
        (with_line(9, "KAZ,XKX,367"), "9:9 word '367'"),
        (with_line(9, "KAZ,XKX,030"), "9:9 word '030'"),
        (with_line(9, "KAZ,XKX,-1"), "9:9 own KAZ to XKX is '-1'"),
        (with_line(2, "KAZ,KAZ,eta"), "2:9 own KAZ to KAZ is 'eta'"),
        (with_line(9, "KAZ,USA,30"), "9:1 duplicate the pair KAZ,USA stands in line 8 already"),
        (with_line(9, 'KAZ,XKX,"eta'), "9:1 quotes a quotation mark; expected bare fields"),
        (SOUND.rpartition(b"XKX,KAZ")[0], f"{LAST - N}:1 missing XKX has no row"),
        (matrix(STATES[:-1]), "count 7 passports, 49 pairs; expected 8 passports"),
        (SOUND + b"FRA,KAZ,eta\n", "count 9 passports, 65 pairs"),
    ],
)  # fmt: skip
def test_each_slip_is_named_with_its_line(index, content, found):
    problems = refused(content, index.tables)
    assert any(found in problem for problem in problems), problems


def test_all_slips_are_counted_and_the_first_shown(index):
    words = {f"{a}_{b}": "Evisa" for a in STATES for b in STATES if a != b}
    with pytest.raises(RefusedUpdateError) as caught:
        read(matrix(**words), index.tables)
    assert len(caught.value.problems) == N * (N - 1)
    assert "... and 51 more" in str(caught.value)


def test_every_line_dropped_doubled_or_cut_short_is_named(index):
    lines = SOUND.splitlines(keepends=True)
    for n, line in enumerate(lines):
        for instead in (b"", line * 2, line[1:], line[:-3] + b"\n"):
            content = b"".join([*lines[:n], instead, *lines[n + 1 :]])
            if content != SOUND:
                assert refused(content, index.tables)

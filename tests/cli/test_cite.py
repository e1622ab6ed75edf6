"""What an answer rests on, for a footnote and for reference managers."""

import json
import re
from datetime import date

import pytest

from visamap.cli.commands import run
from visamap.cli.questions import UNCITED
from visamap.registry.spec import QUESTIONS
from visamap.render import cite
from visamap.results.parts import Act, Citation, DataRef, Envelope, SourceRef
from visamap.vocabulary import SOURCE_KINDS

DAY = "2026-11-24"
ASKED = (
    ("check", "THA", "--on", DAY),
    ("partners", "--on", DAY),
    ("agreements", "--year", "2024", "--on", DAY),
    ("agreements", "kaz-tha-2024", "--on", DAY),
    ("visas", "B12-1", "--on", DAY),
    ("outbound", "KAZ", "--to", "THA", "--on", DAY),
    ("outbound", "KAZ", "--on", DAY),
    ("crossings", "KGZ", "TJK", "--on", DAY),
    ("trip", "DEU", "KAZ:2027-05-01/2027-05-12", "UZB:2027-05-12/2027-05-20", "--on", DAY),
    ("ranks", "KAZ", "--edition", "latest"),
    ("claims", "kaz-rank-2024"),
    ("timeline", "THA"),
    ("diff", "2023-12-31", "2024-12-31"),
    ("upcoming", "--on", DAY),
    ("stay", "THA", "--trip", "2026-11-01/2026-11-05", "--on", DAY),
)
CSL_TYPES = {"treaty", "legislation", "webpage", "article-newspaper", "dataset"}
every_answer = pytest.mark.parametrize("asked", ASKED, ids=" ".join)


@pytest.fixture
def visamap(capsys):
    def call(*arguments):
        status = run(list(arguments))
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


@every_answer
def test_every_source_of_an_answer_is_cited_once_with_the_release(visamap, asked):
    status, out, _ = visamap(*asked, "--cite")
    assert status == 0
    lines = out.splitlines()
    items = json.loads(visamap(*asked, "--format", "json")[1])["items"]
    for source in {source["url"] for item in items for source in item["sources"]}:
        assert any(source in line for line in lines), source
    assert all(f"visamap, data of {DAY}." in line for line in lines[:-1])
    assert lines[-1].startswith(f"`visamap {asked[0]}")
    assert "sha256:" in lines[-1]
    assert len(set(lines)) == len(lines)


@every_answer
def test_sources_stand_with_the_law_first(visamap, asked):
    lines = [line for line in visamap(*asked, "--cite")[1].splitlines() if "(signed" not in line]
    found = [re.search(rf"://\S+ \(({'|'.join(SOURCE_KINDS)})", line) for line in lines]
    acts_apart = [
        one[1] for one, line in zip(found, lines, strict=True) if one and line[:4] == "http"
    ]
    assert acts_apart == sorted(acts_apart, key=SOURCE_KINDS.index)


def test_the_act_comes_first_with_its_days_and_its_address(visamap):
    first = visamap("check", "DEU", "--on", DAY, "--cite")[1].splitlines()[0]
    assert first == (
        "Government decree No. 838: 45 states visa-free for 30 days, without an end date "
        "(signed 2016-12-23; in force 2017-01-01). https://base.spinform.ru/show_doc.fwx?rgn=49771 "
        "(law, read 2026-11-24). visamap, data of 2026-11-24."
    )


def test_what_is_told_besides_is_not_cited(visamap):
    """The one-sided list goes on for Thais, but their answer rests on the agreement."""
    out = visamap("check", "THA", "--on", DAY, "--cite", "bibtex")[1]
    assert "@misc{kaz-tha-2024," in out
    assert "kz-gov-693-2019" not in out


@every_answer
def test_csl_has_the_shape_that_reference_managers_read(visamap, asked):
    items = json.loads(visamap(*asked, "--cite", "csl")[1])
    assert len({item["id"] for item in items}) == len(items)
    for item in items:
        assert set(item) <= {
            "id", "type", "title", "author", "number", "publisher", "issued", "URL", "accessed",
            "language", "note", "version",
        }  # fmt: skip
        assert item["type"] in CSL_TYPES
        for name in ("issued", "accessed"):
            for parts in item.get(name, {"date-parts": []})["date-parts"]:
                assert 1 <= len(parts) <= 3
                assert all(type(part) is int for part in parts)
        assert all(type(item[name]) is str for name in ("id", "note"))
    assert items[-1]["id"] == f"visamap-{DAY}"


@every_answer
def test_bibtex_is_well_formed_and_each_key_stands_once(visamap, asked):
    out = visamap(*asked, "--cite", "bibtex")[1]
    keys = re.findall(r"^@misc\{([a-z0-9-]+),$", out, re.MULTILINE)
    assert len(set(keys)) == len(keys) == out.count("@misc")
    bare = re.sub(r"\\[{}]", "", out)
    depth = 0
    for sign in bare:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0


def test_signs_of_tex_are_disarmed_and_keep_their_meaning():
    act = Act(
        "a-1", "law", "unilateral", "50 % of {A} & B_1 #2 $3 \\ ^~", "7_8", date(2020, 1, 2), None
    )
    source = SourceRef("s-1", "https://example.org/a_b?c=%41&d={e}\\f#g", "law")
    told = Citation("a-1", act, source, act.title, None, "en", None, "2026-01")
    answer = Envelope("check", DataRef(date(2026, 11, 24), "sha256:abc"), {}, ())
    entry = cite.bibtex(answer, (told,)).split("\n\n")[0]
    title = r"50 \% of \{A\} \& B\_1 \#2 \$3 \textbackslash{} \textasciicircum{}\textasciitilde{}"
    assert f"  title = {{{{{title}}}}},\n" in entry
    assert r"  number = {7\_8}," in entry
    assert "  url = {https://example.org/a_b?c=%41&d=%7Be%7D%5Cf#g}," in entry
    assert "  urldate = {2026-01}," in entry
    assert "  date = {2020-01-02}," in entry


def test_what_is_not_known_of_a_source_is_left_out():
    source = SourceRef("s-1", "https://example.org/", "news")
    told = Citation("s-1", None, source, None, None, None, None, None)
    answer = Envelope("check", DataRef(date(2026, 11, 24), "sha256:abc"), {}, ())
    first = cite.text(answer, (told,)).splitlines()[0]
    assert first == "https://example.org/ (news). visamap, data of 2026-11-24."
    assert set(json.loads(cite.csl(answer, (told,)))[0]) == {"id", "type", "URL", "note"}
    copied = cite.text(answer, (told._replace(archived="https://copy.org/s-1"),)).splitlines()[0]
    assert "(news). An archived copy: https://copy.org/s-1 visamap, data" in copied


def test_citations_are_told_in_the_language_of_the_reader(visamap):
    out = visamap("check", "DEU", "--on", DAY, "--cite", "--lang", "ru")[1]
    assert out.startswith("Постановление Правительства №\xa0838")
    assert "прочитано" in out


def test_another_form_beside_it_is_a_usage_error(visamap):
    status, out, err = visamap("check", "DEU", "--cite", "--format", "json")
    assert (status, out) == (2, "")
    assert "--cite has forms of its own" in err


def test_every_question_about_law_can_be_cited():
    cited = {asked[0] for asked in ASKED}
    assert cited == set(QUESTIONS) - UNCITED


def test_the_status_for_scripts_is_that_of_the_answer(visamap):
    assert visamap("check", "IND", "--days", "40", "--require", "visa-free", "--cite")[0] == 1


def cited_in(value):
    """Yield every list of sources inside an answer."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "sources" and inner and "kind" in inner[0] and "url" in inner[0]:
                yield inner
            else:
                yield from cited_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from cited_in(inner)


@every_answer
def test_json_has_the_law_first_wherever_sources_stand(visamap, asked):
    answer = json.loads(visamap(*asked, "--format", "json")[1])
    lists = list(cited_in(answer["items"]))
    assert lists
    for sources in lists:
        kinds = [SOURCE_KINDS.index(source["kind"]) for source in sources]
        assert kinds == sorted(kinds)


@every_answer
def test_a_markdown_answer_ends_with_its_sources_and_no_cell_holds_an_address(visamap, asked):
    out = visamap(*asked, "--format", "markdown")[1]
    items = json.loads(visamap(*asked, "--format", "json")[1])["items"]
    listed = re.findall(r"^(\d+)\. <(\S+)> \(([a-z -]+)\)$", out, re.MULTILINE)
    assert [number for number, _, _ in listed] == [str(n + 1) for n in range(len(listed))]
    assert {url for _, url, _ in listed} == {s["url"] for item in items for s in item["sources"]}
    kinds = [SOURCE_KINDS.index(kind.replace(" ", "-")) for _, _, kind in listed]
    assert kinds == sorted(kinds)
    rows = [line for line in out.splitlines() if line.startswith("|")]
    assert not any("://" in row for row in rows)
    numbers = [row.split("|")[-2].split(", ") for row in rows[2:]]
    by_number = {number: url for number, url, _ in listed}
    cited = sorted(sorted(by_number[n.strip()] for n in row if n.strip()) for row in numbers)
    assert cited == sorted(sorted(source["url"] for source in item["sources"]) for item in items)

"""What the rules let pass, what one slip does not hide, and what a broken file cannot show."""

import shutil
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest
from kit import COUNTRIES, SOURCE, act, dataset, event, regime, treaty
from pydantic import BaseModel

from visamap.data.reading import load
from visamap.data.records import Aside
from visamap.data.rules import _plan, broken, gathered, links, places
from visamap.schema.dataset import Dataset

RECORDS = Path(__file__).parents[1] / "broken" / "records"
IDS = r"^[a-z0-9]+(-[a-z0-9]+)*$"
NO_LINKS = {"id", "code", "former_codes"}


def found(*regimes, **sections):
    facts = gathered(dataset(*regimes, **sections), COUNTRIES["countries"], Aside(), whole=True)
    return [finding.rule for finding in broken(facts)]


def halting(**fields):
    return {
        "id": "a-halt",
        "act": "a-decree",
        "regimes": ["a-regime"],
        "from": "1999-01-01",
        "to": "1999-12-31",
        "confidence": "high",
        "sources": ["a-source"],
        **fields,
    }


@pytest.mark.parametrize(
    "data",
    [
        {"regimes": [regime()]},
        # Under another act, for another passport or for border residents the same days may be held.
        {"regimes": [regime(), regime("b", instrument="kz-gov-148-2012")]},
        {"regimes": [regime(), regime("b", passports=["service"])]},
        {"regimes": [regime(), regime("b", scope="border-residents")]},
        # One follows the other; or they meet only on days that are uncertain.
        {"regimes": [regime(end="2011-12-31"), regime("b", start="2012-01-01")]},
        {"regimes": [regime(end="2011-12-31"), regime("b", between=("2011-06-01", "2012-01-01"))]},
        # Border residents cross with papers that the treaty does not name.
        {
            "regimes": [
                regime(instrument="a-treaty", passports=["id_card"], scope="border-residents")
            ]
        },
        # What an act does may have other days than the act itself.
        {"regimes": [regime()], "suspensions": [halting()]},
        # A date that is known by its month or by bounds may lie on either side of its neighbour.
        {
            "regimes": [regime()],
            "instruments": [
                act(events=[event("signed", "2000-05-20"), event("in-force", "2000-05")]),
                act("b", events=[event("signed", "2000"), event("in-force", "2000-02-01")]),
            ],
        },
        # A partner that leaves a treaty of many ends its own part only.
        {
            "regimes": [regime(instrument="a-treaty")],
            "instruments": [
                treaty(
                    partners=["XAA", "XBB"],
                    events=[event("in-force", "2000"), event("ended", "2012", by="XBB")],
                )
            ],
        },
        # It ends on the day before its act is gone.
        {
            "regimes": [regime(end="2011-12-31")],
            "instruments": [act(events=[event("in-force", "2000"), event("ended", "2012-01-01")])],
        },
        # Papers and news stay what they were; only pages that change are read again.
        {"regimes": [regime()], "sources": [{**SOURCE, "kind": "news", "accessed": "2015-01-01"}]},
        {"regimes": [regime(note="x" * 600)]},
        # Words are no id, even where they look like one at first.
        {
            "regimes": [regime()],
            "instruments": [act(events=[event("in-force", "2000", act="Law 27-FZ")])],
        },
    ],
)
def test_what_is_right_is_let_pass(data):
    sections = {name: records for name, records in data.items() if name != "regimes"}
    assert found(*data["regimes"], **sections) == []


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        ({"suspensions": [halting(transit=["nowhere"])]}, "links-resolve"),
        ({"suspensions": [halting(only_nationalities=["XQQ"])]}, "codes-known"),
        ({"suspensions": [halting(id="a-halt"), halting(id="a-halt")]}, "ids-once"),
        ({"sources": [{**SOURCE, "accessed": "2023-12-30"}]}, "source-age"),
        ({"instruments": [act(events=[event("signed", "2011-01-01")])]}, "regime-before-act"),
        (
            {"instruments": [act(events=[event("signed", "2000"), event("ended", "2012")])]},
            "regime-after-act",
        ),
        (
            {"instruments": [act(events=[event("in-force", "2009"), event("ended", "2008")])]},
            "events-in-order",
        ),
    ],
)
def test_each_slip_is_found(data, rule):
    assert rule in found(regime(), **data)


def test_an_overlap_is_told_once_for_a_whole_wave():
    many = ["XAA", "XBB", "XCC"]
    waves = [regime(nationalities=many), regime("b", nationalities=many)]
    assert found(*waves) == ["overlap"]


def test_each_that_overlaps_an_earlier_one_is_told_once():
    long, short = regime(), regime("b", start="2011-01-01", end="2011-12-31")
    later = regime("c", start="2012-01-01")
    assert found(long, short, later) == ["overlap", "overlap"]
    assert found(regime(end="2010-12-31"), short, later) == []


def test_the_first_findings_of_a_rule_are_told_and_the_rest_counted():
    data = dataset(regime(), regime("b", start="2011-01-01"), claims=[claim(n) for n in range(250)])
    facts = gathered(data, COUNTRIES["countries"], Aside(), whole=True)
    messages = [one.message for one in broken(facts) if one.rule == "sources-exist"]
    assert len(messages) == 101
    assert messages[-1].startswith("and 150 more findings of this kind")
    assert sum("did you mean" in message for message in messages) > 5


def claim(n):
    said = {"id": f"c-{n}", "said_on": "2024", "by": "x", "what": "visa-free", "counts": "x"}
    return {**said, "claimed": 1, "confidence": "high", "sources": [f"a-source{n}"]}


def test_a_wave_out_of_place_among_order_is_told_once():
    waves = [
        regime(start="2013-01-01", end="2013-12-31"),
        regime("b", start="2012-01-01", end="2012-12-31"),
    ]
    assert found(*waves) == ["sorted"]


def test_sources_beside_the_file_are_read_and_judged_in_their_own_place(tmp_path):
    whole = (RECORDS / "source-unused.yaml").read_text("utf-8")
    law, sources = whole.split("sources:\n  -", 1)
    (tmp_path / "law.yaml").write_text(law, "utf-8")
    (tmp_path / "sources.yaml").write_text(f"sources:\n  -{sources}", "utf-8")
    (problem,) = load(tmp_path / "law.yaml", COUNTRIES).problems
    assert problem.rule == "sources-used"
    assert (problem.file, problem.line) == (str(tmp_path / "sources.yaml"), 3)


def test_sources_that_cannot_be_read_make_no_citation_wrong(tmp_path):
    law = (RECORDS / "link-misspelt.yaml").read_text("utf-8").split("sources:\n  -", 1)[0]
    (tmp_path / "law.yaml").write_text(law, "utf-8")
    (tmp_path / "sources.yaml").write_text("sources: [", "utf-8")
    rules = [problem.rule for problem in load(tmp_path / "law.yaml", COUNTRIES).problems]
    assert sorted(rules) == ["links-resolve", "syntax"]


def test_a_source_that_is_refused_still_counts_as_listed(tmp_path):
    shutil.copy(RECORDS / "source-address.yaml", tmp_path)
    loaded = load(tmp_path / "source-address.yaml", COUNTRIES)
    assert [problem.rule for problem in loaded.problems] == ["pattern"]
    assert loaded.dataset is None
    assert not loaded.sound


def test_warnings_alone_leave_the_data_sound():
    loaded = load(RECORDS / "old-source.yaml", COUNTRIES)
    assert loaded.sound
    assert [problem.severity for problem in loaded.problems] == ["warning"]


def models(start=Dataset):
    yield start
    for field in start.model_fields.values():
        for inner in parts(field.annotation):
            if isinstance(inner, type) and issubclass(inner, BaseModel):
                yield from models(inner)


def parts(annotation):
    yield annotation
    if get_origin(annotation) is not Literal:
        for inner in get_args(annotation):
            yield from parts(inner)


def test_every_field_that_takes_an_id_says_what_it_links_to():
    forgotten = [
        f"{model.__name__}.{name}"
        for model in set(models())
        for name, entry in model.model_fields.items()
        if IDS in f"{entry.annotation!r} {entry.metadata!r}"
        and name not in NO_LINKS
        and name not in {link[0] for link in _plan(model).links}
    ]
    assert forgotten == []


def test_the_walk_meets_links_at_any_depth():
    sides = [{"says": word, "sources": ["a-source"]} for word in ("30 days", "90 days")]
    data = dataset(regime(disputed={"what": "terms", "sides": sides}))
    paths = {link.path: link for place in places(data) for link in links(place)}
    deep = paths["regimes", 0, "disputed", "sides", 1, "sources", 0]
    assert deep[1:] == ("sources", "sources", "a-source")
    assert paths["regimes", 0, "instrument"].section == "instruments"
    assert paths["meta", "home"].section == "countries"

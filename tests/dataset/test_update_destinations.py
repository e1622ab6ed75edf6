"""A release of several destinations is fetched, verified and put into force as one."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import upstream
from kit_release import SOURCES, beside, law, publish

import visamap
from visamap.data import opening
from visamap.data.opening import open_index
from visamap.errors import NetworkError, RefusedUpdateError, WrongUsageError
from visamap.update import Bounds, undo, update_data
from visamap.vocabulary import DESTINATIONS

NOW = datetime(2098, 5, 1, tzinfo=UTC)
QUICK = Bounds(pause_seconds=0.01, total_seconds=10, tries=1)
UZB = "regimes/uzb.yaml"
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "visamap" / "data"


@pytest.fixture
def server(home):  # noqa: ARG001  a folder of its own comes first
    made = upstream.Upstream()
    yield made
    made.close()


def published(server, release="2098-01-01", days=55, sources=SOURCES):
    publish(server, beside(release, days), UZB)
    publish(server, sources, "sources.yaml")
    return publish(server, law(release))


def update(url):
    return update_data(open_index(), now=NOW, url=url, bounds=QUICK)


def stays():
    """How long who is Thai may stay in each of the two, and where that was read."""
    registry = visamap.load()
    views = (registry, registry.entering("UZB"))
    asked = [view.check("THA", on="2024-01-01") for view in views]
    return [(one.max_stay_days, one.sources[0].id) for one in asked if one.sources]


def test_a_fetched_set_answers_for_each_of_its_destinations(server, home):
    before = visamap.load().entering("UZB").data
    done = update(published(server))
    assert stays() == [(77, "act"), (55, "uz-act")]
    registry = visamap.load()
    assert registry.data == registry.entering("UZB").data
    assert registry.data.digest == done.copy.digest
    assert [table.rows[-1][-1] for table in registry.export().tables if table.name == "rules"] == [
        "UZB"
    ]
    assert (home / done_folder(home) / UZB).read_bytes() == beside()
    undo("data", open_index())
    assert visamap.load().entering("UZB").data == before
    undo("data", open_index())
    assert stays() == [(77, "act"), (55, "uz-act")]


def test_what_lies_between_them_is_fetched_with_them(server):
    shipped = ROOT / "data"
    region = (shipped / "region.yaml").read_bytes()
    cited = set(re.findall(rb"[a-z0-9-]+", region))
    listed = (shipped / "sources.yaml").read_bytes().splitlines(keepends=True)
    kept = [one for one in listed if cited.intersection(re.findall(rb"- .id: ([a-z0-9-]+)", one))]
    publish(server, region, "region.yaml")
    sources = b"".join([b"sources:\n", *sorted([*kept, SOURCES.splitlines(keepends=True)[1]])])
    update(published(server, sources=sources))
    before = open_index().apart("region")
    changed = region.replace(b"kind: road", b"kind: foot", 1)
    publish(server, changed, "region.yaml")
    update(published(server, "2098-01-02", sources=sources))
    assert open_index().apart("region") != before


def done_folder(home):
    (found,) = [path for path in home.iterdir() if path.is_dir()]
    return found.name


def test_a_release_of_the_first_kind_leaves_the_other_destinations_as_they_are_shipped(server):
    shipped = visamap.load()
    uzbekistan = shipped.entering("UZB").check("DEU", on="2024-01-01")
    update(publish(server, law()))
    registry = visamap.load()
    assert str(registry.data.release) == "2098-01-01"
    assert registry.entering("UZB").data == shipped.data
    assert registry.entering("UZB").check("DEU", on="2024-01-01") == uzbekistan
    (rules,) = [table for table in registry.export().tables if table.name == "rules"]
    assert {row[-1] for row in rules.rows} == {"KAZ"}  # the release is what was fetched
    # The next one has them, and so has that after it.
    update(published(server, "2098-01-02"))
    assert stays() == [(77, "act"), (55, "uz-act")]
    update(published(server, "2098-01-03", 56))
    assert stays()[1] == (56, "uz-act")


@pytest.mark.parametrize(
    ("name", "content", "digest", "said"),
    [
        (UZB, beside(), "0" * 64, r"regimes/uzb\.yaml:1:1: \[digest\]"),
        (UZB, beside(days=0), None, r"regimes/uzb\.yaml:24:38: \[positive\]"),
        (UZB, beside("2098-01-02"), None, r"\[one-release\] release: http://.*law\.yaml has 2098"),
        (UZB, beside(home="KAZ"), None, r"\[one-file\] home: KAZ is told by http://.*law\.yaml"),
        ("sources.yaml", SOURCES.replace(b"uz-act", b"other"), None, r"regimes/uzb\.yaml:.*uz-act"),
        ("sources.yaml", SOURCES, "0" * 64, r"sources\.yaml:1:1: \[digest\]"),
    ],
    ids=["digest", "unsound", "another release", "home twice", "no source", "sources"],
)
def test_a_set_with_a_damaged_part_is_refused_whole(server, home, name, content, digest, said):
    before = visamap.load().entering("UZB").data
    url = published(server)
    publish(server, content, name, digest)
    with pytest.raises(RefusedUpdateError, match=said) as caught:
        update(url)
    assert str(home) not in str(caught.value)
    assert visamap.load().entering("UZB").data == visamap.load().data == before
    assert not home.exists() or list(home.iterdir()) == []


def test_a_set_of_which_a_part_cannot_be_fetched_is_not_put_into_force(server, home):
    url = published(server)
    server.serve(f"/{UZB}", upstream.status(500))
    with pytest.raises(NetworkError, match="uzb"):
        update(url)
    assert not home.exists() or list(home.iterdir()) == []


@pytest.mark.parametrize("damage", ["UZB.json", "uzb.yaml"])
def test_where_a_part_of_it_is_damaged_later_all_of_the_shipped_release_answers(
    server, home, damage
):
    before = visamap.load().data
    url = published(server)
    update(url)
    (path,) = home.rglob(damage)
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.warns(UserWarning, match="so the shipped data is used"):
        registry = visamap.load()
    assert registry.data == registry.entering("UZB").data == before
    with pytest.warns(UserWarning, match="is damaged"):
        index = open_index()
    assert update_data(index, now=NOW, url=url, bounds=QUICK).outcome == "first"
    assert stays() == [(77, "act"), (55, "uz-act")]


def test_one_changed_byte_in_a_part_is_found(server, home):
    before = visamap.load().data
    update(published(server))
    (path,) = home.rglob("UZB.json")
    path.write_bytes(path.read_bytes().replace(b"55", b"56"))
    with pytest.warns(UserWarning, match="so the shipped data is used"):
        assert visamap.load().data == before


def test_a_set_fetched_by_another_version_of_the_code_is_laid_out_anew(server, monkeypatch):
    update(published(server))
    monkeypatch.setattr(opening, "__version__", "2099.1.0")
    assert stays() == [(77, "act"), (55, "uz-act")]
    assert stays() == [(77, "act"), (55, "uz-act")]  # from the cache


def test_what_is_told_of_nowhere_is_named(server):
    update(published(server))
    with pytest.raises(WrongUsageError, match=f"choose one of {', '.join(DESTINATIONS)}"):
        visamap.load().entering("RUS")

"""A newer release of our own data: verified, validated, put into force; else the shipped one."""

import hashlib
import subprocess
import sys
from datetime import UTC, datetime

import pytest
import upstream
from kit_release import law, publish
from upstream import whole

import visamap
from visamap.cli.commands import run
from visamap.data import opening
from visamap.data.opening import open_index
from visamap.errors import NetworkError, RefusedUpdateError
from visamap.store import fetched_data
from visamap.store.record_file import Records, packed
from visamap.store.tables import RECORDS
from visamap.update import Bounds, install, undo, update_data
from visamap.vocabulary import DESTINATIONS

NOW = datetime(2098, 5, 1, tzinfo=UTC)
QUICK = Bounds(pause_seconds=0.01, total_seconds=10)
SOURCES = (
    b'sources:\n  - {id: act, kind: law, url: "https://example.org/act", accessed: 2025-11-24}\n'
)


@pytest.fixture(autouse=True)
def home(monkeypatch, tmp_path):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path / "visamap" / "data"


@pytest.fixture
def server(home):  # noqa: ARG001  a folder of its own comes first
    made = upstream.Upstream()
    yield made
    made.close()


def update(url, now=NOW):
    return update_data(open_index(), now=now, url=url, bounds=QUICK)


def stay(on="2024-01-01"):
    return visamap.load().check("THA", on=on).max_stay_days


def kept(home):
    return sorted(path.name for path in home.iterdir()) if home.exists() else []


def test_a_newer_release_answers_from_now_on(server, index):
    before = stay()
    done = update(publish(server, law()))
    assert (done.outcome, str(done.copy.as_of), done.previous) == ("first", "2098-01-01", None)
    registry = visamap.load()
    assert (stay(), str(registry.data.release)) == (77, "2098-01-01")
    assert registry.data.digest == done.copy.digest
    assert registry.resolve("\u0422\u0430\u0438\u043b\u0430\u043d\u0434") == "THA"  # names are ours
    assert registry.agreements(on="2024-01-01")[0].id == "kaz-xaa-2020"
    assert (undo("data", index).outcome, stay()) == ("withdrawn", before)
    assert (undo("data", index).outcome, stay()) == ("restored", 77)


def test_sources_beside_the_law_are_fetched_and_verified_too(server):
    content, _, _ = law().partition(b"sources:\n  - {id")
    publish(server, SOURCES, "sources.yaml")
    update(publish(server, content))
    assert stay() == 77
    assert visamap.load().check("THA", on="2024-01-01").sources[0].url == "https://example.org/act"
    publish(server, SOURCES, "sources.yaml", digest="0" * 64)
    with pytest.raises(RefusedUpdateError, match=r"sources\.yaml:1:1: \[digest\]"):
        update(publish(server, content.replace(b"2098-01-01", b"2098-02-01")))


def test_releases_of_before_are_kept_up_to_a_number(server, home, monkeypatch):
    monkeypatch.setattr(install, "MOST_KEPT", 3)
    for n in (1, 2, 3, 4, 5):
        done = update(publish(server, law(f"2098-01-0{n}", 68 + n)))
    assert (done.outcome, stay(), len(kept(home))) == ("replaced", 73, 4)
    assert (undo("data", open_index()).outcome, stay()) == ("restored", 72)


def test_what_is_in_force_already_is_not_fetched_again(server):
    url = publish(server, law())
    update(url)
    assert update(url).outcome == "unchanged"
    beside = len(DESTINATIONS)  # the others, and what lies between them
    assert len(server.asked) == 3 + beside  # the law, its digest; then one question


@pytest.mark.parametrize("release", ["2020-01-01", "2098-01-01", "2098-01-02"])
def test_no_older_release_takes_the_place_of_a_newer_one(server, home, release):
    update(publish(server, law("2098-01-02", 78)))
    done = update(publish(server, law(release, 5)))
    assert (done.outcome, str(done.refused.as_of), stay()) == ("not_newer", release, 78)
    assert len(kept(home)) == 2


@pytest.mark.parametrize(
    ("content", "digest", "found"),
    [
        (law(), "0" * 64, "[digest] the digest is sha256:"),
        (law(), "not a digest", "[digest] 'not a digest  law.yaml' is not a digest"),
        (law(), "<html>", "is not a digest"),
        (law(days=0), None, ":24:38: [positive] days"),
        (law(nationalities="nationality"), None, "nationality"),
        (b"<html>sign in</html>\n", None, "law.yaml:1:1: [mapping]"),
        (law()[:200], None, "law.yaml:"),
        (law(release="2098-05-03"), None, "[meta] the release 2098-05-03 is in the future"),
        (
            law().replace(b"schema: 1", b"schema: 2"),
            None,
            "[schema] schema 2; this version of",
        ),
    ],
)
def test_what_is_not_sound_is_refused_and_told(server, home, content, digest, found):
    before = stay()
    url = publish(server, content, digest=digest)
    with pytest.raises(RefusedUpdateError) as caught:
        update(url)
    assert (caught.value.exit_status, stay(), kept(home)) == (3, before, [])
    assert found in str(caught.value)
    assert str(home) not in str(caught.value)


def test_all_problems_are_counted(server):
    content = law(days=0).replace(b"THA", b"XQQ").replace(b"kind: law", b"kind: lore")
    with pytest.raises(RefusedUpdateError) as caught:
        update(publish(server, content))
    assert len(caught.value.problems) >= 3


def test_without_a_digest_nothing_is_believed(server):
    url = server.serve("/law.yaml", whole(law()))
    with pytest.raises(NetworkError, match=r"not fetched: .*404.* only accepted with its digest"):
        update(url)


def test_the_address_of_a_digest_keeps_the_query(server):
    content = law()
    server.serve("/l.sha256?v=1", whole(hashlib.sha256(content).hexdigest().encode()))
    assert update(server.serve("/l?v=1", whole(content))).outcome == "first"


@pytest.mark.parametrize("damage", [RECORDS, "in-force.json", "visa_regimes.yaml"])
def test_where_the_fetched_release_is_damaged_the_shipped_one_answers(server, home, damage):
    before = stay()
    url = publish(server, law())
    update(url)
    (path,) = home.rglob(damage)
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.warns(
        UserWarning, match="so the shipped data is used; run `visamap update --data`"
    ):
        assert stay() == before
    with pytest.warns(UserWarning, match="is damaged"):
        index = open_index()
    assert update_data(index, now=NOW, url=url, bounds=QUICK).outcome == "first"
    assert stay() == 77


def test_a_release_that_is_shipped_later_wins(server, monkeypatch):
    update(publish(server, law()))
    shipped = opening.opened
    newer = "2099-01-01"

    def opened(folder):
        found = shipped(folder)
        meta = {**found.records["meta"], "release": newer}
        records = packed({**found.records, "meta": meta}, digest=found.data.digest)
        return type(found)(Records(records), found.tables)

    monkeypatch.setattr(opening, "opened", opened)
    assert str(open_index().data.release) == newer


def test_a_release_fetched_by_another_version_of_the_code_is_laid_out_anew(
    server, monkeypatch, tmp_path
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    update(publish(server, law()))
    monkeypatch.setattr(opening, "__version__", "2099.1.0")
    assert stay() == 77
    assert list((tmp_path / "cache" / "visamap").iterdir())


def test_a_file_that_the_user_names_still_wins(server, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    update(publish(server, law()))
    own = tmp_path / "own.yaml"
    own.write_bytes(law(days=11))
    assert visamap.load(own).check("THA", on="2024-01-01").max_stay_days == 11


def asked(*arguments):
    command = [sys.executable, "-m", "visamap", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command_line_answers_from_it_and_says_so(server, home):
    assert "(data of 2098-01-01," not in asked("--version").stdout
    url = publish(server, law())
    update(url)
    assert f"fetched from {url}" in asked("--version").stdout
    assert "Visa-free for up to 77 days." in asked("check", "THA").stdout
    next(home.rglob(RECORDS)).write_bytes(b"{")
    done = asked("check", "THA")
    assert done.returncode == 0
    assert "77 days" not in done.stdout
    assert done.stderr.startswith("Remark: The release fetched into")


def test_the_command_needs_an_address_the_first_time(capsys):
    assert run(["update", "--data"]) == 2
    assert "give its address: `visamap update --data URL`" in capsys.readouterr().err
    assert run(["update", "--data", "--undo"]) == 2
    assert "no copy to return to" in capsys.readouterr().err


def test_the_command_takes_the_last_address_again(server, capsys):
    url = publish(server, law(release="2098-01-01"))
    update(url)
    assert run(["update", "--data"]) == 0
    assert capsys.readouterr().out.startswith("Nothing new: the data in use")
    assert run(["--data", url, "update"]) == 0
    assert run(["update", "--data", "--undo"]) == 0
    assert "back to the shipped data" in capsys.readouterr().out


def test_the_command_does_not_take_the_data_of_the_environment_for_an_address(
    server, capsys, monkeypatch
):
    monkeypatch.setenv("VISAMAP_DATA", "mine.yaml")
    url = server.serve("/m", whole(upstream.matrix()))
    assert run(["update", "--from", url, "--passports", str(len(upstream.STATES))]) == 0
    assert fetched_data.matrix() is not None
    assert "first copy of the matrix" in capsys.readouterr().out

"""Who published a release: a pinned key, a right signature, a wrong one, none; and what is kept."""

import hashlib
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock

import httpx
import pytest
import upstream
from kit_pages import served
from kit_release import SOURCES, beside, law, publish
from upstream import status, whole

import visamap
from tools.data_release import files, packed, signed
from visamap.cli.commands import run
from visamap.data.opening import open_index
from visamap.errors import (
    DamagedCopyError,
    NetworkError,
    RefusedUpdateError,
    VisamapError,
    WrongUsageError,
)
from visamap.store import fetched_data
from visamap.update import Bounds, undo, update_data
from visamap.update.signature import signed_digests

NOW = datetime(2098, 5, 1, tzinfo=UTC)
QUICK = Bounds(pause_seconds=0.01, total_seconds=10)
KEY, OTHER = (b64encode(bytes([n] * 32)).decode() for n in (1, 2))
PUBLIC, OTHERS_PUBLIC = (signed(b"", key)[1] for key in (KEY, OTHER))


@pytest.fixture
def server(monkeypatch, tmp_path):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    made = upstream.Upstream()
    yield made
    made.close()


def offer(server, release="2098-01-01", days=77, key=KEY, **beside_it):
    """Offer a signed release of a law file and what stands beside it; return its address."""
    content = {"law.yaml": law(release, days), **beside_it}
    lines = [f"{hashlib.sha256(one).hexdigest()}  {name}\n" for name, one in content.items()]
    listed = "".join(lines).encode()
    for name, one in content.items():
        publish(server, one, name)
    server.serve("/SHA256SUMS", whole(listed))
    server.serve("/SHA256SUMS.sig", whole(signed(listed, key)[0]))
    return f"{server.address}/law.yaml"


def update(url, key=None):
    return update_data(open_index(), now=NOW, url=url, key=key, bounds=QUICK)


def stay(release=None):
    return visamap.load(release=release).check("THA", on="2024-01-01").max_stay_days


def test_a_right_signature_is_told_and_its_key_is_kept_for_what_follows(server):
    assert update(offer(server), PUBLIC).key == PUBLIC
    assert update(offer(server, "2098-01-02", 78)).key == PUBLIC
    with pytest.raises(RefusedUpdateError, match="not that of the key"):
        update(offer(server, "2098-01-03", 5, key=OTHER))
    assert stay() == 78
    assert update(offer(server, "2098-01-03", 79, key=OTHER), OTHERS_PUBLIC).key == OTHERS_PUBLIC


def test_what_is_beside_is_signed_too_and_cannot_be_swapped_or_taken_away(server):
    more = {"regimes/uzb.yaml": beside(), "sources.yaml": SOURCES}
    url = offer(server, **more)
    publish(server, beside(days=5), "regimes/uzb.yaml")
    with pytest.raises(RefusedUpdateError, match="none that was signed"):
        update(url, PUBLIC)
    server.serve("/regimes/uzb.yaml", status(404))
    with pytest.raises(NetworkError, match=r"regimes/uzb\.yaml"):
        update(url, PUBLIC)
    url = offer(server, **more)
    publish(server, beside(home="KGZ"), "regimes/kgz.yaml")  # not signed: no part of the release
    assert update(url, PUBLIC).outcome == "first"
    assert visamap.load().entering("UZB").check("THA", on="2024-01-01").max_stay_days == 55


@pytest.mark.parametrize(
    ("path", "answer", "error"),
    [
        ("/SHA256SUMS.sig", status(404), NetworkError),
        ("/SHA256SUMS.sig", whole(b"no base64!"), RefusedUpdateError),
        ("/SHA256SUMS.sig", whole(b64encode(bytes(64))), RefusedUpdateError),
        ("/SHA256SUMS", status(404), NetworkError),
        ("/SHA256SUMS", whole(b""), RefusedUpdateError),
        ("/law.yaml", whole(law(days=5)), RefusedUpdateError),
    ],
)
def test_a_missing_or_wrong_proof_changes_nothing(server, path, answer, error):
    url, before = offer(server), stay()
    server.serve(path, answer)
    with pytest.raises(error):
        update(url, PUBLIC)
    assert stay() == before


def test_an_older_release_that_was_signed_once_is_not_newer(server):
    update(offer(server, "2098-01-02", 78), PUBLIC)
    assert update(offer(server, "2098-01-01", 5)).outcome == "not_newer"
    assert stay() == 78


def test_a_key_that_is_none_is_a_slip(server):
    with pytest.raises(WrongUsageError, match="44 letters"):
        update(offer(server), "abc")


def test_it_is_told_what_was_not_verified(server, capsys, monkeypatch):
    monkeypatch.setattr("visamap.cli.update.datetime", Mock(now=lambda _: NOW))
    assert run(["update", "--data", offer(server)]) == 0
    assert "Not verified: who published it" in " ".join(capsys.readouterr().out.split())
    assert run(["update", "--data", offer(server, "2098-01-02"), "--key", PUBLIC]) == 0
    assert f"signed with the pinned key {PUBLIC}" in " ".join(capsys.readouterr().out.split())


def test_our_own_release_is_packed_and_signed(server):
    made = files(Path(__file__).parents[2] / "data")
    made["SHA256SUMS.sig"], _ = signed(made["SHA256SUMS"], KEY)
    assert packed(made) == packed(dict(reversed(made.items())))
    for name in ("SHA256SUMS", "SHA256SUMS.sig"):
        url = server.serve(f"/{name}", whole(made[name]))
    digests = signed_digests(url, PUBLIC, QUICK)
    assert {"visa_regimes.yaml", "region.yaml", "regimes/tkm.yaml", "sources.yaml"} <= set(digests)
    assert "watch.json" not in digests
    for name, digest in digests.items():
        assert digest == f"sha256:{hashlib.sha256(made[name]).hexdigest()}"
        assert made[f"{name}.sha256"].startswith(digest.removeprefix("sha256:").encode())


def test_what_a_release_said_can_still_be_asked(server, capsys):
    shipped = stay()
    for n in (1, 2, 3):
        update(offer(server, f"2098-0{n}-01", 70 + n))
    said = {day: stay(day) for day in ("2097-12-31", "2098-01-01", "2098-02-28", "2098-12-31")}
    assert list(said.values()) == [shipped, 71, 72, 73]
    undo("data", open_index())
    assert (stay(), stay("2098-12-31")) == (72, 73)
    with pytest.raises(WrongUsageError, match="up to 2020-01-01 is kept here; there are"):
        visamap.load(release="2020-01-01")
    asked = ["check", "THA", "--on", "2024-01-01", "--release", "2098-01-31"]
    assert run(asked) == 0
    assert "for up to 71 days" in capsys.readouterr().out
    assert run([*asked, "--data", "x.yaml"]) == 2
    api = "/api/v1/check/THA?on=2024-01-01"
    with served(visamap.load()) as address, httpx.Client(base_url=address, timeout=20) as client:
        now, then, none = (
            client.get(f"{api}{more}").json()
            for more in ("", "&release=2098-01-31", "&release=2020-01-01")
        )
    assert (now["data"]["release"], now["items"][0]["max_stay_days"]) == ("2098-02-01", 72)
    assert (then["data"]["release"], then["items"][0]["max_stay_days"]) == ("2098-01-01", 71)
    assert "2020-01-01" in none["detail"]


def test_a_kept_release_that_is_damaged_never_answers(server):
    update(offer(server, "2098-01-01"))
    update(offer(server, "2098-02-01"))
    kept = fetched_data.in_force("data")["previous"]
    (Path(fetched_data.folder_of("data")) / kept["file"] / "records.json").write_bytes(b"{}")
    with pytest.raises(VisamapError) as caught:
        visamap.load(release="2098-01-15")
    assert isinstance(caught.value, DamagedCopyError)

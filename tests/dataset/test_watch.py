"""Pages on which facts rest, on a real server: as they were, changed, or in any kind of trouble."""

import json
import socket
import time
from datetime import date

import pytest
import upstream
from kit_watch import folder, kept, page, source
from upstream import redirect, status, whole

from visamap.cli.commands import run
from visamap.errors import BrokenDataError, MissingFileError, WrongUsageError
from visamap.schema.dataset import Watch
from visamap.update.fetch import Bounds
from visamap.update.page_watch import Order, fingerprint, watch

pytest.importorskip("selectolax", reason="the extra `watch` is not installed")

QUICK = Bounds(size=20_000, pause_seconds=0.01, total_seconds=0.6, tries=1)
ORDER = Order(date(2026, 11, 27), pause_seconds=0, bounds=QUICK)


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    made = upstream.Upstream()
    yield made
    made.close()


def states(found):
    return {one.source: one.state for one in found}


def test_a_page_is_new_then_as_before_then_changed_until_that_is_kept(server, tmp_path):
    url = server.serve("/decree", whole(page("30 days"), ETag='"1"'))
    place = folder(tmp_path, source("decree", url))
    assert states(watch(place, {}, ORDER)) == {"decree": "new"}
    assert not (place / "watch.json").exists()
    watch(place, {}, ORDER, update=True)
    assert states(watch(place, {}, ORDER)) == {"decree": "unchanged"}
    assert server.asked[-1][1]["If-None-Match"] == '"1"'  # and the server said 304
    server.serve("/decree", whole(page("30  days", aside="another menu")))
    assert states(watch(place, {}, ORDER)) == {"decree": "unchanged"}
    server.serve("/decree", whole(page("60 days"), ETag='"2"'))
    for _ in range(2):
        assert states(watch(place, {}, ORDER)) == {"decree": "changed"}
    watch(place, {}, ORDER._replace(on=date(2026, 12, 4)), update=True)
    assert kept(place)["decree"]["seen"] == "2026-12-04"
    assert states(watch(place, {}, ORDER)) == {"decree": "unchanged"}


def test_every_fault_is_told_and_none_stops_the_round(server, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{free.getsockname()[1]}/"
    tls = upstream.Upstream(tls=True)
    other = server.address.replace("127.0.0.1", "localhost")
    faults = {
        "absent": (status(404), "gone"),
        "removed": (status(410), "gone"),
        "forbidden": (status(403), "refused"),
        "broken": (status(500), "unreachable"),
        "slow": (upstream.dripping, "unreachable"),
        "huge": (whole(b"<p>" + b"x" * 20_000), "unreachable"),
        "cut": (upstream.cut(page("x"), 9), "unreachable"),
        "elsewhere": (redirect(f"{other}/decree"), "moved"),
        "renamed": (redirect("/decree", 301), "moved"),
        "passing": (redirect("/decree", 302), "new"),
        "script": (whole(b"<html><body><script>f()</script></body></html>"), "empty"),
        "private": (whole(page("x")), "refused"),
        "cyrillic": (whole(page("x").replace(b"x", "дней".encode("cp1251"))), "new"),
        "paper": (whole(b"%PDF-1.7 \xff\x00"), "new"),
        "decree": (whole(page("30 days")), "new"),
    }
    server.serve("/robots.txt", whole(b"User-agent: *\nDisallow: /private\n"))
    urls = {name: server.serve(f"/{name}", answer) for name, (answer, _) in faults.items()}
    urls |= {"shut": closed, "unproven": f"{tls.address}/", "moved-host": f"{other}/decree"}
    place = folder(tmp_path, *(source(name, url) for name, url in urls.items()))
    found = watch(place, {}, ORDER, update=True)
    tls.close()
    expected = {name: state for name, (_, state) in faults.items()}
    expected |= {"shut": "unreachable", "unproven": "unreachable", "moved-host": "new"}
    assert states(found) == expected
    told = {one.source: one for one in found}
    assert "500" in told["broken"].detail
    assert "0.6 seconds" in told["slow"].detail
    assert "20,000 bytes" in told["huge"].detail
    assert "refused the connection" in told["shut"].detail
    assert "TLS" in told["unproven"].detail
    assert "robots.txt" in told["private"].detail
    assert told["elsewhere"].moved == f"{other}/decree"
    assert told["renamed"].moved == urls["decree"]
    asked = [path for path, _ in server.asked]
    assert "/private" not in asked
    assert asked.count("/robots.txt") == 2  # once for each name of the host
    assert set(kept(place)) == {name for name in expected if expected[name] == "new"} | {"renamed"}


def test_one_host_is_asked_with_pauses_as_its_robots_txt_wishes(server, tmp_path):
    server.serve("/robots.txt", whole(b"User-agent: *\nCrawl-delay: 0.2\n"))
    server.serve("/a", whole(page("a")))
    place = folder(tmp_path, *(source(f"decree-{n}", f"{server.address}/a?{n}") for n in "123"))
    start = time.monotonic()
    watch(place, {}, ORDER._replace(pause_seconds=0.15))
    assert time.monotonic() - start >= 3 * 0.15


def test_time_that_is_up_leaves_the_rest_unasked(server, tmp_path):
    place = folder(tmp_path, source("decree", server.serve("/a", whole(page("a")))))
    assert states(watch(place, {}, ORDER._replace(total_seconds=-1))) == {"decree": "not_asked"}
    assert server.asked == []


def test_persons_look_where_machines_may_not(server, tmp_path):
    url = server.serve("/a", whole(page("a")))
    check = ", manual_check: {last_checked: 2026-11-%s, interval_days: 7}"
    exempt = ', watch: {exempt: "a certificate that nobody vouches for"}'
    place = folder(
        tmp_path,
        source("decree", url, more=check % "20"),
        source("fresh", url, more=check % "21"),
        source("left", url, more=exempt),
        source("paper", url, kind="news"),
    )
    found = watch(place, {}, ORDER)
    assert states(found) == {"decree": "due", "fresh": "exempt", "left": "exempt"}
    assert str(found[0].due) == "2026-11-27"
    assert server.asked == []
    assert states(watch(place, {}, ORDER._replace(named=("paper",)))) == {"paper": "new"}


def test_an_authority_that_was_seen_vouches_for_a_host(tmp_path, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    tls = upstream.Upstream(tls=True)
    url = tls.serve("/a", whole(page("a")))
    place = folder(tmp_path, source("decree", url, more=", watch: {ca: own.pem}"))
    with pytest.raises(MissingFileError, match=r"own\.pem"):
        watch(place, {}, ORDER)
    (place / "ca").mkdir()
    (place / "ca" / "own.pem").write_bytes(upstream.SELF_SIGNED.read_bytes())
    assert states(watch(place, {}, ORDER)) == {"decree": "new"}
    tls.close()


@pytest.mark.parametrize(
    ("before", "after", "how", "same"),
    [
        (page("a"), page("a", "b"), Watch(), True),
        (page("a"), page("b"), Watch(), False),
        (page("a"), page("b"), Watch(node="nav"), True),
        (page("a"), page("a", "b"), Watch(node="nav"), False),
        (page("<a href='/1'>a</a>"), page("<a href='/1'>b</a>"), Watch(kind="links"), True),
        (page("<a href='/1'>a</a>"), page("<a href='/2'>a</a>"), Watch(kind="links"), False),
        (b"%PDF-1", b"%PDF-2", Watch(), False),
    ],
)
def test_a_fingerprint_is_of_the_part_that_is_meant(before, after, how, same):
    first, second = (fingerprint(one, "http://x.org/", how) for one in (before, after))
    assert first
    assert (first == second) is same


@pytest.mark.parametrize("node", ["#not-there", "[["])
def test_a_part_that_is_not_there_has_no_fingerprint(node):
    assert fingerprint(page("a"), "http://x.org/", Watch(node=node)) is None


def test_a_page_that_is_looked_at_otherwise_is_new(server, tmp_path):
    url = server.serve("/a", whole(page("a"), ETag='"1"'))
    watch(folder(tmp_path, source("decree", url)), {}, ORDER, update=True)
    place = folder(tmp_path, source("decree", url, more=", watch: {node: nav}"))
    assert states(watch(place, {}, ORDER)) == {"decree": "new"}


def test_an_archive_is_asked_only_if_wished(server, tmp_path):
    url = server.serve("/a", whole(page("a")))
    copy = {"archived_snapshots": {"closest": {"available": True, "url": "http://copy.org/a"}}}
    answers = {"decree": json.dumps(copy).encode(), "none": b"{}", "odd": b"[1"}
    place = folder(tmp_path, *(source(name, f"{url}?{name}") for name in answers))
    for name, answer in answers.items():
        server.serve(f"/a?{name}", whole(page("a")))
        asked = f"{url}?{name}".replace(":", "%3A").replace("/", "%2F").replace("?", "%3F")
        server.serve(f"/available?url={asked}", whole(answer))
    found = watch(place, {}, ORDER._replace(archive=f"{server.address}/available?url="))
    copies = {one.source: one.found_archived for one in found}
    assert copies == {"decree": "http://copy.org/a", "none": None, "odd": None}


def test_slips_are_named(tmp_path):
    place = folder(tmp_path, source("decree", "http://127.0.0.1:9/"))
    with pytest.raises(WrongUsageError, match="'degree'"):
        watch(place, {}, ORDER._replace(named=("degree",)))
    (place / "watch.json").write_text('{"pages": []}', "utf-8")
    with pytest.raises(WrongUsageError, match=r"watch\.json"):
        watch(place, {}, ORDER)
    both = ", watch: {node: p}, manual_check: {last_checked: 2026-01-01, interval_days: 30}"
    folder(place, source("decree", "http://127.0.0.1:9/", more=both))
    with pytest.raises(BrokenDataError, match="keep one of the two"):
        watch(place, {}, ORDER)


def test_the_command_tells_what_rests_on_a_page_rules_in_force_first(server, tmp_path, capsys):
    url = server.serve("/decree", whole(page("30 days")))
    news = server.serve("/notice", status(404))
    place = folder(tmp_path, source("decree", url), source("notice", news, more=OLD))
    words = ["watch", "--data", str(place), "--pause", "0"]
    assert run([*words, "--update"]) == 1
    capsys.readouterr()
    server.serve("/decree", whole(page("60 days")))
    assert run([*words, "--format", "markdown"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "**2 pages of 2 need a look.**"
    assert said[2] == f"- [ ] **Changed**: [decree](<{url}>)"
    assert said[3].startswith("  - Look again at: KAZ regimes xaa-2020, KAZ instruments kaz-xaa-")
    assert said[4] == f"- [ ] **Gone**: [notice](<{news}>)"
    assert "http://copy.org/notice" in "".join(said)
    assert run([*words, "--format", "json"]) == 1
    first = json.loads(capsys.readouterr().out)["items"][0]
    assert (first["source"], first["state"]) == ("decree", "changed")
    assert first["records"][0] == {
        "section": "regimes", "id": "xaa-2020", "destination": "KAZ", "in_force": True,
    }  # fmt: skip
    assert run([*words, "decree", "--update"]) == 1
    assert run([*words, "decree"]) == 0
    assert "as before: 1" in capsys.readouterr().out


OLD = ', archived: "http://copy.org/notice"'


def test_a_round_without_any_network_is_no_finding(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    place = folder(tmp_path, source("decree", "http://127.0.0.1:9/"))
    assert run(["watch", "--data", str(place), "--pause", "0"]) == 4
    assert "Not reached" in capsys.readouterr().out

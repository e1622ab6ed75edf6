"""The steps of an update, and of going back.

Fetch, verify, read, compare, write, put into force: what a step refuses, the next one never sees.
Beside our own data file must stand its digest (``URL.sha256``). What belongs to it stands in the
same folder, each with a digest of its own: the files of other destinations (``regimes/uzb.yaml``),
without which a release is one of the first kind, and ``sources.yaml`` where sources are not inside.
A release that is not later than the one in force is left aside, so that nobody can put old data in
the place of new.
"""

import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from visamap.data.build import Built, build_with
from visamap.data.cache import sealed_files
from visamap.data.text import REGIMES, REGION_FILE, SOURCES_FILE, sources_inside
from visamap.errors import (
    BrokenDataError,
    DamagedCopyError,
    NetworkError,
    Problem,
    RefusedUpdateError,
    shortened,
)
from visamap.i18n import mark, tr
from visamap.results.data_results import AsOfBasis, Copy, Update, UpdateKind, UpdateOutcome
from visamap.store import fetched_data
from visamap.store.index import Index
from visamap.store.tables import sealed
from visamap.update import install
from visamap.update.fetch import (
    NOT_FOUND,
    Bounds,
    Fetched,
    Known,
    Progress,
    checked,
    fetch,
    fetch_needed,
)
from visamap.update.matrix import STATES, Pairs, changes, read_matrix
from visamap.update.signature import signed_digests
from visamap.version import __version__
from visamap.vocabulary import DESTINATIONS

SIDECAR = ".sha256"
OTHERS = (*(f"{REGIMES}/{home.lower()}.yaml" for home in DESTINATIONS[1:]), REGION_FILE)
"""The files of the other destinations, beside that of the first, and of what lies between."""
DIGEST = re.compile(r"(?:sha256:)?([0-9a-fA-F]{64})(?:\s|$)")
CHANGING = mark(
    "The publisher may be in the middle of a change: try again later, or ask the publisher."
)
UNPROVEN = mark("A file is only accepted with its digest next to it; ask the publisher for one.")
MEND = mark("Tell the publisher; the file must pass `visamap validate`.")


def update_matrix(  # noqa: PLR0913  the settings of one order
    index: Index,
    *,
    now: datetime,
    url: str = fetched_data.MATRIX_URL,
    states: int = STATES,
    bounds: Bounds = Bounds(),  # noqa: B008  a tuple never changes
    progress: Progress | None = None,
) -> Update:
    """Fetch the matrix, check every line of it, and put it into force.

    ``index`` says which countries exist; ``states`` how many passports the matrix must have.
    """
    url = checked(url)
    with install.update_of("matrix") as named:
        current = named["current"]
        before = _pairs_of(current)
        # A copy that is no longer whole is nothing to compare with or to go back to.
        kept = current if before else None
        fetched = fetch(url, known=_known_of(kept, url), bounds=bounds, progress=progress)
        if fetched.content is None or (kept and _digest(fetched.content) == kept["digest"]):
            return _unchanged("matrix", named, fetched, url)
        pairs = read_matrix(fetched.content, index.tables, url, states)
        made = _written_matrix(pairs, _told(fetched, url, now), now)
        install.put_in_force("matrix", made, kept)
    done = Update("matrix", "replaced" if kept else "first", url, _copy(made), _copy(kept))
    return _compared(done._replace(pairs=made["pair_count"]), before, pairs, index)


def update_data(  # noqa: PLR0913  the settings of one order
    index: Index,
    *,
    now: datetime,
    url: str,
    key: str | None = None,
    bounds: Bounds = Bounds(),  # noqa: B008  a tuple never changes
    progress: Progress | None = None,
) -> Update:
    """Fetch a release of the data file, check all of it, and let it answer from now on.

    ``index`` is the data in force: the release must be later. A ``key`` is pinned: it must have
    signed this release and those that follow, until another is given.
    """
    url = checked(url)
    with install.update_of("data") as named:
        current = named["current"]
        kept = current if current and install.is_whole("data", current) else None
        key = key or (current or named["previous"] or {}).get("key")
        fetched = fetch(url, known=_known_of(kept, url), bounds=bounds, progress=progress)
        if fetched.content is None:
            return _unchanged("data", named, fetched, url)
        signed = signed_digests(url, key, bounds) if key else None
        law = urlsplit(url).path.rpartition("/")[2]
        ours = None if signed is None else {law: signed.get(law, "")}
        _verify(fetched.content, url, bounds, ours)
        folder = install.unused("data", now)
        files = {install.LAW: fetched.content}
        for name in (*OTHERS, SOURCES_FILE):
            if name != SOURCES_FILE or not all(map(sources_inside, files.values())):
                content = _beside(url, name, bounds, signed)
                files.update({name: content} if content is not None else {})
        for name, content in files.items():
            install.write(folder / name, content)
        built = _built(folder, index, url, now)
        if kept and kept["digest"] == built.digest:
            return _unchanged("data", named, fetched, url)
        made = {
            **_told(fetched, url, now),
            "file": folder.name,
            "as_of": built.records["meta"]["release"],
            "as_of_basis": "release",
            "digest": built.digest,
            "law": _digest(fetched.content),
            "schema": built.records["meta"]["schema"],
            "code": __version__,
            "others": sorted(built.others),
            "tables": sorted(built.tables),
            "key": key,
        }
        if made["as_of"] <= index.data.release.isoformat():
            held = _copy(current), _copy(named["previous"])
            return Update("data", "not_newer", url, *held, refused=_copy(made), key=key)
        made["sizes"] = _written_release(folder, built)
        install.put_in_force("data", made, kept)
    outcome: UpdateOutcome = "replaced" if kept else "first"
    return Update("data", outcome, url, _copy(made), _copy(kept), key=key)


def undo(kind: UpdateKind, index: Index) -> Update:
    """Put the copy before into force; a second time brings the newer one back."""
    named = install.swapped(kind)
    current, previous = named["current"], named["previous"]
    outcome: UpdateOutcome = "restored" if current else "withdrawn"
    done = Update(kind, outcome, None, _copy(current), _copy(previous))
    if kind != "matrix":
        return done
    done = done._replace(pairs=current["pair_count"] if current else None)
    return _compared(done, _pairs_of(previous), _pairs_of(current), index)


def _compared(done: Update, before: Pairs | None, after: Pairs | None, index: Index) -> Update:
    """Add what two copies of the matrix say differently."""
    found, elsewhere = changes(before, after, index) if before and after else ((), 0)
    return done._replace(changes=found, changes_elsewhere=elsewhere)


def _unchanged(kind: UpdateKind, named: dict[str, Any], fetched: Fetched, url: str) -> Update:
    """Note by what the server knows the copy that is in force, and leave it there."""
    marks = {"url": url, "etag": fetched.etag, "last_modified": fetched.last_modified}
    current = {**named["current"], **marks}
    if current != named["current"]:
        install.put_in_force(kind, current, named["previous"])
    held = _copy(current), _copy(named["previous"])
    return Update(kind, "unchanged", url, *held, pairs=current.get("pair_count"))


def _digest(content: bytes) -> str:
    """Return the digest of a file as answers carry it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _known_of(copy: dict[str, Any] | None, url: str) -> Known:
    """Return by what a server knows a copy, if it came from the same address."""
    if copy is None or copy["url"] != url:
        return Known()
    return Known(copy["etag"], copy["last_modified"])


def _copy(named: dict[str, Any] | None) -> Copy | None:
    """Return what a reader is told of a copy."""
    if named is None:
        return None
    as_of = date.fromisoformat(named["as_of"])
    return Copy(as_of, *[named[f] for f in ("as_of_basis", "fetched", "url", "digest")])


def _told(fetched: Fetched, url: str, now: datetime) -> dict[str, Any]:
    """Return what is kept of every copy: of which day it is, when and from where it came."""
    as_of, basis = _day(fetched.last_modified, now)
    return {
        "as_of": as_of.isoformat(),
        "as_of_basis": basis,
        "fetched": now.isoformat(timespec="seconds"),
        "url": url,
        "etag": fetched.etag,
        "last_modified": fetched.last_modified,
        "digest": _digest(fetched.content or b""),
    }


def _day(last_modified: str | None, now: datetime) -> tuple[date, AsOfBasis]:
    """Return the day that the matrix shows, and who says so."""
    try:
        changed = parsedate_to_datetime(last_modified or "").astimezone(UTC)
    except (ValueError, OverflowError):
        changed = None
    if changed and changed <= now:
        return changed.date(), "last-modified"
    return now.date(), "fetched"


def _pairs_of(copy: dict[str, Any] | None) -> Pairs | None:
    """Return the pairs of a copy; one that is no longer whole counts as none."""
    try:
        return fetched_data.pairs_of(copy) if copy else None
    except DamagedCopyError:
        return None


def _written_matrix(pairs: Pairs, told: dict[str, Any], now: datetime) -> dict[str, Any]:
    """Write the copy where nobody looks for it yet; return what is told of it."""
    path = install.unused("matrix", now, ".json")
    told = {**told, "file": path.name, "passports": len(pairs)}
    packed = sealed({**told, "pairs": pairs}, path.name)
    install.write(path, packed)
    return {
        **told,
        "pair_count": sum(map(len, pairs.values())),
        "sizes": {path.name: len(packed)},
    }


def _written_release(folder: Path, built: Built) -> dict[str, int]:
    """Write the records; return the size of their file, and of the files they came from."""
    for name, content in sealed_files(built, folder).items():
        install.write(folder / name, content)
    return {
        path.relative_to(folder.parent).as_posix(): path.stat().st_size
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _verify(content: bytes, url: str, bounds: Bounds, signed: Mapping[str, str] | None) -> None:
    """Compare a file with the digest that was ``signed``, or else stands beside it."""
    if signed is not None:
        if _digest(content) not in signed.values():
            raise _refused(url, url, "digest", tr("its digest is none that was signed"), CHANGING)
        return
    parts = urlsplit(url)
    beside = urlunsplit(parts._replace(path=parts.path + SIDECAR))
    stated = fetch_needed(beside, bounds, tr(UNPROVEN)).decode("utf-8", "replace")
    found = DIGEST.match(stated.lstrip("\ufeff \n\r\t"))
    if found is None:
        message = tr(
            "{start!r} is not a digest; expected the 64 hexadecimal digits of a SHA-256",
            start=shortened(stated.strip()),
        )
        raise _refused(url, beside, "digest", message, CHANGING)
    if _digest(content) != f"sha256:{found[1].lower()}":
        message = tr(
            "the digest is {digest}; {beside} says {stated}",
            digest=_digest(content),
            beside=beside,
            stated=found[1].lower(),
        )
        raise _refused(url, url, "digest", message, CHANGING)


def _told_of(problem: Problem, addresses: dict[str, str]) -> Problem:
    """Return a problem that names the addresses of files in place of where they were put."""
    said = problem.message
    for path, address in addresses.items():
        said = said.replace(path, address)
    return problem._replace(file=addresses.get(problem.file, problem.file), message=said)


def _refused(url: str, place: str, rule: str, message: str, hint: str) -> RefusedUpdateError:
    return RefusedUpdateError(url, [Problem(place, 1, 1, rule, "error", message)], tr(hint))


def _beside(law: str, name: str, bounds: Bounds, signed: Mapping[str, str] | None) -> bytes | None:
    """Return a file that stands beside the law, verified; ``None`` where there is none.

    One that is not signed is none; one that is signed must be there.
    """
    url = urljoin(law, name)
    if signed is not None and name not in signed:
        return None
    try:
        content = fetch(url, bounds=bounds).content or b""
    except NetworkError as error:
        if error.status == NOT_FOUND and signed is None:
            return None
        raise
    _verify(content, url, bounds, signed and {name: signed[name]})
    return content


def _built(folder: Path, index: Index, url: str, now: datetime) -> Built:
    """Read, check and compile the files; problems name the addresses they came from."""
    try:
        built = build_with(folder, index.tables)
    except BrokenDataError as error:
        names = (SOURCES_FILE, *OTHERS)
        addresses = {str(folder / name): urljoin(url, name) for name in names}
        addresses[str(folder / install.LAW)] = url
        problems = [_told_of(problem, addresses) for problem in error.problems]
        problems.sort(key=lambda problem: problem.severity != "error")
        raise RefusedUpdateError(url, problems, tr(MEND)) from error
    release = built.records["meta"]["release"]
    if release > (now + timedelta(days=1)).date().isoformat():  # it would keep later ones out
        message = tr(
            "the release {release} is in the future; expected today or an earlier day",
            release=release,
        )
        raise _refused(url, url, "meta", message, MEND)
    return built

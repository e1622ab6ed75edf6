"""The order of steps of an update of the matrix, and of going back.

Fetch, read, compare, write, put into force: what a step refuses, the next one never sees.
"""

import hashlib
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from visamap.errors import DamagedCopyError
from visamap.results.data import AsOfBasis, Copy, Update, UpdateKind, UpdateOutcome
from visamap.store import copies
from visamap.store.index import Index
from visamap.store.tables import sealed
from visamap.update import install
from visamap.update.fetch import Bounds, Fetched, Known, Progress, checked, fetch
from visamap.update.matrix import STATES, Pairs, changes, read_matrix


def update_matrix(  # noqa: PLR0913  the settings of one order
    index: Index,
    *,
    now: datetime,
    url: str = copies.MATRIX_URL,
    states: int = STATES,
    bounds: Bounds = Bounds(),  # noqa: B008  a tuple never changes
    progress: Progress | None = None,
) -> Update:
    """Fetch the matrix, check every line of it, and put it into force.

    ``index`` says which countries exist; ``states`` how many passports the matrix must have.

    Raises:
        WrongUsageError: ``url`` is no address to fetch from.
        NetworkError: it could not be fetched.
        UpdateUnderWayError: another update is at work.
        RefusedUpdateError: it is not a whole and sound matrix.
        OutputError: the user's data folder cannot be written.
    """
    url = checked(url)
    with install.update_of("matrix") as named:
        current = named["current"]
        before = _pairs_of(current)
        ours = known_of(current, url) if before else Known()
        fetched = fetch(url, known=ours, bounds=bounds, progress=progress)
        if fetched.content is None or (before and digest(fetched.content) == current["digest"]):
            return unchanged("matrix", named, fetched, url)
        pairs = read_matrix(fetched.content, index.tables, url, states)
        made = _written(pairs, fetched, url, now)
        # A copy that is no longer whole is nothing to go back to.
        kept = current if before else None
        install.put_in_force("matrix", made, kept)
    found, elsewhere = changes(before, pairs, index) if before else ((), 0)
    return Update(
        "matrix",
        "replaced" if before else "first",
        url,
        copy_of(made),
        copy_of(kept),
        pairs=made["pair_count"],
        changes=found,
        changes_elsewhere=elsewhere,
    )


def undo(kind: UpdateKind, index: Index) -> Update:
    """Put the copy before into force; a second time brings the newer one back.

    Raises:
        WrongUsageError: there is no copy at all.
        UpdateUnderWayError: another update is at work.
        DamagedCopyError: the copy to go back to is no longer whole.
        OutputError: the user's data folder cannot be written.
    """
    named = install.swapped(kind)
    current, previous = named["current"], named["previous"]
    outcome: UpdateOutcome = "restored" if current else "withdrawn"
    done = Update(kind, outcome, None, copy_of(current), copy_of(previous))
    if kind != "matrix":
        return done
    after, before = _pairs_of(current), _pairs_of(previous)
    found, elsewhere = changes(before, after, index) if before and after else ((), 0)
    pairs = current["pair_count"] if current else None
    return done._replace(pairs=pairs, changes=found, changes_elsewhere=elsewhere)


def unchanged(kind: UpdateKind, named: dict[str, Any], fetched: Fetched, url: str) -> Update:
    """Note by what the server knows the copy that is in force, and leave it there."""
    marks = {"url": url, "etag": fetched.etag, "last_modified": fetched.last_modified}
    current = {**named["current"], **marks}
    if current != named["current"]:
        install.put_in_force(kind, current, named["previous"])
    held = copy_of(current), copy_of(named["previous"])
    return Update(kind, "unchanged", url, *held, pairs=current.get("pair_count"))


def digest(content: bytes) -> str:
    """Return the digest of a file as answers carry it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def known_of(copy: dict[str, Any] | None, url: str) -> Known:
    """Return by what a server knows a copy, if it came from the same address."""
    if copy is None or copy["url"] != url:
        return Known()
    return Known(copy["etag"], copy["last_modified"])


def copy_of(named: dict[str, Any] | None) -> Copy | None:
    """Return what a reader is told of a copy."""
    if named is None:
        return None
    as_of = date.fromisoformat(named["as_of"])
    return Copy(as_of, *[named[f] for f in ("as_of_basis", "fetched", "url", "digest")])


def _pairs_of(copy: dict[str, Any] | None) -> Pairs | None:
    """Return the pairs of a copy; one that is no longer whole counts as none."""
    try:
        return copies.pairs_of(copy) if copy else None
    except DamagedCopyError:
        return None


def _written(pairs: Pairs, fetched: Fetched, url: str, now: datetime) -> dict[str, Any]:
    """Write the copy where nobody looks for it yet; return what is told of it."""
    as_of, basis = _day(fetched.last_modified, now)
    path = install.unused("matrix", now, ".json")
    told = {
        "file": path.name,
        "as_of": as_of.isoformat(),
        "as_of_basis": basis,
        "fetched": now.isoformat(timespec="seconds"),
        "url": url,
        "etag": fetched.etag,
        "last_modified": fetched.last_modified,
        "digest": digest(fetched.content or b""),
        "passports": len(pairs),
    }
    packed = sealed({**told, "pairs": pairs}, path.name)
    install.write(path, packed)
    count = sum(map(len, pairs.values()))
    return {**told, "pair_count": count, "sizes": {path.name: len(packed)}}


def _day(last_modified: str | None, now: datetime) -> tuple[date, AsOfBasis]:
    """Return the day that the matrix shows, and who says so."""
    try:
        changed = parsedate_to_datetime(last_modified or "").astimezone(UTC)
    except (ValueError, OverflowError):
        changed = None
    if changed and changed <= now:
        return changed.date(), "last-modified"
    return now.date(), "fetched"

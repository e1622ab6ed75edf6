"""Fetches a newer release of our own data file: verified, validated, compiled, put into force.

Beside the file must stand its digest (``URL.sha256``); where its sources are not inside, they are
``sources.yaml`` in the same folder, with a digest of their own. A release that is not later than
the one in force is left aside, so that nobody can put old data in the place of new.
"""

import re
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit, urlunsplit

from visamap import __version__
from visamap.data.build import Built, build_with
from visamap.data.text import SOURCES_FILE, sources_inside
from visamap.errors import BrokenDataError, NetworkError, Problem, RefusedUpdateError, shortened
from visamap.i18n import mark, tr
from visamap.results.data import Update
from visamap.store.index import Index
from visamap.store.tables import seal_name, sealed
from visamap.update import install
from visamap.update.fetch import NOT_FOUND, Bounds, Known, Progress, checked, fetch
from visamap.update.steps import copy_of, digest, known_of, unchanged

SIDECAR = ".sha256"
DIGEST = re.compile(r"(?:sha256:)?([0-9a-fA-F]{64})(?:\s|$)")
CHANGING = mark(
    "The publisher may be in the middle of a change: try again later, or ask the publisher."
)
UNPROVEN = mark("A file is taken only with its digest beside it; ask the publisher for one.")
MEND = mark("Tell the publisher; the file must pass `visamap validate`.")


def update_data(
    index: Index,
    *,
    now: datetime,
    url: str,
    bounds: Bounds = Bounds(),  # noqa: B008  a tuple never changes
    progress: Progress | None = None,
) -> Update:
    """Fetch a release of the data file, check all of it, and let it answer from now on.

    ``index`` is the data in force: the release must be later.

    Raises:
        WrongUsageError: ``url`` is no address to fetch from.
        NetworkError: the file, or the digest beside it, could not be fetched.
        UpdateUnderWayError: another update is at work.
        RefusedUpdateError: the digest is another one, or the data has errors.
        OutputError: the user's data folder cannot be written.
    """
    url = checked(url)
    with install.update_of("data") as named:
        current = named["current"]
        whole = current is not None and install.is_whole("data", current)
        ours = known_of(current, url) if whole else Known()
        fetched = fetch(url, known=ours, bounds=bounds, progress=progress)
        if fetched.content is None:
            return unchanged("data", named, fetched, url)
        _verify(fetched.content, url, bounds)
        folder = install.unused("data", now)
        law = folder / install.LAW
        install.write(law, fetched.content)
        if not sources_inside(fetched.content):
            sources = _sources(urljoin(url, SOURCES_FILE), bounds)
            if sources is not None:
                install.write(folder / SOURCES_FILE, sources)
        built = _built(law, index, url)
        _check_meta(built, url, now)
        if whole and current["digest"] == built.tables["digest"]:
            return unchanged("data", named, fetched, url)
        made = {
            "file": folder.name,
            "as_of": built.tables["release"],
            "as_of_basis": "release",
            "fetched": now.isoformat(timespec="seconds"),
            "url": url,
            "etag": fetched.etag,
            "last_modified": fetched.last_modified,
            "digest": built.tables["digest"],
            "law": digest(fetched.content),
            "schema": built.tables["schema"],
            "code": __version__,
        }
        if made["as_of"] <= index.data.release.isoformat():
            held = copy_of(current), copy_of(named["previous"])
            return Update("data", "not_newer", url, *held, refused=copy_of(made))
        made["sizes"] = _written(folder, built)
        kept = current if whole else None
        install.put_in_force("data", made, kept)
    return Update("data", "replaced" if kept else "first", url, copy_of(made), copy_of(kept))


def _verify(content: bytes, url: str, bounds: Bounds) -> None:
    """Compare a file with the digest that stands beside it."""
    parts = urlsplit(url)
    beside = urlunsplit(parts._replace(path=parts.path + SIDECAR))
    try:
        stated = fetch(beside, bounds=bounds).content or b""
    except NetworkError as error:
        if error.status == NOT_FOUND:
            raise NetworkError(beside, error.happened, tr(UNPROVEN), error.status) from error
        raise
    found = DIGEST.match(stated.decode("utf-8", "replace").lstrip("\ufeff \n\r\t"))
    if found is None:
        start = shortened(stated.decode("utf-8", "replace").strip())
        message = tr(
            "{start!r} is no digest; expected the 64 hexadecimal digits of a SHA-256", start=start
        )
        problem = Problem(beside, 1, 1, "digest", "error", message)
        raise RefusedUpdateError(url, [problem], tr(CHANGING))
    if digest(content) != f"sha256:{found[1].lower()}":
        message = tr(
            "the digest is {digest}; {beside} says {stated}",
            digest=digest(content),
            beside=beside,
            stated=found[1].lower(),
        )
        problem = Problem(url, 1, 1, "digest", "error", message)
        raise RefusedUpdateError(url, [problem], tr(CHANGING))


def _sources(url: str, bounds: Bounds) -> bytes | None:
    """Return the sources beside the law, verified; ``None`` where there are none."""
    try:
        content = fetch(url, bounds=bounds).content or b""
    except NetworkError as error:
        if error.status == NOT_FOUND:
            return None
        raise
    _verify(content, url, bounds)
    return content


def _built(law: Path, index: Index, url: str) -> Built:
    """Read, check and compile the files; problems name the addresses they came from."""
    try:
        return build_with(law, index.tables)
    except BrokenDataError as error:
        addresses = {str(law): url, str(law.with_name(SOURCES_FILE)): urljoin(url, SOURCES_FILE)}
        problems = [p._replace(file=addresses.get(p.file, p.file)) for p in error.problems]
        problems.sort(key=lambda problem: problem.severity != "error")
        raise RefusedUpdateError(url, problems, tr(MEND)) from error


def _check_meta(built: Built, url: str, now: datetime) -> None:
    """Refuse a release from the future: it would keep every later release out."""
    release = built.tables["release"]
    if release > (now + timedelta(days=1)).date().isoformat():
        message = tr(
            "the release {release} lies in the future; expected a day until today", release=release
        )
        raise RefusedUpdateError(url, [Problem(url, 1, 1, "meta", "error", message)], tr(MEND))


def _written(folder: Path, built: Built) -> dict[str, int]:
    """Write the compiled tables; return the size of each file, and of the files they came from."""
    tables = {"records": built.records, "index": built.tables}
    for name, made in tables.items():
        install.write(folder / f"{name}.json", sealed(made, seal_name(str(folder), name)))
    return {f"{folder.name}/{path.name}": path.stat().st_size for path in sorted(folder.iterdir())}

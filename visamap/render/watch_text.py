"""What ``watch`` found: the pages that need a look, and what rests on each."""

from collections import Counter
from collections.abc import Iterator

from visamap.i18n import mark, tr, trn
from visamap.render.labels import source_kind
from visamap.render.sections import labelled, paragraph
from visamap.results.data_results import FINDINGS, Watched, WatchState
from visamap.results.parts import Envelope

STATES: dict[WatchState, str] = {
    "changed": mark("Changed"),
    "gone": mark("Gone"),
    "moved": mark("Moved"),
    "empty": mark("Nothing there"),
    "refused": mark("Refused"),
    "unreachable": mark("Not reached"),
    "due": mark("By hand"),
    "new": mark("seen for the first time: {n}"),
    "unchanged": mark("as before: {n}"),
    "exempt": mark("not asked, for a reason that is named: {n}"),
    "not_asked": mark("not asked, for the time was up: {n}"),
}
MOST = 6
"""Records that are named of a page."""


def text(answer: Envelope, width: int) -> str:
    """Return how many pages need a look, which, and what rests on each."""
    blocks = [(tr(STATES[one.state]), [*_lines(one)]) for one in _findings(answer)]
    lines = [
        *paragraph(_opening(answer), width),
        *(["", *labelled(blocks, width)] if blocks else []),
    ]
    copies = [f"{name}: {url}" for name, url in _copies(answer)]
    return "\n".join([*lines, *(["", tr("Archived copies found:"), *copies] if copies else [])])


def markdown(answer: Envelope) -> str:
    """Return the same as a list to work through, as the body of an issue."""
    lines = [f"**{_opening(answer)}**", ""]
    for one in _findings(answer):
        _, *rest = _lines(one)
        lines.append(f"- [ ] **{tr(STATES[one.state])}**: [{one.source}](<{one.url}>)")
        lines += [f"  - {said}" for said in rest]
    copies = [f"- `{name}`: <{url}>" for name, url in _copies(answer)]
    return "\n".join(
        [*lines, *(["", f"{tr('Archived copies found:')}", "", *copies] if copies else [])]
    )


def _findings(answer: Envelope) -> list[Watched]:
    return [one for one in answer.items if one.state in FINDINGS]


def _copies(answer: Envelope) -> Iterator[tuple[str, str]]:
    return ((one.source, one.found_archived) for one in answer.items if one.found_archived)


def _opening(answer: Envelope) -> str:
    states = Counter(one.state for one in answer.items)
    found = sum(states[state] for state in FINDINGS)
    said = trn(
        "{n} page of {of} needs a look.",
        "{n} pages of {of} need a look.",
        found,
        of=len(answer.items),
    )
    others = [
        tr(STATES[one], n=states[one]) for one in STATES if one not in FINDINGS and states[one]
    ]
    return f"{said} ({'; '.join(others)})" if others else said


def _lines(one: Watched) -> Iterator[str]:
    yield f"{one.source} ({source_kind(one.kind)}): {one.url}"
    if one.detail:
        yield f"{one.detail}."
    if one.due:
        yield tr("A person was to look at it by {day}.", day=one.due)
    if one.moved:
        yield tr("It is now at {url}", url=one.moved)
    if one.archived:
        yield tr("An archived copy: {url}", url=one.archived)
    named = [
        " ".join(filter(None, (record.destination, record.section, record.id)))
        for record in one.records[:MOST]
    ]
    if more := len(one.records) - MOST:
        named += [trn("{n} more", "{n} more", more)] if more > 0 else []
    if named:
        yield tr("Look again at: {records}.", records=", ".join(named))

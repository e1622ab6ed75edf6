"""What does an answer rest on? Its acts, in the order in which it names them, then its sources."""

from collections.abc import Iterable, Iterator
from typing import Any

from visamap.results.acts import Agreement
from visamap.results.cite import Citation
from visamap.results.parts import Act, SourceRef, law_first
from visamap.store.index import Index
from visamap.values import made_of

NAMING = frozenset({"granted_by", "instrument", "under"})
"""Fields that hold the id of an act."""
ASIDE = frozenset({
    "amended_by", "border_residents", "conditional", "disagreement", "duties", "local",
    "next_change", "penalty", "plan", "reciprocity", "snapshot", "transit",
})  # fmt: skip
"""Fields on which an answer does not rest: it tells them besides."""


def citations(index: Index, items: Iterable[Any]) -> tuple[Citation, ...]:
    """Return each act and each source behind an answer once, the law first.

    A source that is the address of one of the acts is not told again.
    """
    answers = tuple(items)
    read = {row["id"]: row for row in index.records["sources"]}
    named = dict.fromkeys(name for one in answers for name in _acts(one) if index.has_act(name))
    acts = [_of_act(index, name, read) for name in named]
    told = {cited.source for cited in acts}
    sources = law_first(source for one in answers for source in getattr(one, "sources", ()))
    return (*acts, *(_cited(s.id, None, s, read) for s in sources if s not in told))


def acts_first(found: Iterable[Citation]) -> tuple[Citation, ...]:
    """Return citations of several destinations: the acts in their order, then sources by kind."""
    every = tuple(found)
    sources = {one.source: one for one in every if not one.act and one.source}
    return (
        *(one for one in every if one.act),
        *(sources[source] for source in law_first(sources)),
    )


def _of_act(index: Index, name: str, read: dict[str, Any]) -> Citation:
    sources = index.sources(index.act_sources(name))
    return _cited(name, index.act(name), sources[0] if sources else None, read)


def _cited(name: str, act: Act | None, source: SourceRef | None, read: dict[str, Any]) -> Citation:
    row = read.get(source.id, {}) if source else {}
    title = act.title if act else row.get("title")
    return made_of(Citation, row, id=name, act=act, source=source, title=title)


def _acts(value: Any) -> Iterator[str]:
    """Yield the ids of the acts that an answer names, those that it only tells besides left out."""
    if isinstance(value, (Act, Agreement)):
        yield value.id
    elif isinstance(value, tuple):
        fields = getattr(value, "_fields", None)
        if fields is None:
            for inner in value:
                yield from _acts(inner)
            return
        aside = ASIDE | {"also"} if getattr(value, "regime", None) else ASIDE
        for name, inner in zip(fields, value, strict=True):
            if name in NAMING and isinstance(inner, str):
                yield inner
            elif name not in aside:
                yield from _acts(inner)

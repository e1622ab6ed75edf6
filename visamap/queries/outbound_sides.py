"""What stands beside an outbound answer: the other sides, closed borders, rules for neighbours.

Nothing is decided here: the answer is made in ``visamap.queries.outbound``.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from visamap.index import Index, bounded, limits
from visamap.periods import known_ends
from visamap.queries.abroad import Rule
from visamap.queries.snapshots import BAN, Seen, View
from visamap.requirements import AnsweredRequirement
from visamap.results.outbound import Disagreement, Interrupted, LocalEntry, Side
from visamap.results.parts import SourceRef, law_first


class Pair(NamedTuple):
    """A passport and a destination, as codes."""

    passport: str
    destination: str


def sources(index: Index, names: Iterable[str]) -> tuple[SourceRef, ...]:
    """Return the addresses behind the ids of sources of outbound records, the law first."""
    table = index.apart("outbound")["sources"]
    return law_first(
        SourceRef(name, *table[name]) if name in table else index.source(name) for name in names
    )


class Sides:
    """The rules and observations of one answer, as its reader sees them."""

    def __init__(self, index: Index, pair: Pair, seen: View) -> None:
        """Take what the snapshots say of the day."""
        self.index, self.pair, self.seen = index, pair, seen

    def of_rule(self, rule: Rule) -> Side:
        """Return what a rule says."""
        start, end = known_ends(rule.bounds)
        return Side(
            rule.requirement,
            rule.max_stay_days,
            rule.basis,
            rule.id,
            rule.granted_by,
            rule.doubt is not None,
            None if rule.known_since else start,
            end,
            None,
            None,
            sources(self.index, rule.sources),
        )

    def of_seen(self, seen: Seen) -> Side:
        """Return what an observation says."""
        return Side(
            seen.requirement,
            seen.days,
            "snapshot",
            None,
            None,
            self.seen.rule is None or self.seen.outlived is not None,
            None,
            None,
            seen.first,
            seen.last,
            snapshot_sources(self.index, seen),
        )

    def of_snapshot(self) -> Side | None:
        """Return what the snapshots say of the day, where they say one thing."""
        if self.seen.ban and self.seen.ban_certain and not self.seen.outlived:
            return self.of_seen(self.seen.ban)
        return self.of_seen(self.seen.rule) if self.seen.rule else None

    def disagreement(
        self,
        requirement: AnsweredRequirement,
        stay: int | None,
        chosen: Rule | None,
        rules: list[Rule],
    ) -> Disagreement | None:
        """Return what else is said of the day; of an unknown answer, everything that is."""
        seen = self.seen
        if requirement == "unknown":
            sides = [
                *(self.of_rule(rule) for rule in rules),
                *(self.of_seen(row) for row in seen.around),
            ]
            return Disagreement("requirement", tuple(sides)) if sides else None
        if chosen is None:
            others = [self.of_rule(rule) for rule in rules if rule.requirement != requirement]
            return Disagreement("requirement", tuple(others)) if others else None
        said = seen.rule
        if said is None:
            return None
        if said.requirement != requirement:
            return Disagreement("requirement", (self.of_seen(said),))
        if stay and said.days and said.days != stay:
            return Disagreement("stay", (self.of_seen(said),))
        return None

    def sources(
        self, requirement: AnsweredRequirement, chosen: Rule | None, rules: list[Rule]
    ) -> tuple[SourceRef, ...]:
        """Return the sources that the answer rests on, the law first."""
        found: list[SourceRef] = []
        for rule in [chosen] if chosen else rules if requirement == "unknown" else []:
            found += sources(self.index, rule.sources)
        if chosen is None:
            for row in (*self.seen.around, *([self.seen.ban] if self.seen.ban else [])):
                found += snapshot_sources(self.index, row)
        return law_first(found)


def snapshot_sources(index: Index, seen: Seen) -> tuple[SourceRef, ...]:
    """Return where the snapshots of an observation were taken from."""
    found = []
    for row in index.apart("outbound")["snapshots"]:
        period = bounded(row["bounds"]).certain
        if period and (period.covers(seen.first) or period.covers(seen.last)):
            found.append(row["source"])
    return sources(index, found)


def interrupted(index: Index, pair: Pair, on: date, seen: View) -> tuple[Interrupted, ...]:
    """Return the times in which entry was barred in fact, uncertain ends included."""
    found = []
    for row in index.apart("outbound")["interruptions"]:
        if pair.passport not in row["passports"] or pair.destination not in row["destinations"]:
            continue
        bounds = bounded(row["bounds"])
        certain = bounds.certain
        surely = certain is not None and certain.covers(on)
        if surely or any(part.covers(on) for part in bounds.possible):
            cited = sources(index, row["sources"])
            found.append(Interrupted(row["id"], *known_ends(bounds), surely, row["text"], cited))
    if seen.ban and not seen.outlived and seen.ban.requirement == BAN:
        cited = snapshot_sources(index, seen.ban)
        found.append(
            Interrupted(None, seen.ban.first, seen.ban.last, seen.ban_certain, None, cited)
        )
    return tuple(found)


def local(index: Index, pair: Pair, on: date) -> Iterator[LocalEntry]:
    """Yield the rules for residents of a border area or visitors of a zone."""
    for row in index.apart("outbound")["local_rules"]:
        certain = bounded(row["bounds"]).certain
        if {*pair} == {*row["between"]} and certain and certain.covers(on):
            yield LocalEntry(
                row["id"],
                row["who"],
                limits(row.get("limits", []), row["id"]),
                row["text"],
                sources(index, row["sources"]),
            )

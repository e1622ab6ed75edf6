"""The days of records: of events as far as known, and of rules, cut at bounds and suspensions.

Rules stay whole in the data; nothing is judged here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from visamap.dates import Bounded, PartialDate, Period
from visamap.results.parts import Between
from visamap.store.record_file import Record
from visamap.values import Value, made_of
from visamap.vocabulary import AGREEMENT_KINDS

SpanState = Literal[
    "certain",
    "start_uncertain",
    "end_uncertain",
    "halted",
    "halt_uncertain",
    "paper_uncertain",  # the rule holds; whether the paper stands in for its passport is not known
]


class Span(Value):
    """Days on which a regime holds, may hold, or is or may be halted by the suspension ``by``."""

    regime: str
    state: SpanState
    period: Period
    by: str | None
    paper: str | None = None
    """The identity card that stands in for the passport which the rule is for."""


class Suspension(Value):
    """What halts rules: its act, its period, what it halts, for whom and whether that is sure."""

    id: str
    act: str
    bounds: Bounded
    halted: frozenset[tuple[str, str]]
    """What it names: section (``instruments``, ``regimes``, ``transit``) and id."""
    excepted: frozenset[str]
    only: frozenset[str]
    sure: bool
    sources: tuple[str, ...]

    @classmethod
    def of(cls, record: Record) -> "Suspension":
        """Read a record."""
        named = (
            (section, name)
            for section in ("instruments", "regimes", "transit")
            for name in record.get(section, ())
        )
        return made_of(
            cls,
            record,
            bounds=bounds_of(record),
            halted=frozenset(named),
            excepted=frozenset(record.get("except_nationalities", ())),
            only=frozenset(record.get("only_nationalities", ())),
            sure=record["confidence"] != "low",
        )

    def halts(self, record: Record, section: str, code: str) -> bool:
        """Tell whether it is about a regime or a transit rule of a nationality."""
        named = {(section, record["id"]), ("instruments", record.get("instrument"))}
        return self.concerns(code) and not self.halted.isdisjoint(named)

    def concerns(self, code: str) -> bool:
        """Tell whether it is for a nationality."""
        return code not in self.excepted and (not self.only or code in self.only)


def day(text: str | None) -> date | None:
    """Decode a day of a record."""
    return date.fromisoformat(text) if text else None


def bounds_of(record: Record) -> Bounded:
    """Return the period of a record, whichever of its ends are known only by bounds.

    An end that nobody told is bounded on one side, by the days on which a source shows the rule.
    """
    start, end = record.get("from"), record.get("to")
    return Bounded(
        day(start or record.get("from_not_before")),
        day(start or record.get("from_not_after") or record.get("known_since")),
        day(end or record.get("to_not_before") or record.get("known_until")),
        day(end or record.get("to_not_after")),
    )


def effective(regime: Record, act: Record) -> Bounded:
    """Return the period of a regime; without dates of its own it takes those of its agreement."""
    own = bounds_of(regime)
    if own.start_not_before is not None or act["kind"] not in AGREEMENT_KINDS:
        return own
    entry = next((event for event in act["events"] if event["what"] == "in-force"), None)
    if entry is None:
        return own
    first, last = time_of(entry)
    return own._replace(start_not_before=first, start_not_after=last)


def time_of(event: Record) -> tuple[date, date | None]:
    """Return the first and the last day on which an event can have happened."""
    if "date" in event:
        first, last, _ = PartialDate.parse(event["date"])
        return first, last
    first, last = event["between"]
    return date.fromisoformat(first), day(last)


class Happened(NamedTuple):
    """An event and the days on which it can have happened; ``last`` is None without a bound.

    ``text`` is its date, as far as known. What is ``inferred`` from weak evidence is never certain.
    """

    what: str
    by: str | None
    first: date
    last: date | None
    inferred: bool = False
    text: str | None = None

    def surely(self, on: date) -> bool:
        """Tell whether it has happened by a day; without an upper bound that is never certain."""
        return self.last is not None and self.last <= on

    @property
    def between(self) -> Between | None:
        """The bounds, where no date is known."""
        return None if self.text else (self.first, self.last)


def happened(act: Record) -> list[Happened]:
    """Return the events of an act, in the order of the file."""
    weak = act["confidence"] == "low"
    return [
        Happened(
            event["what"],
            event.get("by"),
            *time_of(event),
            inferred=weak and "date" not in event,
            text=event.get("date"),
        )
        for event in act["events"]
    ]


def best_known(events: Iterable[Happened]) -> Happened | None:
    """Return the event to show where it happened more than once: a date before bounds."""
    return min(events, key=lambda event: (event.text is None, event.first), default=None)


def cut(
    bounds: Bounded, halts: Sequence[Suspension]
) -> Iterator[tuple[SpanState, Period, str | None]]:
    """Yield the certain, uncertain and halted parts of a rule, and what halts them.

    A suspension is judged like a rule: at uncertain ends or on weak evidence it only may halt.
    """
    sure = [(one.id, part) for one in halts if one.sure if (part := one.bounds.certain)]
    perhaps = [(one.id, one.bounds.whole) for one in halts]
    steps: tuple[tuple[SpanState, list[tuple[str, Period]]], ...] = (
        ("halted", sure),
        ("halt_uncertain", perhaps),
    )
    for state, whole in parts(bounds):
        left = [whole]
        for halted, found in steps:
            if halted == "halt_uncertain" and state != "certain":
                continue
            for suspension, part in found:
                for piece in left:
                    if shared := piece.meets(part):
                        yield halted, shared, suspension
                left = [rest for piece in left for rest in piece.without(part)]
        for piece in left:
            yield state, piece, None


def parts(bounds: Bounded) -> Iterator[tuple[SpanState, Period]]:
    """Yield the certain and the uncertain parts of a period."""
    if bounds.certain:
        yield "certain", bounds.certain
    for part in bounds.possible:
        sure = bounds.start_not_after
        early = sure is not None and part.last is not None and part.last < sure
        yield "start_uncertain" if early else "end_uncertain", part


def stand_in(paper: Record, held: Iterable[Span]) -> Iterator[Span]:
    """Yield the spans of a passport as the holder of a paper has them that stands in for it.

    Where the paper is doubted, so is all that rests on it.
    """
    for span in held:
        for state, accepted in parts(bounds_of(paper)):
            if shared := span.period.meets(accepted):
                sure = state == "certain" and paper["confidence"] != "low"
                doubted = span.state == "certain" and not sure
                yield span._replace(
                    state="paper_uncertain" if doubted else span.state,
                    period=shared,
                    paper=paper["id"],
                )


def once(spans: Iterable[Span]) -> list[Span]:
    """Return the spans with each day of a rule in one state, a certain one before a doubt."""
    kept: dict[str, list[Span]] = defaultdict(list)
    for span in sorted(spans, key=lambda span: span.state not in {"certain", "halted"}):
        left = [span.period]
        for known in kept[span.regime]:
            left = [rest for part in left for rest in part.without(known.period)]
        kept[span.regime] += [span._replace(period=part) for part in left]
    return [span for of_rule in kept.values() for span in of_rule]


def by_start(span: Span) -> tuple[str, str, str]:
    """Order spans by their first day, then by their rule."""
    first = span.period.first
    return first.isoformat() if first else "", span.regime, span.state

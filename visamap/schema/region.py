"""Records of what lies between the five states: crossings, trains, a visa that never came.

An observation knows when it was last seen; nothing here promises that a border is open today.
"""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from visamap.dates import Bounded
from visamap.schema.dataset import Finding, OpenQuestion
from visamap.schema.record import (
    Dated,
    Day,
    Days,
    KnownUntil,
    Note,
    Record,
    RecordId,
    Short,
    SomeDate,
    Sources,
    Sure,
    Text,
)
from visamap.vocabulary import Border, OpenTo

Month = Annotated[int, Field(ge=1, le=12, strict=True)]
LastSeen = Annotated[
    SomeDate, Field(description="Latest day, month or year on which a dated source shows it.")
]
BorderOf = Annotated[Border, Field(description="The two states.")]


class Access(Dated):
    """Who could pass in a time; ``known_until`` is the last day for which the sources vouch."""

    start_may_be_open: ClassVar[bool] = True
    open_to: OpenTo = Field(description="Who could pass.")
    known_until: KnownUntil = None
    last_seen: LastSeen
    season: tuple[Month, Month] | None = Field(
        None, description="First and last month in which it is open, where not all year."
    )
    short: Short = None

    def model_post_init(self, context: object) -> None:
        """Refuse two ends, and a sight of it before it can have begun."""
        super().model_post_init(context)
        own = super().bounded
        if own.end_not_after is not None and self.known_until is not None:
            raise ValueError("known-until: `to` and `known_until` exclude each other; keep one")
        if own.start_not_after is None:
            raise ValueError("period: give `from`, or `from_not_after` (the earliest source)")
        if self.last_seen.last < (own.start_not_before or self.last_seen.last):
            raise ValueError("last-seen: seen before it began; correct one of the days")

    @property
    def bounded(self) -> Bounded:
        """The period with its bounds; an end for which nobody vouches is open on one side only."""
        own = super().bounded
        return own._replace(end_not_before=own.end_not_before or self.known_until)


class Passage(Record):
    """A way from one state into another, and who could take it when."""

    id: RecordId
    name: Text = Field(description="What it is called, on both sides where a source says so.")
    short: Short = None
    periods: tuple[Access, ...] = Field(
        (), description="Who could pass, in the order of time; a day in none of them: not known."
    )
    confidence: Sure
    note: Note = None
    sources: Sources


class Crossing(Passage):
    """A place at which travellers cross a border, or once did."""

    border: BorderOf
    kind: Literal["road", "rail", "foot"] | None = Field(
        None, description="What crosses there; null where no source says it."
    )


class Train(Passage):
    """A passenger train over one or more borders."""

    borders: tuple[Border, ...] = Field(min_length=1, description="The borders that it crosses.")


class Closure(Dated):
    """A time in which a whole border was closed to travellers."""

    id: RecordId
    border: BorderOf
    last_seen: LastSeen
    short: Annotated[str, Field(min_length=1, max_length=60, description="What it was.")]
    confidence: Sure
    note: Note = None
    sources: Sources


class CrossingCount(Record):
    """How many crossings a border has, as somebody counted."""

    id: RecordId
    border: BorderOf
    on: Day = Field(description="The day that is counted for.")
    crossings: Days = Field(description="How many there are.")
    international: Days | None = Field(None, description="How many of them are international.")
    sources: Sources


class Announcement(Record):
    """What somebody said would come; the day as exactly as known, or its bounds."""

    on: SomeDate | None = Field(None, description="When it was said, as exactly as known.")
    between: tuple[Day, Day] | None = Field(None, description="Bounds of the day.")
    by: Text = Field(description="Who said it.")
    what: Text = Field(description="What was said.")
    note: Note = None
    sources: Sources

    @model_validator(mode="after")
    def _one_time(self) -> Self:
        if (self.on is None) == (self.between is None):
            raise ValueError("event-date: give either `on` or `between`")
        if self.between and self.between[0] > self.between[1]:
            raise ValueError("event-date: the first day of `between` lies after the last")
        return self


class RegionFinding(Finding):
    """Searched for and not found; with what was announced, and by which names."""

    note: Note = None
    names: tuple[Text, ...] = Field((), description="What it was called.")
    announcements: tuple[Announcement, ...] = Field((), description="What was announced, dated.")


class RegionFile(Record):
    """``data/region.yaml``."""

    crossings: tuple[Crossing, ...] = Field(description="Crossings by land.")
    closures: tuple[Closure, ...] = Field((), description="Borders closed as a whole.")
    trains: tuple[Train, ...] = Field((), description="Passenger trains over the borders.")
    counts: tuple[CrossingCount, ...] = Field((), description="How many crossings there are.")
    findings: tuple[RegionFinding, ...] = Field(
        (), description="What was searched for and not found."
    )
    open_questions: tuple[OpenQuestion, ...] = Field((), description="What we do not know.")

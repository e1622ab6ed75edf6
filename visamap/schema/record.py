"""What all records share: a strict base, dates, codes and the forms of texts.

Dates stay text until they arrive here, so ``2024-13-01`` is our finding and not a crash elsewhere.
"""

import re
from collections import Counter
from datetime import date
from itertools import pairwise
from types import UnionType
from typing import (
    Annotated,
    Any,
    ClassVar,
    Literal,
    NamedTuple,
    Self,
    Union,
    get_args,
    get_origin,
)

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
    model_validator,
)
from pydantic.fields import FieldInfo

from visamap.dates import Bounded, PartialDate
from visamap.errors import shortened
from visamap.vocabulary import Confidence


class LinkTo(NamedTuple):
    """Marks a field whose values name records of a section; ``visamap.data.rules`` walks them.

    A section inside a mapping has a dot in its name (``fees.groups``). Country codes link to
    ``COUNTRIES``, which is no section of the file.
    """

    section: str


ANY_SECTION = "any section"
COUNTRIES = "countries"


class Record(BaseModel):
    """A record of the dataset: unknown keys are refused, values never change."""

    # Building validators only for what is validated as a whole shortens the import.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    def shipped(self) -> dict[str, Any]:
        """Return the record as it is shipped: JSON values; a key that is null is left out."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


class Shape(NamedTuple):
    """What a field holds, without ``None`` and annotations."""

    optional: bool
    options: tuple[Any, ...]
    """The types that its value, or each of its values, may have."""
    many: bool
    """Whether it holds a list."""
    links: tuple[str, ...]
    """The sections whose records its values name."""

    @property
    def models(self) -> tuple[type[BaseModel], ...]:
        """The classes of records among the options."""
        return tuple(o for o in self.options if isinstance(o, type) and issubclass(o, BaseModel))


def shape_of(field: FieldInfo) -> Shape:
    """Look through the type of a field."""
    return shape(field.annotation, field.metadata)


def shape(annotation: Any, metadata: Any = ()) -> Shape:
    """Look through a type; ``metadata`` is what stands beside it."""
    links = tuple(mark.section for mark in metadata if isinstance(mark, LinkTo))
    origin, inside = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        found = shape(inside[0], inside[1:])
    elif origin in {Union, UnionType}:
        kinds = [shape(option) for option in inside if option is not type(None)]
        found = Shape(
            len(kinds) < len(inside),
            tuple(option for kind in kinds for option in kind.options),
            any(kind.many for kind in kinds),
            tuple(link for kind in kinds for link in kind.links),
        )
    elif origin is tuple and inside[-1] is Ellipsis:
        found = shape(inside[0])._replace(optional=False, many=True)
    else:
        found = Shape(False, (annotation,), False, ())
    return found._replace(links=(*links, *found.links))


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise ValueError(f"date: {shortened(repr(value))} is not a day; write YYYY-MM-DD")


def _partial(value: Any) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, str | int) and not isinstance(value, bool):
        try:
            return PartialDate.parse(str(value))
        except ValueError:
            pass
    raise ValueError(
        f"date: {shortened(repr(value))} is no date; write YYYY-MM-DD, or YYYY-MM or YYYY where "
        "the day is not known"
    )


def _sorted_set(values: tuple[str, ...]) -> tuple[str, ...]:
    twice = sorted(value for value, times in Counter(values).items() if times > 1)
    if twice:
        named = shortened(", ".join(twice))
        raise ValueError(f"listed-once: {named} stands twice in this list; keep one")
    for before, after in pairwise(values):
        if before > after:
            raise ValueError(f"sorted: {after} stands after {before}; sort the list")
    return values


Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "description": "a day, YYYY-MM-DD"}),
]
SomeDate = Annotated[
    PartialDate,
    BeforeValidator(_partial),
    PlainSerializer(lambda value: value.text, return_type=str),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
            "description": "YYYY-MM-DD, or YYYY-MM or YYYY where the day is not known",
        }
    ),
]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{3}$"), LinkTo(COUNTRIES)]
Text = Annotated[str, Field(min_length=1)]
Days = Annotated[int, Field(gt=0, strict=True)]
Count = Annotated[int, Field(ge=0, strict=True)]
Flag = Annotated[bool, Field(strict=True)]
Countries = Annotated[
    tuple[CountryCode, ...],
    Field(json_schema_extra={"uniqueItems": True}),
    AfterValidator(_sorted_set),
]
SourceIds = Annotated[
    tuple[Annotated[Id, LinkTo("sources")], ...], Field(description="Where it was read.")
]
Sources = Annotated[SourceIds, Field(min_length=1)]
InstrumentId = Annotated[Id, LinkTo("instruments")]
RecordId = Annotated[Id, Field(description="Name of the record; never renamed, never used again.")]
Short = Annotated[
    Annotated[str, Field(min_length=1, max_length=60)] | None,
    Field(description="The same in at most 60 letters, for the brief answer."),
]
Note = Annotated[Text | None, Field(description="A remark in words.")]
KnownUntil = Annotated[
    Day | None, Field(description="Last day for which the sources vouch; it may have ended since.")
]
Sure = Annotated[Confidence, Field(description="How sure we are that this is so.")]


class Dated(Record):
    """A record with a period: known ends by ``from`` and ``to``, unknown ones by bounds.

    Both ends are included. An open ``to`` means that no end is known.
    """

    from_: Day | None = Field(
        None,
        alias="from",
        description="First day; null where it is open, or known by its bounds only.",
    )
    from_not_before: Day | None = Field(None, description="Earliest possible first day.")
    from_not_after: Day | None = Field(
        None, description="Latest possible first day: the earliest source that shows it at work."
    )
    to: Day | None = Field(
        None, description="Last day, included; null where no end is known, or only its bounds."
    )
    to_not_before: Day | None = Field(None, description="Earliest possible last day.")
    to_not_after: Day | None = Field(None, description="Latest possible last day.")
    start_may_be_open: ClassVar[bool] = False

    def model_post_init(self, _context: Any) -> None:
        """Refuse a day beside its bounds, half bounds, and ends in the wrong order."""
        for end, day, low, high in (
            ("from", self.from_, self.from_not_before, self.from_not_after),
            ("to", self.to, self.to_not_before, self.to_not_after),
        ):
            if day and (low or high):
                raise ValueError(f"period: `{end}` and its bounds exclude each other; keep one")
            # A rule whose act was not identified may be older than what we cover.
            older = end == "from" and high and self.start_may_be_open
            if bool(low) != bool(high) and not older:
                raise ValueError(
                    f"bounds: `{end}` is bounded on one side only; give both `{end}_not_before` "
                    f"and `{end}_not_after` (the earliest dated source that shows it)"
                )
            if low and high and low > high:
                raise ValueError(f"period: `{end}_not_before` lies after `{end}_not_after`")
        first, last = self.bounded.start_not_before, self.bounded.end_not_after
        if first and last and first > last:
            raise ValueError(f"period: it ends on {last}, before it begins on {first}")

    @property
    def bounded(self) -> Bounded:
        """The period with its bounds."""
        return Bounded(
            self.from_ or self.from_not_before,
            self.from_ or self.from_not_after,
            self.to or self.to_not_before,
            self.to or self.to_not_after,
        )


class PerVisit(Record):
    """At most ``days`` from entry to exit, both counted."""

    kind: Literal["per_visit"] = Field(description="Which kind it is.")
    days: Days = Field(description="Days of stay, the days of entry and exit both counted.")
    wait_days_outside: Days | None = Field(
        None, description="Days outside in a row before the next visit may begin."
    )


class _Window(Record):
    days: Days = Field(description="Days of stay, the days of entry and exit both counted.")
    per_days: Days = Field(
        description="Length in days of the window in which the days are counted."
    )

    @model_validator(mode="after")
    def _window_holds_the_days(self) -> Self:
        if self.days > self.per_days:
            raise ValueError(
                f"window: {self.days} days do not fit into a window of {self.per_days}"
            )
        return self


class Rolling(_Window):
    """At most ``days`` in any ``per_days`` days, the day asked included."""

    kind: Literal["rolling"] = Field(description="Which kind it is.")


class FromFirstEntry(_Window):
    """At most ``days`` in a period of ``per_days`` that starts with the first entry."""

    kind: Literal["from_first_entry"] = Field(description="Which kind it is.")
    reset_days_outside: Days | None = Field(
        None,
        description="Days outside in a row after which alone the authority counts anew, where it "
        "does not count by periods; where both ways differ, nothing is said for certain.",
    )


class Hours(Record):
    """At most ``hours`` from entry to exit."""

    kind: Literal["hours"] = Field(description="Which kind it is.")
    hours: Days = Field(description="Hours of stay.")


class Unlimited(Record):
    """A source says that no limit of days is set."""

    kind: Literal["unlimited"] = Field(description="Which kind it is.")


class Entries(Record):
    """At most ``entries`` entries in any ``per_days`` days; those of one day count once."""

    kind: Literal["entries"] = Field(description="Which kind it is.")
    entries: Days = Field(description="Number of entries.")
    per_days: Days = Field(
        description="Length in days of the window in which the days are counted."
    )


Limit = Annotated[
    PerVisit | Rolling | FromFirstEntry | Hours | Unlimited | Entries, Field(discriminator="kind")
]

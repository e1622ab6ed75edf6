"""Records of what a visa costs and what a breach costs: tariffs, the index, sanctions.

Amounts are decimal numbers as text, in the currency that the source names; nothing is converted.
"""

from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, WithJsonSchema, model_validator

from visamap.models.base import Count, Dated, Days, Id, LinkTo, Record, SourceIds, Text
from visamap.vocabulary import Confidence, Currency, FeePlace, RateFor

Amount = Annotated[
    str,
    Field(pattern=r"^\d+(\.\d+)?$", coerce_numbers_to_str=True),
    WithJsonSchema(
        {
            "type": ["string", "number"],
            "pattern": r"^\d+(\.\d+)?$",
            "description": "an amount in digits, such as 60 or 0.5",
        }
    ),
]


class Rate(Record):
    """One line of a tariff."""

    what: RateFor
    amount: Amount
    currency: Currency


class FeeTable(Dated):
    """A tariff. Every amount is the last one known, not a promise of today's."""

    id: Id
    place: FeePlace
    title: Text
    act: Text | None = None
    rates: tuple[Rate, ...] = Field(min_length=1)
    exempt: tuple[Text, ...] = ()
    note: Text | None = None
    confidence: Confidence
    sources: SourceIds = Field(min_length=1)


class FeeGroup(Record):
    """Which lines of which tariffs a visa pays; a visa names the group in ``fee``.

    The lines are those of every table of ``place`` that are for one of ``rates``. A group without
    rates means: free of charge.
    """

    id: Id
    title: Text
    place: FeePlace | None = None
    rates: tuple[RateFor, ...] = ()


class MonthlyIndex(Record):
    """The monthly calculation index (MCI) of a year, in tenge."""

    year: Days
    kzt: Days
    sources: SourceIds = Field(min_length=1)


class Fees(Record):
    """All tariffs, what visas refer to, and the index that some tariffs and fines count in."""

    note: Text | None = None
    groups: tuple[FeeGroup, ...]
    tables: tuple[FeeTable, ...]
    mci: tuple[MonthlyIndex, ...]
    confidence: Confidence
    sources: SourceIds = Field(min_length=1)

    @model_validator(mode="after")
    def _every_group_finds_its_lines(self) -> Self:
        there = {(table.place, rate.what) for table in self.tables for rate in table.rates}
        for group in self.groups:
            if bool(group.rates) != bool(group.place):
                raise ValueError(
                    f"fee-group: {group.id} has only one of `place` and `rates`; give both, or "
                    "neither where the visa is free"
                )
            for what in group.rates:
                if group.place and (group.place, what) not in there:
                    raise ValueError(
                        f"fee-group: no table of {group.place} has a rate for {what}, "
                        f"which {group.id} refers to; add the rate or take it out"
                    )
        return self


class PenaltyStep(Record):
    """One bracket of a sanction.

    ``mci`` is the fine in monthly calculation indices: 0 where there is none, null where we do not
    know it. ``mci_max`` is an upper limit ("up to").
    """

    from_days: Days | None = None
    to_days: Days | None = None
    who: Text | None = None
    repeated_within_months: Days | None = None
    sanction: Text
    mci: Count | None = None
    mci_max: Count | None = None
    confidence: Confidence
    note: Text | None = None


class Penalty(Dated):
    """What the law threatens for a breach; ``newer_wording`` marks an older one."""

    id: Id
    article: Text | None = None
    breach: Text
    by: Literal["traveller", "host"]
    steps: tuple[PenaltyStep, ...] = Field(min_length=1)
    newer_wording: Annotated[Id, LinkTo("penalties")] | None = None
    note: Text | None = None
    confidence: Confidence
    sources: SourceIds = Field(min_length=1)

    @model_validator(mode="after")
    def _brackets_follow_each_other(self) -> Self:
        days = [step for step in self.steps if step.from_days]
        for before, after in pairwise(days):
            if before.to_days is None or after.from_days != before.to_days + 1:
                raise ValueError(
                    f"penalty-brackets: the bracket from day {after.from_days} does not begin on "
                    f"the day after the one before it ends ({before.to_days})"
                )
        return self

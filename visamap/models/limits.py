"""How long a visitor may stay: the four forms of a limit; all limits of a rule bind together."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from visamap.models.base import Days, Record


class PerVisit(Record):
    """At most ``days`` from entry to exit, both counted."""

    kind: Literal["per_visit"]
    days: Days


class _Window(Record):
    days: Days
    per_days: Days

    @model_validator(mode="after")
    def _window_holds_the_days(self) -> Self:
        if self.days > self.per_days:
            raise ValueError(
                f"window: {self.days} days do not fit into a window of {self.per_days}"
            )
        return self


class Rolling(_Window):
    """At most ``days`` in any ``per_days`` days, the day asked included."""

    kind: Literal["rolling"]


class FromFirstEntry(_Window):
    """At most ``days`` in a period of ``per_days`` that starts with the first entry."""

    kind: Literal["from_first_entry"]


class Hours(Record):
    """At most ``hours`` from entry to exit."""

    kind: Literal["hours"]
    hours: Days


Limit = Annotated[PerVisit | Rolling | FromFirstEntry | Hours, Field(discriminator="kind")]

"""Time: the history of a nationality, what changed between two days, what is coming, the feeds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from visamap.arguments import as_day, as_passport
from visamap.errors import WrongUsageError
from visamap.i18n import tr
from visamap.registry.base import Base, Words
from visamap.registry.entry_questions import held
from visamap.registry.spec import question
from visamap.registry.words import TO
from visamap.results.parts import NOTHING, Note

if TYPE_CHECKING:
    from visamap.registry import filters, words
    from visamap.results.time_results import Difference, FeedEvent, TimelinePeriod, Upcoming


def _timeline_asked(registry: Time, asked: Words, found: tuple[TimelinePeriod, ...]) -> Words:
    holder = registry.index.country(registry.resolve(asked["nationality"]))
    kind = found[0].passport if found else asked["passport"]
    return {**asked, "nationality": holder.code, "name": holder.name, "passport": kind}


def _diff_asked(_registry: Time, asked: Words, _found: Any) -> Words:
    return {"from": asked["first"], "to": asked["second"], "passport": asked["passport"]}


def _beside_diff(registry: Time, words: Words, found: tuple[Difference, ...]) -> Iterator[Note]:
    first, second, release = words["first"], words["second"], registry.data.release
    if first > second:
        yield Note("read_backwards", {"from": str(first), "to": str(second)})
    if gap := registry.not_covered(words["passport"], min(first, second)):
        yield Note("covered_from" if gap["since"] else "covered_never", gap)
    if max(first, second) > release:
        yield Note("as_known_on", {"release": str(release)})
    if not found:
        yield NOTHING


def _beside_upcoming(registry: Time, words: Words, found: tuple[Upcoming, ...]) -> Iterator[Note]:
    if words["on"] < registry.data.release:
        yield Note("hindsight", {"release": str(registry.data.release)})
    if not found:
        yield NOTHING


class Time(Base):
    """``timeline``, ``diff``, ``upcoming`` and ``feed``."""

    @question(
        "timeline",
        "How has it been for a nationality?",
        "time",
        examples=(
            "timeline USA",
            "timeline Thailand --since 2020-01-01 --until 2024-12-31",
            "timeline CHN --format csv",
            "timeline THA --plot thailand.svg",
        ),
        asked=_timeline_asked,
        notes=lambda _registry, _words, found: held(
            *[one for one in found if one.held_passport][:1]
        ),
        to=TO,
    )
    def timeline(
        self,
        nationality: words.Nationality,
        *,
        passport: words.PassportKind = "ordinary",
        since: filters.Since = None,
        until: filters.Until = None,
    ) -> tuple[TimelinePeriod, ...]:
        """Show the history of a nationality: every period, its act and its end.

        Gaps between rules are periods too; up to the last day that can be asked, ``check`` gives
        the same answer on each day of a period. A period is never cut.

        Raises:
            UnknownCountryError: the nationality matches nothing, or two countries.
            BadDateError: ``since`` or ``until`` is not a day.
            UnknownRecordError: the passport kind does not exist.
            WrongUsageError: ``until`` lies before ``since``.
        """
        from visamap.domain.timeline import timeline  # noqa: PLC0415
        from visamap.domain.verdict import Visitor  # noqa: PLC0415

        code, holder, kind = self.holding(nationality, passport)
        first = date.min if since is None else as_day(since)
        last = None if until is None else as_day(until)
        if last and last < first:
            raise WrongUsageError(
                tr(
                    "The last day, {last}, is before the first one, {first}; swap them.",
                    last=last,
                    first=first,
                )
            )
        visitor = Visitor(code, kind, first)
        return tuple(timeline(self.index, visitor, self.history(holder, kind), last))

    @question(
        "diff",
        "What changed between two days?",
        "time",
        examples=(
            "diff 2023-12-31 2024-12-31",
            "diff 2019-12-31 2020-06-01 --format json",
            "diff 2010-01-01 2026-01-01 --passport diplomatic",
            "diff --releases march.json november.json",
        ),
        asked=_diff_asked,
        notes=_beside_diff,
        to=TO,
    )
    def diff(
        self,
        first: filters.FirstDay,
        second: filters.SecondDay = None,
        *,
        passport: words.PassportKind = "ordinary",
    ) -> tuple[Difference, ...]:
        """Show who gained, lost or got other terms between two days, and by which act.

        A change is certain where the answer is certain on both days, else it is only possible. Days
        in reverse order reverse the changes: what was gained is lost.

        Raises:
            BadDateError: ``first`` or ``second`` is not a day.
            BeyondHorizonError: one lies more than 366 days after the data's release.
            UnknownRecordError: the passport kind does not exist.
        """
        from visamap.domain.changes import diff  # noqa: PLC0415

        kind, one, other = as_passport(passport), as_day(first), self.day(second)
        self.index.answers_for(one, other)
        return tuple(diff(self.index, one, other, kind, self.history))

    @question(
        "upcoming",
        "What is coming?",
        "time",
        examples=(
            "upcoming",
            "upcoming --on 2024-01-15 --passport ordinary",
            "upcoming --format json",
        ),
        notes=_beside_upcoming,
        to=TO,
    )
    def upcoming(
        self, *, on: words.On = None, passport: filters.AnyPassport = None
    ) -> tuple[Upcoming, ...]:
        """List what is coming: acts not yet in force, rules that begin or end.

        Known days come first, then bounds, then acts with no known day. A day before the
        data's release is answered with hindsight.

        Raises:
            BadDateError: ``on`` is not a day.
            UnknownRecordError: the passport kind does not exist.
        """
        from visamap.domain.events import upcoming  # noqa: PLC0415

        kind = None if passport is None else as_passport(passport)
        return tuple(upcoming(self.index, self.day(on), kind))

    def feed(self, *, since: date | str | None = None) -> tuple[FeedEvent, ...]:
        """Return the dated events of acts, rules and suspensions, each with an id that stays.

        Raises:
            BadDateError: ``since`` is not a day.
        """
        from visamap.domain.events import events  # noqa: PLC0415

        return tuple(events(self.index, None if since is None else as_day(since)))

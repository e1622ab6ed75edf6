"""The data itself: its state, exports, whole lists, two releases compared, maps and growth."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from visamap.arguments import as_day, as_number, as_passport, as_word
from visamap.errors import WrongUsageError
from visamap.i18n import tr
from visamap.registry.abroad_questions import Abroad
from visamap.registry.base import one_of
from visamap.registry.spec import question
from visamap.registry.words import MOST_MONTHS, TO_ANY
from visamap.vocabulary import DESTINATIONS

if TYPE_CHECKING:
    from pathlib import Path

    from visamap.registry import filters, words
    from visamap.results.data_results import Coverage, Export, Resting, Table
    from visamap.results.partner_results import Growth, WorldMap
    from visamap.results.parts import Note
    from visamap.results.screen_results import Screening
    from visamap.results.time_results import ReleaseChange


def _beside_coverage(registry: Data, words: dict[str, Any], _found: Any) -> tuple[Note, ...]:
    from visamap.domain.crossings import common_visa  # noqa: PLC0415

    return () if words["id"] else (common_visa(registry.index),)


class Data(Abroad):
    """The data itself: coverage, exports, lists, what releases say, maps and growth."""

    @question(
        "coverage",
        "What does the data know, and what not?",
        "figures",
        examples=("coverage", "coverage --to all", "coverage counting-of-days"),
        to=TO_ANY,
        notes=_beside_coverage,
    )
    def coverage(
        self,
        id: filters.QuestionId = None,  # noqa: A002  as every answer names it
        *,
        on: words.On = None,
        months: filters.Months = 6,
    ) -> Coverage:
        """Say what the data covers, how sure it is, its sources, and what is missing.

        Records by confidence, sources by kind and age, records not checked for a long time, and
        every open question with what would settle it; with an id, only that question.

        Raises:
            BadDateError: ``on`` is not a day.
            BadNumberError: ``months`` is no number of months.
            UnknownRecordError: no open question has the id.
        """
        from visamap.domain.provenance import coverage  # noqa: PLC0415

        found = coverage(self.index, self.day(on), as_number(months, 0, MOST_MONTHS))
        if id is None:
            return found
        questions = {one.id: one for one in found.open_questions}
        see = f"visamap coverage{self.index.destination.option}"
        return found._replace(open_questions=(one_of(questions, "open question", id, see),))

    def resting(self, on: date | str | None = None) -> dict[str, tuple[Resting, ...]]:
        """Return the records that rest on each source, by its id, those in force first.

        Raises:
            BadDateError: ``on`` is not a day.
        """
        from visamap.domain.provenance import resting  # noqa: PLC0415

        return resting([self.entering(home).index for home in self._of_release], self.day(on))

    def release_changes(
        self, old: str | os.PathLike[str], new: str | os.PathLike[str]
    ) -> tuple[tuple[ReleaseChange, ...], dict[str, str], dict[str, str]]:
        """Return what a release says otherwise than an earlier one, and which two they are.

        Both are files of ``visamap export json``; which data answers here plays no part. A release
        is told by its day and digest.

        Raises:
            MissingFileError: a file is not there.
            WrongUsageError: a file is no release.
        """
        from pathlib import Path  # noqa: PLC0415  it costs at every start

        from visamap.domain.changes import release_changes  # noqa: PLC0415
        from visamap.export.release_file import read_release  # noqa: PLC0415

        early, late = read_release(Path(old)), read_release(Path(new))
        try:
            ours, theirs = (
                {name: str(one["data"][name]) for name in ("release", "digest")}
                for one in (early, late)
            )
            return tuple(release_changes(early, late)), ours, theirs
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            raise WrongUsageError(
                tr(
                    "{old} and {new} cannot be compared: one of them was changed by hand; export "
                    "it again with `visamap export json -o FILE`.",
                    old=old,
                    new=new,
                )
            ) from error

    def export(self, *to: str) -> Export:
        """Return the whole release: records, countries, what follows from the rules, a dictionary.

        Every form of ``visamap.export.formats`` is written from it. With destinations, only theirs
        is what is told of entry.

        Raises:
            UnknownCountryError: nothing matches a destination, or two countries do.
            WrongUsageError: the rules of entry of one are not told.
        """
        from visamap.export import derived  # noqa: PLC0415
        from visamap.export.dictionary import meanings, with_dictionary  # noqa: PLC0415
        from visamap.export.relational import document, read_back, tables  # noqa: PLC0415
        from visamap.results.data_results import Export  # noqa: PLC0415

        indexes = [self.entering(home).index for home in to or self._of_release]
        first, *others = datasets = [read_back(index.records) for index in indexes]
        beside = (
            self.rules(*to or self._of_release),
            derived.regime_spans(*indexes),
            derived.countries(self.index),
            *derived.mobility_tables(self.index),
        )
        every = (*beside, derived.release(self.index), *tables(*datasets))
        return Export(
            self.data,
            "; ".join(one.meta.title for one in datasets),
            first.meta.licence,
            with_dictionary(every, meanings()),
            document(first),
            tuple(table.name for table in beside),
            {other.meta.home: document(other) for other in others},
        )

    @property
    def _of_release(self) -> tuple[str, ...]:
        """This destination and those whose records were released together with it."""
        others = (home for home in DESTINATIONS if home in self.index.destinations)
        same = (home for home in others if self.entering(home).data == self.data)
        return tuple(dict.fromkeys((self.index.home, *same)))

    def rules(self, *to: str) -> Table:
        """Return the decision table: nationality, passport and a period give the answer.

        It tells of this destination, or of those that are named.

        Raises:
            UnknownCountryError: nothing matches a destination, or two countries do.
            WrongUsageError: the rules of entry of one are not told.
        """
        from visamap.export.derived import rules  # noqa: PLC0415

        return rules(*(self.entering(home).index for home in to or (self.index.home,)))

    def dyads(self, *to: str) -> Export:
        """Return the table for research: a row for each nationality, destination and year.

        Its table ``dyads`` comes with the countries and a dictionary of all columns.

        Raises:
            UnknownCountryError: nothing matches a destination, or two countries do.
            WrongUsageError: the rules of entry of one are not told.
        """
        from visamap.export.dyads import export_of_dyads  # noqa: PLC0415

        return export_of_dyads(*(self.entering(home).index for home in to or self._of_release))

    def screen(  # noqa: PLR0913  one argument for each wish
        self,
        source: str | Path,
        target: str | Path,
        *,
        columns: Mapping[str, str] | None = None,
        prefix: str = "",
        engine: str = "auto",
        master: str | None = None,
        overwrite: bool = False,
        progress: Callable[[float], None] | None = None,
        default_passport: str = "ordinary",
        encoding: str | None = None,
        sheet: str | None = None,
        dates: str | None = None,
        only: str | None = None,
        excel: bool = False,
        safe_cells: bool = False,
        duties: bool = False,
    ) -> Screening:
        """Answer a list of travellers, of any usual form, into a file with more columns.

        ``columns`` names the headings of nationality, arrival, departure, passport and destination
        where no word for them is known. A row without a destination is about this one. ``engine``
        is "auto", "arrow", "spark" or "plain"; ``dates`` "dmy", "mdy" or "ymd"; ``only`` may be
        "problems". ``duties`` adds what is to be done by when, ``excel`` marks CSV for it,
        ``safe_cells`` disarms formulas.

        Raises:
            MissingExtraError: the engine is not installed, or the list is too long without one.
            MissingFileError: there is no such list.
            OutputExistsError: there is something where the answers should go.
            OutputError: the answers cannot be written there.
            WrongUsageError: the list cannot be read, or has not the columns.
        """
        from visamap.screen.days import ORDERS  # noqa: PLC0415
        from visamap.screen.engines import ENGINES, screen  # noqa: PLC0415  the extra
        from visamap.screen.lists import Wanted  # noqa: PLC0415
        from visamap.screen.rule_table import RuleBook  # noqa: PLC0415

        passport = as_passport(default_passport)
        wanted = Wanted(
            columns or {},
            prefix,
            as_word("engine", engine, ENGINES),
            master,
            overwrite,
            encoding,
            sheet,
            dates and as_word("order", dates, ORDERS),
            problems=bool(only and as_word("choice", only, ("problems",))),
            excel=excel,
            safe=safe_cells,
            duties=duties,
        )
        book = RuleBook(self.index, order=wanted.dates, passport=passport)
        return screen(book, str(source), str(target), wanted, progress)

    def world_map(
        self,
        *,
        on: date | str | None = None,
        passport: str = "ordinary",
        outbound: str | None = None,
        nationality: str | None = None,
    ) -> WorldMap:
        """Return how each country is coloured: who may enter on a day.

        With ``outbound``, a country, where its ordinary passport may go instead; with a
        ``nationality``, how far its passport goes in all destinations of the release.
        ``visamap.pictures.world_map.svg`` draws it.

        Raises:
            UnknownCountryError: ``outbound`` matches nothing, or two countries.
            BadDateError: ``on`` is not a day.
            BeyondHorizonError: ``on`` lies more than 366 days after the data's release.
            UnknownRecordError: the passport kind does not exist.
            WrongUsageError: the data knows nothing of the passport, or only of its ordinary kind.
        """
        from visamap.domain import partners  # noqa: PLC0415

        day, kind = self.day(on), as_passport(passport)
        self.index.answers_for(day)
        if nationality is not None:
            _, holder, held = self.holding(nationality, passport)
            there = (self.entering(home).index for home in sorted(self.index.destinations))
            return partners.region(there, holder, held, day)
        if outbound is None:
            return partners.inbound(self.index, kind, day)
        if kind != "ordinary":
            raise WrongUsageError(
                tr(
                    "The data does not say where a {kind} passport may go; leave out the passport "
                    "kind.",
                    kind=kind,
                )
            )
        home = self.resolve(outbound)
        return partners.outbound(self.index, home, day, self.outbound(home, on=day))

    def growth(
        self,
        *,
        on: date | str | None = None,
        since: date | str = "2013-01-01",
        passport: str = "ordinary",
    ) -> Growth:
        """Return how many nationalities entered visa-free on each day from ``since`` to ``on``.

        Raises:
            BadDateError: ``on`` or ``since`` is not a day.
            UnknownRecordError: the passport kind does not exist.
            WrongUsageError: ``on`` does not come after ``since``.
        """
        from visamap.domain.changes import growth  # noqa: PLC0415

        first, last = as_day(since), self.day(on)
        if last <= first:
            raise WrongUsageError(
                tr("{last} is not later than {first}; give a later day.", last=last, first=first)
            )
        return growth(self.index, as_passport(passport), first, last, self.history)

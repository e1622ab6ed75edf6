"""Whole lists of travellers."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from visamap.desks.base import Desk

if TYPE_CHECKING:
    from pathlib import Path

    from visamap.results.screen import Screening


class ListsDesk(Desk):
    """``screen``."""

    def screen(  # noqa: PLR0913  one argument for each wish
        self,
        source: "str | Path",
        target: "str | Path",
        *,
        columns: Mapping[str, str] | None = None,
        prefix: str = "",
        engine: str = "auto",
        master: str | None = None,
        overwrite: bool = False,
        progress: Callable[[float], None] | None = None,
    ) -> "Screening":
        """Answer a list of travellers, CSV, JSON Lines or Parquet, into a file with more columns.

        ``columns`` names the headings of nationality, arrival, departure and passport where they
        are called otherwise; ``engine`` is "auto", "arrow", "spark" or "plain".

        Raises:
            MissingExtraError: the engine is not installed, or the list is too long without one.
            MissingFileError: there is no such list.
            OutputExistsError: there is something where the answers should go.
            OutputError: the answers cannot be written there.
            WrongUsageError: the list cannot be read, or has not the columns.
        """
        from visamap.arguments import as_word  # noqa: PLC0415
        from visamap.bulk.lists import ENGINES, Wanted, screen  # noqa: PLC0415
        from visamap.bulk.rules import RuleBook  # noqa: PLC0415

        wanted = Wanted(
            columns or {}, prefix, as_word("engine", engine, ENGINES), master, overwrite
        )
        return screen(RuleBook(self.index), str(source), str(target), wanted, progress)

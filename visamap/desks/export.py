"""The data itself: everything that is known, as tables and as one document."""

from typing import TYPE_CHECKING

from visamap.desks.base import Desk

if TYPE_CHECKING:
    from visamap.results.export import Export, Table


class ExportDesk(Desk):
    """``export`` and ``rules``."""

    def export(self) -> "Export":
        """Return the whole release: records, countries, what follows from the rules, a dictionary.

        Every form of ``visamap.presenters.exports`` is written from it.
        """
        from visamap.dataset.relational import document, read_back, tables  # noqa: PLC0415
        from visamap.dataset.words import meanings  # noqa: PLC0415
        from visamap.queries.data_dictionary import with_dictionary  # noqa: PLC0415
        from visamap.queries.derived_tables import (  # noqa: PLC0415
            countries,
            regime_spans,
            release,
        )
        from visamap.queries.mobility_tables import mobility_tables  # noqa: PLC0415
        from visamap.results.export import Export  # noqa: PLC0415

        dataset = read_back(self.index.records)
        beside = (
            self.rules(),
            regime_spans(self.index),
            countries(self.index),
            *mobility_tables(self.index),
        )
        every = (*beside, release(self.index), *tables(dataset))
        return Export(
            self.data,
            dataset.meta.title,
            dataset.meta.licence,
            with_dictionary(every, meanings()),
            document(dataset),
            tuple(table.name for table in beside),
        )

    def rules(self) -> "Table":
        """Return the decision table: nationality, passport and a period give the answer."""
        from visamap.queries.derived_tables import rules  # noqa: PLC0415

        return rules(self.index)

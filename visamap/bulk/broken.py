"""Which rows of a list were broken, so that the summary can name the first of them."""

from visamap.results.screen import BrokenRow, Problem

MOST_NAMED = 5


class Broken:
    """Counts rows as they are read and keeps the first broken ones, the first row being 1."""

    def __init__(self, rows: int = 0) -> None:
        """Begin with so many sound rows."""
        self.rows = rows
        self.first: list[BrokenRow] = []

    def count(self, trouble: Problem | None) -> None:
        """Count one more row."""
        self.rows += 1
        if trouble and len(self.first) < MOST_NAMED:
            self.first.append(BrokenRow(self.rows, trouble))

    def follow(self, more: "Broken") -> None:
        """Count the rows of a piece that stands behind what was counted so far."""
        room = MOST_NAMED - len(self.first)
        self.first += [one._replace(row=one.row + self.rows) for one in more.first[:room]]
        self.rows += more.rows

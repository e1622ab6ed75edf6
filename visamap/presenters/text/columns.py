"""What a column of a table is; without tabulate, so that plain text need not load it."""

from collections.abc import Callable
from typing import Any, NamedTuple


class Column(NamedTuple):
    """A heading, marked for translation, and what stands under it for an item."""

    heading: str
    of: Callable[[Any], str]

"""What a rule hands back: where in the data it is broken, and a sentence for a person."""

from typing import NamedTuple, TypeAlias

from visamap.problems import Severity

Path: TypeAlias = "tuple[str | int, ...]"


class Finding(NamedTuple):
    """A broken rule at a path into the data."""

    path: Path
    rule: str
    message: str
    severity: Severity = "error"

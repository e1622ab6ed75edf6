"""What fields mean where neither their class nor the data dictionary says it well enough.

``Class.field`` goes before ``field``. The words of the data dictionary speak of the tables of an
export; those here of answers, and of the files whose records are no tables of the law.
"""

from tools.handbook import docstrings
from tools.handbook.answer_words import OF_ANSWERS
from tools.handbook.record_words import OF_RECORDS
from visamap.export.dictionary import DESCRIPTIONS

SEE = "See above."
"""Of a field that the docstring above the table speaks of."""


def of_answer(kind: type, field: str) -> str:
    """Return what a field of an answer means."""
    return _of(kind, field, {**DESCRIPTIONS, **OF_ANSWERS})


def of_record(kind: type, field: str) -> str:
    """Return what a field of a record means."""
    return _of(kind, field, {**DESCRIPTIONS, **OF_RECORDS})


def _of(kind: type, field: str, known: dict[str, str]) -> str:
    name = f"{kind.__name__}.{field}"
    own = docstrings.behind_fields(kind).get(field) or known.get(name)
    if own:
        return own
    return SEE if field in docstrings.spoken_of(kind) else known.get(field, "")

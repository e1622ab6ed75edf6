"""What fields mean: what their class says of them, and for answers a list where it does not.

``Class.field`` goes before ``field``. What a record of the data means stands on its model.
"""

from collections import Counter
from functools import cache

from pydantic import BaseModel

from tools.handbook import docstrings
from tools.handbook.answer_words import OF_ANSWERS
from visamap.export.dictionary import described
from visamap.schema import dataset, law, record, visa_records

SEE = "See above."
"""Of a field that the docstring above the table speaks of."""


def of_answer(kind: type, field: str) -> str:
    """Return what a field of an answer means."""
    known = {**_of_records(), **OF_ANSWERS}
    own = docstrings.behind_fields(kind).get(field) or known.get(f"{kind.__name__}.{field}")
    if own:
        return own
    return SEE if field in docstrings.spoken_of(kind) else known.get(field, "")


def of_record(model: type[BaseModel], attribute: str) -> str:
    """Return what a field of a record means."""
    return described(model, attribute)


@cache
def _of_records() -> dict[str, str]:
    """Return what most records of the law mean by a field."""
    said: dict[str, Counter[str]] = {}
    for room in (record, law, visa_records, dataset):
        for model in vars(room).values():
            if getattr(model, "__module__", "") == room.__name__ and hasattr(model, "model_fields"):
                for name, field in model.model_fields.items():
                    if field.description:
                        said.setdefault(field.alias or name, Counter())[field.description] += 1
    return {key: texts.most_common(1)[0][0] for key, texts in said.items()}

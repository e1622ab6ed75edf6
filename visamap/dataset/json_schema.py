"""The JSON Schema of the data file, made from the models, for editors that check as one types.

It says less than ``visamap validate``: an editor sees keys, words and forms, but neither the order
of a list nor a link between records.
"""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema

from visamap.models.dataset import Dataset

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ID = "urn:visamap:schema:visa-regimes:1"
TITLE = "Visa regimes of Kazakhstan"


class _Plain(GenerateJsonSchema):
    """Pydantic's generator without a title on every field, which only repeats its key."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        return False


def json_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) of a file such as ``data/visa_regimes.yaml``."""
    made = Dataset.model_json_schema(by_alias=True, schema_generator=_Plain)
    made["description"] = "Who may enter without a visa, since when, for how long, under which act."
    heading = {"$schema": DIALECT, "$id": ID, "title": TITLE}
    return {**heading, **_readable({key: made[key] for key in made if key != "title"})}


def _readable(value: Any) -> Any:
    """Return a schema as an editor shows it: docstrings in one paragraph, no empty defaults."""
    if isinstance(value, dict):
        return {
            key: " ".join(entry.replace("``", "`").split())
            if key == "description" and isinstance(entry, str)
            else _readable(entry)
            for key, entry in value.items()
            if key != "default" or isinstance(entry, str | bool)
        }
    return [_readable(entry) for entry in value] if isinstance(value, list) else value

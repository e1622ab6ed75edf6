"""The heading of a Data Package (version 2): a schema for each table, sources, licences.

https://datapackage.org; the tables themselves are the CSV files beside it.
"""

import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any

from visamap.presenters.exports.json_document import rows
from visamap.results.export import Export, Field, Reference, Table

PROFILES = "https://datapackage.org/profiles/2.0"
LICENCES = {
    "CC-BY-4.0": {
        "name": "CC-BY-4.0",
        "path": "https://creativecommons.org/licenses/by/4.0/",
        "title": "Creative Commons Attribution 4.0 International",
    },
    "MIT": {"name": "MIT", "path": "https://opensource.org/license/mit", "title": "MIT License"},
}
DESCRIPTION = (
    "Who may cross which border without a visa: dated rules, the act behind each rule, limits as "
    "data, a source for each fact, doubt shown openly."
)


def text(export: Export, files: dict[str, bytes], created: int | None = None) -> str:
    """Return ``datapackage.json`` for CSV ``files``; ``created`` is seconds since 1970.

    Without ``created`` the package is as old as the release.
    """
    package = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": "visamap",
        "title": export.title,
        "description": DESCRIPTION,
        "version": export.data.release.isoformat(),
        "created": _moment(export.data.release, created),
        "keywords": ["visa", "visa-free", "passport", "travel", "law"],
        "contributors": [{"title": "The visamap authors", "roles": ["creator"]}],
        "licenses": [LICENCES.get(export.licence, {"name": export.licence})],
        "sources": [
            {"title": source.get("title") or source["id"], "path": source["url"]}
            for table in ("sources", "mobility_sources")
            for source in rows(export.table(table))
        ],
        "resources": [_resource(t, files[f"{t.name}.csv"]) for t in export.tables],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resource(table: Table, content: bytes) -> dict[str, Any]:
    licences = {"licenses": [LICENCES[table.licence]]} if table.licence else {}
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        **licences,
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_field(field) for field in table.fields],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.references:
        schema["foreignKeys"] = [_reference(table, one) for one in table.references]
    return schema


def _field(field: Field) -> dict[str, Any]:
    bounds: dict[str, Any] = {"required": True} if field.required else {}
    if field.words:
        bounds["enum"] = list(field.words)
    elif field.pattern:
        bounds["pattern"] = field.pattern
    elif field.minimum is not None:
        bounds["minimum"] = field.minimum
    described = {"name": field.name, "type": field.type, "description": field.description}
    return {**described, "constraints": bounds} if bounds else described


def _reference(table: Table, reference: Reference) -> dict[str, Any]:
    # A table that refers to itself leaves its name out.
    other = {} if reference.table == table.name else {"resource": reference.table}
    return {
        "fields": list(reference.columns),
        "reference": {**other, "fields": list(reference.key)},
    }


def _moment(release: date, created: int | None) -> str:
    if created is None:
        return f"{release.isoformat()}T00:00:00Z"
    return datetime.fromtimestamp(created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

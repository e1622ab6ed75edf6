"""A table as a Parquet file, written by PyArrow (extra ``bulk``) with fixed settings."""

import io
from typing import Any

from visamap.errors import MissingExtraError
from visamap.language import tr
from visamap.results.export import Table

TYPES = {
    "string": "string",
    "integer": "int64",
    "number": "float64",
    "boolean": "bool_",
    "date": "date32",
}


def contents(tables: "tuple[Table, ...]") -> dict[str, bytes]:
    """Return the bytes of a file for each table, by its name.

    Raises:
        MissingExtraError: PyArrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415  a large library, for this form alone
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError("bulk", tr("Parquet")) from error
    return {table.name: _written(pa, pq, table) for table in tables}


def _written(pa: Any, pq: Any, table: Table) -> bytes:
    fields = [
        pa.field(field.name, getattr(pa, TYPES[field.type])(), nullable=not field.required)
        for field in table.fields
    ]
    rows = list(zip(*table.rows, strict=True)) or [()] * len(fields)
    columns = [_column(pa, values, field.type) for values, field in zip(rows, fields, strict=True)]
    file = io.BytesIO()
    pq.write_table(pa.table(columns, pa.schema(fields)), file, compression="zstd")
    return file.getvalue()


def _column(pa: Any, values: Any, kind: Any) -> Any:
    if pa.types.is_floating(kind):
        values = [None if value is None else float(value) for value in values]
    return pa.array(values, kind)

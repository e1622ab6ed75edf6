"""Every form by its name: which files it has and what they hold."""

from typing import NamedTuple

from visamap.errors import WrongUsageError
from visamap.language import tr
from visamap.presenters.exports import csv_tables, data_package, folder_readme
from visamap.results.export import Export, Table

FORMS = ("json", "csv", "sqlite", "parquet", "datapackage", "rules")
FOLDERS = ("csv", "parquet", "datapackage")
RULES_FORMS = ("csv", "json", "jsonl", "parquet")


class Made(NamedTuple):
    """What is to be written: the files of a folder by name, or one file without a name.

    ``disarmed`` counts the cells that a spreadsheet would have run.
    """

    files: dict[str, bytes]
    disarmed: int = 0

    @property
    def file(self) -> bytes:
        """The only file."""
        return self.files[""]


def made(export: Export, form: str, created: int | None = None) -> Made:
    """Return a whole release in a form; ``created`` is the moment that a package names as its own.

    Raises:
        MissingExtraError: the form needs a library that is not installed.
    """
    if form == "json":
        from visamap.presenters.exports import json_document  # noqa: PLC0415  each form its own

        return Made({"": json_document.text(export).encode()})
    if form == "sqlite":
        from visamap.presenters.exports import sqlite_file  # noqa: PLC0415

        return Made({"": sqlite_file.content(export)})
    if form == "parquet":
        from visamap.presenters.exports import parquet_file  # noqa: PLC0415

        contents = parquet_file.contents(export.tables)
        page = folder_readme.text(export, ".parquet").encode()
        return Made({"README.md": page, **{f"{t}.parquet": file for t, file in contents.items()}})
    files = {f"{table.name}.csv": csv_tables.text(table).encode() for table in export.tables}
    if form == "datapackage":
        files["datapackage.json"] = data_package.text(export, files, created).encode()
    files["README.md"] = folder_readme.text(export, ".csv").encode()
    return Made(files, sum(map(csv_tables.formulas, export.tables)))


def rules_made(rules: Table, form: str) -> Made:
    """Return the decision table in a form of ``RULES_FORMS``.

    Raises:
        MissingExtraError: the form needs a library that is not installed.
        WrongUsageError: there is no such form.
    """
    if form == "csv":
        return Made({"": csv_tables.text(rules).encode()}, csv_tables.formulas(rules))
    if form == "parquet":
        from visamap.presenters.exports import parquet_file  # noqa: PLC0415

        return Made({"": parquet_file.contents((rules,))[rules.name]})
    if form in RULES_FORMS:
        from visamap.presenters.exports import json_document  # noqa: PLC0415

        made = json_document.lines if form == "jsonl" else json_document.listed
        return Made({"": made(rules).encode()})
    raise WrongUsageError(
        tr(
            "{form!r} is no form of the rules; let the name end in .csv, .json, .jsonl or "
            ".parquet.",
            form=form,
        )
    )

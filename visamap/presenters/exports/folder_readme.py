"""The page that lies in a folder of tables: what they are, how to read them, what they cost."""

from visamap.results.export import Export, Table

NAMES_OF_TABLES = "| table | rows | what a row is |\n|---|---|---|"


def text(export: Export, suffix: str) -> str:
    """Return the page for tables in files that end in ``suffix``."""
    listed = "\n".join(_line(table, suffix) for table in export.tables)
    return f"""# {export.title}

Data of {export.data.release.isoformat()}, licence {export.licence}, {export.data.digest}.
Made by `visamap export`. Not legal advice: ask the consulate before you travel.

## How to read it

- `rules` is the table to join with: nationality, passport kind and day of entry give the answer.
  Each day lies in exactly one row: `first_day <= day AND day <= last_day`.
- `outbound_rules` and `outbound_snapshots` say where passports of Central Asia may go; a certain
  rule wins over what a snapshot saw. `passport_ranks` are published, `mobility` is worked out.
- `unknown` is never a soft yes, and `visa_free` is said only where it is certain.
- A regime of an agreement may have no dates of its own; `regime_spans` has the days worked out.
- A list is a table of its own (`regimes` has `regime_nationalities`); `ordinal` keeps its order.
  Every fact leads to `sources` through a table whose name ends in `_sources`.
- A date that is not known to the day is text (`2024-04` or `2024`); the columns `_first` and
  `_last` beside it are its first and last possible day.
- Null is "not known" or "does not apply". {_null(suffix)}
- `dictionary` explains every column, `dictionary_words` every closed word.

## Tables

{NAMES_OF_TABLES}
{listed}
"""


def _line(table: Table, suffix: str) -> str:
    about = table.description.replace("|", "\\|")
    if table.licence:
        about += f" Licence of this table: {table.licence}, see `notices`."
    return f"| [{table.name}]({table.name}{suffix}) | {len(table.rows)} | {about} |"


def _null(suffix: str) -> str:
    if suffix != ".csv":
        return "`NA` in `countries.alpha2` is Namibia."
    return (
        "In CSV it is an empty cell without quotes, and all text\n  has quotes. `NA` in "
        "`countries.alpha2` is Namibia: in pandas, read with\n  `keep_default_na=False, "
        'na_values=[""]`.'
    )

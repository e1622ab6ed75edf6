"""What Spark would read otherwise than every other engine goes through our reader, on the driver.

Spark tells in parallel whether a list is clean. If it is not, the driver fetches it, writes each
row anew with what is wrong with it in a column more, and puts that beside the output.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pyspark.sql import DataFrame
from pyspark.sql import functions as F  # noqa: N812  everybody's name for it

from visamap.bulk import csv_file, jsonl_file, mending
from visamap.bulk.broken import Broken

NO_TEXT = "value RLIKE '\ufffd'"
"""Bytes that are not UTF-8 look so."""
PAIR = r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
HALF = r"\\u[dD][89a-fA-F]"


class Mended(NamedTuple):
    """The headings of a list that was written anew, and which rows were broken."""

    head: csv_file.Head
    broken: Broken


def is_clean_csv(lines: DataFrame, head: csv_file.Head) -> bool:
    """Tell whether every line is a row of the right number of cells, quoted as it should be."""
    sign = head.delimiter
    # Every quoted stretch becomes one quote; a sound cell is then free of them or nothing else.
    bare = F.regexp_replace("value", '"[^"]*+"', '"')
    signs = F.length(bare) - F.length(F.replace(bare, F.lit(sign), F.lit("")))
    quotes = F.length("value") - F.length(F.replace(F.col("value"), F.lit('"'), F.lit("")))
    other = f'[^"{sign}]'
    sound = (
        (signs == len(head.headings) - 1)
        & (quotes % 2 == 0)
        & ~bare.rlike(f'{other}"|"{other}')
        & ~F.expr(NO_TEXT)
    )
    return not lines.where((F.col("value") != "") & ~sound).head(1)


def is_clean_jsonl(lines: DataFrame) -> bool:
    """Tell whether every line is one object to every reader of JSON."""
    alone = F.json_array_length(F.concat(F.lit("["), F.col("value"), F.lit("]")))
    halves = F.regexp_replace("value", PAIR, "").rlike(HALF)
    sound = F.expr("json_object_keys(value) IS NOT NULL") & (alone == 1)
    return not lines.where(~F.coalesce(sound, F.lit(False)) | halves | F.expr(NO_TEXT)).head(1)


def mended(paths: Sequence[str], named: str, forms: tuple[str, str], place: str) -> Mended:
    """Write a list, which may be in several files, anew to ``place``.

    Raises:
        WrongUsageError: its headings cannot be read, or no line of it.
    """
    if forms[0] == "csv":
        head = csv_file.head(paths[0], named)
    else:
        head = csv_file.Head(jsonl_file.keys(paths, named), ",")
    kind = mending.kind_of(forms[0], head.delimiter, head.headings, forms[1])
    broken = Broken()
    with open(place, "wb") as file:
        for path in paths:
            mending.write(mending.rows(path, kind), kind.delimiter, file, broken)
    return Mended(head, broken)

"""Rows of CSV that are a line each, passed on as they stand with our cells behind them."""

from visamap.bulk.columns import ADDED
from visamap.bulk.duck_files import LINES, literal
from visamap.bulk.sql import STAY_ALLOWED


def tails(delimiter: str) -> str:
    """Return the statement that makes CSV of what each rule says, once and not for each row.

    Our cells need no quotes; ``stay_allowed`` stands between the two parts.
    """
    sign = literal(delimiter)
    head, tail = (
        "concat(" + ", ".join(f"{sign}, {cell}" for cell in cells) + f", {sign})"
        for cells in (ADDED[:2], ADDED[3:-1])
    )
    return f"CREATE TABLE tails AS SELECT *, {head} AS head, {tail} AS tail FROM decisions"  # noqa: S608


def lines_copy(path: str, target: str, delimiter: str, width: int) -> str:
    """Return the statement that writes the lines of a file with our cells behind them.

    It fails where a line is no row of ``keyed``: because it is empty, goes on in the next one, or
    has empty cells past the headings, for ours would stand behind them in the wrong columns.
    """
    # A separator that no list of text holds; where one does, the statement fails as well.
    lines = (
        f"read_csv({literal(path)}, auto_detect = false, header = false, delim = '\x1f', "
        "quote = '', escape = '', columns = {'line': 'VARCHAR'})"
    )
    spare = _has_spare_cells("a.line", width, delimiter)
    misfit = f"a.line IS NULL OR (a.rule IS NULL AND a.problem IS NULL) OR {spare}"
    allowed = f"coalesce(CAST({STAY_ALLOWED} AS VARCHAR), '')"
    return f"""COPY (
SELECT CASE WHEN {misfit} THEN error('no line each')
            WHEN a.problem IS NULL THEN a.line || d.head || {allowed} || d.tail
            ELSE a.line || {literal(delimiter * len(ADDED))} || a.problem END
FROM (SELECT line, keyed.* FROM {lines} POSITIONAL JOIN keyed) a
LEFT JOIN tails d ON d.rule = a.rule
) TO {literal(target)} {LINES}"""  # noqa: S608  our own column names


def _has_spare_cells(line: str, width: int, delimiter: str) -> str:
    """Return the expression that tells a CSV row with empty cells behind so many.

    Few rows end like one and have as many delimiters, and only those are read without quoted cells;
    CASE looks no further than it must, which AND does not promise.
    """
    sign = literal(delimiter)
    bare = f"""regexp_replace({line}, '(^|[{delimiter}])"([^"]|"")*"', '\\1', 'g')"""
    ends = f"""(ends_with({line}, {sign}) OR ends_with({line}, '""'))"""
    many, more = (
        f"length({text}) - length(replace({text}, {sign}, '')) >= {width}" for text in (line, bare)
    )
    return f"CASE WHEN NOT {ends} THEN FALSE WHEN {many} THEN {more} ELSE FALSE END"

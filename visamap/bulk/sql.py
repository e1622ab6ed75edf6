"""The one SQL text that answers a list, for DuckDB and Spark alike.

It reads five relations: ``travellers`` (the list's own columns as o0, o1 ..., then nationality,
passport, arrival, departure, and the trouble with a row that is none), ``names``, ``passports``,
``starts`` and ``decisions`` (the rows of ``visamap.bulk.book``). Both engines must understand every
word of it: the hints are comments to DuckDB, and a heading that somebody chose never enters the
text. The order of the left joins keeps the list on the side that streams.
"""

from collections.abc import Sequence
from typing import Literal

from visamap.bulk.book import KINDS
from visamap.bulk.columns import ABOUT

DayKind = Literal[
    "text",  # YYYY-MM-DD, with or without a time of day
    "date",  # a date or a timestamp, as the file's own type says
    "none",  # the list has no such column
]

TIME = (
    r"^[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.,][0-9]+)?)?"
    r"( ?(Z|[+-][0-9]{2}(:?[0-9]{2})?))?"
)
"""The time of day that may follow a day; it is not looked at."""


STAY_ALLOWED = """CASE WHEN a.departed IS NULL THEN NULL
       WHEN d.verdict = 'citizen' THEN TRUE
       WHEN d.verdict = 'visa_free' THEN
         CASE WHEN a.departed >= a.arrived + d.max_stay_days THEN FALSE
              WHEN d.max_stay_days IS NULL THEN NULL
              WHEN a.departed > d.terms_until THEN d.after_terms
              ELSE TRUE
         END
       WHEN d.verdict = 'visa_required' THEN FALSE
  END"""
"""Of the rule of each row, ``a``, and what it says, ``d``."""


def text(own: Sequence[str], periods: int, arrival: DayKind, departure: DayKind) -> str:
    """Return the text that answers a list, passing on its columns ``own``.

    ``periods`` is how many of them a slot has at most; the days are written in these ways.
    """
    return answers(own, f"({keys(own, periods, arrival, departure)})")


def answers(own: Sequence[str], keyed: str) -> str:
    """Return the second half of the text: what the rule of each row says."""
    return f"""
SELECT /*+ BROADCAST(d) */ {"".join(f"a.{column}, " for column in own)}
  d.verdict, d.max_stay_days,
  {STAY_ALLOWED} AS stay_allowed,
  d.regime, d.basis, d.advisory, d.confidence, a.problem
FROM {keyed} a
LEFT JOIN decisions d ON d.rule = a.rule"""  # noqa: S608  our own column names


def keys(
    own: Sequence[str],
    periods: int,
    arrival: DayKind,
    departure: DayKind,
    *,
    value: bool = False,
) -> str:
    """Return the first half of the text: the rule of each row, or the problem that it has.

    With ``value``, the cell that the problem is about stands beside it.
    """
    about = f"{_value('b.', 'b.problem')} AS value, " if value else ""
    columns = "".join(f"{column}, " for column in own)
    begun = "".join(f" + CAST(b.arrived >= s.start{n} AS INT)" for n in range(1, periods))
    return f"""
SELECT /*+ BROADCAST(s) */ {columns}{about}b.arrived, b.departed, b.problem,
  s.base{begun} AS rule
FROM (
  SELECT *, CASE WHEN problem IS NULL THEN country * {KINDS} + kind END AS slot
  FROM (
    SELECT /*+ BROADCAST(n), BROADCAST(p) */ r.*, n.country, p.kind,
      CASE WHEN r.trouble IS NOT NULL THEN r.trouble
           WHEN n.problem IS NOT NULL THEN n.problem
           WHEN n.country IS NULL THEN 'unknown-nationality'
           WHEN p.kind IS NULL THEN 'unknown-passport'
           WHEN r.arrived IS NULL THEN
             CASE WHEN {_given("r.arrival", arrival)} THEN 'bad-arrival' ELSE 'no-arrival' END
           WHEN r.departed IS NULL THEN
             CASE WHEN {_given("r.departure", departure)} THEN 'bad-departure' END
           WHEN r.departed < r.arrived THEN 'departure-before-arrival'
      END AS problem
    FROM (
      SELECT {columns}nationality, passport, arrival, departure, trouble,
        {_day("arrival", arrival)} AS arrived, {_day("departure", departure)} AS departed
      FROM (
        SELECT *, {_tried("arrival", arrival)} AS arrival_tried,
          {_tried("departure", departure)} AS departure_tried
        FROM travellers
      ) t
    ) r
    LEFT JOIN names n ON n.written = r.nationality
    LEFT JOIN passports p ON p.written = r.passport
  )
) b
LEFT JOIN starts s ON s.slot = b.slot"""  # noqa: S608  our own column names


def summary(cells: Sequence[str], names: Sequence[str]) -> str:
    """Return the text that counts what ``answered`` holds, unreadable values apart.

    ``cells`` are the expressions of nationality, passport, arrival and departure in it; ``names``
    are its columns of verdict and problem.
    """
    roles = ("nationality", "passport", "arrival", "departure")
    asked = ", ".join(f"{cell} AS {role}" for cell, role in zip(cells, roles, strict=True))
    return f"""
SELECT verdict, problem, {_value("s.", "problem")} AS value, count(*) AS found
FROM (SELECT {names[0]} AS verdict, {names[1]} AS problem, {asked} FROM answered) s
GROUP BY 1, 2, 3"""  # noqa: S608  our own column names


def _value(relation: str, problem: str) -> str:
    """Return the expression of the cell that a problem is about."""
    cells = (
        f"WHEN {problem} = '{name}' THEN CAST({relation}{role} AS STRING)"
        for name, role in ABOUT.items()
    )
    return f"CASE {' '.join(cells)} END"


def _given(column: str, kind: DayKind) -> str:
    if kind == "none":
        return "FALSE"
    if kind == "date":
        return f"{column} IS NOT NULL"
    return f"coalesce(trim({column}), '') <> ''"


def _tried(column: str, kind: DayKind) -> str:
    return "CAST(NULL AS DATE)" if kind == "none" else f"TRY_CAST({column} AS DATE)"


def _day(column: str, kind: DayKind) -> str:
    """Return the day of a column, or null where it names none from year 1 to 9999."""
    day = f"{column}_tried"
    if kind == "none":
        return day
    if kind == "date":
        return f"CASE WHEN {_is_ours(day)} THEN {day} END"
    # An engine reads more forms than ours; only what it would write itself is taken. Most cells
    # are a day and nothing else, and only the others pay for the second look.
    head, tail = f"substr(trim({column}), 1, 10)", f"substr(trim({column}), 11)"
    later = f"TRY_CAST({head} AS DATE)"
    return (
        f"CASE WHEN CAST({day} AS STRING) = {column} AND {_is_ours(day)} THEN {day}"
        f" WHEN regexp_replace({tail}, '{TIME}', '') = '' AND CAST({later} AS STRING) = {head}"
        f" AND {_is_ours(later)} THEN {later} END"
    )


def _is_ours(day: str) -> str:
    return f"{day} BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'"

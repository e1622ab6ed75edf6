"""The summary of a list of travellers, for people; it goes to stderr, beside the list itself."""

from visamap.presenters.sentences import FOOTER, VERDICTS, data
from visamap.results.screen import Screening, Unreadable

PROBLEMS = {
    "unknown-nationality": "nationality not recognised",
    "ambiguous-nationality": "nationality of several countries",
    "unknown-passport": "passport of no known kind",
    "no-arrival": "no day of arrival",
    "bad-arrival": "arrival is no day written YYYY-MM-DD",
    "bad-departure": "departure is no day written YYYY-MM-DD",
    "departure-before-arrival": "departure before arrival",
}
LONGEST = 40


def text(found: Screening) -> str:
    """Return the summary: rows, what was answered, what was not readable and may have been meant.

    Values of the list are shown with their control characters escaped, for a terminal obeys them.
    """
    lines = [f"{found.source} -> {found.target}: {_rows(found.rows)}."]
    lines += [f"{rows:>12,}  {VERDICTS[verdict]}" for verdict, rows in found.verdicts.items()]
    if found.problems:
        lines.append("Not answered (column problem):")
        lines += [
            f"{rows:>12,}  {PROBLEMS[problem]} ({problem})"
            for problem, rows in found.problems.items()
        ]
    if found.unreadable:
        lines.append("Most frequent of these:")
        lines += [f"{one.rows:>12,}  {_shown(one)}" for one in found.unreadable]
    lines += [data(found.data), FOOTER]
    return "\n".join(lines)


def _rows(rows: int) -> str:
    return "1 row" if rows == 1 else f"{rows:,} rows"


def _shown(one: Unreadable) -> str:
    value = one.value if len(one.value) <= LONGEST else f"{one.value[: LONGEST - 3]}..."
    if one.problem == "ambiguous-nationality":
        return f"{value!r}: {' or '.join(one.close)}; give the code"
    if one.close:
        return f"{value!r}: did you mean {' or '.join(one.close)}?"
    return f"{value!r}: {PROBLEMS[one.problem]}"

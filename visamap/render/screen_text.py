"""The summary of a list of travellers, for people; it goes to stderr, beside the list itself."""

from visamap.i18n import mark, number, tr, trn
from visamap.render.phrases import VERDICTS, advice, data, either
from visamap.results.screen import BrokenRow, Screening, Unreadable

PROBLEMS = {
    "unknown-nationality": mark("nationality not recognised"),
    "ambiguous-nationality": mark("nationality that fits several countries"),
    "unknown-passport": mark("passport kind not recognised"),
    "no-arrival": mark("no day of arrival"),
    "bad-arrival": mark("arrival is not a date: YYYY-MM-DD or DD.MM.YYYY"),
    "bad-departure": mark("departure is not a date: YYYY-MM-DD or DD.MM.YYYY"),
    "departure-before-arrival": mark("departure before arrival"),
    "too-few-cells": mark("fewer cells than headings"),
    "too-many-cells": mark("more cells than headings; the last cell holds the rest"),
    "broken-quotes": mark("unmatched quotes; the first cell holds the line"),
    "not-utf-8": mark("not text in UTF-8; its bytes are written out"),
    "not-an-object": mark("not a JSON object"),
    "unknown-destination": mark("destination whose rules of entry are not told"),
}
REASONS = {
    "not_covered": mark("of these, a passport or day that the data does not cover"),
    "beyond_horizon": mark("of these, days too far ahead to be known"),
}
TOO_LONG = mark("of these plan a longer stay than they are allowed (stay_allowed: false)")
RECODE = mark(
    "If the list has another encoding, save it as \u201cCSV UTF-8\u201d, or run "
    "iconv -f WINDOWS-1251 -t UTF-8 on it (with the encoding that it has)."
)
LONGEST = 40


def text(found: Screening) -> str:
    """Return the summary: rows, what was answered, what was not readable and may have been meant.

    Values of the list are shown with their control characters escaped, for a terminal obeys them.
    """
    lines = [f"{_name(found.source)} -> {_name(found.target)}: {_rows(found.rows)}."]
    for verdict, rows in found.verdicts.items():
        lines.append(f"{number(rows):>12}  {tr(VERDICTS[verdict])}")
        if verdict == "visa_free" and found.too_long:
            lines.append(f"{number(found.too_long):>14}  {tr(TOO_LONG)}")
        if verdict == "unknown":
            lines += [
                f"{number(found.reasons[reason]):>14}  {tr(said)} ({reason})"
                for reason, said in REASONS.items()
                if found.reasons.get(reason)
            ]
    if found.problems:
        lines.append(tr("Not answered (column problem):"))
        lines += [
            f"{number(rows):>12}  {tr(PROBLEMS[problem])} ({problem})"
            for problem, rows in found.problems.items()
        ]
    if found.unreadable:
        lines.append(tr("Most frequent of these:"))
        lines += [f"{number(one.rows):>12}  {_shown(one)}" for one in found.unreadable]
    if found.broken:
        lines.append(tr("The first broken rows: {rows}.", rows=_numbers(found.broken)))
    if "not-utf-8" in found.problems:
        lines.append(tr(RECODE))
    lines += [data(found.data), advice()]
    return "\n".join(lines)


def _name(text: str) -> str:
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)


def _rows(rows: int) -> str:
    return trn("{rows} row", "{rows} rows", rows, rows=number(rows))


def _numbers(broken: tuple[BrokenRow, ...]) -> str:
    return ", ".join(f"{number(one.row)} ({one.problem})" for one in broken)


def _shown(one: Unreadable) -> str:
    value = one.value if len(one.value) <= LONGEST else f"{one.value[: LONGEST - 3]}..."
    if one.problem == "ambiguous-nationality":
        return tr("{value}: {names}; give the code", value=repr(value), names=either(one.close))
    if one.problem == "unknown-destination":
        return tr("{value}: give {names}", value=repr(value), names=either(one.close))
    if one.close:
        return tr("{value}: did you mean {names}?", value=repr(value), names=either(one.close))
    return f"{value!r}: {tr(PROBLEMS[one.problem])}"

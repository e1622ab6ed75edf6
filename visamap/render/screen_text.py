"""The summary of a list of travellers, for people; it goes to stderr, beside the list itself."""

from visamap.i18n import mark, number, quoted, tr, trn
from visamap.render.phrases import VERDICTS, advice, data, either
from visamap.results.screen_results import Screening, Unreadable

PROBLEMS = {
    "unknown-nationality": mark("nationality not recognised"),
    "ambiguous-nationality": mark("nationality that fits several countries"),
    "unknown-passport": mark("passport kind not recognised; answered as the default kind"),
    "no-arrival": mark("no day of arrival"),
    "bad-arrival": mark("arrival is no day, or one of two: YYYY-MM-DD or DD.MM.YYYY"),
    "bad-departure": mark("departure is no day, or one of two; answered without it"),
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
TOO_LONG = mark("of these plan a longer stay than they are allowed (visit_alone_visa_free: false)")
E_VISA = mark("of these may ask for an electronic visa")
RECODE = mark("If the list has another encoding, say it: --encoding cp1251 (or which it has).")
TAKEN = {
    ("encoding", "asked"): mark("Read as {value}, as asked."),
    ("encoding", "mark"): mark("Read as {value}, as the mark at its beginning says."),
    ("encoding", "nationalities"): mark(
        "Read as {value}: the headings are known in it, and of the nationalities that are not "
        "ASCII {rows}. Another one: --encoding."
    ),
    ("sheet", "asked"): mark("Read from the sheet {value}, as asked."),
    ("sheet", "headings"): mark(
        "Read from the sheet {value}, the first with the headings. Another one: --sheet."
    ),
    ("dates", "asked"): mark("Days with slashes are read as {value}, as asked."),
    ("dates", "days"): mark(
        "Days with slashes are read as {value}: no other order fits all of them. "
        "Another one: --dates."
    ),
}
"""What was decided about a list, and why."""
LONGEST = 40


def text(found: Screening) -> str:
    """Return the summary: rows, what was answered, what was not readable and may have been meant.

    Values of the list are shown with their control characters escaped, for a terminal obeys them.
    """
    many = trn("{rows} row", "{rows} rows", found.rows, rows=number(found.rows))
    lines = [f"{_name(found.source)} -> {_name(found.target)}: {many}."]
    lines += [
        tr(TAKEN[one.what, one.why], value=_name(one.value), rows=number(one.rows))
        for one in found.taken
    ]
    for verdict, rows in found.verdicts.items():
        lines.append(f"{number(rows):>12}  {tr(VERDICTS[verdict])}")
        if verdict == "visa_free" and found.too_long:
            lines.append(f"{number(found.too_long):>14}  {tr(TOO_LONG)}")
        if verdict == "visa_required" and found.e_visa:
            lines.append(f"{number(found.e_visa):>14}  {tr(E_VISA)}")
        if verdict == "unknown":
            lines += [
                f"{number(found.reasons[reason]):>14}  {tr(said)} ({reason})"
                for reason, said in REASONS.items()
                if found.reasons.get(reason)
            ]
    if found.problems:
        lines.append(tr("Problems (column problem), beside an answer or in place of one:"))
        lines += [
            f"{number(rows):>12}  {tr(PROBLEMS[problem])} ({problem})"
            for problem, rows in found.problems.items()
        ]
    if found.unreadable:
        lines.append(tr("Most frequent of these:"))
        lines += [f"{number(one.rows):>12}  {_shown(one)}" for one in found.unreadable]
    if found.broken:
        broken = ", ".join(f"{number(one.row)} ({one.problem})" for one in found.broken)
        lines.append(tr("The first broken rows: {rows}.", rows=broken))
    if "not-utf-8" in found.problems:
        lines.append(tr(RECODE))
    lines += [data(found.data), advice()]
    return "\n".join(lines)


def _name(text: str) -> str:
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)


def _shown(one: Unreadable) -> str:
    value = one.value if len(one.value) <= LONGEST else f"{one.value[: LONGEST - 3]}..."
    if one.problem == "ambiguous-nationality":
        return tr("{value}: {names}; give the code", value=quoted(value), names=either(one.close))
    if one.problem == "unknown-destination":
        return tr("{value}: give {names}", value=quoted(value), names=either(one.close))
    if one.close:
        return tr("{value}: did you mean {names}?", value=quoted(value), names=either(one.close))
    return f"{quoted(value)}: {tr(PROBLEMS[one.problem])}"

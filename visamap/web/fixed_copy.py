"""What a fixed copy holds in place of what a server works out when asked: stays of any length."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from visamap.arguments import LONGEST_STAY
from visamap.dates import ONE_DAY
from visamap.i18n import current
from visamap.registry import Registry
from visamap.render import headlines
from visamap.render.phrases import Headline, said
from visamap.results.check_results import CheckAnswer
from visamap.web.page_content import plain
from visamap.web.page_pictures import first_day

BOUNDS = ("from", "from_not_before", "from_not_after", "to", "to_not_before", "to_not_after")
"""Days on which an advisory begins or ends."""
ALIKE = 30
"""So many lengths in a row have every form of a plural."""
Stays = list[tuple[int, dict[str, tuple[str, str, str]]]]
"""Up to how many days, and then by the form of the plural (CLDR): tone, short words, sentence."""


def stays(view: Registry, nationality: str, on: date) -> Stays:
    """Return how the answer begins for a stay of each length; ``{n}`` stands for its days."""

    @cache
    def asked(days: int) -> CheckAnswer:
        return view.check(nationality, on=on, days=days)

    def ends(first: int, last: int) -> Iterator[int]:
        if _state(asked(first)) == _state(asked(last)):
            yield last
        else:
            middle = (first + last) // 2
            yield from ends(first, middle)
            yield from ends(middle + 1, last)

    most = asked(1).max_stay_days or LONGEST_STAY
    parts = [(1, most), (most + 1, LONGEST_STAY)] if most < LONGEST_STAY else [(1, LONGEST_STAY)]
    found: Stays = []
    for end in (end for part in parts for end in ends(*part)):
        first = found[-1][0] + 1 if found else 1
        forms: dict[str, tuple[str, str, str]] = {}
        sure: set[str] = set()
        for days in range(first, min(end, first + ALIKE) + 1):
            if (form := _form(days)) not in sure:
                told, sole = _told(headlines.check(said(asked(days))), str(days))
                forms.setdefault(form, told)
                if sole:
                    forms[form] = told
                    sure.add(form)
        found.append((end, forms))
    return found


def map_days(view: Registry) -> list[date]:
    """Return the days on which the map changes, from the first that is shown to the last.

    On any day between two of them it is that of the first.
    """
    first, known = first_day(view), view.data.release + ONE_DAY
    turns = {
        period.valid_from
        for nationality in view.index.tables["countries"]
        for period in view.timeline(nationality)
    }
    for advisory in view.index.records.get("advisories", ()):
        bounds = {name: date.fromisoformat(advisory[name]) for name in BOUNDS if name in advisory}
        turns |= {day + ONE_DAY if "to" in name else day for name, day in bounds.items()}
    last = view.index.horizon
    return sorted({first, known} | {day for day in turns if day and first < day <= last})


def _state(answer: CheckAnswer) -> tuple[object, ...]:
    return answer.stay_allowed, answer.stay_reason


def _told(headline: Headline, days: str) -> tuple[tuple[str, str, str], bool]:
    """Return the headline with a place for its days, and whether they are its only such number."""
    tone, short, sentence = headline.tone, plain(headline.short), plain(headline.sentence)
    sentence = "" if sentence == f"{short}." else sentence
    sole = short.count(days) <= 1 and sentence.count(days) <= 1
    put = (short.replace(days, "{n}"), sentence.replace(days, "{n}")) if sole else (short, sentence)
    return (tone, *put), sole


def _form(number: int) -> str:
    """Return the form of the plural that a number takes, by its name in CLDR."""
    if current() != "ru":
        return "one" if number == 1 else "other"
    tens, ones = number % 100, number % 10
    if ones == 1 and tens != 11:  # noqa: PLR2004
        return "one"
    return "few" if ones in {2, 3, 4} and tens not in {12, 13, 14} else "many"

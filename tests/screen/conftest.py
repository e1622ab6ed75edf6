"""Lists for the engines: everyone on the days that matter; one as people make it."""

import random
from datetime import date, timedelta

import pytest
from screen_lists import MESSY

from visamap.screen.rule_table import KINDS, RuleBook
from visamap.vocabulary import PASSPORTS

ODD_DAYS = [date.min, date(1, 1, 2), date(1991, 12, 16), date(2099, 1, 1), date.max]
LENGTHS = [1, 3, 5, 10, 14, 15, 30, 31, 60, 90, 120]
SPELLED = {
    "KAZ": [None, "KAZ"],
    "KGZ": ["KGZ", "Kirgisistan"],
    "TJK": ["TJK", "tj"],
    "TKM": ["TKM", "795"],
    "UZB": ["UZB", "Özbekistan"],
}


@pytest.fixture
def messy(tmp_path):
    path = tmp_path / "messy.csv"
    path.write_text(MESSY, encoding="utf-8", newline="")
    return path


@pytest.fixture(scope="session")
def everyone(registry, tmp_path_factory):
    """A Parquet list of all nationalities and passports, on the days on which rules turn.

    Three rows enter the registry's own destination and three another one: on the first day of a
    rule or its eve, for as many days as limits allow or one more. Every tenth comes on an odd day.
    """
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet  # noqa: PLC0415

    chance = random.Random(5)  # noqa: S311  the same list in every run
    book = RuleBook(registry.index)
    slots = [dict(book.slots(place)) for place in range(len(book.destinations))]
    rows = []
    for slot in sorted(slots[0]):
        code, passport = book.codes[slot // KINDS], PASSPORTS[slot % KINDS]
        for place in 3 * [0] + 3 * [chance.randrange(1, len(slots))]:
            turn = chance.choice(slots[place][slot][1:] or slots[place][slot]).first_day
            arrival = turn - timedelta(chance.randrange(2 if turn > date.min else 1))
            if chance.random() < 0.1:
                arrival = chance.choice(ODD_DAYS)
            stay = timedelta(chance.choice(LENGTHS) - chance.randrange(2))
            departure = None
            if chance.random() < 0.7 and arrival < date.max - stay:
                departure = arrival + stay
            home = chance.choice(SPELLED[book.destinations[place]])
            rows.append((len(rows) + 1, code, arrival, departure, passport, home))
    path = tmp_path_factory.mktemp("lists") / "everyone.parquet"
    names = ["id", "nationality", "arrival", "departure", "passport", "destination"]
    columns = [pa.array(column) for column in zip(*rows, strict=True)]
    parquet.write_table(pa.Table.from_arrays(columns, names), path)
    return path


@pytest.fixture(scope="session")
def everyone_screened(registry, everyone):
    target = everyone.with_name("screened.parquet")
    registry.screen(everyone, target, engine="arrow")
    return target

"""The relational form: generated from the models, losing nothing, with keys that lead somewhere."""

import json
import re
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date
from decimal import Decimal

import pytest
from kit import act, dataset, event, per_visit, regime, rolling

from visamap.export.dictionary import meanings
from visamap.export.relational import document, planned, read_back, tables
from visamap.schema.dataset import Dataset
from visamap.vocabulary import PASSPORTS

TYPES = {"string": str, "integer": int, "number": Decimal, "boolean": bool, "date": date}


@pytest.fixture(scope="module")
def shipped(index):
    return read_back(index.records)


def table(made, name):
    return next(one for one in made if one.name == name)


def rows(made, name):
    found = table(made, name)
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def test_what_is_exported_as_json_is_the_same_dataset_when_read_back(shipped):
    assert read_back(json.loads(json.dumps(document(shipped)))) == shipped


def test_every_key_is_there(shipped):
    exported = document(shipped)
    assert list(exported) == list(Dataset.model_fields)
    assert len({tuple(record) for record in exported["instruments"]}) == 1


def leaves(value):
    if isinstance(value, dict):
        for inner in value.values():
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    elif value is not None:
        yield value


def named(plan):
    yield plan.name
    for _, child in plan.children:
        yield from named(child)


@pytest.mark.parametrize("plan", planned(), ids=lambda plan: plan.section)
def test_nothing_that_a_section_says_is_lost(shipped, plan):
    said = Counter(map(str, leaves(document(shipped)[plan.section])))
    names = set(named(plan))
    held = [one for one in tables(shipped) if one.name in names]
    told = Counter(str(value) for one in held for row in one.rows for value in row)
    assert said - told == Counter()


def test_a_list_is_a_table_with_the_key_of_its_owner():
    made = list(
        tables(
            dataset(
                regime("r1", nationalities=["XAA", "XBB"], limits=[per_visit(30), rolling(60, 90)])
            )
        )
    )
    assert rows(made, "regime_nationalities") == [
        {"regime": "r1", "ordinal": 1, "nationality": "XAA", "destination": "KAZ"},
        {"regime": "r1", "ordinal": 2, "nationality": "XBB", "destination": "KAZ"},
    ]
    given = [
        {key: value for key, value in row.items() if value is not None}
        for row in rows(made, "regime_limits")
    ]
    assert given == [
        {"regime": "r1", "ordinal": 1, "kind": "per_visit", "days": 30, "destination": "KAZ"},
        {
            "regime": "r1",
            "ordinal": 2,
            "kind": "rolling",
            "days": 60,
            "per_days": 90,
            "destination": "KAZ",
        },
    ]


def test_a_record_that_stands_once_is_columns_with_its_name():
    made = list(tables(dataset(regime(conditions={"passport_valid_months": 6}))))
    row = rows(made, "regimes")[0]
    assert row["conditions_passport_valid_months"] == 6
    assert row["disputed_what"] is None
    assert row["valid_from"] == date(2010, 1, 1)


def test_a_date_without_its_day_has_its_first_and_last_possible_one():
    events = [event("signed", "2024-02"), event("in-force", between=["2024-03-01", None])]
    made = list(tables(dataset(instruments=[act(events=events)])))
    signed, in_force = rows(made, "instrument_events")
    assert (signed["date"], signed["date_first"], signed["date_last"]) == (
        "2024-02",
        date(2024, 2, 1),
        date(2024, 2, 29),
    )
    assert (in_force["between_first"], in_force["between_last"]) == (date(2024, 3, 1), None)
    assert in_force["date_first"] is None


def test_lists_in_lists_carry_the_whole_key():
    made = list(tables(dataset(instruments=[act(events=[event("signed", "2024-02-01")])])))
    found = table(made, "instrument_event_sources")
    assert found.key == ("instrument", "event_ordinal", "ordinal", "destination")
    assert found.rows == (("a-decree", 1, 1, "a-source", "KAZ"),)
    own = ("instrument", "event_ordinal", "destination")
    owner = ("instrument", "ordinal", "destination")
    assert (own, "instrument_events", owner) in found.references


def test_each_destination_has_its_rows_and_they_lead_to_its_own(index, shipped):
    other = read_back(index.entering("UZB").records)
    both = {one.name: one for one in tables(shipped, other)}
    apart = [{one.name: one for one in tables(each)} for each in (shipped, other)]
    for name, one in both.items():
        assert one.rows == (*apart[0][name].rows, *apart[1][name].rows)
        assert one.columns[-1] == one.key[-1] == "destination"
        rows = [dict(zip(one.columns, row, strict=True)) for row in one.rows]
        keys = [tuple(row[column] for column in one.key) for row in rows]
        assert len(set(keys)) == len(keys), name
        for columns, table, key in one.references:
            if table in both:
                assert (columns[-1], key[-1]) == ("destination", "destination"), (name, table)
    acts = [row[:1] + row[-1:] for row in both["instruments"].rows if row[0] == "kaz-uzb-2000"]
    assert acts == [("kaz-uzb-2000", "KAZ"), ("kaz-uzb-2000", "UZB")]


def test_one_type_in_each_column_and_no_value_outside_its_words(export):
    for one in export.tables:
        for n, field in enumerate(one.fields):
            values = [row[n] for row in one.rows]
            place = f"{one.name}.{field.name}"
            assert not (field.required and None in values), place
            held = [value for value in values if value is not None]
            assert {type(value) for value in held} <= {TYPES[field.type]}, place
            assert not field.words or set(held) <= set(field.words), place
            assert not field.pattern or all(re.search(field.pattern, v) for v in held), place
            assert field.minimum is None or all(v >= field.minimum for v in held), place
            assert field.description, place


def test_keys_are_unique_and_references_lead_somewhere(export):
    for one in export.tables:
        assert len(set(one.columns)) == len(one.columns)
        keys = [
            tuple(map(dict(zip(one.columns, row, strict=True)).get, one.key)) for row in one.rows
        ]
        assert len(one.rows) <= 1 if not one.key else len(set(keys)) == len(keys), one.name
        for own, other, key in one.references:
            there = export.table(other)
            assert key == there.key
            known = {
                tuple(map(dict(zip(there.columns, row, strict=True)).get, key))
                for row in there.rows
            }
            for row in one.rows:
                value = tuple(map(dict(zip(one.columns, row, strict=True)).get, own))
                assert None in value or value in known, (one.name, own, value)


def test_no_name_needs_quotes_in_sql(export):
    names = {one.name for one in export.tables}
    names |= {column for one in export.tables for column in one.columns}
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names)
    with closing(sqlite3.connect(":memory:")) as base:
        for name in names:
            base.execute(f"CREATE TABLE {name} ({name} TEXT)")
            base.execute(f"SELECT {name} FROM {name} WHERE {name} = 1")  # noqa: S608
    duckdb = pytest.importorskip("duckdb")
    reserved = duckdb.sql(
        "SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category = 'reserved'"
    )
    assert names.isdisjoint(word for (word,) in reserved.fetchall())


def test_meanings_of_words_are_read_where_the_words_are_defined():
    found = meanings()[frozenset(PASSPORTS)]
    assert found["service"] == 'issued for official business; "official" is another name of it'
    assert set(found) == set(PASSPORTS)


def test_the_dictionary_explains_every_column_and_word_its_own_included(export):
    explained = [row[:2] for row in export.table("dictionary").rows]
    assert explained == [(one.name, column) for one in export.tables for column in one.columns]
    words = {row[:3] for row in export.table("dictionary_words").rows}
    assert ("rules", "verdict", "unknown") in words
    assert ("dictionary", "type", "date") in words

"""Results as programs take them: frozen, and each says itself as JSON."""

import copy
import inspect
import json
import pickle

import pytest

from visamap.i18n import speaking
from visamap.limits import Limit
from visamap.registry.asking import ask
from visamap.render import json_form
from visamap.render.json_form import ITEMS
from visamap.render.phrases import in_language
from visamap.results.parts import Country, Destination
from visamap.results.screen_results import Unreadable
from visamap.values import made_of

WORDS = {
    "check": {"nationalities": ["THA", "DEU"], "days": 45},
    "outbound": {"passports": ["KAZ"], "to": "THA"},
    "ranks": {"passports": ["KAZ"]},
    "reciprocity": {"states": ["TKM"], "year": 2024},
    "stay": {"nationality": "THA", "trips": ["2026-01-03/2026-01-28"]},
    "timeline": {"nationality": "THA"},
    "diff": {"first": "2024-01-01", "second": "2026-01-01"},
    "trip": {"nationalities": ["IND"], "legs": ["KAZ:2027-05-01/2027-05-12", "UZB:2027-05-12/"]},
}


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("question", ITEMS)
def test_a_result_says_itself_as_the_envelope_does(registry, question, language):
    with speaking(language):
        answer = ask(registry, question, **WORDS.get(question, {}))
        written = json.loads(json_form.text(in_language(answer)))
        assert json.loads(answer.to_json()) == written
        assert [json.loads(one.to_json()) for one in answer.items] == written["items"]
        assert json.loads(json.dumps(answer.items[0].to_dict())) == written["items"][0]


def test_a_part_of_a_result_says_itself_too(registry):
    answer = registry.check("THA", on="2026-11-24")
    first = answer.limits[0].to_dict()
    assert first == {"kind": "per_visit", "days": 30, "under": "kaz-tha-2024"}
    assert answer.nationality.to_dict() == {"code": "THA", "name": "Thailand"}


def test_a_result_is_a_frozen_tuple(registry):
    answer = registry.check("THA", on="2026-11-24")
    assert pickle.loads(pickle.dumps(answer)) == copy.deepcopy(answer) == answer  # noqa: S301
    with pytest.raises(AttributeError):
        answer.verdict = "unknown"
    with pytest.raises(AttributeError):
        answer.more = 1
    assert repr(answer.nationality) == "Country(code='THA', name='Thailand')"
    code, name = answer.nationality
    assert Country(name=name, code=code) == Country(code, name=name) == answer.nationality
    assert answer.nationality._replace(code="XAA").code == "XAA"


def test_help_tells_what_a_result_is_made_of():
    assert str(inspect.signature(Country)) == "(code: 'str', name: 'str')"
    assert str(inspect.signature(Limit)).startswith("(kind: 'LimitKind', days: 'int | None' = None")


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (("THA",), {}),
        (("THA", "Thailand", "Asia"), {}),
        (("THA",), {"title": "Thailand"}),
        (("THA", "Thailand"), {"title": "Thailand"}),
    ],
)
def test_other_fields_than_a_result_has_are_refused(given, named):
    with pytest.raises(TypeError, match="Country takes code, name"):
        Country(*given, **named)


def test_a_result_takes_the_fields_of_the_same_name_from_a_record_or_another_result():
    record = {"problem": "no-arrival", "value": "soon", "close": ["THA", "TWN"], "more": 1}
    assert made_of(Unreadable, record, rows=2) == Unreadable(
        "no-arrival", "soon", 2, ("THA", "TWN")
    )
    assert made_of(Unreadable, {}, rows=2) == Unreadable(None, None, 2, None)
    here = made_of(Destination, Country("THA", "Thailand"), profile={})
    assert here == Destination("THA", "Thailand", {})
    for own in ({}, {"profile": {}, "continent": "Asia"}):
        with pytest.raises(TypeError, match="Destination takes code, name"):
            made_of(Destination, Country("THA", "Thailand"), **own)

"""An act in full: the rules it made, the acts around it, the records that rest on it."""

from xml.etree import ElementTree as ET

import pytest
from kit import act, index_of, regime, treaty

from visamap.domain.acts import agreement, in_context
from visamap.pictures import diagrams
from visamap.vocabulary import DESTINATIONS

SVG = "{http://www.w3.org/2000/svg}"


def drawn(item):
    return ET.fromstring(diagrams.family(item, "../{}/".format))  # noqa: S314  our own picture


@pytest.mark.parametrize("home", DESTINATIONS)
def test_every_rule_is_told_by_the_act_that_made_it(registry, home):
    there = registry.entering(home)
    records = there.index.records
    for record in records["instruments"]:
        item = there.agreement(record["id"])
        made = [rule.id for rule in item.rules if not rule.amended]
        assert made == list(item.regimes)
        for rule in item.rules:
            regime = there.index.record("regimes", rule.id)
            assert [one.code for one in rule.nationalities] == list(regime["nationalities"])
            assert rule.amended == (regime["instrument"] != item.id)
        told = {(one.section, one.id) for one in item.mentions if one.by == "act"}
        named = {("visas", one["code"]) for one in records["visas"] if one.get("act") == item.id}
        assert named <= told
        assert told.isdisjoint(("regimes", rule.id) for rule in item.rules)


def test_a_family_is_the_same_seen_from_each_of_its_acts(registry):
    one = registry.agreement("kz-order-245-2020")
    assert [related.id for related in one.family] == [
        "kz-order-457-2009",
        "kz-order-71-2013",
        "kz-order-555-2016",
        "kz-order-245-2020",
        "kz-order-612-2024",
        "kz-order-584-2025",
        "kz-order-71-2026",
    ]
    assert all(registry.agreement(related.id).family == one.family for related in one.family)
    assert registry.agreement("kaz-tha-2024").family == ()


def test_the_picture_has_an_arrow_for_each_link_and_leads_to_the_other_acts(registry):
    item = registry.agreement("kz-order-555-2016")
    picture = drawn(item)
    links = [link.get("href") for link in picture.iter(f"{SVG}a")]
    assert links == [f"../{one.id}/" for one in item.family if one.id != item.id]
    bows = [path for path in picture.iter(f"{SVG}path") if "C" in path.get("d")]
    assert len(bows) == sum((one.amends is not None) + len(one.replaces) for one in item.family)
    assert sum(path.get("stroke-dasharray") is not None for path in bows) == 2  # two replaced
    assert diagrams.family(registry.agreement("kaz-tha-2024"), str) == ""


def test_a_circle_of_acts_and_hostile_titles_are_drawn():
    index = index_of(
        regime(),
        instruments=[
            act(title="<b>first</b>", replaced_by="a-treaty"),
            treaty(title="second & last", amends="a-decree"),
        ],
    )
    item = in_context(index, agreement(index, "a-decree", index.data.release))
    assert [one.id for one in item.family] == ["a-decree", "a-treaty"]
    assert "<b>first</b>" in "".join(drawn(item).itertext())

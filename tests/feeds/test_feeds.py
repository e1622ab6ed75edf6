import re
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest

pytest.importorskip("feedparser", reason="feedparser is not installed")
pytest.importorskip("icalendar", reason="the extra `feeds` is not installed")
import feedparser
from icalendar import Calendar

import visamap
from visamap.feeds import atom as feed_atom
from visamap.feeds import ics as feed_ics
from visamap.registry import asking
from visamap.results.parts import Envelope

TAG = re.compile(r"tag:visamap\.invalid,2026:[a-z0-9-]+(/[a-z-]+/[0-9]+)?")


def answer(registry, since=None):
    asked = {"kind": "atom", "since": since}
    return Envelope("feed", registry.data, asked, registry.feed(since=since))


@pytest.fixture(scope="module")
def atom(registry):
    return feed_atom.data(answer(registry))


@pytest.fixture(scope="module")
def ics(registry):
    return feed_ics.data(answer(registry))


def test_a_reader_finds_nothing_wrong_with_the_feed(atom, registry):
    read = feedparser.parse(atom)
    assert not read.bozo
    assert read.version == "atom10"
    assert len(read.entries) == len(registry.feed())
    assert read.feed.author == "visamap"
    assert read.feed.updated == "2026-11-24T00:00:00Z" or read.feed.updated.startswith("20")


def test_the_feed_has_what_the_format_asks_for(atom):
    read = feedparser.parse(atom)
    for one in (read.feed, *read.entries):
        assert TAG.fullmatch(one.id)
        assert one.title
        assert one.updated_parsed
    for entry in read.entries:
        assert entry.link.startswith("http")
        assert [link.rel for link in entry.links].count("alternate") == 1
        assert entry.content[0].value
    newest_first = [entry.title[:10] for entry in read.entries]
    assert newest_first == sorted(newest_first, reverse=True)


def test_the_xml_is_in_the_namespace_of_atom(atom):
    root = ET.fromstring(atom)  # noqa: S314  our own bytes
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    assert {child.tag.partition("}")[0] for child in root} == {"{http://www.w3.org/2005/Atom"}


def test_the_calendar_is_one(ics, registry):
    calendar = Calendar.from_ical(ics)
    events = calendar.walk("VEVENT")
    assert len(events) == len(registry.feed())
    assert (calendar["version"], bool(calendar["prodid"])) == ("2.0", True)
    assert [error for event in events for error in event.errors] == []
    assert all(len(line) <= 75 for line in ics.split(b"\r\n"))


def test_events_of_the_calendar_last_the_whole_day(ics, registry):
    events = Calendar.from_ical(ics).walk("VEVENT")
    for event, told in zip(events, registry.feed(), strict=True):
        start, end = event.decoded("dtstart"), event.decoded("dtend")
        assert type(start) is date
        assert (start, end) == (told.on, told.on + timedelta(1))
        assert event["dtstamp"].dt.date() == registry.data.release
        assert event["summary"]
        assert event["uid"] == f"{told.id}@visamap.invalid"


def test_both_forms_have_unique_ids_that_two_builds_share(atom, ics):
    again = visamap.load()
    assert feed_atom.data(answer(again)) == atom
    assert feed_ics.data(answer(again)) == ics
    tags = [entry.id for entry in feedparser.parse(atom).entries]
    uids = [str(event["uid"]) for event in Calendar.from_ical(ics).walk("VEVENT")]
    assert len(set(tags)) == len(tags)
    assert len(set(uids)) == len(uids)


def test_since_leaves_the_ids_as_they_are(atom, registry):
    part = feedparser.parse(feed_atom.data(answer(registry, "2024-01-01"))).entries
    whole = feedparser.parse(atom).entries
    assert [entry.id for entry in part] == [entry.id for entry in whole[: len(part)]]


def test_nothing_since_is_still_a_feed(registry):
    nothing = answer(registry, "2099-01-01")
    read = feedparser.parse(feed_atom.data(nothing))
    assert (read.bozo, read.entries) == (False, [])
    assert Calendar.from_ical(feed_ics.data(nothing)).walk("VEVENT") == []


def test_ids_of_another_destination_name_it_and_those_of_kazakhstan_stay(registry):
    theirs, ours = (asking.feed(registry, "atom", to=to) for to in ("Uzbekistan", None))
    shared = "kaz-uzb-2000/signed/1"
    ids = [{event.id for event in answer.items} for answer in (theirs, ours)]
    assert f"UZB/{shared}" in ids[0]
    assert shared in ids[1]
    assert not ids[0] & ids[1]
    assert {event.id for event in registry.feed()} == ids[1]
    read = feedparser.parse(feed_atom.data(theirs))
    assert read.feed.id == "tag:visamap.invalid,2026:UZB/events"
    assert feedparser.parse(feed_atom.data(ours)).feed.id == "tag:visamap.invalid,2026:events"
    found = {str(one["uid"]) for one in Calendar.from_ical(feed_ics.data(theirs)).walk("VEVENT")}
    assert found == {f"{one}@visamap.invalid" for one in ids[0]}

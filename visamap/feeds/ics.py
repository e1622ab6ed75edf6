"""The events as an iCalendar file (RFC 5545): the only room of icalendar, of the extra ``feeds``.

All-day events that leave the day free. The time stamp that the format asks for is the day of the
data's release, so the same data gives the same bytes and no clock is asked.
"""

from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Event

from visamap.feeds import atom
from visamap.i18n import tr
from visamap.render import phrases_time
from visamap.render.phrases import entering
from visamap.results.parts import Envelope
from visamap.results.time import FeedEvent


def data(answer: Envelope) -> bytes:
    """Return the calendar, oldest event first."""
    with entering(answer):
        return _data(answer)


def _data(answer: Envelope) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//visamap//events//EN")
    calendar.add("version", "2.0")
    calendar.add("name", tr(atom.TITLE))
    calendar.add("x-wr-calname", tr(atom.TITLE))
    calendar.add("description", atom.about(answer))
    stamp = datetime.combine(answer.data.release, time(), UTC)
    for event in answer.items:
        calendar.add_component(_event(event, stamp))
    return bytes(calendar.to_ical())


def _event(event: FeedEvent, stamp: datetime) -> Event:
    found = Event()
    found.add("uid", f"{event.id}@{atom.AUTHORITY}")
    found.add("dtstamp", stamp)
    found.add("dtstart", event.on)
    found.add("dtend", event.on + timedelta(days=1))
    found.add("summary", phrases_time.event(event))
    sources = event.sources
    addresses = [tr("Source: {address}", address=source.url) for source in sources]
    found.add("description", "\n".join([*atom.body(event), *addresses]))
    found.add("categories", [event.what, *(country.code for country in event.nationalities)])
    found.add("transp", "TRANSPARENT")
    if sources:
        found.add("url", sources[0].url)
    return found

"""The events as an iCalendar file (RFC 5545): the only room of icalendar, of the extra ``feeds``.

All-day events that leave the day free. The time stamp that the format asks for is the day of the
data's release, so the same data gives the same bytes and no clock is asked.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from visamap.feeds import atom
from visamap.i18n import tr
from visamap.render import phrases, phrases_time, phrases_trip
from visamap.results.parts import Envelope
from visamap.results.time_results import FeedEvent


def data(answer: Envelope, pages: str | None = None) -> bytes:
    """Return the calendar, oldest event first; ``pages`` is where its destination's stand."""
    stamp = _stamp(answer)
    with phrases.entering(answer):
        events = [_event(event, stamp, pages) for event in answer.items]
        return _calendar(tr(atom.TITLE), answer, events)


def journey(answer: Envelope) -> bytes:
    """Return what must be done for a journey, and the last day in each state, as a calendar."""
    return _calendar(tr("Journey: what to do by when"), answer, _of_journey(answer))


def _calendar(name: str, answer: Envelope, events: Iterable[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//visamap//events//EN")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("description", atom.about(answer))
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _stamp(answer: Envelope) -> datetime:
    return datetime.combine(answer.data.release, time(), UTC)


def _of_journey(answer: Envelope) -> Iterator[Event]:
    stamp, seen = _stamp(answer), Counter[str]()
    for leg in (leg for leg in answer.items if leg.best):
        with phrases.entering(leg):
            told = [(one.by, one.what, phrases_trip.task(one), one.sources) for one in leg.to_do]
            last = tr("the last day in {home_in}")
        for by, what, said, sources in [*told, (leg.last_day, "last-day", last, leg.sources)]:
            if by is None or (what == "last-day" and not leg.allowed):
                continue
            code = leg.destination.code
            name = f"trip-{leg.nationality.code}-{code}-{leg.entry}-{what}"
            seen[name] += 1
            found = _all_day(f"{name}-{seen[name]}", by, f"{code}: {said}", stamp)
            addresses = [tr("Source: {address}", address=source.url) for source in sources]
            found.add("description", "\n".join([phrases_trip.message(leg), *addresses]))
            found.add("categories", [what, code])
            yield found


def _all_day(name: str, on: date, summary: str, stamp: datetime, pages: str | None = None) -> Event:
    found = Event()
    found.add("uid", f"{name}@{atom.authority(pages)}")
    found.add("dtstamp", stamp)
    found.add("dtstart", on)
    found.add("dtend", on + timedelta(days=1))
    found.add("summary", summary)
    found.add("transp", "TRANSPARENT")
    return found


def _event(event: FeedEvent, stamp: datetime, pages: str | None) -> Event:
    found = _all_day(event.id, event.on, phrases_time.event(event), stamp, pages)
    sources = event.sources
    addresses = [tr("Source: {address}", address=source.url) for source in sources]
    found.add("description", "\n".join([*atom.body(event), *addresses]))
    found.add("categories", [event.what, *(country.code for country in event.nationalities)])
    if pages or sources:
        found.add("url", atom.page(event, pages) if pages else sources[0].url)
    return found

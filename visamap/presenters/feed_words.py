"""What the feeds of every form share: the ids that stay, titles, the text of an event."""

from collections.abc import Iterator

from visamap.presenters import sentences, time_sentences
from visamap.results.feed import FeedEvent
from visamap.results.parts import Envelope

TITLE = "Visa-free entry into Kazakhstan: what was signed, came into force and ended"
AUTHOR = "visamap"
RIGHTS = "CC BY 4.0"
AUTHORITY = "visamap.invalid"
"""Whose ids these are. A tag URI needs a domain and visamap has none; ``.invalid`` is reserved, so
that nobody else can ever own it."""
SINCE = "2026"


def uri(event: str) -> str:
    """Return the id of an event as a tag URI (RFC 4151)."""
    return f"tag:{AUTHORITY},{SINCE}:{event}"


def uid(event: str) -> str:
    """Return the id of an event as a calendar's UID."""
    return f"{event}@{AUTHORITY}"


def about(answer: Envelope) -> str:
    """Return which data the feed was made from."""
    return f"{sentences.data(answer.data)} {sentences.FOOTER}"


def title(event: FeedEvent) -> str:
    """Return an event in one line."""
    return time_sentences.event(event)


def body(event: FeedEvent) -> Iterator[str]:
    """Yield what is known of an event, a line each."""
    yield f"{event.act.title}. [{event.act.id}]"
    if event.nationalities:
        names = ", ".join(f"{country.name} ({country.code})" for country in event.nationalities)
        yield f"For: {names}."
    if event.passports:
        yield f"Passports: {', '.join(event.passports)}."
    if event.limits:
        yield f"Terms: {'; '.join(sentences.terms(limit) for limit in event.limits)}."
    if event.place:
        yield f"Place: {event.place}."
    if event.decision:
        yield f"Act: {event.decision}."
    if event.note:
        yield event.note

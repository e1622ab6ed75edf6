"""What the feeds of every form share: the ids that stay, titles, the text of an event."""

from collections.abc import Iterator

from visamap.i18n import mark, tr
from visamap.render import phrases, phrases_time
from visamap.results.parts import Envelope
from visamap.results.time import FeedEvent

TITLE = mark("Visa-free entry into Kazakhstan: what was signed, came into force and ended")
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
    return f"{phrases.data(answer.data)} {tr(phrases.FOOTER)}"


def title(event: FeedEvent) -> str:
    """Return an event in one line."""
    return phrases_time.event(event)


def body(event: FeedEvent) -> Iterator[str]:
    """Yield what is known of an event, a line each."""
    yield f"{event.act.title}. [{event.act.id}]"
    if event.nationalities:
        names = ", ".join(f"{country.name} ({country.code})" for country in event.nationalities)
        yield tr("For: {names}.", names=names)
    if event.passports:
        held = ", ".join(tr(phrases.PASSPORTS[kind]) for kind in event.passports)
        yield tr("Passports: {kinds}.", kinds=held)
    if event.limits:
        terms = "; ".join(phrases.terms(limit) for limit in event.limits)
        yield tr("Terms: {terms}.", terms=terms)
    if event.place:
        yield tr("Place: {place}.", place=event.place)
    if event.decision:
        yield tr("Act: {act}.", act=event.decision)
    if event.note:
        yield event.note

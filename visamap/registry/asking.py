"""Whole answers: a question with what was asked and what must be remarked on.

Every door asks here, so an answer is the same through each of them.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from visamap.arguments import as_list
from visamap.errors import WrongUsageError
from visamap.i18n import tr
from visamap.registry.base import ALL
from visamap.registry.spec import QUESTIONS, TO, Question
from visamap.results.parts import Envelope, Note
from visamap.vocabulary import DESTINATIONS

if TYPE_CHECKING:
    from visamap.registry import Registry
    from visamap.results.partner_results import WorldMap
    from visamap.results.parts import Citation

QUIET = "VISAMAP_QUIET"
"""The variable that keeps the remark on data past its review away, for who has read it."""


def ask(registry: "Registry", name: str, /, **given: Any) -> Envelope:
    """Put a declared question to a registry, in the words that a door was given."""
    question = QUESTIONS[name]
    if question.to is None:
        return _asked(registry, question, given)
    to = given.pop(TO, None)
    if not question.to.several:
        view = entered(registry, None if to is None else question.to.read(TO, to))
        return _entering(view, question, given)
    views = [*map(registry.entering, dict.fromkeys(destinations(registry, as_list(to or ()))))]
    answers = [_entering(view, question, given) for view in views or [registry]]
    if len(answers) == 1:
        return answers[0]
    from visamap.domain.crossings import common_visa  # noqa: PLC0415  only several need it

    return _together(answers, common_visa(registry.index))


def destinations(registry: "Registry", named: Iterable[str]) -> Iterator[str]:
    """Yield the destinations that are named, ``all`` in their order."""
    for name in named:
        if name.strip().lower() == ALL:
            yield from (one for one in DESTINATIONS if one in registry.index.destinations)
        else:
            yield registry.destination(name)


def _entering(view: "Registry", question: Question, given: Mapping[str, Any]) -> Envelope:
    """Ask about one destination, by the day it is there."""
    with view.border:
        answer = _asked(view, question, given)
    answer.asked["destination"] = view.index.home
    return answer._replace(home=view.index.destination)


def _together(answers: "list[Envelope]", beside: Note) -> Envelope:
    """Return the answers of several destinations as one: by nationality, then as they were asked.

    A remark that holds for all of them is made once; ``beside`` is one on all.
    """
    first = answers[0]
    items = (item for row in zip(*(one.items for one in answers), strict=True) for item in row)
    notes: list[Note] = []
    for note in (note for one in answers for note in one.notes):
        if note not in notes:
            notes.append(note)
    if beside not in notes:
        notes.append(beside)
    asked = {**first.asked, "destination": [one.asked["destination"] for one in answers]}
    return first._replace(asked=asked, items=tuple(items), notes=tuple(notes), home=None)


def _asked(registry: "Registry", question: Question, given: Mapping[str, Any]) -> Envelope:
    words = question.read(given, registry.today())
    items = question.answer(registry, words)
    # Visits out of a file are told by its name alone.
    asked = {
        word: [one for one in value if isinstance(one, str)] if isinstance(value, tuple) else value
        for word, value in words.items()
    }
    if question.asked:
        asked = question.asked(registry, asked, items)
    notes = question.notes(registry, words, items) if question.notes else ()
    remarks = [
        *_one_traveller(registry, question, words),
        *_two_codes(registry, question, words),
        *notes,
    ]
    return envelope(registry, question.name, asked, items, remarks)


def _one_traveller(
    registry: "Registry", question: Question, words: Mapping[str, Any]
) -> Iterator[Note]:
    """Yield how several nationalities were read, where one of them is a destination as well."""
    codes = [*dict.fromkeys(map(registry.resolve, as_list(words.get("nationalities") or ())))]
    places = [code for code in codes[1:] if code in DESTINATIONS] or codes[:1]
    if question.to is None or not codes[1:] or not {*places} <= {*DESTINATIONS}:
        return
    to = places if question.to.several else places[:1]
    who = [code for code in codes if code not in places] or codes[:1]
    line = ["visamap", question.name, *who, *(part for code in to for part in ("--to", code))]
    names = {row: registry.index.country(row)._asdict() for row in codes}
    values = {"destination": names[to[0]]["name"], "command": " ".join(line)}
    yield Note("one_traveller", {"nationalities": [*names.values()], **values})


def _two_codes(
    registry: "Registry", question: Question, words: Mapping[str, Any]
) -> Iterator[Note]:
    """Yield a remark on each code that the Olympic Committee gives to another country."""
    table, countries = (registry.index.tables.get(n, {}) for n in ("two_codes", "countries"))
    for name, value in words.items():
        word = question.parameters[name].word
        for text in as_list(value) if word.kind == "country" and value else ():
            code = text.strip().upper()
            if other := table.get(code):
                meant = registry.resolve(code)
                named = {"name": countries[meant][2], "other": countries[other][2]}
                yield Note("two_codes", {"code": code, "other_code": other, **named})


def envelope(
    registry: "Registry",
    command: str,
    asked: dict[str, Any],
    items: Iterable[Any],
    notes: Iterable[Note] = (),
) -> Envelope:
    """Wrap items as every door returns them; old data and a day after it are remarked on."""
    found, remarks = tuple(items), [*overdue(registry), *notes]
    release, on = registry.data.release, asked.get("on")
    # What is planned may reach past the release where the day asked does not.
    later = isinstance(on, date) and on > release
    if command in {"stay", "trip"}:
        later = any(item.as_known_on for item in found)
    if later:
        remarks.append(Note("as_known_on", {"release": release.isoformat()}))
    if any(_is_late(item) for item in found):
        days = {"release": release.isoformat(), "last": registry.index.horizon.isoformat()}
        remarks.append(Note("beyond_horizon", days))
    return Envelope(command, registry.data, asked, found, tuple(remarks))


def overdue(registry: "Registry") -> tuple[Note, ...]:
    """Return the remark that the data should have been looked through again, where it should."""
    last, release = registry.index.review_by, registry.data.release
    if last is None or registry.today() <= last or os.environ.get(QUIET):
        return ()
    return (Note("past_review", {"release": release.isoformat(), "review_by": last.isoformat()}),)


def _is_late(item: Any) -> bool:
    """Tell whether an answer, or that about a plan, is about a day of entry past the horizon."""
    return any(
        getattr(one, "reason", None) == "beyond_horizon"
        for one in (item, getattr(item, "plan", None))
    )


def entered(registry: "Registry", to: str | None) -> "Registry":
    """Return the view over a destination; that of the data where none is named."""
    return registry if to is None else registry.entering(to)


def feed(
    registry: "Registry", kind: str, *, since: date | None = None, to: str | None = None
) -> Envelope:
    """What happened, event by event, for readers of feeds and calendars?"""
    view = entered(registry, to)
    asked = {"kind": kind, "since": since, "destination": view.index.home}
    found = envelope(view, "feed", asked, view.feed(since=since))
    return found._replace(home=view.index.destination)


def world_map(  # noqa: PLR0913  what a map may be of
    registry: "Registry",
    *,
    on: date | None = None,
    passport: str = "ordinary",
    outbound: str | None = None,
    to: str | None = None,
    nationality: str | None = None,
) -> "WorldMap":
    """Return the map of a day, of one destination or of one passport, in the reader's language.

    ``to`` is ``all`` where a ``nationality`` is named: how far its passport goes in all of them.
    """
    from visamap.render.phrases import said  # noqa: PLC0415  only a map

    everywhere = to is not None and to.strip().lower() == ALL
    if everywhere != (nationality is not None):
        raise WrongUsageError(
            tr("A map of all destinations is of one nationality: --to all --nationality DEU.")
        )
    if to is not None and outbound is not None:
        raise WrongUsageError(tr("A map is of one destination or of one passport; name one."))
    view = registry if everywhere else entered(registry, to)
    found: WorldMap = said(
        view.world_map(on=on, passport=passport, outbound=outbound, nationality=nationality)
    )
    return found


def releases(registry: "Registry", old: str, new: str) -> Envelope:
    """Return what a release says otherwise than an earlier one; both are files of ``export``."""
    found, early, late = registry.release_changes(old, new)
    notes = [Note("releases_backwards", {})] if early["release"] > late["release"] else []
    return envelope(registry, "releases", {"old": early, "new": late}, found, notes)


def cited(registry: "Registry", answer: Envelope) -> "tuple[Citation, ...]":
    """Return the acts and sources that an answer rests on, with what is known of them."""
    from visamap.domain.provenance import acts_first, citations  # noqa: PLC0415  few answers are cited

    by_home: dict[str, list[Any]] = {}
    for item in answer.items:
        home = getattr(item, "destination", None) or answer.home
        code = home.code if home else registry.index.home
        told = code if code in registry.index.destinations else registry.index.home
        by_home.setdefault(told, []).append(item)
    found: dict[str, Citation] = {}
    for home, items in by_home.items():
        for one in citations(registry.entering(home).index, items):
            found.setdefault(one.id, one)
    return acts_first(found.values())

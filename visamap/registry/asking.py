"""Whole answers: a question with what was asked and what must be remarked on.

Every door asks here, so an answer is the same through each of them.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from visamap.arguments import as_list
from visamap.registry.spec import QUESTIONS, Question
from visamap.results.parts import Envelope, Note

if TYPE_CHECKING:
    from visamap.registry import Registry


def ask(registry: "Registry", name: str, /, **given: Any) -> Envelope:
    """Put a declared question to a registry, in the words that a door was given.

    Raises:
        WrongUsageError: a word is none that the question takes; and what its method raises.
    """
    question = QUESTIONS[name]
    words = question.read(given, registry.today())
    items = question.answer(registry, words)
    asked = {
        word: list(value) if isinstance(value, tuple) else value for word, value in words.items()
    }
    if question.asked:
        asked = question.asked(registry, asked, items)
    notes = question.notes(registry, words, items) if question.notes else ()
    return envelope(registry, name, asked, items, [*_two_codes(registry, question, words), *notes])


def _two_codes(
    registry: "Registry", question: Question, words: Mapping[str, Any]
) -> Iterator[Note]:
    """Yield a remark on each code that the Olympic Committee gives to another country."""
    table, countries = (registry.index.tables.get(n, {}) for n in ("two_codes", "countries"))
    for name, (_, word, *_) in question.parameters.items():
        for text in as_list(words[name]) if word.kind == "country" and words[name] else ():
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
    """Wrap items as every door returns them; a day after the release is remarked on."""
    found, remarks = tuple(items), list(notes)
    release, on = registry.data.release, asked.get("on")
    # A plan may reach past the release where the day asked does not.
    if (on and on > release) or (command == "stay" and found[0].as_known_on):
        remarks.append(Note("as_known_on", {"release": release.isoformat()}))
    if any(_is_late(item) for item in found):
        days = {"release": release.isoformat(), "last": registry.index.horizon.isoformat()}
        remarks.append(Note("beyond_horizon", days))
    return Envelope(command, registry.data, asked, found, tuple(remarks))


def _is_late(item: Any) -> bool:
    """Tell whether an answer, or that about a plan, is about a day of entry past the horizon."""
    return any(
        getattr(one, "reason", None) == "beyond_horizon"
        for one in (item, getattr(item, "plan", None))
    )


def feed(registry: "Registry", kind: str, *, since: date | None = None) -> Envelope:
    """What happened, event by event, for readers of feeds and calendars?"""
    asked = {"kind": kind, "since": since}
    return envelope(registry, "feed", asked, registry.feed(since=since))


def releases(registry: "Registry", old: str, new: str) -> Envelope:
    """Return what a release says otherwise than an earlier one; both are files of ``export``."""
    found, early, late = registry.release_changes(old, new)
    notes = [Note("releases_backwards", {})] if early["release"] > late["release"] else []
    return envelope(registry, "releases", {"old": early, "new": late}, found, notes)

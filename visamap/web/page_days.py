"""Days as pages write them: in words, for programs in ISO 8601 beside it, as far as they are known.

Also the room of sentences that hold markup, for a day is the markup that most of them hold.
"""

from datetime import date
from typing import Any

from markupsafe import Markup

from visamap.language import tr
from visamap.presenters.words.dates import day_form, partial
from visamap.results.parts import Act


def trh(text: str, /, **values: Any) -> Markup:
    """Return a sentence that holds markup; what is put into it is escaped unless it is markup."""
    return Markup(tr(text)).format(**values)  # noqa: S704  our own sentence


def day(value: date | str | None) -> str:
    """Return a day in words; months and years known by text alone stay as short as they are."""
    if value is None:
        return tr("not known")
    return partial(str(value), day_form())


def time(value: date | str | None) -> Markup:
    """Return a day in words, with the same in ISO 8601 for programs."""
    if value is None:
        return Markup.escape(day(value))
    return Markup('<time datetime="{}">{}</time>').format(value, day(value))


def known(on: date, release: date | None) -> Markup:
    """Return the day asked, and the day from which is known what is said of a later one."""
    if release is None:
        return time(on)
    return trh("{day} (as known on {release})", day=time(on), release=time(release))


def between(known: Any, bounds: Any) -> Markup:
    """Return a day, its bounds, or that it is not known."""
    if not bounds:
        return time(known or None)
    first, last = bounds
    if last:
        return trh("between {first} and {last}", first=time(first), last=time(last))
    return trh("{day} or later", day=time(first))


def dated(one: Act) -> Markup:
    """Return when an act was signed and began, as far as known."""
    known = []
    if one.signed:
        known.append(trh("signed {day}", day=time(one.signed)))
    if one.in_force:
        known.append(trh("in force from {day}", day=time(one.in_force)))
    return Markup("; ").join(known) or trh("days not known")

"""What the rules look at: the records, their places and links, and which ids there are.

Gathered in one walk, before any rule is asked. Nothing is judged here.
"""

from collections.abc import Collection
from typing import NamedTuple

from visamap.dataset.links import Link, Place, links, places
from visamap.dataset.partial import Aside
from visamap.models.base import ANY_SECTION, COUNTRIES
from visamap.models.dataset import Dataset
from visamap.models.law import Instrument

# Records that stand for others: an id that is met there is not a record to point to.
NO_TARGETS = ("sources", "retired_ids")


class Facts(NamedTuple):
    """A dataset laid out for the rules."""

    dataset: Dataset
    places: list[Place]
    links: list[Link]
    ids: dict[str, set[str]]
    """What may be named, by section; country codes and "any section" are there too."""
    acts: dict[str, Instrument]
    aside: Aside
    """What was refused before: not judged, and nothing is concluded from its absence."""
    whole: bool
    """Whether this is all of the data; if not, no rule says that something is missing."""


def gathered(dataset: Dataset, codes: Collection[str], aside: Aside, *, whole: bool) -> Facts:
    """Walk the dataset once; ``codes`` are those of countries."""
    found = [place for place in places(dataset) if place.path]
    ids: dict[str, set[str]] = {COUNTRIES: set(codes), ANY_SECTION: set()}
    named = [(place.section, place.name) for place in found if place.name]
    named += [(section, name) for section, names in aside.ids.items() for name in names]
    for section, name in named:
        ids.setdefault(section, set()).add(name)
        if section not in NO_TARGETS:
            ids[ANY_SECTION].add(name)
    return Facts(
        dataset,
        found,
        [link for place in found for link in links(place)],
        ids,
        {act.id: act for act in dataset.instruments},
        aside,
        whole,
    )

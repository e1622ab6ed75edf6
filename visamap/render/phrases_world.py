"""What the map says in words: its heading, the legend, the sentence of each country."""

from collections import Counter
from collections.abc import Collection, Iterator
from typing import NamedTuple, get_args

from visamap.i18n import mark, markn, tr, trn
from visamap.render import phrases
from visamap.render.phrases import written
from visamap.results.partner_results import Mark, Shade, WorldMap

ORDER: tuple[Shade, ...] = get_args(Shade)
"""Of the legend."""
FREE: frozenset[Shade] = frozenset({"free_90", "free_30", "free_14", "free_untold", "visa_free"})
SHADES: dict[str, str] = {
    "free_untold": mark("Visa-free, stay not known"),
    "visa_free": mark("Visa-free"),
    "conditional": mark("With another visa"),
    "visa_on_arrival": mark("Visa on arrival"),
    "eta": mark("Electronic authorisation"),
    "e_visa": mark("E-visa"),
    "possible": mark("Perhaps visa-free"),
    "suspended": mark("Suspended"),
    "visa_required": mark("Visa required"),
    "no_admission": mark("No admission"),
    "unknown": mark("Not known"),
    "disputed": mark("Disputed area"),
}
"""Labels of the legend; the shades of a stay are said with its days."""
BY_DAYS = frozenset({"free_90", "free_30", "free_14"})
VERDICTS: dict[str, str] = {
    "home": mark("home"),
    "free_90": mark("visa-free"),
    "free_30": mark("visa-free"),
    "free_14": mark("visa-free"),
    "free_untold": mark("visa-free, stay not known"),
    "visa_free": mark("visa-free"),
    "conditional": mark("visa-free with another state's visa"),
    "visa_on_arrival": mark("visa on arrival"),
    "eta": mark("electronic travel authorisation"),
    "e_visa": mark("e-visa"),
    "suspended": mark("visa required, the visa-free rule is suspended"),
    "visa_required": mark("visa required"),
    "no_admission": mark("no admission"),
    "unknown": mark("not known"),
    "disputed": mark("disputed area, not coloured"),
}
HELD_PASSPORTS = {
    "ordinary": mark("ordinary passports"),
    "diplomatic": mark("diplomatic passports"),
    "service": mark("service passports"),
    "special": mark("special passports"),
    "id_card": mark("identity cards"),
    "laissez_passer": mark("laissez-passers"),
}
BOUNDARIES = mark(
    "Outlines: Natural Earth, simplified; codes: ISO 3166-1 and Kosovo. The map takes no view on "
    "any border. Cross-hatched: claimed by two sides, without a passport in our list."
)
NOT_LOOKED_AT = frozenset({"not_covered", "nothing_known"})
"""Reasons of a country of which nothing is known for want of looking."""


class Row(NamedTuple):
    """One line of the legend: a shade, what it means, how many countries have it."""

    shade: Shade
    label: str
    number: int | None


def heading(world: WorldMap) -> str:
    """Return the title of a map that was given none."""
    if world.direction == "outbound":
        return tr("Where holders of a passport of {country} may go", country=world.home.name)
    if world.direction == "region":
        return tr("Central Asia with a passport of {country}", country=world.home.name)
    return tr("Who may enter {home_into} without a visa")


DAYS = {
    (True, False): mark("On {day}. Data of {release}."),
    (True, True): mark("On {day}, as known on {known}. Data of {release}."),
    (False, False): mark("On {day}; {passports}. Data of {release}."),
    (False, True): mark("On {day}, as known on {known}; {passports}. Data of {release}."),
}
"""Whether the map is of one passport, and whether its day is later than the data."""


def subheading(world: WorldMap) -> str:
    """Return the day, the passport kind and the release of the data."""
    known = world.as_known_on
    return tr(
        DAYS[world.direction == "outbound", known is not None],
        day=written(world.on),
        known=written(known) if known else "",
        passports=tr(HELD_PASSPORTS[world.passport]),
        release=written(world.data.release),
    )


def practice(world: WorldMap) -> str:
    """Return where practice differed from law on that day, or nothing."""
    said = [phrases.practice(note) for note in world.advisories if note.kind != "practice-differs"]
    if barred := sum(mark.barred for mark in world.marks):
        said.append(
            trn(
                "in practice {n} destination lets nobody in",
                "in practice {n} destinations let nobody in",
                barred,
            )
        )
    return tr("The map shows the law; {practice}.", practice="; ".join(said)) if said else ""


def counted(world: WorldMap) -> list[Mark]:
    """Return the marks that count."""
    return [mark for mark in world.marks if mark.counted]


def free(world: WorldMap) -> int:
    """Return how many countries are visa-free for certain."""
    return sum(mark.shade in FREE for mark in counted(world))


FREE_WHAT = {
    (True, False): markn("visa-free nationality", "visa-free nationalities"),
    (True, True): markn("visa-free nationality, at least", "visa-free nationalities, at least"),
    (False, False): markn("visa-free destination", "visa-free destinations"),
    (False, True): markn("visa-free destination, at least", "visa-free destinations, at least"),
}
"""Whether the map is of entry, and whether there may be more."""


def free_what(world: WorldMap) -> str:
    """Return what ``free`` counts, and that there may be more where nobody has looked."""
    at_least = any(mark.reason in NOT_LOOKED_AT for mark in counted(world))
    return trn(*FREE_WHAT[world.direction == "inbound", at_least], free(world))


def legend(world: WorldMap) -> Iterator[Row]:
    """Yield the lines of the legend, for the shades that the map has."""
    counts = Counter(mark.shade for mark in counted(world))
    for shade in ORDER:
        if shade == "home":
            if world.direction != "region":
                yield Row(shade, world.home.name, None)
        elif shade == "disputed" and world.direction != "region":
            yield Row(shade, tr(SHADES[shade]), None)
        elif shade == "unknown" and not counts[shade]:
            if any(mark.shade == shade for mark in world.marks):
                yield Row(shade, tr(SHADES[shade]), None)
        elif counts[shade] and shade in BY_DAYS:
            days = {m.max_stay_days for m in world.marks if m.shade == shade}
            yield Row(shade, _free_for(days), counts[shade])
        elif counts[shade]:
            yield Row(shade, tr(SHADES[shade]), counts[shade])


def sentence(mark: Mark) -> str:
    """Return what the map says of a country: its name, the verdict, the stay."""
    name, said = mark.country.name, verdict(mark)
    if mark.holds:
        return tr(
            "{name} (as {holder}): {verdict}", name=name, holder=mark.holds.name, verdict=said
        )
    return f"{name}: {said}"


def verdict(mark: Mark) -> str:
    """Return the verdict on a country in a few words."""
    if mark.shade == "possible" or mark.reason in {"approved_not_in_force", "approval_uncertain"}:
        said = tr("not known, {reason}", reason=tr(phrases.REASONS.get(mark.reason or "", "")))
    elif mark.shade == "home" and mark.reason == "citizen":
        said = tr("no visa")
    else:
        said = tr(VERDICTS[mark.shade])
    if stay := mark.max_stay_days:
        said = trn("{verdict}, up to {n} day", "{verdict}, up to {n} days", stay, verdict=said)
    return tr("{verdict}; in practice closed", verdict=said) if mark.barred else said


def summary(world: WorldMap) -> str:
    """Return the whole map in a sentence, for those who do not see it."""
    rows = [f"{row.label}: {row.number}" for row in legend(world) if row.number]
    return f"{subheading(world)} {'; '.join(rows)}. {practice(world)}".strip()


def _free_for(days: Collection[int | None]) -> str:
    """Return a line of the legend; a stay without any limit has no number of days."""
    known = sorted(n for n in days if n)
    if not known:
        return tr("Visa-free, no limit of days")
    first, last = known[0], known[-1]
    if None in days:
        return trn("Visa-free, {n} day or more", "Visa-free, {n} days or more", first)
    if first == last:
        return trn("Visa-free, {n} day", "Visa-free, {n} days", last)
    return trn(
        "Visa-free, {first}\u2013{n} day", "Visa-free, {first}\u2013{n} days", last, first=first
    )

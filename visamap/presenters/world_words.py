"""What the map says in words: its heading, the legend, the sentence of each country."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from visamap.presenters import sentences
from visamap.results.world import Mark, Shade, WorldMap

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
ORDER: tuple[Shade, ...] = (
    "home",
    "free_90",
    "free_30",
    "free_14",
    "free_untold",
    "visa_free",
    "conditional",
    "visa_on_arrival",
    "eta",
    "e_visa",
    "possible",
    "suspended",
    "visa_required",
    "no_admission",
    "unknown",
    "disputed",
)
FREE: frozenset[Shade] = frozenset({"free_90", "free_30", "free_14", "free_untold", "visa_free"})
SHADES: dict[str, str] = {
    "free_90": "Visa-free, {days}",
    "free_30": "Visa-free, {days}",
    "free_14": "Visa-free, {days}",
    "free_untold": "Visa-free, stay not known",
    "visa_free": "Visa-free",
    "conditional": "With another visa",
    "visa_on_arrival": "Visa on arrival",
    "eta": "Electronic authorisation",
    "e_visa": "E-visa",
    "possible": "Perhaps visa-free",
    "suspended": "Suspended",
    "visa_required": "Visa required",
    "no_admission": "No admission",
    "unknown": "Not known",
    "disputed": "Disputed area",
}
HELD_PASSPORTS = {kind: f"{held}s" for kind, held in sentences.PASSPORTS.items()}
BOUNDARIES = (
    "Outlines: Natural Earth, simplified; codes: ISO 3166-1 and Kosovo. The map takes no view on "
    "any border. Cross-hatched: claimed by two sides, without a passport in our list."
)


class Row(NamedTuple):
    """One line of the legend: a shade, what it means, how many countries have it."""

    shade: Shade
    label: str
    number: int | None


def heading(world: WorldMap) -> str:
    """Return the title of a map that was given none."""
    if world.direction == "outbound":
        return f"Where a passport of {world.home.name} leads"
    return "Who may enter Kazakhstan without a visa"


def subheading(world: WorldMap) -> str:
    """Return the day, the passport kind and the release of the data."""
    known = f", as known on {written(world.as_known_on)}" if world.as_known_on else ""
    held = f"; {HELD_PASSPORTS[world.passport]}" if world.direction == "inbound" else ""
    return f"On {written(world.on)}{known}{held}. Data of {world.data.release}."


def practice(world: WorldMap) -> str:
    """Return where practice differed from law on that day, or nothing."""
    said = [
        sentences.practice(note) for note in world.advisories if note.kind != "practice-differs"
    ]
    if barred := sum(mark.barred for mark in world.marks):
        said.append(f"in practice {barred} destinations let nobody in")
    return f"The map shows the law; {'; '.join(said)}." if said else ""


def counted(world: WorldMap) -> list[Mark]:
    """Return the marks that count."""
    return [mark for mark in world.marks if mark.counted]


def free(world: WorldMap) -> int:
    """Return how many countries are visa-free for certain."""
    return sum(mark.shade in FREE for mark in counted(world))


def free_what(world: WorldMap) -> str:
    """Return what ``free`` counts."""
    return f"visa-free {'nationalities' if world.direction == 'inbound' else 'destinations'}"


def legend(world: WorldMap) -> Iterator[Row]:
    """Yield the lines of the legend, for the shades that the map has."""
    counts = Counter(mark.shade for mark in counted(world))
    for shade in ORDER:
        if shade == "home":
            yield Row(shade, world.home.name, None)
        elif shade == "disputed":
            yield Row(shade, SHADES[shade], None)
        elif shade == "unknown" and not counts[shade]:
            if any(mark.shade == shade for mark in world.marks):
                yield Row(shade, SHADES[shade], None)
        elif counts[shade]:
            days = {mark.max_stay_days for mark in world.marks if mark.shade == shade}
            yield Row(shade, SHADES[shade].format(days=_range(days)), counts[shade])


def sentence(mark: Mark) -> str:
    """Return what the map says of a country: its name, the verdict, the stay."""
    name = mark.country.name
    if mark.holds:
        name = f"{name} (as {mark.holds.name})"
    return f"{name}: {verdict(mark)}"


def verdict(mark: Mark) -> str:
    """Return the verdict on a country in a few words."""
    said = {
        "home": "no visa" if mark.reason == "citizen" else "home",
        "free_untold": "visa-free, stay not known",
        "conditional": "visa-free with another state's visa",
        "possible": f"not known, {sentences.REASONS.get(mark.reason or '', '')}",
        "suspended": "visa required, the visa-free rule is suspended",
        "disputed": "disputed area, not coloured",
        "eta": "electronic travel authorisation",
    }.get(mark.shade)
    if said is None:
        said = "visa-free" if mark.shade in FREE else SHADES[mark.shade].lower()
    stay = f", up to {mark.max_stay_days} days" if mark.max_stay_days else ""
    return f"{said}{stay}{'; in practice closed' if mark.barred else ''}"


def summary(world: WorldMap) -> str:
    """Return the whole map in a sentence, for those who do not see it."""
    rows = [f"{row.label}: {row.number}" for row in legend(world) if row.number]
    return f"{subheading(world)} {'; '.join(rows)}. {practice(world)}".strip()


def written(day: date) -> str:
    """Return a day in words."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _range(days: set[int | None]) -> str:
    known = sorted(day for day in days if day)
    if not known:
        return "stay not known"
    return f"{known[0]} days" if known[0] == known[-1] else f"{known[0]}\u2013{known[-1]} days"

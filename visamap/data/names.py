"""Lays our curated names over those of pycountry and makes the tables that the resolver reads.

It runs when the data is compiled and is the only room that imports pycountry. It opens no file of
ours: the caller hands over what ``data/country_names.yaml`` says. The same input gives the same
tables. Mistakes of our own file stop it; mistakes of pycountry's catalogues are dropped.
"""

from __future__ import annotations

import gettext
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pycountry

from visamap.store.resolver import fold, without_kazakh_letters

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

REVIEWED_LANGUAGES = ("kk", "ru")

SHORTEST_NAME = 3
"""In an alphabet, a shorter name of another language is rather a code or a mistake."""
FIRST_IDEOGRAPH = "\u2e80"


Claim = tuple[str, str]
"""A name, and the code of the country that claims it."""
Form = tuple[str, str]
"""An English name, and the folded name that stands for it in a language."""


class Catalogue(NamedTuple):
    """Tables of plain values, ready to be written as JSON; all names in them are folded.

     ``small`` holds ``countries`` (code: [alpha-2, numeric, English name, kind]), ``held_passport``
     (territory: passport), ``codes`` and ``english`` (name: code), ``ambiguous`` (name: codes) and
     ``two_codes`` (a code that the Olympic Committee gives to another country: that country).
    ``large`` holds ``reviewed`` and
     ``other`` (name: code), ``ambiguous``, ``display`` (language: {code: name as printed}) and
    ``state_numbers`` (a list of research: its states' numbers).
    ``people`` holds what is asked last: ``people`` and ``ioc`` (name: code), ``ambiguous``,
    ``places`` (name: [kind, codes]), ``kazakh`` (name without letters of its own: codes) and the
    words of ``citizen_of`` and ``words``.
    """

    small: dict[str, Any]
    large: dict[str, Any]
    people: dict[str, Any]


class ClashError(ValueError):
    """Our own file contradicts itself or the ISO lists; the message names every place."""


def build(curated: Mapping[str, Any]) -> Catalogue:
    """Return the tables for ``curated``, a ``CountryNames`` record as plain values."""
    extra = {row["code"]: row for row in curated["extra"]}
    _check_codes(curated, extra)
    countries = dict(sorted(_country_rows(curated).items()))

    ambiguous = {fold(name): list(codes) for name, codes in curated["ambiguous"].items()}
    codes = _rank(_code_claims(countries, curated["codes"]))
    english = _rank(_english_claims(curated), ambiguous, codes)
    display = {}
    claims: list[Claim] = []
    for language in REVIEWED_LANGUAGES:
        names = {**curated[f"names_{language}"], **{code: extra[code][language] for code in extra}}
        display[language] = {code: names[code][0] for code in sorted(names)}
        claims += _all_claims(names)
    reviewed = _rank(claims, ambiguous, codes, english)
    typos = map(fold, curated["typos"])
    higher = ambiguous, codes, english, reviewed
    own = _rank(_all_claims(curated["names_other"]), *higher)
    places = _places(curated["places"], {*chain(*higher), *own})
    taken = {*chain(*higher), *typos, *places, *own}
    other, other_ambiguous = _other_languages(ambiguous, taken)
    other = dict(sorted({**other, **own}.items()))
    people = _people(curated, *higher, other, other_ambiguous)
    twice = {*people["people"]}.intersection(places)
    _refuse([f"places: {name!r} is claimed by people" for name in sorted(twice)])
    return Catalogue(
        small={
            "countries": countries,
            "held_passport": dict(
                sorted(
                    (code, by) for by, codes in curated["held_passport"].items() for code in codes
                )
            ),
            "codes": codes,
            "english": english,
            "ambiguous": dict(sorted(ambiguous.items())),
            "two_codes": {a: b for a, b in curated["ioc"].items() if codes.get(fold(a), b) != b},
        },
        large={
            "reviewed": reviewed,
            "other": other,
            "ambiguous": other_ambiguous,
            "display": display,
            "state_numbers": curated["state_numbers"],
        },
        people={
            **people,
            "ioc": curated["ioc"],
            "places": places,
            "kazakh": _kazakh(curated),
            "words": {fold(word): list(means) for word, means in curated["words"].items()},
            **_affixes(curated["citizen_of"]),
        },
    )


def _places(rows: Iterable[Mapping[str, Any]], taken: Collection[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    mistakes = []
    for row in rows:
        for key in dict.fromkeys(map(fold, row["names"])):
            if key in taken or key in found:
                mistakes.append(f"places: {key!r} of {row['names'][0]} has a meaning already")
            found[key] = [row["kind"], list(row["of"])]
    _refuse(mistakes)
    return dict(sorted(found.items()))


def _people(curated: Mapping[str, Any], *higher: Mapping[str, Any]) -> dict[str, Any]:
    """Return whose people bears each name; what a higher rank knows is left to it."""
    ambiguous = {fold(name): list(codes) for name, codes in curated["ambiguous_people"].items()}
    claims: list[Claim] = []
    for language, table in curated["endings"].items():
        endings = sorted(table.items(), key=lambda row: -len(row[0]))
        for name, code in _all_claims(curated[f"people_{language}"]):
            ending, forms = next(row for row in endings if name.endswith(row[0]))
            claims += [(name.removesuffix(ending) + form, code) for form in forms]
    known = {key: meant for rank in reversed(higher) for key, meant in rank.items()}
    people = _rank((name, code) for name, code in claims if known.get(fold(name), code) == code)
    clash = sorted({*ambiguous}.intersection({*people, *known}))
    _refuse([f"ambiguous_people: {name!r} has a meaning already" for name in clash])
    return {"people": people, "ambiguous": dict(sorted(ambiguous.items()))}


def _kazakh(curated: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return Kazakh names and peoples as they are typed without letters of their own."""
    found: dict[str, dict[str, None]] = {}
    several = {**curated["ambiguous"], **curated["ambiguous_people"]}
    claims = chain(_all_claims(curated["names_kk"]), _all_claims(curated["people_kk"]))
    both = ((name, code) for name, codes in several.items() for code in codes)
    for name, code in chain(claims, both):
        found.setdefault(without_kazakh_letters(fold(name)), {})[code] = None
    return {key: list(found[key]) for key in sorted(found) if not key.isascii()}


def _affixes(said: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Return what may stand around a name, with the space between, the longest first."""
    before = [f"{fold(word)} " for word in said["before"]]
    after = [word if word >= FIRST_IDEOGRAPH else f" {fold(word)}" for word in said["after"]]
    endings = map(without_kazakh_letters, said["endings_kk"])
    elided = map(fold, said["elided"])
    every = {"before": before, "elided": elided, "after": after, "endings_kk": endings}
    return {name: sorted(set(words), key=lambda w: (-len(w), w)) for name, words in every.items()}


def _country_rows(curated: Mapping[str, Any]) -> dict[str, list[str | None]]:
    rows = {}
    for country in pycountry.countries:
        code = country.alpha_3
        kind = "territory" if code in curated["territories"] else "state"
        name = curated["display"].get(code, country.name)
        rows[code] = [country.alpha_2, country.numeric, name, kind]
    for row in curated["extra"]:
        rows[row["code"]] = [row["alpha2"], None, row["en"][0], row["kind"]]
    return rows


def _check_codes(curated: Mapping[str, Any], extra: Collection[str]) -> None:
    iso = {country.alpha_3 for country in pycountry.countries}
    mentioned = {
        "codes": set(curated["codes"].values()),
        "ambiguous": set(chain.from_iterable(curated["ambiguous"].values())),
        "ambiguous_people": set(chain.from_iterable(curated["ambiguous_people"].values())),
        "ioc": set(curated["ioc"].values()),
        **{
            f"people_{language}": set(curated[f"people_{language}"])
            for language in curated["endings"]
        },
        "places": set(chain.from_iterable(row["of"] for row in curated["places"])),
        "state_numbers": {c for one in curated["state_numbers"].values() for c in one["numbers"]},
        **{
            section: set(curated[section])
            for section in ("territories", "held_passport", "aliases", "display", "names_other")
        },
    }
    mistakes = [f"extra: {code} is an ISO code" for code in sorted(iso.intersection(extra))]
    mistakes += [
        f"{section}: no country has the code {code}"
        for section, codes in mentioned.items()
        for code in sorted(codes.difference(iso, extra))
    ]
    for section in (f"names_{language}" for language in REVIEWED_LANGUAGES):
        named = set(curated[section])
        mistakes += [f"{section}: {code} has no name" for code in sorted(iso - named)]
        mistakes += [f"{section}: {code} is no ISO code" for code in sorted(named - iso)]
    of_none = [code for codes in curated["held_passport"].values() for code in codes]
    mistakes += [
        f"held_passport: {code} is no territory, or stands there twice"
        for code in sorted(set(of_none))
        if code not in curated["territories"] or of_none.count(code) > 1
    ]
    mistakes += [
        f"held_passport: {code} holds another passport itself"
        for code in curated["held_passport"]
        if code in of_none
    ]
    _refuse(mistakes)


def _refuse(mistakes: Collection[str]) -> None:
    if mistakes:
        raise ClashError("; ".join(mistakes))


def _rank(claims: Iterable[Claim], *higher: Mapping[str, Any]) -> dict[str, str]:
    """Return who bears each name; in our own ranks a name has one bearer or none at all."""
    bearers: dict[str, str] = {}
    mistakes = []
    for name, code in claims:
        key = fold(name)
        bearer = next((rank[key] for rank in higher if key in rank), code)
        if bearer == code:
            bearer = bearers.setdefault(key, code)
        if not key or code not in ([bearer] if isinstance(bearer, str) else bearer):
            mistakes.append(f"{name!r} is claimed by {code} and by {bearer}")
    _refuse(mistakes)
    return dict(sorted(bearers.items()))


def _all_claims(names: Mapping[str, Iterable[str]]) -> Iterator[Claim]:
    return ((name, code) for code in names for name in names[code])


def _code_claims(
    countries: Mapping[str, list[str | None]], further: Mapping[str, str]
) -> Iterator[Claim]:
    for code, (alpha2, numeric, *_) in countries.items():
        yield from ((form, code) for form in (code, alpha2, numeric) if form)
    yield from further.items()


def _english_claims(curated: Mapping[str, Any]) -> Iterator[Claim]:
    for country in pycountry.countries:
        for name in _forms(country).values():
            yield name, country.alpha_3
            if turned := _turned(name):
                yield turned, country.alpha_3
    yield from ((name, code) for code, name in curated["display"].items())
    yield from ((name, row["code"]) for row in curated["extra"] for name in row["en"])
    yield from _all_claims(curated["aliases"])


def _forms(country: Any) -> dict[str, str]:
    """Return the English names that pycountry has, by their field."""
    fields = ("name", "common_name", "official_name")
    return {field: getattr(country, field) for field in fields if hasattr(country, field)}


def _short(forms: Mapping[str, Form]) -> set[Form]:
    return {form for field, form in forms.items() if field != "official_name"}


def _turned(name: str) -> str | None:
    """Turn "Korea, Republic of" into "Republic of Korea", and back."""
    head, comma, tail = name.partition(", ")
    if comma:
        return f"{tail} {head}" if tail.endswith((" of", " of the")) else None
    head, of, tail = name.partition(" of ")
    return f"{tail}, {head} of" if of else None


def _other_languages(
    ambiguous: Mapping[str, list[str]], taken: Collection[str]
) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Return the names in all languages that one country claims, and those that we cannot tell."""
    claimants: dict[str, set[str]] = {}
    unclear: dict[str, list[str]] = {}
    for name, key, code in _all_translations():
        if key in taken or (len(key) < SHORTEST_NAME and key < FIRST_IDEOGRAPH):
            continue
        # A translation of "Congo" says no more than "Congo" does.
        if choices := ambiguous.get(fold(name)):
            unclear[key] = choices
        else:
            claimants.setdefault(key, set()).add(code)
    clear = {key: codes.pop() for key, codes in claimants.items() if len(codes) == 1}
    return (
        {key: clear[key] for key in sorted(clear) if key not in unclear},
        dict(sorted(unclear.items())),
    )


@cache
def _all_translations() -> tuple[tuple[str, str, str], ...]:
    """Return (English name, folded translation, code) of each catalogue; no file of ours counts."""
    known = {
        country.alpha_3: _short(
            {field: (name, fold(name)) for field, name in _forms(country).items()}
        )
        for country in pycountry.countries
    }
    folders = sorted(Path(pycountry.LOCALES_DIR).iterdir())
    return tuple(one for folder in folders for one in _translations(folder.name, known))


def _translations(language: str, known: Mapping[str, set[Form]]) -> Iterator[tuple[str, str, str]]:
    """Yield (English name, folded translation, code), without what is plainly misplaced.

    ``known`` are the short English names, by which a catalogue also betrays its slips.
    """
    catalogue = gettext.translation(
        "iso3166-1", pycountry.LOCALES_DIR, [language], fallback=True
    ).gettext
    english = {country.alpha_3: _forms(country) for country in pycountry.countries}
    translated = {
        code: {
            field: (name, fold(catalogue(name)))
            for field, name in forms.items()
            if catalogue(name) != name
        }
        for code, forms in english.items()
    }
    short = {code: _short(forms) for code, forms in translated.items()}
    everyone = [(code, form) for code in short for form in short[code] | known[code]]
    for code, forms in translated.items():
        for field, (name, key) in forms.items():
            if field == "official_name" and not any(_holds(key, own) for _, own in short[code]):
                inside = [(other, form) for other, form in everyone if form[1] in key]
                if _names_another(name, key, (form for other, form in inside if other != code)):
                    continue
            yield name, key, code


def _names_another(english: str, key: str, others: Iterable[tuple[str, str]]) -> bool:
    """Tell whether a translated official name holds another country's name for no reason.

    So does Nepal's in Kazakh, which reads "Central African Republic". "United Mexican States" in
    Spanish holds the name of the United States, but so it does in English.
    """
    return any(
        _holds(key, other) and not set(fold(english).split()) >= set(fold(name).split())
        for name, other in others
    )


def _holds(name: str, part: str) -> bool:
    return part in name and f" {part} " in f" {name} "

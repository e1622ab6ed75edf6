"""The file ``country_names.yaml``: what we add to the ISO lists of codes and names.

Only the form of the file is checked here. Whether its codes exist and its names stand for one
country each is seen when ``visamap.data.names`` lays them beside the ISO lists.
"""

from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from visamap.schema.record import Countries, CountryCode, Record, Text

Kind = Literal[
    "territory",  # not a state, but its people or papers are asked about on their own
    "british-status",  # a British nationality that is not British citizenship
    "stateless",  # a travel document of a person without nationality
    "refugee",  # a travel document of a refugee
    "organisation",  # a laissez-passer or passport of an international body
    "other",  # a document of none of these
]


Names = Annotated[tuple[Text, ...], Field(min_length=1)]


def _sorted_by_code(rows: dict[str, Any]) -> dict[str, Any]:
    for before, after in pairwise(rows):
        if before > after:
            raise ValueError(f"sorted: {after} stands after {before}; sort the section by code")
    return rows


Several = dict[Text, Annotated[tuple[CountryCode, ...], Field(min_length=2)]]
Language = Literal["de", "en", "fr", "kk", "ru", "tr", "zh"]
NamesByCountry = Annotated[dict[CountryCode, Names], AfterValidator(_sorted_by_code)]


class Extra(Record):
    """A code that ISO 3166-1 does not list; the first name of each language is printed."""

    code: CountryCode = Field(
        description="ISO 3166-1 alpha-3 code, or ICAO 9303 code of a document."
    )
    alpha2: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = Field(
        None, description="Its two-letter code, where it has one."
    )
    kind: Kind = Field(description="Which kind it is.")
    en: Names = Field(description="English names.")
    kk: Names = Field(description="Kazakh names.")
    ru: Names = Field(description="Russian names.")


class Place(Record):
    """What people name in place of a nationality; it is answered with a hint, never a country."""

    kind: Literal[
        "dissolved",  # a state that is no more
        "bloc",  # many states, or people of many states
        "place",  # a part of a state, a city, or a land whose status is disputed
    ] = Field(description="Which kind it is.")
    of: Countries = Field((), description="Whose passports its people hold today, where few.")
    names: Names = Field(description="Its names in any language, and its people.")


class CitizenOf(Record):
    """Words that say no more than that a nationality is meant."""

    after: tuple[Text, ...] = Field(description="Words behind a name or a people.")
    before: tuple[Text, ...] = Field(description="Words before it.")
    elided: tuple[Text, ...] = Field(description="Words before it that are written together.")
    endings_kk: tuple[Text, ...] = Field(
        description="Endings of Kazakh: one from a land, several, of a land."
    )


class NumberedStates(Record):
    """A list that numbers states; ``as_of`` is the last day that its edition covers."""

    title: Text = Field(description="Whose list it is.")
    url: Text = Field(description="Where it is published.")
    as_of: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] = Field(
        description="Last day that the edition covers."
    )
    numbers: Annotated[dict[CountryCode, int], AfterValidator(_sorted_by_code)] = Field(
        description="The number of each state."
    )


class StateNumbers(Record):
    """The lists that research joins states by."""

    gleditsch_ward: NumberedStates = Field(description="Gleditsch and Ward: gwcode.")
    correlates_of_war: NumberedStates = Field(description="Correlates of War: cown, ccode.")


class CountryNames(Record):
    """The whole file; its header says what each section is for."""

    extra: tuple[Extra, ...] = Field(description="Codes that ISO 3166-1 does not list.")
    codes: Annotated[
        dict[Annotated[str, Field(pattern=r"^[A-Z]{1,3}$")], CountryCode],
        AfterValidator(_sorted_by_code),
    ] = Field(description="Other codes that are understood, and the country each means.")
    territories: Countries = Field(
        description="ISO codes that are no states; every other ISO code is one."
    )
    held_passport: Annotated[dict[CountryCode, Countries], AfterValidator(_sorted_by_code)] = Field(
        description="Whose passport people of a territory hold that has no nationality of its own."
    )
    aliases: NamesByCountry = Field(description="Other English names.")
    ambiguous: Several = Field(description="Names that more than one country bears.")
    typos: tuple[Text, ...] = Field(
        description="Slips in English that are names in another language; they stay slips."
    )
    display: Annotated[dict[CountryCode, Text], AfterValidator(_sorted_by_code)] = Field(
        description="The name that is printed, where it is not that of the list."
    )
    names_kk: NamesByCountry = Field(description="Kazakh names; the first is printed.")
    names_ru: NamesByCountry = Field(description="Russian names; the first is printed.")
    names_other: NamesByCountry = Field(description="Names in other languages.")
    people_de: NamesByCountry = Field(description="What citizens are called in German.")
    people_en: NamesByCountry = Field(description="What citizens are called in English.")
    people_fr: NamesByCountry = Field(description="What citizens are called in French.")
    people_kk: NamesByCountry = Field(description="What citizens are called in Kazakh.")
    people_ru: NamesByCountry = Field(
        description="What citizens are called in Russian; also the name in the genitive."
    )
    people_tr: NamesByCountry = Field(description="What citizens are called in Turkish.")
    people_zh: NamesByCountry = Field(description="What citizens are called in Chinese.")
    ambiguous_people: Several = Field(description="Peoples of more than one country.")
    endings: dict[Language, dict[str, tuple[str, ...]]] = Field(
        description="What a word of a people may end in, by its own ending; the longest counts."
    )
    citizen_of: CitizenOf = Field(description="Words that say that a nationality is meant.")
    words: dict[Text, tuple[str, ...]] = Field(
        description="Short and inflected words inside names, and what each may stand for."
    )
    ioc: Annotated[dict[CountryCode, CountryCode], AfterValidator(_sorted_by_code)] = Field(
        description="Codes of the International Olympic Committee where they are not those of ISO."
    )
    state_numbers: StateNumbers = Field(description="Numbers of states in lists of research.")
    places: tuple[Place, ...] = Field(description="Dead states, blocs and places.")

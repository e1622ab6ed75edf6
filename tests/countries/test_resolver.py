"""What people write, and the country that it means."""
# ruff: noqa: RUF001  names in many scripts

import pickle
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visamap.errors import AmbiguousCountryError, UnknownCountryError
from visamap.store.resolver import Resolver

pytestmark = pytest.mark.xdist_group("countries")  # the names are laid out once

# What breaks readers of text: marks that combine, right-to-left, controls, half characters.
HARD_TEXT = st.text(st.characters(codec=None)) | st.text(" .'&-\u0301\u0306\u202e\x00stheSTндй")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("THA", "THA"),
        ("th", "THA"),
        (" Th\n", "THA"),
        ("764", "THA"),
        ("036", "AUS"),
        ("36", "AUS"),
        ("031", "AZE"),
        ("NA", "NAM"),  # not a missing value
        ("NO", "NOR"),  # not a no
        ("ST", "STP"),  # not a saint
        ("IN", "IND"),
        ("D", "DEU"),  # passports of Germany carry one letter
        ("RKS", "XKX"),
        ("XK", "XKX"),
        ("ROM", "ROU"),
        ("ZAR", "COD"),
        ("TMP", "TLS"),
        ("UNO", "UNO"),
        ("xxa", "XXA"),
        ("GBN", "GBN"),
    ],
)
def test_codes_of_every_kind_are_understood(resolver, text, code):
    assert resolver.resolve(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Turkey", "TUR"),
        ("turkiye", "TUR"),
        ("Türkiye", "TUR"),
        ("Ivory Coast", "CIV"),
        ("cote divoire", "CIV"),
        ("Côte d\u2019Ivoire", "CIV"),
        ("Swaziland", "SWZ"),
        ("Macau", "MAC"),
        ("UAE", "ARE"),
        ("U.A.E.", "ARE"),
        ("Holland", "NLD"),
        ("the Netherlands", "NLD"),
        ("Netherlands, Kingdom of the", "NLD"),
        ("Netherlands (Kingdom of the)", "NLD"),
        ("Bahamas (the)", "BHS"),
        ("Bahamas, The", "BHS"),
        ("Gambia", "GMB"),
        ("UK", "GBR"),
        ("U.K.", "GBR"),
        ("Great Britain", "GBR"),
        ("England", "GBR"),
        ("U.S.", "USA"),
        ("United States of America", "USA"),
        ("South Korea", "KOR"),
        ("Republic of Korea", "KOR"),
        ("Korea (South)", "KOR"),
        ("Korea (Republic of)", "KOR"),
        ("DPRK", "PRK"),
        ("Viet Nam", "VNM"),
        ("Vietnam", "VNM"),
        ("Laos", "LAO"),
        ("Czech Republic", "CZE"),
        ("Macedonia", "MKD"),
        ("Burma", "MMR"),
        ("Cape Verde", "CPV"),
        ("East Timor", "TLS"),
        ("Vatican", "VAT"),
        ("Palestine", "PSE"),
        ("Taiwan", "TWN"),
        ("Hong Kong SAR", "HKG"),
        ("Mainland China", "CHN"),
        ("Kosovo", "XKX"),
        ("DRC", "COD"),
        ("Congo (Kinshasa)", "COD"),
        ("Democratic Republic of the Congo", "COD"),
        ("Republic of the Congo", "COG"),
        ("Congo-Brazzaville", "COG"),
        ("St. Kitts & Nevis", "KNA"),
        ("St Vincent and the Grenadines", "VCT"),
        ("Trinidad & Tobago", "TTO"),
        ("São Tomé and Príncipe", "STP"),
        ("Guinea", "GIN"),
        ("GUINEA BISSAU", "GNB"),
        ("Samoa", "WSM"),
        ("Ireland", "IRL"),
        ("Micronesia", "FSM"),
        ("Mexico", "MEX"),  # what Malaysia is called in one catalogue
        ("Niger", "NER"),
        ("Dominica", "DMA"),
        ("Stateless", "XXA"),
        ("British National (Overseas)", "GBN"),
    ],
)
def test_english_names_old_and_short_and_official_are_understood(resolver, text, code):
    assert resolver.resolve(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Қазақстан", "KAZ"),
        ("Оңтүстік Корея", "KOR"),
        ("АҚШ", "USA"),
        ("Ұлыбритания", "GBR"),
        ("Непал", "NPL"),
        ("Орталық Африка Республикасы", "CAF"),  # what Nepal is called in the Kazakh catalogue
        ("Киргизия", "KGZ"),
        ("Кыргызстан", "KGZ"),
        ("Белоруссия", "BLR"),
        ("Молдавия", "MDA"),
        ("Туркмения", "TKM"),
        ("ОАЭ", "ARE"),
        ("США", "USA"),
        ("ЮАР", "ZAF"),
        ("объединенные арабские эмираты", "ARE"),  # ё is rarely typed
        ("Тайланд", "THA"),
        ("Малайзия", "MYS"),
        ("Косово", "XKX"),
        ("«Россия»", "RUS"),
        ("Deutschland", "DEU"),
        ("Österreich", "AUT"),
        ("España", "ESP"),
        ("Estados Unidos Mexicanos", "MEX"),
        ("Таїланд", "THA"),
        ("Өзбекстан", "UZB"),
        ("中国", "CHN"),
        ("泰国", "THA"),
        ("日本", "JPN"),
        ("대한민국", "KOR"),
        ("ไทย", "THA"),
        ("ประเทศไทย", "THA"),
        ("भारत", "IND"),
        ("مصر", "EGY"),
        ("فلسطین", "PSE"),  # what Eritrea is called in the Persian catalogue
        ("ישראל", "ISR"),
    ],
)
def test_names_in_other_languages_are_understood(resolver, text, code):
    assert resolver.resolve(text) == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Congo", ["COG", "COD"]),
        ("the congo", ["COG", "COD"]),
        ("Kongo", ["COG", "COD"]),  # German and many others
        ("Конго", ["COG", "COD"]),
        ("Korea", ["KOR", "PRK"]),
        ("Корея", ["KOR", "PRK"]),
        ("Virgin Islands", ["VGB", "VIR"]),
        ("St. Martin", ["MAF", "SXM"]),
        ("ОАР", ["ZAF", "CAF"]),
        ("refugee", ["XXB", "XXC"]),
    ],
)
def test_a_name_of_several_countries_is_an_error_with_the_choices(resolver, text, codes):
    with pytest.raises(AmbiguousCountryError) as caught:
        resolver.resolve(text)
    assert caught.value.choices == tuple(f"{resolver.name(code)} ({code})" for code in codes)


def test_the_error_of_an_ambiguous_name_asks_for_the_code(resolver):
    with pytest.raises(AmbiguousCountryError) as caught:
        resolver.resolve("Congo")
    assert str(caught.value) == (
        "'Congo' may be Congo (COG) or Congo, The Democratic Republic of the (COD); give the code."
    )


def test_a_typo_is_an_error_with_a_suggestion(resolver):
    with pytest.raises(UnknownCountryError) as caught:
        resolver.resolve("Tailand")
    assert str(caught.value) == (
        "No country matches 'Tailand'; give a code (THA, TH) or a name."
        " Did you mean Thailand (THA)?"
    )
    assert caught.value.exit_status == 2


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Kazahstan", "KAZ"),
        ("Untied States", "USA"),
        ("Austrlia", "AUS"),
        ("Untied Kingdom", "GBR"),
        ("Phillipines", "PHL"),
        ("Kosvo", "XKX"),
        ("Кзахстан", "KAZ"),
        ("Гермния", "DEU"),
        ("Қзақстан", "KAZ"),
        ("Konggo", "COG"),  # close to a name that is ambiguous itself
        ("Deutchland", "DEU"),  # a name of another language
        ("Тайуан", "TWN"),
        ("Nigera", "NGA"),  # what one catalogue calls Niger
    ],
)
def test_a_suggestion_begins_with_what_was_meant(resolver, text, first):
    suggestions = resolver.suggest(text)
    assert suggestions[0] == (resolver.name(first), first)
    assert len(suggestions) <= 3


@pytest.mark.parametrize("text", ["Нарния", "Narnia", "Wakanda", "Йидия", "гражданин мира"])
def test_what_resembles_no_country_much_gets_no_hint(resolver, text):
    assert resolver.suggest(text) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Bali", "'Bali' is not a nationality; give the country that issued the passport"),
        ("EU", "'EU' is not a nationality; give the country that issued the passport."),
        ("DDR", "'DDR': this state no longer exists; give the country that issued the passport"),
        ("AUT - Australia", "'AUT - Australia' names different countries, Austria (AUT) and Au"),
    ],
)
def test_the_error_says_why_it_is_no_country(resolver, text, said):
    with pytest.raises(UnknownCountryError) as caught:
        resolver.resolve(text)
    assert str(caught.value).startswith(said)
    assert caught.value.exit_status == 2


@pytest.mark.parametrize(
    "text",
    [
        "passport no",
        "citizen of nowhere",
        "no",
        "in",
        "Thailand Thaland",
        "THA - Thaland",
        "🇹",
        "A - B",
    ],
)
def test_a_code_or_name_is_not_read_into_other_words(resolver, text):
    assert text in {"no", "in"} or resolver.find(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "None",
        "N/A",  # a missing value, not Namibia
        "n.a.",
        "-",
        "nan",
        "null",
        "\x00",
        "THA\x00",
        "T\x00HA",
        "\x1b[31m",
        "\ud800",
        "7.64",
        "999",
        "0",
        "²",
        "QQ",
        "'; DROP TABLE countries; --",
        "a" * 10_000,
        "Thailand " * 2_000,
        "й" * 10_000,
    ],
)
def test_what_is_no_country_is_unknown(resolver, text):
    with pytest.raises(UnknownCountryError) as caught:
        resolver.resolve(text)
    assert not isinstance(caught.value, AmbiguousCountryError)
    assert len(str(caught.value)) < 200
    assert str(caught.value).isprintable()


def test_errors_survive_the_way_back_from_a_worker_process(resolver):
    for text in ("Congo", "Tailand", "AUT - Australia", "СССР"):
        with pytest.raises(UnknownCountryError) as caught:
            resolver.resolve(text)
        copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  our own bytes
        assert (type(copy), str(copy), copy.close) == (
            type(caught.value),
            str(caught.value),
            caught.value.close,
        )


def test_codes_and_english_names_do_not_open_the_large_table(catalogue):
    def never():
        pytest.fail("the table of the lower ranks was opened")

    resolver = Resolver(catalogue.small, never, never)
    for text in ("THA", "764", "Turkey", "Côte d'Ivoire", "Bahamas (the)"):
        assert resolver.resolve(text)
    with pytest.raises(AmbiguousCountryError):
        resolver.resolve("Congo")


def test_names_of_other_languages_do_not_open_the_table_of_peoples(catalogue):
    opened = []
    people = partial(opened.append, "people")
    resolver = Resolver(catalogue.small, lambda: opened.append("large") or catalogue.large, people)
    for text in ("Таиланд", "Қазақстан", "中国"):
        resolver.resolve(text)
    assert set(opened) == {"large"}


def test_names_are_printed_in_three_languages(resolver):
    names = [resolver.name("KOR", language) for language in ("en", "kk", "ru")]
    assert names == ["Korea, Republic of", "Корея Республикасы", "Республика Корея"]


@given(HARD_TEXT)
def test_any_text_is_a_known_country_or_an_unknown_one(catalogue, resolver, text):
    try:
        code = resolver.resolve(text)
    except UnknownCountryError as error:
        assert str(error).isprintable()  # noqa: PT017  either outcome is right
    else:
        assert code in catalogue.small["countries"]

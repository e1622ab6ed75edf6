"""No sentence of a page or a problem goes past the catalogues: shown with one that is not Latin."""

import re

import httpx
import pytest
from kit_languages import Seen, catalogues, foreign
from kit_pages import served

from visamap import i18n

NO_WORDS = re.compile(
    r"[a-z0-9]+(?:-[a-z0-9]+)+"  # ids of acts and lists
    r"|https?://\S+|visamap|vmp\.gov\.kz|CC BY|ISO|MIT|Neo Nomad|'\w+'"
    r"|\d and \d+"  # numbers of two orders in one
    r"|</?iframe[^>]*>"  # markup to embed a picture
    r"|PNG|SVG|CSV|pictures"
    r"|“\w+”|\(sha256:\w+\)\.?"
)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "?nationality=THA&on=2026-11-24&days=20",
        "?nationality=IND&on=2020-06-01",
        "?nationality=PAK&passport=diplomatic",
        "?nationality=GBD",
        "?map=2014-08-01",
        "?nationality=Tailand",
        "?nationality=THA&days=0",
        "nationality/TUR/",
        "nationality/DOM/",
        "agreement/kaz-tha-2024/",
        "agreement/kz-gov-838-2016/",
        "visa/B1/",
        "visa/B12-1/",
        "stay/",
        "stay/?nationality=RUS&trips=2026-03-01+to+2026-10-28&on=2026-11-24",
        "foo",
    ],
)
def test_no_sentence_of_a_page_goes_past_the_catalogues(nowhere_spoken, path):
    answer = nowhere_spoken.get(f"ru/{path}", headers={"accept": "text/html"})
    left = set()
    for piece in Seen(answer.text).pieces:
        rest = NO_WORDS.sub("", piece)
        left |= {piece for word in re.findall(r"[A-Za-z][a-z]{2,}", rest)}
    assert left == set()
    assert foreign("Not legal advice.") in answer.text


@pytest.fixture(scope="module")
def nowhere_spoken(registry):
    with pytest.MonkeyPatch.context() as patch:
        held = catalogues()
        patch.setattr(i18n, "_catalogue", lambda _language, domain: held[domain])
        with (
            served(registry) as address,
            httpx.Client(base_url=address, timeout=20, follow_redirects=True) as client,
        ):
            yield client


def test_problems_are_told_in_the_language_asked(nowhere_spoken):
    english = nowhere_spoken.get("api/v1/check/Tailand")
    asked = nowhere_spoken.get("api/v1/check/Tailand", params={"lang": "ru"})
    assert asked.status_code == english.status_code == 404
    assert asked.json()["code"] == english.json()["code"] == "unknown-country"
    assert "No country" in english.json()["detail"]
    assert "No country" not in asked.json()["detail"]
    wrong = nowhere_spoken.get("api/v1/check/THA", params={"lang": "ru", "days": "0"}).json()
    assert "greater" not in wrong["detail"]

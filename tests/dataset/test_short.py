"""What a brief answer says of a duty, an advisory or a paper, in each language."""

import pytest

from visamap.i18n import LANGUAGES, fact, speaking

MOST = 60
SECTIONS = ("duties", "advisories", "entry_documents")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", SECTIONS)
def test_each_has_a_short_form_in_each_language(registry, section, language):
    records = registry.index.records[section]
    assert records
    for record in records:
        with speaking(language):
            short = fact(record["short"])
        assert 0 < len(short) <= MOST, record["id"]
        assert (short == record["short"]) is (language == "en"), record["id"]

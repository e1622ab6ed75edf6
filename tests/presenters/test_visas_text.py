import csv
import io
from datetime import date

import pytest
from kit import fits

from visamap.render import csv_form, json_form, markdown_form
from visamap.render.visas_text import text
from visamap.results.parts import Envelope

TODAY = date(2026, 11, 24)


def answer(registry, code=None, *, on=TODAY, nationality=None, purpose=None):
    if code is None:
        found = registry.visas(on=on, nationality=nationality, purpose=purpose)
    else:
        found = (registry.visa(code, on=on, nationality=nationality),)
    asked = {"code": code, "on": on, "nationality": nationality, "for": purpose}
    notes = registry.visa_remarks(found, on=on, code=code, purpose=purpose)
    return Envelope("visas", registry.data, asked, found, notes)


def shown(registry, *asked, width=80, **more):
    """The text on one line, for sentences are broken where the width wants it."""
    return " ".join(text(answer(registry, *asked, **more), width).split())


@pytest.mark.parametrize("width", [40, 66, 80])
@pytest.mark.parametrize("nationality", [None, "IND"])
def test_the_list_fits_its_width(registry, width, nationality):
    lines = text(answer(registry, nationality=nationality), width).splitlines()
    assert max(map(len, lines)) <= width


@pytest.mark.parametrize("width", [40, 80])
def test_every_visa_in_full_fits_its_width(registry, width):
    for one in registry.visas(on=TODAY):
        for line in text(answer(registry, one.code, nationality="NPL"), width).splitlines():
            # Words that cannot be broken, such as ids, may be longer, too.
            assert fits(line, width) or len(line.split()) == 1, (one.code, line)


@pytest.mark.parametrize(
    "words",
    [
        "Visa B12-1 of Kazakhstan: Neo Nomad Visa",
        "since 2024-11-17",
        "For remote work, tourism.",
        "multiple entry, valid up to 12 months.",
        "up to 365 days, as long as the visa is valid.",
        "granted by the migration police in Kazakhstan, up to 12 months.",
        "Exempt by the list [no-invitation-48]",
        "USD 3,000 a month",
        "- passport",
        "Remote work for employers abroad only",
        "Fee not known.",
        "resident after 183 days in 12 months, then 10 % on income from abroad",
        "signed 2024-10-31; in force 2024-11-17",
        "2025-02-28: A first holder is known",
        "11 visas issued so far (2025).",
        "Confidence high.",
        "all addresses: --format json",
        "Not legal advice",
    ],
)
def test_neo_nomad_in_full_says(registry, words):
    assert words in shown(registry, "neo-nomad")


@pytest.mark.parametrize(
    ("nationality", "first", "also"),
    [
        (
            "IND",
            "India (IND), into Kazakhstan on 2026-11-24: visa-free for up to 14 days",
            "For IND: needed",
        ),
        (
            "USA",
            "United States (USA), into Kazakhstan on 2026-11-24: visa-free",
            "For USA: not needed",
        ),
        (
            "NPL",
            "Nepal (NPL), into Kazakhstan on 2026-11-24: visa required: no visa-free rule",
            "not on that list",
        ),
        ("KAZ", "Kazakhstan (KAZ), into Kazakhstan on 2026-11-24: no visa;", "B12-1"),
    ],
)
def test_a_nationality_first_reads_whether_it_needs_a_visa(registry, nationality, first, also):
    said = shown(registry, "B12-1", nationality=nationality)
    assert said.startswith(first)
    assert also in said


def test_a_closed_border_is_said_beside_the_law(registry):
    said = shown(registry, nationality="USA", on=date(2020, 6, 1))
    assert "suspended; but in practice the border was closed to foreigners." in said


def test_a_fee_in_indices_is_said_in_tenge_too(registry):
    said = shown(registry, "C9")
    assert "Last known" in said
    assert "study single 7 MCI (30,275 tenge by the MCI of 2026)" in said


def test_a_visa_free_of_charge_says_so(registry):
    assert "Fee none." in shown(registry, "C10")


def test_an_e_visa_on_weak_evidence_is_called_likely(registry):
    said = shown(registry, "B12", nationality="NPL")
    assert "For NPL: likely, by the list" in said
    assert "confidence low" in said


def test_what_was_only_announced_shows_no_terms(registry):
    said = shown(registry, "altyn")
    assert "nobody can apply for it" in said
    assert "Entries" not in said
    assert "not known." not in said


@pytest.mark.parametrize(
    ("on", "purpose", "said"),
    [
        (date(2016, 6, 1), None, "the present classification began on 2017-01-01"),
        (date(2018, 6, 1), "remote-work", "the first one known began on 2024-11-17"),
    ],
)
def test_an_empty_list_is_a_sentence_and_no_table(registry, on, purpose, said):
    whole = text(answer(registry, on=on, purpose=purpose), 80)
    assert said in " ".join(whole.split())
    assert "---" not in whole


def test_the_list_marks_what_was_only_announced_and_does_not_count_it(registry):
    found = registry.visas(on=TODAY)
    existing = [one for one in found if one.exists]
    said = shown(registry)
    assert said.startswith(f"Visas of Kazakhstan on 2026-11-24: {len(existing)}.")
    assert "not counted: ALTYN, SILK-ROAD." in said


def test_csv_has_one_row_a_visa_and_no_column_twice(registry):
    rows = list(csv.reader(io.StringIO(csv_form.text(answer(registry, nationality="IND")))))
    assert len(set(rows[0])) == len(rows[0])
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows) == 1 + len(registry.visas(on=TODAY))


def test_markdown_is_a_table_with_the_columns_of_the_list(registry):
    assert "| B12-1 " in markdown_form.text(answer(registry))


def test_json_holds_the_record_and_what_it_means_for_the_nationality(registry):
    (item,) = json_form.envelope(answer(registry, "B12-1", nationality="IND"))["items"]
    assert (item["code"], item["introduced"]) == ("B12-1", "2024-11-17")
    told = item["for_nationality"]
    assert told["nationality"] == {"code": "IND", "name": "India"}
    assert (told["verdict"], told["max_stay_days"]) == ("visa_free", 14)
    assert (told["invitation"], told["invitation_exempt"]) == ("required", False)
    assert told["e_visa"] is None

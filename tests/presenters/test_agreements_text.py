from datetime import date

import pytest
from kit import SOURCE, act, event, index_of, per_visit, treaty

from visamap.domain.acts import Wanted, agreement, agreements
from visamap.render import agreements_text, csv_form, json_form, markdown_form
from visamap.results.parts import Envelope, Note

TODAY = date(2026, 11, 24)
BASE = act("kz-gov-148-2012")
BOUNDED = treaty(
    passports=["ordinary", "diplomatic"],
    terms=[per_visit(30)],
    events=[
        event("draft-approved", "2024-04-18", by="XAA", act="cabinet decision"),
        event("signed", "2024-04", place="A town"),
        event("approved", "2024-08-14", by="KAZ", act="Decree 653"),
        event("in-force", between=["2024-08-14", "2025-08-13"], note="Day not found."),
    ],
    note="A note.",
)
EMPTY = {
    "id": None,
    "year": None,
    "event": "any",
    "partner": None,
    "status": None,
    "passport": None,
    "kind": "agreement",
    "on": TODAY,
}


def asked(*records, on=TODAY, **wanted):
    index = index_of(instruments=[BASE, *records])
    items = tuple(agreements(index, Wanted(**wanted), on))
    return Envelope("agreements", index.data, {**EMPTY, **wanted, "on": on}, items)


def one(record, on=TODAY):
    index = index_of(instruments=[BASE, record])
    asked = {**EMPTY, "id": record["id"], "on": on}
    return Envelope("agreements", index.data, asked, (agreement(index, record["id"], on),))


def text(answer, width=80):
    return agreements_text.text(answer, width)


def test_three_columns_stand_side_by_side_and_bounds_break_over_two_lines():
    lines = text(asked(BOUNDED, year=2024), 90).splitlines()
    heading = next(line for line in lines if line.startswith("Act"))
    assert heading.split("  ")[-1] == "Status"
    assert [word for word in ("Signed", "Approved", "In force") if word in heading] == [
        "Signed",
        "Approved",
        "In force",
    ]
    first = next(n for n, line in enumerate(lines) if line.startswith("a-treaty"))
    assert lines[first].split() == [
        "a-treaty", "Xaa", "2024-04", "2024-08-14", "2024-08-14..", "in", "force",
    ]  # fmt: skip
    assert lines[first + 1].split() == ["2025-08-13"]


@pytest.mark.parametrize(
    ("width", "row"),
    [
        (130, "a-treaty Xaa ord. dipl. 2024-04 2024-08-14 2024-08-14.. - in force"),
        (80, "a-treaty Xaa 2024-04 2024-08-14 2024-08-14.. in force"),
    ],
)
def test_a_wider_line_holds_more_of_an_act_and_no_id_is_broken(width, row):
    assert row in [" ".join(line.split()) for line in text(asked(BOUNDED), width).splitlines()]


def test_the_day_shown_is_that_of_the_event_asked():
    long = {**BOUNDED, "id": "kaz-xaa-2024-second-protocol"}
    for event_asked, heading, day in (
        ("any", "Since", "2024-08-14.."),
        ("signed", "Signed", "2024-04"),
    ):
        lines = text(asked(long, year=2024, event=event_asked), 80).splitlines()
        assert next(line for line in lines if line.startswith("Act")).split()[-1] == heading
        row = next(line for line in lines if line.startswith(long["id"]))
        assert row.split()[1:] == ["Xaa", "in", "force", day]


def test_an_address_stands_whole_however_long_it_is(registry):
    (act,) = registry.agreements("kaz-tha-2024", on=TODAY)
    said = text(Envelope("agreements", registry.data, {**EMPTY, "id": act.id}, (act,)), 40)
    assert all(source.url in said for source in act.sources)


def test_the_first_line_counts_certain_and_possible_matches():
    possible = treaty("other", events=[event("signed", between=["2023-12-01", "2024-01-31"])])
    said = text(asked(BOUNDED, possible, year=2024))
    events = "signed, approved, put into force or ended in 2024"
    opening = f"Agreements of Kazakhstan ({events}): 1, and perhaps 1 "
    assert " ".join(said.split()).startswith(opening)
    assert "Ordinary passports, perhaps (only bounds of the day are known): 1" in said


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (
            {"year": 1950},
            (
                "Agreements of Kazakhstan (signed, approved, put into force or ended in 1950): "
                "none found."
            ),
        ),
        (
            {"year": 1950, "event": "in-force"},
            "Agreements of Kazakhstan (put into force in 1950): none found.",
        ),
        ({"partner": "XBB"}, "Agreements of Kazakhstan (with XBB): none found."),
        ({"event": "ended"}, "Agreements of Kazakhstan (ended by 2026-11-24): none found."),
        (
            {"status": "possibly_in_force", "passport": "service"},
            (
                "Agreements of Kazakhstan (for the service passport; status on 2026-11-24: "
                "possibly in force): none"
            ),
        ),
        (
            {"year": 1950, "event": "approved", "kind": "all"},
            "Acts on entry into Kazakhstan (approved by Kazakhstan in 1950): none found.",
        ),
    ],
)
def test_nothing_found_is_said_in_a_sentence(wanted, sentence):
    said = " ".join(text(asked(BOUNDED, **wanted)).split())
    assert said.startswith(sentence.replace("found.", "found (as known on 2026-01-01)."))
    assert "Status" not in said  # no empty table


def test_one_in_full_has_every_event_with_the_number_of_its_source():
    said = text(one(BOUNDED))
    assert said.splitlines()[:2] == [
        "A treaty.",
        "On 2026-11-24: in force (as known on 2026-01-01).",
    ]
    for line in (
        "Terms         30 days a visit.",
        "2024-04-18: signing authorised by Xaa (cabinet decision). [1]",
        "2024-04: signed, A town. [1]",
        "2024-08-14: approved by Kaz (Decree 653). [1]",
        "2024-08-14..2025-08-13: entered into force. Day not found. [1]",
        "Note          A note.",
        f" 1. {SOURCE['url']} (law)",
    ):
        assert line in said


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        ("2024-01-01", "no step had been taken yet"),
        ("2024-12-01", "possibly in force on that day, not for certain"),
    ],
)
def test_one_in_full_says_how_it_stands_on_the_day(on, sentence):
    assert f"On {on}: {sentence}." in text(one(BOUNDED, date.fromisoformat(on)))


def test_an_end_and_a_provisional_start_are_shown():
    early = treaty(
        events=[
            event("signed", "2012-06-07"),
            event("applied-provisionally", "2012-06-08"),
            event("ended", between=["2015-01-20", None]),
        ]
    )
    lines = text(asked(early)).splitlines()
    first = next(line for line in lines if line.startswith("a-treaty"))
    assert first.split()[-4:] == ["possibly", "in", "force", "(2012-06-08)"]
    assert "2015-01-20 or later: ended." in text(one(early))


def test_an_own_act_is_told_by_issuer_and_number_and_needs_no_approval():
    decree = act("d", issuer="Government", number="148", events=[event("signed", "2012-01-21")])
    said = text(asked(decree, kind="own", year=2012))
    assert said.startswith("Own acts of Kazakhstan (signed,")
    assert "Government, No. 148" in said
    assert "Other passports, or none named: 1" in said
    assert "On 2026-11-24: adopted; no entry into force was found" in text(one(decree))


@pytest.mark.parametrize("width", [80, 72, 71, 50, 40])
def test_the_shipped_acts_fit_the_width(registry, width):
    items = registry.agreements(on=TODAY, kind="all")
    answer = Envelope("agreements", registry.data, {**EMPTY, "kind": "all"}, items)
    said = text(answer, width).splitlines()
    assert [line for line in said if len(line) > width and "https://" not in line] == []


@pytest.mark.parametrize("width", [80, 50])
def test_each_shipped_act_in_full_fits_the_width(registry, width):
    for item in registry.agreements(on=TODAY, kind="all"):
        asked = {**EMPTY, "id": item.id}
        said = text(Envelope("agreements", registry.data, asked, (item,)), width)
        long = [line for line in said.splitlines() if len(line) > width]
        assert [line for line in long if "://" not in line] == []


def test_json_has_dates_as_text_and_bounds_as_lists():
    (item,) = json_form.envelope(asked(BOUNDED, year=2024))["items"]
    assert (item["signed"], item["approved"], item["in_force"]) == ("2024-04", "2024-08-14", None)
    assert item["in_force_between"] == ["2024-08-14", "2025-08-13"]
    assert item["partners"] == [{"code": "XAA", "name": "Xaa"}]
    assert item["limits"] == [{"kind": "per_visit", "days": 30, "under": "a-treaty"}]
    assert [entry["what"] for entry in item["events"]][-1] == "in-force"
    # The contract: these keys, in this order, before any that were added.
    assert list(item)[:21] == [
        "id", "kind", "partners", "title", "number", "passports", "reciprocal", "signed",
        "approved", "in_force", "ended", "signed_between", "approved_between", "in_force_between",
        "ended_between", "status", "match", "limits", "events", "confidence", "sources",
    ]  # fmt: skip


def test_csv_has_one_row_an_act_and_no_none():
    open_end = treaty(events=[event("ended", between=["2015-01-20", None])])
    heading, row = csv_form.text(asked(open_end)).splitlines()
    assert heading.startswith("id,kind,partners,title,number,passports,reciprocal,signed,approved")
    assert row.startswith("a-treaty,agreement,XAA,A treaty,")
    assert "None" not in row


def test_markdown_keeps_bounds_in_one_cell():
    said = markdown_form.text(asked(BOUNDED, year=2024))
    assert "2024-08-14..2025-08-13" in said
    assert "| ordinary, diplomatic |" in said


def test_markdown_says_that_nothing_was_found():
    nothing = asked(BOUNDED, year=1950)._replace(notes=(Note("nothing_found", {}),))
    assert "- Nothing in the data matches what was asked." in markdown_form.text(nothing)

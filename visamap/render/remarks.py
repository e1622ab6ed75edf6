"""Remarks: what is said beside the items of an answer, a sentence for each code of a note."""

import re
from datetime import date
from typing import Any

from visamap.i18n import day, joined, mark, tr
from visamap.render import phrases
from visamap.results.parts import Note

WHOLE_DAY = r"\d{4}-\d\d-\d\d"
SHOWN_DAYS = 3
NOTES: dict[str, str] = {
    "passport_changes": mark(
        "Leg {leg} is better with the passport of {to} than with that of {from}; at a border by "
        "land both sides may ask for one and the same."
    ),
    "totals": mark(
        "Certain: {certain} ({agreement} by agreement, {unilateral} by {home_of}'s own acts; "
        "{on_both_grounds} of them on both grounds). Possible: {possible}."
    ),
    "possible_left_out": mark("Possible ones are not listed; --possible adds them."),
    "named_by_act": mark(
        "An act that is or may be in force covers the {passport} of {name}; its terms have not "
        "been researched yet: {acts}."
    ),
    "approved_only": mark(
        "Not counted, because an agreement was approved but no entry into force was found: "
        "{nationalities}."
    ),
    "stay_untold": mark(
        "Also visa-free, but left out here because no length of stay is known: {nationalities}."
    ),
    "as_known_on": mark(
        "The day asked is later than the data; this is the answer as known on {release}."
    ),
    "past_review": mark(
        "The data of {release} was to be looked through again by {review_by}; what changed since "
        "may be missing. Take a newer release of the data, or ask the consulate."
    ),
    "beyond_horizon": mark(
        "The data of {release} answers for days of entry up to {last}. A newer release covers "
        "later days: `visamap update --data URL` fetches one, a newer version of visamap includes "
        "one."
    ),
    "reciprocity_unknown": mark(
        "The rule for citizens of {home_of} in {name} is not known for this passport and day."
    ),
    "reciprocity_counted": mark(
        "Counted over {pairs} other nationalities on 1 July, ordinary passports. Only entry "
        "without any visa counts; an e-visa, a visa on arrival and an authorisation asked for "
        "online do not. Pairs of which either side is not known are left out of the balance."
    ),
    "held_passport": mark(
        "Answered by the passport that people of {name} hold: {holder} ({code})."
    ),
    "own_code": mark(
        "{name} has an answer of its own, as in ISO 3166-1 or ICAO 9303; visamap takes no view on "
        "its status."
    ),
    "one_traveller": mark(
        "Read as the passports of one traveller: {nationalities}. To ask about entry into "
        "{destination}: `{command}`."
    ),
    "two_codes": mark(
        "{code} is read as {name}; in Olympic codes it means {other} ({other_code})."
    ),
    "outbound_counts": mark(
        "{name} ({passport}) on {on}: visa-free {visa_free} (of them {conditional} with another "
        "state's visa only), eTA {eta}, visa on arrival {visa_on_arrival}, e-visa {e_visa}, "
        "visa required {visa_required}, no admission {no_admission}, not known {unknown}."
    ),
    "outbound_own": mark("Citizens need no visa for their own country."),
    "nothing_found": mark("Nothing in the data matches what was asked."),
    "visas_before_first": mark(
        "For {on} the data has no visa category: the present classification began on {first}. "
        "Known codes of 2013 to 2016, and what they are today: {former_codes}."
    ),
    "visas_none": mark("No visa category in the data matches the question for {on}."),
    "visas_none_yet": mark(
        "No visa category for {purpose} existed on {on}; the first one known began on {first}."
    ),
    "visas_announced": mark(
        "Announced, not in operation as far as known, and not counted: {visas}."
    ),
    "visa_announced": mark(
        "{visa} was announced and is not in operation as far as known; nobody can apply for it."
    ),
    "visa_not_yet": mark(
        "{visa} did not exist on {on}: under this code it was introduced on {introduced}."
    ),
    "visa_abolished": mark("{visa} no longer existed on {on}: it was abolished on {abolished}."),
    "former_code": mark("From 2013 to 2016, {former} was the code of today's {visa}."),
    "trips_without_visa": mark(
        "Every visit is assumed to be without a visa; leave out visits on a visa or permit."
    ),
    "exit_assumed": mark("Answers about later entries assume that the traveller leaves on {exit}."),
    "hours_as_days": mark(
        "A limit in hours is counted as the whole days it surely covers (72 hours: 3 days)."
    ),
    "terms_from_arrival": mark(
        "Deadlines count the day of arrival as the first day; working days are Monday to Friday, "
        "public holidays counted as such."
    ),
    "terms_from_next_day": mark(
        "Deadlines count from the day after arrival; working days are Monday to Friday, public "
        "holidays counted as such."
    ),
    "shared_days": mark("Exit and entry on the same day, counted once: {days}."),
    "read_backwards": mark("{from} is later than {to}, so the changes are listed in reverse."),
    "covered_from": mark(
        "For the {passport} our data is complete from {since}; where it is not, a missing rule "
        "makes a change possible, not certain."
    ),
    "covered_never": mark(
        "For the {passport} our data is not complete on any day; a missing rule makes a change "
        "possible, not certain."
    ),
    "list_incomplete": mark(
        "For the {passport} our data is complete from {since}: on the day asked, others may also "
        "enter under rules that the data does not have."
    ),
    "list_never_complete": mark(
        "For the {passport} our data is not complete on any day: on the day asked, others may "
        "also enter under rules that the data does not have."
    ),
    "releases_backwards": mark(
        "The first file is the later release, so the changes are listed in reverse."
    ),
    "crossings_seen": mark(
        "Known means seen by a dated source, not open today: ask before the journey. Who may pass "
        "still needs what the country asks for."
    ),
    "crossings_counted": mark(
        "Between {from} and {to} there were {number} crossings by a count published on {on}; "
        "{listed} are listed here."
    ),
    "no_land_way": mark("{from} and {to}: no land way known. They have no common border."),
    "no_way_known_open": mark("{from} and {to}: no land way known open on {on}."),
    "common_visa": mark(
        "One visa for all? {text} Announced {number} times from {first} to {last}; as far as found "
        "by {as_of}."
    ),
    "first_only": mark("Only the first {shown} of {total} items are listed, as requested."),
    "hindsight": mark("Answered from the data of {release}; less was known on the day asked."),
    "rank_published": mark(
        "{name}, published by {publisher}. {method} {ties} {passports} passports. {url}"
    ),
    "rank_recomputed": mark(
        "{name}, calculated by visamap. {method} {ties} {passports} passports."
    ),
    "rank_matrix_e_visas": mark(
        "The fetched matrix does not say how fast an e-visa is issued: this formula counts every "
        "e-visa, so its scores (marked ?) are the highest possible."
    ),
    "no_ranks": mark("No rank of {name} ({passport}) matches the question."),
    "no_ranks_bundled": mark(
        "No rank is bundled for {name} ({passport}); `visamap update` fetches the full matrix, "
        "with which all passports are ranked."
    ),
    "counting_assumed": mark(
        "Days are calendar days; entry and exit both count (assumed: no act was found that says "
        "so)."
    ),
}


def noted(remark: Note) -> str:
    """Return the sentence of a remark."""
    values = {name: _day(value) for name, value in remark.values.items()}
    if (kind := values.get("passport")) in phrases.PASSPORTS:
        values = {**values, "passport": tr(phrases.PASSPORTS[kind])}
    if named := values.get("nationalities"):
        listed = ", ".join(f"{one['name']} ({one['code']})" for one in named)
        values = {**values, "nationalities": listed}
    if isinstance(shared := values.get("days"), list):
        values = {**values, "days": _first_of(shared)}
    return tr(NOTES[remark.code], **values)


def _day(value: Any) -> Any:
    """Return a day that stands in a remark as a day, for each language has its own form of it."""
    whole = isinstance(value, str) and re.fullmatch(WHOLE_DAY, value)
    return date.fromisoformat(value) if whole else value


def _first_of(days: list[str]) -> str:
    shown = [day(_day(one)) for one in days[:SHOWN_DAYS]]
    listed, more = joined(", ", shown), len(days) - SHOWN_DAYS
    return tr("{listed} and {n} more", listed=listed, n=more) if more > 0 else listed

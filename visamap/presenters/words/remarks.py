"""The remarks on a whole answer: a sentence for each code of a note."""

from visamap.language import mark, tr
from visamap.presenters.words.sentences import PASSPORTS
from visamap.results.parts import Note

SHOWN_DAYS = 3
NOTES: dict[str, str] = {
    "totals": mark(
        "Certain: {certain} ({agreement} by agreement, {unilateral} by Kazakhstan's own acts; "
        "{on_both_grounds} of them on both grounds). Possible: {possible}."
    ),
    "possible_left_out": mark("Possible ones are not listed; --possible adds them."),
    "named_by_act": mark(
        "An act in force, or perhaps in force, names the {passport} of {name}; on which terms was "
        "not worked through: {acts}."
    ),
    "approved_only": mark(
        "Not counted, for an agreement was approved but no entry into force was found: "
        "{nationalities}."
    ),
    "stay_untold": mark(
        "Visa-free too, but left out here, for no length of stay is known: {nationalities}."
    ),
    "as_known_on": mark(
        "The day asked lies after the data's release; answered as known on {release}."
    ),
    "held_passport": mark(
        "Answered by the passport that people of {name} hold: {holder} ({code})."
    ),
    "own_code": mark(
        "{name} is answered on its own, as in ISO 3166-1 or ICAO 9303; visamap takes no view on "
        "its status."
    ),
    "outbound_counts": mark(
        "{name} ({passport}) on {on}: visa-free {visa_free} (of them {conditional} with another "
        "state's visa only), eTA {eta}, visa on arrival {visa_on_arrival}, e-visa {e_visa}, "
        "visa required {visa_required}, no admission {no_admission}, not known {unknown}."
    ),
    "outbound_own": mark("A citizen needs no visa for the own country."),
    "nothing_found": mark("Nothing in the data matches what was asked."),
    "visas_before_first": mark(
        "On {on} the data holds no visa category: the present classification began on {first}. "
        "Known codes of 2013 to 2016, and what they are today: {former_codes}."
    ),
    "visas_none": mark("No visa category of the data fits what was asked for {on}."),
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
    "former_code": mark("In 2013 to 2016 {former} was the code of what {visa} is today."),
    "trips_without_visa": mark(
        "Every visit is taken as made without a visa; leave out visits on a visa or permit."
    ),
    "exit_assumed": mark(
        "What is said of later entries assumes that the traveller leaves on {exit}."
    ),
    "hours_as_days": mark(
        "A limit in hours is counted in whole days that surely fit (72 hours: 3)."
    ),
    "terms_from_arrival": mark(
        "Terms run from the day of arrival, the first day; working days are Monday to Friday, "
        "holidays not taken out."
    ),
    "shared_days": mark("Left and entered on one day, which counts once: {days}."),
    "read_backwards": mark("{from} lies after {to}, so the changes are told backwards."),
    "covered_from": mark(
        "For the {passport} a missing rule means a visa from {since}; where our data does not "
        "reach, a change is only possible."
    ),
    "covered_never": mark(
        "For the {passport} a missing rule means a visa on no day; where our data does not "
        "reach, a change is only possible."
    ),
    "list_incomplete": mark(
        "For the {passport} a missing rule means a visa from {since}: on the day asked others "
        "may enter, too, by rules that the data does not hold."
    ),
    "list_never_complete": mark(
        "For the {passport} a missing rule means a visa on no day: on the day asked others "
        "may enter, too, by rules that the data does not hold."
    ),
    "releases_backwards": mark(
        "The first file holds the later release: the changes run backwards."
    ),
    "first_only": mark("Only the first {shown} of {total} items are listed, as was asked."),
    "hindsight": mark("Told from the data of {release}; on the day asked less was known."),
    "rank_published": mark(
        "{name}, published by {publisher}. {method} {ties} {passports} passports. {url}"
    ),
    "rank_recomputed": mark(
        "{name}, worked out by visamap. {method} {ties} {passports} passports."
    ),
    "rank_matrix_e_visas": mark(
        "The fetched matrix does not say how fast an e-visa is issued: under this formula every "
        "one counts, so its scores (marked ?) are the highest possible."
    ),
    "no_ranks": mark("No rank of {name} ({passport}) is known under what was asked."),
    "no_ranks_bundled": mark(
        "No rank is bundled for {name} ({passport}); `visamap update` fetches the full matrix, "
        "with which all passports are ranked."
    ),
    "counting_assumed": mark(
        "Days are calendar days; entry and exit both count (no act found says so)."
    ),
}


def note(remark: Note) -> str:
    """Return the sentence of a remark."""
    values = remark.values
    if (kind := values.get("passport")) in PASSPORTS:
        values = {**values, "passport": tr(PASSPORTS[kind])}
    if named := values.get("nationalities"):
        listed = ", ".join(f"{one['name']} ({one['code']})" for one in named)
        values = {**values, "nationalities": listed}
    if isinstance(shared := values.get("days"), list):
        values = {**values, "days": _first_of(shared)}
    return tr(NOTES[remark.code], **values)


def _first_of(days: list[str]) -> str:
    listed, more = ", ".join(days[:SHOWN_DAYS]), len(days) - SHOWN_DAYS
    return tr("{listed} and {n} more", listed=listed, n=more) if more > 0 else listed

"""The sentences behind the codes: every word that a reader sees of a verdict comes from here.

Results carry codes and values; this room turns them into English. It decides nothing.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from visamap.limits import Limit
from visamap.results.parts import Act, DataRef, Note

FOOTER = (
    "Not legal advice; ask the consulate before you travel: "
    "https://www.gov.kz/memleket/entities/mfa"
)

PASSPORTS = {
    "ordinary": "ordinary passport",
    "diplomatic": "diplomatic passport",
    "service": "service passport",
    "special": "special passport",
    "id_card": "identity card",
    "laissez_passer": "laissez-passer",
}
VERDICTS = {
    "visa_free": "visa-free",
    "visa_required": "visa required",
    "citizen": "citizen of Kazakhstan",
    "unknown": "not known",
}
BASES = {"agreement": "agreement", "unilateral": "Kazakhstan's own act"}
ADVISORIES = {
    "border-closed": "in practice the border was closed to foreigners",
    "entry-permit": "in practice a special entry permit was needed",
    "practice-differs": "practice differs from the law",
}
CONDITIONS = {
    "passport_valid_months": "passport valid for at least {} months",
    "no_paid_work": "no paid work",
    "no_missionary_work": "no missionary work",
    "not_for_pilgrimage": "not for pilgrimage",
    "territory": "only in {}",
    "residents_of": "only for residents of {}",
    "extendable_once_days": "may be extended once by up to {} days",
}
ACT_KINDS = {
    "agreement": "agreement",
    "protocol": "protocol",
    "exchange-of-notes": "exchange of notes",
    "government-decree": "government decree",
    "presidential-decree": "presidential decree",
    "law": "law",
    "ministerial-order": "ministerial order",
}
# What the reader is told when the answer is not a plain yes.
REASONS: dict[str, str] = {
    "citizen": "a citizen of Kazakhstan enters without a visa",
    "no_regime": "no visa-free rule was found for this passport on this day",
    "border_residents_only": "the only visa-free rule is for residents of a border area",
    "document_not_covered": "no act exempts holders of this document",
    "document_unknown": "no act names this document, so we do not know",
    "start_uncertain": "a visa-free rule may have begun by then; its first day is not known",
    "end_uncertain": "a visa-free rule may have ended by then; its last day is not known",
    "existence_doubtful": "sources contradict each other on whether a visa-free rule exists",
    "low_confidence": "a visa-free rule rests on weak evidence only",
    "approved_not_in_force": (
        "a visa-free agreement was approved, but no entry into force was found"
    ),
    "not_covered": "this passport kind or day lies outside what we have worked through",
}
NOTES: dict[str, str] = {
    "totals": (
        "Certain: {certain} ({agreement} by agreement, {unilateral} by Kazakhstan's own acts; "
        "{on_both_grounds} of them on both grounds). Possible: {possible}."
    ),
    "as_known_on": "The day asked lies after the data's release; answered as known on {release}.",
    "own_code": (
        "{name} is answered on its own, as in ISO 3166-1 or ICAO 9303; visamap takes no view on "
        "its status."
    ),
    "outbound_counts": (
        "{name} ({passport}) on {on}: visa-free {visa_free} (of them {conditional} with another "
        "state's visa only), eTA {eta}, visa on arrival {visa_on_arrival}, e-visa {e_visa}, "
        "visa required {visa_required}, no admission {no_admission}, not known {unknown}."
    ),
    "outbound_own": "A citizen needs no visa for the own country.",
    "nothing_found": "Nothing in the data matches what was asked.",
    "visas_before_first": (
        "On {on} the data holds no visa category: the present classification began on {first}. "
        "Known codes of 2013 to 2016, and what they are today: {former_codes}."
    ),
    "visas_none": "No visa category of the data fits what was asked for {on}.",
    "visas_none_yet": (
        "No visa category for {purpose} existed on {on}; the first one known began on {first}."
    ),
    "visas_announced": ("Announced, not in operation as far as known, and not counted: {visas}."),
    "visa_announced": (
        "{visa} was announced and is not in operation as far as known; nobody can apply for it."
    ),
    "visa_not_yet": (
        "{visa} did not exist on {on}: under this code it was introduced on {introduced}."
    ),
    "visa_abolished": "{visa} no longer existed on {on}: it was abolished on {abolished}.",
    "former_code": "In 2013 to 2016 {former} was the code of what {visa} is today.",
    "trips_without_visa": (
        "Every visit is taken as made without a visa; leave out visits on a visa or permit."
    ),
    "exit_assumed": "What is said of later entries assumes that the traveller leaves on {exit}.",
    "hours_as_days": "A limit in hours is counted in whole days that surely fit (72 hours: 3).",
    "terms_from_arrival": (
        "Terms run from the day of arrival, the first day; working days are Monday to Friday, "
        "holidays not taken out."
    ),
    "shared_days": "Left and entered on one day, which counts once: {days}.",
    "read_backwards": "{from} lies after {to}, so the changes are told backwards.",
    "covered_from": (
        "For the {passport} passport a missing rule means a visa {since}; where our data does not "
        "reach, a change is only possible."
    ),
    "list_incomplete": (
        "For the {passport} passport a missing rule means a visa {since}: on the day asked others "
        "may enter, too, by rules that the data does not hold."
    ),
    "hindsight": "Told from the data of {release}; on the day asked less was known.",
    "rank_published": (
        "{name}, published by {publisher}. {method} {ties} {passports} passports. {url}"
    ),
    "rank_recomputed": "{name}, worked out by visamap. {method} {ties} {passports} passports.",
    "rank_matrix_e_visas": (
        "The fetched matrix does not say how fast an e-visa is issued: under this formula every "
        "one counts, so its scores (marked ?) are the highest possible."
    ),
    "no_ranks": "No rank of {name} ({code}) is known under what was asked.",
    "no_ranks_bundled": (
        "No rank is bundled for {name} ({code}); `visamap update` fetches the full matrix, with "
        "which all passports are ranked."
    ),
    "counting_assumed": "Days are calendar days; entry and exit both count (no act found says so).",
}


OF_TIME = ("timeline", "diff", "upcoming")
"""Commands whose sentences stand in ``time_sentences``."""


def message(command: str, item: Any) -> str | None:
    """Return the sentence for an item of a command; ``None`` where items need none."""
    by_command: dict[str, Callable[[Any], str]] = {
        "check": check,
        "stay": _stay,
        "claims": _claim,
        "outbound": _outbound,
    }
    if command in OF_TIME:
        from visamap.presenters import time_sentences  # noqa: PLC0415  only they pay for it

        return time_sentences.message(command, item)
    return by_command[command](item) if command in by_command else None


def _claim(answer: Any) -> str:
    from visamap.presenters.claim_sentences import sentence  # noqa: PLC0415  of no use to `check`

    return sentence(answer)


def _stay(answer: Any) -> str:
    from visamap.presenters.stay_words import sentence  # noqa: PLC0415  of no use to `check`

    return sentence(answer)


def _outbound(answer: Any) -> str:
    from visamap.presenters.outbound_words import sentence  # noqa: PLC0415  of no use to `check`

    return sentence(answer)


def note(remark: Note) -> str:
    """Return the sentence of a remark."""
    return NOTES[remark.code].format(**remark.values)


def paper(one: Any) -> str:
    """Return what a paper beside the passport allows, with a doubt where there is one."""
    doubt = " (Low confidence: ask before you rely on it.)" if one.confidence == "low" else ""
    return f"{one.title}: {one.terms}{doubt}"


def check(answer: Any) -> str:
    """Return the answer to ``check`` in a sentence."""
    said = verdict(answer)
    said += "".join(f"; but {practice(advisory)}" for advisory in answer.advisories)
    return said + "."


def practice(advisory: Any) -> str:
    """Return how practice differed from the law, with a doubt where its end is not known."""
    doubt = "" if advisory.certain else ", perhaps no longer on this day"
    return ADVISORIES[advisory.kind] + doubt


def duty(one: Any) -> str:
    """Return what is to be done, and by whom alone: a duty of long stays is none of short ones."""
    over = one.stay_over_days
    only = f"If the visit is longer than {days(over)}: " if over else ""
    return f"{only}{one.text}{' (voluntary)' if one.voluntary else ''}"


def duties(all_of_them: Iterable[Any]) -> list[tuple[str, list[str]]]:
    """Return what is to be done before entry and what after arrival, each under its heading."""
    early: list[str] = []
    late: list[str] = []
    for one in all_of_them:
        # An authorisation to travel is asked for before the journey, everything else on the spot.
        (early if one.kind == "travel-authorisation" else late).append(duty(one))
    return [part for part in (("Before entry", early), ("After arrival", late)) if part[1]]


def days(number: int) -> str:
    """Return a number of days in words."""
    return f"{number} day" if number == 1 else f"{number} days"


def span(first: date | None, last: date | None) -> str:
    """Return from when until when, as far as known; nothing where neither is."""
    if first and last:
        return f"from {first} to {last}"
    return f"from {first}" if first else f"until {last}" if last else ""


def data(one: DataRef) -> str:
    """Return which data answered; the digest is short, for people."""
    return f"Data of {one.release} ({one.digest[:15]})."


def verdict(answer: Any) -> str:
    """Return the verdict with its stay or reason, without a full stop."""
    if answer.verdict == "visa_free":
        stay = answer.max_stay_days
        return f"Visa-free{f' for up to {days(stay)}' if stay else '; no length of stay is known'}"
    if answer.verdict == "citizen":
        return "No visa: " + REASONS["citizen"]
    if answer.reason == "suspended":
        return (
            f"Visa required: the visa-free rule was suspended by {named(answer.suspended_by.act)}"
        )
    opening = "Visa required" if answer.verdict == "visa_required" else "Not known"
    return f"{opening}: {REASONS[answer.reason]}"


def named(act: Act) -> str:
    """Return an act by kind, number and year, or by its title where it has no number."""
    kind = ACT_KINDS[act.kind]
    if act.number:
        dated = f" of {act.signed}" if act.signed else ""
        return f"{kind} {act.number}{dated}"
    return f"the {kind} \u201c{act.title}\u201d"


def limit(one: Limit) -> str:
    """Return a limit in words; a cumulative one with the day from which it counts."""
    said = terms(one)
    if one.counts_from and one.per_days:
        said += f" (days before {one.counts_from} do not count)"
    return said


def terms(one: Limit) -> str:
    """Return a limit in few words, for tables."""
    if one.kind == "per_visit":
        return f"{one.days} days a visit"
    if one.kind == "rolling":
        return f"{one.days} days in any {one.per_days} days"
    if one.kind == "from_first_entry":
        return f"{one.days} days in {one.per_days} days from the first entry"
    return f"{one.hours} hours"


def condition(code: str, value: Any) -> str:
    """Return a condition in words."""
    return CONDITIONS[code].format(value)


def between(known: date | None, bounds: tuple[date, date] | None) -> str:
    """Return a day, its bounds, or that it is not known."""
    if known:
        return known.isoformat()
    return f"a day between {bounds[0]} and {bounds[1]}" if bounds else "not known"

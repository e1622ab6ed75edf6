"""A published figure and ours in one sentence that can be quoted."""

from typing import Any

from visamap.presenters.world_words import MONTHS
from visamap.results.claims import ClaimAnswer

INBOUND = {
    "visa-free": "nationalities that were certainly visa-free",
    "visa-free-on-paper": "nationalities visa-free in force or halted",
    "visa-free-unilateral": "nationalities that were certainly on Kazakhstan's own list",
    "visa-free-unilateral-30-days": "nationalities certainly on Kazakhstan's own list for 30 days",
    "visa-free-agreement": "nationalities that were certainly exempt by agreement",
    "visa-free-30-days": "nationalities that could certainly stay 30 days or longer",
    "suspended": "nationalities whose exemption was halted",
}
MORE = {
    "visa-free-30-days": "that may have been visa-free for any time",
    "visa-free-unilateral": "that may have been on it",
}
OUTBOUND = {
    "outbound": "destinations open to {} without a visa",
    "outbound-on-arrival": "destinations open to {} without a visa or with one on arrival",
}


def sentence(claim: ClaimAnswer) -> str:
    """Return what our data says of a figure."""
    if claim.reason == "before_our_data":
        return f"{_figure(claim)} cannot be checked: our data does not reach back so far."
    if claim.reason == "formula_unknown":
        return f"{_figure(claim)} cannot be checked: what was counted is not said."
    if claim.what == "highest-in-central-asia":
        return _highest(claim)
    if claim.what in OUTBOUND:
        return _outbound(claim)
    return _place(claim) if claim.index else _count(claim)


def when(text: str) -> str:
    """Return a date, of which the day or month may be missing, in words."""
    year, *rest = text.split("-")
    parts = [year]
    if rest:
        parts.insert(0, MONTHS[int(rest[0]) - 1])
    if len(rest) > 1:
        parts.insert(0, str(int(rest[1])))
    return " ".join(parts)


def ordinal(number: int) -> str:
    """Return a place in a list: 1st, 2nd, 54th."""
    teen = number % 100 in {11, 12, 13}
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def spread(bounds: Any) -> str:
    """Return the lowest and the highest value as one text."""
    low, high = bounds
    return str(low) if low == high else f"{low} to {high}"


def _figure(claim: ClaimAnswer) -> str:
    about = f", about {when(claim.about)}," if claim.about else ""
    return f"The figure of {claim.claimed} of {when(claim.said_on)}{about}"


def _low_high(claim: ClaimAnswer) -> tuple[int, int]:
    low, high = claim.ours_possible or (0, 0)
    return low, high


def _count(claim: ClaimAnswer) -> str:
    figure, counted = _figure(claim), INBOUND[claim.what]
    low, high = _low_high(claim)
    certain, apart = claim.values["certain"], claim.values["apart"]
    if claim.reason == "same_count":
        more = f", and {high - low} more possibly" if high > certain[1] else ""
        return f"{figure} is reproduced: our records hold {claim.ours} {counted}{more}."
    if claim.reason == "same_count_agreements_first":
        return (
            f"{figure} is reproduced where partners of agreements are left out: our records hold "
            f"{spread(apart)} on the list alone, {spread(certain)} with them."
        )
    if claim.reason == "same_count_for_a_time":
        return (
            f"{figure} holds for a part of that time: our records go from {certain[0]} to "
            f"{certain[1]} {counted}."
        )
    if claim.reason == "between_certain_and_possible":
        more = MORE.get(claim.what, "that may have been")
        return f"{figure} falls between the {low} {counted} and the {high} {more}."
    most = f", or {high} at most" if high > certain[1] else ""
    return f"{figure} is not what our records give: {spread(certain)} {counted}{most}."


def _outbound(claim: ClaimAnswer) -> str:
    figure, (low, high) = _figure(claim), _low_high(claim)
    open_to = OUTBOUND[claim.what].format(claim.passport.name if claim.passport else "it")
    edition = claim.values["edition"]
    if claim.reason == "same_value":
        return f"{figure} is reproduced: {claim.ours} {open_to} in the data of {edition}."
    around = f"{open_to} in the data around that time, the higher number with eTAs"
    if claim.reason == "between_neighbours":
        return f"{figure} lies within the {low} to {high} {around}."
    return f"{figure} is not confirmed: there were {spread((low, high))} {around}."


def _place(claim: ClaimAnswer) -> str:
    whose = f"for {claim.passport.name}" if claim.passport else ""
    what = "The rank" if claim.what == "rank" else "The score"
    opening = f"{what} {claim.claimed} {whose} of {when(claim.said_on)}"
    values, bounds = claim.values, _low_high(claim)
    how = "published" if values["published"] else "recomputed"
    if claim.reason == "same_dense_rank":
        alone = values["individual_rank"]
        counted = f"; counted one by one it stood {ordinal(alone)}" if alone else ""
        return (
            f"{opening} is reproduced, but not among {claim.of}: equal scores share a rank, and "
            f"the list of {values['edition']} ends at {values['ranks']}{counted} of "
            f"{values['passports']}."
        )
    if claim.reason == "same_value":
        return f"{opening} is reproduced: {claim.ours} {how} for {values['edition']}."
    if claim.reason == "between_neighbours":
        beside = f"; the score was {spread(values['scores'])}" if claim.what == "rank" else ""
        return f"{opening} lies within the {spread(bounds)} of that time{beside}."
    if claim.reason == "score_printed_as_rank":
        return (
            f"{opening} is not confirmed: ranks around that time were {spread(bounds)}. The score "
            f"was {spread(values['scores'])}, so a score seems to have been printed as a rank."
        )
    return f"{opening} is not confirmed: the values around that time were {spread(bounds)}."


def _highest(claim: ClaimAnswer) -> str:
    name = claim.passport.name if claim.passport else "It"
    values = claim.values
    scores = (
        f"{name} scored {spread(values['scores'])} around {when(claim.said_on)}, the best of the "
        f"others ({values['second']}) {spread(values['second_scores'])}"
    )
    if claim.reason == "same_value":
        return f"That {name} stands highest in Central Asia is reproduced: {scores}."
    if claim.reason == "between_neighbours":
        return f"That {name} stands highest in Central Asia held for a part of that time: {scores}."
    return f"That {name} stands highest in Central Asia is not confirmed: {scores}."

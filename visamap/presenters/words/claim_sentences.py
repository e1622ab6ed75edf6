"""A published figure and ours in one sentence that can be quoted."""

from typing import Any

from visamap.language import DAY_FORM, current, mark, tr
from visamap.presenters.words.dates import partial
from visamap.results.claims import ClaimAnswer

INBOUND = {
    "visa-free": mark("nationalities that were certainly visa-free"),
    "visa-free-on-paper": mark("nationalities visa-free in force or halted"),
    "visa-free-unilateral": mark("nationalities that were certainly on Kazakhstan's own list"),
    "visa-free-unilateral-30-days": mark(
        "nationalities certainly on Kazakhstan's own list for 30 days"
    ),
    "visa-free-agreement": mark("nationalities that were certainly exempt by agreement"),
    "visa-free-30-days": mark("nationalities that could certainly stay 30 days or longer"),
    "suspended": mark("nationalities whose exemption was halted"),
}
MORE = {
    "visa-free-30-days": mark("that may have been visa-free for any time"),
    "visa-free-unilateral": mark("that may have been on it"),
}
PERHAPS = mark("that may have been")
OUTBOUND = {
    "outbound": mark("destinations open to {holder} without a visa"),
    "outbound-on-arrival": mark(
        "destinations open to {holder} without a visa or with one on arrival"
    ),
}
RANK = mark("The rank {claimed} for {holder} of {day}")
SCORE = mark("The score {claimed} for {holder} of {day}")
PUBLISHED = mark("{figure} is reproduced: {number} published for {edition}.")
RECOMPUTED = mark("{figure} is reproduced: {number} recomputed for {edition}.")


def sentence(claim: ClaimAnswer) -> str:
    """Return what our data says of a figure."""
    if claim.reason == "before_our_data":
        return tr(
            "{figure} cannot be checked: our data does not reach back so far.",
            figure=_figure(claim),
        )
    if claim.reason == "formula_unknown":
        return tr(
            "{figure} cannot be checked: what was counted is not said.", figure=_figure(claim)
        )
    if claim.what == "highest-in-central-asia":
        return _highest(claim)
    if claim.what in OUTBOUND:
        return _outbound(claim)
    return _place(claim) if claim.index else _count(claim)


def when(text: str) -> str:
    """Return a date, of which the day or month may be missing, in words."""
    return partial(text, tr(DAY_FORM))


def ordinal(number: int) -> str:
    """Return a place in a list: 1st, 2nd, 54th; in other languages the number alone."""
    if current() != "en":
        return str(number)
    teen = number % 100 in {11, 12, 13}
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def spread(bounds: Any) -> str:
    """Return the lowest and the highest value as one text."""
    low, high = bounds
    return str(low) if low == high else tr("{low} to {high}", low=low, high=high)


def _figure(claim: ClaimAnswer) -> str:
    said, claimed = when(claim.said_on), claim.claimed
    if not claim.about:
        return tr("The figure of {claimed} of {day}", claimed=claimed, day=said)
    return tr(
        "The figure of {claimed} of {day}, about {time},",
        claimed=claimed,
        day=said,
        time=when(claim.about),
    )


def _holder(claim: ClaimAnswer) -> str:
    return claim.passport.name if claim.passport else tr("it")


def _low_high(claim: ClaimAnswer) -> tuple[int, int]:
    low, high = claim.ours_possible or (0, 0)
    return low, high


def _count(claim: ClaimAnswer) -> str:
    figure, counted = _figure(claim), tr(INBOUND[claim.what])
    low, high = _low_high(claim)
    certain, apart = claim.values["certain"], claim.values["apart"]
    perhaps = high > certain[1]
    if claim.reason == "same_count":
        values = {"figure": figure, "number": claim.ours, "counted": counted}
        if not perhaps:
            return tr("{figure} is reproduced: our records hold {number} {counted}.", **values)
        return tr(
            "{figure} is reproduced: our records hold {number} {counted}, and {more} more "
            "possibly.",
            **values,
            more=high - low,
        )
    if claim.reason == "same_count_agreements_first":
        return tr(
            "{figure} is reproduced where partners of agreements are left out: our records hold "
            "{alone} on the list alone, {together} with them.",
            figure=figure,
            alone=spread(apart),
            together=spread(certain),
        )
    if claim.reason == "same_count_for_a_time":
        return tr(
            "{figure} holds for a part of that time: our records go from {low} to {high} "
            "{counted}.",
            figure=figure,
            low=certain[0],
            high=certain[1],
            counted=counted,
        )
    if claim.reason == "between_certain_and_possible":
        return tr(
            "{figure} falls between the {low} {counted} and the {high} {more}.",
            figure=figure,
            low=low,
            counted=counted,
            high=high,
            more=tr(MORE.get(claim.what, PERHAPS)),
        )
    return _other_count(claim, high if perhaps else None)


def _other_count(claim: ClaimAnswer, most: int | None) -> str:
    values = {
        "figure": _figure(claim),
        "number": spread(claim.values["certain"]),
        "counted": tr(INBOUND[claim.what]),
    }
    if most is None:
        return tr("{figure} is not what our records give: {number} {counted}.", **values)
    return tr(
        "{figure} is not what our records give: {number} {counted}, or {most} at most.",
        **values,
        most=most,
    )


def _outbound(claim: ClaimAnswer) -> str:
    figure, bounds = _figure(claim), _low_high(claim)
    open_to = tr(OUTBOUND[claim.what], holder=_holder(claim))
    if claim.reason == "same_value":
        return tr(
            "{figure} is reproduced: {number} {counted} in the data of {edition}.",
            figure=figure,
            number=claim.ours,
            counted=open_to,
            edition=claim.values["edition"],
        )
    if claim.reason == "between_neighbours":
        return tr(
            "{figure} lies within the {low} to {high} {counted} in the data around that time, the "
            "higher number with eTAs.",
            figure=figure,
            low=bounds[0],
            high=bounds[1],
            counted=open_to,
        )
    return tr(
        "{figure} is not confirmed: there were {number} {counted} in the data around that time, "
        "the higher number with eTAs.",
        figure=figure,
        number=spread(bounds),
        counted=open_to,
    )


def _place(claim: ClaimAnswer) -> str:
    opening = tr(
        RANK if claim.what == "rank" else SCORE,
        claimed=claim.claimed,
        holder=_holder(claim),
        day=when(claim.said_on),
    )
    bounds = spread(_low_high(claim))
    if claim.reason == "same_dense_rank":
        return _dense(claim, opening)
    if claim.reason == "same_value":
        return tr(
            PUBLISHED if claim.values["published"] else RECOMPUTED,
            figure=opening,
            number=claim.ours,
            edition=claim.values["edition"],
        )
    if claim.reason == "between_neighbours":
        if claim.what != "rank":
            return tr(
                "{figure} lies within the {bounds} of that time.", figure=opening, bounds=bounds
            )
        return tr(
            "{figure} lies within the {bounds} of that time; the score was {score}.",
            figure=opening,
            bounds=bounds,
            score=spread(claim.values["scores"]),
        )
    if claim.reason == "score_printed_as_rank":
        return tr(
            "{figure} is not confirmed: ranks around that time were {bounds}. The score was "
            "{score}, so a score seems to have been printed as a rank.",
            figure=opening,
            bounds=bounds,
            score=spread(claim.values["scores"]),
        )
    return tr(
        "{figure} is not confirmed: the values around that time were {bounds}.",
        figure=opening,
        bounds=bounds,
    )


def _dense(claim: ClaimAnswer, opening: str) -> str:
    values = {
        "figure": opening,
        "last": claim.of,
        "edition": claim.values["edition"],
        "ranks": claim.values["ranks"],
        "passports": claim.values["passports"],
    }
    alone = claim.values["individual_rank"]
    if not values["ranks"]:
        return tr(
            "{figure} is reproduced, but not among {last}: equal scores share a rank, so the list "
            "is shorter than its {passports} passports.",
            **values,
        )
    if not alone:
        return tr(
            "{figure} is reproduced, but not among {last}: equal scores share a rank, and the "
            "list of {edition} ends at {ranks} of {passports}.",
            **values,
        )
    return tr(
        "{figure} is reproduced, but not among {last}: equal scores share a rank, and the list of "
        "{edition} ends at {ranks}; counted one by one it stood {place} of {passports}.",
        **values,
        place=ordinal(alone),
    )


def _highest(claim: ClaimAnswer) -> str:
    values = {
        "name": claim.passport.name if claim.passport else tr("It"),
        "score": spread(claim.values["scores"]),
        "day": when(claim.said_on),
        "second": claim.values["second"],
        "second_score": spread(claim.values["second_scores"]),
    }
    if claim.reason == "same_value":
        return tr(
            "That {name} stands highest in Central Asia is reproduced: {name} scored {score} "
            "around {day}, the best of the others ({second}) {second_score}.",
            **values,
        )
    if claim.reason == "between_neighbours":
        return tr(
            "That {name} stands highest in Central Asia held for a part of that time: {name} "
            "scored {score} around {day}, the best of the others ({second}) {second_score}.",
            **values,
        )
    return tr(
        "That {name} stands highest in Central Asia is not confirmed: {name} scored {score} "
        "around {day}, the best of the others ({second}) {second_score}.",
        **values,
    )

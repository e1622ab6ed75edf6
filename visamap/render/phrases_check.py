"""What ``check`` says at length and in brief: which visas, what is disputed, what changes."""

from typing import TYPE_CHECKING, Any

from visamap.i18n import Span, entered, joined, mark, own, put, tr, trn
from visamap.limits import any_length, max_stay_days
from visamap.render import phrases
from visamap.results.check import CheckAnswer, Conditional, NextChange, VisaHints

if TYPE_CHECKING:
    from visamap.results.stay import StayAnswer

DISPUTED = {
    "existence": mark("Sources contradict each other on whether the rule exists."),
    "terms": mark("Sources contradict each other on the terms."),
    "dates": mark("Sources contradict each other on the dates."),
}


def for_some(item: CheckAnswer) -> list[Conditional]:
    """Return the rules for some travellers that allow more than the one that is for all."""
    if item.verdict != "visa_free":
        return [*item.conditional]
    stay = item.max_stay_days
    if stay is None:
        return [] if any_length(item.limits) else [*item.conditional]
    return [rule for rule in item.conditional if (max_stay_days(rule.limits) or stay + 1) > stay]


def changed(change: NextChange) -> str:
    """Return what holds from a change on."""
    verdict = tr(phrases.VERDICTS[change.verdict])
    if not change.max_stay_days:
        return verdict
    return trn(
        "{verdict}, up to {n} day",
        "{verdict}, up to {n} days",
        change.max_stay_days,
        verdict=verdict,
    )


def returned(there: dict[str, Any]) -> str:
    """Return what a citizen of the destination gets there."""
    from visamap.render.phrases_abroad import outbound_sentence  # noqa: PLC0415  only where asked for
    from visamap.results.abroad import Outbound  # noqa: PLC0415

    return tr("A citizen of {home_of} there: {answer}", answer=outbound_sentence(Outbound(**there)))


def usual(hints: VisaHints) -> list[tuple[str, str]]:
    """Return which visas are usually asked for, long enough for the days asked, and their use."""
    codes = hints.codes if hints.fitting is None else hints.fitting
    named = ((one["code"], own(one["use"])) for one in entered().get("usual_visas", ()))
    return [(code, use) for code, use in named if code in codes]


def likeliest(hints: VisaHints) -> str | None:
    """Return the visa that is told first of those that fit: a usual one, if there is."""
    codes = [code for code, _ in usual(hints)] or hints.fitting or hints.codes
    return codes[0] if codes else None


def usual_visas(item: "CheckAnswer | StayAnswer", most: int | None = None) -> list[str]:
    """Return the usual visas, and on a line of its own the command that tells what they ask.

    ``most`` is how many are named, if not all.
    """
    if not item.visas.codes:
        return [tr("the categories of that day are not in the data.")]
    # What lists of states say of a visa holds for ordinary passports.
    code = item.nationality.code if item.passport == "ordinary" else ""
    words, carried = (f" --nationality {code}", f"?nationality={code}") if code else ("", "")
    said, first = tr("which visa is usual is not known."), ""
    if item.visas.fitting is not None:
        said = tr("no common visa is known to allow such a long stay.")
    if found := usual(item.visas):
        first = f" {found[0][0]}"
        named = [
            put("{code} ({use})", code=Span(visa, "visa", f"{visa}/{carried}"), use=use)
            for visa, use in found[:most]
        ]
        said = put("{visas}.", visas=joined(", ", named))
        if len(found) > len(named):
            said = tr("{visas} and others.", visas=joined(", ", named))
    command = Span(f"`{phrases.command(f'visas{first}{words}')}`", "command", f"visas/{carried}")
    return [said, tr("See {command}.", command=command)]

"""The sentences behind the codes: every word that a reader sees of a verdict comes from here.

Results carry codes and values; this room turns them into words. It decides nothing. Its tables hold
the English, marked for the catalogues; who takes a word from one says it with ``tr``.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Literal, NamedTuple

from visamap.language import day, mark, tr, trn
from visamap.limits import Limit
from visamap.presenters.words.code_words import purpose
from visamap.presenters.words.wording import capital
from visamap.results.check import closed_in_practice
from visamap.results.parts import Act, DataRef

FOOTER = mark(
    "Not legal advice; ask the consulate before you travel: "
    "https://www.gov.kz/memleket/entities/mfa"
)

PASSPORTS = {
    "ordinary": mark("ordinary passport"),
    "diplomatic": mark("diplomatic passport"),
    "service": mark("service passport"),
    "special": mark("special passport"),
    "id_card": mark("identity card"),
    "laissez_passer": mark("laissez-passer"),
}
VERDICTS = {
    "visa_free": mark("visa-free"),
    "visa_required": mark("visa required"),
    "citizen": mark("citizen of Kazakhstan"),
    "unknown": mark("not known"),
}
BASES = {"agreement": mark("agreement"), "unilateral": mark("Kazakhstan's own act")}
ADVISORIES = {
    "border-closed": mark("in practice the border was closed to foreigners"),
    "entry-permit": mark("in practice a special entry permit was needed"),
    "practice-differs": mark("practice differs from the law"),
}
CONDITIONS: dict[str, Callable[[Any], str]] = {
    "passport_valid_months": lambda months: trn(
        "passport valid for at least {n} month", "passport valid for at least {n} months", months
    ),
    "no_paid_work": lambda _: tr("no paid work"),
    "no_missionary_work": lambda _: tr("no missionary work"),
    "not_for_pilgrimage": lambda _: tr("not for pilgrimage"),
    "territory": lambda where: tr("only in {territory}", territory=where),
    "residents_of": lambda where: tr("only for residents of {territory}", territory=where),
    "min_age": lambda age: tr("from the age of {age}", age=age),
    "max_age": lambda age: tr("up to the age of {age}", age=age),
    "extendable_once_days": lambda days: trn(
        "may be extended once by up to {n} day", "may be extended once by up to {n} days", days
    ),
}
ACT_KINDS = {
    "agreement": mark("agreement"),
    "protocol": mark("protocol"),
    "exchange-of-notes": mark("exchange of notes"),
    "government-decree": mark("government decree"),
    "presidential-decree": mark("presidential decree"),
    "law": mark("law"),
    "ministerial-order": mark("ministerial order"),
}
# What the reader is told when the answer is not a plain yes.
REASONS: dict[str, str] = {
    "citizen": mark("a citizen of Kazakhstan enters without a visa"),
    "no_regime": mark("no visa-free rule was found for this passport on this day"),
    "border_residents_only": mark("the only visa-free rule is for residents of a border area"),
    "document_not_covered": mark("no act exempts holders of this document"),
    "document_unknown": mark("no act names this document, so we do not know"),
    "start_uncertain": mark("a visa-free rule may have begun by then; its first day is not known"),
    "end_uncertain": mark("a visa-free rule may have ended by then; its last day is not known"),
    "halt_uncertain": mark("the visa-free rule may be suspended then; that is not certain"),
    "existence_doubtful": mark("sources contradict each other on whether a visa-free rule exists"),
    "low_confidence": mark("a visa-free rule rests on weak evidence only"),
    "approved_not_in_force": mark(
        "a visa-free agreement was approved, but no entry into force was found"
    ),
    "beyond_horizon": mark("the day of entry lies more than a year after the data was released"),
    "not_covered": mark("this passport kind or day lies outside what we have worked through"),
}


Tone = Literal["yes", "home", "no", "maybe", "closed"]
TONES: dict[str, Tone] = {
    "visa_free": "yes",
    "citizen": "home",
    "visa_required": "no",
    "unknown": "maybe",
}
ALLOWED: dict[bool | None, Tone] = {True: "yes", False: "no", None: "maybe"}
SHORT: dict[Tone, str] = {
    "yes": mark("Yes, without a visa"),
    "home": mark("Yes, a citizen needs no visa"),
    "no": mark("A visa is needed"),
    "maybe": mark("Not known for certain"),
    "closed": mark("Not in practice: the border was closed"),
}
# How an answer about a stay that was asked for begins.
OPENINGS: dict[Tone, str] = {
    "yes": mark("Yes: {answer}"),
    "no": mark("No: {answer}"),
    "closed": mark("Not in practice: the border was closed. By law: {answer}"),
}


class Headline(NamedTuple):
    """What an answer says first, alike in every form: its tone, and whole and short words.

    ``short`` heads a page and stands in its title; ``sentence`` is the first line of a text and the
    ``message`` of an item.
    """

    tone: Tone
    short: str
    sentence: str


OF_TIME = ("timeline", "diff", "upcoming")
"""Commands whose sentences stand in ``time_sentences``."""


def message(command: str, item: Any) -> str | None:
    """Return the sentence for an item of a command; ``None`` where items need none."""
    by_command: dict[str, Callable[[Any], str]] = {
        "check": lambda answer: check(answer).sentence,
        "stay": _stay,
        "claims": _claim,
        "outbound": _outbound,
    }
    if command in OF_TIME:
        from visamap.presenters.words import time_sentences  # noqa: PLC0415  only they pay for it

        return time_sentences.message(command, item)
    return by_command[command](item) if command in by_command else None


def _claim(answer: Any) -> str:
    from visamap.presenters.words.claim_sentences import sentence  # noqa: PLC0415  of no use to `check`

    return sentence(answer)


def _stay(answer: Any) -> str:
    from visamap.presenters.words.stay_words import headline  # noqa: PLC0415  of no use to `check`

    return headline(answer).sentence


def _outbound(answer: Any) -> str:
    from visamap.presenters.words.outbound_words import sentence  # noqa: PLC0415  of no use to `check`

    return sentence(answer)


def paper(one: Any) -> str:
    """Return what a paper beside the passport allows, with a doubt where there is one."""
    if one.confidence == "low":
        return tr(
            "{title}: {terms} (Low confidence: ask before you rely on it.)",
            title=one.title,
            terms=one.terms,
        )
    return f"{one.title}: {one.terms}"


def check(answer: Any) -> Headline:
    """Return the headline of ``check``: of the stay asked, or else of the day of entry."""
    if answer.days_asked is None or answer.verdict == "citizen":
        tone, said = TONES[answer.verdict], verdict(answer)
        tone = "closed" if closed(answer) else tone
        return Headline(tone, tr(SHORT[tone]), f"{_in_practice(said, answer)}.")
    from visamap.presenters.words.stay_words import visit  # noqa: PLC0415  most ask for no length

    tone = "closed" if closed(answer) else ALLOWED[answer.stay_allowed]
    said = opened(tone, visit(answer))
    # A no is no better in practice, and what was closed is said already.
    full = said if tone in {"no", "closed"} else _in_practice(said, answer)
    return Headline(tone, said, f"{full}.")


def opened(tone: Tone, said: str) -> str:
    """Return an answer about a stay as its tone lets it begin; a doubt begins by itself."""
    return tr(OPENINGS[tone], answer=said) if tone in OPENINGS else capital(said)


def _in_practice(said: str, answer: Any) -> str:
    for advisory in answer.advisories:
        said = tr("{answer}; but {practice}", answer=said, practice=practice(advisory))
    return said


def closed(answer: Any) -> bool:
    """Tell whether the border was certainly closed in practice to who has this answer."""
    return closed_in_practice(answer.advisories) is True and answer.verdict != "citizen"


def as_known(said: str, on: date, data: DataRef) -> str:
    """Return an opening, with the day that it is known from where it speaks of a later one."""
    if on <= data.release:
        return said
    opening, release = said.removesuffix("."), data.release.isoformat()
    return tr("{answer} (as known on {release}).", answer=opening, release=release)


def held(answer: Any) -> str:
    """Return whose passport answers for people of a territory, or nothing."""
    if answer.held_passport is None:
        return ""
    return tr(
        "Answered by the passport that people of {name} hold: {holder} ({code}).",
        name=answer.nationality.name,
        holder=answer.held_passport.name,
        code=answer.held_passport.code,
    )


def practice(advisory: Any) -> str:
    """Return how practice differed from the law, with a doubt where its end is not known."""
    said = tr(ADVISORIES[advisory.kind])
    if advisory.certain:
        return said
    return tr("{practice}, perhaps no longer on this day", practice=said)


def duty(one: Any) -> str:
    """Return what is to be done, and by whom alone: a duty of long stays is none of short ones."""
    said = one.text
    if one.stay_over_days:
        said = trn(
            "If the visit is longer than {n} day: {duty}",
            "If the visit is longer than {n} days: {duty}",
            one.stay_over_days,
            duty=said,
        )
    return tr("{duty} (voluntary)", duty=said) if one.voluntary else str(said)


def duties(all_of_them: Iterable[Any]) -> list[tuple[str, list[str]]]:
    """Return what is to be done before entry and what after arrival, each under its heading."""
    early: list[str] = []
    late: list[str] = []
    for one in all_of_them:
        # An authorisation to travel is asked for before the journey, everything else on the spot.
        (early if one.kind == "travel-authorisation" else late).append(duty(one))
    parts = ((tr("Before entry"), early), (tr("After arrival"), late))
    return [part for part in parts if part[1]]


def days(number: int) -> str:
    """Return a number of days in words."""
    return trn("{n} day", "{n} days", number)


def span(first: date | None, last: date | None) -> str:
    """Return from when until when, as far as known; nothing where neither is."""
    if first and last:
        return tr("from {first} to {last}", first=first, last=last)
    if first:
        return tr("from {day}", day=first)
    return tr("until {day}", day=last) if last else ""


def data(one: DataRef) -> str:
    """Return which data answered; the digest is short, for people."""
    return tr("Data of {release} ({digest}).", release=one.release, digest=one.digest[:15])


def purposes(codes: Iterable[str]) -> str:
    """Return purposes of a journey in words."""
    return ", ".join(purpose(code) for code in codes)


def verdict(answer: Any) -> str:
    """Return the verdict with its stay or reason, without a full stop."""
    if answer.verdict == "visa_free":
        stay = answer.max_stay_days
        if stay:
            return trn("Visa-free for up to {n} day", "Visa-free for up to {n} days", stay)
        return tr("Visa-free; no length of stay is known")
    if answer.reason == "suspended":
        return tr(
            "Visa required: the visa-free rule was suspended by {act}",
            act=named(answer.suspended_by.act),
        )
    why = tr(REASONS[answer.reason])
    if answer.verdict == "citizen":
        return tr("No visa: {reason}", reason=why)
    if answer.verdict == "visa_required":
        return tr("Visa required: {reason}", reason=why)
    return tr("Not known: {reason}", reason=why)


def named(act: Act) -> str:
    """Return an act by kind, number and year, or by its title where it has no number."""
    kind = tr(ACT_KINDS[act.kind])
    if act.number and act.signed:
        return tr("{kind} {number} of {signed}", kind=kind, number=act.number, signed=act.signed)
    if act.number:
        return tr("{kind} {number}", kind=kind, number=act.number)
    return tr("the {kind} \u201c{title}\u201d", kind=kind, title=act.title)


def limit(one: Limit) -> str:
    """Return a limit in words; a cumulative one with the day from which it counts."""
    said = terms(one)
    if one.counts_from and one.per_days:
        return tr("{terms} (days before {day} do not count)", terms=said, day=one.counts_from)
    return said


def limits(answer: Any) -> list[str]:
    """Return the limits of an answer of ``check`` in words, doubtful ones as such."""
    return [
        tr("perhaps {terms}; keep to it, for it may hold", terms=limit(one))
        if one in answer.doubtful_limits
        else limit(one)
        for one in answer.limits
    ]


def terms(one: Limit) -> str:
    """Return a limit in few words, for tables."""
    if one.kind == "hours":
        return trn("{n} hour", "{n} hours", one.hours or 0)
    number, per = one.days or 0, one.per_days
    if one.kind == "per_visit":
        return trn("{n} day a visit", "{n} days a visit", number)
    if one.kind == "rolling":
        return trn("{n} day in any {per} days", "{n} days in any {per} days", number, per=per)
    return trn(
        "{n} day in {per} days from the first entry",
        "{n} days in {per} days from the first entry",
        number,
        per=per,
    )


def condition(code: str, value: Any) -> str:
    """Return a condition in words."""
    return CONDITIONS[code](value)


def between(known: date | None, bounds: "tuple[date | None, date | None] | None") -> str:
    """Return a day, its bounds, or that it is not known."""
    if bounds:
        first, last = bounds
        if first is None:
            return tr("{day} or earlier", day=last)
        if last:
            return tr("a day between {first} and {last}", first=first, last=last)
        return tr("{day} or later", day=first)
    return day(known) if known else tr("not known")

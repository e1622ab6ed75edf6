"""The sentences that every answer shares: verdicts, limits, acts, days, order of names.

Those of one question stand in ``phrases_*`` beside it. A file longer than others, for what is said
of an answer in passing is said of all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import reduce
from typing import TYPE_CHECKING, Any, Literal, get_args

from visamap import i18n
from visamap.i18n import MONTHS, Said, Span, current, day, fact, joined, mark, put, tr, trc, trn
from visamap.limits import Limit, LimitKind, any_length
from visamap.render.labels import purpose
from visamap.results.check_results import (
    AdvisoryNote,
    Halt,
    PendingAct,
    VisaHints,
    closed_in_practice,
)
from visamap.results.parts import Act, Between, DataRef, Destination, Envelope
from visamap.values import Value

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

LETTERS = {
    "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
}


def place(name: str) -> tuple[int, ...] | str:
    """Return where a name stands in the reader's language: a key to sort by."""
    letters = LETTERS.get(current())
    if letters is None:
        return name
    found = name.casefold()
    return tuple(letters.find(c) + 1000 if c in letters else min(ord(c), 999) for c in found)


MONTHS_OF_YEARS = (
    mark("January {year}"),
    mark("February {year}"),
    mark("March {year}"),
    mark("April {year}"),
    mark("May {year}"),
    mark("June {year}"),
    mark("July {year}"),
    mark("August {year}"),
    mark("September {year}"),
    mark("October {year}"),
    mark("November {year}"),
    mark("December {year}"),
)

IN_MONTHS = (
    mark("in January {year}"),
    mark("in February {year}"),
    mark("in March {year}"),
    mark("in April {year}"),
    mark("in May {year}"),
    mark("in June {year}"),
    mark("in July {year}"),
    mark("in August {year}"),
    mark("in September {year}"),
    mark("in October {year}"),
    mark("in November {year}"),
    mark("in December {year}"),
)


def short(known: date | str | None, bounds: tuple[date | None, date | None] | None) -> str:
    """Return a date as far as it is known for a table: itself, or its bounds."""
    words = f"{bounds[0] or ''}..{bounds[1] or ''}" if bounds else str(known or "")
    return Span(words, "days", (known, bounds))


def when(known: date | str | None, bounds: Between | None) -> str:
    """Return when something happened, as far as it is known, for the middle of a sentence."""
    if bounds:
        first, last = bounds
        if last:
            return tr("between {first} and {last}", first=first, last=last)
        return tr("on {day} or later", day=first)
    year, *rest = str(known or "").split("-")
    if not rest:
        return tr("in {year}", year=year) if year else ""
    if len(rest) == 1:
        return tr(IN_MONTHS[int(rest[0]) - 1], year=year)
    return tr("on {day}", day=date.fromisoformat(str(known)))


def written(day: date) -> str:
    """Return a day in words."""
    return partial(day.isoformat(), day_form())


def partial(text: str, form: str) -> str:
    """Return a date, of which the day or month may be missing; a whole one in ``form``."""
    year, *rest = (int(part) for part in text.split("-"))
    if not rest:
        return str(year)
    if len(rest) == 1:
        return tr(MONTHS_OF_YEARS[rest[0] - 1], year=year)
    return form.format(day=rest[1], month=tr(MONTHS[rest[0] - 1]), year=year)


def day_form() -> str:
    """Return the form of a day that stands in words alone; what follows it may be a full stop."""
    return trc("in words alone, never with a full stop at its end", "{day} {month} {year}")


def capital(text: str) -> str:
    """Return a sentence with a capital first letter; the rest stays as it is."""
    if isinstance(text, Said) and text.form.startswith("{"):
        return _at_an_end(text, text.form[1:].partition("}")[0], capital)
    if isinstance(text, Said):
        return put(capital(text.form), **text.values)
    words = text[:1].upper() + text[1:]
    return Span(words, text.kind, text.ref) if isinstance(text, Span) else words


def _open(text: str) -> str:
    """Return a sentence without the full stop at its end."""
    if isinstance(text, Said) and text.form.endswith("}"):
        return _at_an_end(text, text.form[:-1].rpartition("{")[2], _open)
    if isinstance(text, Said):
        return put(text.form.removesuffix("."), **text.values)
    return text if isinstance(text, Span) else text.removesuffix(".")


def _at_an_end(text: Said, name: str, change: Callable[[str], str]) -> str:
    """Return a sentence with a change to the value at its beginning or its end."""
    value = text.values[name]
    return put(
        text.form, **{**text.values, name: change(value) if isinstance(value, str) else value}
    )


def either(words: Iterable[str]) -> str:
    """Return words of which one is meant: "a or b or c"."""
    return reduce(lambda one, other: tr("{one} or {other}", one=one, other=other), words)


FOOTER = mark("Not legal advice; ask the consulate before you travel: {ministry}")
FOOTER_ABROAD = mark(
    "Not legal advice; ask the consulate of the country that you travel to before you leave."
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
    "citizen": mark("citizen of {home_of}"),
    "unknown": mark("not known"),
}
SINGLE_WORDS = frozenset({"documents", "sanction", "use"})
"""Fields whose single words are words to read; in any other a word such as ``invitation`` is a
code, which no language changes."""
BEFORE_ENTRY = {"travel-authorisation", "passport-validity", "vaccination"}
"""Duties that are met before the journey; the others are met on the spot."""
BASES: dict[str | None, str] = {
    "agreement": mark("agreement"),
    "unilateral": mark("{home_of}'s own act"),
    None: mark("act not identified"),
}
ADVISORIES = {
    "border-closed": mark("in practice the border was closed to foreigners"),
    "entry-permit": mark("in practice a special entry permit was needed"),
    "practice-differs": mark("in practice: {what}"),
}
WAYS = {
    "air": mark("arrival by air"),
    "rail": mark("arrival by rail"),
    "road": mark("arrival by road"),
    "water": mark("arrival by water"),
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
    "onward_ticket": lambda _: tr("a ticket out of the country must be held"),
    "with_legal_representative": lambda _: tr("only together with a parent or guardian"),
    "residence_valid_days": lambda days: trn(
        "residence permit valid for at least {n} day",
        "residence permit valid for at least {n} days",
        days,
    ),
    "group_tour": lambda _: tr("only in a tourist group"),
    "arrival_by": lambda way: tr(WAYS[way]),
    "airports": lambda names: tr("only through {airports}", airports=", ".join(names)),
    "flights": lambda flights: tr("only on {flights}", flights=flights),
    "zone": lambda zone: tr("only inside {zone}", zone=zone),
    "holds_visa_of": lambda codes: tr("with a visa of {codes}", codes=", ".join(codes)),
    "resident_of": lambda codes: tr("residents of {codes}", codes=", ".join(codes)),
    "document": lambda paper: tr("only with {paper}", paper=paper),
}
ACT_KINDS = {
    "agreement": mark("agreement"),
    "protocol": mark("protocol"),
    "exchange-of-notes": mark("exchange of notes"),
    "government-decree": mark("government decree"),
    "presidential-decree": mark("presidential decree"),
    "law": mark("law"),
    "ministerial-order": mark("ministerial order"),
    "act-not-identified": mark("act not identified"),
}
# Whole, for the name of who issued an act, its day and its number stand in other cases elsewhere.
NUMBERED = {
    "government-decree": mark("government decree No. {number}"),
    "presidential-decree": mark("presidential decree No. {number}"),
    "law": mark("law No. {number}"),
    "ministerial-order": mark("ministerial order No. {number}"),
    "joint-order": mark("joint order No. {number}"),
}
DATED = {
    "government-decree": mark("government decree {number} {signed}"),
    "presidential-decree": mark("presidential decree {number} {signed}"),
    "law": mark("law {number} {signed}"),
    "ministerial-order": mark("ministerial order {number} {signed}"),
    "joint-order": mark("joint order {number} {signed}"),
}
DAYS_OF_ACTS = (
    mark("of {day} January {year}"),
    mark("of {day} February {year}"),
    mark("of {day} March {year}"),
    mark("of {day} April {year}"),
    mark("of {day} May {year}"),
    mark("of {day} June {year}"),
    mark("of {day} July {year}"),
    mark("of {day} August {year}"),
    mark("of {day} September {year}"),
    mark("of {day} October {year}"),
    mark("of {day} November {year}"),
    mark("of {day} December {year}"),
)
# What the reader is told when the answer is not a plain yes.
REASONS: dict[str, str] = {
    "act_not_identified": mark("a list shows the visa-free rule; its act was not identified"),
    "citizen": mark("a citizen of {home_of} enters without a visa"),
    "no_regime": mark("no visa-free rule was found for this passport on this day"),
    "border_residents_only": mark("the only visa-free rule is for residents of a border area"),
    "document_not_covered": mark("no act exempts holders of this document"),
    "document_unknown": mark("no act names this document, so we do not know"),
    "start_uncertain": mark("a visa-free rule may have begun by then; its first day is not known"),
    "end_uncertain": mark("a visa-free rule may have ended by then; its last day is not known"),
    "halt_uncertain": mark("the visa-free rule may be suspended then; that is not certain"),
    "paper_uncertain": mark(
        "it is not certain that the identity card is accepted in place of a passport then"
    ),
    "existence_doubtful": mark("sources contradict each other on whether a visa-free rule exists"),
    "low_confidence": mark("a visa-free rule rests on weak evidence only"),
    "approved_not_in_force": mark(
        "a visa-free agreement was approved, but no entry into force was found"
    ),
    "approval_uncertain": mark(
        "a visa-free agreement may have been approved by then; no entry into force was found"
    ),
    "beyond_horizon": mark("the day of entry lies more than a year after the data was released"),
    "suspended": mark("the visa-free rule was suspended"),
    "not_covered": mark("this passport kind or day has not been researched yet"),
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


class Headline(Value):
    """What an answer says first, alike in every form: its tone, and whole and short words.

    ``short`` heads a page and stands in its title; ``sentence`` is the first line of a text and the
    ``message`` of an item.
    """

    tone: Tone
    short: str
    sentence: str


def paper(one: Any) -> str:
    """Return what a paper beside the passport allows, with a doubt where there is one."""
    said = f"{one.title}: {one.terms}"
    if one.confidence == "low":
        said = tr(
            "{title}: {terms} (Low confidence: ask before you rely on it.)",
            title=one.title,
            terms=one.terms,
        )
    return said if one.certain else tr("Perhaps, not certain: {rule}", rule=said)


def opened(tone: Tone, said: str) -> str:
    """Return an answer about a stay as its tone lets it begin; a doubt begins by itself."""
    return tr(OPENINGS[tone], answer=said) if tone in OPENINGS else capital(said)


def in_words(said: str, answer: Any) -> str:
    """Return an answer with how practice differed from it."""
    for advisory in answer.advisories:
        said = tr("{answer}; but {practice}", answer=said, practice=practice(advisory))
    return said


def in_practice(tone: Tone, advisories: Iterable[AdvisoryNote]) -> Tone:
    """Return a tone as practice leaves it: where the border was perhaps closed, no plain yes."""
    closed = closed_in_practice(advisories)
    if closed:
        return "closed"
    return "maybe" if closed is None and tone == "yes" else tone


def doubted(said: str, tone: Tone, allowed: bool | None) -> str:
    """Return the short words of an answer about a stay that practice may make worse than law."""
    return tr(SHORT["maybe"]) if tone == "maybe" and allowed else said


def as_known(said: str, on: date, data: DataRef) -> str:
    """Return an opening, with the day that it is known from where it speaks of a later one."""
    if on <= data.release:
        return said
    return tr("{answer} (as known on {release}).", answer=_open(said), release=data.release)


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
    said = tr(ADVISORIES[advisory.kind], what=_open(advisory.short or advisory.text))
    if advisory.certain:
        return said
    return tr("{practice}, perhaps no longer on this day", practice=said)


def e_visa(one: Any) -> str | None:
    """Return "yes" or, on weak evidence, "likely"; an absence from a list proves nothing."""
    if not one.e_visa:
        return None
    if one.e_visa_confidence == "low":
        return trc("whether there is an e-visa", "likely")
    return trc("whether there is an e-visa", "yes")


def usual(hints: VisaHints, passport: str) -> list[tuple[str, str]]:
    """Return the codes and uses of the visas that holders of a passport kind usually ask for.

    Only visas that are long enough for the days asked are returned.
    """
    codes = hints.codes if hints.fitting is None else hints.fitting
    return [
        (visa["code"], i18n.own(visa["use"]))
        for visa in i18n.entered().get("usual_visas", ())
        if visa["code"] in codes and passport in (visa.get("passports") or (passport,))
    ]


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


def duties(all_of_them: Collection[Any]) -> list[tuple[str, list[str]]]:
    """Return what is to be done before entry and what after arrival, each under its heading."""
    early = [duty(one) for one in all_of_them if one.kind in BEFORE_ENTRY]
    late = [duty(one) for one in all_of_them if one.kind not in BEFORE_ENTRY]
    return [(tr("Before entry"), early), (tr("After arrival"), late)]


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


BECAUSE = {
    "citizen": mark("No visa: {reason}"),
    "visa_required": mark("Visa required: {reason}"),
    "unknown": mark("Not known: {reason}"),
}


def verdict(answer: Any) -> str:
    """Return the verdict with its stay or reason, without a full stop."""
    if answer.verdict == "visa_free":
        stay = answer.max_stay_days
        if stay:
            return trn("Visa-free for up to {n} day", "Visa-free for up to {n} days", stay)
        endless = any_length(answer.limits)
        untold = tr("Visa-free; no length of stay is known")
        return tr("Visa-free; no limit of days is set") if endless else untold
    if answer.reason == "suspended" and answer.suspended_by:
        return tr(
            "Visa required: the visa-free rule was suspended by {act}",
            act=named(answer.suspended_by.act),
        )
    return tr(BECAUSE[answer.verdict], reason=tr(REASONS[answer.reason]))


def named(act: Act) -> str:
    """Return an act by kind, number and year, or by its title where it has no number."""
    kind = tr(ACT_KINDS[act.kind])
    if act.number and act.signed:
        form = DATED.get(_numbered_kind(act), mark("{kind} {number} {signed}"))
        return tr(form, kind=kind, number=act.number, signed=_of(act.signed))
    if act.number:
        return numbered(act)
    return tr("the {kind} \u201c{title}\u201d", kind=kind, title=act.title)


def numbered(act: Any) -> str:
    """Return an act by kind and number."""
    form = NUMBERED.get(_numbered_kind(act), mark("{kind} No. {number}"))
    return tr(form, kind=tr(ACT_KINDS[act.kind]), number=act.number)


def _numbered_kind(act: Any) -> str:
    # Two numbers: an order of two ministers.
    return "joint-order" if act.kind == "ministerial-order" and " " in act.number else act.kind


def _of(signed: date) -> str:
    """Return the day of an act, for its name."""
    if current() == "en":
        return tr("of {day}", day=signed)
    words = tr(DAYS_OF_ACTS[signed.month - 1], day=signed.day, year=signed.year)
    return Span(words, "day", signed)


def limit(one: Limit) -> str:
    """Return a limit in words; a cumulative one with the day from which it counts."""
    said = terms(one)
    if one.reset_days_outside:
        said = tr(
            "{terms} (the authority counts anew only after {n} days outside in a row)",
            terms=said,
            n=one.reset_days_outside,
        )
    if one.counts_from and one.per_days:
        return tr("{terms} (days before {day} do not count)", terms=said, day=one.counts_from)
    return said


def limits(answer: Any) -> list[str]:
    """Return the limits of an answer of ``check`` in words, doubtful ones as such."""
    return [
        tr("perhaps {terms}; keep to it, because it may apply", terms=limit(one))
        if one in answer.doubtful_limits
        else limit(one)
        for one in answer.limits
    ]


def marked_terms(one: Any) -> list[str]:
    """Return the limits of something in few words, those that only may bind with "perhaps"."""
    return [
        tr("perhaps {terms}", terms=terms(limit)) if limit in one.doubtful_limits else terms(limit)
        for limit in one.limits
    ]


def terms(one: Limit) -> str:
    """Return a limit in few words, for tables."""
    if one.kind == "hours":
        return trn("{n} hour", "{n} hours", one.hours or 0)
    if one.kind == "unlimited":
        return tr("no limit of days is set")
    if one.kind == "entries":
        many = one.entries or 0
        return trn(
            "{n} entry in any {per} days", "{n} entries in any {per} days", many, per=one.per_days
        )
    number, per = one.days or 0, one.per_days
    if one.kind == "per_visit":
        said = trn("{n} day a visit", "{n} days a visit", number)
        return said if one.wait_days_outside is None else _with_a_wait(said, one.wait_days_outside)
    if one.kind == "rolling":
        return trn("{n} day in any {per} days", "{n} days in any {per} days", number, per=per)
    return trn(
        "{n} day in {per} days from the first entry",
        "{n} days in {per} days from the first entry",
        number,
        per=per,
    )


def _with_a_wait(said: str, days_outside: int) -> str:
    return trn(
        "{terms}, then {n} day outside", "{terms}, then {n} days outside", days_outside, terms=said
    )


def terms_line(limits: Iterable[Limit], doubtful: Collection[Limit] = ()) -> str:
    """Return limits as one line: "30 days a visit, 90 in any 180"."""
    said: list[str] = []
    for one in limits:
        words = terms(one) if not said else _next_terms(one)
        said.append(tr("perhaps {terms}", terms=words) if one in doubtful else words)
    return ", ".join(said)


def _next_terms(one: Limit) -> str:
    """Return a limit that follows another one, so that its number is known to be days."""
    if one.kind == "rolling":
        return tr("{n} in any {per}", n=one.days, per=one.per_days)
    if one.kind == "from_first_entry":
        return tr("{n} in {per} from the first entry", n=one.days, per=one.per_days)
    return terms(one)


BESIDE = " \u00b7 "
"""Stands between limits in a cell; all of them bind."""
NO_LIMIT, TIMES = "\u221e", "\u00d7"
"""In a cell: as long as one likes, and so many entries."""


def terms_short(limits: Iterable[Limit], doubtful: Collection[Limit] = ()) -> str:
    """Return limits as figures for a cell, "30 \u00b7 90/180"; ``terms_legend`` explains them.

    Those that only may bind (``doubtful``) are marked with a question mark.
    """
    return BESIDE.join(f"{_figures(one)}{'?' if one in doubtful else ''}" for one in limits)


def _figures(one: Limit) -> str:
    if one.kind == "hours":
        return tr("{n} h", n=one.hours)
    if one.kind == "unlimited":
        return NO_LIMIT
    if one.kind == "entries":
        return f"{one.entries}{TIMES}/{one.per_days}"
    if one.kind == "per_visit":
        return str(one.days)
    return f"{one.days}/{one.per_days}{'*' if one.kind == 'from_first_entry' else ''}"


def terms_legend(limits: Collection[Limit], doubtful: Collection[Limit] = ()) -> str:
    """Return how to read the figures of a table, by one example of each kind that is in it.

    Nothing is returned where there is nothing to explain.
    """
    kinds = {one.kind: one for one in limits if one.kind != "hours"}
    order = sorted(kinds.values(), key=lambda one: get_args(LimitKind).index(one.kind))
    said = [f"{_figures(one)} = {terms(one)}" for one in order]
    if any(one in doubtful for one in limits):
        said.append(tr("? = perhaps"))
    return f"{'; '.join(said)}." if said else ""


def condition(code: str, value: Any) -> str:
    """Return a condition in words."""
    return CONDITIONS[code](value)


def need(code: str, value: Any, names: dict[str, str]) -> str:
    """Return what a conditional rule needs, countries by their ``names``."""
    listed = isinstance(value, list | tuple)
    return condition(code, [names.get(one, one) for one in value] if listed else value)


def between(known: date | None, bounds: tuple[date | None, date | None] | None) -> str:
    """Return a day, its bounds, or that it is not known."""
    if bounds:
        first, last = bounds
        if first is None:
            return tr("{day} or earlier", day=last)
        if last:
            return tr("a day between {first} and {last}", first=first, last=last)
        return tr("{day} or later", day=first)
    return day(known) if known else tr("not known")


def days_of(act: Act) -> str:
    """Return the days on which an act was signed and began, as far as they are known."""
    dates = [
        *([tr("signed {day}", day=act.signed)] if act.signed else []),
        *([tr("in force {day}", day=act.in_force)] if act.in_force else []),
    ]
    return joined("; ", dates) if dates else ""


def ground(act: Act) -> str:
    """Return an act by number and title, with the days on which it was signed and began."""
    dates = days_of(act)
    when = put(" ({dates})", dates=dates) if dates else ""
    return put("{act}{when}. [{id}]", act=called(act), when=when, id=Span(act.id, "id"))


def halt(one: Halt) -> str:
    """Return what suspends a rule, and on which days, as far as they are known."""
    period = capital(span(one.valid_from, one.valid_to))
    if one.valid_from_between or one.valid_to_between:
        period = tr(
            "First day: {first}; last day: {last}",
            first=between(one.valid_from, one.valid_from_between),
            last=between(one.valid_to, one.valid_to_between),
        )
    return put("{ground} {period}.", ground=ground(one.act), period=period)


def called(act: Act) -> Span:
    """Return what an act is known by: a treaty's title says what it is, a decree has a number."""
    if not (act.number and act.basis == "unilateral"):
        return Span(act.title, "act", act.id)
    return Span(f"{capital(numbered(act))}: {act.title}", "act", act.id)


def pending(act: PendingAct) -> str:
    """Return how far an agreement has come that was not found in force."""
    said = mark("{title}: signed {when}; no approval and no entry into force were found.")
    day = when(act.signed, act.signed_between)
    if act.approved or act.approved_between:
        said = mark("{title}: approved {when}; no entry into force was found.")
        day = when(act.approved, act.approved_between)
    return tr(said, title=Span(act.title, "act", act.instrument), when=day)


def entering(answer: Any) -> AbstractContextManager[None]:
    """Let the sentences about an answer, or an item of one, name its destination.

    An answer about several states names none of them as a whole: each of its items does.
    """
    if isinstance(answer, Envelope) and answer.home is None:
        return i18n.entering({})
    home = getattr(answer, "home", None) or getattr(answer, "destination", None)
    if not isinstance(home, Destination):
        return i18n.entering(i18n.entered())
    return i18n.entering({**home.profile, OPTION: home.option})


OPTION = "to"
"""Beside the profile of a destination: the option that a command about it needs."""


def command(words: str) -> str:
    """Return a command that asks about the destination that is spoken of."""
    return f"visamap {words}{i18n.entered().get(OPTION, '')}"


def advice() -> str:
    """Return the advice to ask the consulate, with the address of the foreign ministry."""
    ministry = i18n.of_home("ministry")
    return tr(FOOTER, ministry=ministry) if ministry else tr(FOOTER_ABROAD)


def in_language(answer: Envelope) -> Envelope:
    """Return an answer whose texts are in the language of the reader."""
    return answer._replace(items=said(answer.items), notes=said(answer.notes))


def said(value: Any) -> Any:
    """Return a value of an answer with its texts in the reader's language."""
    return value if current() == "en" else _said(value)


def _said(value: Any, key: str = "") -> Any:
    if isinstance(value, str):
        code = (
            key not in SINGLE_WORDS and value.islower() and value.replace("-", "_").isidentifier()
        )
        return value if code or not value else fact(value)
    if hasattr(value, "_make"):
        inner = [_said(held, name) for name, held in zip(value._fields, value, strict=True)]
        return _marked(value, value._make(inner))
    if isinstance(value, (tuple, list)):
        return type(value)(_said(held, key) for held in value)
    if isinstance(value, dict):
        return {name: _said(held, name) for name, held in value.items()}
    return value


def _marked(english: Any, told: Any) -> Any:
    """Return a record whose remark is marked where it stayed in English."""
    remark = getattr(told, "note", None)
    if not isinstance(remark, str) or remark != english.note:
        return told
    return told._replace(note=tr("{text} (not translated)", text=remark))

"""The brief answer of ``check``: what was asked, what follows, what must be done, how we know.

One answer has fifteen lines of eighty columns at most, several have a table. What is left out
stands behind ``--full``: of duties those stay that fit, and the rest are counted; a doubt always
stays.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from visamap.i18n import Span, joined, mark, of_home, put, tr, trn
from visamap.limits import Limit, any_length, max_stay_days
from visamap.render import headlines, phrases
from visamap.render.labels import confidence
from visamap.render.phrases import capital, short, usual
from visamap.render.remarks import noted
from visamap.render.sections import (
    AS_KNOWN,
    DESTINATION,
    HELD,
    Block,
    Column,
    asked,
    labelled,
    paragraph,
)
from visamap.results.check_results import (
    AlsoRegime,
    CheckAnswer,
    Conditional,
    DutyNote,
    Halt,
    NextChange,
    PendingAct,
    VisaHints,
)
from visamap.results.parts import Act, DataRef, Envelope, Note, SourceRef
from visamap.terminal import toned
from visamap.vocabulary import TEXTS_OF_ACTS

if TYPE_CHECKING:
    from visamap.results.stay_results import StayAnswer

MOST_LINES, MEASURED = 15, 80
"""Lines that an answer may have, and the columns at which they are counted."""
USUAL = 2
"""Visas that are named; the command beside them tells of all."""
FEW = 2
"""Lines of an opening that leave room for a blank one above the terms."""


DISPUTED = {
    "existence": mark("Sources contradict each other on whether the rule exists."),
    "terms": mark("Sources contradict each other on the terms."),
    "dates": mark("Sources contradict each other on the dates."),
}


def check(answer: Envelope, width: int) -> str:
    """Return the brief answer, or the table of several."""
    if len(answer.items) > 1:
        return "\n".join(_several(answer, width))
    (item,) = answer.items
    lines = partial(_lines, answer)
    ordered = sorted(item.duties, key=lambda one: (one.voluntary, one.within_days is None))
    sentences = [*map(_duty, ordered)]
    shown = len(sentences)
    while (
        len(measured := lines(_first(sentences, shown), MEASURED, apart=True)) > MOST_LINES
        and shown > 0
    ):
        shown -= 1
    apart = len(measured) <= MOST_LINES
    duties = _first(sentences, shown)
    return "\n".join(measured if apart and width == MEASURED else lines(duties, width, apart=apart))


def _first(duties: Sequence[str], number: int) -> list[str]:
    """Return the first ``number`` of the duties, then how many more there are."""
    if number == len(duties):
        return [*duties]
    if number == 0:
        return [tr("{number} duties: --full", number=len(duties))]
    *before, last = duties[:number]
    return [*before, tr("{duty}; {number} more: --full", duty=last, number=len(duties) - number)]


def _lines(answer: Envelope, duties: Sequence[str], width: int, *, apart: bool) -> list[str]:
    """Return an answer line by line, its opening set ``apart`` where that leaves the terms near."""
    (item,), data = answer.items, answer.data
    notes = [_note(one) for one in answer.notes if one.code not in {AS_KNOWN, HELD}]
    lines = [*_opening(item, data, width)]
    if apart and len(lines) <= FEW:
        lines.append("")
    decides = ground(item.ground.act, item.ground.source) if item.ground else []
    blocks = [
        *_terms(item, duties),
        *_doubts(item),
        *_others(item),
        (tr("Note"), notes),
        (tr("Ground"), decides),
        (tr("Sure"), [sure(item, data)]),
    ]
    return [*lines, *labelled(blocks, width, snug=True)]


def ground(act: Act, source: SourceRef | None) -> list[str]:
    """Return an act in few words, and the address where its text, or a report of it, is read."""
    kind, year = tr(phrases.ACT_KINDS[act.kind]), act.signed.year if act.signed else ""
    named = capital(kind)
    if act.number and year:
        named = tr("{kind} No. {number} of {year}", kind=named, number=act.number, year=year)
    elif act.number:
        named = tr("{kind} No. {number}", kind=named, number=act.number)
    elif year:
        named = capital(tr("{kind} of {year}", kind=kind, year=year))
    said = put("{act} [{id}]", act=Span(named, "act", act.id), id=Span(act.id, "id"))
    if source is None:
        return [said]
    url = Span(source.url, "source", source)
    if source.kind in TEXTS_OF_ACTS:
        return [put("{act} {url}", act=said, url=url)]
    return [said, tr("Reported at: {url}", url=url)]


def sure(item: "CheckAnswer | StayAnswer", data: DataRef) -> str:
    """Return how sure an answer is, of which data, and how to see more."""
    return tr(
        "{level}; data of {release}. Not legal advice. More: --full",
        level=confidence(item.confidence),
        release=str(data.release),
    )


def _opening(item: CheckAnswer, data: DataRef, width: int) -> Iterator[str]:
    headline, who = headlines.check(item), asked(item, str(item.on))
    said = headline.sentence
    if len([*paragraph(said, width)]) > FEW and item.verdict == "visa_required":
        # The act stands below, and so does practice, in which a no is no better.
        plain = item._replace(suspended_by=None)
        said = headlines.check(plain).sentence if item.days_asked else f"{phrases.verdict(plain)}."
    known = phrases.as_known(said, item.on, data)
    if known != said and len(known) > width:
        # The answer comes first, then of which day it is known.
        known = said
        who = tr("As known on {release}: {who}", release=str(data.release), who=who)
    for line in paragraph(known, width):
        yield toned(line, headline.tone)
    yield from paragraph(who, width)
    if holder := item.held_passport:
        name, code = holder.name, holder.code
        held = phrases.held(item)
        if len(held) > width:
            held = tr("Answered by the passport held there: {name} ({code}).", name=name, code=code)
        yield from paragraph(held, width)


def _terms(item: CheckAnswer, duties: Sequence[str]) -> Iterator[Block]:
    """Yield how long, what must be done and what for; to who needs one, which visa."""
    if item.limits:
        terms = phrases.terms_line(item.limits, item.doubtful_limits)
        if start := next((one.counts_from for one in item.limits if _reaches(item, one)), None):
            terms = tr("{terms} (days before {day} do not count)", terms=terms, day=start)
        yield tr("Terms"), [terms]
    if item.verdict in {"visa_required", "unknown"} or item.stay_allowed is False:
        said, spared = usual_visas(item, USUAL), item.visas.invitation_exempt
        if spared is not None:
            said.append(tr("Invitation: not needed.") if spared else tr("Invitation: needed."))
        yield tr("Visa"), [" ".join(said)]
        if e_visa := phrases.e_visa(item.visas):
            portal = of_home("e_visa_portal")
            told = put("{answer}, {portal}", answer=e_visa, portal=portal) if portal else e_visa
            yield tr("E-visa"), [told]
    yield tr("To do"), duties
    said = [phrases.purposes(item.purposes)] if item.purposes else []
    said += [phrases.condition(one.code, one.value) for one in item.conditions]
    yield tr("Purposes") if item.purposes else tr("Conditions"), ["; ".join(said)] if said else []


def _reaches(item: CheckAnswer, limit: Limit) -> bool:
    """Tell whether the days that a limit looks at begin before those that it counts."""
    start, window = limit.counts_from, timedelta(limit.per_days or 0)
    return start is not None and item.on - start < window


def _duty(one: DutyNote) -> str:
    return one.short or phrases.duty(one)


def _doubts(item: CheckAnswer) -> Iterator[Block]:
    """Yield what may be otherwise, each in a line."""
    possible = [_possible(rule) for rule in item.also if rule.possible]
    halted = [
        tr("suspended {period} [{id}]", period=_period(one), id=one.act.id)
        for one in item.perhaps_suspended_by
    ]
    yield tr("Perhaps"), [*halted, *possible]
    yield tr("Disputed"), [*dict.fromkeys(tr(DISPUTED[one.what]) for one in item.disputed)]
    yield tr("Agreement"), [*map(_pending, item.pending)]
    yield tr("In practice"), [*dict.fromkeys(one.short or one.text for one in item.advisories)]
    if change := item.next_change:
        day = short(change.on, change.on_between)
        yield tr("Changes"), [tr("from {day}: {verdict}.", day=day, verdict=changed(change))]


def _possible(rule: AlsoRegime) -> str:
    terms = phrases.terms_line(rule.limits) or tr("no length of stay known")
    return tr("{terms}, {period} [{id}]", terms=terms, period=_period(rule), id=rule.id)


def _period(one: AlsoRegime | Halt) -> str:
    first = short(one.valid_from, one.valid_from_between)
    if last := short(one.valid_to, one.valid_to_between):
        return tr("from {first} to {last}", first=first or "?", last=last)
    return tr("from {day}", day=first or "?")


def _pending(act: PendingAct) -> str:
    if day := short(act.approved, act.approved_between):
        return tr("approved ({day}), not found in force [{id}]", day=day, id=act.instrument)
    day = short(act.signed, act.signed_between)
    return tr("signed ({day}), not found approved [{id}]", day=day, id=act.instrument)


def _others(item: CheckAnswer) -> Iterator[Block]:
    """Yield other ways in: other papers, border areas, transit; and what was asked beside."""
    some = len(for_some(item))
    told = trn(
        "{n} rule for some travellers only: --full",
        "{n} rules for some travellers only: --full",
        some,
    )
    yield tr("For some"), [told] if some else []
    papers = [
        (one.short or one.title, one.certain and one.confidence != "low")
        for one in item.entry_documents
    ]
    yield tr("Documents"), [said if certain else _perhaps(said) for said, certain in papers]
    yield (
        tr("Border area"),
        [f"{phrases.terms_line(one.limits)} [{one.id}]" for one in item.border_residents],
    )
    transit = []
    for stop in item.transit:
        said = tr("{hours} hours on the way to a third country", hours=stop.hours)
        if stop.airside:
            said = tr("{hours} hours inside the transit area of the airport", hours=stop.hours)
        transit.append(_perhaps(said) if stop.possible else said)
    yield tr("Transit"), transit
    yield tr("Reciprocity"), [returned(item.reciprocity)] if item.reciprocity else []


def _perhaps(said: str) -> str:
    return tr("{said} (not certain)", said=said)


def _note(one: Note) -> str:
    """Return a remark in few words, if there are such."""
    return tr(NOTES[one.code], **one.values) if one.code in NOTES else noted(one)


NOTES = {
    "common_visa": mark("No common visa of the five states was found in force by {as_of}."),
    "beyond_horizon": mark(
        "Days of entry up to {last} can be asked; `visamap update --data URL` fetches more."
    ),
    "own_code": mark("{name} has a code of its own; that is no view on its status."),
    "named_by_act": mark("An act names this passport; its terms are not known here: {acts}."),
}


def _several(answer: Envelope, width: int) -> Iterator[str]:
    """Yield the table of several answers, the best first, and how to see more of one."""
    items = best_first(answer.items)
    yield from paragraph(phrases.as_known(_of_all(items), items[0].on, answer.data), width)
    yield ""
    yield overview(items, width)
    yield ""
    limits = [limit for item in items for limit in item.limits]
    doubtful = {limit for item in items for limit in item.doubtful_limits}
    legend = [phrases.terms_legend(limits, doubtful)]
    if any(map(_doubtful, items)):
        legend.append(tr("! = a doubt, or a change to come."))
    yield from paragraph(" ".join(legend).strip(), width)
    for one in answer.notes:
        if one.code != AS_KNOWN:
            yield from paragraph(_note(one), width)
    best = next((one for one in items if one.verdict != "citizen"), items[0])
    with phrases.entering(best):
        command = phrases.command(f"check {best.nationality.code}")
    more = tr(
        "Data of {release}. Not legal advice. More: `{command}`",
        release=str(answer.data.release),
        command=command,
    )
    yield from paragraph(more, width)


def best_first(items: Sequence[CheckAnswer]) -> list[CheckAnswer]:
    """Return answers by destination, that of the best one first, and so within each."""
    best = {item.destination.code: item.order for item in items if item.best}
    return sorted(
        items,
        key=lambda item: (
            best[item.destination.code],
            item.destination.code,
            not item.best,
            item.order,
        ),
    )


def _several_of(items: Sequence[CheckAnswer], field: str) -> bool:
    return len({getattr(item, field).code for item in items}) > 1


def _of_all(items: Sequence[CheckAnswer]) -> str:
    """Return what all rows of the table share."""
    best = items[0]
    passport = tr(phrases.PASSPORTS[best.passport])
    who = capital(passport)
    if not _several_of(items, "nationality"):
        code, name = best.nationality
        who = tr("{name} ({code}), {passport}", name=name, code=code, passport=passport)
    if not _several_of(items, "destination"):
        who = tr("{who}, into {home_into}", who=who)
    if best.days_asked:
        return tr(
            "{passport}, {days} from {day}; the best first.",
            passport=who,
            days=phrases.days(best.days_asked),
            day=str(best.on),
        )
    return tr("{passport}, on {day}; the best first.", passport=who, day=str(best.on))


def overview(items: Sequence[CheckAnswer], width: int) -> str:
    """Return a table with a row for each answer; what all rows share has no column."""
    from visamap.render.table import table  # noqa: PLC0415  one answer needs no table

    abroad = _several_of(items, "destination")
    left_out = {"Nationality"} if abroad else {"Destination", "Code", "E-visa"}
    if not _several_of(items, "nationality"):
        left_out |= {"Nationality", "Code"}
    kept = [column for column in SEVERAL if column.heading not in left_out]
    return table(kept, items, width)


def _doubtful(item: CheckAnswer) -> bool:
    """Tell whether the answer for one nationality alone would tell of a doubt."""
    return any(said for _, said in _doubts(item)) or item.confidence == "low"


def _answer(item: CheckAnswer) -> str:
    tone = headlines.check(item).tone
    sign = " !" if _doubtful(item) else ""
    return toned(f"{tr(ANSWERS[tone])}{sign}", tone)


def _next(item: CheckAnswer) -> str:
    """Return what is to be done first; who needs a visa, or may need one, is told which."""
    if item.verdict == "visa_free" and (item.days_asked is None or item.stay_allowed):
        return _duty(item.duties[0]) if item.duties else ""
    if item.verdict == "citizen" or not (named := usual(item.visas, item.passport)):
        return ""
    act = f"\n[{item.ground.act.id}]" if item.ground else ""
    return tr("a visa: {code}", code=named[0][0]) + act


ANSWERS: dict[phrases.Tone, str] = {
    "yes": mark("Yes"),
    "home": mark("Citizen"),
    "no": mark("Visa needed"),
    "maybe": mark("Not known"),
    "closed": mark("Border closed"),
}
E_VISAS = {True: mark("yes"), False: mark("no"), None: "?"}


def _e_visa_cell(item: CheckAnswer) -> str:
    if item.verdict in {"citizen", "visa_free"} and item.stay_allowed is not False:
        return ""
    weak = item.visas.e_visa and item.visas.e_visa_confidence == "low"
    return tr("probably") if weak else tr(E_VISAS[item.visas.e_visa])


SEVERAL = (
    DESTINATION,
    Column(mark("Code"), lambda a: a.nationality.code),
    Column(mark("Nationality"), lambda a: f"{a.nationality.name} ({a.nationality.code})"),
    Column(mark("Answer"), _answer),
    Column(mark("Terms"), lambda a: phrases.terms_short(a.limits, a.doubtful_limits)),
    Column(mark("E-visa"), _e_visa_cell),
    Column(mark("To do; ground"), _next),
)


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
    from visamap.render.outbound_text import outbound_sentence  # noqa: PLC0415  only where asked for
    from visamap.results.abroad_results import Outbound  # noqa: PLC0415

    return tr("A citizen of {home_of} there: {answer}", answer=outbound_sentence(Outbound(**there)))


def likeliest(hints: VisaHints, passport: str) -> str | None:
    """Return the visa that is told first of those that fit: a usual one, if there is."""
    codes = [code for code, _ in usual(hints, passport)] or hints.fitting or hints.codes
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
    if found := usual(item.visas, item.passport):
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

"""Pages to print and to hand over: a journey, and a card for the officer at a border."""

import re
from collections.abc import Iterable
from html import escape

from visamap.i18n import tr
from visamap.pictures.picture_page import page, table
from visamap.render import brief, headlines, phrases, trip_text
from visamap.render.sections import Block, filled
from visamap.results.check_results import CheckAnswer
from visamap.results.parts import DataRef, Envelope


def journey(answer: Envelope) -> str:
    """Return a journey as a page: whether it is possible, its legs, what must be done by when."""
    said, *who = trip_text.opening(answer)
    title = tr("A journey, leg by leg")
    legs = table(tr("Legs"), trip_text.COLUMNS, trip_text.ordered(answer))
    notes = (tr("Data"), [phrases.data(answer.data)])
    return page(
        title,
        _head(title, [said, *who]),
        legs + _listed([*trip_text.blocks(answer, full=True), notes]),
    )


def card(answer: CheckAnswer, data: DataRef) -> str:
    """Return a certain yes as one page for an officer: its terms, its act, where that is read."""
    with phrases.entering(answer):
        title, regime = headlines.check(answer).sentence, answer.regime
        who = tr(
            "{name} ({code}), {passport}, into {home_into} on {day}",
            name=answer.nationality.name,
            code=answer.nationality.code,
            passport=tr(phrases.PASSPORTS[answer.passport]),
            day=answer.on,
        )
        said = [phrases.condition(one.code, one.value) for one in answer.conditions]
        blocks: list[Block] = [
            (tr("Terms"), phrases.limits(answer)),
            (tr("Purposes"), [phrases.purposes(answer.purposes)] if answer.purposes else []),
            (tr("Conditions"), said),
        ]
        if regime:
            act = regime.act
            told = [act.title, *brief.ground(act, None)]
            if act.in_force:
                told.append(tr("In force since {day}.", day=act.in_force))
            source = [answer.ground.source.url] if answer.ground and answer.ground.source else []
            seen = [phrases.written(regime.last_seen)] if regime.last_seen else []
            blocks += [
                (tr("Act"), told),
                (tr("Provision"), [regime.provision] if regime.provision else []),
                (tr("Source"), source),
                (tr("Seen at work"), seen),
            ]
        known = tr("As published on {release}; no official document.", release=data.release)
        blocks.append((tr("Data"), [phrases.data(data), known]))
        return page(title, _head(title, [who, phrases.held(answer)]), _listed(blocks))


def _head(title: str, lines: Iterable[str]) -> str:
    said = "".join(f"<p>{escape(line)}</p>\n" for line in lines if line)
    return f"<h1>{escape(title)}</h1>\n{said}"


def _listed(blocks: Iterable[Block]) -> str:
    return "".join(
        f"<h2>{escape(label)}</h2>\n<ul>\n"
        f"{''.join(f'<li>{linked(line)}</li>' for line in lines)}\n</ul>\n"
        for label, lines in filled(blocks)
    )


ADDRESS = re.compile(r"(https?://[^\s<>]*[^\s<>.,;:)])")


def linked(line: str) -> str:
    """Return a line as markup, each address in it as a link."""
    words = escape(line)
    if "://" not in words:  # most lines hold none, and a page has thousands
        return words
    return ADDRESS.sub(r'<a href="\1" rel="noopener noreferrer">\1</a>', words)

"""What the data holds, how surely, and what it does not know: from the data of the release."""

from collections.abc import Iterable, Iterator

from tools.handbook import markdown as md
from visamap.registry import Registry
from visamap.render import phrases
from visamap.results.data_results import Coverage, OpenQuestion

MONTHS = 6
"""The age from which ``visamap coverage`` calls a record not checked, where nothing is said."""
NOT_KNOWN = "-"


def pages(registry: Registry) -> Iterator[tuple[str, str]]:
    """Yield the page of the coverage, one for each other destination, and the open questions."""
    home = registry.index.home
    others = sorted(registry.index.destinations - {home})
    found = registry.coverage(on=registry.data.release, months=MONTHS)
    listed = "\n".join(["```{toctree}", *(f"coverage-{code}" for code in others), "```"])
    yield "reference/coverage.md", md.page(_coverage(found, "# Coverage", ""), listed)
    yield "made/open-questions.md", _questions(registry, found.open_questions)
    for code in others:
        there = registry.entering(code)
        found = there.coverage(on=registry.data.release, months=MONTHS)
        name = registry.index.country(code).name
        told = _coverage(found, f"# Coverage of {name}", f" --to {code}")
        asked = _questions(there, found.open_questions)
        yield f"reference/coverage-{code}.md", md.page(told, asked)


def _coverage(found: Coverage, title: str, option: str) -> str:
    place = f"coverage{option.removeprefix(' --to ').lower()}"
    settled = "each with what would settle it"
    where = settled if option else f"[{settled}](../explanation/unknown.md#open-questions)"
    return md.page(
        title,
        f"What the release of {found.on} holds. `visamap coverage{option}` says the same of the "
        "data that is in force where it runs.",
        md.heading(2, "How sure we are of the records", f"{place}-confidence"),
        "What the three words mean: [how doubt is handled](../explanation/doubt.md).",
        _known(found),
        md.heading(2, "What they rest on", f"{place}-sources"),
        "A source is read on a day; few pages say on which day they were published.",
        _sources(found),
        md.heading(2, "Where a missing rule means a visa", f"{place}-reach"),
        'Where no rule is found, the answer is "visa required" only if that kind of passport was '
        "worked through.",
        _reach(found),
        md.heading(2, "Records not checked for long", f"{place}-unchecked"),
        f"Records of which no source was read in the {found.months} months before {found.on}: "
        f"{len(found.unchecked)}.",
        _unchecked(found),
        md.heading(2, "Open questions", f"{place}-questions"),
        f"{len(found.open_questions)}, {where}. Findings, searched for and not found: "
        f"{found.findings}.",
    )


def _known(found: Coverage) -> str:
    rows: list[Iterable[object]] = [
        (md.code(one.section), one.high, one.medium, one.low, one.disputed, one.total)
        for one in found.known
    ]
    sums = [sum(column) for column in zip(*(one[1:] for one in found.known), strict=True)]
    rows.append(("all", *sums))
    head = ("records", "high", "medium", "low", "disputed", "all")
    return md.table(head, ([str(cell) for cell in row] for row in rows))


def _sources(found: Coverage) -> str:
    rows = (
        (
            md.code(one.kind),
            str(one.number),
            _span(one.accessed_first, one.accessed_last),
            _span(one.published_first, one.published_last),
            str(one.dated),
        )
        for one in found.sources
    )
    return md.table(("kind", "number", "read", "published", "of these dated"), rows)


def _reach(found: Coverage) -> str:
    rows = (
        (phrases.PASSPORTS[one.passport], str(one.since) if one.since else "on no day")
        for one in found.reach
    )
    return md.table(("document", "from"), rows)


def _unchecked(found: Coverage) -> str:
    if not found.unchecked:
        return ""
    rows = ((str(one.checked), md.code(one.section), md.code(one.id)) for one in found.unchecked)
    return md.table(("last read", "records", "id"), rows)


def _questions(registry: Registry, questions: tuple[OpenQuestion, ...]) -> str:
    told = []
    for one in questions:
        who = ", ".join(registry.index.country(code).name for code in one.nationalities)
        about = ", ".join(map(md.code, one.about))
        facts = (("Who", md.plain(who)), ("Records", about), ("To settle it", _settled(one)))
        lines = "\n".join(f"- {name}: {text}" for name, text in facts if text)
        told.append(
            md.page(
                md.heading(3, md.code(one.id), f"question-{one.id}"), md.plain(one.question), lines
            )
        )
    return md.page(*told)


def _settled(one: OpenQuestion) -> str:
    return md.plain(one.settled_by or "")


def _span(first: object, last: object) -> str:
    if first is None:
        return NOT_KNOWN
    return str(first) if first == last else f"{first} to {last}"

"""The commands that ask: each is made from its question as it is declared.

Only what a terminal has beyond that is written here: charts (``--plot``), statuses for scripts
(``--require``), files of visits (``--trips``), two releases in place of two days.
"""

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from visamap.cli import pictures, shared
from visamap.cli.output import opened, show, speaks_utf8
from visamap.cli.saying import say
from visamap.errors import WrongUsageError
from visamap.i18n import tr
from visamap.registry.asking import ask, entered, releases
from visamap.registry.spec import QUESTIONS, Question
from visamap.registry.words import Parameter
from visamap.render.remarks import noted
from visamap.results.parts import Envelope

if TYPE_CHECKING:
    from visamap.results.stay_results import StayAnswer

Answer = Callable[..., int | None]
OWN: dict[str, tuple[Answer, tuple[Any, ...]]] = {}
"""Who answers a command that has more than its question, and the options that are its own."""
UNMET = 1
MET: "dict[str, Callable[[StayAnswer], bool]]" = {
    "compliance": lambda answer: answer.in_compliance is True,
    "plan": lambda answer: answer.plan_surely_allowed,
}
"""What ``stay --require`` asks for."""
NOT_THERE = ("no_ranks", "no_ranks_bundled")
LONGEST_CHOICE = 40
"""Letters of a choice that still reads well beside its option."""
ALWAYS_FULL = frozenset({"crossings"})
"""Questions whose text is the same with ``--full``: the others are brief unless it is asked for."""
UNCITED = frozenset({"coverage", "reciprocity"})
"""Questions that rest on no act: about the data itself, and sums of many."""
FOR_READERS = ("text", "markdown")
"""Forms that show the latest editions where nothing else is asked."""


def command(name: str) -> click.Command:
    """Return the command of a question: its words, what is the command's own, form and data."""
    question = QUESTIONS[name]
    answer, own = OWN.get(name, (_answer, ()))
    made = shared.Command(name, callback=partial(answer, name), help=_help(question))
    made.params = [_parameter(one) for one in question.parameters.values()]
    if name == "trip":
        made.params[0].metavar = "COUNTRY... LEG..."
    brief = () if name in ALWAYS_FULL else (shared.full_option,)
    cited = () if name in UNCITED else (shared.cite_option,)
    for option in (
        *own,
        *brief,
        *cited,
        shared.format_option,
        shared.data_option,
        shared.release_option,
    ):
        option(made)
    return made


def _help(question: Question) -> str:
    about = question.about.replace("``check``", "`visamap check`").replace("``", "`")
    places = [
        f"{one.word.metavar}: {one.word.says[0].lower()}{one.word.says[1:]}"
        for one in question.parameters.values()
        if one.positional
    ]
    examples = "\n".join(f"  visamap {example}" for example in question.examples)
    return "\n\n".join([about, *places, f"\b\nExamples:\n{examples}"])


def _parameter(one: Parameter) -> click.Parameter:
    """Return an argument or an option for a word of a question."""
    word = one.word
    completes = shared.offering(word.completes) if word.completes else None
    if one.positional:
        several = -1 if word.several else 1
        shown = f"{word.metavar}..." if word.several else word.metavar
        place = shown if one.required else f"[{shown}]"
        return click.Argument(
            [one.name],
            required=one.required,
            nargs=several,
            metavar=place,
            shell_complete=completes,
        )
    names = word.options or (f"--{(word.one or one.name).replace('_', '-')}",)
    if word.kind == "flag":
        return click.Option([*names, one.name], is_flag=True, help=word.says)
    shown_default = one.default not in {None, ()}
    kind: Any = click.STRING
    metavar: str | None = word.metavar or None
    if word.kind == "choice":
        kind = shared.Closed([*word.among, *word.aliases], word.names)
        if len("|".join(kind.choices)) > LONGEST_CHOICE:
            metavar = shared.CHOICE
    elif word.kind == "number":
        kind = shared.Whole(word.least, word.most)
    elif word.kind == "day":
        metavar = metavar or "YYYY-MM-DD"
    return click.Option(
        [*names, one.name],
        type=kind,
        default=one.default if shown_default else None,
        show_default=shown_default,
        multiple=word.several,
        metavar=metavar,
        help=word.says,
        shell_complete=completes,
    )


def beyond(name: str, *options: Any) -> Callable[[Answer], Answer]:
    """Declare what answers a command that has ``options`` beyond its question."""

    def declared(answer: Answer) -> Answer:
        OWN[name] = answer, options
        return answer

    return declared


def _answer(name: str, form: str, **words: Any) -> None:
    show(ask(opened(), name, **words), form)


@beyond(
    "check",
    click.option(
        "--require",
        type=shared.Closed(["visa-free"]),
        help="Exit with status 1 unless entry is certainly visa-free.",
    ),
    click.option(
        "--law-only",
        is_flag=True,
        help="With --require: ignore that the border was closed in practice.",
    ),
)
def _check(name: str, form: str, require: str | None, law_only: bool, **words: Any) -> int:
    if law_only and not require:
        raise click.UsageError(tr("--law-only goes with --require; give both, or leave it out."))
    answer = ask(opened(), name, **words)
    answer.asked["require"] = require
    show(answer, form)
    free = [item for item in answer.items if item.surely_free(law_only=law_only)]
    met = {item.destination.code for item in free} >= {one.destination.code for one in answer.items}
    return UNMET if require and not met else 0


@beyond("partners", pictures.plot_option, pictures.overwriting)
def _partners(name: str, form: str, plot: str | None, overwrite: bool, **words: Any) -> None:
    if plot is None:
        return _answer(name, form, **words)
    if any(words[word] for word in ("basis", "min_days", "possible")):
        raise WrongUsageError(
            tr(
                "--plot draws all nationalities by legal ground; leave out --basis, --min-days "
                "and --possible."
            )
        )
    view = entered(opened(), words["to"])
    growth = view.growth(on=words["on"], passport=words["passport"])
    pictures.plot(plot, "growth", growth, growth, overwrite=overwrite)
    return None


@beyond("ranks", pictures.plot_option, pictures.overwriting)
def _ranks(name: str, form: str, plot: str | None, overwrite: bool, **words: Any) -> None:
    if click.get_current_context().get_parameter_source("edition") is ParameterSource.DEFAULT:
        words["edition"] = "latest" if form in FOR_READERS and not plot else "all"
    answer = ask(opened(), name, **words)
    if plot is None:
        return show(answer, form, blocks=speaks_utf8())
    if not any(rank.rank for rank in answer.items):
        raise WrongUsageError(
            tr("No rank matches the question, so nothing is drawn; give fewer conditions.")
        )
    for note in answer.notes:
        if note.code in NOT_THERE:
            say(noted(note), err=True)
    return _plot(plot, "ranks", answer, overwrite, answer.notes)


@beyond("timeline", pictures.plot_option, pictures.overwriting)
def _timeline(name: str, form: str, plot: str | None, overwrite: bool, **words: Any) -> None:
    answer = ask(opened(), name, **words)
    if plot is None:
        return show(answer, form, blocks=speaks_utf8())
    return _plot(plot, "timeline", answer, overwrite)


def _plot(path: str, chart: str, answer: Envelope, overwrite: bool, *more: Any) -> None:
    pictures.plot(path, chart, answer, answer.items, answer.data, *more, overwrite=overwrite)


@beyond(
    "stay",
    shared.file_option(
        "--trips",
        "path",
        words="Visits from a file: CSV with the columns entry,exit, or a JSON list.",
    ),
    click.option(
        "--require",
        "required",
        type=shared.Closed(MET),
        multiple=True,
        help="Exit with status 1 unless every visit so far was lawful, or the plan is certainly "
        "allowed, after no overstay and with no border closed in practice. May be given twice.",
    ),
)
def _stay(name: str, form: str, path: str | None, required: tuple[str, ...], **words: Any) -> int:
    if "plan" in required and words["plan"] is None:
        raise click.UsageError(tr("--require plan needs a plan; give one with --plan."))
    if path is not None:
        from visamap.cli.trips_file import read  # noqa: PLC0415

        words["trips"] = (*words["trips"], *read(path))
    answer = ask(opened(), name, **words)
    answer.asked.update(file=path, require=list(required))
    show(answer, form, blocks=sys.stdout.isatty() and speaks_utf8())
    return 0 if all(MET[word](item) for word in required for item in answer.items) else UNMET


@beyond(
    "trip",
    shared.file_option(
        "--legs",
        "legs_path",
        words="Legs from a file: CSV with the columns destination,entry,exit[,visa], or the same "
        "as JSON or YAML.",
    ),
    shared.file_option("--trips", "past_path", words="Earlier visits from such a file."),
    shared.output_option(
        "Write a page to print (.html) or a calendar (.ics) instead of text.", required=False
    ),
    pictures.overwriting,
    click.option(
        "--require",
        type=shared.Closed(["allowed"]),
        help="Exit with status 1 unless every leg is certainly allowed, with no border closed in "
        "practice.",
    ),
)
def _trip(
    name: str,
    form: str,
    nationalities: tuple[str, ...],
    legs_path: str | None,
    past_path: str | None,
    output: str | None,
    overwrite: bool,
    require: str | None,
    **words: Any,
) -> int:
    # On a command line legs stand behind the nationalities, and no name of a country has a colon.
    words["nationalities"] = [word for word in nationalities if ":" not in word]
    words["legs"] = (*(word for word in nationalities if ":" in word), *words["legs"])
    files = {"legs": legs_path, "past": past_path}
    for word, path in files.items():
        if path:
            from visamap.cli.trips_file import LEG_COLUMNS, read  # noqa: PLC0415

            words[word] = (*words[word], *read(path, LEG_COLUMNS))
    if not words["legs"]:
        from visamap.registry.trips import no_leg  # noqa: PLC0415  only a slip pays for it

        raise no_leg(words["nationalities"])
    drawn = pictures.journey(output, overwrite) if output else None
    answer = ask(opened(), name, **words)
    answer.asked.update(files=[path for path in files.values() if path], require=require)
    if drawn:
        drawn(answer)
    else:
        show(answer, form)
    passed = {leg.leg for leg in answer.items if leg.best and leg.surely_allowed}
    return UNMET if require and passed != {leg.leg for leg in answer.items} else 0


@beyond(
    "diff",
    click.option(
        "--releases",
        "of_releases",
        is_flag=True,
        help="Compare two releases, files of `visamap export json`, instead of two days.",
    ),
)
def _diff(name: str, form: str, of_releases: bool, **words: Any) -> None:
    if of_releases:
        show(releases(opened(), words["first"], words["second"]), form)
    else:
        _answer(name, form, **words)


@beyond(
    "upcoming",
    click.option(
        "--all",
        "stale",
        is_flag=True,
        help="Also acts that took no step for five years; other forms always have them.",
    ),
)
def _upcoming(name: str, form: str, stale: bool, **words: Any) -> None:
    show(ask(opened(), name, **words), form, stale=stale)

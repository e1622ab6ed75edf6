"""A page for each command, from what its ``--help`` is made of."""

import inspect
import re
from collections.abc import Iterator

import click

from tools.handbook import kinds
from tools.handbook import markdown as md
from visamap.cli.commands import COMMANDS, GROUPS, group
from visamap.render.answer_schemas import ITEMS

FOLDER = "reference/commands"
EXAMPLES = re.compile(r"^Examples?:\n")


def pages() -> Iterator[tuple[str, str]]:
    """Yield the page of each command, and the one that lists them by question."""
    yield f"{FOLDER}/index.md", _index()
    with click.Context(group, info_name="visamap") as top:
        for name in COMMANDS:
            command = group.get_command(top, name)
            assert command is not None  # noqa: S101  it stands in the table
            yield f"{FOLDER}/{name}.md", _page(name, command, top)


def _index() -> str:
    listed = [
        md.page(
            md.heading(2, question, f"commands-{md.anchor(question)}"),
            md.table(
                ("command", "what it does"),
                ((f"[`{name}`]({name}.md)", md.plain(line)) for name, line in commands.items()),
            ),
        )
        for question, commands in GROUPS.items()
    ]
    with click.Context(group, info_name="visamap") as top:
        common = _options(group, top)
    toctree = md.fence("{toctree}", "\n".join([":hidden:", "", *COMMANDS]))
    return md.page(
        "# Commands",
        "Each page says what `--help` says. The [exit statuses](../exit-statuses.md) and the "
        "[variables of the environment](../environment.md) are the same for all.",
        *listed,
        md.heading(2, "Before the command", "commands-before"),
        "These stand between `visamap` and the command; `--data` and `--lang` may also follow it.",
        common,
        toctree,
    )


def _page(name: str, command: click.Command, top: click.Context) -> str:
    with click.Context(command, info_name=name, parent=top) as context:
        usage = " ".join([f"visamap {name}", *command.collect_usage_pieces(context)])
        told = [_told(part) for part in _parts(command.help or "")]
        described = _options(command, context)
    answered = ""
    if name in ITEMS:
        room = kinds.page(ITEMS[name].partition(".")[0])
        answered = f"What `--format json` writes: [answers to {name}](../answers/{room}.md)."
    return md.page(f"# {name}", md.fence("text", usage), *told, "## Options", described, answered)


def _parts(help_text: str) -> list[str]:
    return [part for part in re.split(r"\n\s*\n", inspect.cleandoc(help_text)) if part]


def _told(part: str) -> str:
    r"""Return a paragraph of a help text; what stands behind \b is kept line by line."""
    if not part.startswith("\b"):
        return md.plain(" ".join(part.split()))
    text = part.removeprefix("\b").strip("\n")
    examples = EXAMPLES.match(text)
    if examples is None:
        return md.fence("text", text)
    shown = inspect.cleandoc(text[examples.end() :])
    return "## " + examples[0].strip(":\n") + "\n\n" + md.fence("sh", shown)


def _row(option: click.Parameter, names: str, meaning: str) -> tuple[str, str]:
    """Return an option with what it means; words to choose from stand with the meaning."""
    if not isinstance(option.type, click.Choice):
        return md.code(names), md.plain(meaning)
    among = ", ".join(md.code(word) for word in option.type.choices)
    return md.code(names.partition(" [")[0]), f"{md.plain(meaning)} One of {among}."


def _options(command: click.Command, context: click.Context) -> str:
    rows = []
    for option in command.get_params(context):
        record = option.get_help_record(context)
        if record is not None and record[1]:  # what an argument is, the text above says
            rows.append(_row(option, *record))
    return md.table(("option", "meaning"), rows)

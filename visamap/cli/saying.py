"""Where text leaves for the terminal, and the only place that it leaves from.

Click asks gettext for its own words, in the language of the system and from a catalogue that it
does not bring. Here it is given ours: the language is the reader's, the words stand in our
catalogue, and what is not there, or is said otherwise by another version of click, stays English.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO

import click

from visamap.i18n import mark, markn, translated, translatedn
from visamap.terminal import painted, safe

COMPLETING = "_VISAMAP_COMPLETE"
"""The variable with which a shell asks what a word may become; click sets its name."""
INTERRUPTED = 130
STEPS = 1000
CLICK_WORDS = (
    mark("Usage:"),
    mark("[OPTIONS]"),
    mark("COMMAND [ARGS]..."),
    mark("Options"),
    mark("Show this message and exit."),
    mark("default: {default}"),
    mark("env var: {var}"),
    mark("required"),
    mark("Error: {message}"),
    mark("Try '{command} {option}' for help."),
    mark("Missing command."),
    mark("Missing argument"),
    mark("Missing option"),
    mark("Choose from:\n\t{choices}"),
    mark("Invalid value: {message}"),
    mark("Invalid value for {param_hint}: {message}"),
    mark("{value} is not in the range {range}."),
    mark("{value!r} is not a valid {number_type}."),
    mark("No such option {name!r}."),
    mark("No such option: {name}"),
    mark("Option {name!r} does not take a value."),
    markn("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    markn("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    markn("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    markn("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
)
"""What click says of a call of ours; listed so that the catalogues hold it."""

for _module in (click.core, click.exceptions, click.formatting, click.parser, click.types):
    vars(_module).update(_=translated, ngettext=translatedn)


def say(text: str | bytes, *, err: bool = False, nl: bool = True) -> None:
    """Print a text without orders to the terminal; bytes, a file of some form, as they are."""
    if isinstance(text, bytes) or err:
        click.echo(safe(text) if isinstance(text, str) else text, err=err, nl=nl)
    else:
        click.echo(painted(text), nl=nl, color=True)


@contextmanager
def progress(label: str) -> Iterator[Callable[[float], None] | None]:
    """Give a bar on a terminal, which is told what part is done, and nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=STEPS, label=label, file=sys.stderr) as bar:

        def told(part: float) -> None:
            bar.update(max(int(part * STEPS) - bar.pos, 0))

        yield told
        told(1)


def say_misuse(error: click.ClickException) -> None:
    """Write to stderr how a command is used, where its help is, and what is wrong."""
    said = StringIO()
    error.show(said)
    say(said.getvalue(), err=True, nl=False)

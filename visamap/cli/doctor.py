"""``visamap doctor``."""

from typing import Any, cast

import click
from click.core import ParameterSource

from visamap import clock
from visamap.cli.base import Command, data_option
from visamap.cli.output import show
from visamap.results.parts import DataRef, Envelope

DAMAGED = 1


@click.command(cls=Command)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="The form of the answer.",
)
@data_option
def command(form: str) -> int:
    """Say what is installed here, which data answers and why, what is missing.

    Versions, the data in force with its age, the matrix that was fetched, optional parts and what
    they would give, the folders in which something is kept, the language. Leaves with status 1 when
    something is damaged; a missing optional part is no damage.

    \b
    Examples:
      visamap doctor
      visamap doctor --format json
    """
    from visamap.cli.installation import examined  # noqa: PLC0415  the help page looks at nothing

    context = click.get_current_context()
    named = context.ensure_object(dict).get("data")
    found = examined(
        named,
        clock.today(),
        by_option=_typed(context, "data"),
        language_by_option=_typed(context, "lang"),
    )
    # Broken data has neither a release nor a digest; their places stay empty.
    data = DataRef(cast("Any", found.data.release), cast("Any", found.data.digest))
    show(Envelope("doctor", data, {"data": named}, (found,)), form)
    return DAMAGED if found.damaged else 0


def _typed(context: click.Context, name: str) -> bool:
    """Tell whether an option was given, before or after the command."""
    asked = [context, *([context.parent] if context.parent else [])]
    return any(one.get_parameter_source(name) is ParameterSource.COMMANDLINE for one in asked)

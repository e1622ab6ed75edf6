"""``visamap validate``."""

from pathlib import Path

import click

from visamap.cli.base import Closed, Command, data_option, offering
from visamap.cli.saying import say
from visamap.data.inspection import inspected
from visamap.render import problems as present
from visamap.store.tables import LAW, in_checkout

FOUND = 1


@click.command(cls=Command)
@click.argument("file", shell_complete=offering("files"), required=False)
@click.option(
    "--format",
    "form",
    type=Closed(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="The form of the list; github makes remarks on a pull request.",
)
@data_option
def command(file: str | None, form: str) -> int:
    """Check a data file and list everything that is wrong with it.

    FILE is the data in use where it is left out. Sources may stand in a file sources.yaml beside
    it. Leaves with status 1 when there is an error; a warning alone is none.

    \b
    Examples:
      visamap validate
      visamap validate data/visa_regimes.yaml --format github
    """
    named = click.get_current_context().ensure_object(dict).get("data")
    name = next((one for one in (file, named) if one is not None), None)
    name = _of_checkout() if name is None else name
    if name is None:
        from visamap.registry import load  # noqa: PLC0415  an installed package only

        say(present.checked_when_built(load().data, form))
        return 0
    inspection = inspected(name)
    say(present.inspection(inspection, form))
    return FOUND if inspection.errors else 0


def _of_checkout() -> str | None:
    """Return the law's file of the source checkout that we run from, as short as it can be."""
    if not in_checkout():
        return None
    path, here = Path(LAW), Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)

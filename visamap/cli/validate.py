"""``visamap validate``."""

from pathlib import Path

import click

from visamap.cli import shared
from visamap.cli.saying import say
from visamap.data.inspection import inspected_together
from visamap.data.text import law_files
from visamap.render import problems as present
from visamap.store.tables import LAW, in_checkout

FOUND = 1


@click.command(cls=shared.Command)
@click.argument("files", shell_complete=shared.offering("files"), nargs=-1)
@shared.form_option(
    "text",
    "json",
    "github",
    words="The format of the list; github adds comments to a pull request.",
)
@shared.data_option
def command(files: tuple[str, ...], form: str) -> int:
    """Check a data file and list everything that is wrong with it.

    Without FILES, those of every destination are checked. Sources may be in a file sources.yaml
    next to them. Exits with status 1 when there is an error; a warning alone does not count.

    \b
    Examples:
      visamap validate
      visamap validate data/visa_regimes.yaml --format github
    """
    named = click.get_current_context().ensure_object(dict).get("data")
    names = files or ((named,) if named is not None else _of_checkout())
    if not names:
        from visamap.registry import load  # noqa: PLC0415  an installed package only

        say(present.checked_when_built(load().data, form))
        return 0
    found = inspected_together(
        [law for name in names for law in [*map(str, law_files(Path(name)))] or [name]]
    )
    say(present.inspections(found, form))
    return FOUND if any(inspection.errors for inspection in found) else 0


def _of_checkout() -> tuple[str, ...]:
    """Return the law's files of the source checkout that we run from, as short as can be."""
    if not in_checkout():
        return ()
    here = Path.cwd()
    return tuple(
        str(path.relative_to(here) if path.is_relative_to(here) else path)
        for path in law_files(Path(LAW).parent)
    )

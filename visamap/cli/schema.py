"""``visamap schema``."""

import json

import click

from visamap.cli import shared
from visamap.cli.saying import say
from visamap.data.inspection import json_schema


@click.command(cls=shared.Command)
def command() -> None:
    """Print the JSON Schema of the data file, for editors.

    \b
    Example:
      visamap schema > schema.json
    """
    say(json.dumps(json_schema(), ensure_ascii=False, indent=2))

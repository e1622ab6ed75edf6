"""``visamap schema``."""

import json

import click

from visamap.cli.base import Command
from visamap.cli.saying import say
from visamap.data.inspection import json_schema


@click.command(cls=Command)
def command() -> None:
    """Print the JSON Schema of the data file, for editors.

    \b
    Example:
      visamap schema > schema.json
    """
    say(json.dumps(json_schema(), ensure_ascii=False, indent=2))

"""Where text leaves for the terminal, and the only place that it leaves from."""

import click

from visamap.terminal import safe


def say(text: str | bytes, *, err: bool = False, nl: bool = True) -> None:
    """Print a text without orders to the terminal; bytes, a file of some form, as they are."""
    click.echo(safe(text) if isinstance(text, str) else text, err=err, nl=nl)

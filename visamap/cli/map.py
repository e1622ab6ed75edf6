"""``visamap map``."""

from functools import partial
from typing import Any

import click

from visamap.cli import shared
from visamap.cli.output import opened
from visamap.cli.pictures import draw, form_of, overwriting


@click.command(cls=shared.Command)
@shared.on_option
@shared.passport_option
@shared.to_option
@shared.country_option(
    "--outbound", "Show instead where the ordinary passport of this country may go."
)
@shared.country_option(
    "--nationality", "With --to all: how far this passport goes in all destinations."
)
@click.option("--title", help="A title of your own.")
@shared.output_option("The file to write; its name ends in .svg, .html or .png (extra `pictures`).")
@overwriting
@shared.data_option
def command(title: str | None, output: str, overwrite: bool, **words: Any) -> None:
    """Draw a world map of who may enter without a visa.

    Outlines are those of Natural Earth (public domain); the map takes no view on any border. The
    page (.html) needs no network: point at a country, or go from one to the next with the arrow
    keys; a table below says the same.

    \b
    Examples:
      visamap map -o kazakhstan.svg
      visamap map --to UZB -o uzbekistan.svg
      visamap map --on 2014-08-01 -o then.html
      visamap map --outbound KAZ -o abroad.svg
      visamap map --to all --nationality DEU -o region.svg
      visamap map --passport diplomatic --title "Diplomatic passports" -o diplomats.png
    """
    form_of(output, overwrite)
    from visamap.pictures import world_map  # noqa: PLC0415  help needs no outlines
    from visamap.registry.asking import world_map as asked  # noqa: PLC0415

    world = asked(opened(), **words)
    svg, html = partial(world_map.svg, world, title), partial(world_map.html, world, title)
    draw(output, svg, html, overwrite)

"""``visamap site``."""

import click

from visamap.cli import shared
from visamap.cli.folders import refuse_foreign, write_folder
from visamap.cli.output import library, opened
from visamap.cli.saying import progress, say
from visamap.cli.serving import base_url_option
from visamap.i18n import tr, trn


@click.command(cls=shared.Command)
@shared.output_option("The folder to write; a new one.", "FOLDER")
@base_url_option
@shared.overwrite_option("Replace what an earlier run wrote there.")
@shared.data_option
def command(output: str, base_url: str | None, overwrite: bool) -> None:
    """Write the pages and the API as static files, for any file server.

    The same answers as `visamap serve` gives today: a page for each nationality, act and visa, the
    answers as JSON under api/v1/, maps, feeds and the data package; the pages in Kazakh and Russian
    under kk/ and ru/, other destinations under to/UZB/ and api/v1/to/UZB/. All links are relative,
    so the folder works from any sub-path. Needs the extra "web"; `visamap doctor` says how to add
    one.

    \b
    Examples:
      visamap site -o public
      visamap site -o public --base-url https://example.org/visas/ --overwrite
    """
    site = library("web", "visamap.web.static_site", tr("A site"))
    refuse_foreign(output, overwrite, (site.MARK,))
    with progress(tr("Writing the pages")) as told:
        files = site.site(opened(), base_url, told)
    write_folder(output, files, overwrite, marks=(site.MARK,))
    size = sum(map(len, files.values())) / 1e6
    said = trn(
        "Wrote {folder}: {n} file, {size} MB.",
        "Wrote {folder}: {n} files, {size} MB.",
        len(files),
        folder=output,
        size=f"{size:.1f}",
    )
    say(said, err=True)

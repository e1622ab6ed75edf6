"""Where a journey goes that is carried away: the end of the file's name decides."""

import os
from collections.abc import Callable
from importlib import import_module

from visamap.cli.saying import say
from visamap.errors import MissingExtraError, WrongUsageError
from visamap.i18n import tr
from visamap.results.parts import Envelope

FORMS = {".html": "visamap.pictures.printed", ".ics": "visamap.feeds.ics"}
LIBRARY = "icalendar"


def drawing(path: str, *, overwrite: bool) -> Callable[[Envelope], None]:
    """Return what writes a journey at ``path``; what can be refused is refused at once.

    Raises:
        WrongUsageError: the name asks for no form of ours, or an extra is missing.
        OutputExistsError: the file is there and is not to be replaced.
    """
    from visamap.writing import refuse_existing, write_output  # noqa: PLC0415  only a file needs it

    form = FORMS.get(os.path.splitext(path)[1].lower())
    if form is None:
        said = tr("{path!r} does not say which form is meant; end the name in .html or .ics.")
        raise WrongUsageError(said.format(path=path))
    refuse_existing(path, overwrite)
    try:
        room = import_module(form)
    except ModuleNotFoundError as error:
        if error.name != LIBRARY:
            raise
        raise MissingExtraError("feeds", tr("A calendar")) from error

    def draw(answer: Envelope) -> None:
        from visamap.render.phrases import entering, in_language  # noqa: PLC0415

        with entering(answer):
            content = room.journey(in_language(answer))
        write_output(path, content, overwrite)
        say(tr("Wrote {path}.", path=path), err=True)

    return draw

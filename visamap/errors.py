"""The tree of exceptions, and the exit status each one ends the command line with.

Every message holds three things: the value, what was expected, the next step. Doors show
``str(error)`` and leave with ``error.exit_status``; they never write sentences of their own. An
error is said in the language that is current where it is raised. A finding about a data file is a
plain ``Problem``, made where data is read or checked. This room is on the start-up path, so it
imports nothing that costs time, and it prints nothing.
"""

from __future__ import annotations

from functools import reduce
from os.path import dirname
from typing import TYPE_CHECKING, ClassVar, Literal

from visamap.i18n import MONTHS, mark, quoted, tr, translated, trn
from visamap.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from os import PathLike


Severity = Literal[
    "error",  # the data cannot be used until it is mended
    "warning",  # the data can be used; a person should look
]

LONGEST_SHOWN = 60


class Problem(Value):
    """A finding at ``line`` and ``column``, both counted from 1 as editors do."""

    file: str
    line: int
    column: int
    rule: str
    severity: Severity
    message: str

    def __str__(self) -> str:
        mark = "" if self.severity == "error" else f"{self.severity}: "
        return f"{self.file}:{self.line}:{self.column}: [{self.rule}] {mark}{self.message}"


def shortened(text: str) -> str:
    """Return ``text`` as it may be echoed in a message: its start, when it is long."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3]}..."


LONGEST_ECHO = 40
"""How much of a word as it was given stands in a message."""

SHOWN_PROBLEMS = 5
"""How many problems a ``BrokenDataError`` spells out before it points to ``validate``."""

SHOWN_TRIPS = 100
"""How many trips that are wrong a message spells out."""

UNKNOWN_RECORDS = {
    "act": mark("No act matches {text!r}; check the spelling."),
    "choice": mark("No choice matches {text!r}; check the spelling."),
    "edition": mark("No edition matches {text!r}; check the spelling."),
    "engine": mark("No engine matches {text!r}; check the spelling."),
    "event": mark("No event matches {text!r}; check the spelling."),
    "figure": mark("No figure matches {text!r}; check the spelling."),
    "formula": mark("No formula matches {text!r}; check the spelling."),
    "ground": mark("No ground matches {text!r}; check the spelling."),
    "index": mark("No index matches {text!r}; check the spelling."),
    "kind of act": mark("No kind of act matches {text!r}; check the spelling."),
    "kind of figure": mark("No kind of figure matches {text!r}; check the spelling."),
    "open question": mark("No open question matches {text!r}; check the spelling."),
    "order": mark("No order matches {text!r}; check the spelling."),
    "passport kind": mark("No passport kind matches {text!r}; check the spelling."),
    "purpose": mark("No purpose matches {text!r}; check the spelling."),
    "requirement": mark("No requirement matches {text!r}; check the spelling."),
    "source": mark("No source matches {text!r}; check the spelling."),
    "status": mark("No status matches {text!r}; check the spelling."),
    "visa": mark("No visa matches {text!r}; check the spelling."),
}
"""What is said of a value that names nothing, by the kind of thing it should name."""


class VisamapError(Exception):
    """Anything visamap refuses to do; catch this one to catch them all."""

    exit_status: ClassVar[int] = 1
    at_terminal: str = ""
    """The end of the message that names a command; of no use to who reads it elsewhere."""

    @property
    def code(self) -> str:
        """The kind of error as a word for programs, such as ``unknown-country``."""
        words = "".join(f"-{one.lower()}" if one.isupper() else one for one in type(self).__name__)
        return words.strip("-").removesuffix("-error")

    @property
    def suggestions(self) -> list[dict[str, str]]:
        """What may have been meant, each by its code and its name."""
        close: Sequence[str] = getattr(self, "close", ())
        parts = [one.removesuffix(")").rpartition(" (") for one in close]
        return [{"code": code, "name": name or code} for name, _, code in parts]

    def elsewhere(self) -> str:
        """Return the message for a reader who has no command line."""
        return str(self).removesuffix(self.at_terminal)

    def __reduce__(self) -> tuple[object, ...]:
        # The default calls the class with the finished sentence, which is not what our
        # constructors take; errors must survive the way back from a worker process.
        return _restored, (type(self), self.args, self.__dict__)


class WrongUsageError(VisamapError):
    """The question itself is wrong: a word, a day or a file that the caller can mend."""

    exit_status = 2

    def __init__(self, said: str, at_terminal: str = "") -> None:
        """Take what is ``said`` through every door, and what follows at a terminal only."""
        self.at_terminal = at_terminal
        super().__init__(f"{said}{at_terminal}")


class BadDateError(WrongUsageError, ValueError):
    """A text that is not a day of the calendar, in none of the forms that are read.

    With ``in_part`` a month or a year is taken too. ``last`` is the last day of the month that was
    named; of a ``swapped`` one nobody knows which number is the month.
    """

    def __init__(
        self,
        value: object,
        *,
        in_part: bool = False,
        last: date | None = None,
        swapped: bool = False,
    ) -> None:
        self.value, self.last = value, last
        if last:
            said = tr(
                "{value!r} is not a day: {month} {year} has {n} days.",
                value=_cut(value),
                month=translated(MONTHS[last.month - 1]),
                year=last.year,
                n=last.day,
            )
        elif swapped:
            said = tr(
                "{value!r} is not read, for day and month may be swapped; write YYYY-MM-DD or, "
                "day first, DD.MM.YYYY.",
                value=_cut(value),
            )
        elif in_part:
            said = tr(
                "{value!r} is no day, month or year; write 2025-03-01, 2025-03 or 2025.",
                value=_cut(value),
            )
        else:
            said = tr(
                "{value!r} is not a day; write YYYY-MM-DD (2025-03-01), DD.MM.YYYY, today, "
                "tomorrow or +30d.",
                value=_cut(value),
            )
        super().__init__(said)


class BeyondHorizonError(WrongUsageError, ValueError):
    """A day so long after the data's release that nobody knows yet what will hold on it."""

    def __init__(self, day: date, release: date, last: date) -> None:
        self.day, self.release, self.last = day, release, last
        super().__init__(
            tr(
                "The rules on {day} are not known: the data of {release} answers for days up to "
                "{last}.",
                day=day,
                release=release,
                last=last,
            )
            + " "
            + tr("A newer release of the data covers later days."),
            " "
            + tr(
                "`visamap update --data URL` fetches one; a newer version of visamap includes one."
            ),
        )


class BadNumberError(WrongUsageError, ValueError):
    """A value that is not a whole number within what can be asked for."""

    def __init__(self, value: object, least: int, most: int) -> None:
        self.value = value
        super().__init__(
            tr(
                "{value!r} is not possible here; give a whole number from {least} to {most}.",
                value=_cut(value),
                least=least,
                most=most,
            )
        )


class UnknownCountryError(WrongUsageError, LookupError):
    """A country name or code that matches nothing; ``close`` holds names with their codes."""

    def __init__(self, text: str, close: Sequence[str] = ()) -> None:
        self.text, self.close = text, tuple(close)
        if isinstance(text, str):
            expected = mark("No country matches {text}; give a code (THA, TH) or a name.")
        else:
            expected = mark("{text} is not text; give a country by its code ('THA') or name.")
        said = tr(expected, text=quoted(_cut(text)))
        super().__init__(said + did_you_mean(self.close))


class AmbiguousCountryError(UnknownCountryError):
    """A name that more than one country bears; ``choices`` holds their names with their codes."""

    def __init__(self, text: str, choices: Sequence[str]) -> None:
        super().__init__(text, choices)
        self.choices = self.close
        countries = either(self.choices)
        self.args = (
            tr(
                "{text} may be {countries}; give the code.",
                text=quoted(_cut(text)),
                countries=countries,
            ),
        )


class TwoCountriesError(AmbiguousCountryError):
    """A text that names two countries, as "AUT - Australia" does."""

    def __init__(self, text: str, choices: Sequence[str]) -> None:
        super().__init__(text, choices)
        self.args = (
            tr(
                "{text} names different countries, {countries}; give one of them.",
                text=quoted(_cut(text)),
                countries=together(self.choices),
            ),
        )


class NoNationalityError(UnknownCountryError):
    """A dead state, a bloc, a people of many states or a place: a hint, never a country."""

    def __init__(self, text: str, choices: Sequence[str], *, dissolved: bool = False) -> None:
        """Take whose passports its people hold today; there may be none to name."""
        super().__init__(text, choices)
        said = (
            mark("{text}: this state no longer exists; give the country that issued the passport")
            if dissolved
            else mark("{text} is not a nationality; give the country that issued the passport")
        )
        named = f"{tr(said, text=quoted(_cut(text)))}"
        self.args = (f"{named}: {', '.join(self.close)}." if self.close else f"{named}.",)


class NotOneDestinationError(UnknownCountryError):
    """A place in a country, or several countries, where a destination is to be named."""

    def __init__(self, text: str, choices: Sequence[str]) -> None:
        """Take the countries that may be meant, each with its code."""
        super().__init__(text, choices)
        codes = [choice.removesuffix(")").rpartition("(")[2] for choice in choices]
        self.at_terminal = f" {tr('Type {option}.', option=' '.join(f'--to {c}' for c in codes))}"
        if not codes:
            said, self.at_terminal = mark("{text} is not a destination; give a country."), ""
        elif len(codes) == 1:
            said = mark("{text} is not a country; as a destination give {countries}.")
        else:
            said = mark("{text} names several countries; give each by itself: {countries}.")
        told = tr(said, text=quoted(_cut(text)), countries=", ".join(self.close))
        self.args = (f"{told}{self.at_terminal}",)


class UnknownRecordError(WrongUsageError, LookupError):
    """An id or code of a record (a visa, an instrument ...) that the data does not hold."""

    def __init__(self, kind: str, text: str, close: Sequence[str] = (), see: str = "") -> None:
        """Name the ``kind`` (see ``UNKNOWN_RECORDS``); ``see`` is the command that lists them."""
        self.kind, self.text, self.close = kind, text, tuple(close)
        said = tr(UNKNOWN_RECORDS[kind], text=_cut(text))
        listed = " " + tr("`{command}` lists them.", command=see) if see else ""
        super().__init__(said + did_you_mean(self.close), listed)

    @property
    def code(self) -> str:
        """The kind of record that is unknown, such as ``unknown-visa``."""
        return f"unknown-{self.kind.replace(' ', '-')}"


class BadTripsError(WrongUsageError, ValueError):
    """Trips that cannot be counted, with everything that is wrong with them."""

    def __init__(self, problems: Iterable[str]) -> None:
        """Take one line for each trip that is wrong: which one, what, and what to do."""
        self.problems = tuple(problems)
        lines = _first_of(self.problems, SHOWN_TRIPS)
        super().__init__("\n".join([tr("These trips cannot be counted:"), *lines]))


class MissingFileError(WrongUsageError, FileNotFoundError):
    """A file to read that is not there."""

    def __init__(self, path: str | PathLike[str]) -> None:
        self.path = str(path)
        super().__init__(
            tr("There is no file {path!r}; check the name and the directory.", path=self.path)
        )


class OutputExistsError(WrongUsageError, FileExistsError):
    """A file to write that is there already; nothing is overwritten unasked."""

    def __init__(self, path: str | PathLike[str]) -> None:
        self.path = str(path)
        super().__init__(
            tr(
                "{path!r} already exists and was not changed; choose another name, or add "
                "--overwrite.",
                path=self.path,
            )
        )


class MissingExtraError(WrongUsageError, ImportError):
    """A library of an optional extra that is not installed; the answer itself needs none."""

    def __init__(self, extra: str, wanted: str) -> None:
        """Say what is ``wanted`` (``tr("A calendar")``) and which ``extra`` it needs."""
        from visamap.extras import how_to_add  # noqa: PLC0415  only who lacks one pays for it

        self.extra = extra
        super().__init__(
            tr(
                "{wanted} needs the extra {extra!r}, which is not installed; run: {command}",
                wanted=wanted,
                extra=extra,
                command=how_to_add(extra),
            )
        )


class NoCertainYesError(VisamapError):
    """A card for the border was asked for where entry is not certainly visa-free."""

    exit_status, code = 1, "no-certain-yes"

    def __init__(self, said: str) -> None:
        super().__init__(tr("No card, for this is no certain yes. {said}", said=said))


class BrokenDataError(VisamapError):
    """Data that cannot be asked, with every problem that was found in it."""

    exit_status = 3

    def __init__(self, path: str | PathLike[str], problems: Iterable[Problem] = ()) -> None:
        self.path, self.problems = str(path), tuple(problems)
        opening = tr("The data in {path!r} has errors, so it is not used:", path=self.path)
        end = tr("Run `visamap validate {path}` for the full list.", path=self.path)
        super().__init__("\n".join([opening, *_first_of(self.problems), end]))


class NetworkError(VisamapError):
    """Something that could not be fetched; what is kept on this machine stays in force."""

    exit_status = 4

    def __init__(
        self,
        url: str,
        happened: str,
        hint: str = "",
        status: int | None = None,
        moved: str | None = None,
    ) -> None:
        """Say what ``happened`` in words that follow "not fetched:".

        ``hint`` is the next step, to try again later where none is given; ``status`` is that of
        HTTP where a server gave one, ``moved`` the address at which it says that it is.
        """
        self.url, self.happened, self.status, self.moved = url, happened, status, moved
        said = tr(
            "{url} was not fetched: {happened}. Nothing was changed.", url=url, happened=happened
        )
        super().__init__(f"{said} {hint or tr('Try again later.')}")


class UpdateUnderWayError(VisamapError):
    """Another update is at work in the same folder; it passes by itself, as a network's trouble."""

    exit_status = 4

    def __init__(self, folder: str | PathLike[str]) -> None:
        self.folder = str(folder)
        super().__init__(
            tr(
                "Another update is under way in {folder!r}; nothing was changed. Try again when "
                "it is done.",
                folder=self.folder,
            )
        )


class RefusedUpdateError(VisamapError):
    """What was fetched is not what it should be; the data in use stays in force."""

    exit_status = 3

    def __init__(self, url: str, problems: Iterable[Problem], hint: str) -> None:
        """Spell out the first ``problems``; ``hint`` is the next step."""
        self.url, self.problems = url, tuple(problems)
        opening = tr("The fetched file was rejected; the data in use is unchanged:")
        super().__init__("\n".join([opening, *_first_of(self.problems), hint]))


class DamagedCopyError(VisamapError):
    """A file that an update had put into the user's data folder and that is no longer whole."""

    exit_status = 3

    def __init__(self, path: str | PathLike[str], command: str = "visamap update") -> None:
        """Name the damaged file; ``command`` fetches it anew."""
        self.path = str(path)
        super().__init__(
            tr(
                "{path!r} is damaged or cannot be read, so it is not used; run `{command}` to "
                "fetch it again, `{command} --undo` to return to the previous copy, or delete "
                "{folder!r} to use the shipped data alone.",
                path=self.path,
                folder=dirname(self.path),
                command=command,
            )
        )


class OutputError(VisamapError):
    """A result that could not be written where it was asked to go."""

    exit_status = 5

    def __init__(self, path: str | PathLike[str], reason: str) -> None:
        self.path, self.reason = str(path), reason
        super().__init__(
            tr(
                "{path!r} cannot be written ({reason}); choose a place where you may write.",
                path=self.path,
                reason=reason,
            )
        )


def _cut(value: object) -> object:
    """Return a value as a message may show it: a long one is cut."""
    said = value if isinstance(value, str) else repr(value)
    return value if len(said) <= LONGEST_ECHO else f"{said[: LONGEST_ECHO - 3]}..."


def did_you_mean(close: Sequence[str]) -> str:
    """Return a hint that starts with a space, or nothing when there is nothing close."""
    return " " + tr("Did you mean {choices}?", choices=either(close)) if close else ""


def either(choices: Sequence[str]) -> str:
    """Return choices of which one is meant, in a row."""
    return reduce(lambda one, other: tr("{one} or {other}", one=one, other=other), choices)


def together(parts: Sequence[str]) -> str:
    """Return what is meant all together, in a row."""
    return reduce(lambda one, other: tr("{one} and {other}", one=one, other=other), parts)


def _first_of(problems: Sequence[Problem | str], most: int = SHOWN_PROBLEMS) -> list[str]:
    shown = [f"  {problem}" for problem in problems[:most]]
    more = len(problems) - len(shown)
    if more > 0:
        shown.append("  " + trn("... and {n} more", "... and {n} more", more))
    return shown


def _restored(
    kind: type[VisamapError], args: tuple[object, ...], state: dict[str, object]
) -> VisamapError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error

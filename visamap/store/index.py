"""Facts laid out for asking: the compiled tables, decoded piece by piece as questions need them.

Needs neither pydantic nor YAML. It answers "what does the data say", never "what follows":
choosing, counting and judging belong to ``visamap.domain``.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Literal, NamedTuple

from visamap.dates import Bounded, PartialDate, Period, horizon
from visamap.errors import BeyondHorizonError
from visamap.limits import Limit
from visamap.results.parts import Act, Country, DataRef, SourceRef, law_first
from visamap.vocabulary import Basis, Confidence, Passport, Scope

Tables = dict[str, Any]
SpanState = Literal[
    "certain",
    "start_uncertain",
    "end_uncertain",
    "halted",
    "halt_uncertain",
    "paper_uncertain",  # the rule holds; whether the paper stands in for its passport is not known
]


class Span(NamedTuple):
    """Days on which a regime holds, may hold, or is or may be halted by the suspension ``by``."""

    regime: str
    state: SpanState
    period: Period
    by: str | None
    paper: str | None = None
    """The identity card that stands in for the passport which the rule is for."""


class Regime(NamedTuple):
    """A rule as written; ``limits`` are its own, without what overlays add."""

    id: str
    act: Act
    limits: tuple[Limit, ...]
    bounds: Bounded
    scope: Scope
    confidence: Confidence
    purposes: tuple[str, ...]
    conditions: dict[str, Any]
    dispute: dict[str, Any] | None
    note: str | None
    sources: tuple[str, ...]
    amended_by: str | None


class Selector(NamedTuple):
    """Which visitors a domestic rule is for; an empty field selects all."""

    basis: Basis | None
    groups: tuple[str, ...]
    except_groups: tuple[str, ...]
    nationalities: tuple[str, ...]
    except_nationalities: tuple[str, ...]
    passports: tuple[str, ...]
    stay_over_days: int | None
    max_stay_over_days: int | None


class DomesticRule(NamedTuple):
    """An overlay, an advisory or a duty: whom it is for, when, and its own fields."""

    id: str
    selector: Selector
    bounds: Bounded
    fields: dict[str, Any]
    sources: tuple[str, ...]


class Suspension(NamedTuple):
    """What halts rules: its act, its own period, the ids of its sources."""

    act: Act
    bounds: Bounded
    sources: tuple[str, ...]


class Pending(NamedTuple):
    """An agreement that was not found in force: approved by Kazakhstan, or signed and no more.

    It is pending perhaps from ``start`` on. Where only the signature was found, neither
    ``approved`` nor its bounds are there.
    """

    act: Act
    start: date
    approved: str | None
    approved_between: tuple[date, date | None] | None
    signed: str | None
    signed_between: tuple[date, date | None] | None
    limits: tuple[Limit, ...]
    sources: tuple[str, ...]

    @property
    def is_approved(self) -> bool:
        """Whether an approval was found, its day known or not."""
        return bool(self.approved or self.approved_between)

    @property
    def approved_by(self) -> date | None:
        """The day by which it was approved, the first possible one where none is the last."""
        if self.approved:
            return PartialDate.parse(self.approved).last
        first, last = self.approved_between or (None, None)
        return last or first


def day(text: str | None) -> date | None:
    """Decode a day of the tables."""
    return date.fromisoformat(text) if text else None


def bounded(row: list[str | None]) -> Bounded:
    """Decode the four bounds of a period."""
    return Bounded(*[day(text) for text in row])


def limits(
    rows: list[dict[str, Any]], under: str, counts_from: date | None = None
) -> tuple[Limit, ...]:
    """Decode limits that the act ``under`` sets."""
    return tuple(Limit(**row, under=under, counts_from=counts_from) for row in rows)


class Index:
    """The tables of one release.

    ``more`` returns the rest of the records, ``names`` the country names of other languages,
    ``apart`` a table that few questions ask, by its name; all are read only when first asked for.
    """

    def __init__(
        self,
        tables: Tables,
        more: Callable[[], Tables] = dict,
        names: Callable[[], Tables] = dict,
        apart: Callable[[str], Tables] = lambda _name: {},
    ) -> None:
        """Take decoded JSON tables; nothing is checked again, the compiler did."""
        self.tables = tables
        self.data = DataRef(date.fromisoformat(tables["release"]), tables["digest"])
        self.horizon = horizon(self.data.release)
        """The last day of entry that is answered; what holds later may not be known yet."""
        self._more, self._names, self._read = more, names, apart
        self._apart: dict[str, Tables] = {}
        self._records: Tables | None = None
        self._other_names: Tables | None = None
        self._regimes: dict[str, Regime] = {}
        self._acts: dict[str, Act] = {}
        self._rules: dict[str, tuple[DomesticRule, ...]] = {}

    @property
    def records(self) -> Tables:
        """All records in full, by section: read once, when a question beyond ``check`` is asked.

        A section that is a list is there even where the data file leaves it out.
        """
        if self._records is None:
            self._records = self._more()
        return self._records

    @property
    def names(self) -> Tables:
        """Country names in other languages."""
        if self._other_names is None:
            self._other_names = self._names()
        return self._other_names

    def apart(self, name: str) -> Tables:
        """Return a table that is kept apart because few questions ask it (``ranks``)."""
        if name not in self._apart:
            self._apart[name] = self._read(name)
        return self._apart[name]

    @property
    def nationalities(self) -> list[str]:
        """Every code that some regime or pending agreement names, sorted."""
        spans = {key.partition("/")[0] for key in self.tables["spans"]}
        return sorted(spans | {code for row in self.tables["pending"] for code in row["partners"]})

    def own_nationalities(self, passport: Passport, on: date) -> list[str]:
        """Return those answered by their own name on a day, so that nobody counts twice."""
        return [code for code in self.nationalities if not self.held(code, passport, on)]

    def country(self, code: str) -> Country:
        """Return the code with its English name."""
        return Country(code, self.tables["countries"][code][2])

    def kind(self, code: str) -> str:
        """Return ``state``, ``territory`` or the kind of document that the code stands for."""
        return str(self.tables["countries"][code][3])

    def held(self, code: str, passport: Passport, on: date) -> str | None:
        """Return whose passport people of a territory hold that has no nationality of its own.

        On days on which a rule of the data names the territory for this kind of passport, it is
        answered by its own name.
        """
        held: str | None = self.tables["held_passport"].get(code)
        if held and any(span.period.covers(on) for span in self.spans(code, passport)):
            return None
        return held

    def holder(self, code: str, passport: Passport, on: date) -> str:
        """Return the code of the passport that people of ``code`` hold; mostly it is their own."""
        return self.held(code, passport, on) or code

    def history_of(self, code: str, passport: Passport) -> str:
        """Return the code whose history answers: that of the holder where no rule ever names it."""
        return code if self.spans(code, passport) else self.tables["held_passport"].get(code, code)

    def answering(self, code: str) -> tuple[str, ...]:
        """Return the codes by whose rules a code may be answered, on one day or another."""
        held = self.tables["held_passport"].get(code)
        return (code, held) if held else (code,)

    def held_passport(self, code: str, passport: Passport, on: date) -> Country | None:
        """Return whose passport is held, with its name, where it is not their own."""
        held = self.held(code, passport, on)
        return self.country(held) if held else None

    def answers_for(self, *days: date) -> None:
        """Refuse a question about a day past the horizon.

        Raises:
            BeyondHorizonError: a day lies past it.
        """
        for asked in days:
            if asked > self.horizon:
                raise BeyondHorizonError(asked, self.data.release, self.horizon)

    def source(self, source: str) -> SourceRef:
        """Return the address behind the id of a source."""
        return SourceRef(source, *self.tables["sources"][source])

    def sources(self, ids: Iterable[str]) -> tuple[SourceRef, ...]:
        """Return the addresses behind ids, the law first."""
        return law_first(map(self.source, ids))

    def act(self, instrument: str) -> Act:
        """Return an instrument in short."""
        found = self._acts.get(instrument)
        if found is None:
            kind, basis, title, number, signed, in_force, _sources = self.tables["acts"][instrument]
            found = Act(instrument, kind, basis, title, number, day(signed), day(in_force))
            self._acts[instrument] = found
        return found

    def has_act(self, instrument: str) -> bool:
        """Tell whether there is such an instrument: a user's own data need not have ours."""
        return instrument in self.tables["acts"]

    def act_sources(self, instrument: str) -> tuple[str, ...]:
        """Return the ids of an instrument's sources."""
        return tuple(self.tables["acts"][instrument][6])

    def regime(self, regime: str) -> Regime:
        """Return a rule as written."""
        found = self._regimes.get(regime)
        if found is None:
            row = self.tables["regimes"][regime]
            act = self.act(row["instrument"])
            found = Regime(
                regime,
                act,
                limits(row["limits"], act.id),
                bounded(row["bounds"]),
                row["scope"],
                row["confidence"],
                tuple(row["purposes"]),
                row["conditions"],
                row["dispute"],
                row["note"],
                tuple(row["sources"]),
                row["amended_by"],
            )
            self._regimes[regime] = found
        return found

    def spans(self, nationality: str, passport: Passport) -> list[Span]:
        """Return all spans of a nationality's passport, in the order of their start."""
        rows = self.tables["spans"].get(f"{nationality}/{passport}", ())
        return [
            Span(regime, state, Period(day(first), day(last)), *by)
            for regime, state, first, last, *by in rows
        ]

    def suspension(self, suspension: str) -> Suspension:
        """Return the act of a suspension, its period and the ids of its sources."""
        row = self.tables["suspensions"][suspension]
        return Suspension(self.act(row["act"]), bounded(row["bounds"]), tuple(row["sources"]))

    def covered_from(self, passport: Passport) -> date | None:
        """Return the day from which a missing record means "visa required"; ``None``: never."""
        return day(self.tables["coverage"].get(passport))

    def is_member(self, code: str, group: str, on: date) -> bool | None:
        """Tell whether a state belongs to a group on a day; ``None``: perhaps."""
        held = [bounded(row) for member, row in self.tables["groups"][group] if member == code]
        if any(bounds.surely(on) for bounds in held):
            return True
        return None if any(bounds.whole.covers(on) for bounds in held) else False

    def rules(
        self, section: Literal["overlays", "advisories", "duties"]
    ) -> tuple[DomesticRule, ...]:
        """Return the domestic rules of a section, in the order of the file."""
        if section not in self._rules:
            self._rules[section] = tuple(
                DomesticRule(
                    row["id"],
                    Selector(*[_frozen(value) for value in row["selector"]]),
                    bounded(row["bounds"]),
                    _fields(row["fields"]),
                    tuple(row["sources"]),
                )
                for row in self.tables[section]
            )
        return self._rules[section]

    def memberships(self, group: str) -> list[Bounded]:
        """Return the periods of all memberships of a group."""
        return [bounded(row) for _, row in self.tables["groups"][group]]

    def transit(self, nationality: str, passport: Passport) -> list[tuple[Tables, Period, bool]]:
        """Return the transit rules that name a nationality, halted days cut out, and how sure."""
        return [
            (row, Period(day(first), day(last)), sure)
            for row in self.tables["transit"]
            if passport in row["passports"]
            for first, last, sure in row["parts"].get(nationality, ())
        ]

    def documents(self, nationality: str) -> list[tuple[Tables, Bounded]]:
        """Return the papers other than passports that are accepted from a nationality."""
        return [
            (row, bounded(row["bounds"]))
            for row in self.tables["documents"]
            if nationality in row["nationalities"]
        ]

    def paper(self, paper: str) -> Tables:
        """Return a paper other than a passport by its id."""
        return next(row for row in self.tables["documents"] if row["id"] == paper)

    def lists(self) -> list[tuple[Tables, Bounded]]:
        """Return the country lists that visa rules refer to."""
        return [(row, bounded(row["bounds"])) for row in self.tables["lists"]]

    def pending(self, nationality: str, passport: Passport) -> list[Pending]:
        """Return agreements that were approved or signed and not seen in force."""
        return [
            Pending(
                self.act(row["instrument"]),
                date.fromisoformat(row["from"]),
                row["approved"],
                _between(row["approved_between"]),
                row["signed"],
                _between(row["signed_between"]),
                limits(row["limits"], row["instrument"]),
                tuple(row["sources"]),
            )
            for row in self.tables["pending"]
            for bounds in [row["approved_between"]]
            if nationality in row["partners"] and passport in row["passports"]
        ]


def _between(bounds: list[str | None] | None) -> tuple[date, date | None] | None:
    """Decode bounds of the tables, of which the first is always a day."""
    return (date.fromisoformat(str(bounds[0])), day(bounds[1])) if bounds else None


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    """Decode the limits of an overlay; advisories and duties have plain fields."""
    if "limits" not in row:
        return row
    terms = limits(row["limits"], row["act"], day(row["counts_from"]))
    return {"limits": terms, "sure": row["sure"]}


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value

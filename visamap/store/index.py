"""Records as they are shipped, laid out for asking: read one by one as questions need them.

Needs neither pydantic nor YAML. It answers "what does the data say", never "what follows":
choosing, counting and judging belong to ``visamap.domain``.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, wraps
from types import MappingProxyType
from typing import Any, Literal, TypeVar, TypeVarTuple

from visamap.dates import Bounded, PartialDate, Period, horizon
from visamap.errors import BeyondHorizonError, WrongUsageError
from visamap.i18n import fact, tr
from visamap.limits import Limit
from visamap.results.parts import Act, Country, DataRef, Destination, SourceRef, law_first
from visamap.store.record_file import Record, Records
from visamap.store.spans import (
    Happened,
    Span,
    Suspension,
    best_known,
    bounds_of,
    by_start,
    cut,
    day,
    effective,
    happened,
    once,
    stand_in,
)
from visamap.values import Made, Value, made_of
from visamap.vocabulary import (
    BASIS_OF,
    DESTINATIONS,
    Basis,
    Confidence,
    Passport,
    Scope,
)

Given = TypeVarTuple("Given")
Found = TypeVar("Found")
Tables = dict[str, Any]
VISITOR_PURPOSES = frozenset(
    {"tourism", "private", "business", "transit", "remote-work", "treatment"}
)


APPROVED = frozenset({"approved", "ratified"})


class Regime(Value):
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
    provision: str | None
    needs: dict[str, Any]
    last_seen: date | None
    entries_from: date | None
    """The first day of entry that it is for; ``None``: it holds for visits under way, too."""


class Selector(Value):
    """Which visitors a domestic rule is for; an empty field selects all."""

    basis: Basis | None
    groups: tuple[str, ...]
    except_groups: tuple[str, ...]
    nationalities: tuple[str, ...]
    except_nationalities: tuple[str, ...]
    passports: tuple[str, ...]
    stay_over_days: int | None
    max_stay_over_days: int | None


class DomesticRule(Value):
    """An overlay, an advisory or a duty: whom it is for, when, what it adds, and its record."""

    id: str
    selector: Selector
    bounds: Bounded
    limits: tuple[Limit, ...]
    record: Record
    sources: tuple[str, ...]


class Pending(Value):
    """An agreement that was not found in force: approved by the destination, or only signed.

    It is pending perhaps from ``start`` on.
    """

    act: Act
    start: date
    approved: Happened | None
    signed: Happened | None
    limits: tuple[Limit, ...]
    sources: tuple[str, ...]

    @property
    def approved_by(self) -> date | None:
        """The day by which it was approved, the first possible one where none is the last."""
        return self.approved and (self.approved.last or self.approved.first)


def limits(
    rows: list[dict[str, Any]], under: str, counts_from: date | None = None
) -> tuple[Limit, ...]:
    """Decode limits that the act ``under`` sets."""
    return tuple(Limit(**row, under=under, counts_from=counts_from) for row in rows)


def once_each(
    method: Callable[["Index", *Given], Found],
) -> Callable[["Index", *Given], Found]:
    """Keep what a method returns for what it is given: the records never change."""

    @wraps(method)
    def asked(self: "Index", *given: *Given) -> Found:
        known = self.kept[method.__name__]
        if given not in known:
            known[given] = method(self, *given)
        found: Found = known[given]
        return found

    return asked


class Index:
    """The records of one release.

    ``tables`` are those of countries (``visamap.data.names``), ``names`` returns the country
    names of other languages, ``apart`` a table that few questions ask, by its name; both are read
    only when first asked for. ``updated_from`` is the address that a release was fetched from.
    """

    def __init__(
        self,
        records: Records,
        tables: Tables,
        names: Callable[[], Tables] = dict,
        apart: Callable[[str], Tables] = lambda _name: {},
        others: Mapping[str, Callable[[], Records]] = MappingProxyType({}),
    ) -> None:
        """Take records that were validated; nothing is checked again.

        ``others`` opens the records of each destination.
        """
        self.records = records
        """All records by section; one that is a list is there even where the file leaves it out."""
        self.tables = tables
        self.home: str = records["meta"]["home"]
        """The country whose borders the records are about."""
        self.data = DataRef(date.fromisoformat(records["meta"]["release"]), records.head["digest"])
        self.horizon = horizon(self.data.release)
        """The last day of entry that is answered; what holds later may not be known yet."""
        review = records["meta"].get("review_by")
        self.review_by = date.fromisoformat(review) if review else None
        self.bare = self.home
        """The country that a question is about where it names no destination."""
        self.updated_from: str | None = None
        self._names, self._read, self.others = names, apart, others
        self._entered: dict[str, Index] = {}
        self.kept: dict[str, dict[Any, Any]] = defaultdict(dict)
        """What ``once_each`` keeps, by the name of the method."""

    @cached_property
    def profile(self) -> Record:
        """What is the destination's own; that of the release where the file does not tell."""
        found = self.records["meta"].get("profile")
        if not found and self.home in self.others:
            found = self.others[self.home]()["meta"].get("profile")
        return found or {}

    @cached_property
    def destination(self) -> Destination:
        """The country whose borders the records are about, with what is its own."""
        name = self.country(self.home).name
        return Destination(self.home, name, self.profile, self.home == self.bare)

    @cached_property
    def destinations(self) -> frozenset[str]:
        """The countries whose rules of entry this release tells."""
        return frozenset({self.home, *self.others})

    def entering(self, home: str) -> "Index":
        """Return the records of another destination, with the same countries and tables."""
        if home == self.home:
            return self
        if home not in self.others:
            told = ", ".join(one for one in DESTINATIONS if one in self.destinations)
            said = tr("visamap has no rules of entry for {name} ({code}); choose one of {told}.")
            raise WrongUsageError(
                said.format(name=fact(self.country(home).name), code=home, told=told)
            )
        if home not in self._entered:
            other = self._entered[home] = self.beside(self.others[home]())
            other.updated_from, other.bare = self.updated_from, self.bare
        return self._entered[home]

    def beside(self, records: Records) -> "Index":
        """Return other records, with the same countries and tables; these stay beside them."""
        others = {**self.others, self.home: lambda: self.records}
        return Index(records, self.tables, lambda: self.names, self.apart, others)

    @cached_property
    def names(self) -> Tables:
        """Country names in other languages."""
        return self._names()

    @once_each
    def apart(self, name: str) -> Tables:
        """Return a table that is kept apart because few questions ask it (``ranks``)."""
        return self._read(name)

    def record(self, section: str, name: str) -> Record:
        """Return the record of a section with an id; where there is none it is a ``KeyError``."""
        return self.records.one(section, name)

    @cached_property
    def nationalities(self) -> list[str]:
        """Every code that some regime or pending agreement names, sorted."""
        acts = (act for act in self.records["instruments"] if self._pending(act))
        codes = {code for act in acts for code in act["partners"]}
        return sorted(codes.union(*(rule["nationalities"] for rule in self.records["regimes"])))

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
        if held and any(span.period.covers(on) for span in self.own_spans(code, passport)):
            return None
        return held

    def own_spans(self, code: str, passport: Passport) -> list[Span]:
        """Return the spans of rules that name a nationality, without those for every one."""
        for_all = {rule["id"] for rule in self._for_all}
        return [span for span in self.spans(code, passport) if span.regime not in for_all]

    def holder(self, code: str, passport: Passport, on: date) -> str:
        """Return the code of the passport that people of ``code`` hold; mostly it is their own."""
        return self.held(code, passport, on) or code

    def history_of(self, code: str, passport: Passport) -> str:
        """Return the code whose history answers: that of the holder where no rule ever names it."""
        held: str = self.tables["held_passport"].get(code, code)
        return code if held == code or self.own_spans(code, passport) else held

    def answering(self, code: str) -> tuple[str, ...]:
        """Return the codes by whose rules a code may be answered, on one day or another."""
        held = self.tables["held_passport"].get(code)
        return (code, held) if held else (code,)

    def held_passport(self, code: str, passport: Passport, on: date) -> Country | None:
        """Return whose passport is held, with its name, where it is not their own."""
        held = self.held(code, passport, on)
        return self.country(held) if held else None

    def answers_for(self, *days: date) -> None:
        """Refuse a question about a day past the horizon."""
        for asked in days:
            if asked > self.horizon:
                raise BeyondHorizonError(asked, self.data.release, self.horizon)

    def source(self, source: str) -> SourceRef:
        """Return the address behind the id of a source."""
        record = self.record("sources", source)
        return SourceRef(source, record["url"], record["kind"])

    def sources(self, ids: Iterable[str], table: str = "") -> tuple[SourceRef, ...]:
        """Return the addresses behind ids, the law first; a table ``apart`` has some of its own."""
        own = self.apart(table)["sources"] if table else {}
        return law_first(
            SourceRef(one, *own[one]) if one in own else self.source(one) for one in ids
        )

    def result(self, kind: type[Made], record: Record, /, **own: Any) -> Made:
        """Return a result of ``own`` fields and those of a record, its sources as addresses."""
        return made_of(kind, record, sources=self.sources(record["sources"]), **own)

    @once_each
    def act(self, instrument: str) -> Act:
        """Return an instrument in short."""
        record = self.record("instruments", instrument)
        return made_of(
            Act,
            record,
            basis=BASIS_OF[record["kind"]],
            signed=_known_day(record, "signed"),
            in_force=_known_day(record, "in-force"),
        )

    def has_act(self, instrument: str) -> bool:
        """Tell whether there is such an instrument: a user's own data need not have ours."""
        try:
            self.record("instruments", instrument)
        except KeyError:
            return False
        return True

    def act_sources(self, instrument: str) -> tuple[str, ...]:
        """Return the ids of an instrument's sources."""
        return tuple(self.record("instruments", instrument)["sources"])

    @once_each
    def regime(self, regime: str) -> Regime:
        """Return a rule as written."""
        record = self.record("regimes", regime)
        act = self.act(record["instrument"])
        entries_from = day(record["from"]) if record.get("for_entries") else None
        return made_of(
            Regime,
            record,
            act=act,
            limits=limits(record["limits"], act.id, entries_from),
            bounds=effective(record, self.record("instruments", act.id)),
            dispute=record.get("disputed"),
            needs=record.get("needs", {}),
            last_seen=day(record.get("last_seen")),
            entries_from=entries_from,
        )

    @once_each
    def spans(self, nationality: str, passport: Passport) -> list[Span]:
        """Return all spans of a nationality's passport, in the order of their start."""
        return sorted(self._cut(nationality, passport), key=by_start)

    def _cut(self, nationality: str, passport: Passport) -> list[Span]:
        found = [
            Span(record["id"], *piece)
            for record in self._rules_of(nationality)
            if passport in record["passports"]
            for piece in cut(
                self.regime(record["id"]).bounds, self._halting(record, "regimes", nationality)
            )
        ]
        papers = self.documents(nationality) if passport == "id_card" else ()
        for paper, _ in papers:
            instead = paper.get("in_place_of")
            if paper["document"] == "id_card" and instead not in {None, "id_card"}:
                found += stand_in(paper, self.spans(nationality, instead))
        return once(found) if papers else found

    @once_each
    def _rules_of(self, nationality: str) -> list[Record]:
        found = self.records.naming("regimes", nationality)
        return [*(rule for rule in found if nationality in rule["nationalities"]), *self._for_all]

    @cached_property
    def _for_all(self) -> list[Record]:
        """The rules for every nationality, which only their needs narrow."""
        return self.records.holding("regimes", '"nationalities":[]')

    @cached_property
    def suspensions(self) -> tuple[Suspension, ...]:
        """What halts rules, in the order of the file."""
        return tuple(Suspension.of(record) for record in self.records["suspensions"])

    def suspension(self, suspension: str | None) -> Suspension:
        """Return what halts rules, by its id."""
        return next(one for one in self.suspensions if one.id == suspension)

    def halting_act(self, suspension: str | None) -> Act:
        """Return the act of what halts rules, by its id."""
        return self.act(self.suspension(suspension).act)

    def covered_from(self, passport: Passport) -> date | None:
        """Return the day from which a missing record means "visa required"; ``None``: never."""
        return day(self.coverage.get(passport))

    @property
    def coverage(self) -> dict[str, str]:
        """Passport kinds with the day from which a missing record means "visa required"."""
        return {row["passport"]: row["from"] for row in self.records["meta"]["coverage"]}

    @cached_property
    def groups(self) -> dict[str, list[tuple[str, Bounded]]]:
        """The members of each group of states, with the periods in which they belong to it."""
        return {
            group["id"]: [(member["code"], bounds_of(member)) for member in group["members"]]
            for group in self.records["groups"]
        }

    def is_member(self, code: str, group: str, on: date) -> bool | None:
        """Tell whether a state belongs to a group on a day; ``None``: perhaps."""
        held = [bounds for member, bounds in self.groups[group] if member == code]
        if any(bounds.surely(on) for bounds in held):
            return True
        return None if any(bounds.perhaps(on) for bounds in held) else False

    def memberships(self, group: str) -> list[Bounded]:
        """Return the periods of all memberships of a group."""
        return [bounds for _, bounds in self.groups[group]]

    @once_each
    def rules(
        self, section: Literal["overlays", "advisories", "duties"]
    ) -> tuple[DomesticRule, ...]:
        """Return the domestic rules of a section, in the order of the file."""
        return tuple(map(_domestic, self.records[section]))

    def transit(
        self, nationality: str, passport: Passport
    ) -> Iterator[tuple[Record, Period, bool]]:
        """Yield the transit rules for a nationality, halted days cut out, and how sure.

        A stop that may be halted, or that rests on weak evidence, is only possible.
        """
        for record in self.records["transit"]:
            named = not record["nationalities"] or nationality in record["nationalities"]
            if passport not in record["passports"] or not named or nationality == self.home:
                continue
            halting = self._halting(record, "transit", nationality)
            for state, period, _ in cut(bounds_of(record), halting):
                if state != "halted":
                    yield record, period, state == "certain" and record["confidence"] != "low"

    def _halting(self, record: Record, section: str, nationality: str) -> list[Suspension]:
        return [one for one in self.suspensions if one.halts(record, section, nationality)]

    def documents(self, nationality: str) -> list[tuple[Record, Bounded]]:
        """Return the papers other than passports that are accepted from a nationality."""
        return [
            (record, bounds_of(record))
            for record in self.records["entry_documents"]
            if nationality in record["nationalities"]
        ]

    def paper(self, paper: str) -> Record:
        """Return a paper other than a passport by its id."""
        return self.record("entry_documents", paper)

    @cached_property
    def lists(self) -> list[tuple[Record, Bounded]]:
        """The country lists that visa rules refer to, as far as they were found."""
        known = (row for row in self.records["country_lists"] if row["members"] or row["complete"])
        return [(row, bounds_of(row)) for row in known]

    @cached_property
    def visitor_visas(self) -> list[Record]:
        """The visas that a visitor may ask for, those of official passports among them."""
        return [
            visa
            for visa in self.records["visas"]
            if visa["passports"] or not VISITOR_PURPOSES.isdisjoint(visa["purposes"])
        ]

    def pending(self, nationality: str, passport: Passport) -> list[Pending]:
        """Return agreements that were approved or signed and not seen in force."""
        return [one for one, passports in self._awaited(nationality) if passport in passports]

    @once_each
    def _awaited(self, nationality: str) -> list[tuple[Pending, tuple[Passport, ...]]]:
        acts = self.records.naming("instruments", nationality)
        found = (self._pending(act) for act in acts if nationality in act["partners"])
        return [one for one in found if one]

    def _pending(self, act: Record) -> tuple[Pending, tuple[Passport, ...]] | None:
        """Return an exemption agreement approved by home and not found in force, for what it is.

        One of which only the signature was found counts for passports of which a missing rule says
        nothing: for the others the answer is a visa until it is approved. A protocol counts only
        where it opens the agreement to further passports; one that changes the terms of passports
        that are exempt anyway leaves no doubt about the exemption.
        """
        words = {event["what"] for event in act["events"]}
        about = BASIS_OF[act["kind"]] == "agreement" and act["about"] == "visa-exemption"
        if not about or words & {"in-force", "applied-provisionally", "ended"}:
            return None
        amended = self.record("instruments", act["amends"]) if "amends" in act else None
        if amended and {*act["passports"]} <= {*amended["passports"]}:
            return None
        events = happened(act)
        approvals = [e for e in events if e.what in APPROVED and e.by == self.home]
        signings = [e for e in events if e.what == "signed"]
        passports = tuple(p for p in act["passports"] if approvals or p not in self.coverage)
        if not passports or not (approvals or signings):
            return None
        pending = Pending(
            self.act(act["id"]),
            min(event.first for event in approvals or signings),
            best_known(approvals),
            best_known(signings),
            limits(act["terms"], act["id"]),
            tuple(act["sources"]),
        )
        return pending, passports


def _known_day(act: Record, word: str) -> date | None:
    """Return the first day on which ``word`` happened to the act, where the day is known."""
    event = next((event for event in act["events"] if event["what"] == word), None)
    return PartialDate.parse(event["date"]).day if event and "date" in event else None


def _domestic(record: Record) -> DomesticRule:
    counts_from = day(record.get("counts_from"))
    return made_of(
        DomesticRule,
        record,
        selector=made_of(Selector, record["applies_to"]),
        bounds=bounds_of(record),
        limits=limits(record.get("limits", []), record.get("act", ""), counts_from),
        record=record,
    )

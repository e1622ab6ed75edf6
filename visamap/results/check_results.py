"""The answer to "may this nationality enter without a visa on that day, and on what terms?"."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from visamap.limits import Limit, any_length
from visamap.results.parts import NOWHERE, Act, Between, Country, Destination, SourceRef
from visamap.values import Value
from visamap.vocabulary import Basis, Confidence, DutyKind, Passport, Reason, Verdict, VisitReason


class RegimeRef(Value):
    """The rule that was chosen. A bounded end stands in ``..._between`` and leaves the day null."""

    id: str
    instrument: str
    basis: Basis | None
    valid_from: date | None
    valid_to: date | None
    confidence: Confidence
    valid_from_between: tuple[date | None, date] | None
    valid_to_between: tuple[date, date] | None
    act: Act
    note: str | None
    provision: str | None = None
    """Article or paragraph of the act."""
    last_seen: date | None = None
    """Latest day on which a dated source shows the rule at work."""


class Condition(Value):
    """A closed code with its value (true where the code says all)."""

    code: str
    value: Any


class AlsoRegime(Value):
    """Another rule of the same day; ``possible`` says that it may not hold."""

    id: str
    instrument: str
    basis: Basis | None
    valid_from: date | None
    valid_to: date | None
    max_stay_days: int | None
    limits: tuple[Limit, ...]
    possible: bool
    valid_from_between: tuple[date | None, date] | None
    valid_to_between: tuple[date, date] | None
    confidence: Confidence
    conditions: tuple[Condition, ...]
    act: Act
    note: str | None


class Conditional(Value):
    """A rule for those travellers or journeys alone that meet all its ``needs``."""

    id: str
    limits: tuple[Limit, ...]
    needs: tuple[Condition, ...]
    confidence: Confidence
    sources: tuple[SourceRef, ...]
    purposes: tuple[str, ...]
    conditions: tuple[Condition, ...]
    act: Act
    possible: bool
    """Whether it may not hold on that day."""
    countries: tuple[Country, ...] = ()
    """The countries that ``needs`` speak of."""


class NextChange(Value):
    """The first later day on which verdict, stay or rule surely differ.

    ``on_between`` holds its bounds where the true day is not known.
    """

    on: date
    verdict: Verdict
    max_stay_days: int | None
    regime: str | None
    on_between: Between | None


class PendingAct(Value):
    """An agreement that was not found in force: approved by the destination, or only signed.

    ``approved`` and ``signed`` are YYYY-MM-DD, YYYY-MM or YYYY, as far as known; null where only
    bounds are, or nothing was found.
    """

    instrument: str
    title: str
    approved: str | None
    limits: tuple[Limit, ...]
    approved_between: Between | None
    signed: str | None
    signed_between: Between | None


class Halt(Value):
    """The act that suspends the rule, and the rule it suspends.

    The days are those of the suspension. A bounded end stands in ``..._between`` and leaves the day
    null.
    """

    id: str
    act: Act
    regime: str
    valid_from: date | None
    valid_to: date | None
    valid_from_between: Between | None = None
    valid_to_between: Between | None = None


class Standing(Value):
    """How it stands on one of the two days; the words are those of ``check``."""

    verdict: Verdict
    reason: Reason
    max_stay_days: int | None
    limits: tuple[Limit, ...]
    regime: RegimeRef | None
    possible: tuple[AlsoRegime, ...]
    pending: tuple[PendingAct, ...]
    suspended_by: Halt | None
    doubtful_limits: tuple[Limit, ...] = ()
    """Those of ``limits`` that may bind and may not; to keep to them is safe."""


class DisputeSide(Value):
    """What one side says, and where."""

    says: str
    sources: tuple[SourceRef, ...]


class Dispute(Value):
    """A contradiction between sources about a rule of this answer."""

    regime: str
    what: str
    sides: tuple[DisputeSide, ...]


class DutyNote(Value):
    """What the visitor or the host must do."""

    id: str
    kind: DutyKind
    by: str
    voluntary: bool
    within_days: int | None
    day_kind: str | None
    stay_over_days: int | None
    text: str
    short: str | None = None
    from_next_day: bool = False
    """Whether the day of entry is not one of ``within_days``."""


class AdvisoryNote(Value):
    """A time in which practice differed from law; ``certain`` is false inside uncertain ends."""

    id: str
    kind: str
    valid_from: date | None
    valid_to: date | None
    certain: bool
    text: str
    short: str | None = None


class TransitNote(Value):
    """A short stop without a visa on the way to a third country; ``possible``: perhaps not."""

    id: str
    hours: int
    airports: tuple[str, ...]
    carriers: str | None
    valid_from: date | None
    valid_to: date | None
    possible: bool = False
    airside: bool = False
    """Whether the traveller stays inside the transit area of the airport."""


class DocumentNote(Value):
    """A paper other than a passport that is accepted at the border."""

    id: str
    title: str
    document: str
    terms: str
    confidence: Confidence
    certain: bool = True
    """Whether it is accepted on that day for certain; its days may be known by bounds only."""
    short: str | None = None


class VisaHints(Value):
    """Which visa otherwise. Null is "not known"; an incomplete list never says no.

    ``codes`` are for the kind of passport asked; ``fitting`` leaves out those whose longest stay is
    shorter than the days asked, and is null where none were asked or they need no visa.
    """

    e_visa: bool | None
    e_visa_list: str | None
    e_visa_confidence: Confidence | None
    invitation_exempt: bool | None
    codes: tuple[str, ...]
    fitting: tuple[str, ...] | None = None


class Ground(Value):
    """The act that decides, and where it is best read; null where no source of it is known."""

    act: Act
    source: SourceRef | None


def closed_in_practice(advisories: Iterable[AdvisoryNote]) -> bool | None:
    """Say whether foreigners were in practice not let in; ``None``: perhaps, at uncertain ends."""
    certain = [note.certain for note in advisories if note.kind == "border-closed"]
    return True if any(certain) else None if certain else False


def enters_surely(verdict: Verdict, advisories: Iterable[AdvisoryNote]) -> bool:
    """Tell whether a traveller enters without a visa for certain, by a border open in practice."""
    if verdict == "visa_free":
        return closed_in_practice(advisories) is False
    return verdict == "citizen"


BEST_FIRST = ("citizen", "visa_free", "unknown", "visa_required")


class CheckAnswer(Value, kw_only=True):
    """One nationality, one passport kind, one day."""

    nationality: Country
    passport: Passport
    on: date
    verdict: Verdict
    best: bool = True
    reason: Reason
    max_stay_days: int | None
    days_asked: int | None = None
    stay_allowed: bool | None = None
    stay_reason: VisitReason | None = None
    limits: tuple[Limit, ...]
    regime: RegimeRef | None
    also: tuple[AlsoRegime, ...]
    border_residents: tuple[AlsoRegime, ...]
    visa_free_since: date | None
    visa_free_since_between: Between | None
    next_change: NextChange | None
    pending: tuple[PendingAct, ...]
    suspended_by: Halt | None
    disputed: tuple[Dispute, ...]
    conditions: tuple[Condition, ...]
    purposes: tuple[str, ...]
    duties: tuple[DutyNote, ...]
    advisories: tuple[AdvisoryNote, ...]
    transit: tuple[TransitNote, ...]
    entry_documents: tuple[DocumentNote, ...]
    visas: VisaHints
    as_known_on: date | None
    confidence: Confidence
    sources: tuple[SourceRef, ...]
    reciprocity: dict[str, Any] | None = None
    """What the destination's citizens get there, an item of ``outbound``; only where asked for."""
    perhaps_suspended_by: tuple[Halt, ...] = ()
    """What may suspend a rule, where its days are not known or its evidence is weak."""
    doubtful_limits: tuple[Limit, ...] = ()
    """Those of ``limits`` that may bind and may not; to keep to them is safe."""
    held_passport: Country | None = None
    """Whose passport people of a territory hold that has no nationality of its own."""
    ground: Ground | None = None
    """The act that decides, with its best source; null for a citizen."""
    conditional: tuple[Conditional, ...] = ()
    """Rules that only some travellers or journeys meet; they never make the verdict a yes."""
    destination: Destination = NOWHERE
    """The state that is entered."""

    @property
    def since_this_rule(self) -> bool:
        """Whether the unbroken visa-free time began with the chosen rule, as far as is known."""
        began = self.visa_free_since_between or self.visa_free_since
        rule = self.regime
        return rule is not None and began == (rule.valid_from_between or rule.valid_from)

    @property
    def visa_needed(self) -> bool:
        """Whether what was asked is known to need a visa."""
        return self.verdict == "visa_required" or self.stay_allowed is False

    @property
    def order(self) -> tuple[int, bool, bool, int]:
        """How good the answer is to a traveller of several nationalities; the least is the best."""
        stay, endless = self.max_stay_days, any_length(self.limits)
        return BEST_FIRST.index(self.verdict), not endless, stay is None, -(stay or 0)

    def surely_free(self, *, law_only: bool = False) -> bool:
        """Tell whether the traveller enters without a visa for certain, for the days asked.

        Where the border was closed in practice, even perhaps, nobody does; ``law_only`` does not
        mind that. A stay of which it is not known whether it is allowed is no certain yes.
        """
        stays = self.days_asked is None or self.stay_allowed is True
        free = enters_surely(self.verdict, () if law_only else self.advisories)
        return free and (stays or self.verdict == "citizen")

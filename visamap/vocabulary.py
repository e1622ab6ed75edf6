"""Closed words: every value that a record, an answer or an option may take, each with its border.

A word is added here first, with the line that tells it from its neighbour; models, presenters and
options read it from here. Nothing is computed in this room. It has more than 300 lines because a
word and its neighbours must stand on one page.
"""

from typing import Literal, get_args

Passport = Literal[
    "ordinary",  # the national passport of a private person ("national", "regular")
    "diplomatic",  # issued to diplomats; not every consul holds one
    "service",  # issued for official business; "official" is another name of it
    "special",  # a third official kind of some states (UAE, Kuwait; China: public affairs)
    "id_card",  # a national identity card, where an act accepts it at the border
    "laissez_passer",  # issued by an international organisation to its staff
]
PASSPORTS: tuple[Passport, ...] = get_args(Passport)
PASSPORT_ALIASES: dict[str, Passport] = {"official": "service", "national": "ordinary"}
"""Other names that every door lists beside the kinds."""
_NAMES: tuple[tuple[Passport, str], ...] = (
    ("ordinary", "ordinary national regular private tourist p pp pn passport reisepass паспорт"),
    ("ordinary", "загранпаспорт общегражданский обычный гражданский заграничный национальный"),
    ("ordinary", "жалпыазаматтық қарапайым ұлттық"),
    ("diplomatic", "diplomatic pd diplomatenpass дипломатический дипломатиялық"),
    ("service", "service official ps dienstpass служебный официальный қызметтік ресми"),
    ("special", "special специальный арнайы"),
    ("id_card", "id identity-card personalausweis удостоверение-личности жеке-куәлік"),
    ("laissez_passer", "лессе-пассе"),
)
PASSPORT_NAMES = {name: kind for kind, names in _NAMES for name in names.split()}
"""Other words that are understood, in Kazakh and Russian too; ``arguments.called`` reads them."""

Verdict = Literal[
    "visa_free",  # certain: a general regime of medium or high confidence covers the day
    "visa_required",  # we covered this passport kind on this day and no regime holds
    "citizen",  # a citizen enters on the citizen's own right
    "unknown",  # only possible, doubtful or uncovered; never a soft yes
]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

Reason = Literal[
    "agreement",  # visa_free by an act that binds both sides
    "unilateral",  # visa_free by the destination's own act
    "act_not_identified",  # visa_free by a list or page that shows it; its act was not found
    "citizen",  # the asked state is the destination
    "no_regime",  # visa_required: nothing covers the day, and the day is covered by our work
    "border_residents_only",  # visa_required: the only regime is for residents of a border area
    "suspended",  # visa_required: the regime that would hold is halted on that day
    "document_not_covered",  # stateless and refugee documents, which no act names: visa_required
    "document_unknown",  # another document that no act names: unknown
    "start_uncertain",  # unknown: the regime may have begun by that day
    "end_uncertain",  # unknown: the regime may have ended by that day
    "halt_uncertain",  # unknown: the regime may be halted on that day
    "paper_uncertain",  # unknown: the identity card may not stand in for a passport on that day
    "existence_doubtful",  # unknown: sources contradict each other on whether the regime exists
    "low_confidence",  # unknown: only a weakly sourced regime covers the day
    "approved_not_in_force",  # unknown: approved, and the day of entry into force was not found
    "approval_uncertain",  # unknown: an agreement may have been approved by that day
    "not_covered",  # unknown: this passport kind or this day lies outside what we worked through
    "beyond_horizon",  # unknown: the day of entry lies more than 366 days after the data's release
]

StayReason = Literal[
    Reason,  # the day is not visa-free for certain, for this reason
    "limit_reached",  # a limit of the stay is used up
    "limit_uncertain",  # not known: a limit is used up that only may bind
    "no_limit_known",  # visa-free, and no length of stay is known
    "unlimited",  # visa-free, and the act sets no limit of days
]

VisitReason = Literal[
    "limit_reached",  # not allowed: it is longer than the longest first stay
    "limit_uncertain",  # not known: a limit that may bind is shorter
    "outlasts_rule",  # not allowed: a visa is needed before it ends
    "terms_change",  # not known: other terms, or doubtful ones, hold before it ends
    "no_limit_known",  # not known: no length of stay is
]
"""Why a visa-free visit is no plain yes."""

Basis = Literal[
    "agreement",  # a treaty, protocol or exchange of notes that binds both sides
    "unilateral",  # the destination's own act; the other side owes nothing
]
BASES: tuple[Basis, ...] = get_args(Basis)

Confidence = Literal[
    "high",  # the text of the act or two independent good sources
    "medium",  # one good source, or several that repeat each other
    "low",  # an inference or a weak source; never enough for "visa-free"
]
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
"""From the surest on."""

Scope = Literal[
    "general",  # every holder of the passport
    "border-residents",  # only people registered in a border area; never a general yes
    "conditional",  # only people or journeys that its `needs` describe; never a general yes
]

SourceKind = Literal[
    "law",  # the text of the act, or a legal database's edition of it
    "official",  # a treaty series, gazette or ministry document that is not the act itself
    "government-page",  # a page of a ministry, embassy, police or state body
    "news",  # press, state news agencies included
    "reference",  # law firms, agencies, guides, encyclopedias
    "dataset",  # a table of many pairs, scraped or compiled
]
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)
"""The nearest to the act's own text first."""
TEXTS_OF_ACTS: frozenset[SourceKind] = frozenset({"law", "official"})
"""Kinds of sources in which the words of an act can be read; the others report it."""

InstrumentKind = Literal[
    "agreement",  # a treaty between states or with an organisation
    "protocol",  # changes or adds to an agreement; carries `amends`
    "exchange-of-notes",  # a treaty made by two notes, memoranda included
    "government-decree",  # постановление Правительства
    "presidential-decree",  # указ Президента
    "law",  # passed by Parliament
    "ministerial-order",  # приказ, joint orders included
    "act-not-identified",  # a list or page that shows a rule whose act was not found
]
AGREEMENT_KINDS: frozenset[str] = frozenset({"agreement", "protocol", "exchange-of-notes"})
NOT_IDENTIFIED = "act-not-identified"


BASIS_OF: dict[str, Basis | None] = {
    kind: None
    if kind == NOT_IDENTIFIED
    else "agreement"
    if kind in AGREEMENT_KINDS
    else "unilateral"
    for kind in get_args(InstrumentKind)
}
"""On what ground an act of a kind lets in; ``None``: the act was not identified."""

Way = Literal["air", "rail", "road", "water"]
"""How a traveller arrives."""

EventWord = Literal[
    "draft-published",  # put up for public discussion
    "draft-approved",  # leave to sign; not yet approval of the signed text
    "signed",  # for a decree: adopted
    "approved",  # approval of the signed text, or a law passed on it; `by` says by whom
    "ratified",  # the same by the form of ratification
    "published",  # officially printed; decrees often run from here
    "applied-provisionally",  # carried out before entry into force, by the act's own word
    "in-force",  # entry into force for the destination
    "amended",  # by another act, which has a record of its own where we know it
    "suspended",  # halted, to be resumed
    "resumed",  # in application again after a suspension
    "ended",  # terminated, repealed, replaced or run out; the first day without it
    "announced",  # said by an official, nothing adopted
    "evidence",  # seen working, or seen not working, by a dated source
]

Status = Literal[
    "draft",  # not signed
    "signed",  # signed, not approved by the destination as far as known
    "approved",  # approved or ratified, entry into force not found
    "possibly_in_force",  # the day asked lies inside the bounds of the entry into force
    "in_force",
    "suspended",
    "ended",
]
STATUSES: tuple[Status, ...] = get_args(Status)

AgreementEvent = Literal["signed", "approved", "in-force", "ended", "any"]
AGREEMENT_EVENTS: tuple[AgreementEvent, ...] = get_args(AgreementEvent)

ActsAsked = Literal[
    "agreement",  # what binds both sides: agreements, protocols, exchanges of notes
    "own",  # the destination's own decrees, laws and orders
    "all",
]
ACTS_ASKED: tuple[ActsAsked, ...] = get_args(ActsAsked)

Match = Literal[
    "certain",  # it happened in the time asked
    "possible",  # the bounds of its day allow that time, or it is only inferred
]

Cause = Literal[
    "began",  # a rule began where none held
    "confirmed",  # a rule that may have begun holds for certain from here
    "may_have_begun",  # from here a rule may hold; its first day is known by bounds
    "approved",  # from here an agreement is approved whose entry into force was not found
    "may_be_approved",  # from here it may be; the day of its approval is known by bounds
    "signed",  # from here an agreement is signed of which no more was found
    "replaced",  # the rule ended and another one took its place
    "overtaken",  # the rule goes on, but another one is better from here
    "new_terms",  # the same rule; a domestic act set or lifted a limit
    "ended",  # the rule ended; nothing new took its place
    "may_have_ended",  # from here the rule may be over; its last day is known by bounds
    "suspended",  # an act halted the rule
    "may_be_suspended",  # from here an act may halt the rule: its days are not known, or it is weak
    "suspension_followed",  # another suspension took the place of this one
    "suspension_may_have_ended",  # from here the suspension may be over: its last day is not known
    "suspension_ended",  # the suspension ran out
    "surely_not_suspended",  # a suspension that only may have held is over for certain
    "beside",  # the chosen rule and its terms stay; what else holds beside it changed
    "coverage_began",  # our knowledge changed, not the law
]

Change = Literal[
    "gained",  # visa required before, visa-free after
    "lost",
    "terms",  # visa-free on both days, with other limits
    "ground",  # visa-free on both days with the same limits, under another act
    "possible-gained",  # a step towards visa-free of which one end is "not known"
    "possible-lost",
    "possible-terms",  # what is certain stayed; what is possible beside it changed
]
CHANGES: tuple[Change, ...] = get_args(Change)

UpcomingKind = Literal[
    "enters-into-force",  # an act with a known later day, or later bounds
    "may-be-in-force",  # the day asked lies inside the bounds of the entry into force
    "approved",  # approved by the destination; no entry into force is known
    "signed",  # signed; no approval by the destination is known
    "draft",  # announced or drafted; no signature is known
    "ends",  # an act in force ends on a known later day, or within bounds
    "rule-begins",
    "rule-ends",  # a rule of the day asked ends; the day is the first one without it
    "suspension-begins",
    "suspension-ends",
    "limit-begins",  # a domestic limit for visa-free visitors
    "limit-ends",
    "transit-begins",  # a short stop without a visa on the way to a third country
    "transit-ends",
]

FeedForm = Literal["atom", "ics"]
FEED_FORMS: tuple[FeedForm, ...] = get_args(FeedForm)
FeedWord = Literal[
    "signed",
    "approved",
    "ratified",
    "applied-provisionally",
    "in-force",
    "suspended",
    "resumed",
    "ended",  # of an act: the first day without it
    "rule-begins",  # where no event of its act says so on that day
    "rule-ends",  # the first day without it
    "suspension-begins",
    "suspension-ends",  # the first day without it
]
FEED_WORDS: tuple[FeedWord, ...] = get_args(FeedWord)

Purpose = Literal[
    "tourism",
    "business",  # meetings, contracts, fairs, a company of one's own; no local employer
    "private",  # visits to family and friends
    "official",  # delegations, missions, service travel
    "transit",
    "study",  # school, university, practice, exchange
    "treatment",
    "investment",
    "family",  # reunion with or accompanying of residents
    "work",  # paid work for an employer in the country
    "remote-work",  # paid work for an employer outside the country
    "religious",
    "humanitarian",
    "transport",  # crews and drivers
    "sport-culture",
    "residence",  # permanent residence, repatriation
    "exit",  # leaving the country
]
PURPOSES: tuple[Purpose, ...] = get_args(Purpose)

DisputeAbout = Literal[
    "existence",  # whether the rule exists at all: it never gives a certain yes
    "terms",  # it exists; how long or for whom is told differently
    "dates",  # it exists; since or until when is told differently
]

AdvisoryKind = Literal[
    "border-closed",  # foreigners were in practice not let in
    "entry-permit",  # let in only with a special permission
    "practice-differs",  # anything else that a traveller meets and the law does not say
]

DutyKind = Literal[
    "registration",  # the traveller is entered in the migration police's records
    "host-notice",  # the host tells the migration service of the arrival
    "residence-permit",  # a longer stay needs a permit
    "travel-authorisation",  # an electronic authorisation before the journey
    "passport-validity",  # how long the passport must still be valid
    "vaccination",  # a certificate that the border may ask for
    "device-registration",  # a phone that is brought in is entered in a register
    "border-zone",  # a permit for places near the border
    "health-check",  # a test or a certificate of health, where no vaccination is asked for
    "charge",  # a sum that is paid on entry or for each night
]
ToDoKind = Literal[
    DutyKind,
    "e-visa",  # apply on the portal
    "visa",  # apply at a mission
    "invitation",  # somebody in the country asks for it
    "several-entries",  # an earlier leg uses one entry up: ask for a visa of several
    "another-visa",  # an earlier leg uses the single entry up: ask for a second visa
]
LegReason = Literal[
    Reason,
    StayReason,
    "visa",  # on a visa whose days are enough
    "visa_too_short",  # the electronic visa allows fewer days
    "visa_terms_unknown",  # on a visa of which nothing is known
]
DutyBy = Literal["traveller", "host", "border-service"]
DayKind = Literal["calendar", "working"]

Entries = Literal["single", "multiple"]
StayRule = Literal[
    "per-entry",  # the days count anew with each entry
    "whole-validity",  # the holder may stay as long as the visa is valid
]
Invitation = Literal["required", "not-required"]
WorkAllowed = Literal[
    "none",  # no paid work
    "limited",  # only what `work_note` says
    "allowed",
]
IssuedBy = Literal[
    "mission",  # an embassy or consulate abroad
    "mfa",  # the foreign ministry in the destination
    "mia",  # the interior ministry's migration police in the destination
    "e-visa",  # the electronic portal
]

VisaGroup = Literal[
    "diplomatic",
    "service",
    "investor",
    "business",
    "religious",
    "study",
    "permanent-residence",
    "digital-nomad",
    "private",
    "tourist",
    "transit",
    "exit",  # leaving the country; no right to enter
    "family",
    "work",
    "humanitarian",
    "medical",
    "other",
    "announced",  # named by officials, not in operation
]
GeneralRule = Literal[
    "invitation",  # entry needs an invitation unless an act says otherwise
    "work",  # paid work needs C3 to C6
]
ProcedureAbout = Literal[
    "invitation", "visa-at-mission", "visa-at-border", "fingerprints", "arrival-notice"
]

FeePlace = Literal[
    "missions-abroad",  # consular fee, paid at an embassy or consulate
    "in-country-consular",  # consular fee, paid to the foreign ministry in the destination
    "in-country-duty",  # state duty, paid for what the migration police issue
    "programme",  # charged by a programme that a visa rests on
]
RateFor = Literal[
    "single",  # a single-entry visa that is neither for tourism nor for transit
    "multiple",  # the same, multiple entry, whatever its length
    "multiple-1-year",
    "multiple-2-years",
    "multiple-3-years",
    "multiple-4-years",
    "multiple-5-years",
    "tourist",
    "tourist-single",
    "tourist-multiple",
    "transit",
    "transit-single",
    "transit-multiple",
    "study-single",
    "study-multiple",
    "exit",  # leave to depart, given by the migration police
    "invitation",  # a private or company invitation, for each person
    "visa-support-single",  # an invitation through the foreign ministry
    "visa-support-multiple",
    "visa-note",  # a note to a foreign mission that asks for its own visa
    "residence-petition",  # filed abroad, to settle or to join family
    "residence-permit",
    "return-certificate",  # for citizens without a passport
    "programme-entry",
    "programme-entry-with-spouse",
    "programme-year",
]
Currency = Literal[
    "USD",
    "EUR",
    "GBP",
    "CHF",
    "KZT",
    "MCI",  # monthly calculation indices; a year's value in tenge stands in `fees.mci`
    "percent-of-MCI",
]

ListPurpose = Literal[
    "invitation-exempt",  # no invitation needed for the named visas
    "e-visa",  # may apply for the electronic visa
    "visa-exempt",  # need no visa of the named kind
    "visa-excluded",  # cannot get the named visa
]


Requirement = Literal[
    "visa_free",  # no visa and no authorisation before the journey
    "visa_on_arrival",  # a visa or permit given at the border
    "eta",  # no visa, but an authorisation asked for online before the journey
    "e_visa",  # a visa asked for and given online
    "visa_required",  # a visa from a mission
    "no_admission",  # holders of the passport are not let in
]
REQUIREMENTS: tuple[Requirement, ...] = get_args(Requirement)
AnsweredRequirement = Literal[
    "visa_free",
    "visa_on_arrival",
    "eta",
    "e_visa",
    "visa_required",
    "no_admission",
    "unknown",  # the sources of the day contradict each other, are silent or too weak
]
ANSWERED: tuple[AnsweredRequirement, ...] = get_args(AnsweredRequirement)

OutboundOrder = Literal[
    "name",
    "days",  # the longest stay first
]
OUTBOUND_ORDERS: tuple[OutboundOrder, ...] = get_args(OutboundOrder)

SnapshotWord = Literal[
    "visa_free",
    "visa_on_arrival",
    "eta",
    "e_visa",
    "visa_required",
    "no_admission",
    "covid_ban",  # the dataset's word for a border closed in the pandemic; the rule behind it slept
]
SnapshotHow = Literal[
    "recorded",  # the word of the dataset
    "relabelled",  # another word of the dataset for the same thing
    "inferred",  # the dataset joined two things in one word, and later snapshots tell them apart
    "mapped",  # the dataset's word has no equal; the nearest was taken
]

RuleBasis = Literal[
    "law",  # an act or agreement, or a state's own page about it
    "official-list",  # a list of a ministry or embassy, seen itself or as reported
    "news",  # press, guides, other rankings
]
OutboundBasis = Literal[
    "law",
    "official-list",
    "news",
    "snapshot",  # a dataset of many pairs, seen on a day
]

OutboundReason = Literal[
    "rule",  # a rule of law or of a list covers the day for certain
    "rule_and_snapshot",  # a rule may cover the day, and the snapshots of the day agree with it
    "between_rules",  # one rule may have followed another; both ask the same
    "snapshot",  # only the snapshots speak of the day
    "snapshot_before_or_after",  # a rule may cover the day, and the snapshots say otherwise
    "snapshot_outlived",  # the last snapshot lies before the day
    "barred",  # only the snapshots speak of the day, and they say that the border was closed
    "inbound",  # answered by the rules of the destination, as `check` does
    "snapshots_differ",  # unknown: two neighbouring snapshots differ
    "rules_uncertain",  # unknown: rules may cover the day, and nothing decides
    "nothing_known",  # unknown: no rule, no snapshot
]


Formula = Literal[
    "visa-free",  # destinations open without any visa, and nothing else
    "henley",  # the points of the Henley index: visa-free, on arrival or with an eTA
    "passport-index",  # the same with e-visas issued within three days
    "plain",  # the last one without e-visas
]
FORMULAS: tuple[Formula, ...] = get_args(Formula)
TieRule = Literal[
    "dense",  # equal scores share a rank, the next score takes the next one: 1, 2, 2, 3
    "competition",  # equal scores share a rank, the next one is skipped: 1, 2, 2, 4
    "individual",  # ties are broken, so that no rank is shared
]
VisaFreeCounts = Literal[
    "visa-free",  # destinations open without a visa, and nothing else
    "visa-free-and-eta",  # the same with those that ask for an eTA
    "no-visa-in-advance",  # the same with visas on arrival: no visa before the journey
]
SnapshotBasis = Literal[
    "exact",  # every count of the score stands in the snapshot
    "estimated",  # which e-visas count as fast is estimated
    "binary",  # only "visa" or "no visa" is known
    "stale-copy",  # upstream repeated an earlier snapshot
]

ClaimWhat = Literal[
    "visa-free",  # all nationalities that enter the destination without a visa
    "visa-free-on-paper",  # the same with those whose exemption is halted
    "visa-free-unilateral",  # those on the destination's own list
    "visa-free-unilateral-30-days",  # those on it who may stay at least 30 days in one visit
    "visa-free-agreement",  # those under agreements
    "visa-free-30-days",  # for up to 30 days; whether shorter stays count is not said
    "suspended",  # those whose exemption is halted
    "outbound",  # destinations that a passport enters without a visa
    "outbound-on-arrival",  # the same with visas on arrival
    "outbound-eased",  # any eased entry; the one who counted gives no formula
    "outbound-diplomatic",  # destinations open to diplomatic passports, of which we have no list
    "outbound-service",  # the same for service passports
    "rank",  # the place of a passport in an index
    "mobility-score",  # its score in an index
    "highest-in-central-asia",  # that no other of the five has a higher score; claimed is 1
]
CLAIMS: tuple[ClaimWhat, ...] = get_args(ClaimWhat)
INDEX_CLAIMS: frozenset[str] = frozenset({"rank", "mobility-score", "highest-in-central-asia"})
PASSPORT_CLAIMS: frozenset[str] = INDEX_CLAIMS | {
    "outbound",
    "outbound-on-arrival",
    "outbound-eased",
    "outbound-diplomatic",
    "outbound-service",
}
NO_FORMULA: frozenset[str] = frozenset(
    {"outbound-eased", "outbound-diplomatic", "outbound-service"}
)
CENTRAL_ASIA = ("KAZ", "UZB", "KGZ", "TJK", "TKM")
DESTINATIONS = ("KAZ", "KGZ", "TJK", "TKM", "UZB")
"""The states whose rules of entry are told, in the order in which they answer together."""
"""The five states whose passports are followed abroad."""
Border = Literal["KAZ-KGZ", "KAZ-TKM", "KAZ-UZB", "KGZ-TJK", "KGZ-UZB", "TJK-UZB", "TKM-UZB"]
"""The borders between them; Kazakhstan and Tajikistan, for one, do not touch."""
BORDERS: tuple[Border, ...] = get_args(Border)
OpenTo = Literal[
    "all",  # nationals of third states too
    "citizens",  # of the two states alone
    "unknown",  # open, and to whom else is not known; or nothing is known of the day
    "closed",  # no travellers pass; goods may
]
OPEN_TO: tuple[OpenTo, ...] = get_args(OpenTo)
CrossingKind = Literal["road", "rail", "foot", "train"]
"""A train is one that carries passengers; rail is a crossing of which no more is known."""
Outcome = Literal[
    "reproduced",  # our own data gives the figure
    "within_bounds",  # it lies between what is certain and what is possible in our data
    "contradicted",  # it lies outside
    "not_checkable",  # our data does not reach the day, or the figure says not what it counts
]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
ClaimReason = Literal[
    "same_count",  # the certain count is the figure
    "same_count_for_a_time",  # it is, on some days of the month or year that is meant
    "same_count_agreements_first",  # it is, where partners of agreements are left out
    "between_certain_and_possible",
    "other_count",  # our count is another one on every day that may be meant
    "same_value",  # a rank, score or number of destinations is the same
    "same_dense_rank",  # the rank is, but of the last rank and not of the number of passports
    "between_neighbours",  # between the values of the snapshots and editions around the day
    "other_value",  # outside these
    "score_printed_as_rank",  # outside as a rank, but near the score: one was taken for the other
    "before_our_data",  # the day lies before the first day that our data covers
    "formula_unknown",  # nobody says what was counted
]

"""Closed words about entering other states: what a destination asks, who says so, how."""

from typing import Literal, get_args

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
    "inbound",  # answered by the rules of Kazakhstan, as `check` does
    "snapshots_differ",  # unknown: two neighbouring snapshots differ
    "rules_uncertain",  # unknown: rules may cover the day, and nothing decides
    "nothing_known",  # unknown: no rule, no snapshot
]

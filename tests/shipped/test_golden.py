"""What users are told, by nationality and day, in one file a destination that a reviewer can read.

A change of data or code that changes an answer changes ``answers.txt``, or that of its destination.
After reading the difference and finding it true, write the file anew with ``make golden``.
"""

import os
from pathlib import Path

import pytest

from visamap.domain.verdict import Run
from visamap.registry import load
from visamap.render import phrases
from visamap.store.index import Index

GOLDEN = Path(__file__).with_name("answers.txt")
OTHERS = {home: GOLDEN.with_name(f"answers-{home}.txt") for home in ("KGZ", "TJK", "TKM", "UZB")}
HEADING = """\
# What users are told: each line holds from its first day to the day before the next line.
# Written by `make golden`; a reviewer reads the difference.
"""
ORDINARY = (
    "ALB AND ARE ARG ARM AZE BLR BRA CHN CUB DOM ECU FRA GBN GEO HKG IND IRN KGZ KNA KOR MAC MAR"
    " MDA MDV MNG NIC OMN PAK QAT RUS SMR SRB SYC THA TJK TKM TUR UKR USA UZB VNM XXA"
).split()
OFFICIAL = ("CHE", "CHN", "FRA", "HUN", "KWT", "SGP", "TKM", "TUR", "USA")


def line(index: Index, run: Run) -> tuple[str, ...]:
    judgement = run.judgement
    said = [judgement.verdict, judgement.reason]
    if judgement.chosen:
        chosen = judgement.chosen
        limits = "; ".join(
            phrases.limit(limit) + "?" * (limit in chosen.doubtful) for limit in chosen.limits
        )
        said += [judgement.chosen.regime.id, limits or "stay not known"]
    said += [f"(perhaps {rule.regime.id})" for rule in judgement.possible]
    said += [f"({span.by})" for span in judgement.halted if not judgement.chosen]
    for some in (rule.regime.id for rule, _ in judgement.conditional):
        if index.record("regimes", some)["nationalities"]:  # those for all would fill the file
            said.append(f"(for some {some})")
    return tuple(said)


def story(registry, code: str, passport: str) -> str:
    told, lines = None, [f"{code} {passport}"]
    for run in registry.history(code, passport):
        if line(registry.index, run) != told:
            told = line(registry.index, run)
            start = "          " if run.period.first.year == 1 else run.period.first.isoformat()
            lines.append(f"  {start}  {'  '.join(told)}")
    return "\n".join(lines)


def answers(registry) -> str:
    asked = [
        *((code, "ordinary") for code in ORDINARY),
        ("UNO", "laissez_passer"),
        *((code, kind) for code in OFFICIAL for kind in ("diplomatic", "service")),
    ]
    return HEADING + "\n".join(story(registry, *one) for one in asked) + "\n"


def compared(registry, golden: Path):
    told = answers(registry)
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(told, encoding="utf-8")
    assert told.splitlines() == golden.read_text(encoding="utf-8").splitlines()


def test_users_are_told_what_the_golden_file_says(registry):
    compared(registry, GOLDEN)


@pytest.mark.parametrize("home", OTHERS)
def test_so_are_those_who_ask_about_another_destination(home):
    compared(load().entering(home), OTHERS[home])

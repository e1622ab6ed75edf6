"""What users are told, by nationality and day, in one file that a reviewer can read.

A change of data or code that changes an answer changes ``answers.txt``. After reading the
difference and finding it true, write the file anew with ``make golden``.
"""

import os
from pathlib import Path

from visamap.domain.verdict import Run
from visamap.render import phrases

GOLDEN = Path(__file__).with_name("answers.txt")
HEADING = """\
# What users are told: each line holds from its first day to the day before the next line.
# Written by `make golden`; a reviewer reads the difference.
"""
ORDINARY = (
    "ALB AND ARE ARG ARM AZE BLR BRA CHN CUB DOM ECU FRA GBN GEO HKG IND IRN KGZ KNA KOR MAC MAR"
    " MDA MDV MNG NIC OMN PAK QAT RUS SMR SRB SYC THA TJK TKM TUR UKR USA UZB VNM XXA"
).split()
OFFICIAL = ("CHE", "CHN", "FRA", "HUN", "KWT", "SGP", "TKM", "TUR", "USA")


def line(run: Run) -> tuple[str, ...]:
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
    return tuple(said)


def story(registry, code: str, passport: str) -> str:
    told, lines = None, [f"{code} {passport}"]
    for run in registry.history(code, passport):
        if line(run) != told:
            told = line(run)
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


def test_users_are_told_what_the_golden_file_says(registry):
    told = answers(registry)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(told, encoding="utf-8")
    assert told.splitlines() == GOLDEN.read_text(encoding="utf-8").splitlines()

"""How did the number of visa-free nationalities change from day to day, and by which acts?"""

from collections import Counter
from datetime import date
from itertools import pairwise

from visamap.index import Index
from visamap.queries.causes import cause
from visamap.queries.history import Run, turned_between
from visamap.queries.partners import POSSIBLE, History
from visamap.queries.verdict import Judgement
from visamap.results.growth import Growth, Move, MoveKind, Step
from visamap.results.parts import Act, Between
from visamap.vocabulary import Passport


def growth(index: Index, passport: Passport, since: date, until: date, history: History) -> Growth:
    """Return the steps and moves from ``since`` to ``until``; none, if that is no period."""
    changes: dict[date, Counter[str]] = {since: Counter()}
    moves: dict[tuple[date, Between | None, MoveKind, Act], list[str]] = {}
    for code in index.nationalities:
        past = [run for run in history(code, passport) if (run.period.first or since) <= until]
        changes[since][_counted(past[0])] += 1
        for n, (before, run) in enumerate(pairwise(past), 1):
            on = max(run.period.first or since, since)
            change = changes.setdefault(on, Counter())
            change[_counted(before)] -= 1
            change[_counted(run)] += 1
            moved = _moved(index, before.judgement, run.judgement)
            if moved and on == run.period.first:
                moves.setdefault((on, turned_between(past, n), *moved), []).append(code)
    return Growth(
        passport,
        since,
        until,
        tuple(_steps(changes, until)),
        tuple(
            Move(on, kind, act, tuple(index.country(code) for code in codes), between)
            for (on, between, kind, act), codes in sorted(
                moves.items(), key=lambda move: (move[0][0], move[0][3].id)
            )
        ),
        index.data,
    )


def _counted(run: Run) -> str:
    """Return under which heading a run of days is counted."""
    judged = run.judgement
    if judged.chosen:
        return judged.chosen.regime.act.basis
    return "possible" if judged.reason in POSSIBLE else ""


def _moved(index: Index, before: Judgement, now: Judgement) -> tuple[MoveKind, Act] | None:
    if (before.chosen is None) == (now.chosen is None):
        return None
    why, act = cause(index, before, now)
    if act is None:
        return None
    if now.chosen:
        return "resumed" if why == "suspension_ended" else "gained", act
    return "suspended" if why == "suspended" else "lost", act


def _steps(changes: dict[date, Counter[str]], until: date) -> list[Step]:
    counts: Counter[str] = Counter()
    steps: list[Step] = []
    for on in sorted(changes):
        if on > until:
            break
        counts.update(changes[on])
        step = Step(on, counts["agreement"], counts["unilateral"], counts["possible"])
        if not steps or steps[-1][1:] != step[1:]:
            steps.append(step)
    return steps

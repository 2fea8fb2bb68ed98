"""Experts: hours in the year, and what the contract pays.

Skill, number and availability decide on the candidates and on the columns at which they can lead;
no-overlap stands in `people`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from plsched.scenario.models.people import Expert
from plsched.solver.cash import Cash
from plsched.solver.families.knapsack import cover_rows
from plsched.solver.index.costing import fee_by_hour
from plsched.solver.problem import Column, Piece, Problem
from plsched.solver.rows import Rows, Term
from plsched.solver.variables import Variables


def add_experts(rows: Rows, problem: Problem, variables: Variables, cash: Cash) -> None:
    r"""Minutes presented at most the hours cap; fees and travel at most the contract.

    .. math:: \sum_{a, c} d_{ac} z_{eac} \le H_e, \qquad \sum \text{fees}_e \le C_e
    """
    minutes: dict[str, list[Term]] = defaultdict(list)
    for a in variables.activities():
        for expert, lead in a.lead.items():
            if problem.directory.experts[expert].hours_cap_min is None:
                continue
            minutes[expert] += [
                (v, sum(p.end - p.start for p in a.activity.columns[c].pieces))
                for c, v in lead.items()
            ]
    for expert, terms in minutes.items():
        with rows.rule("experts", expert):
            rows.at_most(terms, problem.directory.experts[expert].hours_cap_min or 0)
    for expert, terms in cash.of_expert.items():
        limit = problem.directory.experts[expert].contract_max_cents
        if limit is not None:
            with rows.rule("experts", expert):
                rows.at_most(terms, limit)
                cover_rows(rows, least_pay(problem, variables, expert), limit)


def least_pay(problem: Problem, variables: Variables, expert: str) -> list[Term]:
    """Give the least that each section, engagement or task adds to an expert's contract."""
    led = [
        (a, [a.activity.columns[c] for c in a.lead[expert]])
        for a in variables.activities()
        if expert in a.lead and a.present == a.bundle.stands
    ]
    facts = problem.directory.experts[expert]
    least: dict[int, int] = defaultdict(int)
    for a, columns in led:
        others = [there for other, there in led if other is not a]
        alone = not any(_could_share_a_day(columns, there) for there in others)
        cents = (_fee(facts, c) + (_by_day(facts, c) if alone else 0) for c in columns)
        least[a.bundle.team[expert]] += min(cents, default=0)
    return list(least.items())


def _could_share_a_day(some: Sequence[Column], others: Sequence[Column]) -> bool:
    """Tell whether there are pieces on one day that do not overlap."""
    on_day: dict[int, list[Piece]] = defaultdict(list)
    for c in others:
        for p in c.pieces:
            on_day[p.day].append(p)
    return any(
        p.end <= q.start or q.end <= p.start
        for c in some
        for p in c.pieces
        for q in on_day.get(p.day, ())
    )


def _fee(expert: Expert, column: Column) -> int:
    """Cents by the hour; educators who lead have a stipend, which is no part of a contract."""
    if expert.rate is None or expert.rate.unit == "day" or expert.educator is not None:
        return 0
    return sum(fee_by_hour(expert.rate, p.end - p.start) for p in column.pieces)


def _by_day(expert: Expert, column: Column) -> int:
    """Cents of an expert's days for a column, if nothing else is on them."""
    if expert.rate is None:
        return 0
    fee = expert.rate.cents if expert.rate.unit == "day" else 0
    travel = expert.rate.travel_cents_per_day if column.venue is not None else 0
    return (fee + travel) * len({p.day for p in column.pieces})

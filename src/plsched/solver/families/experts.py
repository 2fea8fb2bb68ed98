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
from plsched.solver.problem import Column, Problem
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
    sharing = could_share_a_day([columns for _, columns in led])
    least: dict[int, int] = defaultdict(int)
    for number, (a, columns) in enumerate(led):
        alone = number not in sharing
        cents = (_fee(facts, c) + (_by_day(facts, c) if alone else 0) for c in columns)
        least[a.bundle.team[expert]] += min(cents, default=0)
    return list(least.items())


def could_share_a_day(led: Sequence[Sequence[Column]]) -> set[int]:
    """Tell which have a piece on some day that does not overlap one of another, by number.

    On each day the piece of all others that ends first, or the one that starts last, tells.
    """
    spans: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    for number, columns in enumerate(led):
        for p in (p for c in columns for p in c.pieces):
            end, start = spans[p.day].get(number, (p.end, p.start))
            spans[p.day][number] = min(end, p.end), max(start, p.start)
    found: set[int] = set()
    for of_day in spans.values():
        first = sorted(of_day, key=lambda n: of_day[n][0])[:2]
        last = sorted(of_day, key=lambda n: -of_day[n][1])[:2]
        for number, (end, start) in of_day.items():
            others = [of_day[n][0] <= start for n in first if n != number]
            others += [end <= of_day[n][1] for n in last if n != number]
            if any(others):
                found.add(number)
    return found


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

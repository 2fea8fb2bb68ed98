"""Experts: hours in the year, and what the contract pays.

Skill, number and availability decide on the candidates and on the columns at which they can lead;
no-overlap stands in `people`.
"""

from __future__ import annotations

from collections import defaultdict

from plsched.solver.cash import Cash
from plsched.solver.problem import Problem
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

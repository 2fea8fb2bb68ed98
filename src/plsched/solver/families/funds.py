"""Funds: integer flows from classes of cost lines to the funds that may pay them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from plsched.scenario.models.learning import Course
from plsched.scenario.models.money import Cap, Fund
from plsched.solver.cash import Cash
from plsched.solver.problem import CostClass, Problem
from plsched.solver.rows import Rows, Term
from plsched.solver.variables import Variables


@dataclass(slots=True)
class Flows:
    """Cents that flow from each cost class to each fund, and the literals of gates."""

    flow: dict[tuple[int, str], int]
    gate: dict[str, int]


def cap_cents(fund: Fund, cap: Cap) -> int:
    """Cents of a cap."""
    if cap.max_cents is not None:
        return cap.max_cents
    return fund.amount_cents * (cap.max_percent or 0) // 100


def add_funds(rows: Rows, problem: Problem, variables: Variables, cash: Cash) -> Flows:
    r"""Let what a class costs flow to funds that may pay it, within caps and set-asides.

    .. math:: \sum_f \phi_{\kappa f} = \sum_v c_{\kappa v} v, \quad
        \sum_\kappa \phi_{\kappa f} \le A_f, \quad
        \sum_{\kappa \in C} \phi_{\kappa f} \le \text{cap}, \quad
        \sum_{\kappa \notin S} \phi_{\kappa f} \le A_f - S
    """
    flows = Flows({}, {})
    for index, terms in cash.of_class.items():
        cost_class = problem.purses.classes[index]
        flow: list[Term] = []
        for fund in problem.directory.scenario.funds:
            if fund.id not in (*cost_class.funds, *cost_class.gated):
                continue
            var = rows.integer(0, fund.amount_cents)
            flows.flow[index, fund.id] = var
            flow.append((var, -1))
            if fund.id in cost_class.gated:
                gate = _gate(rows, problem, variables, cost_class, flows)
                with rows.rule("funds", fund.id, shared=True):
                    rows.linear([(var, 1), (gate, -fund.amount_cents)], None, 0)
        with rows.rule("funds", _who_pays(cost_class), shared=True):
            rows.linear([*terms, *flow], 0, 0)
    _fund_rows(rows, problem, flows)
    return flows


def _who_pays(cost_class: CostClass) -> str:
    return "+".join(sorted((*cost_class.funds, *cost_class.gated))) or "no fund"


def _gate(
    rows: Rows, problem: Problem, variables: Variables, cost_class: CostClass, flows: Flows
) -> int:
    """Add a literal that may hold only if a follow-up of the course stands for its audience."""
    course = problem.directory.items[cost_class.gate or ""]
    if course.id not in flows.gate:
        gate = flows.gate[course.id] = rows.literal()
        rows.implies(
            gate, follow_ups(problem, variables, course) if isinstance(course, Course) else []
        )
    return flows.gate[course.id]


def follow_ups(problem: Problem, variables: Variables, course: Course) -> list[int]:
    """Literals of whatever follows a course up for somebody of its audience."""
    audience = set(problem.purses.audience(course))
    found: list[int] = []
    for source in course.follow_up:
        for b in variables.by_source.get(source, []):
            found += (
                [
                    g
                    for g, unit in zip(b.chosen, b.bundle.units, strict=False)
                    if audience & set(unit.members)
                ]
                if not b.bundle.fixed
                else ([b.stands] if audience & set(b.bundle.units[0].members) else [])
            )
        found += [
            c.present
            for c in variables.cycles
            if c.cycle.item.id == source and audience & set(c.cycle.members)
        ]
        found += [
            x
            for r in variables.rounds
            if r.round.item.id == source
            for c, x in enumerate(r.x)
            if audience & {*r.round.observers[c], *r.round.hosts[c]}
        ]
    return found


def _fund_rows(rows: Rows, problem: Problem, flows: Flows) -> None:
    by_fund: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for (index, fund_id), var in flows.flow.items():
        by_fund[fund_id].append((index, var))
    classes = problem.purses.classes
    for fund in problem.directory.scenario.funds:
        mine = by_fund[fund.id]
        with rows.rule("funds", fund.id, shared=True):
            rows.at_most([(v, 1) for _, v in mine], fund.amount_cents)
            for cap in fund.caps:
                inside = [(v, 1) for k, v in mine if (fund.id, cap.id) in classes[k].caps]
                rows.at_most(inside, cap_cents(fund, cap))
            for aside in fund.set_asides:
                outside = [(v, 1) for k, v in mine if (fund.id, aside.id) in classes[k].asides]
                rows.at_most(outside, fund.amount_cents - aside.cents)

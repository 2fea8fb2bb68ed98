"""Who pays each line, to the cent: flows from classes to funds, then lines cut along them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from ortools.sat.python import cp_model

from plsched.errors import SolverCrashed
from plsched.plan.models import CostLine
from plsched.scenario.models.money import Fund
from plsched.solver.decode.lines import Classed
from plsched.solver.families.funds import cap_cents
from plsched.solver.problem import Problem
from plsched.solver.proto import whole_model
from plsched.solver.rows import Rows, Term
from plsched.solver.settings import quiet_solver


class Funding:
    """Shares of each cost class by fund, used up line by line."""

    def __init__(self, problem: Problem, lines: Iterable[Classed], gates: frozenset[str]) -> None:
        """Decide the shares; ``gates`` are the workshops whose follow-up stands."""
        total: dict[int, int] = defaultdict(int)
        for entry in lines:
            total[entry.cost_class] += entry.line.cash_cents
        self._left = _shares(problem, dict(total), gates)

    def pay(self, entry: Classed) -> list[CostLine]:
        """Cut a line into the parts that each fund pays."""
        owed = entry.line.cash_cents
        found = []
        for fund, cents in self._left.get(entry.cost_class, {}).items():
            part = min(owed, cents)
            if part:
                self._left[entry.cost_class][fund] -= part
                owed -= part
                found.append(
                    entry.line.model_copy(
                        update={"cash_cents": part, "economic_cents": part, "fund": fund}
                    )
                )
        if owed:
            raise SolverCrashed(f"no fund pays {owed} cents of {entry.line}")
        return found


def _shares(
    problem: Problem, total: dict[int, int], gates: frozenset[str]
) -> dict[int, dict[str, int]]:
    """Flows within all fund rules, those of a lower priority number first."""
    rows = Rows()
    flow: dict[tuple[int, str], int] = {}
    price: list[Term] = []
    funds = problem.directory.scenario.funds
    for index, cents in total.items():
        cost_class = problem.purses.classes[index]
        able = set(cost_class.funds)
        if cost_class.gate in gates:
            able |= set(cost_class.gated)
        for fund in funds:
            if fund.id in able:
                flow[index, fund.id] = rows.integer(0, cents)
                price.append((flow[index, fund.id], fund.priority))
        rows.linear([(v, 1) for (k, _), v in flow.items() if k == index], cents, cents)
    for fund in funds:
        _within(rows, problem, fund, flow)
    rows.minimise(price)
    solver = quiet_solver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 20.0
    if solver.solve(whole_model(rows)) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise SolverCrashed("the funds cannot pay for what was chosen")
    values = solver.response_proto.solution
    shares: dict[int, dict[str, int]] = {}
    for (index, fund_id), v in flow.items():
        if values[v]:
            shares.setdefault(index, {})[fund_id] = values[v]
    return shares


def _within(rows: Rows, problem: Problem, fund: Fund, flow: Mapping[tuple[int, str], int]) -> None:
    """Keep a fund to its amount, its caps and its set-asides."""
    mine = [(k, v) for (k, f), v in flow.items() if f == fund.id]
    rows.at_most([(v, 1) for _, v in mine], fund.amount_cents)
    for cap in fund.caps:
        inside = [(v, 1) for k, v in mine if (fund.id, cap.id) in problem.purses.classes[k].caps]
        rows.at_most(inside, cap_cents(fund, cap))
    for aside in fund.set_asides:
        outside = [
            (v, 1) for k, v in mine if (fund.id, aside.id) in problem.purses.classes[k].asides
        ]
        rows.at_most(outside, fund.amount_cents - aside.cents)

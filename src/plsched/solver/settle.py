"""Makes the helper variables of an unproven solution as small as its decisions allow.

A search that is stopped may leave a penalty or a hire larger than it need be; the plan would then
be better than its tiers say.
"""

from __future__ import annotations

from ortools.sat.python import cp_model

from plsched.solver.model import Model
from plsched.solver.search import Effort, Found, TierBound, configure


def settle(model: Model, found: Found, effort: Effort) -> None:
    """Fix every decision, then make all tiers as good as they can be.

    With the decisions fixed no helper variable serves two tiers, so one sum serves them all.
    """
    if all(t.bound == t.value for t in found.tiers):
        return
    frozen = model.rows.snapshot()
    for literal in decisions(model):
        model.rows.linear([(literal, 1)], found.values[literal], found.values[literal])
    model.rows.minimise(
        [
            (v, c if tier.objective.sense == "min" else -c)
            for tier in found.tiers
            for v, c in tier.objective.terms
        ]
    )
    model.rows.hint(found.values)
    solver = cp_model.CpSolver()
    configure(solver, effort, _LIMIT_S, model.rows.size())
    if solver.solve(model.rows.model) == cp_model.OPTIMAL:
        found.values = list(solver.response_proto.solution)
        found.tiers = [
            TierBound(t.objective, t.objective.value(found.values), t.bound) for t in found.tiers
        ]
    model.rows.restore(frozen)


def decisions(model: Model) -> list[int]:
    """Literals that say what stands, when, where and with whom."""
    chosen: dict[int, None] = {}
    for a in model.variables.activities():
        chosen.update(dict.fromkeys(a.x))
        for part in a.part:
            chosen.update(dict.fromkeys(part.values()))
        for room in a.room:
            chosen.update(dict.fromkeys(room.values()))
        for lead in a.lead.values():
            chosen.update(dict.fromkeys(lead.values()))
    for r in model.variables.rounds:
        chosen.update(dict.fromkeys(r.x))
        for room in r.room:
            chosen.update(dict.fromkeys(room.values()))
    for c in model.variables.cycles:
        chosen.update(dict.fromkeys(c.x))
    return list(chosen)


_LIMIT_S = 10.0

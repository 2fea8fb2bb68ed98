"""Why there is no plan: a minimal set of rules that cannot hold together.

Rules are left out, family by family and then id by id, as long as the rest still has no plan; what
remains is minimal, and is confirmed by a solve of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from ortools.sat.python import cp_model

from plsched.families import TITLES, Family
from plsched.plan.models import Conflict
from plsched.solver.effort import Effort
from plsched.solver.model import Model, build_model
from plsched.solver.problem import Problem
from plsched.solver.proto import whole_model
from plsched.solver.rows import Tag
from plsched.solver.settings import quiet_solver


def confirm_infeasible(model: Model, effort: Effort) -> bool:
    """Solve again without presolve and with another search; tell whether it agrees."""
    solver = quiet_solver()
    solver.parameters.cp_model_presolve = False
    solver.parameters.linearization_level = 0
    solver.parameters.num_workers = effort.workers
    solver.parameters.random_seed = effort.seed + 1
    solver.parameters.max_time_in_seconds = effort.time_limit_s
    model.rows.minimise([])
    return bool(solver.solve(whole_model(model.rows)) == cp_model.INFEASIBLE)


def find_conflict(
    problem: Problem, model: Model, effort: Effort, say: Callable[[str], None]
) -> list[Conflict]:
    """Shrink the rules to a minimal set without a plan; ``say`` is told of each solve."""
    needed = list(model.rows.tags)
    everything = frozenset(needed)

    def clash(rules: list[Tag]) -> bool:
        say(f"which rules clash: trying {len(rules)} of {len(everything)}")
        return _infeasible(problem, everything - frozenset(rules), effort)

    by_family: dict[Family, list[Tag]] = defaultdict(list)
    for tag in needed:
        by_family[tag[0]].append(tag)
    for tags in by_family.values():
        rest = [t for t in needed if t not in set(tags)]
        if clash(rest):
            needed = rest
    needed = _shrink(needed, clash)
    if not clash(needed):
        return []
    found: dict[Family, list[str]] = defaultdict(list)
    for family, ident in needed:
        found[family].append(ident)
    return [
        Conflict(family=family, ids=tuple(ids), text=_text(family, ids))
        for family, ids in found.items()
    ]


def _shrink(needed: list[Tag], clash: Callable[[list[Tag]], bool]) -> list[Tag]:
    """Drop halves, then quarters, ... then single rules, while there is still no plan."""
    size = max(1, len(needed) // 2)
    while True:
        start = 0
        while start < len(needed):
            rest = needed[:start] + needed[start + size :]
            if clash(rest):
                needed = rest
            else:
                start += size
        if size == 1:
            return needed
        size //= 2


def _infeasible(problem: Problem, without: Iterable[Tag], effort: Effort) -> bool:
    solver = quiet_solver()
    solver.parameters.num_workers = effort.workers
    solver.parameters.random_seed = effort.seed
    solver.parameters.max_time_in_seconds = min(10.0, effort.time_limit_s)
    rows = build_model(problem, frozenset(without), workers=effort.workers).rows
    return bool(solver.solve(whole_model(rows)) == cp_model.INFEASIBLE)


def _text(family: Family, ids: list[str]) -> str:
    return f"{TITLES[family]}: {', '.join(ids)}"

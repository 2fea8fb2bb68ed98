"""Settings of CP-SAT that measured well on this problem (docs/decisions/solver-settings.md)."""

from __future__ import annotations

import math
from dataclasses import replace

from ortools.sat.python import cp_model

from plsched.solver.effort import Effort


def quiet_solver() -> cp_model.CpSolver:
    """Give a solver that leaves Ctrl+C alone.

    Its own handler ends only one of several solves, and the default one is put back after it.
    """
    solver = cp_model.CpSolver()
    solver.parameters.catch_sigint_signal = False
    return solver


def whole_solver(effort: Effort, limit_s: float, rows: int) -> cp_model.CpSolver:
    """Give a solver for a large part of a plan, on all threads.

    Few workers leave implications of two literals out of the linear relaxation; up to some size it
    pays to put them in.
    """
    solver = quiet_solver()
    if rows <= _WHOLE_RELAXATION_ROWS and effort.workers > 1:
        solver.parameters.subsolvers.append("max_lp")
    if effort.steps:
        solver.parameters.max_deterministic_time = limit_s
    else:
        solver.parameters.max_time_in_seconds = limit_s
    solver.parameters.num_workers = effort.workers
    solver.parameters.random_seed = effort.seed
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    solver.parameters.linearization_level = 2
    return solver


def bounding_solver(effort: Effort, limit_s: float) -> cp_model.CpSolver:
    """Give a solver that proves a bound on one thread, best nodes first."""
    solver = whole_solver(replace(effort, workers=1), limit_s, 0)
    solver.parameters.subsolvers.append("lb_tree_search")
    solver.parameters.use_lns = False
    solver.parameters.use_rins_lns = False
    solver.parameters.use_feasibility_pump = False
    solver.parameters.num_violation_ls = 0
    return solver


def step_solver(
    seed: int, workers: int, deterministic_s: float, limit_s: float = math.inf
) -> cp_model.CpSolver:
    """Give a solver for a neighbourhood, or for some plan."""
    solver = quiet_solver()
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = deterministic_s
    solver.parameters.max_time_in_seconds = max(0.0, min(_GUARD_S * (1 + deterministic_s), limit_s))
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.symmetry_level = 0
    solver.parameters.linearization_level = 2
    return solver


def wide_solver(
    seed: int, deterministic_s: float, limit_s: float = math.inf, *, steps: bool = False
) -> cp_model.CpSolver:
    """Give a solver for a neighbourhood that is too large to be solved to its end.

    It looks at neighbourhoods of its own in there, hundreds a second; on one thread, since with
    several CP-SAT aborts where little is left to be decided (a failed check in OR-Tools 9.15).
    Where none of those changes anything its deterministic time stands still, and only the wall ends
    it: soon, unless ``steps`` are counted.
    """
    solver = step_solver(seed, 1, deterministic_s)
    guard_s = (_STEPS_GUARD_S if steps else _WIDE_GUARD_S) * (1 + deterministic_s)
    solver.parameters.max_time_in_seconds = max(0.0, min(guard_s, limit_s))
    solver.parameters.use_lns_only = True
    solver.parameters.interleave_search = True
    return solver


_WHOLE_RELAXATION_ROWS = 50_000
_GUARD_S, _WIDE_GUARD_S, _STEPS_GUARD_S = 5.0, 3.0, 60.0
"""Seconds for any solve, and for each deterministic one, which can be long on a busy machine; of a
wide one it is two seconds or three even on an idle one."""

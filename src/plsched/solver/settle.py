"""Makes the helper variables of an unproven solution as small as its decisions allow.

A search that is stopped may leave a penalty or a hire larger than it need be; the plan would then
be better than its tiers say.
"""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from plsched.solver.helpers import Helpers
from plsched.solver.incumbent import Incumbent, sign
from plsched.solver.matrix import Matrix, Numbers, Point
from plsched.solver.model import Model
from plsched.solver.proto import write_model
from plsched.solver.settings import step_solver


def settle(model: Model, matrix: Matrix, incumbent: Incumbent, seed: int) -> None:
    """Keep every decision and who visits when, and make all tiers as good as they can be.

    Then no helper serves two tiers, so one sum serves them all. Where there are very many, and
    every row holds, only those that could be less by themselves are freed, with what stands in their
    rows.
    """
    counts = [v for r in model.variables.rounds for v in (*r.observe.values(), *r.host.values())]
    free = np.setdiff1d(Helpers(model, matrix).everything, np.array(counts, dtype=np.int64))
    if len(free) > _MANY and incumbent.whole:
        around = matrix.variables_of(matrix.rows_of(_loose(matrix, incumbent.at, free)))
        free = np.intersect1d(around, free)
    piece = matrix.slice(free, incumbent.at, wishes=True)
    total = np.zeros(len(free), dtype=np.int64)
    for tier, weights in zip(model.tiers, incumbent.weights, strict=True):
        total += sign(tier) * weights[free]
    place = np.flatnonzero(total)
    terms = list(zip(place.tolist(), total[place].tolist(), strict=True))
    hints = list(enumerate(incumbent.values[free].tolist()))
    solver = step_solver(seed, 1, _EFFORT)
    status = solver.solve(write_model(piece.domains, piece.rows, terms, hints))
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        incumbent.offer(free, np.array(list(solver.response_proto.solution), dtype=np.int64))


def _loose(matrix: Matrix, at: Point, free: Numbers) -> Numbers:
    """Variables that could be one less, every row and all else as it is."""
    entries = matrix.entries_of(free)
    rows, columns = matrix.row_of[entries], matrix.columns[entries]
    less = at.sums[rows] - matrix.coefficients[entries]
    held = columns[(less < matrix.least[rows]) | (less > matrix.most[rows])]
    return np.setdiff1d(free[at.values[free] > matrix.low[free]], held)


_MANY = 50_000
"""Helpers beyond which it would take ten seconds, and find nothing, to free all of them."""
_EFFORT = 1.0
"""Deterministic seconds; what is left to decide falls apart into small pieces."""

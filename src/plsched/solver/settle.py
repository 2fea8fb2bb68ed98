"""Makes the helper variables of an unproven solution as small as its decisions allow.

A search that is stopped may leave a penalty or a hire larger than it need be; the plan would then
be better than its tiers say.
"""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from plsched.solver.helpers import Helpers
from plsched.solver.incumbent import Incumbent, sign
from plsched.solver.matrix import Matrix
from plsched.solver.model import Model
from plsched.solver.proto import write_model
from plsched.solver.settings import step_solver


def settle(model: Model, matrix: Matrix, incumbent: Incumbent, seed: int) -> None:
    """Keep every decision and who visits when, and make all tiers as good as they can be.

    Then no helper serves two tiers, so one sum serves them all.
    """
    counts = [v for r in model.variables.rounds for v in (*r.observe.values(), *r.host.values())]
    free = np.setdiff1d(Helpers(model, matrix).everything, np.array(counts, dtype=np.int64))
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


_EFFORT = 1.0
"""Deterministic seconds; what is left to decide falls apart into small pieces."""

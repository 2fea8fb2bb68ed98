"""Makes the helper variables of an unproven solution as small as its decisions allow.

A search that is stopped may leave a penalty or a hire larger than it need be; the plan would then
be better than its tiers say.
"""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model

from plsched.solver.effort import Effort
from plsched.solver.helpers import Helpers
from plsched.solver.incumbent import Incumbent, sign
from plsched.solver.matrix import Matrix
from plsched.solver.model import Model
from plsched.solver.proto import write_model


def settle(model: Model, matrix: Matrix, incumbent: Incumbent, effort: Effort) -> None:
    """Keep every decision, then make all tiers as good as they can be, one after the other."""
    free = Helpers(model, matrix).everything
    for index, tier in enumerate(model.tiers):
        local = sign(tier) * incumbent.weights[index][free]
        place = np.flatnonzero(local)
        if not len(place):
            continue
        piece = matrix.slice(free, incumbent.values, wishes=True)
        rows = [*piece.rows, *incumbent.kept(free, incumbent.values, index)]
        terms = list(zip(place.tolist(), local[place].tolist(), strict=True))
        hints = list(enumerate(incumbent.values[free].tolist()))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = effort.workers
        solver.parameters.random_seed = effort.seed
        solver.parameters.max_time_in_seconds = _LIMIT_S
        status = solver.solve(write_model(piece.domains, rows, terms, hints))
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            found = np.array(list(solver.response_proto.solution), dtype=np.int64)
            incumbent.offer(free, found)


_LIMIT_S = 10.0

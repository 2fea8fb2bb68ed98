"""Which helper variables a neighbourhood needs: hires, flows, penalties that hang on what is free.

Decisions say what stands, when, where and with whom; all other variables are helpers.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from plsched.solver.matrix import Flags, Matrix, Numbers
from plsched.solver.model import Model


class Helpers:
    """Finds the helpers of decisions.

    Parameters
    ----------
    model
        A built model.
    matrix
        Its rows.
    """

    def __init__(self, model: Model, matrix: Matrix) -> None:
        self._matrix = matrix
        self._is_helper: Flags = np.ones(matrix.count, dtype=np.bool_)
        for own in decisions(model):
            self._is_helper[own.start : own.stop] = False
        money = [*model.flows.flow.values(), *model.flows.gate.values()]
        self._money: Numbers = np.array(money, dtype=np.int64)

    @property
    def everything(self) -> Numbers:
        """All helpers."""
        return np.flatnonzero(self._is_helper)

    def among(self, variables: Numbers) -> Flags:
        """Tell which of some variables are helpers."""
        return self._is_helper[variables]

    def with_helpers(self, free: Numbers) -> Numbers:
        """Decisions with the helpers that hang on them, directly or through other helpers.

        Rows over what the district shares lead no further: they would lead everywhere. The flows
        of money are always free.
        """
        inside: Flags = np.zeros(self._matrix.count, dtype=np.bool_)
        inside[free] = True
        frontier = free
        while len(frontier):
            rows = self._matrix.rows_of(frontier)
            rows = rows[~self._matrix.shared[rows]]
            near = self._matrix.variables_of(rows)
            frontier = near[self._is_helper[near] & ~inside[near]]
            inside[frontier] = True
        inside[self._money] = True
        return np.flatnonzero(inside)


def decisions(model: Model) -> Iterable[range]:
    """Ranges of the variables that are decisions."""
    for b in model.variables.bundles:
        yield b.own
    for r in model.variables.rounds:
        yield r.own
    for c in model.variables.cycles:
        yield c.own

"""Plans a large district: on a sample of its columns, then on others around what was found."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from plsched.solver.again import carried_over
from plsched.solver.around import around
from plsched.solver.clock import Clock
from plsched.solver.effort import Effort
from plsched.solver.found import Found, take_over
from plsched.solver.incumbent import sign, tighter
from plsched.solver.matrix import Numbers
from plsched.solver.model import Model
from plsched.solver.problem import Problem
from plsched.solver.sample import sample
from plsched.solver.search import Share

Searched = Callable[[Model, float, Numbers | None, Callable[[], Share]], Found]
"""Searches a model until a second, from a plan or from nothing, for a share of the time."""


class Rounds:
    """One round after another, as long as there is time for it; tiers after reach in the last one.

    Parameters
    ----------
    problem
        The problem with all its columns.
    effort, clock
        Of the solve.
    build, search
        Build a model of some columns, and search it.
    """

    def __init__(
        self,
        problem: Problem,
        effort: Effort,
        clock: Clock,
        build: Callable[[Problem], Model],
        search: Searched,
    ) -> None:
        self._problem = problem
        self._effort = effort
        self._clock = clock
        self._build = build
        self._search = search
        self._ready_s = 0.0
        """Second at which the first model was built."""
        self._pace_s = 0.0
        """Seconds that a column of the last model took."""
        self._stalled = False
        """Whether the last round brought nothing."""
        self._last = False
        """Whether all tiers were looked at."""

    def run(self) -> tuple[Model, Found]:
        """Give the last model, and the plan in it."""
        model = self._built(sample(self._problem, self._effort.seed))
        self._ready_s = self._clock.now()
        found = self._searched(model, None)
        number = 0
        while self._goes_on(found):
            number += 1
            model, found = self._again(model, found, number)
        return model, found

    def _goes_on(self, found: Found) -> bool:
        ended = self._last or found.cancelled or not found.values
        return not ended and self._left() > self._ready_s

    def _again(self, model: Model, found: Found, number: int) -> tuple[Model, Found]:
        """Look at other columns around a plan; again at the same where that does not do."""
        values = np.array(found.values, dtype=np.int64)
        seed = self._effort.seed + number
        few = around(self._problem, model, values, _OPEN, _BESIDE, seed)
        if few.columns() * self._pace_s < self._left() / 2:
            other = self._built(few)
            better = self._searched(other, carried_over(model, values, other))
            if better.values and _signed(better) <= _signed(found):
                self._stalled = _signed(better) == _signed(found)
                _keep_bounds(found, better)
                return other, better
        self._stalled = True
        same = self._searched(model, values)
        _keep_bounds(found, same)
        return model, same

    def _built(self, few: Problem) -> Model:
        began = self._clock.now()
        model = self._build(few)
        self._clock.count(_STEP_OF_TERM * len(model.rows.columns))
        self._pace_s = (self._clock.now() - began) / max(1, few.columns())
        return model

    def _searched(self, model: Model, start: Numbers | None) -> Found:
        return self._search(model, self._clock.now() + self._left(), start, self._share)

    def _share(self) -> Share:
        """Give a round some of the time that is left; the last one all of it, for all tiers."""
        left = self._left()
        self._last = self._stalled or left < _LAST_ROUND * self._ready_s
        if self._last:
            return self._clock.now() + left, None
        share = min(left / 2, _ROUND * self._ready_s)
        return self._clock.now() + share, "reach"

    def _left(self) -> float:
        """Seconds until the last round ends; a short solve keeps none to complete the plan."""
        limit = self._effort.time_limit_s
        long = limit >= _LONG * self._ready_s
        after_s = self._ready_s * (_AFTER + _COMPLETED if long else _AFTER)
        return max(limit / 2, limit - after_s) - self._clock.now()


def _signed(found: Found) -> list[int]:
    """Give what the tiers reach, the better the smaller."""
    return [sign(t.objective) * t.value for t in found.tiers]


def _keep_bounds(before: Found, after: Found) -> None:
    """Give a plan the bounds that were proven in an earlier round, as far as they hold."""
    take_over(before.tiers, [t.value for t in after.tiers])
    for then, now in zip(before.tiers, after.tiers, strict=True):
        now.bound = tighter(now.objective, now.bound, then.bound)


_STEP_OF_TERM = 5e-6
"""What it counts to build a model, for each term of its rows."""
_OPEN, _BESIDE = 24, 2
"""Columns to look at of what is left out, and besides that of what stands."""
_ROUND, _LAST_ROUND = 1.5, 3.0
"""Seconds of a round, and those left that are the last one's, as multiples of those to the first model."""
_COMPLETED, _AFTER = 1.0, 1.0
"""What comes after the last round, as multiples of the seconds to the first model: to complete the
plan; to say why things are left out, and to judge it.
"""
_LONG = 8.0
"""A limit from which a plan is completed, as such a multiple: sooner it is better to place more."""

"""Completes a plan that was made on a sample of columns: what is left out is tried on all of them.

Only then can it be said why something is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from plsched.solver.again import carried_over
from plsched.solver.clock import Clock
from plsched.solver.effort import Effort
from plsched.solver.improve import Improver
from plsched.solver.incumbent import Incumbent
from plsched.solver.matrix import Matrix, Numbers
from plsched.solver.model import Model, build_model
from plsched.solver.neighbourhoods import Neighbourhoods
from plsched.solver.problem import Problem
from plsched.solver.progress import Progress
from plsched.solver.settle import settle
from plsched.solver.step import Steps


@dataclass(frozen=True, slots=True)
class Completed:
    """A plan in a model that has every column of what is left out, and what its tiers reach."""

    model: Model
    values: list[int]
    reached: tuple[int, ...]


def completed(
    wide: Problem,
    model: Model,
    values: Numbers,
    effort: Effort,
    report: Callable[[Progress], None],
    clock: Clock,
    over: Callable[[], bool],
) -> Completed | None:
    """Place what else fits at any time beside all that stands.

    Parameters
    ----------
    wide
        The problem with every column of what is left out, and that of what stands.
    model, values
        The plan.
    effort, report, clock
        Of the solve.
    over
        Whether its time is.

    Returns
    -------
    Completed | None
        Nothing if the plan could not be carried over in its time.
    """
    wider = build_model(wide, workers=effort.workers)
    matrix = Matrix(wider.rows)
    incumbent = Incumbent(matrix, wider.tiers)
    carried = carried_over(model, values, wider)
    incumbent.offer(matrix.every, carried)
    settle(wider, matrix, incumbent, effort.seed)
    if not incumbent.whole:
        return None
    steps = Steps(wider, matrix, incumbent, report, clock)
    Improver(steps, Neighbourhoods(steps.parts, effort.seed), effort).fill(over)
    settle(wider, matrix, incumbent, effort.seed)
    return Completed(wider, incumbent.values.tolist(), incumbent.reached)

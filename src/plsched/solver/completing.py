"""Completes a plan that was made on a sample of columns: what is left out is tried on all of them.

Only then can it be said why something is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
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
from plsched.solver.sample import some_columns
from plsched.solver.settle import settle
from plsched.solver.step import Steps
from plsched.solver.variables import BundleVars


@dataclass(frozen=True, slots=True)
class Completed:
    """A plan in a model that has every column of what is left out, and what its tiers reach."""

    model: Model
    values: list[int]
    reached: tuple[int, ...]


def completed(
    problem: Problem,
    model: Model,
    values: Numbers,
    effort: Effort,
    report: Callable[[Progress], None],
    clock: Clock,
    over: Callable[[], bool],
) -> Completed | None:
    """Place what else fits at any time beside all that stands.

    Returns
    -------
    Completed | None
        Nothing if the plan could not be carried over in its time.
    """
    wider = build_model(_left_open(problem, model, values), workers=effort.workers)
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


def _left_open(problem: Problem, model: Model, values: Numbers) -> Problem:
    """Give what stands its column, and what is left out all of them."""
    missing = {t.id for t in model.things if not any(values[v] for v in t.literals)}
    sources = {t.item.id for t in model.things if t.id in missing}
    variables = model.variables
    return some_columns(
        problem,
        list(_bundles(problem, variables.bundles, sources, values)),
        [
            _held(made.x, made.round.columns, whole.columns, values, whole.id in missing)
            for whole, made in zip(problem.rounds, variables.rounds, strict=True)
        ],
        [
            _held(made.x, made.cycle.columns, whole.columns, values, whole.id in missing)
            for whole, made in zip(problem.cycles, variables.cycles, strict=True)
        ],
    )


def _bundles(
    problem: Problem, variables: Sequence[BundleVars], sources: set[str], values: Numbers
) -> Iterator[list[Iterable[int]]]:
    """Of a course that is left out in part, the first section that does not stand is open."""
    opened: set[str] = set()
    for whole, made in zip(problem.bundles, variables, strict=True):
        source = whole.item.id
        missing = source in sources
        if not whole.fixed:
            missing = missing and source not in opened and not values[made.stands]
            opened.update([source] if missing else [])
        yield [
            _held(a.x, a.activity.columns, activity.columns, values, missing)
            for activity, a in zip(whole.activities, made.activities, strict=True)
        ]


def _held(
    literals: Sequence[int],
    few: Sequence[object],
    columns: Sequence[object],
    values: Numbers,
    missing: bool,
) -> Iterable[int]:
    """Give the number of the column that is held; all of them for what is left out."""
    place = next((i for i, v in enumerate(literals) if values[v]), None)
    if place is None:
        return range(len(columns)) if missing else range(min(1, len(columns)))
    return [next(i for i, c in enumerate(columns) if c is few[place])]

"""A problem with few of its columns, around a plan: that of what stands, many of what is left out."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence

from plsched.solver.matrix import Numbers
from plsched.solver.model import Model
from plsched.solver.problem import Problem
from plsched.solver.sample import some_columns, spread
from plsched.solver.variables import BundleVars


def around(
    problem: Problem,
    model: Model,
    values: Numbers,
    most: int | None = None,
    beside: int = 0,
    seed: int = 0,
) -> Problem:
    """Give what stands its column, and some drawn beside it; what is left out has many.

    Parameters
    ----------
    problem
        The problem with all its columns.
    model, values
        A model of some of them, and a plan in it.
    most
        Most columns of what is left out; all without it.
    beside
        Columns to draw beside that of what stands.
    seed
        Draws them.
    """
    return _Around(problem, model, values, most, beside, seed).drawn()


class _Around:
    def __init__(
        self,
        problem: Problem,
        model: Model,
        values: Numbers,
        most: int | None,
        beside: int,
        seed: int,
    ) -> None:
        self._problem = problem
        self._variables = model.variables
        self._values = values
        self._most = most
        self._beside = beside
        self._random = random.Random(seed)  # noqa: S311 - a search, not a secret
        self._missing = {t.id for t in model.things if not any(values[v] for v in t.literals)}
        self._sources = {t.item.id for t in model.things if t.id in self._missing}

    def drawn(self) -> Problem:
        """Draw in the order of the problem."""
        problem, variables = self._problem, self._variables
        return some_columns(
            problem,
            list(self._bundles(problem, variables.bundles)),
            [
                self._held(made.x, made.round.columns, whole.columns, whole.id in self._missing)
                for whole, made in zip(problem.rounds, variables.rounds, strict=True)
            ],
            [
                self._held(made.x, made.cycle.columns, whole.columns, whole.id in self._missing)
                for whole, made in zip(problem.cycles, variables.cycles, strict=True)
            ],
        )

    def _bundles(
        self, problem: Problem, variables: Sequence[BundleVars]
    ) -> Iterator[list[Iterable[int]]]:
        """Of a course that is left out in part, the first section that does not stand is open."""
        opened: set[str] = set()
        for whole, made in zip(problem.bundles, variables, strict=True):
            source = whole.item.id
            missing = source in self._sources
            if not whole.fixed:
                missing = missing and source not in opened and not self._values[made.stands]
                opened.update([source] if missing else [])
            yield [
                self._held(a.x, a.activity.columns, activity.columns, missing)
                for activity, a in zip(whole.activities, made.activities, strict=True)
            ]

    def _held(
        self,
        literals: Sequence[int],
        few: Sequence[object],
        columns: Sequence[object],
        missing: bool,
    ) -> Iterable[int]:
        """Give the numbers of columns: that which is held, or all of what is left out."""
        everything = range(len(columns))
        place = next((i for i, v in enumerate(literals) if self._values[v]), None)
        if place is None:
            most = self._most or len(columns) if missing else 1 + 2 * self._beside
            return spread(everything, most, self._random)
        own = next(i for i, c in enumerate(columns) if c is few[place])
        return {own} | spread(everything, self._beside, self._random)

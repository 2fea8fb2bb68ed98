"""Improves a plan by neighbourhoods, of several kinds, more often those that help.

Threads work on neighbourhoods of their own, each with one worker, and offer what they find to one
incumbent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from threading import Lock

import numpy as np
from ortools.sat.python import cp_model

from plsched.scenario.models.coaching import Coaching
from plsched.solver.bounds import Fractions
from plsched.solver.effort import Effort
from plsched.solver.neighbourhoods import Neighbourhoods
from plsched.solver.settings import step_solver, whole_solver
from plsched.solver.step import Steps


@dataclass(slots=True)
class _Kind:
    """A way to choose neighbourhoods for a tier, and how often it was tried and helped."""

    name: str
    focus: int
    tried: float = 2.0
    helped: float = 1.0

    @property
    def weight(self) -> float:
        return self.helped / self.tried

    def learn(self, better: bool) -> None:
        """Remember a step; older ones fade."""
        self.tried = _FADE * self.tried + 1
        self.helped = _FADE * self.helped + (1 if better else 0) + _HOPE


class Improver:
    """Large-neighbourhood search on one model.

    ``relaxed`` is a solution of a relaxation, once there is one: where to look.
    """

    def __init__(self, steps: Steps, near: Neighbourhoods, effort: Effort) -> None:
        self._steps = steps
        self._near = near
        self._effort = effort
        self._lock = Lock()
        self._columns = float(_COLUMNS)
        self._turns = 0
        self._solver: cp_model.CpSolver | None = None
        self._gained = 0
        self.relaxed: Fractions = np.zeros(steps.matrix.count)

    def choose_requests(self, focus: int, limit_s: float, threads: int) -> None:
        """Free all that is requested at once, single cycles aside: what the money is best for."""
        wanted = {
            n: 1.0
            for n, p in self._steps.parts.items()
            if p.size and not p.item.required and not isinstance(p.item, Coaching)
        }
        names = self._near.several(wanted, _REQUESTS)
        if names:
            piece, rows = self._steps.free(names, focus, names)
            effort = replace(self._effort, workers=threads)
            self._solver = whole_solver(effort, limit_s, len(rows))
            self._steps.solve(piece, rows, focus, self._solver)

    def stop(self) -> None:
        """End a long step; what it found stays."""
        if self._solver is not None:
            self._solver.stop_search()

    def fill(self, over: Callable[[], bool]) -> None:
        """Place whatever is left out and fits beside all that stands."""
        focus = self._steps.place("reach")
        for name in sorted(self._steps.missing()):
            if over():
                return
            alone = frozenset((name,))
            piece, rows = self._steps.free(alone, focus, alone)
            solver = step_solver(self._effort.seed, 1, _TURN_EFFORT)
            self._steps.solve(piece, rows, focus, solver)

    def improve(self, focus: int, threads: int, over: Callable[[], bool]) -> None:
        """Free neighbourhoods for a tier until nothing helps or it is over."""
        kinds = [
            _Kind(name, aim)
            for aim in range(focus, min(focus + 2, len(self._steps.model.tiers)))
            for name in (_KINDS if aim == focus else _AHEAD)
            if name not in ("missing", "lost") or self._steps.model.tiers[aim].sense == "max"
        ]
        self._gained = self._turns
        patience = _PATIENCE + len(self._steps.parts) // 8

        def work(_: int) -> None:
            while not over() and self._turns - self._gained <= patience:
                self._turn(kinds, focus)

        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, range(threads)))

    def _turn(self, kinds: Sequence[_Kind], focus: int) -> None:
        """Choose a neighbourhood, solve it, and learn from it.

        The tier after the one in focus has its turns too: what it saves may make room.
        """
        with self._lock:
            self._turns += 1
            turn = self._turns
            seed = self._effort.seed + turn
            kind = self._near.draw(kinds, [k.weight for k in kinds])
            missing = self._steps.missing()
            names = self._choose(kind, missing)
        if not names:
            return
        spare = missing if turn % _SPARE_TURNS == 0 else frozenset[str]()
        piece, rows = self._steps.free(names, kind.focus, spare)
        before = self._steps.incumbent.reached
        status = self._steps.solve(piece, rows, kind.focus, step_solver(seed, 1, _TURN_EFFORT))
        after = self._steps.incumbent.reached
        with self._lock:
            if before[: focus + 1] != after[: focus + 1]:
                self._gained = self._turns
            kind.learn(before[kind.focus] != after[kind.focus])
            self._adapt(status)

    def _adapt(self, status: cp_model.CpSolverStatus) -> None:
        """Free more where a step was solved to the end, less where it was not."""
        factor = 1.03 if status == cp_model.OPTIMAL else 0.9
        self._columns = min(_MOST_COLUMNS, max(_LEAST_COLUMNS, self._columns * factor))

    def _choose(self, kind: _Kind, missing: frozenset[str]) -> frozenset[str]:
        columns = int(self._columns)
        match kind.name:
            case "missing":
                return self._instead(dict.fromkeys(missing, 1.0), missing)
            case "lost":
                return self._instead(self._steps.lost(kind.focus), missing)
            case "week":
                return self._near.week(columns)
            case "money":
                return self._near.several(self._dear(missing), columns)
            case "relaxed":
                return self._near.several(self._unlike(), columns)
            case _:
                shares = self._steps.shares(kind.focus) if kind.name == "weighed" else {}
                return self._near.weighed(shares, columns)

    def _instead(self, wanted: dict[str, float], missing: frozenset[str]) -> frozenset[str]:
        """Free something left out, what stands in its way, and requests that could pay for it."""
        columns = int(self._columns / 2)
        instead = self._near.several(self._dear(missing), columns)
        if not wanted:
            return instead
        return instead | self._near.missing(wanted, columns, self._standing())

    def _standing(self) -> dict[str, int]:
        """Say on which days each part stands."""
        values = self._steps.incumbent.values
        return {n: p.standing(values) for n, p in self._steps.parts.items()}

    def _dear(self, missing: frozenset[str]) -> dict[str, float]:
        """Weigh what is requested by its cost, and what is left out like the dearest."""
        wanted = {n for n, p in self._steps.parts.items() if not p.item.required}
        costs = self._steps.shares(self._steps.place("cost"))
        costs = {n: w for n, w in costs.items() if n in wanted and w > 0}
        top = max(costs.values(), default=1.0)
        return {n: w / top for n, w in costs.items()} | dict.fromkeys(missing & wanted, 1.0)

    def _unlike(self) -> dict[str, float]:
        """Say how far each part stands from the relaxation."""
        apart = np.abs(self._steps.incumbent.values - self.relaxed)
        return {n: float(apart[p.own].sum()) for n, p in self._steps.parts.items()}


_KINDS = ("missing", "lost", "money", "relaxed", "rivals", "week", "weighed")
_AHEAD = ("money",)
"""Kinds for the tier in focus, and for the one after it."""
_COLUMNS, _LEAST_COLUMNS, _MOST_COLUMNS = 500, 60, 4000
_REQUESTS = 6000
"""Most columns of the requests that are chosen from together."""
_TURN_EFFORT = 0.25
"""Deterministic seconds of a step."""
_SPARE_TURNS = 4
"""One in so many steps staffs the rounds left out in any way, not in the cheapest."""
_FADE, _HOPE = 0.97, 0.02
_PATIENCE = 10
"""Steps without a gain after which a tier is left, besides a share of the number of parts."""

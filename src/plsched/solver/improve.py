"""Construct a plan block by block, then improve it by freeing neighbourhoods.

Every step solves the small exact model that is left when some parts are free and all others stay.
So every incumbent keeps all rules. Threads work on neighbourhoods of their own, each with one
worker, and offer what they find to one incumbent.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock

import numpy as np
from ortools.sat.python import cp_model

from plsched.solver.bounds import Fractions
from plsched.solver.effort import Effort
from plsched.solver.helpers import Helpers
from plsched.solver.incumbent import Incumbent, sign
from plsched.solver.matrix import Matrix, Numbers, Slice
from plsched.solver.model import Model
from plsched.solver.neighbourhoods import Neighbourhoods
from plsched.solver.parts import make_parts
from plsched.solver.progress import Progress
from plsched.solver.proto import Written, write_model
from plsched.solver.rows import Term
from plsched.solver.staffed import Staffed


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
    """Large-neighbourhood search on one model."""

    def __init__(
        self,
        model: Model,
        matrix: Matrix,
        incumbent: Incumbent,
        effort: Effort,
        report: Callable[[Progress], None],
        started: float,
    ) -> None:
        self._model = model
        self.matrix = matrix
        self._effort = effort
        self._report = report
        self._started = started
        self._parts = make_parts(model)
        self._near = Neighbourhoods(self._parts, effort.seed)
        self._helpers = Helpers(model, matrix)
        self._staffed = Staffed(model)
        self._literals = [np.array(t.literals, dtype=np.int64) for t in model.things]
        self._lock = Lock()
        self._columns = float(_COLUMNS)
        self._steps = 0
        self._gained = 0
        self.incumbent = incumbent
        self.relaxed: Fractions = np.zeros(matrix.count)
        """Solution of a relaxation, once there is one: where to look."""
        self.cancelled = False

    # ---- construct ----

    def construct(self, until: float) -> None:
        """Place block after block, required ones first.

        What leans on something that was not placed yet gets another turn, with rounds staffed in
        any way, until a turn places nothing more.
        """
        pinned = self._pinned()
        if pinned:
            self._place(pinned, 0, pinned)
        for required in (True, False):
            focus = 0 if required else self._reach
            waiting = {
                n
                for n, p in self._parts.items()
                if p.size and p.item.required == required and n not in pinned
            }
            spare: frozenset[str] = frozenset()
            while waiting:
                before = self.incumbent.reached
                for block in self._near.blocks(waiting):
                    if self._over(until):
                        return
                    self._place(block, focus, spare)
                waiting &= set(self.missing())
                if spare and self.incumbent.reached == before:
                    break
                spare = frozenset(waiting)

    def _place(self, names: frozenset[str], focus: int, spare: frozenset[str]) -> None:
        """Place some parts, then do what they need as cheaply as can be."""
        piece, rows = self._neighbourhood(names, focus, spare)
        weights = self.incumbent.weights[focus][piece.free]
        most = self._most(piece.free, focus)
        enough = _Enough(lambda found: int(weights @ found) >= most)
        self._solve(piece, rows, focus, _BLOCK_EFFORT, self._effort.workers, enough)
        helping = np.setdiff1d(piece.free, self._own(names))
        tidied = self.matrix.slice(helping, self.incumbent.values)
        kept = self.incumbent.kept(helping, self.incumbent.values, self._cost)
        self._solve(tidied, [*tidied.rows, *kept], self._cost, _STEP_EFFORT, 1)

    def _most(self, free: Numbers, focus: int) -> int:
        """Give what a tier could be at most on free variables: all that is asked for stands."""
        inside = np.zeros(self.matrix.count, dtype=np.bool_)
        inside[free] = True
        weights = self.incumbent.weights[focus]
        able = inside & (self.matrix.high > 0)
        return sum(int((weights[v] * able[v]).max()) for v in self._literals)

    @property
    def _reach(self) -> int:
        return self._tier("reach")

    @property
    def _cost(self) -> int:
        return self._tier("cost")

    def _tier(self, name: str) -> int:
        names = [t.name for t in self._model.tiers]
        return names.index(name) if name in names else 0

    def _pinned(self) -> frozenset[str]:
        pins = self._model.problem.directory.scenario.pins
        named = {p.item for p in pins} | {p.item.split("/")[0] for p in pins}
        return frozenset(n for n in self._parts if n in named or n.split("/")[0] in named)

    # ---- improve ----

    def improve(self, focus: int, until: float, enough: Callable[[], bool]) -> None:
        """Free neighbourhoods for a tier until it is good enough, nothing helps or time is up."""
        kinds = [
            _Kind(name, aim)
            for aim in range(focus, min(focus + 2, len(self._model.tiers)))
            for name in ("rivals", "week", "weighed", "money", "relaxed", "missing")
            if name != "missing" or self._model.tiers[aim].sense == "max"
        ]
        self._gained = self._steps
        patience = _PATIENCE + len(self._parts) // 8

        def work(_: int) -> None:
            while not (self._over(until) or enough() or self._steps - self._gained > patience):
                self._turn(kinds, focus)

        with ThreadPoolExecutor(self._effort.workers) as pool:
            list(pool.map(work, range(self._effort.workers)))

    def _turn(self, kinds: Sequence[_Kind], focus: int) -> None:
        """Choose a neighbourhood, solve it, and learn from it.

        The tier after the one in focus has its turns too: what it saves may make room.
        """
        with self._lock:
            self._steps += 1
            seed = self._steps
            kind = self._near.draw(kinds, [k.weight for k in kinds])
            missing = frozenset(self.missing())
            free = self._choose(kind, missing)
        if not free:
            return
        piece, rows = self._neighbourhood(free, kind.focus, missing)
        before = self.incumbent.reached
        self._solve(piece, rows, kind.focus, _STEP_EFFORT, 1, None, seed)
        after = self.incumbent.reached
        with self._lock:
            if before[: focus + 1] != after[: focus + 1]:
                self._gained = self._steps
            kind.learn(before[kind.focus] != after[kind.focus])

    def _choose(self, kind: _Kind, missing: frozenset[str]) -> frozenset[str]:
        columns = int(self._columns)
        if kind.name == "missing" and missing:
            return self._near.missing(missing, columns)
        if kind.name == "week":
            return self._near.week(columns)
        if kind.name == "money":
            return self._near.several(self._dear(missing), columns)
        if kind.name == "relaxed":
            return self._near.several(self._unlike(), columns)
        weights = self._shares(kind.focus) if kind.name == "weighed" else {}
        return self._near.weighed(weights, columns)

    def _shares(self, focus: int) -> dict[str, float]:
        """Say what each part adds to the tier."""
        values = self.incumbent.values
        share = self.incumbent.weights[focus] * values
        return {n: float(abs(share[p.own].sum())) for n, p in self._parts.items()}

    def _dear(self, missing: frozenset[str]) -> dict[str, float]:
        """Weigh what is requested by its cost, and what is left out like the dearest."""
        wanted = {n for n, p in self._parts.items() if not p.item.required}
        costs = {n: w for n, w in self._shares(self._cost).items() if n in wanted and w > 0}
        top = max(costs.values(), default=1.0)
        return {n: w / top for n, w in costs.items()} | dict.fromkeys(missing & wanted, 1.0)

    def _unlike(self) -> dict[str, float]:
        """Say how far each part stands from the relaxation."""
        apart = np.abs(self.incumbent.values - self.relaxed)
        return {n: float(apart[p.own].sum()) for n, p in self._parts.items()}

    def missing(self) -> list[str]:
        """Parts of which something asked for is left out."""
        values = self.incumbent.values
        found: dict[str, None] = {}
        for thing in self._model.things:
            if not any(values[v] for v in thing.literals):
                name = thing.id if thing.id in self._parts else thing.item.id
                if name in self._parts and self._parts[name].size:
                    found[name] = None
        return list(found)

    def _over(self, until: float) -> bool:
        return self.cancelled or time.monotonic() - self._started >= until

    # ---- one step ----

    def _neighbourhood(
        self, names: frozenset[str], focus: int, spare: frozenset[str]
    ) -> tuple[Slice, list[Written]]:
        """Free some parts; rounds are staffed as they would be alone, the spare ones aside."""
        values = self.incumbent.values
        piece = self.matrix.slice(self._helpers.with_helpers(self._own(names)), values)
        cheap = names - spare - self._staffed.otherwise(values)
        rows = self.incumbent.kept(piece.free, values, focus)
        return piece, [*piece.rows, *rows, *self._staffed.rows(sorted(cheap), piece.free)]

    def _own(self, names: frozenset[str]) -> Numbers:
        return np.unique(np.concatenate([self._parts[n].own for n in sorted(names)]))

    def _solve(
        self,
        piece: Slice,
        rows: list[Written],
        focus: int,
        effort: float,
        workers: int,
        enough: _Enough | None = None,
        seed: int = 0,
    ) -> None:
        """Solve one neighbourhood and offer what is found."""
        hints = list(enumerate(self.incumbent.values[piece.free].tolist()))
        model = write_model(piece.domains, rows, self._aim(piece.free, focus), hints)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = workers
        solver.parameters.random_seed = self._effort.seed + seed
        solver.parameters.max_deterministic_time = effort
        solver.parameters.max_time_in_seconds = _GUARD_S
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.symmetry_level = 0
        status = solver.solve(model, enough)
        self._adapt(status)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            found: Numbers = np.array(list(solver.response_proto.solution), dtype=np.int64)
            if self.incumbent.offer(piece.free, found):
                self._tell()

    def _adapt(self, status: cp_model.CpSolverStatus) -> None:
        """Free more where a step was solved to the end, less where it was not."""
        with self._lock:
            factor = 1.03 if status == cp_model.OPTIMAL else 0.95
            self._columns = min(_MOST_COLUMNS, max(_LEAST_COLUMNS, self._columns * factor))

    def _aim(self, free: Numbers, focus: int) -> list[Term]:
        """Optimise a tier, then the next that can change."""
        wanted = [
            local
            for t in range(focus, len(self._model.tiers))
            if np.any(local := sign(self._model.tiers[t]) * self.incumbent.weights[t][free])
        ][:2]
        if not wanted:
            return []
        total = wanted[0]
        if len(wanted) == 2:
            weight = 1 + self._span(free, wanted[1])
            if weight * max(1, self._span(free, total)) < _EXACT:
                total = total * weight + wanted[1]
        place = np.flatnonzero(total)
        return list(zip(place.tolist(), total[place].tolist(), strict=True))

    def _span(self, free: Numbers, weights: Numbers) -> int:
        return int(np.abs(weights) @ (self.matrix.high[free] - self.matrix.low[free]))

    def _tell(self) -> None:
        tiers, reached = self._model.tiers, self.incumbent.reached
        told = ", ".join(f"{t.name} {v:,}" for t, v in zip(tiers, reached, strict=True))
        elapsed = time.monotonic() - self._started
        self._report(Progress(elapsed, "improve", tiers[0].name, reached[0], None, None, told))


class _Enough(cp_model.CpSolverSolutionCallback):
    """Stops a step that cannot place more."""

    def __init__(self, enough: Callable[[Numbers], bool]) -> None:
        super().__init__()
        self._enough = enough

    def on_solution_callback(self) -> None:
        """Stop when the solution is good enough."""
        found: Numbers = np.array(list(self.response_proto.solution), dtype=np.int64)
        if self._enough(found):
            self.stop_search()


_COLUMNS, _LEAST_COLUMNS, _MOST_COLUMNS = 400, 60, 3000
_BLOCK_EFFORT, _STEP_EFFORT = 0.5, 0.08
"""Deterministic seconds of a step."""
_GUARD_S = 3.0
_EXACT = 2**44
_FADE, _HOPE = 0.97, 0.02
_PATIENCE = 10
"""Steps without a gain after which a tier is left, besides a share of the number of parts."""

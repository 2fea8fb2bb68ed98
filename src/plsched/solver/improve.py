"""Improves a plan by neighbourhoods, of several kinds, more often those that help.

Threads work on neighbourhoods of their own, each with one worker, and offer what they find to one
incumbent.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock

from ortools.sat.python import cp_model

from plsched.solver.bounds import Fractions
from plsched.solver.branching import Guide
from plsched.solver.effort import Effort
from plsched.solver.incumbent import sign
from plsched.solver.matrix import Flags
from plsched.solver.neighbourhoods import Neighbourhoods
from plsched.solver.settings import step_solver, wide_solver
from plsched.solver.step import Steps


@dataclass(slots=True)
class _Kind:
    """A way to choose neighbourhoods for a tier, what it cost and how much it helped.

    ``spent`` counts deterministic seconds, so that the same steps teach the same; ``helped`` counts
    gains, one hundredth of the tier or more as one.
    """

    name: str
    focus: int
    spent: float = 0.3
    helped: float = 1.0

    @property
    def weight(self) -> float:
        return self.helped / self.spent

    def learn(self, before: int, after: int, spent: float) -> None:
        """Remember a step; older ones fade."""
        gain = min(1.0, abs(after - before) / max(1.0, _MUCH * abs(before)))
        self.spent = _FADE * self.spent + spent + _BUILD_EFFORT
        self.helped = _FADE * self.helped + gain + _HOPE


@dataclass(frozen=True, slots=True)
class _Near:
    """Parts to be freed, those to be staffed in any way, and the decisions that are free if not all."""

    names: frozenset[str]
    spare: frozenset[str] = frozenset()
    among: Flags | None = None


@dataclass(frozen=True, slots=True)
class _Leap:
    """Decisions of all parts to be freed, and what a tier is to be then."""

    among: Flags
    target: int


class Improver:
    """Large-neighbourhood search on one model.

    ``guides`` are relaxations, once there are some: where to look, and how far it may be.
    """

    def __init__(self, steps: Steps, near: Neighbourhoods, effort: Effort) -> None:
        self._steps = steps
        self._near = near
        self._effort = effort
        self._lock = Lock()
        self._columns = float(_COLUMNS)
        self._held_columns = float(_HELD_COLUMNS)
        self._wide_columns = float(_WIDE_COLUMNS)
        self._turns = 0
        self._gained = 0
        self._short: dict[int, float] = {}
        """For each tier, how far a leap stays short of a guide's bound, as a share of the way there."""
        self.guides: tuple[Guide, ...] = ()

    def fill(self, over: Callable[[], bool]) -> None:
        """Place whatever is left out and fits beside all that stands."""
        focus = self._steps.place("reach")
        for name in sorted(self._steps.shares.missing()):
            if over():
                return
            alone = frozenset((name,))
            piece, rows = self._steps.free(alone, focus, alone)
            solver = step_solver(self._effort.seed, 1, _TURN_EFFORT)
            self._steps.solve(piece, rows, focus, solver)

    def improve(self, focus: int, threads: int, left: Callable[[], float]) -> None:
        """Free neighbourhoods for a tier until no seconds are left."""
        kinds = [
            _Kind(name, aim)
            for aim in range(focus, min(focus + 2, len(self._steps.model.tiers)))
            for name in (_KINDS if aim == focus else _AHEAD)
            if name not in ("missing", "lost", "wide")
            or self._steps.model.tiers[aim].sense == "max"
        ]

        def work(_: int) -> None:
            while left() > 0:
                self._turn(kinds, focus, left)

        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, range(threads)))

    def be_patient(self) -> None:
        """Count turns without a gain anew."""
        self._gained = self._turns

    @property
    def patient(self) -> bool:
        """Whether some turn helped of late."""
        return self._turns - self._gained <= _PATIENCE + len(self._steps.parts) // _PARTS_A_TURN

    def _turn(self, kinds: Sequence[_Kind], focus: int, left: Callable[[], float]) -> None:
        """Choose a neighbourhood, solve it, and learn from it.

        The tier after the one in focus has its turns too: what it saves may make room.
        """
        with self._lock:
            self._turns += 1
            seed = self._effort.seed + self._turns
            kind, guide = self._due(kinds)
            drawn = self._draw(kind, guide)
        if isinstance(drawn, _Near) and not drawn.names:
            return
        before = self._steps.incumbent.reached
        most_s = math.inf if self._effort.steps else left() + _GRACE_S
        effort = self._effort_of(kind, drawn)
        if kind.name == "wide":
            solver = wide_solver(seed, effort, most_s, steps=self._effort.steps)
        else:
            solver = step_solver(seed, 1, effort, most_s)
        status = self._solve(drawn, kind.focus, solver)
        after = self._steps.incumbent.reached
        with self._lock:
            gained = before[: focus + 1] != after[: focus + 1]
            if gained:
                self._gained = self._turns
            spent = solver.response_proto.deterministic_time
            kind.learn(before[kind.focus], after[kind.focus], spent)
            self._adapt(kind, status, gained=gained)

    def _effort_of(self, kind: _Kind, drawn: _Near | _Leap) -> float:
        """Deterministic seconds for a step: up to twice as many for one that frees much."""
        if kind.name in _EFFORT or isinstance(drawn, _Leap):
            return _EFFORT[kind.name]
        if kind.name == "wide":
            return _WIDE_EFFORT * self._near.size(drawn.names)
        return _TURN_EFFORT * min(2.0, max(1.0, self._near.size(drawn.names) / _MANY_COLUMNS))

    def _due(self, kinds: Sequence[_Kind]) -> tuple[_Kind, Guide | None]:
        """Choose a kind, and a guide if it follows one; at every so manyth turn leap if possible."""
        found = [(k, guides) for k in kinds if (guides := self._guides(k))]
        leaps = [(k, guides) for k, guides in found if k.name == "leap"]
        others = [(k, guides) for k, guides in found if k.name != "leap"]
        due = leaps if leaps and self._turns % _LEAP_TURNS == 0 else others
        kind, guides = self._near.draw(due, [k.weight for k, _ in due])
        return kind, self._near.draw(guides)

    def _solve(
        self, drawn: _Near | _Leap, focus: int, solver: cp_model.CpSolver
    ) -> cp_model.CpSolverStatus:
        if isinstance(drawn, _Leap):
            return self._steps.attain(drawn.among, focus, drawn.target, solver)
        piece, rows = self._steps.free(drawn.names, focus, drawn.spare, drawn.among)
        return self._steps.solve(piece, rows, focus, solver)

    def _guides(self, kind: _Kind) -> Sequence[Guide | None]:
        """Give the guides that a kind may follow; those that need none have no guide."""
        match kind.name:
            case "apart":
                return [g for g in self.guides if g.tier == kind.focus]
            case "held":
                return [g for g in self.guides if g.values is not None and not g.merged]
            case "leap":
                now, tier = self._steps.incumbent.reached[kind.focus], self._sign(kind.focus)
                return [
                    g
                    for g in self.guides
                    if g.tier == kind.focus
                    and g.values is not None
                    and not g.merged
                    and tier * (now - g.bound) > 1
                ]
            case _:
                return [None]

    def _sign(self, focus: int) -> int:
        return sign(self._steps.model.tiers[focus])

    def _adapt(self, kind: _Kind, status: cp_model.CpSolverStatus, *, gained: bool) -> None:
        """Free more where a step was solved to the end, less where it was not; leap as far as works.

        Where a wide step did not help a wider one may.
        """
        done = status == cp_model.OPTIMAL
        match kind.name:
            case "held":
                columns = self._held_columns * (1.1 if done else 0.8)
                self._held_columns = max(_LEAST_COLUMNS, columns)
            case "leap":
                short = self._short.get(kind.focus, _SHORT)
                short = short * 0.6 if done else short + 0.4 * (1 - short)
                self._short[kind.focus] = min(_MOST_SHORT, max(_LEAST_SHORT, short))
            case "wide":
                columns = self._wide_columns * (1.0 if gained else _WIDER)
                self._wide_columns = min(_MOST_WIDE_COLUMNS, columns)
            case _:
                columns = self._columns * (1.03 if done else 0.9)
                self._columns = min(_MOST_COLUMNS, max(_LEAST_COLUMNS, columns))

    def _draw(self, kind: _Kind, guide: Guide | None) -> _Near | _Leap:
        if guide is not None:
            return self._follow(kind, guide)
        missing = self._steps.shares.missing()
        if kind.name == "wide":
            names = self._wide(kind.focus, missing)
            return _Near(names, names)
        spare = missing if self._turns % _SPARE_TURNS == 0 else frozenset[str]()
        return _Near(self._choose(kind, missing), spare)

    def _wide(self, focus: int, missing: frozenset[str]) -> frozenset[str]:
        """Free much: what keeps something large out is many parts at once."""
        wanted = self._steps.shares.lost(focus) or dict.fromkeys(sorted(missing), 1.0)
        return self._near.sharing(wanted, int(self._wide_columns), self._standing())

    def _follow(self, kind: _Kind, guide: Guide) -> _Near | _Leap:
        match kind.name:
            case "leap" if guide.values is not None:
                return self._leap(guide.values, guide.bound, kind.focus)
            case "held" if guide.values is not None:
                return self._like(guide.values, kind.focus)
            case _:
                return self._apart(guide)

    def _leap(self, relaxed: Fractions, bound: int, focus: int) -> _Leap:
        """Free what a relaxation holds of all parts, and ask for a plan not far from its bound.

        A target close by rules out most of what is free; to optimise would not.
        """
        way = bound - self._steps.incumbent.reached[focus]
        short = int(way * self._short.get(focus, _SHORT))
        return _Leap(relaxed > _HAIR, bound - short)

    def _like(self, relaxed: Fractions, focus: int) -> _Near:
        """Free many parts, but only what a relaxation holds of them at least in part.

        Most columns are in no good plan; without them a step reaches much farther.
        """
        held = relaxed > _HAIR
        sizes, most = self._steps.shares.sizes(held), int(self._held_columns)
        weights = self._near.draw(
            (
                self._steps.shares.far(focus, relaxed),
                self._steps.shares.lost(focus),
                dict[str, float](),
            )
        )
        names = self._near.filled(self._near.weighed(weights, most, sizes), most, sizes)
        return _Near(names, names, held)

    def _apart(self, guide: Guide) -> _Near:
        """Free what a relaxation holds and the plan does not, with what it could take the place of."""
        apart = self._steps.shares.apart(guide)
        return _Near(self._near.several(apart, int(self._columns)))

    def _choose(self, kind: _Kind, missing: frozenset[str]) -> frozenset[str]:
        columns = int(self._columns)
        match kind.name:
            case "missing":
                return self._instead(dict.fromkeys(missing, 1.0), missing)
            case "lost":
                return self._instead(self._steps.shares.lost(kind.focus), missing)
            case "week":
                return self._near.week(columns)
            case "money":
                return self._near.several(self._dear(missing), columns)
            case _:
                shares = self._steps.shares.now(kind.focus) if kind.name == "weighed" else {}
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
        costs = self._steps.shares.now(self._steps.place("cost"))
        costs = {n: w for n, w in costs.items() if n in wanted and w > 0}
        top = max(costs.values(), default=1.0)
        return {n: w / top for n, w in costs.items()} | dict.fromkeys(sorted(missing & wanted), 1.0)


_KINDS = (
    "missing",
    "lost",
    "wide",
    "money",
    "leap",
    "held",
    "apart",
    "rivals",
    "week",
    "weighed",
)
_AHEAD = ("money",)
"""Kinds for the tier in focus, and for the one after it."""
_COLUMNS, _LEAST_COLUMNS, _MOST_COLUMNS = 500, 60, 4000
_WIDE_COLUMNS, _MOST_WIDE_COLUMNS = 1000, 8000
"""Columns of a neighbourhood that is not solved to its end; more once that does not help."""
_HELD_COLUMNS = 800
"""Decisions to begin with where only those are free that a relaxation holds."""
_HAIR = 1e-6
"""Part of a decision that does not count."""
_MANY_COLUMNS = 1000
"""Columns up to which all steps have the same effort."""
_WIDER = 1.5
"""How much wider a wide step is after one that did not help."""
_WIDE_EFFORT = 0.0012
"""Deterministic seconds for each column of a wide step."""
_BUILD_EFFORT, _TURN_EFFORT = 0.05, 0.25
_EFFORT = {"leap": 1.2, "held": 0.5}
"""Deterministic seconds: to write a step, to solve it, and to solve one of some kinds."""
_GRACE_S = 1.0
"""Seconds that a step may last longer than its tier has."""
_SHORT, _LEAST_SHORT, _MOST_SHORT = 0.3, 0.02, 0.9
"""How far the first leap stays short of the bound, as a share of the way; least and most."""
_MUCH = 0.01
"""Share of a tier that counts as a whole gain."""
_LEAP_TURNS = 4
_SPARE_TURNS = 4
"""One in so many steps staffs the rounds left out in any way, not in the cheapest."""
_FADE, _HOPE = 0.97, 0.02
_PATIENCE, _PARTS_A_TURN = 10, 16
"""Turns without a gain after which a tier is left, besides one for so many parts."""

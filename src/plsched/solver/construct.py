"""Constructs a plan block by block: what is required first."""

from __future__ import annotations

from collections.abc import Callable

from plsched.solver.effort import Effort
from plsched.solver.neighbourhoods import Neighbourhoods
from plsched.solver.settings import step_solver
from plsched.solver.step import Steps


def construct(
    steps: Steps, near: Neighbourhoods, effort: Effort, over: Callable[[bool], bool]
) -> None:
    """Place block after block until nothing more can be placed or it is over.

    What leans on something that was not placed yet gets another turn, with rounds staffed in any
    way. ``over`` is asked with whether what is required is being placed.
    """
    pinned = _pinned(steps)
    if pinned:
        _place(steps, effort, pinned, 0, pinned)
    for required in (True, False):
        focus = 0 if required else steps.place("reach")
        waiting = {
            n
            for n, p in steps.parts.items()
            if p.size and p.item.required == required and n not in pinned
        }
        spare: frozenset[str] = frozenset()
        while waiting:
            before = steps.incumbent.reached
            for block in near.blocks(waiting):
                if over(required):
                    return
                _place(steps, effort, block, focus, spare)
            waiting &= steps.missing()
            if spare and steps.incumbent.reached == before:
                break
            spare = frozenset(waiting)


def _pinned(steps: Steps) -> frozenset[str]:
    pins = steps.model.problem.directory.scenario.pins
    named = {p.item for p in pins} | {p.item.split("/")[0] for p in pins}
    return frozenset(n for n in steps.parts if n in named or n.split("/")[0] in named)


def _place(
    steps: Steps, effort: Effort, names: frozenset[str], focus: int, spare: frozenset[str]
) -> None:
    """Place some parts, then do what they need as cheaply as can be."""
    piece, rows = steps.free(names, focus, spare)
    size = max(1.0, sum(steps.parts[n].size for n in names) / _BLOCK)
    solver = step_solver(effort.seed, effort.workers, size * _PLACE_EFFORT)
    steps.solve(piece, rows, focus, solver, steps.most(piece.free, focus))
    cost = steps.place("cost")
    piece, rows = steps.helping(names, cost)
    steps.solve(piece, rows, cost, step_solver(effort.seed, 1, _TIDY_EFFORT))


_PLACE_EFFORT, _TIDY_EFFORT = 0.2, 0.08
"""Deterministic seconds; for a block of usual size."""
_BLOCK = 700
"""Columns of a block of usual size: a large course has more."""

"""Constructs a plan block by block: what is required first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from typing import Literal

from ortools.sat.python import cp_model

from plsched.solver.again import as_then
from plsched.solver.branching import Guide
from plsched.solver.effort import Effort
from plsched.solver.neighbourhoods import Neighbourhoods
from plsched.solver.settings import step_solver, wide_solver
from plsched.solver.step import Steps

Stage = Literal["again", "required", "requested"]
"""What is placed: as it was in a baseline; what is required; what is requested."""


def construct(
    steps: Steps,
    near: Neighbourhoods,
    effort: Effort,
    over: Callable[[Stage], bool],
    guide: Callable[[], Guide | None] = lambda: None,
) -> None:
    """Place what is required, then what is requested, until nothing more fits or it is over.

    Of the requests those come first of which a relaxation of reach, the ``guide``, has most, and of
    them those that reach most for each of their columns: time, experts, subs and money that went to
    others would be missing. Where what is required is cut short they have no turn. ``over`` is asked
    with what is being placed.
    """
    pinned = _pinned(steps)
    if pinned:
        _place(steps, effort, pinned, 0, pinned)
    free = {n: p for n, p in steps.parts.items() if p.size and n not in pinned}
    required = {n for n, p in free.items() if p.item.required}
    _place_again(steps, near, effort, required, lambda: over("again"))
    if not _place_all(steps, near, effort, required, 0, lambda: over("required")):
        return
    _place_again(steps, near, effort, free.keys() - required, lambda: over("again"))
    reach, relaxed = steps.place("reach"), guide()
    worth = {n: r / steps.parts[n].size for n, r in steps.shares.lost(reach).items()}
    requested = free.keys() - required
    likely = requested if relaxed is None else requested & steps.shares.likely(relaxed)
    for names in (likely, requested - likely):
        _place_all(steps, near, effort, names, reach, lambda: over("requested"), worth)


def _place_all(
    steps: Steps,
    near: Neighbourhoods,
    effort: Effort,
    names: Set[str],
    focus: int,
    over: Callable[[], bool],
    worth: Mapping[str, float] | None = None,
) -> bool:
    """Place block after block what is missing of some parts; tell whether there was time for it.

    What is required and leans on something that was not placed yet gets another turn, with rounds
    staffed in any way. Requests have one turn: improvement finds what else fits.
    """
    waiting = names & steps.shares.missing()
    spare: frozenset[str] = frozenset()
    while waiting:
        before = steps.incumbent.reached
        for block in near.blocks(waiting, _BLOCK, worth):
            if over():
                return False
            _place(steps, effort, block, focus, spare)
        waiting = waiting & steps.shares.missing()
        if focus or (spare and steps.incumbent.reached[focus] == before[focus]):
            break
        spare = frozenset(waiting)
    return True


def _place_again(
    steps: Steps,
    near: Neighbourhoods,
    effort: Effort,
    names: Set[str],
    over: Callable[[], bool],
) -> None:
    """Place those of some parts that can stand as they did in a baseline: then a plan changes little."""
    if steps.model.problem.baseline is None:
        return
    then = as_then(steps.model)
    for block in near.blocks({n for n in names if then[steps.parts[n].own].any()}, _BLOCK):
        if over():
            return
        piece, rows = steps.free(block, 0, block, then)
        solver = step_solver(effort.seed, 1, _PLACE_EFFORT)
        steps.solve(piece, rows, 0, solver, None)
        _tidy(steps, effort, block)


def _pinned(steps: Steps) -> frozenset[str]:
    pins = steps.model.problem.directory.scenario.pins
    named = {p.item for p in pins} | {p.item.split("/")[0] for p in pins}
    return frozenset(n for n in steps.parts if n in named or n.split("/")[0] in named)


def _place(
    steps: Steps, effort: Effort, names: frozenset[str], focus: int, spare: frozenset[str]
) -> None:
    """Place some parts, then do what they need as cheaply as can be."""
    size = sum(steps.parts[n].size for n in names)
    wide = focus > 0 and min(size, steps.undecided(names)) > _WIDE
    piece, rows = steps.free(names, focus, names if wide else spare)
    enough = steps.shares.most(piece.free, focus)
    worth = 1.0 if wide else max(1.0, size / _BLOCK)
    solver = step_solver(effort.seed, 1, worth * _PLACE_EFFORT)
    status = steps.solve(piece, rows, focus, solver, enough)
    if wide and status != cp_model.OPTIMAL:
        piece, rows = steps.free(names, focus, names)
        solver = wide_solver(effort.seed, size * _WIDE_EFFORT, steps=effort.steps)
        steps.solve(piece, rows, focus, solver, enough)
    _tidy(steps, effort, names)


def _tidy(steps: Steps, effort: Effort, names: frozenset[str]) -> None:
    """Do what some parts need as cheaply as can be: subs hired for nobody would be missing."""
    cost = steps.place("cost")
    piece, rows = steps.helping(names, cost)
    steps.solve(piece, rows, cost, step_solver(effort.seed, 1, _TIDY_EFFORT))


_BLOCK = 700
"""Columns of a block."""
_PLACE_EFFORT, _TIDY_EFFORT = 0.2, 0.08
"""Deterministic seconds; for a block of usual size."""
_WIDE, _WIDE_EFFORT = 250, 0.0006
"""Columns beyond which requests are not solved to their end, and what each is worth then."""

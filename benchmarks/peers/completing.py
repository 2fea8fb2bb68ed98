"""Makes a whole plan of a peer's choices: drops what breaks a rule, hires subs, lets funds pay.

Only what the peer chose may stand: every other decision is taken out of the model, and our
construction places what is left. So what the peer cannot state is completed by us, in its favour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from benchmarks.peers.choices import Choices
from plsched.solver.clock import Clock
from plsched.solver.construct import construct
from plsched.solver.effort import Effort
from plsched.solver.incumbent import Incumbent
from plsched.solver.matrix import Matrix
from plsched.solver.model import Model
from plsched.solver.neighbourhoods import Neighbourhoods
from plsched.solver.settle import settle
from plsched.solver.step import Steps
from plsched.solver.variables import ActivityVars, BundleVars, RoundVars


def completed(model: Model, choices: Choices, effort: Effort) -> list[int]:
    """Give the values of a whole plan in which nothing stands that the peer did not choose."""
    matrix = Matrix(model.rows)
    matrix.high[list(_closed(model, choices))] = 0
    incumbent = Incumbent(matrix, model.tiers)
    clock = Clock()
    steps = Steps(model, matrix, incumbent, lambda _: None, clock)
    near = Neighbourhoods(steps.parts, effort.seed)
    construct(steps, near, effort, lambda _: clock.now() > effort.time_limit_s)
    settle(model, matrix, incumbent, effort.seed)
    if not incumbent.whole:
        raise ValueError("the completed plan breaks a row of the model")
    return [int(v) for v in incumbent.values]


def _closed(model: Model, choices: Choices) -> Iterable[int]:
    """Give the decisions that the peer did not take."""
    numbers = _numbers(model, choices)
    for made in model.variables.bundles:
        yield from _of_bundle(made, choices, numbers)
    for r in model.variables.rounds:
        held = choices.columns.get(r.round.id)
        yield from (x for c, x in enumerate(r.x) if c != held)
        yield from _of_rooms(r, choices.rooms.get(r.round.id), held)
    for cycle in model.variables.cycles:
        held = choices.columns.get(cycle.cycle.id)
        yield from (x for c, x in enumerate(cycle.x) if c != held)


def _numbers(model: Model, choices: Choices) -> Mapping[tuple[str, int], int]:
    """Number the sections of each course by their first unit, as the model does.

    Gives for each course and section of the model that of the peer.
    """
    found: dict[tuple[str, int], int] = {}
    for source, bundles in model.variables.by_source.items():
        units = bundles[0].bundle.units
        theirs = dict.fromkeys(
            choices.sections[source, u.id] for u in units if (source, u.id) in choices.sections
        )
        found.update({(source, n): section for n, section in enumerate(theirs, start=1)})
    return found


def _of_bundle(
    made: BundleVars, choices: Choices, numbers: Mapping[tuple[str, int], int]
) -> Iterable[int]:
    bundle, source = made.bundle, made.bundle.item.id
    names = [a.activity.id for a in made.activities]
    if bundle.section is not None:
        theirs = numbers.get((source, bundle.section))
        yield from (
            g
            for unit, g in zip(bundle.units, made.chosen, strict=True)
            if theirs is None or choices.sections.get((source, unit.id)) != theirs
        )
        names = [f"{source}/s{theirs}/{k}" for k in range(1, len(names) + 1)]
    for a, name in zip(made.activities, names, strict=True):
        held = choices.columns.get(name)
        yield from (x for c, x in enumerate(a.x) if c != held)
        yield from _of_rooms(a, choices.rooms.get(name), held)
    if choices.experts:
        team = frozenset[str]().union(*(choices.experts.get(n, ()) for n in names))
        for need in made.need:
            yield from (v for x, v in need.items() if x not in team and v != made.stands)


def _of_rooms(made: ActivityVars | RoundVars, room: int | None, held: int | None) -> Iterable[int]:
    if room is not None and held is not None:
        chosen = made.room[held]
        yield from (v for k, v in chosen.items() if k != room and v != made.x[held])

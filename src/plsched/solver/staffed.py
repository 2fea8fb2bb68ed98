"""What a step leaves alone: parts that stand, and rounds staffed as each would be alone.

Most rounds share no sub with anything else, so the cheapest staffing of a round alone is also the
cheapest in the plan. Where the pool of a day is too small for it, the counts are freed again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plsched.solver.model import Model
from plsched.solver.variables import RoundVars


def _counts(model: Model, r: RoundVars) -> Iterator[tuple[int, int, int]]:
    """For each count of a round: its variable, its pattern, its value in the cheapest staffing."""
    for p in set(r.round.pattern):
        staffing = model.problem.least_cover.get((r.round.item.id, p))
        if staffing is None or not staffing.observe:
            continue
        for (q, c, k), v in r.observe.items():
            if q == p:
                yield v, p, staffing.observe.get((c, k), 0)
        for (q, c, k), v in r.host.items():
            if q == p:
                yield v, p, staffing.host.get((c, k), 0)


def staff_cheaply(model: Model, spare: frozenset[str]) -> None:
    """Fix the counts of all rounds but those of some observations."""
    for r in model.variables.rounds:
        if r.round.item.id in spare:
            continue
        for v, p, count in _counts(model, r):
            model.rows.linear([(v, 1), (r.of_pattern[p], -count)], 0, 0)


def own_staffing(model: Model, values: Sequence[int]) -> frozenset[str]:
    """Observations with a round that is staffed otherwise."""
    return frozenset(
        r.round.item.id
        for r in model.variables.rounds
        if any(values[v] != count * values[r.of_pattern[p]] for v, p, count in _counts(model, r))
    )


def hold(model: Model, free: frozenset[str]) -> None:
    """Let everything outside of the free parts stand as it does: it has one column left."""
    held: list[int] = []
    for b in model.variables.bundles:
        if b.bundle.item.id not in free:
            for a in b.activities:
                held += a.x[:1]
                held += [literal for part in a.part for literal in part.values()]
    for r in model.variables.rounds:
        if r.round.item.id not in free:
            held += r.x[:1]
    for c in model.variables.cycles:
        if c.cycle.id not in free:
            held += c.x[:1]
    for literal in held:
        model.rows.fix(literal)

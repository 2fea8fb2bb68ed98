"""From the id of a plan item to the decisions that make it."""

from __future__ import annotations

from dataclasses import dataclass, field

from plsched.solver.problem import Column
from plsched.solver.variables import Variables


@dataclass(slots=True)
class Matched:
    """The decisions behind a plan item.

    ``coaches[i]`` is the coach of column i of a cycle; ``units`` are the choices of a section.
    """

    id: str
    present: int
    columns: list[tuple[Column, int]]
    rooms: list[dict[int, int]] = field(default_factory=list)
    team: dict[str, int] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    coaches: list[str] | None = None


def match_items(variables: Variables) -> dict[str, Matched]:
    """Find the decisions behind every plan item that could be, by its id."""
    found = {}
    for a in variables.activities():
        units = {}
        if not a.bundle.bundle.fixed:
            units = {u.id: g for u, g in zip(a.bundle.bundle.units, a.bundle.chosen, strict=True)}
        columns = list(zip(a.activity.columns, a.x, strict=True))
        partners = a.bundle.bundle.partners
        team = {x: v for x, v in a.bundle.team.items() if x not in partners}
        ident = a.activity.id
        found[ident] = Matched(ident, a.present, columns, a.room, team, units)
    for r in variables.rounds:
        columns = list(zip(r.round.columns, r.x, strict=True))
        found[r.round.id] = Matched(r.round.id, r.present, columns, r.room)
    for c in variables.cycles:
        columns = [(k.column, x) for k, x in zip(c.cycle.columns, c.x, strict=True)]
        coaches = [k.coach for k in c.cycle.columns]
        found[c.cycle.id] = Matched(c.cycle.id, c.present, columns, coaches=coaches)
    return found

"""What a peer decided, in the words of the problem: the rest follows from it, or is completed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from plsched.solver.decode import chosen as choice
from plsched.solver.model import Model


@dataclass(frozen=True, slots=True)
class Choices:
    """Decisions by the ids of plan items; what is not named does not stand.

    Attributes
    ----------
    columns
        For each activity, round and cycle that is held, the place of its column.
    rooms
        For activities and rounds in a facility, its class.
    sections
        For each course and unit, the section that it is in.
    experts
        For each activity, who leads it. Empty where a peer chooses no experts.
    """

    columns: Mapping[str, int]
    rooms: Mapping[str, int] = field(default_factory=dict)
    sections: Mapping[tuple[str, str], int] = field(default_factory=dict)
    experts: Mapping[str, frozenset[str]] = field(default_factory=dict)


def choices_of(model: Model, values: Sequence[int]) -> Choices:
    """Read the choices of a solution of ours, for a peer to start from."""
    columns: dict[str, int] = {}
    rooms: dict[str, int] = {}
    sections: dict[tuple[str, str], int] = {}
    experts: dict[str, frozenset[str]] = {}
    for a in choice.activities(model, values):
        bundle, name = a.vars.bundle.bundle, a.vars.activity.id
        columns[name], experts[name] = a.index, frozenset(a.experts)
        if a.room is not None:
            rooms[name] = a.room
        if bundle.section is not None:
            units = (bundle.units[u].id for u in a.units)
            sections.update({(bundle.item.id, u): bundle.section for u in units})
    for r in choice.rounds(model, values):
        columns[r.vars.round.id] = r.index
        if r.room is not None:
            rooms[r.vars.round.id] = r.room
    for made in model.variables.cycles:
        held = next((c for c, x in enumerate(made.x) if values[x]), None)
        if held is not None:
            columns[made.cycle.id] = held
    return Choices(columns, rooms, sections, experts)

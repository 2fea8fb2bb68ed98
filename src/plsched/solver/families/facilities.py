"""Facilities: as many sessions at a time as there are rooms, with room for all who come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from plsched.solver.families.people import Taken, cliques
from plsched.solver.families.sets import largest
from plsched.solver.problem import DAY, Piece, Problem
from plsched.solver.rows import Rows
from plsched.solver.variables import ActivityVars, Variables


def add_facilities(rows: Rows, problem: Problem, variables: Variables) -> None:
    r"""Occupations of a class of rooms at a time are at most its rooms; people fit.

    .. math:: \sum_{(a, c) \ni (k, t)} r_{ack} \le |k|, \qquad
        \sum_u n_u g_u \le \sum_k Q_k \sum_c r_{ack}
    """
    for a in variables.activities():
        if not a.bundle.bundle.fixed and any(a.room):
            with rows.rule("facilities", a.activity.id):
                _seats(rows, problem, a)
    for k, by_day in _occupations(problem, variables).items():
        rooms = problem.places.classes[k].facilities
        crowded = [
            frozenset(t.literal for t in clique)
            for entries in by_day.values()
            for clique in cliques(entries)
            if len({t.source for t in clique}) > len(rooms)
        ]
        with rows.rule("facilities", rooms[0], seldom=True):
            for literals in largest(crowded):
                if len(rooms) == 1:
                    rows.at_most_one(literals)
                else:
                    rows.at_most([(v, 1) for v in sorted(literals)], len(rooms))


def _seats(rows: Rows, problem: Problem, a: ActivityVars) -> None:
    """Choose a room for all units that come."""
    people = [
        (g, len(u.members)) for g, u in zip(a.bundle.chosen, a.bundle.bundle.units, strict=True)
    ]
    seats = [
        (literal, -problem.places.classes[k].capacity)
        for chosen in a.room
        for k, literal in chosen.items()
    ]
    rows.linear([*people, *seats], None, 0)


Occupied = dict[int, dict[int, list[Taken]]]
"""What may occupy each class of rooms, by day."""


def _occupations(problem: Problem, variables: Variables) -> Occupied:
    """Collect what may occupy rooms."""
    taken: Occupied = defaultdict(lambda: defaultdict(list))
    source = 0
    for a in variables.activities():
        source += 1
        for column, chosen in zip(a.activity.columns, a.room, strict=True):
            for k, literal in chosen.items():
                _take(problem, taken, k, literal, source, column.pieces)
    for r in variables.rounds:
        source += 1
        for column, chosen in zip(r.round.columns, r.room, strict=True):
            talks = [p for p in column.pieces if p.label != "visits"]
            for k, literal in chosen.items():
                _take(problem, taken, k, literal, source, talks)
    return taken


def _take(
    problem: Problem,
    taken: Occupied,
    k: int,
    literal: int,
    source: int,
    pieces: Sequence[Piece],
) -> None:
    facility = problem.places.facility(k)
    for p in pieces:
        entry = Taken(
            p.start - facility.setup_min, p.end + facility.clear_min, literal, None, source
        )
        taken[k][p.start // DAY].append(entry)

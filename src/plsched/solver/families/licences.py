"""Licences: seats in use at the same time."""

from __future__ import annotations

from collections import defaultdict

from plsched.solver.families.people import Taken, cliques
from plsched.solver.families.sets import largest
from plsched.solver.problem import DAY, Problem
from plsched.solver.rows import Rows
from plsched.solver.variables import Variables


def add_licences(rows: Rows, problem: Problem, variables: Variables) -> None:
    r"""Educators in sessions of a licence at a time are at most its seats.

    .. math:: \sum_{(a, u, c) \ni t} n_u g_{uac} \le \text{seats}
    """
    taken: dict[str, dict[int, list[Taken]]] = defaultdict(lambda: defaultdict(list))
    people: dict[int, int] = {}
    source = 0
    for a in variables.activities():
        licence = a.bundle.bundle.item.licence
        if licence is None:
            continue
        for u, unit in enumerate(a.bundle.bundle.units):
            source += 1
            for c, literal in a.part[u].items():
                people[literal] = len(unit.members)
                for p in a.activity.columns[c].pieces:
                    entry = Taken(p.start, p.end, literal, None, source)
                    taken[licence][p.start // DAY].append(entry)
    for licence, by_day in taken.items():
        seats = problem.directory.licences[licence].seats
        crowded = [
            frozenset(t.literal for t in clique)
            for entries in by_day.values()
            for clique in cliques(entries)
            if sum({t.source: people[t.literal] for t in clique}.values()) > seats
        ]
        with rows.rule("licences", licence, seldom=True):
            for literals in largest(crowded):
                rows.at_most([(v, people[v]) for v in sorted(literals)], seats)

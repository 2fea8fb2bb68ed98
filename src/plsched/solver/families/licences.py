"""Licences: seats in use at the same time."""

from __future__ import annotations

from collections import defaultdict

from plsched.solver.families.people import Taken, cliques
from plsched.solver.problem import DAY, Problem
from plsched.solver.rows import Rows
from plsched.solver.variables import Variables


def add_licences(rows: Rows, problem: Problem, variables: Variables) -> None:
    r"""Educators in sessions of a licence at a time are at most its seats.

    .. math:: \sum_{(a, u, c) \ni t} n_u g_{uac} \le \text{seats}
    """
    taken: dict[tuple[str, int], list[Taken]] = defaultdict(list)
    people: dict[int, int] = {}
    for source, a in enumerate(variables.activities()):
        licence = a.bundle.bundle.item.licence
        if licence is None:
            continue
        for u, unit in enumerate(a.bundle.bundle.units):
            for c, literal in a.part[u].items():
                people[literal] = len(unit.members)
                for p in a.activity.columns[c].pieces:
                    entry = Taken(p.start, p.end, literal, None, source)
                    taken[licence, p.start // DAY].append(entry)
    for (licence, _day), entries in taken.items():
        seats = problem.directory.licences[licence].seats
        with rows.rule("licences", licence):
            for clique in cliques(entries):
                literals = {t.literal for t in clique}
                if sum(people[v] for v in literals) > seats:
                    rows.at_most([(v, people[v]) for v in sorted(literals)], seats)

"""Groups out at a time: one grade level out of its classes, not two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import product

from plsched.scenario.models.policy import Limit
from plsched.solver.problem import Problem
from plsched.solver.rows import Rows
from plsched.solver.variables import ActivityVars, RoundVars, Variables

Moment = tuple[str, int, str]
"""Site, day, period."""
Out = dict[Moment, dict[str, list[tuple[int, ...]]]]
"""At a moment, for each group, the literals that together let a member be out."""


def add_groups_out(rows: Rows, problem: Problem, variables: Variables, limit: Limit) -> None:
    """In each period of a site and date, at most so many of the groups have a member released."""
    groups = {g: frozenset(problem.directory.members[g]) for g in limit.groups or ()}
    out: Out = defaultdict(lambda: defaultdict(list))
    for a in variables.activities():
        if a.bundle.bundle.item.release:
            _sitting(a, groups, out)
    for r in variables.rounds:
        _round(rows, r, frozenset(groups), out)
    for by_group in out.values():
        if len(by_group) <= limit.at_most:
            continue
        flags = []
        for causes in by_group.values():
            flag = rows.literal()
            for cause in dict.fromkeys(causes):
                rows.clause([flag, *(-v - 1 for v in cause)])
            flags.append((flag, 1))
        rows.at_most(flags, limit.at_most)


def _sitting(a: ActivityVars, groups: Mapping[str, frozenset[str]], out: Out) -> None:
    """Note which groups are out at each column of an activity."""
    for u, unit in enumerate(a.bundle.bundle.units):
        inside = [
            [g for g, people in groups.items() if not people.isdisjoint(members)]
            for members in unit.of_profile
        ]
        for c, literal in a.part[u].items():
            days = [p.day for p in a.activity.columns[c].pieces]
            for leaving, stays in zip(inside, a.activity.attendance[u][c] or (), strict=True):
                for group, (day, stay) in product(leaving, zip(days, stays, strict=True)):
                    for period in stay.released:
                        out[stay.site, day, period][group].append((literal,))


def _round(
    rows: Rows,
    r: RoundVars,
    groups: frozenset[str],
    out: Out,
) -> None:
    """Note that a group is out in a period of a round if one of its observers teaches then."""
    leaving: dict[tuple[int, str, str], list[tuple[int, int]]] = defaultdict(list)
    for (p, i, k), v in r.observe.items():
        crowd = r.round.patterns[p].crowds[i]
        if k in crowd.teaches:
            for group in sorted(crowd.out_groups & groups):
                leaving[p, group, k].append((v, len(crowd.members)))
    for (p, group, k), counts in leaving.items():
        some = rows.literal()
        rows.linear([*((v, 1) for v, _ in counts), (some, -sum(n for _, n in counts))], None, 0)
        for c, x in enumerate(r.x):
            if r.round.pattern[c] == p:
                day = r.round.columns[c].pieces[0].day
                out[r.round.item.site, day, k][group].append((some, x))

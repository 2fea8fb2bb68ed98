"""Groups out at a time: one grade level out of its classes, not two."""

from __future__ import annotations

from collections import defaultdict

from plsched.scenario.models.policy import Limit
from plsched.solver.problem import Problem
from plsched.solver.rows import Rows
from plsched.solver.variables import RoundVars, Variables

Moment = tuple[str, int, str]
"""Site, day, period."""


def add_groups_out(rows: Rows, problem: Problem, variables: Variables, limit: Limit) -> None:
    """In each period of a site and date, at most so many of the groups have a member released."""
    groups = {g: frozenset(problem.directory.members[g]) for g in limit.groups or ()}
    out: dict[Moment, dict[str, list[tuple[int, ...]]]] = defaultdict(lambda: defaultdict(list))
    for a in variables.activities():
        if not a.bundle.bundle.item.release:
            continue
        for u, unit in enumerate(a.bundle.bundle.units):
            for c, literal in a.part[u].items():
                for members, stays in zip(
                    unit.of_profile, a.activity.attendance[u][c] or (), strict=True
                ):
                    for group, people in groups.items():
                        if people.isdisjoint(members):
                            continue
                        for p, stay in zip(a.activity.columns[c].pieces, stays, strict=True):
                            for period in stay.released:
                                out[stay.site, p.day, period][group].append((literal,))
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


def _round(
    rows: Rows,
    r: RoundVars,
    groups: frozenset[str],
    out: dict[Moment, dict[str, list[tuple[int, ...]]]],
) -> None:
    """Note that a group is out in a period of a round if one of its observers teaches then."""
    leaving: dict[tuple[int, str, str], list[tuple[int, int]]] = defaultdict(list)
    for (p, i, k), v in r.observe.items():
        crowd = r.round.patterns[p].crowds[i]
        if k in crowd.teaches:
            for group in crowd.out_groups & groups:
                leaving[p, group, k].append((v, len(crowd.members)))
    for (p, group, k), counts in leaving.items():
        some = rows.literal()
        rows.linear([*((v, 1) for v, _ in counts), (some, -sum(n for _, n in counts))], None, 0)
        for c, x in enumerate(r.x):
            if r.round.pattern[c] == p:
                day = r.round.columns[c].pieces[0].day
                out[r.round.item.site, day, k][group].append((some, x))

"""Groups out at a time: one grade level out of its classes, not two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import product

from plsched.scenario.directory import AnyItem
from plsched.scenario.models.policy import Limit
from plsched.solver.families.flags import Flags
from plsched.solver.families.needs import leaving as out_of_class
from plsched.solver.families.sets import largest
from plsched.solver.once import Once
from plsched.solver.problem import Attendance, Problem
from plsched.solver.rows import Rows, Term, merge
from plsched.solver.variables import ActivityVars, RoundVars, Variables

Moment = tuple[str, int, str]
"""Site, day, period."""
Out = dict[Moment, dict[str, dict[Hashable, set[int]]]]
"""At a moment, for each group, by source the literals of which each lets a member be out."""


def groups_out(
    rows: Rows,
    problem: Problem,
    variables: Variables,
    limit: Limit,
    counts: Callable[[AnyItem], bool],
    flags: Flags,
    sittings: Sittings,
) -> list[list[Term]]:
    r"""Count, in each period of a site and date, the groups of which a member is released.

    .. math:: \sum_G \eta_{Gdk} \le \text{at most}, \qquad \eta_{Gdk} \ge w_{auc}

    Moments at which the same decisions, or some of them, let the same groups out need no sum of
    their own.
    """
    groups = {g: frozenset(problem.directory.members[g]) for g in limit.groups or ()}
    out: Out = defaultdict(lambda: defaultdict(lambda: defaultdict(set)))
    for a, u in sittings.of(frozenset().union(*groups.values())):
        if counts(a.bundle.bundle.item):
            _sitting(a, u, groups, out)
    for r in variables.rounds:
        if counts(r.round.item):
            _round(rows, r, frozenset(groups), out)
    return [
        merge(term for sources in by_group.values() for term in flags.terms(sources))
        for by_group in _largest(out)
        if len(by_group) > limit.at_most
    ]


Leaving = Mapping[str, frozenset[frozenset[int]]]
"""For each group, the sets of literals that exclude each other and let it out."""


def _largest(out: Out) -> list[Leaving]:
    """Leave out moments of which another has all that lets a group out."""
    distinct: dict[Hashable, Leaving] = {}
    for by_group in out.values():
        leaving: Leaving = {
            g: frozenset(largest(map(frozenset, by_source.values())))
            for g, by_source in by_group.items()
        }
        distinct.setdefault(frozenset(leaving.items()), leaving)
    kept: list[Leaving] = []
    for leaving in sorted(distinct.values(), key=_size, reverse=True):
        if not any(_within(leaving, other) for other in kept):
            kept.append(leaving)
    return kept


def _size(leaving: Leaving) -> int:
    return sum(len(literals) for sources in leaving.values() for literals in sources)


def _within(leaving: Leaving, other: Leaving) -> bool:
    return all(
        any(literals <= larger for larger in other.get(g, ()))
        for g, sources in leaving.items()
        for literals in sources
    )


class Sittings:
    """The activities from which each educator may be missed in class, each with the unit they are in."""

    def __init__(self, variables: Variables) -> None:
        self._all = [
            (a, u)
            for a in variables.activities()
            if a.bundle.bundle.item.release
            for u in range(len(a.bundle.bundle.units))
        ]
        self._of: dict[str, list[int]] = defaultdict(list)
        for number, (a, u) in enumerate(self._all):
            for person in a.bundle.bundle.units[u].members:
                self._of[person].append(number)

    def of(self, people: Iterable[str]) -> Iterator[tuple[ActivityVars, int]]:
        """Give those of some people, in their order."""
        for number in sorted({number for p in people for number in self._of.get(p, ())}):
            yield self._all[number]


def _sitting(a: ActivityVars, u: int, groups: Mapping[str, frozenset[str]], out: Out) -> None:
    """Note which groups a unit lets out at each column of an activity."""
    inside = [
        [g for g, people in groups.items() if not people.isdisjoint(members)]
        for members in a.bundle.bundle.units[u].of_profile
    ]
    missed = Once(partial(_missed, inside))
    for c, literal in a.part[u].items():
        pieces = a.activity.columns[c].pieces
        for n, group, site, period in missed(a.activity.attendance[u][c] or ()):
            out[site, pieces[n].day, period][group][a.activity.id, u].add(literal)


def _missed(
    inside: Sequence[Sequence[str]], attendance: Attendance
) -> list[tuple[int, str, str, str]]:
    """List the piece, group, site and period of what is missed; ``inside``: groups by profile."""
    found: dict[tuple[int, str, str, str], None] = {}
    for leaving, stays in zip(inside, attendance, strict=True):
        for group, (n, stay) in product(leaving, enumerate(stays)):
            found.update(dict.fromkeys((n, group, stay.site, k) for k in stay.released))
    return list(found)


def _round(rows: Rows, r: RoundVars, groups: frozenset[str], out: Out) -> None:
    """Note that a group is out in a period of a round if one of its observers teaches then."""
    observers: dict[tuple[int, str, str, str], list[tuple[int, int]]] = defaultdict(list)
    for p, i, k, v in out_of_class(r):
        crowd = r.round.patterns[p].crowds[i]
        for group in sorted(crowd.out_groups & groups):
            where = crowd.home or r.round.item.site
            observers[p, group, where, k].append((v, len(crowd.members)))
    for (p, group, where, k), counts in observers.items():
        some = rows.literal()
        rows.linear([*((v, 1) for v, _ in counts), (some, -sum(n for _, n in counts))], None, 0)
        for day, literal in _dates(rows, r, p, some):
            out[where, day, k][group][r.round.id].add(literal)


def _dates(rows: Rows, r: RoundVars, p: int, some: int) -> Iterator[tuple[int, int]]:
    """Give, for each date of a pattern, a literal: the round is then, and ``some`` holds."""
    only = r.round.pattern.count(p) == 1
    for c, x in enumerate(r.x):
        if r.round.pattern[c] == p:
            literal = some
            if not only:
                literal = rows.literal()
                rows.clause([literal, ~some, ~x])
            yield r.round.columns[c].pieces[0].day, literal

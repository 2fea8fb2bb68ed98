"""What is to be covered: releases by desk and period, and rounds that keep a desk to themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from plsched.scenario.models.observation import Observation
from plsched.solver.families.staffing import HalfDay, half_day
from plsched.solver.index.accounts import sub_accounts
from plsched.solver.once import Once
from plsched.solver.problem import Attendance, Crowd, Problem
from plsched.solver.rows import Rows, Term
from plsched.solver.variables import RoundVars, Variables

Desk = tuple[str, int, str]
"""Where subs are hired: site, day, account."""

Needs = dict[Desk, dict[str, list[Term]]]
"""Terms that add up to the releases of each period at a desk."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Releases of a round on any of several dates alike, charged to one account.

    Attributes
    ----------
    dates
        Desks, each with the literal that says that the round is there.
    counts
        For each period, those who are released, with the most of them.
    people
        All who may be released.
    releases
        Periods that they may be released from, all told.
    """

    round: RoundVars
    dates: tuple[tuple[Desk, int], ...]
    counts: Mapping[str, Sequence[tuple[int, int]]]
    people: int
    releases: int


def desk_halves(problem: Problem, desk: Desk) -> tuple[HalfDay, HalfDay, int]:
    """Halves of the day at a desk, and the periods that a full-day hire may cover."""
    subs = problem.directory.scenario.substitutes
    assert subs is not None  # noqa: S101 - a desk exists only where subs are hired
    site, day, _ = desk
    bell = problem.directory.bell(site, problem.date(day))
    return half_day(subs, problem.directory.sites[site].level, bell.periods if bell else ())


def releases(
    rows: Rows, problem: Problem, variables: Variables, *, crews: bool
) -> tuple[Needs, list[Crew]]:
    """Collect what each desk needs, but for desks that an observation has to itself.

    Those stand with their crews. Without ``crews`` there are none.
    """
    need = _sittings(problem, variables)
    moving: list[Crew] = []
    for crew in (found for r in variables.rounds for found in _crews(r)):
        if len(crew.dates) > 1:
            moving.append(crew)
            continue
        for k, counts in crew.counts.items():
            need[crew.dates[0][0]][k] += [(v, 1) for v, _ in counts]
    own = _kept(moving, need) if crews else frozenset()
    kept = []
    for crew in moving:
        here = tuple((desk, x) for desk, x in crew.dates if desk in own)
        if here:
            kept.append(replace(crew, dates=here))
        for desk, x in crew.dates:
            if desk not in own:
                _if_there(rows, need, desk, x, crew)
    return need, kept


def _sittings(problem: Problem, variables: Variables) -> Needs:
    """Collect what sessions and occurrences need."""
    need: Needs = defaultdict(lambda: defaultdict(list))
    for a in variables.activities():
        item = a.bundle.bundle.item
        if not item.release:
            continue
        for u, unit in enumerate(a.bundle.bundle.units):
            charged = [sub_accounts(problem.directory, item, m) for m in unit.of_profile]
            released = Once(partial(_released, charged))
            for c, literal in a.part[u].items():
                pieces = a.activity.columns[c].pieces
                for (n, site, account, k), count in released(a.activity.attendance[u][c] or ()):
                    need[site, pieces[n].day, account][k].append((literal, count))
    return need


def _kept(moving: Sequence[Crew], need: Needs) -> frozenset[Desk]:
    """Desks at which nothing needs subs but rounds of one observation, which share no date."""
    users: dict[Desk, set[str]] = defaultdict(set)
    for crew in moving:
        for desk, _ in crew.dates:
            users[desk].add(crew.round.round.item.id)
    return frozenset(d for d, items in users.items() if len(items) == 1 and d not in need)


def _released(
    charged: Sequence[Mapping[str, int]], attendance: Attendance
) -> list[tuple[tuple[int, str, str, str], int]]:
    """Count the releases of a unit by piece, site, account and period.

    ``charged`` counts those alike by account.
    """
    found: dict[tuple[int, str, str, str], int] = defaultdict(int)
    for accounts, stays in zip(charged, attendance, strict=True):
        for n, stay in enumerate(stays):
            for period in stay.released:
                for account, count in accounts.items():
                    found[n, stay.site, account, period] += count
    return list(found.items())


Leaving = tuple[int, int, str, int]
"""Pattern, crowd, period of which they are released, and the variable that counts them."""


def leaving(r: RoundVars) -> Iterator[Leaving]:
    """Give who is released from what in a round: observers who teach then, and those on trips."""
    for (p, i, k), v in r.observe.items():
        if k in r.round.patterns[p].crowds[i].teaches:
            yield p, i, k, v
    for (p, i, t), v in r.trip.items():
        for k in r.round.patterns[p].crowds[i].trips[t].released:
            yield p, i, k, v


def _crews(r: RoundVars) -> list[Crew]:
    """Give the crews of a round: one for each pattern of its days, each site and each account."""
    item = r.round.item
    counts: dict[tuple[int, str, str], dict[str, list[tuple[int, int]]]] = {}
    people: dict[tuple[int, str, str], dict[int, Crowd]] = defaultdict(dict)
    for p, i, k, v in leaving(r):
        crowd = r.round.patterns[p].crowds[i]
        key = (p, crowd.home or item.site, crowd.account)
        counts.setdefault(key, {}).setdefault(k, []).append((v, len(crowd.members)))
        people[key][i] = crowd
    found = []
    for key, of_crew in counts.items():
        p, site, account = key
        dates = [
            ((site, column.pieces[0].day, account), x)
            for column, x, q in zip(r.round.columns, r.x, r.round.pattern, strict=True)
            if q == p
        ]
        crowds = people[key].values()
        out = sum(len(c.members) for c in crowds)
        releases = sum(len(c.members) * _most_released(c, item) for c in crowds)
        found.append(Crew(r, tuple(dates), of_crew, out, releases))
    return found


def _most_released(crowd: Crowd, item: Observation) -> int:
    """Periods that each of a crowd may be released from."""
    return max((len(t.released) for t in crowd.trips), default=item.visits_per_observer)


def _if_there(rows: Rows, need: Needs, desk: Desk, x: int, crew: Crew) -> None:
    """Add what a round needs at a desk on one of its dates: its counts if it is there, else nothing."""
    for k, counts in crew.counts.items():
        most = sum(size for _, size in counts)
        here = rows.integer(0, most)
        rows.linear([(here, 1), *((v, -1) for v, _ in counts), (x, -most)], -most, None)
        need[desk][k].append((here, 1))

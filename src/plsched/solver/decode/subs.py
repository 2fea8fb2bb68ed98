"""Names of subs: each release goes to one of the subs hired, by a maximum flow."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from ortools.graph.python import max_flow

from plsched.errors import SolverCrashed
from plsched.plan.models import Cover, Shift
from plsched.solver.families.by_time import ByTime
from plsched.solver.families.cover import Desk, Hires
from plsched.solver.families.staffing import HalfDay, half_day
from plsched.solver.problem import Problem


@dataclass(frozen=True, slots=True)
class Released:
    """An educator released from a period for an item, at a desk."""

    item: str
    educator: str
    period: str
    desk: Desk


@dataclass(slots=True)
class NamedSub:
    """A sub with what they cover."""

    id: str
    desk: Desk
    shift: Shift
    second_site: str | None
    covers: list[Cover] = field(default_factory=list)


@dataclass(slots=True)
class _Seat:
    """Where subs can serve: a site, some periods, so many of them all told."""

    subs: list[NamedSub]
    site: str
    periods: frozenset[str]
    most: int
    turn: int = 0

    def next(self) -> NamedSub:
        """Give the sub whose turn it is, so that all cover as many periods, or one more."""
        self.turn += 1
        return self.subs[(self.turn - 1) % len(self.subs)]


def name_subs(
    problem: Problem, desks: dict[Desk, Hires], values: list[int], released: list[Released]
) -> list[NamedSub]:
    """Name the subs of every desk; those who would cover nothing are not hired."""
    seats: dict[tuple[int, str], list[_Seat]] = defaultdict(list)
    for desk in sorted(desks):
        seats[desk[1], desk[2]] += _seats(problem, desk, desks[desk], values)
    by_day: dict[tuple[int, str], list[Released]] = defaultdict(list)
    for r in released:
        by_day[r.desk[1], r.desk[2]].append(r)
    found: list[NamedSub] = []
    for key, needs in by_day.items():
        _assign(needs, seats[key])
        hired = {id(sub): sub for s in seats[key] for sub in s.subs if sub.covers}
        found += hired.values()
    return found


def _seats(problem: Problem, desk: Desk, hires: Hires, values: list[int]) -> list[_Seat]:
    site, day, _ = desk
    subs = problem.directory.scenario.substitutes
    bell = problem.directory.bell(site, problem.date(day))
    if subs is None or bell is None:
        return []
    level = problem.directory.sites[site].level
    morning, afternoon, per_day = half_day(subs, level, bell.periods)
    name = f"{problem.date(day).isoformat()}/{desk[2]}/{site}"
    found = []
    for n in range(values[hires.full]):
        sub = NamedSub(f"{name}/full-{n + 1}", desk, "full", None)
        found.append(_Seat([sub], site, morning.periods | afternoon.periods, per_day))
    halves: tuple[tuple[Shift, int, HalfDay], ...] = (
        ("morning", hires.morning, morning),
        ("afternoon", hires.afternoon, afternoon),
    )
    for shift, var, half in halves:
        for n in range(values[var]):
            sub = NamedSub(f"{name}/{shift}-{n + 1}", desk, shift, None)
            found.append(_Seat([sub], site, half.periods, half.most))
    found += _by_time(desk, name, hires.by_time, values, morning.periods | afternoon.periods)
    for (other, early_most, late_most), var in hires.second.items():
        there = problem.directory.bell(other, problem.date(day))
        late = half_day(subs, problem.directory.sites[other].level, there.periods if there else ())[
            1
        ]
        for n in range(values[var]):
            sub = NamedSub(
                f"{name}/then-{other}-{early_most}-{late_most}-{n + 1}", desk, "full", other
            )
            found.append(_Seat([sub], site, morning.periods, early_most))
            found.append(_Seat([sub], other, late.periods, late_most))
    return found


def _by_time(
    desk: Desk, name: str, hires: ByTime, values: list[int], periods: frozenset[str]
) -> list[_Seat]:
    """Seats of subs by the hour, and one of all subs by the period: they take turns."""
    found = []
    for stint, var in hires.stints.items():
        span = (
            stint.periods[0]
            if len(stint.periods) == 1
            else f"{stint.periods[0]}-{stint.periods[-1]}"
        )
        for n in range(values[var]):
            sub = NamedSub(f"{name}/{span}-{n + 1}", desk, "hours", None)
            found.append(_Seat([sub], desk[0], frozenset(stint.periods), stint.most))
    by_period = hires.periods
    if by_period is not None and values[by_period.hired]:
        count = values[by_period.hired]
        subs = [NamedSub(f"{name}/periods-{n + 1}", desk, "periods", None) for n in range(count)]
        most = min(by_period.most * count, values[by_period.paid])
        found.append(_Seat(subs, desk[0], periods, most))
    return found


def _assign(needs: list[Released], seats: list[_Seat]) -> None:
    by_period: dict[tuple[str, str], list[Released]] = defaultdict(list)
    for need in needs:
        by_period[need.desk[0], need.period].append(need)
    keys = list(by_period)
    source, sink, base = 0, 1, 2 + len(keys)
    flow = max_flow.SimpleMaxFlow()
    arcs: list[tuple[int, int, int]] = []
    for p, key in enumerate(keys):
        flow.add_arc_with_capacity(source, 2 + p, len(by_period[key]))
        for s, seat in enumerate(seats):
            if key[0] == seat.site and key[1] in seat.periods:
                arcs.append((flow.add_arc_with_capacity(2 + p, base + s, len(seat.subs)), p, s))
    for s, seat in enumerate(seats):
        flow.add_arc_with_capacity(base + s, sink, seat.most)
    if flow.solve(source, sink) != flow.OPTIMAL or flow.optimal_flow() != len(needs):
        raise SolverCrashed("the subs that are hired do not cover every release")
    for arc, p, s in arcs:
        for _ in range(flow.flow(arc)):
            need = by_period[keys[p]].pop(0)
            seats[s].next().covers.append(
                Cover(item=need.item, educator=need.educator, site=keys[p][0], period=need.period)
            )

"""Points of discomfort of every choice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from datetime import time
from functools import partial

from plsched.scenario.models.base import weekday_of
from plsched.scenario.models.calendar import When
from plsched.solver.families.coaching import followed
from plsched.solver.families.loads import Loads, Share, most_of
from plsched.solver.families.pairs import Dated
from plsched.solver.once import Once
from plsched.solver.problem import DAY, Attendance, Piece, Problem, Unit
from plsched.solver.rows import Rows, Term, merge
from plsched.solver.variables import ActivityVars, CycleVars, Variables
from plsched.timegrid import clock_min


def comfort_terms(rows: Rows, problem: Problem, variables: Variables, loads: Loads) -> list[Term]:
    """Collect the terms of the comfort tier."""
    with rows.count_for_a_tier():
        return merge(_points(rows, problem, variables, loads))


def _points(rows: Rows, problem: Problem, variables: Variables, loads: Loads) -> list[Term]:
    terms: list[Term] = []
    for a in variables.activities():
        terms += _preferences(problem, a) + _ways(problem, a)
    points = problem.directory.scenario.policy.comfort.off_preferred
    for r in variables.rounds:
        when = r.round.item.when
        for c, x in enumerate(r.x):
            if points and not _weekday_liked(problem, when, r.round.columns[c].pieces[0].day):
                terms.append((x, points))
    for cycle in variables.cycles:
        terms += _promptness(rows, problem, variables, cycle)
    return [*terms, *_heavy_weeks(rows, problem, loads)]


def _weekday_liked(problem: Problem, when: When, day: int) -> bool:
    liked = when.preferred_weekdays
    return liked is None or weekday_of(problem.date(day)) in liked


def _clock_liked(liked: Sequence[time] | None, start: int) -> bool:
    return liked is None or start % DAY in {clock_min(t) for t in liked}


def _preferences(problem: Problem, a: ActivityVars) -> list[Term]:
    item = a.bundle.bundle.item
    when, span = item.when, getattr(item, "days", 1)
    points = problem.directory.scenario.policy.comfort.off_preferred
    if not points or (when.preferred_starts is None and when.preferred_weekdays is None):
        return []

    def off(p: Piece) -> bool:
        return not (
            _weekday_liked(problem, when, p.day) and _clock_liked(when.preferred_starts, p.start)
        )

    return [
        (x, points * sum(off(p) for p in column.pieces[::span]))
        for x, column in zip(a.x, a.activity.columns, strict=True)
    ]


def _ways(problem: Problem, a: ActivityVars) -> list[Term]:
    points = problem.directory.scenario.policy.comfort.travel_per_10_min
    found: list[Term] = []
    for u, unit in enumerate(a.bundle.bundle.units):
        tens = Once(partial(_tens, unit))
        for c, literal in a.part[u].items():
            begun = tens(a.activity.attendance[u][c] or ())
            if begun * points:
                found.append((literal, begun * points))
    return found


def _tens(unit: Unit, attendance: Attendance) -> int:
    """Count the ten minutes begun of all ways of a unit."""
    return sum(
        len(members) * -(-stay.way // 10)
        for members, stays in zip(unit.of_profile, attendance, strict=True)
        for stay in stays
    )


def _promptness(rows: Rows, problem: Problem, variables: Variables, c: CycleVars) -> list[Term]:
    """Weeks begun between a workshop and the cycle that follows it."""
    points = problem.directory.scenario.policy.comfort.follow_up_per_week
    if not points or c.cycle.item.follows is None or c.cycle.number != 1:
        return []
    ended = [e for unit in followed(variables, c, c.cycle.item.follows) for e in unit]
    if not ended:
        return []
    horizon = max((k.column.start // DAY for k in c.cycle.columns), default=0)
    weeks = rows.integer(0, -(-max(horizon, 7) // 7))
    by_day: dict[int, list[int]] = defaultdict(list)
    for x, k in zip(c.x, c.cycle.columns, strict=True):
        by_day[k.column.start // DAY].append(x)
    units = followed(variables, c, c.cycle.item.follows)
    for u, unit in enumerate(units):
        others = [e for k, other in enumerate(units) if k != u for e in other]
        for e in unit:
            _late(rows, weeks, by_day, e, others)
    return [(weeks, points)]


def _late(
    rows: Rows,
    weeks: int,
    by_day: dict[int, list[int]],
    session: Dated,
    others: Sequence[Dated],
) -> None:
    """Weeks from a session to the cycle, unless another unit of the group has a later one."""
    gaps = {day: -(-(day - session.last_day) // 7) for day in by_day}
    late: list[Term] = [(x, g) for day, g in gaps.items() if g > 0 for x in by_day[day]]
    most = max((g for _, g in late), default=0)
    if not most:
        return
    later = [(o.literal, -most) for o in others if o.last_day > session.last_day]
    rows.linear([(weeks, -1), *late, (session.literal, most), *later], None, most)


class _Weeks:
    """The week of each day for an educator; none where the day is set aside for such work."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        calendar = problem.directory.scenario.calendar
        self._days = range((calendar.last - calendar.first).days + 1)
        self._found: dict[Hashable, tuple[int | None, ...]] = {}

    def __call__(self, educator: str) -> tuple[int | None, ...]:
        person = self._problem.directory.educators[educator]
        key = (person.site, person.other_sites)
        if key not in self._found:
            self._found[key] = tuple(self._week(educator, day) for day in self._days)
        return self._found[key]

    def _week(self, educator: str, day: int) -> int | None:
        directory, when = self._problem.directory, self._problem.date(day)
        kind = directory.day_kind(directory.site_of(educator, when), when)
        return None if kind is not None and kind.set_aside else self._problem.week(day)


def _whole_hours(rows: Rows, over: int, together: Sequence[Share], soft_min: int) -> None:
    """Say what a week is heavy by in whole hours, which the relaxation does not know.

    Hours begun above an hour or more are, of a sum, no fewer than of its parts: each part is rounded
    up by less than an hour, and all but one of them fall short of that limit. Above less than an
    hour that holds of the choices of one decision alone, of which one at most is made.
    """
    if soft_min < _HOUR:
        parts = [merge(share.terms) for share in together]
    else:
        parts = [merge(term for share in together for term in share.terms)]
    for terms in parts:
        whole = [(x, h) for x, minutes in terms if (h := -(-(minutes - soft_min) // _HOUR)) > 0]
        if whole:
            rows.linear([*whole, (over, -1)], None, 0)


def _heavy_weeks(rows: Rows, problem: Problem, loads: Loads) -> list[Term]:
    """Hours begun above the soft limit of what an educator's week has on top of teaching."""
    comfort = problem.directory.scenario.policy.comfort
    if not comfort.heavy_week_per_hour:
        return []
    weeks_of = _Weeks(problem)
    people: Counter[tuple[Share, ...]] = Counter()
    for sources, alike in loads.alike("minutes").items():
        for weeks, educators in Counter(map(weeks_of, alike)).items():
            shares = loads.shares(weeks, weeks, "minutes")
            for week, asked in shares.asked(sources, comfort.soft_week_min).items():
                if week is not None:
                    people[tuple(asked)] += educators
    found: list[Term] = []
    for together, count in people.items():
        most = most_of(together, "minutes", comfort.soft_week_min)
        if most > comfort.soft_week_min:
            over = rows.integer(0, -(-(most - comfort.soft_week_min) // _HOUR))
            terms = merge(term for share in together for term in share.terms)
            rows.linear([*terms, (over, -_HOUR)], None, comfort.soft_week_min)
            _whole_hours(rows, over, together, comfort.soft_week_min)
            found.append((over, comfort.heavy_week_per_hour * count))
    return found


_HOUR = 60

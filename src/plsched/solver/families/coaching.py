"""Coaching: capacity and caseload of each coach, own training first, follow-up in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from plsched.solver.families.limits import undominated
from plsched.solver.families.order import ended_columns, finished_before, last_sessions
from plsched.solver.families.pairs import Dated, Run, need_one
from plsched.solver.problem import DAY, Problem
from plsched.solver.rows import Rows
from plsched.solver.variables import CycleVars, Variables


def add_coaching(rows: Rows, problem: Problem, variables: Variables) -> None:
    r"""In each week, minutes within capacity and cycles within the caseload.

    .. math:: \sum_{c \ni (e, w)} d_{cw} x_c \le K_e, \qquad \sum_{c \ni (e, w)} x_c \le L_e
    """
    _weeks(rows, problem, variables.cycles)
    for before, after in zip(variables.cycles, variables.cycles[1:], strict=False):
        if after.cycle.number == before.cycle.number + 1:
            with rows.rule("coaching", after.cycle.item.id):
                _follow_on(rows, before, after)
    for c in variables.cycles:
        with rows.rule("coaching", c.cycle.item.id):
            _own_training(rows, problem, variables, c)
            if c.cycle.item.follows is not None and c.cycle.number == 1:
                _follow_up(rows, problem, variables, c, c.cycle.item.follows)


def capacity(problem: Problem, coach: str) -> int:
    """Minutes of meetings that a coach can give in a week."""
    facts = problem.directory.coaches[coach]
    share = facts.weekly_contract_min * facts.share_percent // 100
    return max(0, share - facts.weekly_travel_min)


Sums = dict[str, dict[int, int]]
"""For each cycle, what its columns add; at most one of them holds."""


def _weeks(rows: Rows, problem: Problem, cycles: Sequence[CycleVars]) -> None:
    """Keep the coaches' weeks; weeks that cannot pass a cap, or ask less than another, aside."""
    for coach, capped in _weekly(problem, cycles).items():
        with rows.rule("coaching", coach):
            for most, weeks in capped.items():
                passing = [
                    {v: n for of_cycle in asked.values() for v, n in of_cycle.items()}
                    for asked in weeks
                    if sum(max(of_cycle.values()) for of_cycle in asked.values()) > most
                ]
                for terms in undominated(passing):
                    rows.at_most(list(terms.items()), most)


def _weekly(problem: Problem, cycles: Sequence[CycleVars]) -> dict[str, dict[int, list[Sums]]]:
    """For each coach and cap, what is asked in each week: minutes, cycles, cycles at a site."""
    minutes: dict[tuple[str, int], Sums] = defaultdict(lambda: defaultdict(dict))
    begun: dict[str, dict[int, list[tuple[int, CycleVars]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    monday = problem.date(0).weekday()
    for c in cycles:
        for x, column in zip(c.x, c.cycle.columns, strict=True):
            for p in column.column.pieces:
                of_cycle = minutes[column.coach, (p.start // DAY + monday) // 7][c.cycle.id]
                of_cycle[x] = of_cycle.get(x, 0) + p.end - p.start
            begun[column.coach][(column.week + monday) // 7].append((x, c))
    found: dict[str, dict[int, list[Sums]]] = defaultdict(lambda: defaultdict(list))
    for (coach, _), asked in minutes.items():
        found[coach][capacity(problem, coach)].append(asked)
    for coach, weeks in begun.items():
        facts = problem.directory.coaches[coach]
        for running, at_site in _running(weeks):
            found[coach][facts.caseload].append(running)
            if facts.site_caseload is not None:
                found[coach][facts.site_caseload] += at_site.values()
    return found


def _running(
    weeks: Mapping[int, Sequence[tuple[int, CycleVars]]],
) -> Iterator[tuple[Sums, dict[str, Sums]]]:
    """Count the cycles that run, in all and at each site, in weeks in which some begin.

    In other weeks no more run than in the last of these.
    """
    for week in weeks:
        running: Sums = defaultdict(dict)
        at_site: dict[str, Sums] = defaultdict(lambda: defaultdict(dict))
        for first, columns in weeks.items():
            for x, c in columns:
                if first <= week < first + c.cycle.item.weeks:
                    running[c.cycle.id][x] = at_site[c.cycle.site][c.cycle.id][x] = 1
        yield running, at_site


def _follow_on(rows: Rows, before: CycleVars, after: CycleVars) -> None:
    """Begin the next cycle of a group in a week at or after the end of the one before."""
    length = 7 * before.cycle.item.weeks
    ending = Run(
        (
            Dated(k.week, k.week + length, x)
            for x, k in zip(before.x, before.cycle.columns, strict=True)
        ),
        before.present,
    )
    weeks = sorted((k.week, x) for x, k in zip(after.x, after.cycle.columns, strict=True))
    need_one(rows, [(x, (ending.ended(week),)) for week, x in weeks], [ending], granted=True)


def _own_training(rows: Rows, problem: Problem, variables: Variables, c: CycleVars) -> None:
    for course in c.cycle.item.coach_prerequisites:
        done = finished_before(problem, course)
        sections = variables.by_source.get(course, [])
        units = sections[0].bundle.units if sections else []
        unit_of = {e: u for u, unit in enumerate(units) for e in unit.members}
        by_coach: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for x, k in zip(c.x, c.cycle.columns, strict=True):
            if k.coach not in done:
                by_coach[k.coach].append((k.column.start, x))
        for coach, columns in by_coach.items():
            ended = last_sessions(sections, unit_of[coach]) if coach in unit_of else []
            need_one(
                rows,
                [(x, tuple(e.ended(begin) for e in ended)) for begin, x in sorted(columns)],
                ended,
            )


def followed(variables: Variables, c: CycleVars, course: str) -> list[list[Dated]]:
    """Last sessions of a course for each of its units with a member of the group."""
    sections = variables.by_source.get(course, [])
    if not sections:
        return []
    members = set(c.cycle.members)
    return [
        ended_columns(sections, u)
        for u, unit in enumerate(sections[0].bundle.units)
        if members & set(unit.members)
    ]


def _follow_up(
    rows: Rows, problem: Problem, variables: Variables, c: CycleVars, course: str
) -> None:
    """After the workshop, and within so many school days."""
    most = c.cycle.item.follow_up_school_days
    school_days = [0]
    for day in range((problem.directory.scenario.calendar.last - problem.date(0)).days + 1):
        kind = problem.directory.day_kind(c.cycle.site, problem.date(day))
        school_days.append(school_days[-1] + (1 if kind is not None and kind.students else 0))
    by_start: dict[int, list[int]] = defaultdict(list)
    for x, k in zip(c.x, c.cycle.columns, strict=True):
        by_start[k.column.start].append(x)
    for ended in followed(variables, c, course):
        sharing: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for start, literals in by_start.items():
            until = school_days[start // DAY + 1]
            bad = tuple(
                e.literal
                for e in ended
                if e.end > start or until - school_days[(e.end - 1) // DAY + 1] > most
            )
            sharing[bad] += literals
        for excluded, literals in sharing.items():
            if excluded:
                rows.at_most_one([*literals, *excluded])

"""Coaching: capacity and caseload of each coach, own training first, follow-up in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from plsched.solver.families.order import ended_columns, finished_before
from plsched.solver.families.pairs import Dated
from plsched.solver.problem import DAY, Problem
from plsched.solver.rows import Rows, Term
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


def _weeks(rows: Rows, problem: Problem, cycles: Sequence[CycleVars]) -> None:
    minutes: dict[tuple[str, int], list[Term]] = defaultdict(list)
    running: dict[tuple[str, int], list[Term]] = defaultdict(list)
    at_site: dict[tuple[str, int, str], list[Term]] = defaultdict(list)
    monday = problem.date(0).weekday()
    for c in cycles:
        for x, column in zip(c.x, c.cycle.columns, strict=True):
            spent: dict[int, int] = defaultdict(int)
            for p in column.column.pieces:
                spent[(p.day + monday) // 7] += p.end - p.start
            for week, length in spent.items():
                minutes[column.coach, week].append((x, length))
            first = (column.week + monday) // 7
            for week in range(first, first + c.cycle.item.weeks):
                running[column.coach, week].append((x, 1))
                at_site[column.coach, week, c.cycle.site].append((x, 1))
    for (coach, _), terms in minutes.items():
        with rows.rule("coaching", coach):
            rows.at_most(terms, capacity(problem, coach))
    for (coach, _), terms in running.items():
        with rows.rule("coaching", coach):
            rows.at_most(terms, problem.directory.coaches[coach].caseload)
    for (coach, _, _), terms in at_site.items():
        most = problem.directory.coaches[coach].site_caseload
        if most is not None:
            with rows.rule("coaching", coach):
                rows.at_most(terms, most)


def _follow_on(rows: Rows, before: CycleVars, after: CycleVars) -> None:
    """Begin the next cycle of a group in a week at or after the end of the one before."""
    weeks = sorted({k.week for k in after.cycle.columns})
    length = 7 * before.cycle.item.weeks
    for week in weeks:
        begun = [
            (x, -1) for x, k in zip(after.x, after.cycle.columns, strict=True) if k.week <= week
        ]
        ended = [
            (x, 1)
            for x, k in zip(before.x, before.cycle.columns, strict=True)
            if k.week + length <= week
        ]
        rows.linear([*begun, *ended], 0, None)


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
            ended = ended_columns(sections, unit_of[coach]) if coach in unit_of else []
            for begin in sorted({start for start, _ in columns}):
                so_far = [(x, -1) for start, x in columns if start <= begin]
                able = [(e.literal, 1) for e in ended if e.end <= begin]
                rows.linear([*so_far, *able], 0, None)


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
        for start, literals in by_start.items():
            until = school_days[start // DAY + 1]
            bad = [
                e.literal
                for e in ended
                if e.end > start or until - school_days[(e.end - 1) // DAY + 1] > most
            ]
            if bad:
                rows.at_most_one([*literals, *bad])

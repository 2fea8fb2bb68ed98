"""Limits: the contract's caps on minutes, meetings, days out, and groups out at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence

from plsched.scenario.directory import AnyItem, matches
from plsched.scenario.models.learning import Gathering
from plsched.scenario.models.policy import Limit
from plsched.solver.families.loads import Load, Loads
from plsched.solver.families.out import add_groups_out
from plsched.solver.problem import Problem, source_kind
from plsched.solver.rows import Rows, Term, merge
from plsched.solver.variables import Variables
from plsched.timegrid import month_key


def add_limits(rows: Rows, problem: Problem, variables: Variables, loads: Loads) -> None:
    r"""Over each window, what counts for the limit is within it.

    .. math:: \sum_{c \in w} d_{pc} x_c \le B \quad \text{for each person } p, \text{ window } w
    """
    for limit in problem.directory.scenario.limits:
        with rows.rule("limits", limit.id):
            if limit.unit == "groups_out":
                add_groups_out(rows, problem, variables, limit)
            else:
                _limit(rows, problem, limit, loads)


def people_of(problem: Problem, limit: Limit) -> set[str]:
    """Educators that a limit is about."""
    directory = problem.directory
    chosen = {e.id for e in directory.scenario.educators if matches(limit.who, e)}
    if limit.groups is not None:
        chosen &= {e for g in limit.groups for e in directory.members[g]}
    if limit.educators is not None:
        chosen &= set(limit.educators)
    return chosen


def window_of(problem: Problem, limit: Limit) -> Sequence[Hashable]:
    """Name the window in which each day of the calendar falls; ``None``: in no term."""
    calendar = problem.directory.scenario.calendar
    every = range((calendar.last - calendar.first).days + 1)
    match limit.window:
        case "day":
            return list(every)
        case "week":
            return [(day + calendar.first.weekday()) // 7 for day in every]
        case "month":
            return [month_key(problem.date(day)) for day in every]
        case "term":
            terms = [problem.directory.term(problem.date(day)) for day in every]
            return [t.id if t else None for t in terms]
        case "year":
            return [0] * len(every)


def _limit(rows: Rows, problem: Problem, limit: Limit, loads: Loads) -> None:
    people = people_of(problem, limit)
    window = window_of(problem, limit)
    total: dict[object, list[Term]] = defaultdict(list)
    seen: set[tuple[object, ...]] = set()
    for sources, alike in loads.alike().items():
        count = len(people.intersection(alike))
        if not count:
            continue
        counted = [
            load
            for s in sources
            if _counts(limit, loads.sources[s].item)
            for load in loads.sources[s].loads
        ]
        for key, terms in _by_window(rows, limit, counted, window).items():
            if key is None:
                continue
            if limit.per == "together":
                total[key] += [(v, c * count) for v, c in terms]
            else:
                row = tuple(sorted(terms))
                if row not in seen and sum(c for _, c in terms) > limit.at_most:
                    seen.add(row)
                    rows.at_most(terms, limit.at_most)
    for terms in total.values():
        rows.at_most(merge(terms), limit.at_most)


def _counts(limit: Limit, item: AnyItem) -> bool:
    if limit.counts is not None and source_kind(item) not in limit.counts:
        return False
    return not limit.mandatory_only or (isinstance(item, Gathering) and item.mandatory)


def _by_window(
    rows: Rows, limit: Limit, counted: list[Load], window: Sequence[Hashable]
) -> dict[object, list[Term]]:
    found: dict[object, list[Term]] = defaultdict(list)
    if limit.unit == "days_out":
        by_day: dict[int, set[int]] = defaultdict(set)
        for load in counted:
            if load.out:
                by_day[load.day].add(load.literal)
        for day, literals in by_day.items():
            found[window[day]].append((_any(rows, sorted(literals)), 1))
        return found
    for load in counted:
        amount = load.minutes if limit.unit == "minutes" else load.meetings
        found[window[load.day]].append((load.literal, amount))
    return {key: merge(terms) for key, terms in found.items()}


def _any(rows: Rows, literals: list[int]) -> int:
    if len(literals) == 1:
        return literals[0]
    one = rows.literal()
    for literal in literals:
        rows.implies(literal, [one])
    return one

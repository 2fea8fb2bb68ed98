"""Limits: the contract's caps on minutes, meetings, days out, and groups out at a time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from plsched.scenario.directory import AnyItem, matches
from plsched.scenario.models.learning import Gathering
from plsched.scenario.models.policy import Limit
from plsched.solver.families.flags import Flags
from plsched.solver.families.loads import Amount, Loads, Share, most_of
from plsched.solver.families.out import Sittings, groups_out
from plsched.solver.problem import Problem, source_kind
from plsched.solver.rows import Rows, Term, merge
from plsched.solver.variables import Variables
from plsched.timegrid import month_key


def add_limits(rows: Rows, problem: Problem, variables: Variables, loads: Loads) -> None:
    r"""Over each window, what counts for the limit is within it.

    .. math:: \sum_{c \in w} d_{pc} x_c \le B \quad \text{for each person } p, \text{ window } w
    """
    flags, sittings = Flags(rows), Sittings(variables)
    for limit in problem.directory.scenario.limits:
        counts = partial(is_counted, limit)
        if limit.unit == "groups_out":
            sums = groups_out(rows, problem, variables, limit, counts, flags, sittings)
        elif limit.per == "together":
            sums = list(_together(problem, limit, limit.unit, loads, flags))
        else:
            sums = list(_each(problem, limit, limit.unit, loads, flags))
        with rows.rule("limits", limit.id, seldom=True):
            for terms in sums:
                rows.at_most(terms, limit.at_most)


def is_counted(limit: Limit, item: AnyItem) -> bool:
    """Whether a limit counts an item."""
    if limit.counts is not None and source_kind(item) not in limit.counts:
        return False
    return not limit.mandatory_only or (isinstance(item, Gathering) and item.mandatory)


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
            return [problem.week(day) for day in every]
        case "month":
            return [month_key(problem.date(day)) for day in every]
        case "term":
            terms = [problem.directory.term(problem.date(day)) for day in every]
            return [t.id if t else None for t in terms]
        case "year":
            return [0] * len(every)


Asked = tuple[Share, ...]
"""What one educator is asked for in a window."""


def _asked(
    problem: Problem, limit: Limit, unit: Amount, loads: Loads, enough: int
) -> dict[Hashable, Counter[Asked]]:
    """For each window, what may pass ``enough`` together for somebody, and for how many people."""
    people = people_of(problem, limit)
    shares = loads.shares(limit.window, window_of(problem, limit), unit)
    found: dict[Hashable, Counter[Asked]] = defaultdict(Counter)
    for sources, alike in loads.alike(unit, partial(is_counted, limit)).items():
        count = len(people.intersection(alike))
        if not count:
            continue
        for key, asked in shares.asked(sources, enough).items():
            if key is not None:
                found[key][tuple(asked)] += count
    return found


def _each(
    problem: Problem, limit: Limit, unit: Amount, loads: Loads, flags: Flags
) -> Iterator[list[Term]]:
    """Add up for each educator; sums that another bounds, or that cannot pass the limit, aside."""
    for distinct in _asked(problem, limit, unit, loads, limit.at_most).values():
        sums = [
            dict(merge(_terms(flags, asked, unit)))
            for asked in distinct
            if most_of(asked, unit, limit.at_most) > limit.at_most
        ]
        yield from (list(terms.items()) for terms in undominated(sums))


def _together(
    problem: Problem, limit: Limit, unit: Amount, loads: Loads, flags: Flags
) -> Iterator[list[Term]]:
    """Add up over all educators."""
    for asked_of in _asked(problem, limit, unit, loads, 0).values():
        most = sum(n * most_of(asked, unit, 0) for asked, n in asked_of.items())
        if most > limit.at_most:
            yield merge(
                (v, n * c) for asked, n in asked_of.items() for v, c in _terms(flags, asked, unit)
            )


def _terms(flags: Flags, asked: Asked, unit: Amount) -> list[Term]:
    if unit != "days_out":
        return [term for share in asked for term in share.terms]
    out: dict[int, list[set[int]]] = defaultdict(list)
    for share in asked:
        by_day: dict[int, set[int]] = defaultdict(set)
        for load in share.loads:
            by_day[load.day].add(load.literal)
        for day, literals in by_day.items():
            out[day].append(literals)
    return [term for sources in out.values() for term in flags.terms(sources)]


def undominated(sums: Iterable[Mapping[int, int]]) -> list[Mapping[int, int]]:
    """Leave out sums of which no term is larger than in another."""
    kept: list[Mapping[int, int]] = []
    for terms in sorted(sums, key=lambda s: (-len(s), -sum(s.values()))):
        if not any(all(c <= other.get(v, 0) for v, c in terms.items()) for other in kept):
            kept.append(terms)
    return kept

"""Order: sessions of a section, occurrences of a series, prerequisites, what comes before what."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from plsched.scenario.models.learning import Course, Participants, Relation
from plsched.solver.families.pairs import Dated, forbid_pairs, require_window
from plsched.solver.problem import DAY, Problem
from plsched.solver.rows import Rows
from plsched.solver.variables import ActivityVars, BundleVars, Variables


@dataclass(frozen=True, slots=True)
class Held:
    """Columns of one activity in time order: starts, ends, literals."""

    dated: tuple[Dated, ...]
    present: int


def add_order(rows: Rows, problem: Problem, variables: Variables) -> None:
    r"""Later columns need an earlier one in their window.

    .. math:: x_{k+1,t'} \le \sum_{t \in W(t')} x_{k,t}
    """
    for b in variables.bundles:
        with rows.rule("order", b.bundle.item.id):
            _series(rows, b)
    for before, after in zip(variables.rounds, variables.rounds[1:], strict=False):
        if before.round.item.id == after.round.item.id:
            with rows.rule("order", after.round.item.id):
                require_window(
                    rows,
                    [
                        Dated(c.start, c.end, v)
                        for c, v in zip(after.round.columns, after.x, strict=True)
                    ],
                    [
                        Dated(c.start, c.end, v)
                        for c, v in zip(before.round.columns, before.x, strict=True)
                    ],
                    after.round.item.min_gap_days,
                    None,
                )
    for b in variables.bundles:
        if isinstance(b.bundle.item, Course):
            for course in b.bundle.item.prerequisites:
                with rows.rule("order", b.bundle.item.id):
                    _prerequisite(rows, problem, b, variables.by_source[course], course)
    for item in (*problem.directory.scenario.engagements, *problem.directory.scenario.tasks):
        with rows.rule("order", item.id):
            _relations(rows, variables, item)


def dated(a: ActivityVars) -> list[Dated]:
    """Columns of an activity with their literals."""
    return [Dated(c.start, c.end, v) for c, v in zip(a.activity.columns, a.x, strict=True)]


def _series(rows: Rows, b: BundleVars) -> None:
    least, most = b.bundle.gap_days
    previous: list[ActivityVars] = []
    for chain in b.bundle.chains:
        for k in range(chain.first, chain.last):
            activity = b.activities[k]
            if k > chain.first:
                require_window(rows, dated(activity), dated(b.activities[k - 1]), least, most)
            elif previous:
                _join(rows, activity, previous, least, most)
        previous = b.activities[chain.first : chain.last]


def _join(
    rows: Rows, first: ActivityVars, previous: Sequence[ActivityVars], least: int, most: int | None
) -> None:
    """Hold the first of a term after whichever was the last of the term before."""
    for earlier in previous:
        forbid_pairs(
            rows,
            dated(earlier),
            dated(first),
            lambda a, b: b.start < a.end or b.day - a.day < least,
        )
    if most is not None:
        earlier_columns = [d for e in previous for d in dated(e)]
        for later in dated(first):
            near = [e.literal for e in earlier_columns if 0 <= later.day - e.day <= most]
            rows.implies(later.literal, near)


def _prerequisite(
    rows: Rows, problem: Problem, b: BundleVars, sections: Sequence[BundleVars], course: str
) -> None:
    """Who takes part has finished the other course before, or is in a section that ended."""
    done = finished_before(problem, course)
    unit_of = {e: u for u, unit in enumerate(sections[0].bundle.units) for e in unit.members}
    first = b.activities[0]
    for u, unit in enumerate(b.bundle.units):
        needed = dict.fromkeys(unit_of.get(e) for e in unit.members if e not in done)
        for other in needed:
            ended = [] if other is None else ended_columns(sections, other)
            ends = [e.end for e in ended]
            for c, literal in first.part[u].items():
                start = first.activity.columns[c].start
                rows.implies(literal, [e.literal for e in ended[: bisect_right(ends, start)]])


def finished_before(problem: Problem, course: str) -> set[str]:
    """Educators who finished a course before this year."""
    members = problem.directory.members
    return {
        e
        for prior in problem.directory.scenario.prior
        if prior.course == course
        for e in (*prior.educators, *(m for g in prior.groups for m in members[g]))
    }


def ended_columns(sections: Sequence[BundleVars], unit: int) -> list[Dated]:
    """Last sessions in which a unit may take part, in the order of their ends."""
    found = [
        Dated(
            s.activities[-1].activity.columns[c].start, s.activities[-1].activity.columns[c].end, v
        )
        for s in sections
        for c, v in s.activities[-1].part[unit].items()
    ]
    return sorted(found, key=lambda d: d.end)


def _relations(rows: Rows, variables: Variables, item: Participants) -> None:
    if not item.after and not item.before:
        return
    own = variables.by_source[item.id][0].activities
    for relation in item.after:
        others = things_of(variables, relation.item)
        if own:
            _after(rows, dated(own[0]), others, relation)
    for relation in item.before:
        _before(rows, own, things_of(variables, relation.item), relation)


def things_of(variables: Variables, source: str) -> list[Held]:
    """Everything dated that may stand of an item."""
    found = [
        Held(tuple(dated(a)), a.present)
        for b in variables.by_source.get(source, ())
        for a in b.activities
    ]
    found += [
        Held(
            tuple(Dated(c.start, c.end, v) for c, v in zip(r.round.columns, r.x, strict=True)),
            r.present,
        )
        for r in variables.rounds
        if r.round.item.id == source
    ]
    found += [
        Held(
            tuple(
                Dated(k.column.start, k.column.end, v)
                for k, v in zip(c.cycle.columns, c.x, strict=True)
            ),
            c.present,
        )
        for c in variables.cycles
        if c.cycle.item.id == source
    ]
    return found


def _after(rows: Rows, first: Sequence[Dated], others: Sequence[Held], relation: Relation) -> None:
    least, most = relation.min_days, relation.max_days
    ending = sorted((d.end, (d.end - 1) // DAY, d.literal) for held in others for d in held.dated)
    for own in first:
        near = [
            literal
            for end, day, literal in ending
            if end <= own.start
            and own.day - day >= least
            and (most is None or own.day - day <= most)
        ]
        rows.implies(own.literal, near)
    for held in others:
        forbid_pairs(
            rows,
            held.dated,
            first,
            lambda a, b: b.start < a.end or b.day - a.last_day < least,
        )


def _before(
    rows: Rows, own: Sequence[ActivityVars], others: Sequence[Held], relation: Relation
) -> None:
    least, most = relation.min_days, relation.max_days
    columns = [d for held in others for d in held.dated]
    for index, activity in enumerate(own):
        for held in others:
            forbid_pairs(
                rows,
                dated(activity),
                held.dated,
                lambda a, b: b.start < a.end or b.day - a.last_day < least,
            )
        later = own[index + 1].present if index + 1 < len(own) else None
        must = later is not None and later == activity.present
        if must:
            continue
        for d in dated(activity):
            near = [e.literal for e in columns if most is None or e.day - d.last_day <= most]
            rows.implies(d.literal, near if later is None else [*near, later])

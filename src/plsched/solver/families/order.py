"""Order: sessions of a section, occurrences of a series, prerequisites, what comes before what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from plsched.scenario.models.learning import Course, Participants, Relation
from plsched.solver.families.pairs import (
    Dated,
    Run,
    in_series,
    keep_apart,
    need_one,
)
from plsched.solver.problem import Problem
from plsched.solver.rows import Rows
from plsched.solver.variables import ActivityVars, BundleVars, RoundVars, Variables


def add_order(rows: Rows, problem: Problem, variables: Variables) -> None:
    r"""Later columns need an earlier one in their window.

    .. math:: x_{k+1,t'} \le \sum_{t \in W(t')} x_{k,t}
    """
    for b in variables.bundles:
        with rows.rule("order", b.bundle.item.id, seldom=True):
            _series(rows, b)
    rounds: dict[str, list[RoundVars]] = defaultdict(list)
    for r in variables.rounds:
        rounds[r.round.item.id].append(r)
    for source, of_item in rounds.items():
        with rows.rule("order", source, seldom=True):
            in_series(
                rows, list(map(held_round, of_item)), of_item[0].round.item.min_gap_days, None, 1
            )
    for b in variables.bundles:
        if isinstance(b.bundle.item, Course):
            for course in b.bundle.item.prerequisites:
                with rows.rule("order", b.bundle.item.id, seldom=True):
                    _prerequisite(rows, problem, b, variables.by_source[course], course)
    for item in (*problem.directory.scenario.engagements, *problem.directory.scenario.tasks):
        with rows.rule("order", item.id, seldom=True):
            _relations(rows, variables, item)


def held(a: ActivityVars) -> Run:
    """Columns of an activity."""
    return Run(
        (Dated(c.start, c.end, v) for c, v in zip(a.activity.columns, a.x, strict=True)), a.present
    )


def held_round(r: RoundVars) -> Run:
    """Columns of a round."""
    return Run(
        (Dated(c.start, c.end, v) for c, v in zip(r.round.columns, r.x, strict=True)), r.present
    )


def _series(rows: Rows, b: BundleVars) -> None:
    least, most = b.bundle.gap_days
    previous: list[Run] = []
    for chain in b.bundle.chains:
        runs = [held(a) for a in b.activities[chain.first : chain.last]]
        runs = in_series(rows, runs, least, most, chain.low)
        if previous and runs:
            _join(rows, runs[0], previous, least, most)
        previous = runs


def _join(rows: Rows, first: Run, previous: Sequence[Run], least: int, most: int | None) -> None:
    """Hold the first of a term after whichever was the last of the term before."""
    for earlier in previous:
        keep_apart(rows, earlier, first, least)
    if most is not None:
        need_one(
            rows,
            [
                (d.literal, tuple(e.before(d, least, most) for e in previous))
                for d in first.by_start().columns
            ],
            previous,
        )


def _prerequisite(
    rows: Rows, problem: Problem, b: BundleVars, sections: Sequence[BundleVars], course: str
) -> None:
    """Who takes part has finished the other course before, or is in a section that ended."""
    done = finished_before(problem, course)
    unit_of = {e: u for u, unit in enumerate(sections[0].bundle.units) for e in unit.members}
    first = b.activities[0]
    starts = [c.start for c in first.activity.columns]
    for u, unit in enumerate(b.bundle.units):
        needed = dict.fromkeys(unit_of.get(e) for e in unit.members if e not in done)
        part = sorted((starts[c], v) for c, v in first.part[u].items())
        for other in needed:
            ended = [] if other is None else last_sessions(sections, other)
            need_one(rows, [(v, tuple(e.ended(start) for e in ended)) for start, v in part], ended)


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


def last_sessions(sections: Sequence[BundleVars], unit: int) -> list[Run]:
    """For each section, the columns of its last session at which a unit may take part."""
    found = []
    for s in sections:
        last = s.activities[-1]
        columns = last.activity.columns
        part = (Dated(columns[c].start, columns[c].end, v) for c, v in last.part[unit].items())
        found.append(Run(part, s.chosen[unit]))
    return found


def _relations(rows: Rows, variables: Variables, item: Participants) -> None:
    if not item.after and not item.before:
        return
    own = [held(a) for a in variables.by_source[item.id][0].activities]
    for relation in item.after:
        if own:
            _after(rows, own[0], things_of(variables, relation.item), relation)
    for relation in item.before:
        _before(rows, own, things_of(variables, relation.item), relation)


def things_of(variables: Variables, source: str) -> list[Run]:
    """Everything dated that may stand of an item."""
    found = [held(a) for b in variables.by_source.get(source, ()) for a in b.activities]
    found += [held_round(r) for r in variables.rounds if r.round.item.id == source]
    found += [
        Run(
            (
                Dated(k.column.start, k.column.end, v)
                for k, v in zip(c.cycle.columns, c.x, strict=True)
            ),
            c.present,
        )
        for c in variables.cycles
        if c.cycle.item.id == source
    ]
    return found


def _after(rows: Rows, first: Run, others: Sequence[Run], relation: Relation) -> None:
    least, most = relation.min_days, relation.max_days
    need_one(
        rows,
        [
            (d.literal, tuple(y.before(d, least, most, from_last_day=True) for y in others))
            for d in first.by_start().columns
        ],
        others,
    )
    if len(others) > 1:  # what is alone in being needed cannot be held at another time
        for other in others:
            keep_apart(rows, other, first, least, from_last_day=True)


def _before(rows: Rows, own: Sequence[Run], others: Sequence[Run], relation: Relation) -> None:
    least, most = relation.min_days, relation.max_days
    for index, run in enumerate(own):
        last = index + 1 == len(own)
        if not last or len(others) > 1:
            for other in others:
                keep_apart(rows, run, other, least, from_last_day=True)
        if last or own[index + 1].whole != run.whole:
            able = [y.by_start() for y in others]
            ranges = [tuple(y.after(d, least, most) for y in able) for d in run.columns]
            if not last:
                able.append(Run([Dated(0, 1, own[index + 1].whole)], own[index + 1].whole))
                ranges = [(*r, (0, 1)) for r in ranges]
            literals = [d.literal for d in run.columns]
            need_one(rows, list(zip(literals, ranges, strict=True)), able)

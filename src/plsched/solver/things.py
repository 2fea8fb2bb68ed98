"""What a plan is asked for: the things that count for the first two tiers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plsched.families import Family
from plsched.scenario.directory import AnyItem
from plsched.scenario.models.learning import Course
from plsched.solver.problem import Problem
from plsched.solver.rows import Rows
from plsched.solver.variables import BundleVars, Variables


@dataclass(frozen=True, slots=True)
class Thing:
    """Something asked for; it stands if one of its literals holds.

    ``reach`` is what it counts for reach, for each literal.
    """

    id: str
    item: AnyItem
    required: bool
    literals: tuple[int, ...]
    reach: tuple[int, ...]
    groups: tuple[str, ...]
    refusals: tuple[Family, ...] = ()
    extra: bool = False
    """An occurrence beyond the low count: it is not reported when it is left out."""
    part: str = ""
    """Which part of its item it is, where the item's title and groups do not tell."""

    @property
    def title(self) -> str:
        """Title of the item, with the part."""
        return f"{self.item.title}, {self.part}" if self.part else self.item.title


def weight(problem: Problem, item: AnyItem) -> int:
    """Priority of an item times that of its pathway."""
    return item.priority * problem.directory.pathways[item.pathway].priority


def make_things(rows: Rows, problem: Problem, variables: Variables) -> list[Thing]:
    """List all things, floors of coaching dosage included."""
    found: list[Thing] = []
    for bundles in variables.by_source.values():
        if isinstance(bundles[0].bundle.item, Course):
            found += _units(problem, bundles)
        else:
            found += _series(problem, bundles[0])
    found += _rounds(problem, variables)
    found += _cycles(problem, variables)
    found += _floors(rows, variables, problem)
    return found


def _units(problem: Problem, bundles: list[BundleVars]) -> Iterator[Thing]:
    course = bundles[0].bundle.item
    minutes = course.duration_min * len(bundles[0].bundle.activities)
    for u, unit in enumerate(bundles[0].bundle.units):
        value = 0 if course.required else weight(problem, course) * len(unit.members) * minutes
        yield Thing(
            f"{course.id}/{unit.id}",
            course,
            course.required,
            tuple(b.chosen[u] for b in bundles),
            (value,) * len(bundles),
            (unit.id,),
            tuple(bundles[0].bundle.refusals),
        )


def _series(problem: Problem, bundle: BundleVars) -> Iterator[Thing]:
    item = bundle.bundle.item
    if isinstance(item, Course):
        return
    people = len(bundle.bundle.units[0].members)
    once = weight(problem, item) * people * item.duration_min
    must = [a for a in bundle.activities if a.present == bundle.stands]
    literals: list[int] = [bundle.stands]
    reach: list[int] = [0]
    if not item.required:
        if len(must) == 1 and len(must[0].activity.columns) > 0:
            literals = list(must[0].x)
            reach = [once * len(c.pieces) for c in must[0].activity.columns]
        else:
            reach = [once * item.days * len(must)]
    yield Thing(
        item.id,
        item,
        item.required,
        tuple(literals),
        tuple(reach),
        item.groups,
        tuple(bundle.bundle.refusals),
    )
    for activity in bundle.activities:
        if activity.present != bundle.stands:
            yield Thing(
                activity.activity.id,
                item,
                False,
                (activity.present,),
                (once * item.days,),
                item.groups,
                extra=True,
            )


def _rounds(problem: Problem, variables: Variables) -> Iterator[Thing]:
    for r in variables.rounds:
        item = r.round.item
        minutes = (
            item.visit_min * item.visits_per_observer + item.briefing_min + item.debriefing_min
        )
        people = len(problem.purses.audience(item))
        value = 0 if item.required else weight(problem, item) * people * minutes
        yield Thing(
            r.round.id,
            item,
            item.required,
            (r.present,),
            (value,),
            item.observers,
            tuple(r.round.refusals),
        )


def _cycles(problem: Problem, variables: Variables) -> Iterator[Thing]:
    for c in variables.cycles:
        item = c.cycle.item
        if item.required or not c.x:
            literals: tuple[int, ...] = (c.present,)
            reach: tuple[int, ...] = (0,)
        else:
            once = weight(problem, item) * len(c.cycle.members)
            literals = tuple(c.x)
            reach = tuple(
                once * sum(p.end - p.start for p in column.column.pieces)
                for column in c.cycle.columns
            )
        yield Thing(
            c.cycle.id,
            item,
            item.required,
            literals,
            reach,
            (c.cycle.group,),
            tuple(c.cycle.refusals),
            part=f"cycle {c.cycle.number}" if item.cycles_per_group > 1 else "",
        )


def _floors(rows: Rows, variables: Variables, problem: Problem) -> Iterator[Thing]:
    """Add a literal for each dosage floor, which may hold only if the floor is met."""
    by_group: dict[tuple[str, str], list[int]] = {}
    for index, c in enumerate(variables.cycles):
        if c.cycle.item.floor_min is not None:
            by_group.setdefault((c.cycle.item.id, c.cycle.group), []).append(index)
    for (source, group), indices in by_group.items():
        item = variables.cycles[indices[0]].cycle.item
        met = rows.literal()
        minutes, terms = [], dict[str, list[int]]()
        for index in indices:
            c = variables.cycles[index]
            for x, column in zip(c.x, c.cycle.columns, strict=True):
                minutes.append((x, sum(p.end - p.start for p in column.column.pieces)))
                term = problem.directory.term(problem.date(column.column.start // 1440))
                if term is not None:
                    terms.setdefault(term.id, []).append(x)
        longest = sum(
            max((sum(p.end - p.start for p in k.column.pieces) for k in columns), default=0)
            for columns in (variables.cycles[i].cycle.columns for i in indices)
        )
        if longest < (item.floor_min or 0):
            rows.never(met)
        rows.linear([*minutes, (met, -(item.floor_min or 0))], 0, None)
        started = []
        for literals in terms.values():
            begun = rows.literal()
            rows.implies(begun, literals)
            started.append(begun)
        rows.linear([*((s, 1) for s in started), (met, -item.floor_terms)], 0, None)
        refusals = dict.fromkeys(f for i in indices for f in variables.cycles[i].cycle.refusals)
        terms_least = f" in {item.floor_terms} terms" if item.floor_terms > 1 else ""
        yield Thing(
            f"{source}/{group}/floor",
            item,
            True,
            (met,),
            (0,),
            (group,),
            tuple(refusals),
            part=f"{item.floor_min} minutes at least{terms_least}",
        )

"""Coverage: what was asked and what stands, by pathway and by goal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from plsched.exports.report.reading import dates_of, person_min
from plsched.exports.report.wording import listed, plural
from plsched.plan.facts import Facts
from plsched.plan.required import asked_for
from plsched.scenario.models.learning import ActionStep, Goal, Objective

Level = Literal["goal", "objective", "step"]


@dataclass(frozen=True, slots=True)
class Given:
    """What stands of something: dates, and minutes of learning of everybody."""

    dates: int
    person_min: int


@dataclass(frozen=True, slots=True)
class PathwayCoverage:
    """A pathway: things asked for, and how many stand."""

    name: str
    priority: int
    asked: int
    whole: int
    partly: int
    none: int
    things_asked: int
    """units, occurrence series, rounds, cycles and dosage floors"""
    things_standing: int
    dates: int
    people_asked: int
    people_reached: int
    person_min: int


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal, objective or action step, and what serves it or anything below it."""

    level: Level
    id: str
    name: str
    asked: int
    standing: int
    dates: int
    person_min: int
    out_of_scope: str | None = None

    @property
    def bare(self) -> bool:
        """Tell whether nothing serves it although something should."""
        return self.standing == 0 and self.out_of_scope is None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Coverage of the plan."""

    finding: str
    pathways: tuple[PathwayCoverage, ...]
    goals: tuple[GoalRow, ...]
    goal_finding: str


def coverage(facts: Facts) -> Coverage:
    """Set what stands beside what was asked."""
    given = {
        source: Given(len(dates_of(stands)), sum(person_min(stand) for stand in stands))
        for source, stands in facts.by_source.items()
    }
    pathways = tuple(_pathways(facts, given))
    goals = tuple(_goals(facts, given))
    return Coverage(_finding(pathways), pathways, goals, _goal_finding(goals))


def _pathways(facts: Facts, given: Mapping[str, Given]) -> Iterator[PathwayCoverage]:
    things: dict[str, list[bool]] = defaultdict(list)
    for asked in asked_for(facts):
        things[asked.source.id].append(asked.stands)
    for pathway in facts.scenario.pathways:
        sources = [item for item in facts.directory.items.values() if item.pathway == pathway.id]
        wanted = {person for item in sources for person in facts.ground.audience.whole(item)}
        stands = [stand for item in sources for stand in facts.standing(item.id)]
        mine = [things[item.id] for item in sources]
        yield PathwayCoverage(
            name=pathway.name,
            priority=pathway.priority,
            asked=len(sources),
            whole=sum(1 for standing in mine if all(standing)),
            partly=sum(1 for standing in mine if any(standing) and not all(standing)),
            none=sum(1 for standing in mine if not any(standing)),
            things_asked=sum(len(standing) for standing in mine),
            things_standing=sum(sum(standing) for standing in mine),
            dates=sum(given[i.id].dates for i in sources if i.id in given),
            people_asked=len(wanted),
            people_reached=len({person for stand in stands for person in stand.participants}),
            person_min=sum(given[i.id].person_min for i in sources if i.id in given),
        )


def _goals(facts: Facts, given: Mapping[str, Given]) -> Iterator[GoalRow]:
    for goal in facts.scenario.goals:
        yield _goal_row(facts, given, "goal", goal, _below(goal))
        for objective in goal.objectives:
            yield _goal_row(facts, given, "objective", objective, _steps(objective))
            for step in objective.action_steps:
                row = _goal_row(facts, given, "step", step, frozenset({step.id}))
                yield replace(row, out_of_scope=step.out_of_scope)


def _goal_row(
    facts: Facts,
    given: Mapping[str, Given],
    level: Level,
    part: Goal | Objective | ActionStep,
    ids: frozenset[str],
) -> GoalRow:
    asked = [i for i, item in facts.directory.items.items() if not ids.isdisjoint(item.serves)]
    stands = [i for i in asked if i in given]
    return GoalRow(
        level=level,
        id=part.id,
        name=part.name,
        asked=len(asked),
        standing=len(stands),
        dates=sum(given[i].dates for i in stands),
        person_min=sum(given[i].person_min for i in stands),
    )


def _steps(objective: Objective) -> frozenset[str]:
    return frozenset({objective.id, *(step.id for step in objective.action_steps)})


def _below(goal: Goal) -> frozenset[str]:
    return frozenset({goal.id}).union(*(_steps(objective) for objective in goal.objectives))


def _finding(pathways: tuple[PathwayCoverage, ...]) -> str:
    asked = sum(p.asked for p in pathways)
    whole = sum(p.whole for p in pathways)
    partly = sum(p.partly for p in pathways)
    empty = [p.name for p in pathways if p.asked and not p.whole and not p.partly]
    words = (
        f"Of {plural(asked, 'thing')} asked for, {whole:,} stand in full, {partly:,} in part, "
        f"{asked - whole - partly:,} not at all."
    )
    return f"{words} Nothing stands in {listed(empty)}." if empty else words


def _goal_finding(goals: tuple[GoalRow, ...]) -> str:
    if not goals:
        return "The scenario names no goals."
    tops = [g for g in goals if g.level == "goal"]
    objectives = [g for g in goals if g.level == "objective"]
    steps = [g for g in goals if g.level == "step"]
    outside = sum(1 for g in steps if g.out_of_scope is not None)
    bare = [f"{g.level} {g.id}" for g in (*tops, *objectives) if g.bare]
    served = [
        f"{sum(1 for g in tops if not g.bare)} of {plural(len(tops), 'goal')}",
        f"{sum(1 for g in objectives if not g.bare)} of {plural(len(objectives), 'objective')}",
    ]
    if steps:
        standing = sum(1 for g in steps if g.standing)
        served.append(f"{standing} of {plural(len(steps), 'action step')}")
    words = f"{listed(served)} have something that serves them"
    if outside:
        words += f"; {plural(outside, 'step')} {'is' if outside == 1 else 'are'} out of scope"
    words += "."
    return f"{words} Without any session: {listed(bare)}." if bare else words

"""Evaluation by Guskey's five levels, and the plan as 30, 60, 90 and 120 days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter

from plsched.exports.report.readiness import SIGNS
from plsched.exports.report.reading import dates_of, kind_words, pathway_name
from plsched.exports.report.wording import full_date, listed, plural
from plsched.plan.facts import Facts
from plsched.plan.kinds import phase_of
from plsched.plan.readiness import readiness
from plsched.scenario.models.learning import Task
from plsched.scenario.models.observation import Observation

BEFORE_FALL = "Before Fall"
LEVELS = {
    1: "Participants' reactions",
    2: "Participants' learning",
    3: "Organization support and change",
    4: "Use of new knowledge and skills",
    5: "Student outcomes",
}


@dataclass(frozen=True, slots=True)
class EvaluationTask:
    """A dated piece of evaluation."""

    level: int | None
    title: str
    pathway: str
    dates: tuple[date, ...]
    people: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days counted from a date, and what happens in them."""

    name: str
    first: date
    last: date
    counts: tuple[tuple[str, int], ...]
    milestones: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Evaluation and the next days."""

    finding: str
    tasks: tuple[EvaluationTask, ...]
    empty_levels: tuple[str, ...]
    days_finding: str
    stretches: tuple[Stretch, ...]


def evaluation(facts: Facts) -> Evaluation:
    """Read evaluation and milestones off a plan."""
    tasks = tuple(sorted(_tasks(facts), key=lambda t: (t.level or 9, t.dates, t.title)))
    used = {task.level for task in tasks}
    empty = tuple(f"{level} ({name})" for level, name in LEVELS.items() if level not in used)
    stretches = tuple(_stretches(facts))
    days_finding = _days_finding(facts, stretches)
    return Evaluation(_finding(tasks, empty), tasks, empty, days_finding, stretches)


def _tasks(facts: Facts) -> Iterator[EvaluationTask]:
    for stands in facts.by_source.values():
        source = stands[0].source
        if phase_of(source) == "evaluation":
            yield EvaluationTask(
                level=source.guskey_level if isinstance(source, Task) else None,
                title=source.title,
                pathway=pathway_name(facts.directory, source.pathway),
                dates=tuple(dict.fromkeys(dates_of(stands))),
                people=len({person for stand in stands for person in stand.participants}),
            )


def _as_of(facts: Facts) -> date | None:
    return None if facts.scenario.records is None else facts.scenario.records.as_of


def _counted_from(facts: Facts) -> date | None:
    """Give the date on which the records are read, else the first day of Fall."""
    terms = facts.scenario.calendar.terms
    return _as_of(facts) or next((t.first for t in terms if t.season == "fall"), None)


def _stretches(facts: Facts) -> Iterator[Stretch]:
    start = _counted_from(facts)
    if start is None or not facts.stands:
        return
    before = start if _as_of(facts) else min(stand.first_day for stand in facts.stands)
    bounds = [
        (f"Days {n - 29} to {n}", start + timedelta(days=n - 30), start + timedelta(days=n - 1))
        for n in (30, 60, 90, 120)
    ]
    if before < start:
        bounds.insert(0, (BEFORE_FALL, before, start - timedelta(days=1)))
    for name, first, last in bounds:
        held = Counter(
            kind_words(stand)
            for stand in facts.stands
            for day in dates_of((stand,))
            if first <= day <= last
        )
        milestones = tuple(_milestones(facts, first, last))
        yield Stretch(name, first, last, tuple(sorted(held.items())), milestones)


def _milestones(facts: Facts, first: date, last: date) -> Iterator[tuple[date, str]]:
    """Give first dates of everything, each task and observation day, and what has to be ready."""
    found: dict[tuple[date, str], None] = {}
    rated = readiness(facts.scenario)
    for element in rated.elements if rated else ():
        due = element.now.due
        if due is not None and first <= due <= last:
            found[due, f"Due: {element.now.element} ({SIGNS[element.now.colour]})"] = None
    for stand in sorted(facts.stands, key=lambda s: (s.start, s.id)):
        day, source = stand.first_day, stand.source
        if not first <= day <= last:
            continue
        if isinstance(source, Task | Observation):
            found[day, source.title] = None
        elif facts.standing(source.id)[0] is stand:
            several = len(dates_of(facts.standing(source.id))) > 1
            found[day, f"{source.title} begins" if several else source.title] = None
    yield from sorted(found, key=itemgetter(0))


def _finding(tasks: tuple[EvaluationTask, ...], empty: tuple[str, ...]) -> str:
    if not tasks:
        return "No evaluation stands in the plan: nobody will know what it changed."
    dates = sum(len(t.dates) for t in tasks)
    words = (
        f"{plural(len(tasks), 'piece')} of evaluation on {plural(dates, 'date')}, on "
        f"{plural(5 - len(empty), 'level')} of Guskey's five."
    )
    if len(empty) == len(LEVELS):
        return f"{words} None names its level."
    return f"{words} Nothing on level {listed(empty)}." if empty else words


def _days_finding(facts: Facts, stretches: tuple[Stretch, ...]) -> str:
    counted = [s for s in stretches if s.name != BEFORE_FALL]
    if not counted:
        return "There is nothing to count from the first day of Fall."
    since = "the date of the records" if _as_of(facts) else "the first day of Fall"
    held = sum(n for s in counted for _, n in s.counts)
    return (
        f"{plural(held, 'date')} in the 120 days from {full_date(counted[0].first)}, {since}, "
        f"with {plural(sum(len(s.milestones) for s in counted), 'milestone')}."
    )

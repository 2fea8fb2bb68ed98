"""What comes after what, how far apart, and how often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from plsched.plan.facts import Facts
from plsched.plan.naming import rhythm_of
from plsched.plan.standing import Piece, Stand
from plsched.plan.verify.cadence import cadence_faults
from plsched.plan.verify.violation import Violation, names
from plsched.scenario.models.learning import Course, Engagement, Relation, Task
from plsched.scenario.models.observation import Observation


def check_order(facts: Facts) -> Iterator[Violation]:
    """Check sessions of sections, prerequisites, cadence, gaps and relations."""
    for course in facts.scenario.courses:
        for sessions in facts.sections.get(course.id, {}).values():
            yield from _sessions(course, sessions)
            yield from _prerequisites(facts, course, sessions)
    series: tuple[Engagement | Task, ...] = (*facts.scenario.engagements, *facts.scenario.tasks)
    for source in series:
        stands = facts.standing(source.id)
        if not stands:
            continue
        for text in cadence_faults(facts, source, stands):
            yield Violation("order", (source.id,), f"{source.id}: {text}")
        yield from _series(source, stands)
        yield from _relations(facts, source, stands)
    for observation in facts.scenario.observations:
        yield from _rounds(observation, facts.standing(observation.id))


def _sessions(course: Course, sessions: Sequence[Stand]) -> Iterator[Violation]:
    for before, after in pairwise(sessions):
        yield from _apart(
            before,
            after,
            (before.first_day, after.first_day),
            (course.min_gap_days, course.max_gap_days),
        )


def _apart(
    before: Stand,
    after: Stand,
    dates: tuple[date, date],
    gaps: tuple[int, int | None],
) -> Iterator[Violation]:
    ids = (before.id, after.id)
    if after.start < before.end:
        text = f"{after.id} starts on {dates[1]}, before the end of {before.id} on {dates[0]}"
        yield Violation("order", ids, text)
        return
    gap, (low, high) = (dates[1] - dates[0]).days, gaps
    if gap < low or (high is not None and gap > high):
        span = f"{low} to {high}" if high is not None else f"at least {low}"
        text = f"{after.id} on {dates[1]} is {gap} days after {before.id}, not {span}"
        yield Violation("order", ids, text)


def _prerequisites(facts: Facts, course: Course, sessions: Sequence[Stand]) -> Iterator[Violation]:
    for wanted in course.prerequisites:
        late = [
            e
            for e in sessions[0].participants
            if not has_finished(facts, e, wanted, sessions[0].start)
        ]
        if late:
            text = (
                f"{names(late)} in {sessions[0].id} on {sessions[0].first_day} "
                f"without having finished {wanted}"
            )
            yield Violation("order", (sessions[0].id, wanted, *late), text)


def has_finished(facts: Facts, educator: str, course: str, by: int) -> bool:
    """Tell whether an educator has finished a course before this year, or by a minute of it."""
    if educator in facts.finished_before.get(course, ()):
        return True
    sections = facts.sections_of.get(course, {}).get(educator, ())
    return any(max(s.end for s in sessions) <= by for sessions in sections)


def _series(source: Engagement | Task, stands: Sequence[Stand]) -> Iterator[Violation]:
    beat = rhythm_of(source)
    if beat.kind == "pattern" or isinstance(source, Task):
        return
    low = beat.min_gap_days if source.min_gap_days is None else source.min_gap_days
    for before, after in pairwise(stands):
        yield from _apart(
            before, after, (before.first_day, after.first_day), (low, source.max_gap_days)
        )


def _rounds(source: Observation, stands: Sequence[Stand]) -> Iterator[Violation]:
    numbered = [s for s in stands if s.parts is not None]
    numbered.sort(key=lambda s: s.parts.number if s.parts else 0)
    for before, after in pairwise(numbered):
        yield from _apart(
            before, after, (before.first_day, after.first_day), (source.min_gap_days, None)
        )


def _relations(
    facts: Facts, source: Engagement | Task, stands: Sequence[Stand]
) -> Iterator[Violation]:
    ours: dict[str, list[Piece]] = defaultdict(list)
    ours[source.id] = [p for stand in stands for p in stand.pieces]
    for relations, after in ((source.after, True), (source.before, False)):
        for relation in relations:
            theirs = [p for stand in facts.standing(relation.item) for p in stand.pieces]
            text = _related(source.id, ours[source.id], relation, theirs, after)
            if text is not None:
                yield Violation("order", (source.id, relation.item), text)


def _related(
    source: str, ours: list[Piece], relation: Relation, theirs: list[Piece], after: bool
) -> str | None:
    word = "after" if after else "before"
    if not theirs:
        return f"{source} stands {word} {relation.item}, of which nothing stands"
    earlier, later = (theirs, ours) if after else (ours, theirs)
    last, first = max(earlier, key=lambda p: p.end), min(later, key=lambda p: p.start)
    if first.start < last.end:
        return f"{source} is not {word} {relation.item}: {first.day} comes before the end of {last.day}"
    gap = (first.day - last.day).days
    if gap < relation.min_days or (relation.max_days is not None and gap > relation.max_days):
        most = "any" if relation.max_days is None else relation.max_days
        return f"{source} is {gap} days {word} {relation.item}, not {relation.min_days} to {most}"
    return None

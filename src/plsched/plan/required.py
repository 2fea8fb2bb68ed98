"""What is required, and what of it stands: the first tier, and the rule `must_stand`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from plsched.plan.facts import Facts
from plsched.scenario.directory import AnyItem
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Engagement, Task
from plsched.scenario.models.observation import Observation


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that the scenario asks for.

    ``id`` is that of the plan item, ``COURSE/UNIT`` for a unit, ``ITEM`` for an engagement or
    task, ``COACHING/GROUP`` for the dosage floor of a group. ``groups``: unit or group, if any.
    """

    id: str
    source: AnyItem
    required: bool
    stands: bool
    groups: tuple[str, ...] = ()
    floor: bool = False


def asked_for(facts: Facts) -> Iterator[Asked]:
    """List everything that the scenario asks for, and whether it stands."""
    for source in facts.directory.items.values():
        match source:
            case Course():
                yield from _units(facts, source)
            case Engagement() | Task():
                stands = bool(facts.standing(source.id))
                yield Asked(source.id, source, source.required, stands, source.groups)
            case Observation():
                standing = {s.parts.number for s in facts.standing(source.id) if s.parts}
                for n in range(1, source.rounds + 1):
                    yield Asked(f"{source.id}/r{n}", source, source.required, n in standing)
            case Coaching():
                yield from _coaching(facts, source)


def missing_required(facts: Facts) -> Iterator[tuple[tuple[str, ...], str]]:
    """Name each required thing that does not stand: its ids, and a sentence."""
    for asked in asked_for(facts):
        if asked.required and not asked.stands:
            words = "misses its dosage floor" if asked.floor else "does not stand"
            yield (asked.id, asked.source.id), f"{asked.id} {words}"


def _units(facts: Facts, course: Course) -> Iterator[Asked]:
    placed = {
        unit
        for sessions in facts.sections.get(course.id, {}).values()
        for stand in sessions
        for unit in stand.item.groups
    }
    for unit in facts.ground.audience.units(course):
        yield Asked(f"{course.id}/{unit}", course, course.required, unit in placed, (unit,))


def _coaching(facts: Facts, source: Coaching) -> Iterator[Asked]:
    cycles: dict[str, set[int]] = {group: set() for group in source.coachees}
    for stand in facts.standing(source.id):
        if stand.parts is not None and stand.parts.group is not None:
            cycles[stand.parts.group].add(stand.parts.number)
    for group, standing in cycles.items():
        asked = partial(Asked, source=source, groups=(group,))
        for n in range(1, source.cycles_per_group + 1):
            cycle = f"{source.id}/{group}/{n}"
            yield asked(cycle, required=source.required, stands=n in standing)
        if source.floor_min is not None:
            met = _meets_floor(facts, source, source.floor_min, group)
            yield asked(f"{source.id}/{group}", required=True, stands=met, floor=True)


def _meets_floor(facts: Facts, source: Coaching, floor_min: int, group: str) -> bool:
    minutes, terms = 0, set()
    for stand in facts.standing(source.id):
        if stand.group == group:
            minutes += sum(p.minutes for p in stand.pieces)
            term = facts.directory.term(stand.first_day)
            terms.add(term and term.id)
    return minutes >= floor_min and len(terms - {None}) >= source.floor_terms

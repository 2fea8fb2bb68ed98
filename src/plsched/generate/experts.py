"""Who teaches: members of staff with hours, partners with contracts, too few of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from plsched.generate import shares
from plsched.generate.schools import Area
from plsched.generate.staff import Person, Staff
from plsched.money import pay, split
from plsched.scenario.models.base import DateRange
from plsched.scenario.models.learning import Course, Task
from plsched.scenario.models.people import Expert, Rate

OFFICE_SKILLS = ("literacy", "content-literacy", "mathematics", "inclusion")
"""Skills of coordinators: their courses meet while coaches are in classes."""


@dataclass(slots=True)
class _Asked:
    """Minutes that items ask of a skill, each section or task on its own."""

    bundles: list[int] = field(default_factory=list)
    required: bool = False

    def hours(self, most: int) -> list[int]:
        """Give the minutes of each of at most so many experts.

        What is required has all of its sections held. For the rest there are too few, but each
        expert holds one section at least.
        """
        largest = max(self.bundles)
        if self.required:
            number = min(most, len(self.bundles))
            return [largest * -(-len(self.bundles) // number)] * number
        minutes = max(largest, sum(self.bundles) * shares.EXPERT_PERCENT // 100)
        return split(minutes, [1] * min(most, minutes // largest))


def _asked(courses: Iterable[Course], tasks: Iterable[Task]) -> dict[str, _Asked]:
    found: dict[str, _Asked] = {}
    for course in courses:
        for need in course.experts:
            asked = found.setdefault(need.skill, _Asked())
            asked.bundles += [course.sessions * course.duration_min] * (course.max_sections or 1)
            asked.required |= course.required
    for task in tasks:
        for need in task.experts:
            found.setdefault(need.skill, _Asked()).bundles.append(task.duration_min * task.days)
    return found


def internal_experts(
    staff: Staff, area: Area, courses: Sequence[Course], tasks: Sequence[Task]
) -> Iterator[Expert]:
    """Give coordinators and coaches of an area the skills that it asks for, in turn."""
    office = staff.offices[area.number]
    coaches = staff.members.get(f"coaches-{area.number}", ())
    turns = {True: 0, False: 0}
    found: dict[str, tuple[Person, list[str], int]] = {}
    for skill, asked in _asked(courses, tasks).items():
        if not skill.endswith(f"-{area.number}") or "-zone-" in skill:
            continue
        in_office = skill.removesuffix(f"-{area.number}") in OFFICE_SKILLS
        pool = (office or coaches) if in_office else (coaches or office)
        for minutes in asked.hours(min(len(pool), shares.EXPERTS_OF_A_SKILL)):
            person = pool[turns[in_office] % len(pool)]
            turns[in_office] += 1
            _, skills, before = found.get(person.id, (person, [], 0))
            found[person.id] = (person, [*skills, skill], before + minutes)
    for person, skills, minutes in found.values():
        yield Expert(
            id=f"in-house-{person.id}",
            name=f"{person.role.capitalize()} {person.id}",
            skills=tuple(skills),
            educator=person.id,
            hours_cap_min=minutes,
        )


@dataclass(frozen=True, slots=True)
class _Partner:
    """What partners of a skill cost, and when their contract is signed."""

    rate: Rate
    signed: date | None = None

    def cents(self, course: Course) -> int:
        """Price of a section, travel included."""
        rate = self.rate
        once = rate.travel_cents_per_day
        if rate.unit == "day":
            once += rate.cents
        else:
            paid = max(course.duration_min, rate.minimum_min)
            once += (
                pay(rate.cents, paid)
                + pay(rate.cents, course.duration_min) * (rate.prep_permille) // 1000
            )
        return once * course.sessions + course.sessions


_PARTNERS = {
    "reading-science": _Partner(Rate(unit="day", cents=210_000, travel_cents_per_day=32_000)),
    "inquiry-science": _Partner(
        Rate(
            unit="hour",
            cents=27_500,
            minimum_min=240,
            prep_permille=250,
            travel_cents_per_day=18_000,
        ),
        date(2027, 6, 15),
    ),
    "equity": _Partner(
        Rate(unit="hour", cents=31_000, minimum_min=240, travel_cents_per_day=26_000),
        date(2027, 8, 30),
    ),
    "cognitive-coaching": _Partner(Rate(unit="day", cents=185_000, travel_cents_per_day=24_000)),
    "adaptive-schools": _Partner(Rate(unit="day", cents=195_000, travel_cents_per_day=24_000)),
}


def partners(zone: int, courses: Sequence[Course], areas: int, rng: Random) -> Iterator[Expert]:
    """Give the partners of a zone; for what is required there are enough, with no maximum."""
    for skill, partner in _PARTNERS.items():
        asking = [c for c in courses if c.experts and c.experts[0].skill == f"{skill}-zone-{zone}"]
        if not asking:
            continue
        required = any(course.required for course in asking)
        sections = sum(course.max_sections or 1 for course in asking)
        most = max(1, sections * shares.EXPERT_PERCENT // 100)
        number = -(-sections // 2) if required else -(-most // shares.SECTIONS_PER_PARTNER)
        price = max(partner.cents(course) for course in asking)
        for at, held in enumerate(split(most, [1] * number)):
            away = date(2027, 6, 21) + timedelta(weeks=rng.randrange(5))
            yield Expert(
                id=f"partner-{skill}-{zone}-{at + 1}",
                name=f"Partner for {skill.replace('-', ' ')} {zone}.{at + 1}",
                skills=(f"{skill}-zone-{zone}",),
                rate=partner.rate,
                unavailable=() if required else (DateRange(first=away, last=away + timedelta(6)),),
                contract_max_cents=None if required else held * price,
                contract_signed=partner.signed,
            )
    yield _metacoach(zone, areas)


def _metacoach(zone: int, areas: int) -> Expert:
    """Meet with the coaches of some areas four to six times; the contract holds for too few."""
    rate = Rate(unit="hour", cents=24_000, minimum_min=60)
    meetings = max(4, areas * 6 * shares.EXPERT_PERCENT // 100)
    return Expert(
        id=f"metacoach-{zone}",
        name=f"Metacoach {zone}",
        skills=(f"metacoach-zone-{zone}",),
        rate=rate,
        contract_max_cents=meetings * rate.cents,
    )

"""Puts a district together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from plsched.errors import SizeOutOfRange
from plsched.generate import shares
from plsched.generate.agreement import limits
from plsched.generate.classrooms import (
    OWN_TRAINING,
    coachings,
    cycles_of,
    gather_ones,
    observations,
)
from plsched.generate.courses import area_courses, seasons, training_courses
from plsched.generate.demand import cash
from plsched.generate.experts import internal_experts, partners
from plsched.generate.goals import goals, pathways
from plsched.generate.money import ACCOUNT_CODES, SALARIES, funds, substitutes
from plsched.generate.schools import Area, areas, facilities, licences, sites, travel
from plsched.generate.series import engagements
from plsched.generate.staff import ROLES, Staff, educators, office_size, staff_of
from plsched.generate.tasks import tasks
from plsched.generate.year import calendar
from plsched.scenario.directory import Directory
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Task
from plsched.scenario.models.people import Expert
from plsched.scenario.models.policy import Comfort, Policy, Prior
from plsched.scenario.models.scenario import Department, Scenario

_DEPARTMENTS = {
    "learning": "Teaching and Learning",
    "student-services": "Student Services",
    "technology": "Technology and Assessment",
    "human-resources": "Human Resources",
    "schools": "School leaders",
}


def generate(number: int, seed: int) -> Scenario:
    """Make a synthetic district; the same number and seed give the same district.

    For what is required there are money, experts, seats and substitutes. What is requested asks for more money, experts and substitutes than
    there are, so priorities decide.

    Parameters
    ----------
    number
        Educators, 30 to 50,000: schools, coaches and offices together.
    seed
        Varies sizes of schools, names, priorities, and who is new, part-time or coached.

    Raises
    ------
    SizeOutOfRange
        A district of this size cannot be made.
    """
    if not shares.FEWEST <= number <= shares.MOST:
        raise SizeOutOfRange(
            f"a district of {number:,} educators cannot be made; "
            f"give {shares.FEWEST} to {shares.MOST:,}"
        )
    rng = Random(seed)  # noqa: S311 - a synthetic district is no secret
    all_areas = areas(number - office_size(number), rng)
    staff = staff_of(all_areas, number, rng)
    return _Draft(all_areas, staff, number, seed, rng).scenario()


class _Draft:
    """A district in the making: what is learned, then who teaches it, then what pays for it."""

    def __init__(
        self, all_areas: Sequence[Area], staff: Staff, number: int, seed: int, rng: Random
    ) -> None:
        self._areas = all_areas
        self._staff = staff
        self._number = number
        self._seed = seed
        self._rng = rng
        self._zones = sorted({area.zone for area in all_areas})
        self._prior: list[Prior] = []
        self._courses: list[Course] = []
        self._tasks: list[Task] = []
        self._coaching: list[Coaching] = []
        self._experts: list[Expert] = []
        self._subs: list[int] = []

    def scenario(self) -> Scenario:
        """Make all parts."""
        for zone in self._zones:
            self._gather_zone(zone)
        cycles = cycles_of(self._areas, self._number)
        for area, wanted in zip(self._areas, cycles, strict=True):
            self._add_area(area, wanted)
        for zone in self._zones:
            inside = sum(area.zone == zone for area in self._areas)
            self._experts += partners(zone, self._courses, inside, self._rng)
        draft = self._scenario()
        asked = cash(Directory(draft))
        return draft.model_copy(update={"funds": funds(asked, self._areas)})

    def _gather_zone(self, zone: int) -> None:
        """Let some coaches be trained first, and let a team travel to the conference."""
        inside = [area for area in self._areas if area.zone == zone]
        coaches = [
            person
            for area in inside
            for person in self._staff.members.get(f"coaches-{area.number}", ())
        ]
        count = max(1, len(coaches) * shares.UNTRAINED_PERCENT // 100)
        drawn = {person.id for person in self._rng.sample(coaches, count)}
        untrained = [person for person in coaches if person.id in drawn]
        group = self._staff.gather(f"training-{zone}", f"Coaches in training {zone}", untrained)
        if group is not None:
            self._courses += training_courses(self._staff, zone, inside, group)
        trained = tuple(person.id for person in coaches if person.id not in drawn)
        if trained:
            self._prior += [Prior(course=f"{c}-{zone}", educators=trained) for c in OWN_TRAINING]
        leads = self._staff.has(f"{s.id}-leads" for area in inside for s in area.schools)
        team = [self._staff.members[group][0] for group in leads[:: max(1, len(leads) // 8)][:8]]
        self._staff.gather(f"conference-{zone}", f"Conference team {zone}", team)

    def _add_area(self, area: Area, cycles: int) -> None:
        staff, rng = self._staff, self._rng
        ones = gather_ones(staff, area, cycles, rng)
        programmes = list(coachings(staff, area, ones))
        season = seasons(staff, area)
        ids = {programme.id for programme in programmes}
        courses = list(area_courses(staff, area, season, ids, rng))
        work = list(tasks(staff, area, {course.id for course in courses}, rng))
        self._experts += internal_experts(staff, area, courses, work)
        self._prior += self._led_before(area)
        self._coaching += programmes
        self._courses += courses
        self._tasks += work
        self._subs.append(season.subs)

    def _led_before(self, area: Area) -> Iterator[Prior]:
        """Team leads of every other school learned to lead in an earlier year."""
        groups = self._staff.has(f"{school.id}-leads" for school in area.schools[::2])
        if groups:
            yield Prior(course=f"plc-leadership-{area.number}", groups=tuple(groups))

    def _scenario(self) -> Scenario:
        staff, rng = self._staff, self._rng
        high = [school.id for area in self._areas for school in area.of("high")]
        return Scenario(
            format=1,
            name=f"Synthetic district of {self._number:,} educators, seed {self._seed}",
            description="Made by plsched generate. Staff, schools and amounts are synthetic.",
            timezone="America/Chicago",
            calendar=calendar(high),
            policy=Policy(comfort=Comfort(soft_week_min=180, heavy_week_per_hour=2)),
            sites=tuple(sites(self._areas)),
            travel=tuple(travel(self._areas)),
            facilities=tuple(facilities(self._areas)),
            licences=licences(self._number),
            departments=tuple(Department(id=k, name=name) for k, name in _DEPARTMENTS.items()),
            roles=ROLES,
            salaries=SALARIES,
            educators=tuple(educators(staff, rng)),
            experts=tuple(self._experts),
            coaches=tuple(staff.coaches),
            substitutes=substitutes(self._areas, self._subs),
            goals=tuple(goals()),
            pathways=tuple(pathways(rng)),
            courses=tuple(self._courses),
            engagements=tuple(engagements(staff, self._areas, self._zones, rng)),
            tasks=tuple(self._tasks),
            observations=tuple(o for a in self._areas for o in observations(staff, a, rng)),
            coaching=tuple(self._coaching),
            groups=tuple(staff.groups),
            account_codes=ACCOUNT_CODES,
            limits=tuple(limits(staff, self._areas)),
            prior=tuple(self._prior),
        )

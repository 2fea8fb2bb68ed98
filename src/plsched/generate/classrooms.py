"""Learning in class: observation days at each school, coaching cycles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from plsched.generate import shares
from plsched.generate.goals import step_of
from plsched.generate.schools import Area, School, round_share
from plsched.generate.shares import SchoolLevel
from plsched.generate.staff import Staff
from plsched.generate.year import CLASSES, FIRST_WEEKS, clock, when
from plsched.money import split
from plsched.scenario.models.base import Weekday
from plsched.scenario.models.coaching import Coaching, CoachingMeeting
from plsched.scenario.models.observation import Observation
from plsched.scenario.models.people import Group

LEVELS: tuple[SchoolLevel, ...] = ("elementary", "middle", "high")
_TEAM_MEETINGS = (CoachingMeeting(kind="conference", duration_min=40, during="planning"),)
_ONE_MEETINGS = (
    *_TEAM_MEETINGS,
    CoachingMeeting(kind="visit", duration_min=40, during="teaching"),
    CoachingMeeting(kind="visit", duration_min=40, during="teaching"),
)
_TEAM_PATTERNS: tuple[tuple[Weekday, ...], ...] = (("mon",), ("tue",), ("thu",))
_ONE_PATTERNS: tuple[tuple[Weekday, ...], ...] = (("tue", "mon", "thu"), ("thu", "mon", "tue"))
# Both visits of a cycle stand in one period, so in a high school on two A days or two B days.
_ONE_PATTERNS_HIGH: tuple[tuple[Weekday, ...], ...] = (("tue", "mon", "thu"), ("mon", "tue", "fri"))
_TEAM_FLOOR_MIN = 200
"""Five of the six conferences of a team."""
_FOLLOW_UP_WEEKS = tuple(date(2027, 10, 4) + timedelta(weeks=k) for k in range(7))
OWN_TRAINING = ("cognitive-coaching", "adaptive-schools")
"""Courses that coaches finish before they coach."""


def observations(staff: Staff, area: Area, rng: Random) -> Iterator[Observation]:
    """Give two observation days for everybody who teaches: fall is required, spring requested."""
    for school in area.schools:
        priority = rng.randint(1, 5)
        day = 1
        while f"{school.id}-observers-{day}" in staff.members:
            yield _observation(staff, school, day, "fall", None)
            yield _observation(staff, school, day, "spring", priority)
            day += 1


def _observation(
    staff: Staff, school: School, day: int, term: str, priority: int | None
) -> Observation:
    group = f"{school.id}-observers-{day}"
    first, last = ("2027-09-15", "2027-12-15") if term == "fall" else ("2028-01-12", "2028-04-19")
    # In high schools a Friday has blocks, which are too few for everybody's visit.
    weekdays: tuple[Weekday, ...] = ("wed",) if school.level == "high" else ("wed", "fri")
    least, most = shares.VISITORS
    return Observation(
        id=f"observing-{school.id}-{term}-{day}",
        title=f"Observation day, {school.name}, {term} {day}",
        pathway="observing",
        department="schools",
        serves=(step_of("observing"),),
        required=priority is None,
        priority=priority or 1,
        site=school.id,
        observers=(group,),
        hosts=(group,),
        when=when(first, last, ["student"], ["08:00"], weekdays),
        visit_min=30,
        min_visitors=min(least, max(1, len(staff.members[group]) // 3)),
        max_visitors=most,
        debriefing_start=clock("15:30"),
        debriefing_min=20,
        protocol="Notes describe what students do; nothing is rated",
    )


def coachings(staff: Staff, area: Area, ones: Sequence[str]) -> Iterator[Coaching]:
    """Give the coaching programmes of an area; ``ones`` are its groups of one."""
    number = area.number
    own_training = tuple(f"{course}-{area.zone}" for course in OWN_TRAINING)
    for level in LEVELS:
        schools = area.of(level)
        sites = {school.id for school in schools}
        coaches = [c.educator for c in staff.coaches_of[number] if sites.intersection(c.sites)]
        teams = [
            team.group
            for school in schools
            for team in staff.teams[school.id]
            if team.members and team.group in staff.members
        ]
        singles = [one for one in ones if staff.members[one][0].site in sites]
        if coaches and teams:
            yield _team_coaching(level, number, coaches, teams, own_training)
        if coaches and singles:
            yield _one_to_one(level, number, coaches, singles, own_training)
    leads = staff.has(f"{school.id}-leads" for school in area.schools)
    everybody = [coach.educator for coach in staff.coaches_of[number]]
    if leads and everybody:
        yield _follow_up(number, everybody, leads, own_training)


def cycles_of(all_areas: Sequence[Area], educators: int) -> list[int]:
    """Give the coaching cycles that each area asks for."""
    total = round_share(educators, shares.CYCLES_IN_L, shares.SIZES["L"])
    return split(total, [area.educators for area in all_areas])


def gather_ones(staff: Staff, area: Area, cycles: int, rng: Random) -> list[str]:
    """Make a group of one for each cycle that teams and follow-up leave, new teachers first."""
    teams = [team for school in area.schools for team in staff.teams[school.id] if team.members]
    leads = staff.has(f"{school.id}-leads" for school in area.schools)
    able = [p for team in teams for p in team.members if p.teaches and p.is_regular]
    count = min(len(able), max(0, cycles - len(teams) - len(leads)))
    drawn = rng.sample(able, len(able))
    chosen = sorted(drawn, key=lambda person: not person.is_new)[:count]
    names = []
    for person in sorted(chosen, key=lambda person: person.id):
        name = f"one-{person.id}"
        staff.groups.append(Group(id=name, name=f"One to one, {person.id}", members=(person.id,)))
        staff.members[name] = (person,)
        names.append(name)
    return names


def _kinds(level: SchoolLevel) -> tuple[str, ...]:
    return ("student_a", "student_b") if level == "high" else ("student",)


def _team_coaching(
    level: SchoolLevel,
    number: int,
    coaches: Sequence[str],
    teams: Sequence[str],
    own_training: tuple[str, ...],
) -> Coaching:
    return Coaching(
        id=f"team-coaching-{level}-{number}",
        title=f"Team coaching, {level} (area {number})",
        pathway="coaching",
        department="learning",
        serves=(step_of("coaching"),),
        required=True,
        coaches=tuple(coaches),
        coachees=tuple(teams),
        weeks=shares.CYCLE_WEEKS,
        day_kinds=_kinds(level),
        meetings=_TEAM_MEETINGS,
        patterns=_TEAM_PATTERNS,
        first_weeks=FIRST_WEEKS,
        skill="inquiry",
        coach_prerequisites=own_training,
        floor_min=_TEAM_FLOOR_MIN,
    )


def _one_to_one(
    level: SchoolLevel,
    number: int,
    coaches: Sequence[str],
    singles: Sequence[str],
    own_training: tuple[str, ...],
) -> Coaching:
    return Coaching(
        id=f"one-to-one-{level}-{number}",
        title=f"One-to-one coaching, {level} (area {number})",
        pathway="coaching",
        department="learning",
        serves=(step_of("coaching"),),
        priority=3,
        coaches=tuple(coaches),
        coachees=tuple(singles),
        weeks=shares.CYCLE_WEEKS,
        day_kinds=_kinds(level),
        meetings=_ONE_MEETINGS,
        patterns=_ONE_PATTERNS_HIGH if level == "high" else _ONE_PATTERNS,
        first_weeks=FIRST_WEEKS,
        skill="inquiry",
        coach_prerequisites=own_training,
    )


def _follow_up(
    number: int, coaches: Sequence[str], leads: Sequence[str], own_training: tuple[str, ...]
) -> Coaching:
    """Soon after the course on scales, at the end of the school day, paid by the hour."""
    return Coaching(
        id=f"scales-coaching-{number}",
        title=f"Follow-up coaching on scales (area {number})",
        pathway="standards",
        department="learning",
        serves=(step_of("standards"),),
        priority=4,
        stipend=True,
        coaches=tuple(coaches),
        coachees=tuple(leads),
        weeks=4,
        day_kinds=CLASSES,
        meetings=(
            CoachingMeeting(
                kind="conference",
                duration_min=30,
                during="clock",
                starts=(clock("15:30"), clock("16:05")),
            ),
        ),
        patterns=_TEAM_PATTERNS,
        first_weeks=_FOLLOW_UP_WEEKS,
        skill="scales",
        coach_prerequisites=own_training,
        follows=f"scales-{number}",
        follow_up_school_days=10,
    )

"""Who: educators, the teams and groups in which they learn, and their coaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from plsched.generate import shares
from plsched.generate.posts import coach_posts
from plsched.generate.schools import Area, School, round_share
from plsched.generate.teams import Plan, plan_teams
from plsched.money import split
from plsched.scenario.models.base import Weekday
from plsched.scenario.models.people import Coach, Educator, Group, Members, Role, SiteDays

ROLES = (
    Role(id="teacher", name="Teacher"),
    Role(id="specialist", name="Specialist"),
    Role(id="counsellor", name="Counsellor"),
    Role(id="coach", name="Instructional coach", facilitator=True),
    Role(id="principal", name="Principal"),
    Role(id="assistant_principal", name="Assistant principal"),
    Role(id="director", name="Director", facilitator=True),
    Role(id="coordinator", name="Coordinator", facilitator=True),
)
_SALARIES = {
    "coach": "coach",
    "principal": "administrator",
    "assistant_principal": "administrator",
    "director": "administrator",
    "coordinator": "administrator",
    "specialist": "specialist",
    "counsellor": "specialist",
}
_TWELVE_MONTH = {"principal", "assistant_principal", "director", "coordinator"}
# No mandatory training is on a Thursday, so that whole schools can take part.
_DAY_OFF: tuple[Weekday, ...] = ("thu",)
_CAREER = ("teacher-early", "teacher-mid", "teacher-mid", "teacher-late")


@dataclass(slots=True, eq=False)
class Person:
    """An educator in the making."""

    id: str
    role: str
    site: str
    teaches: tuple[str, ...] = ()
    is_new: bool = False
    off_weekdays: tuple[Weekday, ...] = ()
    other_sites: tuple[SiteDays, ...] = ()
    groups: list[str] = field(default_factory=list)

    @property
    def is_regular(self) -> bool:
        """Works every day at one school."""
        return not self.off_weekdays and not self.other_sites


@dataclass(frozen=True, slots=True)
class Team:
    """A grade team or department team of a school."""

    group: str
    school: School
    band: str
    grade: str
    members: tuple[Person, ...]
    planning: tuple[str, ...]


@dataclass(slots=True)
class Staff:
    """Everybody, and who is in which group.

    ``teams`` are those of each school; ``offices`` and ``coaches_of`` are those of each area, by its
    number.
    """

    people: list[Person] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    members: dict[str, tuple[Person, ...]] = field(default_factory=dict)
    teams: dict[str, list[Team]] = field(default_factory=dict)
    offices: dict[int, list[Person]] = field(default_factory=dict)
    coaches: list[Coach] = field(default_factory=list)
    coaches_of: dict[int, list[Coach]] = field(default_factory=dict)

    def hire(self, role: str, site: str, teaches: tuple[str, ...] = ()) -> Person:
        """Add an educator."""
        person = Person(f"E-{len(self.people) + 1:05d}", role, site, teaches)
        self.people.append(person)
        return person

    def gather(self, group: str, name: str, members: Iterable[Person]) -> str | None:
        """Make a group that its members' rows name; without members there is none."""
        found = tuple(members)
        if not found:
            return None
        self.groups.append(Group(id=group, name=name))
        self.members[group] = found
        for person in found:
            person.groups.append(group)
        return group

    def size(self, groups: Iterable[str]) -> int:
        """Educators of some groups that share nobody."""
        return sum(len(self.members[group]) for group in groups)

    def has(self, groups: Iterable[str]) -> list[str]:
        """Give those of some groups that exist."""
        return [group for group in groups if group in self.members]


def office_size(educators: int) -> int:
    """Directors and coordinators of a district."""
    return max(1, educators * shares.OFFICE_PERMILLE // 1000)


def staff_of(all_areas: Sequence[Area], educators: int, rng: Random) -> Staff:
    """Hire everybody and put them into groups."""
    staff = Staff()
    weights = [area.educators for area in all_areas]
    coaches = max(1, round_share(educators, 1, shares.EDUCATORS_PER_COACH))
    posts = split(coaches, weights)
    offices = split(office_size(educators), weights)
    for area, number, office in zip(all_areas, posts, offices, strict=True):
        staff.offices[area.number] = [
            staff.hire("coordinator" if k else "director", area.centre.id) for k in range(office)
        ]
        staff.gather(f"office-{area.number}", f"Office {area.number}", staff.offices[area.number])
        before = len(staff.people)
        _fill_schools(staff, area, coach_posts(area, number), rng)
        _gather_area(staff, area, staff.people[before:])
    return staff


def _fill_schools(staff: Staff, area: Area, posts: Sequence[Sequence[School]], rng: Random) -> None:
    staff.coaches_of[area.number] = []
    for school in area.schools:
        before = len(staff.people)
        staff.hire("principal", school.id)
        for _ in range(school.educators // shares.EDUCATORS_PER_ASSISTANT):
            staff.hire("assistant_principal", school.id)
        for post in posts:
            if post[0] == school:
                _hire_coach(staff, area, post)
        classroom = school.educators - (len(staff.people) - before)
        staff.teams[school.id] = [
            _fill_team(staff, area, school, plan, rng)
            for plan in plan_teams(school.level, classroom)
        ]
        _gather_school(staff, school, staff.people[before:], rng)


def _hire_coach(staff: Staff, area: Area, post: Sequence[School]) -> None:
    person = staff.hire("coach", post[0].id)
    coach = Coach(
        educator=person.id,
        sites=tuple(school.id for school in post),
        skills=("inquiry", "scales"),
        caseload=shares.CASELOAD,
        site_caseload=shares.SITE_CASELOAD if len(post) > 2 else None,
        weekly_travel_min=60 * (len(post) - 1),
    )
    staff.coaches.append(coach)
    staff.coaches_of[area.number].append(coach)


def _fill_team(staff: Staff, area: Area, school: School, plan: Plan, rng: Random) -> Team:
    """Hire a team; some of those who support others are part-time or work at two schools."""
    members: list[Person] = []
    for number in range(plan.members):
        counsels = plan.band == "support" and plan.grade == "services" and number == 0
        role = "counsellor" if counsels else plan.role
        person = staff.hire(role, school.id, () if counsels else plan.teaches(number))
        person.is_new = rng.randrange(100) < shares.NEW_PERCENT
        if plan.band == "support" and number > 0:
            draw = rng.randrange(100)
            if draw < shares.PART_TIME_PERCENT:
                person.off_weekdays = _DAY_OFF
            elif draw < shares.PART_TIME_PERCENT + shares.TWO_SITE_PERCENT:
                person.other_sites = _second_site(area, school)
        members.append(person)
    full = tuple(person for person in members if not person.off_weekdays)
    group = f"{school.id}-{plan.grade}"
    staff.gather(group, f"{school.name}, {plan.grade} team", full)
    return Team(group, school, plan.band, plan.grade, full, plan.planning)


def _second_site(area: Area, school: School) -> tuple[SiteDays, ...]:
    """Thursdays and Fridays at the next school of the level, if there is one."""
    alike = area.of(school.level)
    other = alike[(alike.index(school) + 1) % len(alike)]
    return () if other == school else (SiteDays(site=other.id, weekdays=("thu", "fri")),)


def _gather_school(staff: Staff, school: School, people: Sequence[Person], rng: Random) -> None:
    """Make the crowds of a school: everybody, those who teach, bands, leads, observers."""
    teams = staff.teams[school.id]
    staff.groups.append(
        Group(
            id=f"{school.id}-staff",
            name=f"{school.name}, everybody",
            where=Members(sites=(school.id,)),
        )
    )
    staff.members[f"{school.id}-staff"] = tuple(people)
    classroom = [person for team in teams for person in team.members]
    staff.gather(f"{school.id}-teachers", f"{school.name}, teachers", classroom)
    for band in dict.fromkeys(team.band for team in teams):
        inside = [person for team in teams if team.band == band for person in team.members]
        staff.gather(f"{school.id}-{band}", f"{school.name}, {band}", inside)
    leads = [next(filter(_regular, team.members), None) for team in teams]
    staff.gather(f"{school.id}-leads", f"{school.name}, team leads", filter(None, leads))
    # Whoever is new is visited by a coach first.
    observers = [p for p in classroom if p.teaches and p.is_regular and not p.is_new]
    days = -(-len(observers) // shares.OBSERVERS_PER_ROUND)
    for day in range(days):
        name = f"{school.name}, observers {day + 1}"
        staff.gather(f"{school.id}-observers-{day + 1}", name, observers[day::days])
    readers = [p for p in classroom if p.is_regular and rng.randrange(100) < shares.READERS_PERCENT]
    staff.gather(f"{school.id}-readers", f"{school.name}, readers", readers)


def _regular(person: Person) -> bool:
    return person.is_regular


def _gather_area(staff: Staff, area: Area, people: Sequence[Person]) -> None:
    """Make the groups across the schools of an area."""
    number = area.number
    staff.gather(f"principals-{number}", f"Principals {number}", _of(people, "principal"))
    staff.gather(f"coaches-{number}", f"Coaches {number}", _of(people, "coach"))
    new = [person for person in people if person.is_new and person.is_regular]
    staff.gather(f"new-{number}", f"New teachers {number}", new)


def _of(people: Iterable[Person], role: str) -> Iterator[Person]:
    return (person for person in people if person.role == role)


def educators(staff: Staff, rng: Random) -> Iterator[Educator]:
    """Give the rows of the educators."""
    for person in staff.people:
        pay = _SALARIES.get(person.role)
        if pay is None:
            pay = _CAREER[0] if person.is_new else rng.choice(_CAREER)
        name = person.role.replace("_", " ").capitalize()
        yield Educator(
            id=person.id,
            name=f"{name} {person.id}",
            role=person.role,
            site=person.site,
            groups=tuple(person.groups),
            other_sites=person.other_sites,
            off_weekdays=person.off_weekdays,
            contract="twelve_month" if person.role in _TWELVE_MONTH else "school_year",
            fte_percent=80 if person.off_weekdays else 100,
            teaches=person.teaches,
            salary=pay,
        )

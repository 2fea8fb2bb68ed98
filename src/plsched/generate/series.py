"""What recurs: meetings, communities, walkthroughs, surveys, site visits, conferences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from plsched.generate.goals import step_of
from plsched.generate.schools import Area, School
from plsched.generate.staff import Staff
from plsched.generate.year import CLASSES, PERIOD_STARTS, WEDNESDAYS, when
from plsched.scenario.models.calendar import When
from plsched.scenario.models.learning import Action, Engagement, Relation

_LATE_PL = when("2027-08-19", "2028-04-17", ["pl", "data"], ["15:05"])
_MONDAYS = when("2027-09-13", "2028-05-12", ("student", "student_a"), ["13:00"], ("mon",))
_WEDNESDAY_MORNING = when("2027-09-01", "2028-05-31", WEDNESDAYS, ["08:30"], ("wed",))
_WEDNESDAY_NOON = when("2027-09-01", "2028-05-31", WEDNESDAYS, ["11:30"], ("wed",))
_SHORT_WEDNESDAY = when("2027-09-08", "2028-05-17", ["early_release"], ["13:30"], ("wed",))
_SURVEYS = when("2027-09-22", "2028-05-03", ["early_release"], ["14:40", "15:10"], ("wed",))


def engagements(
    staff: Staff, all_areas: Sequence[Area], zones: Sequence[int], rng: Random
) -> Iterator[Engagement]:
    """Give every recurring series of a district."""
    yield _planning_team(all_areas[0])
    for zone in zones:
        yield from _of_zone(staff, zone)
    for area in all_areas:
        for make in (_whole_staff, _leaders, _across_schools, _outside):
            yield from make(staff, area, rng)
        for school in area.schools:
            yield from _of_school(staff, school, rng)


def _series(
    name: str,
    title: str,
    pathway: str,
    action: Action,
    groups: Sequence[str],
    duration_min: int,
    cadence: str,
    window: When,
    *,
    priority: int | None = None,
    department: str = "schools",
    rooms: Sequence[str] = (),
    sites: Sequence[str] = (),
    licence: str | None = None,
    stipend: bool = False,
    release: bool = False,
    days: int = 1,
    fee_cents: int = 0,
    travel_cents: int = 0,
    min_gap_days: int | None = None,
    partners: Sequence[str] = (),
    after: Sequence[Relation] = (),
) -> Engagement:
    """Make a series; without a priority it is required."""
    return Engagement(
        id=name,
        title=title,
        pathway=pathway,
        department=department,
        serves=(step_of(pathway),),
        required=priority is None,
        priority=priority or 1,
        action=action,
        groups=tuple(groups),
        duration_min=duration_min,
        cadence=cadence,
        when=window,
        needs_room=bool(rooms),
        facilities=tuple(rooms) or None,
        sites=tuple(sites) or None,
        format="virtual" if licence else "in_person",
        licence=licence,
        stipend=stipend,
        release=release,
        days=days,
        fee_cents_per_person=fee_cents,
        travel_cents_per_person=travel_cents,
        min_gap_days=min_gap_days,
        partners=tuple(partners),
        after=tuple(after),
    )


def _planning_team(area: Area) -> Engagement:
    """Let the office of the main centre plan the year."""
    rooms = [f"{area.centre.id}-board"]
    window = when("2027-09-01", "2028-05-31", ["student"], ["13:00", "14:45"], ("fri",))
    return _series(
        "planning-team",
        "PL planning team",
        "leadership",
        "meeting",
        ["office-1"],
        90,
        "monthly",
        window,
        rooms=rooms,
        department="learning",
    )


def _of_zone(staff: Staff, zone: int) -> Iterator[Engagement]:
    """Let a team travel to the conference of the profession, and tell about it."""
    team = staff.has([f"conference-{zone}"])
    if team:
        fixed = when("2027-12-06", "2027-12-08", CLASSES, ["08:20"])
        later = when("2028-01-03", "2028-03-10", ["pl", "data"], ["13:00", "14:00"])
        name = f"annual-conference-{zone}"
        yield _series(
            name,
            f"Annual conference (zone {zone})",
            "outside",
            "conference",
            team,
            420,
            "once",
            fixed,
            priority=5,
            release=True,
            days=3,
            fee_cents=89_500,
            travel_cents=142_000,
            department="learning",
        )
        yield _series(
            f"conference-sharing-{zone}",
            f"What the conference brought (zone {zone})",
            "outside",
            "meeting",
            team,
            60,
            "once",
            later,
            priority=5,
            licence="meeting-room",
            after=[Relation(item=name, min_days=14, max_days=100)],
            department="learning",
        )


def _whole_staff(staff: Staff, area: Area, _rng: Random) -> Iterator[Engagement]:
    number = area.number
    everybody = [f"{school.id}-staff" for school in area.schools]
    teachers = staff.has(f"{school.id}-teachers" for school in area.schools)
    opening = when("2027-08-17", "2027-08-17", ["pl"], ["08:30"])
    data = when("2027-10-22", "2028-04-17", ["data"], ["08:30"])
    yield _series(
        f"opening-{number}",
        f"Opening of the year (area {number})",
        "leadership",
        "meeting",
        everybody,
        150,
        "once",
        opening,
    )
    yield _series(
        f"data-days-{number}",
        f"Review of assessments (area {number})",
        "data",
        "data_review",
        teachers,
        180,
        "3 times per year",
        data,
        department="technology",
    )
    yield _series(
        f"self-assessment-{number}",
        f"Self-assessment of teams (area {number})",
        "standards",
        "self_assessment",
        teachers,
        30,
        "twice a year",
        _SURVEYS,
        min_gap_days=120,
    )
    yield _series(
        f"needs-{number}",
        f"Needs assessment (area {number})",
        "listening",
        "survey",
        teachers,
        25,
        "once",
        _SURVEYS,
        department="learning",
    )


def _leaders(staff: Staff, area: Area, rng: Random) -> Iterator[Engagement]:
    number = area.number
    board = [f"{area.centre.id}-board", f"{area.centre.id}-hall"]
    principals = staff.has([f"principals-{number}"])
    coaches = staff.has([f"coaches-{number}"])
    if principals:
        yield _series(
            f"principals-{number}",
            f"Principals' meeting (area {number})",
            "leadership",
            "meeting",
            principals,
            90,
            "monthly",
            _WEDNESDAY_MORNING,
            rooms=board,
        )
        yield _series(
            f"walkthrough-{number}",
            f"Walkthroughs (area {number})",
            "observing",
            "walkthrough",
            [*principals, *staff.has([f"office-{number}"])],
            120,
            "4-6 times per year",
            _MONDAYS,
            priority=rng.randint(1, 5),
            sites=[school.id for school in area.schools[:3]],
        )
    if coaches:
        yield _series(
            f"coaches-{number}",
            f"Coaches' community (area {number})",
            "coaching",
            "plc",
            coaches,
            60,
            "monthly",
            _WEDNESDAY_NOON,
            licence="meeting-room",
            department="learning",
        )
        yield _series(
            f"metacoach-{number}",
            f"Metacoach for the coaches (area {number})",
            "coaching",
            "coaching",
            coaches,
            60,
            "4-6 times per year",
            when("2027-09-15", "2028-05-10", WEDNESDAYS, ["14:00"], ("wed",)),
            priority=rng.randint(3, 5),
            licence="meeting-room",
            department="learning",
            partners=[f"metacoach-{area.zone}"],
            min_gap_days=28,
        )


def _across_schools(staff: Staff, area: Area, rng: Random) -> Iterator[Engagement]:
    number = area.number
    leads = staff.has(f"{school.id}-leads" for school in area.schools)
    if leads:
        hall = [f"{area.centre.id}-hall", f"{area.largest.id}-gym"]
        window = when("2027-10-11", "2028-03-10", ["pl"], ["10:30", "13:00"])
        yield _series(
            f"sharing-{number}",
            f"Schools share practice (area {number})",
            "standards",
            "inquiry",
            leads,
            90,
            "twice a year",
            window,
            priority=rng.randint(1, 4),
            rooms=hall,
        )
        after_school = when("2027-09-14", "2028-05-11", CLASSES, ["16:15"], ("tue", "thu"))
        yield _series(
            f"network-{number}",
            f"Network of team leads (area {number})",
            "leadership",
            "plc",
            leads,
            75,
            "quarterly",
            after_school,
            priority=rng.randint(1, 5),
            stipend=True,
            licence="meeting-room",
        )


def _outside(staff: Staff, area: Area, rng: Random) -> Iterator[Engagement]:
    """Small teams visit schools elsewhere for a day."""
    spring = when("2028-01-18", "2028-03-09", CLASSES, ["08:30"], ("tue", "thu"))
    for school in sorted(area.schools, key=lambda school: -school.educators)[:2]:
        team = staff.has([f"{school.id}-leads"])
        if team:
            yield _series(
                f"site-visit-{school.id}",
                f"Site visit, {school.name}",
                "outside",
                "site_visit",
                team,
                360,
                "once",
                spring,
                priority=rng.randint(1, 3),
                release=True,
                travel_cents=9_500,
                department="learning",
            )


def _of_school(staff: Staff, school: School, rng: Random) -> Iterator[Engagement]:
    teachers = staff.has([f"{school.id}-teachers"])
    if not teachers:
        return
    yield _series(
        f"plc-{school.id}",
        f"Learning communities, {school.name}",
        "data",
        "plc",
        teachers,
        60,
        "every 2 weeks",
        _SHORT_WEDNESDAY,
        sites=[school.id],
    )
    yield _series(
        f"voice-{school.id}",
        f"Circle for staff voice, {school.name}",
        "listening",
        "meeting",
        teachers,
        25,
        "twice a year",
        _LATE_PL,
        priority=rng.randint(1, 5),
    )
    if school.level == "elementary" and school.high_need:
        yield from _team_meetings(staff, school, rng)


def _team_meetings(staff: Staff, school: School, rng: Random) -> Iterator[Engagement]:
    """Teams of schools with high need meet each week, in the period that they have free."""
    priority = rng.randint(1, 5)
    for team in staff.teams[school.id]:
        if team.band == "support" or not team.members:
            continue
        start = PERIOD_STARTS[int(team.planning[0].removeprefix("p")) - 1]
        window = when(
            "2027-08-30", "2028-05-12", ["student"], [f"{start:%H:%M}"], ("mon", "fri"), ("mon",)
        )
        yield _series(
            f"plc-{team.group}",
            f"Weekly team meeting, {school.name}, {team.grade}",
            "data",
            "plc",
            [team.group],
            45,
            "weekly",
            window,
            priority=priority,
            sites=[school.id],
        )

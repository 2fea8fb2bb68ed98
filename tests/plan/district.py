"""A small district as a scenario file would hold it: something of every rule family.

Two sites twenty minutes apart; four teachers' periods at the high school, an elementary school
whose team meets weekly, one coach, one internal and three external experts.
"""

from __future__ import annotations

from plsched.scenario.models import Scenario
from tests.scenario.year import Raw, bell, day_kinds, terms

__all__ = ["Raw", "raw", "row", "scenario"]


def raw() -> Raw:
    """Give the district anew, to be changed at will."""
    return {
        "format": 1,
        "name": "Two Sites",
        "timezone": "America/Chicago",
        "calendar": _calendar(),
        "policy": {"reimburse_mileage_cents_per_100_miles": 7250},
        **_places(),
        **_people(),
        "pathways": [
            {"id": "math", "name": "Mathematics", "priority": 3},
            {"id": "care", "name": "Safe schools"},
        ],
        "departments": [{"id": "cur", "name": "Curriculum"}],
        "courses": _courses(),
        "engagements": _engagements(),
        "tasks": _tasks(),
        "observations": [_walk()],
        "coaching": [_cycles()],
        "funds": _funds(),
        "account_codes": [
            {"kinds": ["substitute"], "code": "2213-123"},
            {"kinds": ["expert_fee"], "pathways": ["math"], "code": "2213-320"},
            {"kinds": ["expert_fee"], "code": "2213-330"},
        ],
        "limits": _limits(),
        "pins": [
            {"item": "num/s2/1", "start": "2027-08-18T08:30:00-05:00", "facility": "R1"},
            {"item": "extra", "present": False},
        ],
    }


def scenario(data: Raw | None = None) -> Scenario:
    """Build the district."""
    return Scenario.model_validate(raw() if data is None else data)


def row(table: list[Raw], row_id: str) -> Raw:
    """Find a row by id."""
    return next(r for r in table if r["id"] == row_id)


def _calendar() -> Raw:
    return {
        "first": "2027-06-14",
        "last": "2028-06-02",
        "terms": terms(
            summer=("2027-06-14", "2027-08-13"),
            fall=("2027-08-16", "2027-12-17"),
            spring=("2028-01-03", "2028-05-26"),
        ),
        "day_kinds": day_kinds(),
        "days": [
            {"kind": "summer", "first": "2027-06-14", "last": "2027-08-13"},
            {"kind": "pl", "first": "2027-08-16", "last": "2027-08-20"},
            {"kind": "student", "first": "2027-08-23", "last": "2027-12-17"},
            {"kind": "holiday", "first": "2027-09-06"},
            {"kind": "pl", "first": "2027-10-08"},
            {"kind": "holiday", "first": "2027-11-22", "last": "2027-11-26"},
            {"kind": "student", "first": "2028-01-03", "last": "2028-05-26"},
        ],
        "blackouts": [{"id": "testing", "first": "2028-04-10", "last": "2028-04-21"}],
        "bell_schedules": [
            bell(
                "north-day",
                ("07:45", "15:45"),
                ("11:40", "12:10"),
                P1=("08:00", "08:50"),
                P2=("08:55", "09:45"),
                P3=("09:50", "10:40"),
                P4=("10:45", "11:35"),
                P5=("12:15", "13:05"),
                P6=("13:10", "14:00"),
                P7=("14:05", "14:55"),
            ),
            bell(
                "south-day",
                ("08:00", "16:00"),
                ("12:00", "12:30"),
                S1=("08:30", "09:30"),
                S2=("09:35", "10:35"),
                S3=("10:40", "11:40"),
                S4=("12:40", "13:40"),
                S5=("13:45", "14:45"),
            ),
            bell("work-day", ("08:00", "16:00"), ("12:00", "12:30")),
        ],
    }


def _places() -> Raw:
    bells = {"pl": "work-day", "summer": "work-day"}
    return {
        "sites": [
            {
                "id": "north",
                "name": "North High",
                "level": "high",
                "bells": {**bells, "student": "north-day"},
            },
            {
                "id": "south",
                "name": "South Elementary",
                "level": "elementary",
                "bells": {**bells, "student": "south-day"},
            },
        ],
        "travel": [{"between": ["north", "south"], "minutes": 20, "miles": 10}],
        "facilities": [
            {
                "id": "R1",
                "name": "Library",
                "site": "north",
                "capacity": 4,
                "features": ["projector"],
                "setup_min": 15,
                "clear_min": 15,
                "cents_per_hour": 3000,
            },
            {
                "id": "R2",
                "name": "Hall",
                "site": "south",
                "capacity": 8,
                "features": ["projector"],
                "availability": [
                    {"first": "2027-06-14", "last": "2028-06-02", "start": "07:00", "end": "18:00"}
                ],
            },
            {"id": "R3", "name": "Annexe", "site": "north", "capacity": 3},
        ],
        "licences": [{"id": "Z", "name": "Rooms", "seats": 4, "cents_per_session": 250}],
    }


def _people() -> Raw:
    morning, late = ["P1", "P2", "P3", "P5", "P6"], ["P2", "P3", "P4", "P6", "P7"]
    north = {"n1": morning, "n2": morning, "n3": late, "n4": late}
    return {
        "roles": [{"id": "teacher", "name": "Teacher"}, {"id": "coach", "name": "Coach"}],
        "salaries": [
            {
                "id": "teacher",
                "annual_cents": 6_918_000,
                "basis_hours": 2080,
                "fringe_permille": 378,
                "stipend_cents_per_hour": 4000,
            }
        ],
        "educators": [
            *(_teacher(e, "north", periods) for e, periods in north.items()),
            _teacher("n5", "north", ["P1", "P4", "P5"]),
            _teacher("n6", "north", ["P1", "P4", "P5"]),
            _teacher("s1", "south", ["S1", "S3", "S4"]),
            *(_teacher(e, "south", ["S1", "S3", "S4", "S5"]) for e in ("s2", "s3", "s4")),
            _teacher("c1", "north", [], role="coach", contract="twelve_month"),
            _teacher("k1", "north", ["P1"], contract="twelve_month"),
        ],
        "groups": [
            _group("north-team", "n1", "n2", "n3", "n4", "n5", "n6"),
            _group("south-team", "s1", "s2", "s3", "s4"),
            _group("coaches", "c1"),
            _group("duo", "s2", "s3"),
            _group("early", "n1", "n2"),
            _group("late", "n3", "n4"),
            _group("walkers", "n1", "n2", "n3"),
            _group("hosts", "n5", "n6"),
        ],
        "experts": [
            {
                "id": "X1",
                "name": "Partner One",
                "skills": ["numeracy"],
                "rate": {
                    "unit": "hour",
                    "cents": 15_000,
                    "prep_permille": 500,
                    "travel_cents_per_day": 8000,
                },
                "contract_signed": "2027-07-20",
                "hours_cap_min": 480,
                "contract_max_cents": 212_000,
                "availability": [{"first": "2027-08-01", "last": "2027-12-31", "start": "08:00"}],
                "unavailable": [{"first": "2027-09-20", "last": "2027-09-24"}],
            },
            {
                "id": "X2",
                "name": "Partner Two",
                "skills": ["safety"],
                "rate": {"unit": "day", "cents": 90_000, "travel_cents_per_day": 5000},
            },
            {
                "id": "X3",
                "name": "Partner Three",
                "skills": ["teams"],
                "rate": {"unit": "hour", "cents": 6000, "minimum_min": 60},
            },
            {"id": "K1", "name": "Lead", "skills": ["cognitive", "numeracy"], "educator": "k1"},
        ],
        "coaches": [
            {
                "educator": "c1",
                "sites": ["south"],
                "skills": ["cognitive"],
                "caseload": 1,
                "share_percent": 4,
                "weekly_contract_min": 2250,
            }
        ],
        "substitutes": {
            "day_cents": 25_787,
            "full_day_from_periods": {"high": 3},
            "full_day_from_min": {"elementary": 195},
            "pools": [{"id": "pool", "sites": ["north", "south"], "size": 4}],
        },
    }


def _teacher(educator: str, site: str, teaches: list[str], **more: str) -> Raw:
    person = {
        "id": educator,
        "name": f"Educator {educator}",
        "role": "teacher",
        "site": site,
        "teaches": teaches,
        "salary": "teacher",
    }
    return {**person, **more}


def _group(group: str, *members: str) -> Raw:
    return {"id": group, "name": group.title(), "members": list(members)}


def _courses() -> list[Raw]:
    return [
        {
            "id": "num",
            "title": "Numeracy",
            "pathway": "math",
            "department": "cur",
            "priority": 2,
            "release": True,
            "audience": ["north-team"],
            "sessions": 2,
            "duration_min": 120,
            "min_gap_days": 7,
            "max_gap_days": 60,
            "section_size": 4,
            "quorum": 3,
            "features": ["projector"],
            "experts": [{"skill": "numeracy"}],
            "materials_cents_per_person": 1500,
            "when": {
                "first": "2027-08-16",
                "last": "2027-12-17",
                "day_kinds": ["pl", "student"],
                "weekdays": ["tue", "wed", "fri"],
                "starts": ["08:30", "10:00", "13:10"],
                "preferred_starts": ["08:30"],
            },
        },
        {
            "id": "safety",
            "title": "Safety",
            "pathway": "care",
            "required": True,
            "mandatory": True,
            "format": "virtual",
            "licence": "Z",
            "audience": ["south-team"],
            "duration_min": 90,
            "experts": [{"skill": "safety"}],
            "follow_up": ["cc"],
            "when": {"day_kinds": ["pl"], "starts": ["10:00"]},
        },
        {
            "id": "own",
            "title": "Cognitive coaching",
            "pathway": "math",
            "audience": ["coaches"],
            "sessions": 2,
            "duration_min": 240,
            "experts": [{"skill": "cognitive"}],
            "facilities": ["R2"],
            "when": {"day_kinds": ["summer"], "starts": ["09:00"]},
        },
    ]


def _engagements() -> list[Raw]:
    day = {"day_kinds": ["student"]}
    return [
        {
            "id": "plc",
            "title": "Team time",
            "pathway": "care",
            "action": "plc",
            "cadence": "weekly",
            "groups": ["south-team"],
            "partners": ["X3"],
            "needs_room": False,
            "duration_min": 45,
            "when": {**day, "terms": ["fall"], "starts": ["15:00"]},
        },
        {
            "id": "lead",
            "title": "Leadership",
            "pathway": "math",
            "cadence": "monthly",
            "educators": ["n1", "s1"],
            "needs_room": False,
            "sites": ["north"],
            "stipend": True,
            "duration_min": 60,
            "when": {**day, "starts": ["15:00"]},
        },
        {
            "id": "net",
            "title": "Network",
            "pathway": "math",
            "cadence": "4-6 times per year",
            "required": True,
            "format": "virtual",
            "licence": "Z",
            "educators": ["c1", "k1"],
            "duration_min": 60,
            "when": {**day, "starts": ["10:00"]},
        },
        {
            "id": "extra",
            "title": "Book study",
            "pathway": "care",
            "action": "book_study",
            "cadence": "once",
            "educators": ["n5"],
            "needs_room": False,
            "duration_min": 30,
            "when": {**day, "starts": ["15:00"]},
        },
    ]


def _tasks() -> list[Raw]:
    return [
        {
            "id": "write",
            "title": "Write the course",
            "pathway": "math",
            "kind": "planning",
            "required": True,
            "educators": ["k1"],
            "duration_min": 240,
            "cost_cents": 50_000,
            "before": [{"item": "own", "min_days": 7}],
            "when": {"day_kinds": ["summer"], "starts": ["09:00"]},
        },
        {
            "id": "survey",
            "title": "Survey",
            "pathway": "math",
            "kind": "evaluation",
            "guskey_level": 4,
            "groups": ["north-team"],
            "duration_min": 30,
            "after": [{"item": "num", "min_days": 30, "max_days": 120}],
            "when": {"day_kinds": ["student"], "starts": ["15:00"]},
        },
    ]


def _walk() -> Raw:
    return {
        "id": "walk",
        "title": "Learning walk",
        "pathway": "math",
        "site": "north",
        "release": True,
        "observers": ["walkers"],
        "hosts": ["hosts"],
        "rounds": 2,
        "visit_min": 30,
        "max_visitors": 2,
        "host_max_per_day": 1,
        "host_max_per_term": 1,
        "briefing_start": "07:45",
        "briefing_min": 15,
        "debriefing_start": "15:00",
        "debriefing_min": 30,
        "when": {"day_kinds": ["student"], "weekdays": ["tue", "wed", "thu"], "starts": ["08:00"]},
    }


def _cycles() -> Raw:
    return {
        "id": "cc",
        "title": "Coaching",
        "pathway": "care",
        "coaches": ["c1"],
        "coachees": ["duo"],
        "weeks": 4,
        "day_kinds": ["student"],
        "meetings": [
            {"kind": "conference", "during": "planning"},
            {"kind": "visit", "during": "teaching"},
        ],
        "patterns": [["mon", "wed"], ["tue", "thu"]],
        "first_weeks": ["2027-08-23", "2027-08-30", "2027-09-06", "2027-11-15"],
        "skill": "cognitive",
        "coach_prerequisites": ["own"],
        "follows": "safety",
        "floor_min": 300,
    }


def _funds() -> list[Raw]:
    return [
        {
            "id": "fy26",
            "name": "General, to June 2027",
            "amount_cents": 60_000,
            "obligations": {"first": "2026-07-01", "last": "2027-06-30"},
        },
        {
            "id": "fy27",
            "name": "General, from July 2027",
            "amount_cents": 500_000,
            "obligations": {"first": "2027-07-01", "last": "2028-06-30"},
            "caps": [{"id": "rooms", "kinds": ["facility"], "max_percent": 6}],
        },
        {
            "id": "title2",
            "name": "Title II-A",
            "amount_cents": 400_000,
            "obligations": {"first": "2027-07-01", "last": "2028-06-30"},
            "kinds": ["expert_fee", "expert_travel", "substitute"],
            "requires_follow_up": True,
            "caps": [{"id": "subs", "kinds": ["substitute"], "max_cents": 64_470}],
            "set_asides": [{"id": "care", "pathways": ["care"], "cents": 90_000}],
        },
    ]


def _limits() -> list[Raw]:
    return [
        {"id": "out", "window": "term", "unit": "days_out", "at_most": 2},
        {
            "id": "evenings",
            "who": {"sites": ["south"]},
            "window": "month",
            "unit": "meetings",
            "counts": ["engagement", "course"],
            "at_most": 6,
        },
        {
            "id": "hours",
            "groups": ["north-team"],
            "window": "week",
            "unit": "minutes",
            "at_most": 120,
        },
        {
            "id": "training",
            "per": "together",
            "window": "year",
            "unit": "minutes",
            "mandatory_only": True,
            "at_most": 360,
        },
        {
            "id": "grades",
            "per": "together",
            "window": "day",
            "unit": "groups_out",
            "groups": ["early", "late"],
            "at_most": 2,
        },
    ]

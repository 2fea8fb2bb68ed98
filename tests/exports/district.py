"""The scenario that the tests of the exports share: small, and with something of everything.

Ids and titles are awkward on purpose: two educators differ by case only, one id holds a space and
an accent, one title looks like a formula and holds marks that HTML and calendars escape.
"""

from __future__ import annotations

from typing import Any

from plsched.scenario.models import Scenario
from tests.scenario.year import bell, day_kinds, terms

AWKWARD_TITLE = '=1+1 Numeracy; <deep>, "now" & C:\\pl'

_STUDENT_DAY = {"oak": "bell-oak", "elm": "bell-elm", "central": "bell-central"}
_PERIODS = {
    "p1": ("08:00", "08:50"),
    "p2": ("08:55", "09:45"),
    "p3": ("09:50", "10:40"),
    "p4": ("10:45", "11:35"),
    "p5": ("12:15", "13:05"),
    "p6": ("13:10", "14:00"),
}
_LUNCH = ("11:35", "12:15")


def scenario(timezone: str = "America/Chicago") -> Scenario:
    """Build the district, on the wall clock of a zone."""
    return Scenario.model_validate(
        {
            "format": 1,
            "name": "Three Trees",
            "description": "A synthetic district for the tests of what comes out.",
            "timezone": timezone,
            "calendar": _calendar(),
            "policy": {"reimburse_mileage_cents_per_100_miles": 7250},
            **_places(),
            **_people(),
            **_learning(),
            **_money(),
        }
    )


def _calendar() -> dict[str, Any]:
    return {
        "first": "2026-06-01",
        "last": "2027-06-30",
        "terms": terms(
            summer=("2026-06-08", "2026-08-14"),
            fall=("2026-08-17", "2026-12-18"),
            spring=("2027-01-04", "2027-06-04"),
        ),
        "day_kinds": day_kinds(),
        "days": [
            {"kind": "summer", "first": "2026-06-08", "last": "2026-08-09"},
            {"kind": "pl", "first": "2026-08-10", "last": "2026-08-14"},
            {"kind": "student", "first": "2026-08-17", "last": "2026-12-18"},
            {"kind": "student", "first": "2027-01-04", "last": "2027-06-04"},
            {"kind": "pl", "first": "2026-11-03", "note": "Election Day"},
            {"kind": "holiday", "first": "2026-11-25", "last": "2026-11-27"},
            {"kind": "holiday", "first": "2027-03-22", "last": "2027-03-26"},
        ],
        "blackouts": [
            {
                "id": "testing",
                "first": "2027-04-19",
                "last": "2027-04-30",
                "blocks": ["releases"],
                "reason": "State testing",
            }
        ],
        "bell_schedules": [
            bell("bell-oak", ("07:45", "15:15"), _LUNCH, **_PERIODS),
            bell("bell-elm", ("07:45", "15:15"), _LUNCH, **_PERIODS),
            bell("bell-central", ("08:00", "16:00"), _LUNCH),
        ],
    }


def _places() -> dict[str, Any]:
    bells = {
        site: dict.fromkeys(("student", "pl", "summer"), bell)
        for site, bell in _STUDENT_DAY.items()
    }
    return {
        "sites": [
            {"id": "oak", "name": "Oak School", "level": "elementary", "bells": bells["oak"]},
            {"id": "elm", "name": "Elm School", "level": "middle", "bells": bells["elm"]},
            {"id": "central", "name": "Central", "level": "central", "bells": bells["central"]},
        ],
        "travel": [
            {"between": ["oak", "elm"], "minutes": 15, "miles": 6},
            {"between": ["oak", "central"], "minutes": 10, "miles": 4},
        ],
        "facilities": [
            {
                "id": "hall",
                "name": "Hall, east",
                "site": "central",
                "capacity": 60,
                "setup_min": 15,
            },
            {"id": "office", "name": "Team office", "site": "central", "capacity": 12},
            {"id": "oak-lib", "name": "Library", "site": "oak", "capacity": 20},
        ],
        "licences": [{"id": "web", "name": "Online room A", "seats": 100}],
    }


def _educator(key: str, name: str, site: str, **more: Any) -> dict[str, Any]:
    teaching = {"role": "teacher", "teaches": ["p1", "p2", "p3", "p5"]}
    return {"id": key, "name": name, "site": site, "salary": "step-a", **teaching, **more}


def _people() -> dict[str, Any]:
    office = {"teaches": [], "salary": "step-b", "contract": "twelve_month"}
    return {
        "departments": [{"id": "math", "name": "Mathematics"}, {"id": "lit", "name": "Literacy"}],
        "roles": [
            {"id": "teacher", "name": "Teacher"},
            {"id": "coach", "name": "Coach", "facilitator": True},
            {"id": "principal", "name": "Principal"},
        ],
        "salaries": [
            {"id": "step-a", "annual_cents": 6_918_000, "basis_hours": 2080},
            {
                "id": "step-b",
                "annual_cents": 8_500_000,
                "basis_hours": 2080,
                "fringe_permille": 300,
                "stipend_cents_per_hour": 4000,
            },
        ],
        "educators": [
            _educator("T1", "Wren Alder", "oak", department="math", position_fund="general"),
            _educator("t1", "Moss Birch", "oak", department="math"),
            _educator("T 3 é", "Fern Cedar", "oak", department="lit"),
            _educator("T4", "Reed Doum", "elm", department="lit", groups=["elm-team"]),
            _educator("C1", "Sage Elder", "central", **{**office, "role": "coach"}),
            _educator("P1", "Basil Fir", "oak", **{**office, "role": "principal"}),
            _educator("T9", "Ivy Gorse", "elm"),
        ],
        "groups": [
            {"id": "oak-team", "name": "Oak team", "members": ["T1", "t1", "T 3 é"]},
            {"id": "elm-team", "name": "Elm team"},
            {"id": "office-team", "name": "Office team", "members": ["C1", "P1"]},
            {"id": "walkers", "name": "Oak walkers", "members": ["T1", "t1"]},
            {"id": "walk-hosts", "name": "Oak hosts", "members": ["T 3 é"]},
        ],
        "experts": [
            {
                "id": "X-DAY",
                "name": "Partner by the day",
                "skills": ["numeracy"],
                "rate": {"unit": "day", "cents": 150_000, "travel_cents_per_day": 20_000},
                "contract_signed": "2026-07-15",
            },
            {
                "id": "X-HOUR",
                "name": "Partner by the hour",
                "skills": ["leading"],
                "rate": {"unit": "hour", "cents": 12_000},
            },
            {"id": "X-OWN", "name": "Sage Elder", "skills": ["safety"], "educator": "C1"},
        ],
        "coaches": [{"educator": "C1", "sites": ["oak", "elm"], "skills": ["numeracy"]}],
        "substitutes": {
            "day_cents": 25_787,
            "allow_second_site": True,
            "pools": [{"id": "pool", "sites": ["oak", "elm"], "size": 4}],
        },
    }


def _learning() -> dict[str, Any]:
    any_day = {"day_kinds": ["student", "pl", "summer"], "starts": ["08:00", "09:00", "15:30"]}
    return {
        "goals": [
            {
                "id": "G1",
                "name": "Every learner counts",
                "objectives": [
                    {
                        "id": "G1.1",
                        "name": "Number sense in each class",
                        "action_steps": [
                            {"id": "G1.1.a", "name": "Train the Oak team"},
                            {
                                "id": "G1.1.b",
                                "name": "Buy books",
                                "out_of_scope": "takes nobody's time",
                            },
                        ],
                    }
                ],
            },
            {"id": "G2", "name": "Leaders learn too"},
        ],
        "pathways": [
            {"id": "num", "name": "Numeracy", "priority": 3},
            {"id": "lead", "name": "Leading"},
        ],
        "courses": [_course_numeracy(any_day), _course_safety(any_day), _course_art(any_day)],
        "engagements": _engagements(any_day),
        "tasks": _tasks(any_day),
        "observations": [_observation(any_day)],
        "coaching": [_coaching()],
    }


def _course_numeracy(when: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": "NUM",
        "title": AWKWARD_TITLE,
        "pathway": "num",
        "department": "math",
        "serves": ["G1", "G1.1.a"],
        "required": True,
        "description": "Number talks, tried out and taken home.",
        "duration_min": 180,
        "when": when,
        "experts": [{"skill": "numeracy"}],
        "evidence": "A number talk of your own, on video.",
        "outcomes": "Lead a number talk.",
        "audience": ["oak-team"],
        "sessions": 2,
        "materials_cents_per_person": 2500,
    }


def _course_safety(when: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": "SAFE",
        "title": "Safety briefing",
        "pathway": "lead",
        "required": True,
        "mandatory": True,
        "duration_min": 60,
        "format": "virtual",
        "licence": "web",
        "when": when,
        "experts": [{"skill": "safety"}],
        "audience": ["oak-team", "elm-team"],
    }


def _course_art(when: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": "ART",
        "title": "Drawing to think",
        "pathway": "num",
        "department": "lit",
        "serves": ["G1.1"],
        "duration_min": 120,
        "when": when,
        "experts": [{"skill": "drawing"}],
        "audience": ["oak-team"],
    }


def _engagements(when: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "id": "WEEKLY",
            "title": "Office team meets",
            "pathway": "lead",
            "serves": ["G2"],
            "action": "meeting",
            "cadence": "weekly",
            "duration_min": 60,
            "when": when,
            "groups": ["office-team"],
        },
        {
            "id": "LEAD",
            "title": "Leaders' circle",
            "pathway": "lead",
            "serves": ["G2"],
            "action": "inquiry",
            "cadence": "3 times per year",
            "duration_min": 90,
            "format": "hybrid",
            "licence": "web",
            "when": when,
            "groups": ["office-team"],
            "partners": ["X-HOUR"],
            "stipend": True,
        },
        {
            "id": "CONF",
            "title": "Reading conference",
            "pathway": "num",
            "department": "lit",
            "action": "conference",
            "cadence": "once",
            "duration_min": 480,
            "days": 3,
            "when": when,
            "educators": ["T4", "P1"],
            "needs_room": False,
            "release": True,
            "fee_cents_per_person": 45_000,
            "travel_cents_per_person": 60_000,
        },
    ]


def _tasks(when: dict[str, Any]) -> list[dict[str, Any]]:
    task = {"pathway": "num", "department": "math", "when": when}
    return [
        {
            **task,
            "id": "WRITE",
            "title": "Write the numeracy units",
            "kind": "planning",
            "duration_min": 240,
            "educators": ["C1"],
            "cost_cents": 80_000,
        },
        {
            **task,
            "id": "EVAL",
            "title": "How did it go?",
            "kind": "evaluation",
            "guskey_level": 1,
            "duration_min": 30,
            "groups": ["oak-team"],
        },
    ]


def _observation(when: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": "WALK",
        "title": "Learning walk at Oak",
        "pathway": "num",
        "serves": ["G1.1"],
        "site": "oak",
        "observers": ["walkers"],
        "hosts": ["walk-hosts"],
        "when": when,
        "release": True,
        "briefing_start": "07:45",
        "briefing_min": 15,
        "debriefing_start": "14:30",
        "debriefing_min": 30,
        "protocol": "Note what learners say and do, never who.",
    }


def _coaching() -> dict[str, Any]:
    return {
        "id": "CC",
        "title": "Numeracy coaching",
        "pathway": "num",
        "department": "math",
        "serves": ["G1.1"],
        "coaches": ["C1"],
        "coachees": ["oak-team", "elm-team"],
        "day_kinds": ["student"],
        "meetings": [{"kind": "conference"}, {"kind": "visit", "during": "teaching"}],
        "patterns": [["tue", "thu"]],
        "first_weeks": ["2026-10-12", "2027-02-22"],
        "follows": "NUM",
        "floor_min": 300,
    }


def _money() -> dict[str, Any]:
    year = {"first": "2026-06-01", "last": "2027-06-30"}
    return {
        "funds": [
            {
                "id": "title-ii",
                "name": "Title II-A",
                "amount_cents": 1_500_000,
                "obligations": {"first": "2026-07-01", "last": "2027-09-30"},
                "priority": 1,
                "caps": [{"id": "travel-cap", "kinds": ["travel"], "max_percent": 10}],
            },
            {
                "id": "general",
                "name": "General fund",
                "amount_cents": 2_000_000,
                "obligations": year,
                "set_asides": [{"id": "lead-share", "cents": 50_000, "pathways": ["lead"]}],
            },
            {
                "id": "old-grant",
                "name": "Old grant, spent by now",
                "amount_cents": 10_000,
                "obligations": {"first": "2025-07-01", "last": "2026-06-30"},
            },
        ],
        "account_codes": [
            {"code": "2213-123", "kinds": ["substitute"], "object": "Temporary substitutes"},
            {"code": "2213-320", "kinds": ["expert_fee", "contract"]},
            {"code": "2213-580", "kinds": ["travel", "expert_travel"]},
            {"code": "2213-610", "kinds": ["materials"]},
        ],
    }

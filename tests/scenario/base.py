"""A small valid scenario: one site, four educators, one course, one room, one fund."""

from __future__ import annotations

from typing import Any


def base() -> dict[str, Any]:
    """Give the scenario anew, so that a test may change it."""
    return {
        "format": 1,
        "name": "Small district",
        "timezone": "America/Chicago",
        "calendar": calendar(),
        "sites": [
            {
                "id": "oak",
                "name": "Oak School",
                "level": "elementary",
                "bells": {"student": "oak-day", "pl": "pl-day"},
            }
        ],
        "roles": [{"id": "teacher", "name": "Teacher"}, {"id": "coach", "name": "Coach"}],
        "salaries": [
            {
                "id": "scale",
                "annual_cents": 6_918_000,
                "basis_hours": 2080,
                "fringe_permille": 378,
                "stipend_cents_per_hour": 3000,
            }
        ],
        "departments": [{"id": "learning", "name": "Teaching and Learning"}],
        "educators": [
            {
                "id": name,
                "name": f"Educator {name}",
                "role": "teacher",
                "site": "oak",
                "groups": ["oak-all"],
                "teaches": ["1", "2"],
                "salary": "scale",
            }
            for name in ("ana", "ben", "cleo")
        ]
        + [
            {
                "id": "dora",
                "name": "Educator dora",
                "role": "coach",
                "site": "oak",
                "salary": "scale",
            }
        ],
        "groups": [{"id": "oak-all", "name": "All of Oak"}],
        "experts": [{"id": "pat", "name": "Partner", "skills": ["math"], "rate": rate()}],
        "facilities": [
            {
                "id": "library",
                "name": "Library",
                "site": "oak",
                "capacity": 20,
                "features": ["projector"],
            }
        ],
        "goals": [
            {
                "id": "g1",
                "name": "Goal 1",
                "objectives": [
                    {
                        "id": "g1-o1",
                        "name": "Objective 1",
                        "action_steps": [{"id": "g1-o1-a1", "name": "Step 1"}],
                    }
                ],
            }
        ],
        "pathways": [{"id": "math", "name": "Mathematics", "priority": 2}],
        "courses": [course()],
        "funds": [fund()],
    }


def rate() -> dict[str, Any]:
    return {"unit": "hour", "cents": 15_000}


def calendar() -> dict[str, Any]:
    return {
        "first": "2027-07-01",
        "last": "2028-06-30",
        "terms": [
            {
                "id": "fall",
                "name": "Fall",
                "season": "fall",
                "first": "2027-08-16",
                "last": "2027-12-31",
            },
            {
                "id": "spring",
                "name": "Spring",
                "season": "spring",
                "first": "2028-01-01",
                "last": "2028-05-31",
            },
        ],
        "day_kinds": [
            {"id": "student", "name": "Student day", "students": True, "contract": "all"},
            {"id": "pl", "name": "PL day", "contract": "all"},
        ],
        "days": [
            {"kind": "student", "first": "2027-08-18", "last": "2028-05-31"},
            {"kind": "pl", "first": "2027-08-16", "last": "2027-08-17"},
        ],
        "bell_schedules": [
            {
                "id": "oak-day",
                "contract": {"start": "08:00", "end": "15:30"},
                "lunch": {"start": "11:30", "end": "12:15"},
                "periods": [
                    {"id": "1", "start": "08:30", "end": "11:00"},
                    {"id": "2", "start": "12:30", "end": "15:00"},
                ],
            },
            {"id": "pl-day", "contract": {"start": "08:00", "end": "15:30"}},
        ],
    }


def course() -> dict[str, Any]:
    return {
        "id": "number-talks",
        "title": "Number talks",
        "pathway": "math",
        "department": "learning",
        "serves": ["g1-o1-a1"],
        "duration_min": 120,
        "when": {"day_kinds": ["pl"], "starts": ["08:30", "13:00"]},
        "audience": ["oak-all"],
        "experts": [{"skill": "math"}],
    }


def fund() -> dict[str, Any]:
    return {
        "id": "local",
        "name": "Local money",
        "amount_cents": 1_000_000,
        "obligations": {"first": "2027-07-01", "last": "2028-06-30"},
    }

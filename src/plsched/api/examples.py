"""A scenario to try the API with: the smallest that makes a plan."""

from __future__ import annotations

from typing import Any

_YEAR = {"first": "2027-08-02", "last": "2028-06-02"}

SCENARIO: dict[str, Any] = {
    "format": 1,
    "name": "Two teachers, one course",
    "timezone": "America/Chicago",
    "calendar": {
        **_YEAR,
        "terms": [{"id": "year", "name": "The year", "season": "fall", **_YEAR}],
        "day_kinds": [{"id": "pl-day", "name": "Professional learning day", "contract": "all"}],
        "days": [{"kind": "pl-day", "first": "2027-08-03", "last": "2027-08-04"}],
        "bell_schedules": [{"id": "pl", "contract": {"start": "08:00", "end": "16:00"}}],
    },
    "sites": [{"id": "north", "name": "North School", "level": "high", "bells": {"pl-day": "pl"}}],
    "facilities": [
        {"id": "hall", "name": "Hall", "site": "north", "capacity": 10, "cents_per_hour": 2500}
    ],
    "roles": [{"id": "teacher", "name": "Teacher"}],
    "educators": [
        {"id": "t1", "name": "Teacher 1", "role": "teacher", "site": "north"},
        {"id": "t2", "name": "Teacher 2", "role": "teacher", "site": "north"},
    ],
    "groups": [{"id": "all", "name": "All", "members": ["t1", "t2"]}],
    "pathways": [{"id": "start", "name": "Start of the year"}],
    "courses": [
        {
            "id": "welcome",
            "title": "Welcome",
            "pathway": "start",
            "required": True,
            "duration_min": 120,
            "when": {"day_kinds": ["pl-day"], "starts": ["09:00", "13:00"]},
            "audience": ["all"],
        }
    ],
    "funds": [
        {
            "id": "local",
            "name": "Local",
            "amount_cents": 100_000,
            "obligations": {"first": "2027-07-01", "last": "2028-06-30"},
        }
    ],
}

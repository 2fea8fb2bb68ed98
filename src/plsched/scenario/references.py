"""Which fields name things that stand elsewhere in the scenario, and what they name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from plsched.scenario.models.base import Model
from plsched.scenario.models.calendar import Blackout, DayRow, When
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import (
    Course,
    Engagement,
    ExpertNeed,
    Gathering,
    Item,
    Participants,
    Relation,
)
from plsched.scenario.models.money import Selector
from plsched.scenario.models.observation import Observation
from plsched.scenario.models.people import (
    Coach,
    Educator,
    Expert,
    Group,
    Members,
    SiteDays,
    SubPool,
)
from plsched.scenario.models.places import Facility, Site, Travel
from plsched.scenario.models.policy import Limit, Pin, Prior
from plsched.scenario.models.records import Posting, Rating, Result

Thing = Literal[
    "bell schedule",
    "coach",
    "course",
    "day kind",
    "department",
    "educator",
    "expert",
    "facility",
    "feature",
    "fund",
    "goal",
    "grade",
    "group",
    "item",
    "licence",
    "pathway",
    "period",
    "role",
    "salary",
    "site",
    "skill",
    "term",
]

PLURALS: Mapping[Thing, str] = {
    "bell schedule": "bell schedules",
    "coach": "coaches",
    "course": "courses",
    "day kind": "day kinds",
    "department": "departments",
    "educator": "educators",
    "expert": "experts",
    "facility": "facilities",
    "feature": "features",
    "fund": "funds",
    "goal": "goals, objectives and action steps",
    "grade": "grades",
    "group": "groups",
    "item": "items",
    "licence": "licences",
    "pathway": "pathways",
    "period": "periods",
    "role": "roles",
    "salary": "salaries",
    "site": "sites",
    "skill": "skills",
    "term": "terms",
}

# Fields of a class hold for the classes made from it, too.
NAMES: Mapping[type[Model], Mapping[str, Thing]] = {
    Educator: {
        "role": "role",
        "site": "site",
        "groups": "group",
        "teaches": "period",
        "salary": "salary",
        "position_fund": "fund",
        "department": "department",
    },
    SiteDays: {"site": "site"},
    Members: {"roles": "role", "sites": "site", "departments": "department", "grades": "grade"},
    Group: {"members": "educator"},
    Expert: {"educator": "educator", "site": "site"},
    Coach: {"educator": "educator", "sites": "site"},
    SubPool: {"sites": "site"},
    Site: {"department": "department"},
    Travel: {"between": "site"},
    Facility: {"site": "site"},
    DayRow: {"kind": "day kind", "sites": "site"},
    Blackout: {"sites": "site"},
    When: {"terms": "term", "day_kinds": "day kind"},
    Item: {"pathway": "pathway", "department": "department", "serves": "goal"},
    Gathering: {
        "sites": "site",
        "facilities": "facility",
        "features": "feature",
        "licence": "licence",
    },
    ExpertNeed: {"skill": "skill"},
    Course: {"audience": "group", "prerequisites": "course", "follow_up": "item"},
    Relation: {"item": "item"},
    Participants: {"groups": "group", "educators": "educator"},
    Engagement: {"partners": "expert"},
    Observation: {
        "site": "site",
        "observers": "group",
        "hosts": "group",
        "features": "feature",
    },
    Coaching: {
        "coaches": "coach",
        "coachees": "group",
        "day_kinds": "day kind",
        "skill": "skill",
        "coach_prerequisites": "course",
        "follows": "course",
    },
    Selector: {
        "pathways": "pathway",
        "departments": "department",
        "sites": "site",
        "items": "item",
    },
    Limit: {"groups": "group", "educators": "educator"},
    Prior: {"course": "course", "educators": "educator", "groups": "group"},
    Pin: {"item": "item", "facility": "facility", "experts": "expert"},
    Posting: {"fund": "fund", "department": "department"},
    Rating: {"pathway": "pathway"},
    Result: {"pathway": "pathway"},
}

# Maps whose keys, or whose values, name things.
KEYS: Mapping[type[Model], Mapping[str, Thing]] = {
    Educator: {"teaches_on": "day kind"},
    Site: {"bells": "day kind"},
}
VALUES: Mapping[type[Model], Mapping[str, Thing]] = {
    Educator: {"teaches_on": "period"},
    Site: {"bells": "bell schedule"},
}

# The tables whose rows are the things.
TABLES: Mapping[str, Thing] = {
    "calendar.bell_schedules": "bell schedule",
    "calendar.day_kinds": "day kind",
    "calendar.terms": "term",
    "coaches": "coach",
    "coaching": "item",
    "courses": "course",
    "departments": "department",
    "educators": "educator",
    "engagements": "item",
    "experts": "expert",
    "facilities": "facility",
    "funds": "fund",
    "goals": "goal",
    "groups": "group",
    "licences": "licence",
    "observations": "item",
    "pathways": "pathway",
    "roles": "role",
    "salaries": "salary",
    "sites": "site",
    "tasks": "item",
}


def named_by(
    table: Mapping[type[Model], Mapping[str, Thing]], model: type[Model]
) -> dict[str, Thing]:
    """Collect the fields of a class and of those that it is made from."""
    found: dict[str, Thing] = {}
    for base in reversed(model.__mro__):
        found.update(table.get(base, {}))
    return found

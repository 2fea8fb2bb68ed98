"""The smallest district that makes a plan: two educators, one room, one course, one fund."""

from datetime import UTC, date, datetime
from typing import Any

from plsched.plan.models import CostLine, Occurrence, Plan, PlanItem, TierResult
from plsched.scenario.hashing import scenario_hash
from plsched.scenario.models import Scenario

NOW = datetime(2027, 5, 3, 15, 0, tzinfo=UTC)


def mapping(**changes: Any) -> dict[str, Any]:
    """Give the district as a scenario file holds it, with some of its keys replaced."""
    return {
        "format": 1,
        "name": "Tiny district",
        "timezone": "America/Chicago",
        "calendar": {
            "first": "2027-08-02",
            "last": "2027-08-06",
            "terms": [
                {
                    "id": "fall",
                    "name": "Fall",
                    "season": "fall",
                    "first": "2027-08-02",
                    "last": "2027-08-06",
                }
            ],
            "day_kinds": [{"id": "pl-day", "name": "PL day", "contract": "all"}],
            "days": [{"kind": "pl-day", "first": "2027-08-03"}],
            "bell_schedules": [{"id": "pl", "contract": {"start": "08:00", "end": "16:00"}}],
        },
        "sites": [
            {"id": "north", "name": "North School", "level": "high", "bells": {"pl-day": "pl"}}
        ],
        "facilities": [
            {
                "id": "hall",
                "name": "Hall",
                "site": "north",
                "capacity": 10,
                "cents_per_hour": 2500,
            }
        ],
        "roles": [{"id": "teacher", "name": "Teacher"}],
        "educators": [
            {"id": "e1", "name": "Educator 1", "role": "teacher", "site": "north"},
            {"id": "e2", "name": "Educator 2", "role": "teacher", "site": "north"},
        ],
        "groups": [{"id": "all", "name": "All", "members": ["e1", "e2"]}],
        "pathways": [{"id": "start", "name": "Start of the year"}],
        "courses": [
            {
                "id": "welcome",
                "title": "Welcome",
                "pathway": "start",
                "required": True,
                "duration_min": 120,
                "when": {"day_kinds": ["pl-day"], "starts": ["09:00"]},
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
    } | changes


def broke(amount_cents: int = 0, *, must_stand: bool = False) -> dict[str, Any]:
    """Give the district with a fund too small for the hall."""
    poor = mapping()["funds"][0] | {"amount_cents": amount_cents}
    policy = {"required": "must_stand"} if must_stand else {}
    return mapping(funds=[poor], policy=policy)


def scenario(**changes: Any) -> Scenario:
    """Give the district as a checked scenario."""
    return Scenario.model_validate(mapping(**changes))


def plan(**changes: Any) -> Plan:
    """Give the best plan of the district, worked out by hand."""
    tiny = scenario()
    start, end = (datetime(2027, 8, 3, hour, tzinfo=tiny.zone) for hour in (9, 11))
    hall = CostLine(
        kind="facility",
        element="materials_equipment_facilities",
        phase="delivery",
        quantity=120,
        unit="minutes",
        cash_cents=5000,
        economic_cents=5000,
        fund="local",
        obligation_date=date(2027, 8, 3),
        term="fall",
        pathway="start",
        department=None,
        site="north",
    )
    welcome = PlanItem(
        id="welcome/s1/1",
        kind="session",
        source="welcome",
        title="Welcome",
        section=1,
        session=1,
        start=start,
        end=end,
        occurrences=(Occurrence(start=start, end=end),),
        site="north",
        facility="hall",
        groups=("all",),
        educators=("e1", "e2"),
        required=True,
        pathway="start",
        cost_lines=(hall,),
    )
    made = Plan(
        scenario=tiny.name,
        scenario_hash=scenario_hash(tiny),
        timezone=tiny.timezone,
        seed=0,
        version="0.1.0",
        status="OPTIMAL",
        tiers=(
            TierResult(name="required", sense="max", unit="items", value=1, bound=1, gap=0.0),
            TierResult(name="cost", sense="min", unit="cents", value=5000, bound=5000, gap=0.0),
        ),
        wall_time_s=0.1,
        items=(welcome,),
    )
    return made.model_copy(update=changes)

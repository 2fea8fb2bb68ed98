"""The feeds of a whole district, in seconds."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from plsched.exports.calendars import write_calendars
from plsched.plan.models import Plan, PlanItem
from plsched.scenario.models import Scenario
from tests.exports.plans import Clock, plan, scenario
from tests.pace import quiet_seconds

EDUCATORS, IN_A_GROUP, SESSIONS = 250, 8, 25


def district() -> tuple[Scenario, Plan]:
    """Give every group of eight 25 sessions and a weekly meeting of their own."""
    base = scenario()
    staff = tuple(
        base.educators[0].model_copy(update={"id": f"E{n}", "name": f"Educator {n}"})
        for n in range(EDUCATORS)
    )
    items = tuple(
        item
        for first in range(0, EDUCATORS, IN_A_GROUP)
        for item in year(tuple(e.id for e in staff[first : first + IN_A_GROUP]), first)
    )
    made = plan().model_copy(update={"items": items, "substitutes": ()})
    return base.model_copy(update={"educators": (*base.educators, *staff)}), made


def year(people: tuple[str, ...], group: int) -> list[PlanItem]:
    clock, monday = Clock("America/Chicago"), date(2026, 9, 14)
    session = plan().items[0]
    days = [monday + timedelta(weeks=week) for week in range(SESSIONS)]
    weekly = tuple(clock.on(day + timedelta(days=1), "14:00", 45) for day in days)
    found = [
        session.model_copy(
            update={
                "id": f"NUM/s{group}/{number}",
                "educators": people,
                "occurrences": (clock.on(day, "09:00", 60),),
            }
        )
        for number, day in enumerate(days, 1)
    ]
    return [
        *found,
        session.model_copy(
            update={"id": f"WEEKLY{group}", "educators": people, "occurrences": weekly}
        ),
    ]


@pytest.mark.alone
def test_a_district_of_250_educators_is_written_within_three_seconds(tmp_path: Path) -> None:
    everything = district()

    def written() -> int:
        return write_calendars(tmp_path, *everything, changed_at=datetime(2026, 6, 1, tzinfo=UTC))

    assert written() == len(list(tmp_path.glob("*.ics"))) == EDUCATORS + 19
    assert quiet_seconds(written) < 3

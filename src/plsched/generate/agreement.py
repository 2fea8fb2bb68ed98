"""The staff agreement as data: what may be asked of people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plsched.generate.schools import Area
from plsched.generate.staff import Staff
from plsched.scenario.models.people import Members
from plsched.scenario.models.policy import Limit

_CLASSROOM = Members(roles=("teacher", "specialist", "counsellor"))
_TEACHING = Members(roles=("teacher", "specialist"))
_SOURCE = "Staff agreement of this synthetic district"


def limits(staff: Staff, all_areas: Sequence[Area]) -> Iterator[Limit]:
    """Give the limits of the agreement; one band of an elementary school is out at a time."""
    yield Limit(
        id="two-called-meetings",
        who=_CLASSROOM,
        window="month",
        unit="meetings",
        at_most=2,
        mandatory_only=True,
        source=_SOURCE,
    )
    yield Limit(
        id="mandatory-hours",
        window="year",
        unit="minutes",
        at_most=300,
        mandatory_only=True,
        source=_SOURCE,
    )
    yield Limit(
        id="hours-a-week",
        who=_CLASSROOM,
        window="week",
        unit="minutes",
        at_most=1680,
        source=_SOURCE,
    )
    yield Limit(
        id="days-out-a-month",
        who=_TEACHING,
        window="month",
        unit="days_out",
        at_most=4,
        source=_SOURCE,
    )
    yield Limit(
        id="days-out-a-year",
        who=_TEACHING,
        window="year",
        unit="days_out",
        at_most=8,
        source=_SOURCE,
    )
    yield Limit(
        id="leaders-in-buildings",
        who=Members(roles=("principal", "assistant_principal")),
        window="month",
        unit="minutes",
        at_most=2400,
        source="Practice of this synthetic district",
    )
    for area in all_areas:
        for school in area.of("elementary"):
            bands = [f"{school.id}-{band}" for band in ("primary", "intermediate", "support")]
            yield Limit(
                id=f"one-band-out-{school.id}",
                groups=tuple(staff.has(bands)),
                per="together",
                window="day",
                unit="groups_out",
                at_most=1,
                counts=("course", "engagement", "task"),
                source=_SOURCE,
            )

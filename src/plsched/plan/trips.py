"""Trips of observers to an observation day at a site that is not theirs that day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plsched.plan.ground import Ground
from plsched.plan.models import Visit
from plsched.plan.standing import Piece, Stand, wall_clock
from plsched.plan.workdays import Attendance
from plsched.scenario.models.observation import Observation
from plsched.timegrid import from_datetime


@dataclass(frozen=True, slots=True)
class Trip:
    """One observer's trip: there for the first of visits and talks, back after the last."""

    educator: str
    attendance: Attendance


def travellers(ground: Ground, stand: Stand) -> tuple[str, ...]:
    """List observers of an observation day who work at another site that day."""
    if not isinstance(stand.source, Observation) or not stand.source.from_other_sites:
        return ()
    here, day = stand.source.site, stand.first_day
    return tuple(e for e in stand.participants if ground.workdays.of(e, day).site != here)


def trips(ground: Ground, stand: Stand) -> Iterator[Trip]:
    """Give the trip of each traveller; who has neither visit nor talk makes none."""
    talks = [p for p in stand.pieces if p.label in {"briefing", "debriefing"}]
    for educator in travellers(ground, stand):
        visits = [v for v in stand.item.visits if educator in v.observers]
        there = [*talks, *(visit_piece(ground, stand, v) for v in visits)]
        if there:
            start, end = min(p.start for p in there), max(p.end for p in there)
            stay = Piece(start, end, stand.first_day, None)
            yield Trip(educator, ground.attendance(educator, stay, stand.venue))


def visit_piece(ground: Ground, stand: Stand, visit: Visit) -> Piece:
    """Give a visit as a piece of time."""
    origin, zone = ground.workdays.origin, ground.scenario.zone
    start = from_datetime(origin, wall_clock(visit.start, zone))
    end = from_datetime(origin, wall_clock(visit.end, zone))
    return Piece(start, end, stand.first_day, None)

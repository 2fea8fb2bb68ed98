"""Who gives which minutes to a piece of an item, in and outside contract hours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from plsched.plan.ground import Ground
from plsched.plan.standing import Piece, Stand
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.observation import Observation


class Work(NamedTuple):
    """Minutes of an educator; ``leads`` for experts and coaches. No minute is counted twice."""

    educator: str
    leads: bool
    contract_min: int
    stipend_min: int


def visit_minutes(source: Observation) -> int:
    """Minutes of visits that each observer makes in a round."""
    return source.visit_min * source.visits_per_observer


def work_of(ground: Ground, stand: Stand, piece: Piece) -> Iterator[Work]:
    """Minutes that a piece takes of each educator whose time it is."""
    match stand.source:
        case Observation() if piece.label == "visits":
            for educator in stand.participants:
                yield Work(educator, False, visit_minutes(stand.source), 0)
        case Coaching():
            if piece.label == "conference":
                for educator in stand.participants:
                    yield _present(ground, educator, False, piece, None)
            coach = stand.item.coach
            if coach is not None and coach in ground.directory.educators:
                yield _present(ground, coach, True, piece, None)
        case _:
            for educator in stand.participants:
                yield _present(ground, educator, False, piece, stand.venue)
            for expert in (*stand.experts, *stand.partners):
                if expert.educator is not None:
                    yield _present(ground, expert.educator, True, piece, stand.venue)


def _present(ground: Ground, educator: str, leads: bool, piece: Piece, venue: str | None) -> Work:
    attendance = ground.attendance(educator, piece, venue)
    return Work(educator, leads, attendance.contract_min, attendance.stipend_min)

"""What follows from a scenario before anything is planned."""

from __future__ import annotations

from functools import lru_cache

from plsched.plan.audience import Audience
from plsched.plan.models import PlanItem
from plsched.plan.standing import Piece, Stand, stand_up
from plsched.plan.starts import Starts
from plsched.plan.workdays import Attendance, Workdays
from plsched.scenario.directory import Directory


class Ground:
    """What follows from a scenario before anything is planned."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.scenario = directory.scenario
        self.audience = Audience(directory)
        self.workdays = Workdays(directory)
        self.starts = Starts(directory, self.workdays)

    def stand(self, item: PlanItem) -> Stand | None:
        """Read a plan item against the scenario."""
        return stand_up(self.directory, self.audience, item)

    def attendance(self, educator: str, piece: Piece, venue: str | None) -> Attendance:
        """Way, releases and minutes of an educator at a piece."""
        return self.workdays.attendance(educator, piece.start, piece.end, venue)


# Callers that ask item by item about one scenario share what was looked up before.
@lru_cache(maxsize=4)
def ground_of(directory: Directory) -> Ground:
    """Look up what follows from a directory's scenario, kept between calls."""
    return Ground(directory)

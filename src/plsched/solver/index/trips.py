"""Trips of observers who work at another site: what they visit, and what that releases them from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from plsched.scenario.directory import Directory
from plsched.scenario.models.calendar import Period
from plsched.scenario.models.observation import Observation
from plsched.solver.index.days import Span, Workday
from plsched.solver.problem import DAY, Piece, Stay, Trip


class Trips:
    """Lists the trips of a round on one sort of day, once for all who work alike.

    Parameters
    ----------
    directory, item
        The scenario, and the observation.
    usable
        Periods at the observation's site that are long enough.
    talks
        Briefing and debriefing, in minutes of the day.
    """

    def __init__(
        self,
        directory: Directory,
        item: Observation,
        usable: Sequence[Period],
        talks: Sequence[Span],
    ) -> None:
        self._directory = directory
        self._item = item
        self._usable = usable
        self._talks = talks
        self._of: dict[Workday, tuple[Trip, ...]] = {}

    def of(self, workday: Workday) -> tuple[Trip, ...]:
        """Give the trips that somebody can make on a workday at another site."""
        if workday not in self._of:
            self._of[workday] = tuple(self._possible(workday))
        return self._of[workday]

    def _possible(self, workday: Workday) -> Iterator[Trip]:
        way = self._directory.travel_min(workday.where.site, self._item.site)
        covered = workday.where.site in self._directory.pools
        able = [p for p in self._usable if self._may_visit(workday, p)]
        for visited in combinations(able, self._item.visits_per_observer):
            there = [*self._talks, *((p.start_min, self._end(p)) for p in visited)]
            begin, end = min(s for s, _ in there) - way, max(e for _, e in there) + way
            released = tuple(x.period for x in workday.taught if x.overlaps(begin, end))
            if covered or not released:
                yield Trip(tuple(p.id for p in visited), released)

    def _may_visit(self, workday: Workday, period: Period) -> bool:
        """Tell whether a visit lies in contract hours, and in classes unless planning time is used."""
        start, end = period.start_min, self._end(period)
        if workday.contract_min(start, end) < end - start:
            return False
        teaches = any(x.overlaps(start, end) for x in workday.taught)
        return teaches or self._item.use_planning_periods

    def _end(self, period: Period) -> int:
        return period.start_min + self._item.visit_min


def talk_of_traveller(item: Observation, workday: Workday, talk: Piece) -> Stay | None:
    """Give what a briefing or debriefing is for an observer of another site.

    Way and releases are those of the whole trip, so a talk has none of its own.
    """
    start = talk.start % DAY
    length = talk.end - talk.start
    inside = workday.contract_min(start, start + length)
    if inside < length and not item.stipend:
        return None
    return Stay(workday.where.site, 0, 0, inside, length - inside)

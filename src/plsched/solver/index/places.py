"""Facilities: which are possible, which are alike, when they can be used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from plsched.scenario.directory import Directory
from plsched.scenario.models.base import Availability
from plsched.scenario.models.learning import Gathering
from plsched.scenario.models.places import Facility
from plsched.solver.problem import DAY, FacilityClass, Piece
from plsched.timegrid import clock_min


class Places:
    """Facilities in classes of interchangeable ones."""

    def __init__(self, directory: Directory, apart: frozenset[str]) -> None:
        """Facilities named in ``apart`` keep a class of their own."""
        self._directory = directory
        self._origin = directory.scenario.calendar.first
        alike: dict[object, list[str]] = {}
        for f in directory.scenario.facilities:
            own = f.id if f.id in apart else None
            key = (
                own,
                f.site,
                f.capacity,
                frozenset(f.features),
                f.setup_min,
                f.clear_min,
                f.cents_per_hour,
                f.availability,
            )
            alike.setdefault(key, []).append(f.id)
        self.classes = [
            FacilityClass(
                tuple(ids),
                directory.facilities[ids[0]].site,
                directory.facilities[ids[0]].capacity,
            )
            for ids in alike.values()
        ]

    def facility(self, index: int) -> Facility:
        """Give one facility of a class."""
        return self._directory.facilities[self.classes[index].facilities[0]]

    def possible(self, item: Gathering, headcount: int) -> list[int]:
        """Classes with the features and the room for an item, at its sites."""
        return [
            i
            for i in range(len(self.classes))
            if self.serves(i, item.sites, item.facilities, item.features, headcount)
        ]

    def serves(
        self,
        index: int,
        sites: Sequence[str] | None,
        facilities: Sequence[str] | None,
        features: Iterable[str],
        headcount: int,
    ) -> bool:
        """Tell whether a class is among those asked for."""
        facility = self.facility(index)
        if facilities is not None:
            named = facility.id in facilities
        else:
            named = sites is None or facility.site in sites
        return named and set(features) <= set(facility.features) and facility.capacity >= headcount

    def is_open(self, index: int, pieces: Iterable[Piece]) -> bool:
        """Tell whether a class can be used for some pieces, setting up and clearing up included."""
        facility = self.facility(index)
        return not facility.availability or all(
            any(
                self._within(row, p.start - facility.setup_min, p.end + facility.clear_min)
                for row in facility.availability
            )
            for p in pieces
        )

    def _within(self, row: Availability, start: int, end: int) -> bool:
        day = start // DAY
        return (
            row.holds(self._origin + timedelta(days=day))
            and clock_min(row.start) <= start - day * DAY
            and end - day * DAY <= clock_min(row.end)
        )

"""Facilities: which are possible, which are alike, when they can be used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plsched.scenario.directory import Directory
from plsched.scenario.models.learning import Gathering
from plsched.scenario.models.places import Facility
from plsched.solver.index.openings import Openings
from plsched.solver.problem import DAY, FacilityClass, Piece


class Places:
    """Facilities in classes of interchangeable ones."""

    def __init__(self, directory: Directory, apart: frozenset[str]) -> None:
        """Facilities named in ``apart`` keep a class of their own.

        Those that some item names are alike only if every item names both or neither.
        """
        askers = _askers(directory)
        alike: dict[object, list[str]] = {}
        for f in directory.scenario.facilities:
            own = f.id if f.id in apart else None
            key = (
                own,
                askers.get(f.id),
                f.site,
                f.capacity,
                frozenset(f.features),
                f.setup_min,
                f.clear_min,
                f.cents_per_hour,
                f.availability,
            )
            alike.setdefault(key, []).append(f.id)
        self._facilities = [directory.facilities[ids[0]] for ids in alike.values()]
        self.classes = [
            FacilityClass(tuple(ids), facility.site, facility.capacity)
            for ids, facility in zip(alike.values(), self._facilities, strict=True)
        ]
        origin = directory.scenario.calendar.first
        self._openings = [Openings(f.availability, origin) for f in self._facilities]
        self._features = [frozenset(f.features) for f in self._facilities]
        self._named: dict[str, int] = {}
        self._at: dict[str, list[int]] = {}
        for index, made in enumerate(self.classes):
            self._named.update(dict.fromkeys(made.facilities, index))
            self._at.setdefault(made.site, []).append(index)

    def facility(self, index: int) -> Facility:
        """Give one facility of a class."""
        return self._facilities[index]

    def possible(self, item: Gathering, headcount: int) -> list[int]:
        """Classes with the features and the room for an item, at its sites."""
        return self.serving(item.sites, item.facilities, item.features, headcount)

    def serving(
        self,
        sites: Sequence[str] | None,
        facilities: Sequence[str] | None,
        features: Iterable[str],
        headcount: int,
    ) -> list[int]:
        """Classes with the features and the room: those named, else those at sites, else all."""
        indices: Iterable[int] = range(len(self.classes))
        if facilities is not None:
            indices = sorted({self._named[f] for f in facilities if f in self._named})
        elif sites is not None:
            indices = sorted(i for site in dict.fromkeys(sites) for i in self._at.get(site, ()))
        asked = frozenset(features)
        return [
            i
            for i in indices
            if asked <= self._features[i] and self._facilities[i].capacity >= headcount
        ]

    def open_of(self, indices: Iterable[int], pieces: Sequence[Piece]) -> tuple[int, ...]:
        """Those classes, of some, that can be used for some pieces."""
        return tuple([i for i in indices if self.is_open(i, pieces)])

    def is_open(self, index: int, pieces: Iterable[Piece]) -> bool:
        """Tell whether a class can be used for some pieces, setting up and clearing up included."""
        openings = self._openings[index]
        if openings.always:
            return True
        facility = self._facilities[index]
        for piece in pieces:
            day, begin = divmod(piece.start - facility.setup_min, DAY)
            if not openings.hold(day, begin, piece.end + facility.clear_min - day * DAY):
                return False
        return True


def _askers(directory: Directory) -> dict[str, frozenset[str]]:
    """For each facility that is named, the items that name it."""
    found: dict[str, set[str]] = {}
    for item in directory.items.values():
        for facility in getattr(item, "facilities", None) or ():
            found.setdefault(facility, set()).add(item.id)
    return {facility: frozenset(items) for facility, items in found.items()}

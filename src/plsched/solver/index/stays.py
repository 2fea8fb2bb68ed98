"""What a piece of time means for an educator: possible or not, released, contract or stipend."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from plsched.families import Family
from plsched.scenario.directory import Directory
from plsched.scenario.models.base import weekday_of
from plsched.scenario.models.calendar import When
from plsched.scenario.models.learning import Item
from plsched.solver.problem import DAY, Attendance, Piece, Stay, Unit
from plsched.timegrid import clock_min, days


class Stays:
    """Works out stays, once for each profile, piece and venue."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self.origin = directory.scenario.calendar.first
        self._cache: dict[tuple[object, ...], Stay | Family] = {}

    def day(self, when: date) -> int:
        """Day number of a date."""
        return (when - self.origin).days

    def span(self, when: When) -> list[int]:
        """Day numbers that first, last and terms allow; weekdays and day kinds aside."""
        calendar = self._directory.scenario.calendar
        return [
            self.day(d)
            for d in days(
                max(calendar.first, when.first or calendar.first),
                min(calendar.last, when.last or calendar.last),
            )
            if calendar.holds(d)
            and (
                when.terms is None or any(t.id in when.terms and t.holds(d) for t in calendar.terms)
            )
        ]

    def window(self, when: When) -> list[int]:
        """Day numbers on which something may start, day kinds aside."""
        return [d for d in self.span(when) if weekday_of(self.date(d)) in when.weekdays]

    def stay(
        self, profile: str, piece: Piece, venue: str | None, item: Item, kinds: tuple[str, ...]
    ) -> Stay | Family:
        """Give the stay of a piece, or the family of the rule that refuses it."""
        key = (profile, piece.start, piece.end, venue, item.release, item.stipend, kinds)
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = self._stay(profile, piece, venue, item, kinds)
        return found

    def _stay(
        self, profile: str, piece: Piece, venue: str | None, item: Item, kinds: tuple[str, ...]
    ) -> Stay | Family:
        directory = self._directory
        when = self.date(piece.day)
        site = directory.site_of(profile, when)
        kind = directory.day_kind(site, when)
        if kind is None or kind.id not in kinds:
            return "days"
        if (site, when) in directory.closed_by["sessions"]:
            return "days"
        begin, end = piece.start % DAY, piece.start % DAY + piece.end - piece.start
        if end > DAY:
            return "days"
        way = directory.travel_min(site, venue) if venue else 0
        released = tuple(
            p.id
            for p in directory.taught(profile, when)
            if p.start_min < end + way and begin - way < p.end_min
        )
        if released and not (
            item.release
            and site in directory.pools
            and (site, when) not in directory.closed_by["releases"]
        ):
            return "cover"
        inside = self._contract_min(profile, when, begin, end)
        if inside < end - begin and not item.stipend:
            return "days"
        miles = directory.travel_miles(site, venue) if venue else 0
        return Stay(site, way, miles, inside, end - begin - inside, released)

    def contract_min(self, educator: str, start: int, end: int) -> int:
        """Contract minutes of an educator in a piece of time within a day."""
        return self._contract_min(
            educator, self.date(start // DAY), start % DAY, start % DAY + end - start
        )

    def _contract_min(self, educator: str, when: date, begin: int, end: int) -> int:
        hours = self._directory.contract_hours(educator, when)
        if hours is None:
            return 0
        return max(0, min(end, hours.end_min) - max(begin, hours.start_min))

    def attendance(
        self,
        unit: Unit,
        pieces: Sequence[Piece],
        venue: str | None,
        item: Item,
        kinds: tuple[str, ...],
    ) -> Attendance | Family:
        """Give the stays of all profiles of a unit, or the family that refuses one of them."""
        found: list[tuple[Stay, ...]] = []
        for profile in unit.profiles:
            stays: list[Stay] = []
            for piece in pieces:
                stay = self.stay(profile, piece, venue, item, kinds)
                if not isinstance(stay, Stay):
                    return stay
                stays.append(stay)
            found.append(tuple(stays))
        return tuple(found)

    def leader(
        self, educator: str, piece: Piece, venue: str | None, *, stipend: bool
    ) -> tuple[int, int] | None:
        """Contract and stipend minutes of an educator who leads a piece; ``None``: cannot."""
        when = self.date(piece.day)
        site = self._directory.site_of(educator, when)
        way = self._directory.travel_min(site, venue) if venue else 0
        begin = piece.start % DAY
        end = begin + piece.end - piece.start
        for p in self._directory.taught(educator, when):
            if p.start_min < end + way and begin - way < p.end_min:
                return None
        inside = self._contract_min(educator, when, begin, end)
        outside = end - begin - inside
        return None if outside and not stipend else (inside, outside)

    # Last in the class, because its name hides the type in annotations after it.
    def date(self, day: int) -> date:
        """Date of a day number."""
        return self.origin + timedelta(days=day)


def pieces(day: int, start: time, duration_min: int, count: int = 1) -> tuple[Piece, ...]:
    """Make the pieces of an occurrence: the same clock time on consecutive days."""
    begin = clock_min(start)
    return tuple(
        Piece((day + k) * DAY + begin, (day + k) * DAY + begin + duration_min) for k in range(count)
    )

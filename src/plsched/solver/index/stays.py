"""What a piece of time means for an educator: possible or not, released, contract or stipend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time
from functools import cached_property
from itertools import chain

from plsched.families import Family
from plsched.scenario.directory import Directory
from plsched.scenario.models.base import WEEKDAYS
from plsched.scenario.models.calendar import When
from plsched.scenario.models.learning import Item
from plsched.solver.index.days import Days, Workday
from plsched.solver.problem import DAY, Attendance, Piece, Stay, Unit
from plsched.timegrid import clock_min


class Setting:
    """What an item asks of educators at a venue; answers by sort of day and time of day."""

    def __init__(
        self, directory: Directory, days: Days, venue: str | None, item: Item, kinds: Sequence[str]
    ) -> None:
        self._directory = directory
        self._days = days
        self._venue = venue
        self._release = item.release
        self._stipend = item.stipend
        self._kinds = frozenset(kinds)
        self._alone: dict[tuple[int, int, int], Stay | Family] = {}
        self._together: dict[tuple[int, int, int], Attendance | Family] = {}

    def stay(self, workday: int, begin: int, end: int) -> Stay | Family:
        """Give the stay of somebody on a workday, or the family of the rule that refuses it."""
        key = (workday, begin, end)
        found = self._alone.get(key)
        if found is None:
            found = self._alone[key] = self.work_out(self._days.numbered(workday), begin, end)
        return found

    def attendance(self, crew: int, begin: int, end: int) -> Attendance | Family:
        """Give the stays of educators together, or the family that refuses one of them."""
        key = (crew, begin, end)
        found = self._together.get(key)
        if found is None:
            found = self._together[key] = self._of_crew(crew, begin, end)
        return found

    def _of_crew(self, crew: int, begin: int, end: int) -> Attendance | Family:
        found: list[tuple[Stay, ...]] = []
        for workday in self._days.crew(crew):
            stay = self.stay(workday, begin, end)
            if not isinstance(stay, Stay):
                return stay
            found.append((stay,))
        return tuple(found)

    def work_out(self, workday: Workday, begin: int, end: int) -> Stay | Family:
        """Work out a stay; minutes of the day."""
        where = workday.where
        if where.kind is None or where.kind not in self._kinds:
            return "days"
        if "sessions" in where.closed or end > DAY:
            return "days"
        way = self._directory.travel_min(where.site, self._venue) if self._venue else 0
        released = tuple(p.period for p in workday.taught if p.overlaps(begin - way, end + way))
        if released and not (
            self._release and where.site in self._directory.pools and "releases" not in where.closed
        ):
            return "cover"
        inside = workday.contract_min(begin, end)
        if inside < end - begin and not self._stipend:
            return "days"
        miles = self._directory.travel_miles(where.site, self._venue) if self._venue else 0
        return Stay(where.site, way, miles, inside, end - begin - inside, released)


class Stays:
    """Works out stays, once for each sort of workday, time of day and setting."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self.days = Days(directory)
        self.origin = self.days.origin
        self._settings: dict[tuple[str | None, bool, bool, tuple[str, ...]], Setting] = {}

    def day(self, when: date) -> int:
        """Day number of a date."""
        return self.days.day(when)

    @cached_property
    def _open(self) -> list[tuple[int, frozenset[str]]]:
        """Days of the calendar, each with the terms it is in."""
        calendar = self._directory.scenario.calendar
        return [
            (day, frozenset(t.id for t in calendar.terms if t.holds(when)))
            for day, when in enumerate(self.days.dates)
            if calendar.holds(when)
        ]

    def span(self, when: When) -> list[int]:
        """Day numbers that first, last and terms allow; weekdays and day kinds aside."""
        first = 0 if when.first is None else self.day(when.first)
        last = len(self.days.dates) if when.last is None else self.day(when.last)
        terms = None if when.terms is None else frozenset(when.terms)
        return [
            day
            for day, inside in self._open
            if first <= day <= last and (terms is None or not terms.isdisjoint(inside))
        ]

    def window(self, when: When) -> list[int]:
        """Day numbers on which something may start, day kinds aside."""
        allowed = {WEEKDAYS.index(w) for w in when.weekdays}
        return [day for day in self.span(when) if self.days.weekday(day) in allowed]

    def setting(self, venue: str | None, item: Item, kinds: tuple[str, ...]) -> Setting:
        """Say what an item asks of educators at a venue, on days of some kinds."""
        key = (venue, item.release, item.stipend, kinds)
        found = self._settings.get(key)
        if found is None:
            found = self._settings[key] = Setting(self._directory, self.days, venue, item, kinds)
        return found

    def stay(
        self, profile: str, piece: Piece, venue: str | None, item: Item, kinds: tuple[str, ...]
    ) -> Stay | Family:
        """Give the stay of a piece, or the family of the rule that refuses it."""
        setting = self.setting(venue, item, kinds)
        day, begin = divmod(piece.start, DAY)
        end = begin + piece.end - piece.start
        if 0 <= day < len(self.days.dates):
            return setting.stay(self.days.of(profile)[day], begin, end)
        return setting.work_out(self.days.workday(profile, day), begin, end)

    def contract_min(self, educator: str, start: int, end: int) -> int:
        """Contract minutes of an educator in a piece of time within a day."""
        day, begin = divmod(start, DAY)
        return self.days.workday(educator, day).contract_min(begin, begin + end - start)

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

    def attendances(
        self,
        unit: Unit,
        rows: Sequence[tuple[Piece, ...]],
        venue: str | None,
        item: Item,
        kinds: tuple[str, ...],
    ) -> list[Attendance | Family]:
        """Give the attendance at each of many rows of pieces on days of the calendar."""
        crews = self.days.together(unit.profiles)
        attendance = self.setting(venue, item, kinds).attendance
        found: list[Attendance | Family] = []
        for row in rows:
            held: Attendance | Family | None
            if len(row) == 1:
                day, begin = divmod(row[0].start, DAY)
                held = attendance(crews[day], begin, begin + row[0].end - row[0].start)
            else:
                held = _joined(
                    attendance(crews[p.day], p.start % DAY, p.start % DAY + p.end - p.start)
                    for p in row
                )
            # Which profile is refused first decides on the family that is named.
            found.append(self.attendance(unit, row, venue, item, kinds) if held is None else held)
        return found

    def leader(
        self, educator: str, piece: Piece, venue: str | None, *, stipend: bool
    ) -> tuple[int, int] | None:
        """Contract and stipend minutes of an educator who leads a piece; ``None``: cannot."""
        day, begin = divmod(piece.start, DAY)
        end = begin + piece.end - piece.start
        workday = self.days.workday(educator, day)
        way = self._directory.travel_min(workday.where.site, venue) if venue else 0
        if any(p.overlaps(begin - way, end + way) for p in workday.taught):
            return None
        inside = workday.contract_min(begin, end)
        outside = end - begin - inside
        return None if outside and not stipend else (inside, outside)

    # Last in the class, because its name hides the type in annotations after it.
    def date(self, day: int) -> date:
        """Date of a day number."""
        return self.days.date(day)


def _joined(parts: Iterable[Attendance | Family]) -> Attendance | None:
    """Put attendances of single pieces together, profile by profile; ``None``: one is refused."""
    held = []
    for part in parts:
        if isinstance(part, str):
            return None
        held.append(part)
    return tuple(tuple(chain.from_iterable(stays)) for stays in zip(*held, strict=True))


def pieces(day: int, start: time, duration_min: int, count: int = 1) -> tuple[Piece, ...]:
    """Make the pieces of an occurrence: the same clock time on consecutive days."""
    begin = clock_min(start)
    return tuple(
        Piece((day + k) * DAY + begin, (day + k) * DAY + begin + duration_min) for k in range(count)
    )

"""An educator's day: where, contract hours, classes; and what attending something takes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from plsched.scenario.directory import Directory
from plsched.scenario.models.base import ClockRange
from plsched.timegrid import DAY_MIN, to_date, to_minute

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Taught:
    """A period that is taught, in minutes of its day."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Workday:
    """What a day is for an educator, in minutes of the day."""

    site: str
    kind: str | None
    contract: Span | None
    lunch: Span | None
    taught: tuple[Taught, ...]
    sessions_closed: bool
    releases_closed: bool
    has_pool: bool


@dataclass(frozen=True, slots=True)
class Attendance:
    """What it takes of an educator to be somewhere from a minute to another."""

    workday: Workday
    way_min: int
    released: tuple[str, ...]
    contract_min: int
    stipend_min: int


class Workdays:
    """Days and attendances, looked up once for all educators who work alike."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self.origin = directory.scenario.calendar.first
        self._profiles: dict[str, int] = {}
        self._kinds: dict[object, int] = {}
        self._days: dict[tuple[int, date], Workday] = {}
        self._alike: dict[tuple[object, ...], Workday] = {}
        self._attendances: dict[tuple[int, int, int, str | None], Attendance] = {}
        self._attended: dict[tuple[int, int, int, str | None], Attendance] = {}

    def profile(self, educator: str) -> int:
        """Give the same number to educators whose days are the same."""
        if educator not in self._profiles:
            person = self.directory.educators[educator]
            alike = (
                person.site,
                person.other_sites,
                person.off_weekdays,
                person.contract,
                person.teaches,
                frozenset(person.teaches_on.items()),
            )
            self._profiles[educator] = self._kinds.setdefault(alike, len(self._kinds))
        return self._profiles[educator]

    def of(self, educator: str, day: date) -> Workday:
        """Look an educator's day up; days that are the same are one object."""
        key = (self.profile(educator), day)
        found = self._days.get(key)
        if found is None:
            found = self._days[key] = self._like_others(key[0], educator, day)
        return found

    def _like_others(self, profile: int, educator: str, day: date) -> Workday:
        """Look a day up among those of the same kind and weekday."""
        directory, site = self.directory, self.directory.site_of(educator, day)
        kind, where = directory.day_kind(site, day), (site, day)
        closed = directory.closed_by
        alike = (
            profile,
            day.weekday(),
            site,
            kind and kind.id,
            where in closed["sessions"],
            where in closed["releases"],
        )
        found = self._alike.get(alike)
        if found is None:
            found = self._alike[alike] = self._work_out(educator, day)
        return found

    def attendance(self, educator: str, start: int, end: int, venue: str | None) -> Attendance:
        """Work out way, released periods and minutes in and outside contract hours.

        Parameters
        ----------
        educator
            Id of a known educator.
        start, end
            Wall-clock minutes from the origin; the day is that of ``start``.
        venue
            Site at which it is held, or none.
        """
        key = (self.profile(educator), start, end, venue)
        found = self._attendances.get(key)
        if found is None:
            found = self._attendances[key] = self._attend(educator, start, end, venue)
        return found

    def _attend(self, educator: str, start: int, end: int, venue: str | None) -> Attendance:
        day = to_date(self.origin, start)
        workday = self.of(educator, day)
        base = to_minute(self.origin, day, 0)
        key = (id(workday), start - base, end - base, venue)
        found = self._attended.get(key)
        if found is None:
            way = 0 if venue is None else self.directory.travel_min(workday.site, venue)
            found = self._attended[key] = _attendance(workday, way, start - base, end - base)
        return found

    def _work_out(self, educator: str, day: date) -> Workday:
        directory = self.directory
        site = directory.site_of(educator, day)
        kind, bell = directory.day_kind(site, day), directory.bell(site, day)
        return Workday(
            site=site,
            kind=None if kind is None else kind.id,
            contract=_span(directory.contract_hours(educator, day)),
            lunch=None if bell is None else _span(bell.lunch),
            taught=tuple(
                Taught(p.id, p.start_min, p.end_min) for p in directory.taught(educator, day)
            ),
            sessions_closed=(site, day) in directory.closed_by["sessions"],
            releases_closed=(site, day) in directory.closed_by["releases"],
            has_pool=site in directory.pools,
        )


def _attendance(workday: Workday, way: int, begin: int, finish: int) -> Attendance:
    contract = overlap((begin, finish), workday.contract)
    return Attendance(
        workday=workday,
        way_min=way,
        released=tuple(
            p.id for p in workday.taught if p.start < finish + way and begin - way < p.end
        ),
        contract_min=contract,
        stipend_min=max(0, finish - begin) - contract,
    )


def overlap(a: Span, b: Span | None) -> int:
    """Minutes that two ranges share."""
    return 0 if b is None else max(0, min(a[1], b[1]) - max(a[0], b[0]))


def clock_text(minute: int) -> str:
    """Write a wall-clock minute as a time of day."""
    return f"{minute % DAY_MIN // 60:02d}:{minute % 60:02d}"


def _span(hours: ClockRange | None) -> Span | None:
    return None if hours is None else (hours.start_min, hours.end_min)

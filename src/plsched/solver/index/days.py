"""What each day is, as plain numbers: at a site, and for educators.

Days that are alike in all that decides on time have one number, so that what follows from a day is
worked out once for each sort of day, not for each date. What a day is like for an educator is
looked up in the directory, on the first date of its sort.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from plsched.scenario.directory import Directory
from plsched.scenario.models.base import weekday_of
from plsched.scenario.models.calendar import Blocked
from plsched.scenario.models.people import Educator
from plsched.timegrid import days

Span = tuple[int, int]
"""Minutes of the day, half-open."""


@dataclass(frozen=True, slots=True)
class SiteDay:
    """What a day is at a site: its kind, its bell schedule, what is blacked out."""

    site: str
    kind: str | None
    bell: str | None
    closed: frozenset[Blocked]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A period that is taught, in minutes of the day."""

    period: str
    start: int
    end: int

    def overlaps(self, begin: int, end: int) -> bool:
        """Tell whether some of it lies in a piece of the day."""
        return self.start < end and begin < self.end


@dataclass(frozen=True, slots=True)
class Workday:
    """What a day is for an educator; ``contract`` in minutes of the day."""

    where: SiteDay
    contract: Span | None
    taught: tuple[Lesson, ...]

    def contract_min(self, begin: int, end: int) -> int:
        """Contract minutes in a piece of the day."""
        if self.contract is None:
            return 0
        return max(0, min(end, self.contract[1]) - max(begin, self.contract[0]))


class _Frame:
    """Days of the calendar by sort: those of one sort are the same for all who share the frame.

    ``sorts`` by day number; ``first`` is the first day of each sort.
    """

    def __init__(self, sorts: Sequence[Hashable]) -> None:
        self.sorts = sorts
        self.first: dict[Hashable, int] = {}
        for day, sort in enumerate(sorts):
            self.first.setdefault(sort, day)

    def spread(self, of_day: Callable[[int], int]) -> list[int]:
        """Work something out once for each sort, and give it for each day."""
        found = {sort: of_day(day) for sort, day in self.first.items()}
        return [found[sort] for sort in self.sorts]


def work_pattern(person: Educator) -> Hashable:
    """All that decides on the days of an educator."""
    return (
        person.site,
        person.other_sites,
        person.off_weekdays,
        person.contract,
        person.teaches,
        tuple(sorted(person.teaches_on.items())),
    )


class Days:
    """Numbers of the days of the calendar, by site, by educator and by educators together."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        calendar = directory.scenario.calendar
        self.origin = calendar.first
        self.dates = tuple(days(calendar.first, calendar.last))
        self._site_days: list[SiteDay] = []
        self._workdays: list[Workday] = []
        self._workday_of: dict[tuple[int, bool, tuple[str, ...]], int] = {}
        self._crews: list[tuple[int, ...]] = []
        self._crew_of: dict[tuple[int, ...], int] = {}
        self._at: dict[str, list[int]] = {}
        self._frames: dict[Hashable, _Frame] = {}
        self._of_pattern: dict[Hashable, tuple[_Frame, list[int]]] = {}
        self._of: dict[str, tuple[_Frame, list[int]]] = {}
        self._joint: dict[tuple[_Frame, ...], _Frame] = {}
        self._together: dict[tuple[str, ...], list[int]] = {}

    def day(self, when: date) -> int:
        """Day number of a date."""
        return (when - self.origin).days

    def weekday(self, day: int) -> int:
        """Weekday of a day number; Monday is 0."""
        return (self.origin.weekday() + day) % 7

    def site_day(self, site: str, day: int) -> SiteDay:
        """Tell what a day of the calendar is at a site."""
        return self._site_days[self._row(site)[day]]

    def workday(self, educator: str, day: int) -> Workday:
        """Tell what a day is for an educator; on days out of the calendar nobody works."""
        if 0 <= day < len(self.dates):
            return self._workdays[self.of(educator)[day]]
        site = self._directory.site_of(educator, self.date(day))
        return Workday(SiteDay(site, None, None, frozenset()), None, ())

    def numbered(self, workday: int) -> Workday:
        """Give the workday of a number."""
        return self._workdays[workday]

    def crew(self, number: int) -> tuple[int, ...]:
        """Give the numbers of the workdays of educators together, one for each of them."""
        return self._crews[number]

    def of(self, educator: str) -> list[int]:
        """Give the number of an educator's workday, for each day of the calendar."""
        return self._year(educator)[1]

    def together(self, educators: tuple[str, ...]) -> list[int]:
        """Give the number of what each day of the calendar is for some educators together."""
        found = self._together.get(educators)
        if found is None:
            years = [self._year(e) for e in educators]
            rows = [row for _, row in years]
            frame = self._joined(tuple(dict.fromkeys(frame for frame, _ in years)))
            found = self._together[educators] = frame.spread(
                lambda day: self._crew(tuple([row[day] for row in rows]))
            )
        return found

    def _crew(self, workdays: tuple[int, ...]) -> int:
        found = self._crew_of.setdefault(workdays, len(self._crews))
        if found == len(self._crews):
            self._crews.append(workdays)
        return found

    def _year(self, educator: str) -> tuple[_Frame, list[int]]:
        found = self._of.get(educator)
        if found is None:
            person = self._directory.educators[educator]
            pattern = work_pattern(person)
            if pattern not in self._of_pattern:
                frame = self._frame(person)
                row = frame.spread(lambda day: self._workday(person, day))
                self._of_pattern[pattern] = (frame, row)
            found = self._of[educator] = self._of_pattern[pattern]
        return found

    def _workday(self, person: Educator, day: int) -> int:
        when = self.dates[day]
        site_day = self._row(self._directory.site_of(person.id, when))[day]
        hours = self._directory.contract_hours(person.id, when)
        taught = self._directory.taught(person.id, when)
        # The bell schedule of the site that day says the rest.
        key = (site_day, hours is None, tuple([p.id for p in taught]))
        if key not in self._workday_of:
            self._workday_of[key] = len(self._workdays)
            self._workdays.append(
                Workday(
                    self._site_days[site_day],
                    None if hours is None else (hours.start_min, hours.end_min),
                    tuple(Lesson(p.id, p.start_min, p.end_min) for p in taught),
                )
            )
        return self._workday_of[key]

    def _frame(self, person: Educator) -> _Frame:
        """Sort the days by what they are where somebody is then, and by whether they are off."""
        week = [self.date(day) for day in range(7)]
        sites = tuple(self._directory.site_of(person.id, d) for d in week)
        off = tuple(weekday_of(d) in person.off_weekdays for d in week)
        key = (sites, off)
        if key not in self._frames:
            rows = {site: self._row(site) for site in sites}
            self._frames[key] = _Frame(
                [2 * rows[sites[day % 7]][day] + off[day % 7] for day in range(len(self.dates))]
            )
        return self._frames[key]

    def _joined(self, frames: tuple[_Frame, ...]) -> _Frame:
        """Sort the days by the sorts of several frames at once."""
        if len(frames) == 1:
            return frames[0]
        if frames not in self._joint:
            sorts = list(zip(*(f.sorts for f in frames), strict=True))
            self._joint[frames] = _Frame(sorts or [()] * len(self.dates))
        return self._joint[frames]

    def _row(self, site: str) -> list[int]:
        """Give the number of what each day of the calendar is at a site."""
        if site not in self._at:
            closed = self._closed.get(site, {})
            numbers: dict[tuple[str | None, frozenset[Blocked]], int] = {}
            row = self._at[site] = []
            for when in self.dates:
                kind = self._directory.day_kind(site, when)
                key = (None if kind is None else kind.id, frozenset(closed.get(when, ())))
                if key not in numbers:
                    bell = self._directory.bell(site, when)
                    numbers[key] = len(self._site_days)
                    self._site_days.append(
                        SiteDay(site, key[0], None if bell is None else bell.id, key[1])
                    )
                row.append(numbers[key])
        return self._at[site]

    @cached_property
    def _closed(self) -> Mapping[str, Mapping[date, Sequence[Blocked]]]:
        """What is blacked out at each site, by date."""
        found: dict[str, dict[date, list[Blocked]]] = {}
        for what, where in self._directory.closed_by.items():
            for site, when in where:
                found.setdefault(site, {}).setdefault(when, []).append(what)
        return found

    # Last in the class, because its name hides the type in annotations after it.
    def date(self, day: int) -> date:
        """Date of a day number."""
        return self.dates[day] if 0 <= day < len(self.dates) else self.origin + timedelta(days=day)

"""Facts of a scenario that several rules look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property

from plsched.scenario.directory import AnyItem, Directory
from plsched.scenario.models import Scenario
from plsched.scenario.models.base import weekday_of
from plsched.scenario.models.calendar import When
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Engagement, Gathering, Participants, Task
from plsched.scenario.models.observation import Observation
from plsched.scenario.models.people import Educator
from plsched.scenario.models.places import Facility
from plsched.scenario.source import Path
from plsched.timegrid import days

ITEM_TABLES = ("courses", "engagements", "tasks", "observations", "coaching")


class Book:
    """A scenario, its directory, and what follows for the rules."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.directory = Directory(scenario)

    @cached_property
    def items(self) -> tuple[tuple[Path, AnyItem], ...]:
        """Every item with its path, in the order of the tables."""
        return tuple(
            ((table, at), item)
            for table in ITEM_TABLES
            for at, item in enumerate(getattr(self.scenario, table))
        )

    @property
    def gatherings(self) -> Iterator[tuple[Path, Course | Engagement | Task]]:
        """Courses, engagements and tasks with their paths."""
        for path, item in self.items:
            if isinstance(item, Course | Engagement | Task):
                yield path, item

    @cached_property
    def kinds(self) -> Mapping[str, Mapping[date, str]]:
        """Day kind of each date in the calendar, for each site."""
        calendar = self.scenario.calendar
        found: dict[str, dict[date, str]] = {site.id: {} for site in self.scenario.sites}
        for row in calendar.days:
            first, last = max(row.first, calendar.first), min(row.last_date, calendar.last)
            dates = [
                day
                for day in days(first, last)
                if weekday_of(day) in row.weekdays and calendar.holds(day)
            ]
            for site in found if row.sites is None else row.sites:
                found[site].update(dict.fromkeys(dates, row.kind))
        return found

    @cached_property
    def student_kinds(self) -> frozenset[str]:
        """Ids of the day kinds on which classes are taught."""
        return frozenset(k.id for k in self.scenario.calendar.day_kinds if k.students)

    def people(self, item: AnyItem) -> tuple[str, ...]:
        """Educators whom an item is for, each once."""
        match item:
            case Course():
                return self._of(item.audience, ())
            case Participants():
                return self._of(item.groups, item.educators)
            case Observation():
                return self._of(item.observers, ())
            case Coaching():
                return self._of(item.coachees, ())

    def _of(self, groups: tuple[str, ...], educators: tuple[str, ...]) -> tuple[str, ...]:
        members = (person for group in groups for person in self.directory.members[group])
        return tuple(dict.fromkeys([*members, *educators]))

    def sites_of(self, educator: str) -> frozenset[str]:
        """Sites at which an educator works on some weekday."""
        person = self.directory.educators[educator]
        return frozenset({person.site, *(other.site for other in person.other_sites)})

    def teaches(self, person: Educator) -> bool:
        """Tell whether an educator has classes on some day."""
        return bool(person.teaches or any(person.teaches_on.values()))

    def facilities(self, item: Gathering) -> tuple[Facility, ...]:
        """Facilities that an item may use and that have its features, whatever their size."""
        found = self.scenario.facilities
        if item.facilities is not None:
            found = tuple(f for f in found if f.id in item.facilities)
        elif item.sites is not None:
            found = tuple(f for f in found if f.site in item.sites)
        return tuple(f for f in found if set(item.features) <= set(f.features))

    def alike(self, people: Iterable[str]) -> tuple[str, ...]:
        """One educator for each way of working: sites, weekdays, contract and classes."""
        found: dict[object, str] = {}
        for name in people:
            person = self.directory.educators[name]
            where = person.site, person.other_sites, person.off_weekdays, person.contract
            classes = person.teaches, tuple(person.teaches_on.items())
            found.setdefault((where, classes), name)
        return tuple(found.values())

    def dates(self, when: When) -> Iterator[date]:
        """Dates that a window, its terms and its weekdays allow, whatever the kind of day."""
        calendar = self.scenario.calendar
        first, last = when.first or calendar.first, when.last or calendar.last
        for day in days(max(first, calendar.first), min(last, calendar.last)):
            if weekday_of(day) in when.weekdays and self.allows(when, day):
                yield day

    def allows(self, when: When, day: date) -> bool:
        """Tell whether a date is in a window and its terms, whatever the weekday and the kind."""
        calendar = self.scenario.calendar
        return (
            calendar.holds(day)
            and (when.first is None or when.first <= day)
            and (when.last is None or day <= when.last)
            and (
                when.terms is None
                or any(t.id in when.terms and t.holds(day) for t in calendar.terms)
            )
        )


def clashes(rows: Mapping[str, list[Path]]) -> Iterator[tuple[str, Path, Path]]:
    """Give names that stand more than once: the name, the second place and the first."""
    for name, paths in rows.items():
        for path in paths[1:]:
            yield name, path, paths[0]


def gathered(pairs: Iterator[tuple[str, Path]]) -> Mapping[str, list[Path]]:
    """Gather paths by name."""
    found: dict[str, list[Path]] = defaultdict(list)
    for name, path in pairs:
        found[name].append(path)
    return found

"""Plain facts of a scenario, looked up: who, where, which day, which bell.

Nothing is decided or derived here beyond what the scenario states; the solver and the judge each
work out for themselves what follows from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

from plsched.scenario.models import Scenario
from plsched.scenario.models.base import ClockRange, weekday_of
from plsched.scenario.models.calendar import (
    BellSchedule,
    Blocked,
    DayKind,
    DayRow,
    Period,
    Term,
)
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Engagement, Pathway, Task
from plsched.scenario.models.observation import Observation
from plsched.scenario.models.people import (
    Coach,
    Educator,
    Expert,
    Group,
    Members,
    Salary,
    SubPool,
)
from plsched.scenario.models.places import Facility, Licence, Site
from plsched.timegrid import days

AnyItem = Course | Engagement | Task | Observation | Coaching


class Directory:
    """Lookups over one checked scenario."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.sites: Mapping[str, Site] = {s.id: s for s in scenario.sites}
        self.facilities: Mapping[str, Facility] = {f.id: f for f in scenario.facilities}
        self.licences: Mapping[str, Licence] = {x.id: x for x in scenario.licences}
        self.educators: Mapping[str, Educator] = {e.id: e for e in scenario.educators}
        self.groups: Mapping[str, Group] = {g.id: g for g in scenario.groups}
        self.experts: Mapping[str, Expert] = {x.id: x for x in scenario.experts}
        self.coaches: Mapping[str, Coach] = {c.educator: c for c in scenario.coaches}
        self.salaries: Mapping[str, Salary] = {s.id: s for s in scenario.salaries}
        self.pathways: Mapping[str, Pathway] = {p.id: p for p in scenario.pathways}
        self.day_kinds: Mapping[str, DayKind] = {k.id: k for k in scenario.calendar.day_kinds}
        self.bells: Mapping[str, BellSchedule] = {b.id: b for b in scenario.calendar.bell_schedules}
        self.items: Mapping[str, AnyItem] = {
            item.id: item
            for table in (
                scenario.courses,
                scenario.engagements,
                scenario.tasks,
                scenario.observations,
                scenario.coaching,
            )
            for item in table
        }
        self._travel = {frozenset(t.between): t for t in scenario.travel}
        self._kinds: dict[str, Mapping[date, str]] = {}
        self._kinds_by_rows: dict[tuple[int, ...], Mapping[date, str]] = {}
        self._terms: dict[date, Term | None] = {}
        self._taught: dict[tuple[str, date], tuple[Period, ...]] = {}

    @cached_property
    def members(self) -> Mapping[str, tuple[str, ...]]:
        """Educators of each group, in the order of the educators' table, each once."""
        found: dict[str, set[str]] = {g.id: set(g.members) for g in self.scenario.groups}
        for educator in self.scenario.educators:
            for group_id in educator.groups:
                if group_id in found:
                    found[group_id].add(educator.id)
        staff = Staff(self.scenario.educators)
        for group in self.scenario.groups:
            if group.where is not None:
                found[group.id].update(e.id for e in staff.matching(group.where))
        place = {e.id: k for k, e in enumerate(self.scenario.educators)}
        return {
            g: tuple(sorted((e for e in ids if e in place), key=place.__getitem__))
            for g, ids in found.items()
        }

    @cached_property
    def pools(self) -> Mapping[str, SubPool]:
        """Substitute pool of each site that has one."""
        subs = self.scenario.substitutes
        return {site: pool for pool in subs.pools for site in pool.sites} if subs else {}

    @cached_property
    def stipend_rates(self) -> Mapping[str, int]:
        """Cents an hour of each educator outside contract time; 0 for those without a salary."""
        return {
            e.id: 0 if e.salary is None else self.salaries[e.salary].stipend_cents_per_hour
            for e in self.scenario.educators
        }

    @cached_property
    def closed_by(self) -> Mapping[Blocked, frozenset[tuple[str, date]]]:
        """Sites and dates on which sessions, releases or coaching are blacked out."""
        closed: dict[Blocked, set[tuple[str, date]]] = {
            "sessions": set(),
            "releases": set(),
            "coaching": set(),
        }
        for blackout in self.scenario.calendar.blackouts:
            dates = [d for d in days(blackout.first, blackout.last) if blackout.holds(d)]
            for site in self.scenario.sites:
                if blackout.levels is not None and site.level not in blackout.levels:
                    continue
                if blackout.sites is not None and site.id not in blackout.sites:
                    continue
                for what in blackout.blocks:
                    closed[what].update((site.id, d) for d in dates)
        return {what: frozenset(pairs) for what, pairs in closed.items()}

    def day_kind(self, site: str, day: date) -> DayKind | None:
        """Kind of a day at a site; ``None`` when the calendar says nothing of it."""
        if site not in self._kinds:
            rows = self.scenario.calendar.days
            here = tuple(i for i, r in enumerate(rows) if r.sites is None or site in r.sites)
            if here not in self._kinds_by_rows:
                self._kinds_by_rows[here] = self._year([rows[i] for i in here])
            self._kinds[site] = self._kinds_by_rows[here]
        found = self._kinds[site].get(day)
        return None if found is None else self.day_kinds[found]

    def _year(self, rows: Iterable[DayRow]) -> Mapping[date, str]:
        """Kind of each day by some rows; a later one overrides those before it."""
        calendar = self.scenario.calendar
        return {
            day: row.kind
            for row in rows
            for day in days(max(row.first, calendar.first), min(row.last_date, calendar.last))
            if weekday_of(day) in row.weekdays and calendar.holds(day)
        }

    def bell(self, site: str, day: date) -> BellSchedule | None:
        """Bell schedule of a site on a day."""
        kind = self.day_kind(site, day)
        bell = None if kind is None else self.sites[site].bells.get(kind.id)
        return None if bell is None else self.bells[bell]

    def term(self, day: date) -> Term | None:
        """Term in which a day falls."""
        if day not in self._terms:
            terms = self.scenario.calendar.terms
            self._terms[day] = next((t for t in terms if t.holds(day)), None)
        return self._terms[day]

    def site_of(self, educator: str, day: date) -> str:
        """Site at which an educator works on a day."""
        person = self.educators[educator]
        for other in person.other_sites:
            if weekday_of(day) in other.weekdays:
                return other.site
        return person.site

    def contract_hours(self, educator: str, day: date) -> ClockRange | None:
        """Contract hours of an educator on a day, if it is a day of contract time for them."""
        person = self.educators[educator]
        site = self.site_of(educator, day)
        kind = self.day_kind(site, day)
        if kind is None or weekday_of(day) in person.off_weekdays:
            return None
        if kind.contract == "none":
            return None
        if kind.contract == "twelve_month" and person.contract != "twelve_month":
            return None
        bell = self.bell(site, day)
        return None if bell is None else bell.contract

    def taught(self, educator: str, day: date) -> tuple[Period, ...]:
        """Periods that an educator teaches on a day, in the order of the bell schedule."""
        key = (educator, day)
        if key not in self._taught:
            self._taught[key] = self._taught_on(self.educators[educator], day)
        return self._taught[key]

    def _taught_on(self, person: Educator, day: date) -> tuple[Period, ...]:
        site = self.site_of(person.id, day)
        kind = self.day_kind(site, day)
        bell = self.bell(site, day)
        if kind is None or bell is None or not kind.students:
            return ()
        if weekday_of(day) in person.off_weekdays:
            return ()
        names = person.teaches_on.get(kind.id, person.teaches)
        return tuple(p for p in bell.periods if p.id in names)

    def travel_min(self, a: str, b: str) -> int:
        """Minutes between two sites."""
        row = None if a == b else self._travel.get(frozenset((a, b)))
        return 0 if row is None else row.minutes

    def travel_miles(self, a: str, b: str) -> int:
        """Miles between two sites, one way."""
        row = None if a == b else self._travel.get(frozenset((a, b)))
        return 0 if row is None else row.miles


def matches(where: Members, educator: Educator) -> bool:
    """Tell whether an educator is one of those that a selector describes."""
    return (
        (where.roles is None or educator.role in where.roles)
        and (where.sites is None or educator.site in where.sites)
        and (where.departments is None or educator.department in where.departments)
        and (where.grades is None or educator.grade in where.grades)
    )


class Staff:
    """Educators by site, role, department and grade, to find those whom a selector describes."""

    def __init__(self, educators: Iterable[Educator]) -> None:
        self._all = tuple(educators)
        self._by: dict[tuple[str, str | None], list[Educator]] = {}
        for e in self._all:
            for key in (
                ("site", e.site),
                ("role", e.role),
                ("department", e.department),
                ("grade", e.grade),
            ):
                self._by.setdefault(key, []).append(e)

    def matching(self, where: Members) -> list[Educator]:
        """Educators whom a selector describes: of its shortest list, those who match it all."""
        given = (
            ("site", where.sites),
            ("role", where.roles),
            ("department", where.departments),
            ("grade", where.grades),
        )
        pools: list[Sequence[Educator]] = [
            [e for name in dict.fromkeys(names) for e in self._by.get((field, name), ())]
            for field, names in given
            if names is not None
        ]
        return [e for e in min(pools, key=len, default=self._all) if matches(where, e)]

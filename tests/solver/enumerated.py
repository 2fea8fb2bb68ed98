"""Every way in which each thing that a scenario asks for could stand, judged on its own.

Raw ways are listed without thought (every date, clock time, place, team, number); the judge says
which of them are ways at all. What two things mean for each other comes later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import chain, combinations, permutations, product

from plsched.families import Family
from plsched.plan.facts import Facts
from plsched.plan.ground import Ground
from plsched.plan.kinds import kind_of, phase_of
from plsched.plan.models import Occurrence, Plan, PlanItem, Release, Visit
from plsched.plan.naming import rhythm_of
from plsched.plan.standing import Stand
from plsched.plan.tiers import tier_values
from plsched.plan.trips import trips
from plsched.plan.venues import needs_facility
from plsched.plan.verify import CHECKS
from plsched.scenario.directory import AnyItem, Directory
from plsched.scenario.hashing import scenario_hash
from plsched.scenario.models import Scenario
from plsched.scenario.models.base import WEEKDAYS
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Engagement, Gathering, Task
from plsched.scenario.models.observation import Observation
from plsched.timegrid import days

ALONE: tuple[Family, ...] = (
    "days", "people", "facilities", "licences", "experts", "sections", "visits", "coaching", "limits"
)  # fmt: skip
"""Families that more items never mend: what breaks them alone breaks them in any plan."""
BETWEEN: tuple[Family, ...] = ("people", "facilities", "licences", "visits", "coaching")


class TooMany(Exception):
    """There is more to try than a brute force should."""


@dataclass(frozen=True)
class Way:
    """One way in which a part of the scenario stands, or does not."""

    items: tuple[PlanItem, ...]
    required: int
    reach: int


@dataclass(frozen=True, slots=True)
class Place:
    """A site and a facility, if any."""

    site: str | None
    facility: str | None


class Ways:
    """Lists ways over one scenario."""

    def __init__(self, scenario: Scenario, baseline: Plan | None = None, most: int = 2000) -> None:
        self.most = most
        self.scenario = scenario
        self.baseline = baseline
        self.directory = Directory(scenario)
        self.loose = Directory(loosened(scenario))
        self.ground = Ground(self.directory)
        self.nothing = empty(scenario)

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """Dates of the calendar."""
        return tuple(days(self.scenario.calendar.first, self.scenario.calendar.last))

    def facts(self, items: Iterable[PlanItem], *, loose: bool = False) -> Facts:
        """Facts of some items alone."""
        plan = self.nothing.model_copy(update={"items": tuple(items)})
        return Facts(self.loose if loose else self.directory, plan, self.baseline)

    def keeps(self, items: Iterable[PlanItem], families: Iterable[Family]) -> bool:
        """Tell whether items alone keep to families, waiting for nothing else."""
        facts = self.facts(items, loose=True)
        return all(next(CHECKS[family](facts), None) is None for family in families)

    def parts(self) -> list[list[Way]]:
        """List ways of each course, engagement, task, observation, and group of a programme."""
        found = []
        for source in self.directory.items.values():
            match source:
                case Coaching():
                    found += [[*self._judged(self._cycles(source, g))] for g in source.coachees]
                case _:
                    found.append([*self._judged(self._raw(source))])
        return found

    def _raw(self, source: AnyItem) -> Iterator[tuple[PlanItem, ...]]:
        match source:
            case Course():
                return self._course(source)
            case Engagement() | Task():
                return self._series(source)
            case Observation():
                return self._rounds(source)
            case Coaching():
                raise AssertionError("cycles are listed group by group")

    def _judged(self, raw: Iterable[tuple[PlanItem, ...]]) -> Iterator[Way]:
        """Keep what is whole and possible, and what pins and the freeze say of it."""
        for number, items in enumerate(chain([()], raw)):
            if number > self.most:
                raise TooMany(f"over {self.most} ways of one part")
            if items and not self.keeps(items, (*ALONE, "presence", "order")):
                continue
            values = tier_values(self.facts(items, loose=True))
            yield Way(items, values["required"], values["reach"])

    # ---- gatherings ----

    def _places(self, source: Gathering) -> tuple[Place, ...]:
        if source.format == "virtual":
            return (Place(None, None),)
        if needs_facility(source):
            return tuple(Place(f.site, f.id) for f in self.scenario.facilities)
        return tuple(Place(s, None) for s in source.sites or (None,))

    def _teams(self, source: Gathering) -> tuple[tuple[str, ...], ...]:
        count = sum(need.count for need in source.experts)
        return tuple(combinations([x.id for x in self.scenario.experts], count))

    def _held(
        self,
        source: Course | Engagement | Task,
        ident: str,
        starts: Sequence[tuple[date, time]],
        place: Place,
        team: tuple[str, ...],
        groups: tuple[str, ...],
    ) -> PlanItem:
        length = timedelta(minutes=source.duration_min)
        span = source.days if isinstance(source, Engagement | Task) else 1
        pieces = []
        for day, clock in starts:
            for k in range(span):
                start = datetime.combine(day + timedelta(k), clock, tzinfo=self.scenario.zone)
                pieces.append(Occurrence(start=start, end=start + length))
        return self._item(source, ident, tuple(pieces), place, groups, team=team)

    def _item(
        self,
        source: AnyItem,
        ident: str,
        pieces: tuple[Occurrence, ...],
        place: Place,
        groups: tuple[str, ...],
        *,
        team: tuple[str, ...] = (),
        coach: str | None = None,
        visits: tuple[Visit, ...] = (),
    ) -> PlanItem:
        numbers = ident.removeprefix(f"{source.id}/s").split("/")
        is_session = isinstance(source, Course)
        item = PlanItem(
            id=ident,
            kind=kind_of(source),
            source=source.id,
            title=source.title,
            section=int(numbers[0]) if is_session else None,
            session=int(numbers[1]) if is_session else None,
            start=pieces[0].start,
            end=pieces[0].end,
            occurrences=pieces,
            format=getattr(source, "format", "in_person"),
            site=place.site,
            facility=place.facility,
            licence=getattr(source, "licence", None),
            groups=groups,
            experts=team,
            coach=coach,
            required=source.required,
            pathway=source.pathway,
            department=source.department,
            serves=source.serves,
            phase=phase_of(source),
            visits=visits,
        )
        stand = self.ground.stand(item)
        assert stand is not None
        people = tuple(dict.fromkeys((*stand.participants, *stand.hosts)))
        return item.model_copy(update={"educators": people})

    def _sittings(
        self,
        source: Course | Engagement | Task,
        ident: str,
        team: tuple[str, ...],
        groups: tuple[str, ...],
    ) -> list[PlanItem]:
        """One occurrence at every date, clock time and place where it can be alone."""
        raw = product(self.dates, source.when.starts, self._places(source))
        items = (self._held(source, ident, [(d, c)], p, team, groups) for d, c, p in raw)
        return [item for item in items if self.keeps((item,), ALONE[:5])]

    def _course(self, course: Course) -> Iterator[tuple[PlanItem, ...]]:
        units = self.ground.audience.units(course)
        sections: dict[tuple[str, ...], list[tuple[PlanItem, ...]]] = {}
        for size in range(1, len(units) + 1):
            for chosen in combinations(units, size):
                people = sum(len(units[u]) for u in chosen)
                if course.quorum <= people <= course.section_size:
                    sections[chosen] = list(self._section(course, chosen))
        most = len(units) if course.max_sections is None else course.max_sections
        exact = any(pin.item.startswith(f"{course.id}/s") for pin in self.scenario.pins)
        exact = exact or self.baseline is not None
        for apart in _apart(list(sections)):
            numbers = list(range(1, len(apart) + 1))
            orders = permutations(range(1, most + 1), len(apart)) if exact else [tuple(numbers)]
            for order in orders:
                if any(n > most for n in order):
                    continue
                for chosen_items in product(*(sections[a] for a in apart)):
                    yield tuple(
                        _renumbered(item, n)
                        for n, items in zip(order, chosen_items, strict=True)
                        for item in items
                    )

    def _section(self, course: Course, units: tuple[str, ...]) -> Iterator[tuple[PlanItem, ...]]:
        for team in self._teams(course):
            columns = [
                self._sittings(course, f"{course.id}/s1/{k}", team, units)
                for k in range(1, course.sessions + 1)
            ]
            for items in product(*columns):
                if self.keeps(items, ("people", "order", "facilities")):
                    yield items

    def _series(self, source: Engagement | Task) -> Iterator[tuple[PlanItem, ...]]:
        beat = rhythm_of(source)
        for team in self._teams(source):
            if beat.kind == "pattern":
                yield from self._patterns(source, team)
                continue
            alone = self._sittings(source, f"{source.id}/1", team, source.groups)
            alone.sort(key=lambda item: item.start)
            most = 3 if beat.kind == "monthly" else beat.high
            least = 1 if beat.kind == "monthly" else beat.low
            if beat.per_term:
                yield from self._by_term(source, alone, least, most)
                continue
            for count in range(least, most + 1):
                for items in combinations(alone, count):
                    yield tuple(_called(x, f"{source.id}/{k + 1}") for k, x in enumerate(items))

    def _by_term(
        self, source: Engagement | Task, alone: list[PlanItem], least: int, most: int
    ) -> Iterator[tuple[PlanItem, ...]]:
        terms = source.when.terms or tuple(t.id for t in self.scenario.calendar.terms)
        choices = []
        for term in terms:
            inside = [x for x in alone if _term(self.directory, x) == term]
            choices.append(
                [
                    tuple(_called(x, f"{source.id}/{term}-{k + 1}") for k, x in enumerate(items))
                    for count in range(least, most + 1)
                    for items in combinations(inside, count)
                ]
            )
        for chosen in product(*choices):
            yield tuple(item for items in chosen for item in items)

    def _patterns(
        self, source: Engagement | Task, team: tuple[str, ...]
    ) -> Iterator[tuple[PlanItem, ...]]:
        for weekday, clock, place in product(range(7), source.when.starts, self._places(source)):
            dates = [d for d in self.dates if d.weekday() == weekday]
            for count in range(1, len(dates) + 1):
                for chosen in combinations(dates, count):
                    starts = [(d, clock) for d in chosen]
                    item = self._held(source, source.id, starts, place, team, source.groups)
                    yield (item,)

    # ---- observation days ----

    def _rounds(self, source: Observation) -> Iterator[tuple[PlanItem, ...]]:
        alone = [x for day in self.dates for x in self._observed(source, day)]
        alone = [x for x in alone if self.keeps((x,), ("days", "people", "visits", "facilities"))]
        kept = list({_mattering(self.facts((x,), loose=True), x): x for x in alone}.values())
        for count in range(1, source.rounds + 1):
            for items in combinations(sorted(kept, key=lambda x: x.start), count):
                yield tuple(_called(x, f"{source.id}/r{k + 1}") for k, x in enumerate(items))

    def _observed(self, source: Observation, day: date) -> Iterator[PlanItem]:
        audience, directory = self.ground.audience, self.directory
        observers = audience.observing(source, day)
        hosts = audience.taking_part(source.hosts, source.site, day)
        bell = directory.bell(source.site, day)
        if bell is None or not bell.periods or not observers:
            return
        seats = [
            (p, host) for p in bell.periods for host in hosts if p in directory.taught(host, day)
        ]
        choices = []
        for observer in observers:
            taught = directory.taught(observer, day)
            away = directory.site_of(observer, day) != source.site
            mine = [
                s
                for s in seats
                if s[1] != observer and (source.use_planning_periods or away or s[0] in taught)
            ]
            choices.append(list(combinations(mine, source.visits_per_observer)))
        rooms = [Place(source.site, None)]
        if source.briefing_min or source.debriefing_min:
            rooms = [Place(f.site, f.id) for f in self.scenario.facilities if f.site == source.site]
        seen: set[object] = set()
        for chosen in product(*choices):
            visits: dict[tuple[str, str], list[str]] = {}
            for observer, visited in zip(observers, chosen, strict=True):
                for period, host in visited:
                    visits.setdefault((period.id, host), []).append(observer)
            if not _is_fair(source, visits):
                continue
            # Who of those who observe in a period visits whom changes nothing else.
            observing = {
                (period.id, o) for o, s in zip(observers, chosen, strict=True) for period, _ in s
            }
            key = (frozenset(visits), frozenset(observing))
            if key in seen:
                continue
            seen.add(key)
            for room in rooms:
                yield self._day(source, day, visits, room)

    def _day(
        self, source: Observation, day: date, visits: dict[tuple[str, str], list[str]], room: Place
    ) -> PlanItem:
        zone = self.scenario.zone
        bell = self.directory.bell(source.site, day)
        assert bell is not None
        begins = {p.id: datetime.combine(day, p.start, tzinfo=zone) for p in bell.periods}
        length = timedelta(minutes=source.visit_min)
        made = tuple(
            Visit(period=p, start=begins[p], end=begins[p] + length, host=h, observers=tuple(o))
            for (p, h), o in sorted(visits.items())
        )
        first, last = min(p.start for p in bell.periods), max(p.end for p in bell.periods)
        pieces = [_piece(day, first, last, zone, "visits")]
        for label, start, minutes in (
            ("briefing", source.briefing_start, source.briefing_min),
            ("debriefing", source.debriefing_start, source.debriefing_min),
        ):
            if start is not None:
                begin = datetime.combine(day, start, tzinfo=zone)
                end = begin + timedelta(minutes=minutes)
                pieces.append(Occurrence(start=begin, end=end, label=label))
        pieces.sort(key=lambda p: (p.start, p.end))
        return self._item(source, f"{source.id}/r1", tuple(pieces), room, (), visits=made)

    # ---- coaching ----

    def _cycles(self, source: Coaching, group: str) -> Iterator[tuple[PlanItem, ...]]:
        alone = list(self._cycle(source, group))
        for count in range(1, source.cycles_per_group + 1):
            for items in permutations(alone, count):
                yield tuple(_called(x, f"{source.id}/{group}/{k + 1}") for k, x in enumerate(items))

    def _cycle(self, source: Coaching, group: str) -> Iterator[PlanItem]:
        members = self.ground.audience.group(group)
        sites = {self.directory.educators[e].site for e in members}
        if len(sites) != 1:
            return
        (site,) = sites
        clocks = {p.start for b in self.scenario.calendar.bell_schedules for p in b.periods}
        kinds = list(dict.fromkeys(m.kind for m in source.meetings))
        seen = set()
        for coach, week, pattern in product(source.coaches, source.first_weeks, source.patterns):
            for slots in product(
                *(
                    sorted(clocks | {t for m in source.meetings if m.kind == k for t in m.starts})
                    for k in kinds
                )
            ):
                slot = dict(zip(kinds, slots, strict=True))
                meetings = []
                for w, (meeting, weekday) in product(
                    range(source.weeks), zip(source.meetings, pattern, strict=True)
                ):
                    day = week + timedelta(days=7 * w + WEEKDAYS.index(weekday))
                    begin = datetime.combine(day, slot[meeting.kind], tzinfo=self.scenario.zone)
                    end = begin + timedelta(minutes=meeting.duration_min)
                    meetings.append(Occurrence(start=begin, end=end, label=meeting.kind))
                for count in range(1, len(meetings) + 1):
                    for held in combinations(meetings, count):
                        key = (coach, tuple(sorted((o.start, o.end, o.label) for o in held)))
                        if key in seen:
                            continue
                        seen.add(key)
                        pieces = tuple(sorted(held, key=lambda o: (o.start, o.end)))
                        item = self._item(
                            source,
                            f"{source.id}/{group}/1",
                            pieces,
                            Place(site, None),
                            (group,),
                            coach=coach,
                        )
                        if self.keeps((item,), ("coaching", "people")):
                            yield item


def empty(scenario: Scenario) -> Plan:
    """Give the plan in which nothing stands."""
    return Plan(
        scenario=scenario.name,
        scenario_hash=scenario_hash(scenario),
        timezone=scenario.timezone,
        seed=0,
        version="0",
        status="FEASIBLE",
        wall_time_s=0.0,
    )


def loosened(scenario: Scenario, kept: frozenset[str] = frozenset()) -> Scenario:
    """Let items wait for nothing but ``kept``, nothing be pinned, nothing have to stand."""

    def waits(*names: str) -> tuple[str, ...]:
        return tuple(n for n in names if n in kept)

    def apart(item: Engagement | Task) -> dict[str, object]:
        return {
            "after": tuple(r for r in item.after if r.item in kept),
            "before": tuple(r for r in item.before if r.item in kept),
        }

    courses = [
        c.model_copy(update={"prerequisites": waits(*c.prerequisites)}) for c in scenario.courses
    ]
    coaching = [
        c.model_copy(
            update={
                "coach_prerequisites": waits(*c.coach_prerequisites),
                "follows": c.follows if c.follows in kept else None,
            }
        )
        for c in scenario.coaching
    ]
    return scenario.model_copy(
        update={
            "courses": tuple(courses),
            "coaching": tuple(coaching),
            "engagements": tuple(e.model_copy(update=apart(e)) for e in scenario.engagements),
            "tasks": tuple(t.model_copy(update=apart(t)) for t in scenario.tasks),
            "policy": scenario.policy.model_copy(update={"required": "leave_out"}),
            "pins": (),
        }
    )


def released(facts: Facts, item: str) -> tuple[Release, ...]:
    """Write releases of a plan item as a plan does."""
    found: dict[tuple[str, date], list[str]] = {}
    for release in facts.releases:
        if release.item == item:
            found.setdefault((release.educator, release.day), []).append(release.period)
    return tuple(
        Release(educator=e, date=d, periods=tuple(periods)) for (e, d), periods in found.items()
    )


def _apart(chosen: list[tuple[str, ...]]) -> Iterator[tuple[tuple[str, ...], ...]]:
    """Give every set of sections that share no unit."""
    for size in range(1, len(chosen) + 1):
        for some in combinations(chosen, size):
            units = [u for section in some for u in section]
            if len(units) == len(set(units)):
                yield some


def _renumbered(item: PlanItem, section: int) -> PlanItem:
    ident = f"{item.source}/s{section}/{item.session}"
    return item.model_copy(update={"id": ident, "section": section})


def _called(item: PlanItem, ident: str) -> PlanItem:
    return item.model_copy(update={"id": ident})


def _term(directory: Directory, item: PlanItem) -> str | None:
    term = directory.term(item.start.date())
    return None if term is None else term.id


def _piece(day: date, first: time, last: time, zone: object, label: str) -> Occurrence:
    start, end = datetime.combine(day, first), datetime.combine(day, last)
    return Occurrence(
        start=start.replace(tzinfo=zone),  # type: ignore[arg-type]
        end=end.replace(tzinfo=zone),  # type: ignore[arg-type]
        label=label,
    )


def _is_fair(source: Observation, visits: dict[tuple[str, str], list[str]]) -> bool:
    """Tell early what counts alone say; the judge looks at everything."""
    hosts = [host for _, host in visits]
    return all(
        source.min_visitors <= len(observers) <= source.max_visitors
        and hosts.count(host) <= source.host_max_per_day
        and not any(host in visits[seat] for seat in visits if seat[0] == period)
        for (period, host), observers in visits.items()
    )


def _mattering(facts: Facts, item: PlanItem) -> tuple[object, ...]:
    """What of an observation day matters to anything else."""
    (stand,) = facts.stands
    assert isinstance(stand, Stand)
    return (
        item.start,
        item.facility,
        frozenset((r.educator, r.period) for r in facts.releases),
        frozenset((v.host, v.period) for v in item.visits),
        frozenset(trip.educator for trip in trips(facts.ground, stand)),
    )

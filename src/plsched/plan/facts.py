"""What a scenario and a plan state together, indexed once for every check and every sum."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from plsched.plan.costs import Ledger, ledger_of
from plsched.plan.ground import ground_of
from plsched.plan.load import Load
from plsched.plan.models import Plan, PlanItem, Visit
from plsched.plan.standing import Stand
from plsched.plan.trips import travellers, trips
from plsched.scenario.directory import Directory
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Gathering
from plsched.scenario.models.observation import Observation


@dataclass(frozen=True, slots=True)
class Released:
    """An educator out of a period, because of a plan item."""

    item: str
    educator: str
    day: date
    site: str
    period: str
    stand: Stand = field(compare=False)


class Facts:
    """Everything that checks, costs and tiers look up."""

    def __init__(self, directory: Directory, plan: Plan, baseline: Plan | None = None) -> None:
        self.ground = ground_of(directory)
        self.directory = directory
        self.scenario = directory.scenario
        self.plan = plan
        self.baseline = baseline
        read = [(item, self.ground.stand(item)) for item in plan.items]
        self.strays: tuple[PlanItem, ...] = tuple(i for i, stand in read if stand is None)
        self.stands: tuple[Stand, ...] = tuple(stand for _, stand in read if stand is not None)

    @cached_property
    def by_source(self) -> Mapping[str, tuple[Stand, ...]]:
        """What stands of each item of the scenario, by start."""
        found: dict[str, list[Stand]] = defaultdict(list)
        for stand in self.stands:
            found[stand.source.id].append(stand)
        return {s: tuple(sorted(x, key=lambda y: (y.start, y.id))) for s, x in found.items()}

    def standing(self, source: str) -> tuple[Stand, ...]:
        """List what stands of an item of the scenario, by start."""
        return self.by_source.get(source, ())

    @cached_property
    def sections(self) -> Mapping[str, Mapping[int, tuple[Stand, ...]]]:
        """Sessions of each section of each course, in the order of their numbers."""
        found: dict[str, dict[int, list[Stand]]] = defaultdict(lambda: defaultdict(list))
        for stand in self.stands:
            if isinstance(stand.source, Course) and stand.parts and stand.parts.section:
                found[stand.source.id][stand.parts.section].append(stand)
        return {
            course: {
                j: tuple(sorted(x, key=lambda s: s.parts.number if s.parts else 0))
                for j, x in sections.items()
            }
            for course, sections in found.items()
        }

    @cached_property
    def sections_of(self) -> Mapping[str, Mapping[str, tuple[tuple[Stand, ...], ...]]]:
        """Sections that each educator is in, for each course."""
        found: dict[str, dict[str, list[tuple[Stand, ...]]]] = {}
        for course, sections in self.sections.items():
            people: dict[str, list[tuple[Stand, ...]]] = defaultdict(list)
            for sessions in sections.values():
                for educator in sessions[0].participants:
                    people[educator].append(sessions)
            found[course] = people
        return {c: {e: tuple(x) for e, x in people.items()} for c, people in found.items()}

    @cached_property
    def finished_before(self) -> Mapping[str, frozenset[str]]:
        """Educators who finished each course before this year."""
        found: dict[str, set[str]] = defaultdict(set)
        for prior in self.scenario.prior:
            found[prior.course].update(prior.educators)
            for group in prior.groups:
                found[prior.course].update(self.ground.audience.group(group))
        return {course: frozenset(people) for course, people in found.items()}

    @cached_property
    def ledger(self) -> Ledger:
        """Every cost line of the plan, computed from its placements."""
        return ledger_of(self.ground, self.stands, self.plan.substitutes)

    @cached_property
    def load(self) -> Load:
        """Minutes and meetings of each educator, by date."""
        return Load(self.ground, self.stands)

    @cached_property
    def releases(self) -> tuple[Released, ...]:
        """Every educator out of a period, worked out from what stands."""
        return tuple(dict.fromkeys(r for stand in self.stands for r in self._releases(stand)))

    @cached_property
    def releases_of(self) -> Mapping[str, tuple[Released, ...]]:
        """Releases of each educator who has any."""
        found: dict[str, list[Released]] = defaultdict(list)
        for release in self.releases:
            found[release.educator].append(release)
        return {educator: tuple(releases) for educator, releases in found.items()}

    @cached_property
    def released(self) -> frozenset[tuple[str, date, str]]:
        """Educators, dates and periods of which there is a release."""
        return frozenset((r.educator, r.day, r.period) for r in self.releases)

    def _releases(self, stand: Stand) -> Iterator[Released]:
        match stand.source:
            case Gathering():
                for piece in stand.pieces:
                    for educator in stand.participants:
                        attendance = self.ground.attendance(educator, piece, stand.venue)
                        for period in attendance.released:
                            site = attendance.workday.site
                            yield Released(stand.id, educator, piece.day, site, period, stand)
            case Observation():
                away = travellers(self.ground, stand)
                for visit in stand.item.visits:
                    yield from self._visit_releases(stand, visit, away)
                for trip in trips(self.ground, stand):
                    site = trip.attendance.workday.site
                    for period in trip.attendance.released:
                        yield Released(
                            stand.id, trip.educator, stand.first_day, site, period, stand
                        )
            case Coaching():
                return

    def _visit_releases(
        self, stand: Stand, visit: Visit, away: Collection[str]
    ) -> Iterator[Released]:
        for educator in visit.observers:
            if educator not in self.directory.educators or educator in away:
                continue
            day = self.ground.workdays.of(educator, stand.first_day)
            if any(p.id == visit.period for p in day.taught):
                yield Released(stand.id, educator, stand.first_day, day.site, visit.period, stand)

"""How much of each educator's time a plan takes, day by day, as contract rules count it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from plsched.plan.ground import Ground
from plsched.plan.standing import Stand
from plsched.plan.trips import trips
from plsched.plan.work import visit_minutes
from plsched.scenario.directory import AnyItem
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Engagement, Gathering, Task
from plsched.scenario.models.observation import Observation
from plsched.scenario.models.policy import ItemKind, Limit


@dataclass(slots=True)
class Taken:
    """Minutes and meetings of an educator on a date."""

    minutes: int = 0
    meetings: int = 0


Days = dict[tuple[str, date], Taken]


def scenario_kind(source: AnyItem) -> ItemKind:
    """Name the table of the scenario that an item is from."""
    match source:
        case Course():
            return "course"
        case Engagement():
            return "engagement"
        case Task():
            return "task"
        case Observation():
            return "observation"
        case Coaching():
            return "coaching"


class Load:
    """Minutes and meetings by educator and date, summed once for each kind of item."""

    def __init__(self, ground: Ground, stands: Sequence[Stand]) -> None:
        self.ground = ground
        self.stands = stands
        self._sums: dict[frozenset[tuple[ItemKind, bool]], Days] = {}

    @cached_property
    def parts(self) -> Mapping[tuple[ItemKind, bool], Days]:
        """Sums for each kind of item, mandatory or not."""
        found: dict[tuple[ItemKind, bool], Days] = defaultdict(dict)
        for stand in self.stands:
            days = found[scenario_kind(stand.source), is_mandatory(stand.source)]
            for educator, day, minutes in self._minutes(stand):
                taken = days.get((educator, day))
                if taken is None:
                    taken = days[educator, day] = Taken()
                taken.minutes += minutes
                taken.meetings += 1
        return found

    def counted(self, limit: Limit) -> Days:
        """Add up the items that a limit is about."""
        return self._sum_of(frozenset(key for key in self.parts if is_counted(limit, *key)))

    @cached_property
    def all(self) -> Days:
        """Sums of all items."""
        return self._sum_of(frozenset(self.parts))

    def _sum_of(self, kinds: frozenset[tuple[ItemKind, bool]]) -> Days:
        """Add some parts up, once: several limits are about the same."""
        if kinds not in self._sums:
            self._sums[kinds] = _added([self.parts[kind] for kind in sorted(kinds)])
        return self._sums[kinds]

    def _minutes(self, stand: Stand) -> Iterator[tuple[str, date, int]]:
        match stand.source:
            case Observation():
                minutes = visit_minutes(stand.source) + sum(
                    p.minutes for p in stand.pieces if p.label in {"briefing", "debriefing"}
                )
                away = {t.educator: 2 * t.attendance.way_min for t in trips(self.ground, stand)}
                for educator in stand.participants:
                    yield educator, stand.first_day, minutes + away.get(educator, 0)
            case Coaching():
                for piece in stand.pieces:
                    if piece.label == "conference":
                        for educator in stand.participants:
                            yield educator, piece.day, piece.minutes
            case Gathering():
                attend = self.ground.attendance
                for piece in stand.pieces:
                    for educator in stand.participants:
                        way = attend(educator, piece, stand.venue).way_min
                        yield educator, piece.day, piece.minutes + 2 * way


def _added(tables: Sequence[Days]) -> Days:
    if len(tables) == 1:
        return tables[0]
    found: Days = {}
    for table in tables:
        for key, taken in table.items():
            total = found.get(key)
            if total is None:
                found[key] = Taken(taken.minutes, taken.meetings)
            else:
                total.minutes += taken.minutes
                total.meetings += taken.meetings
    return found


def is_mandatory(source: AnyItem) -> bool:
    """Tell whether an item is mandatory training, whose hours are counted."""
    return isinstance(source, Gathering) and source.mandatory


def is_counted(limit: Limit, kind: ItemKind, mandatory: bool) -> bool:
    """Tell whether a limit is about items of a kind."""
    return (limit.counts is None or kind in limit.counts) and (
        mandatory or not limit.mandatory_only
    )

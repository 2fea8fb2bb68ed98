"""A plan item read against the scenario: what stands, when, where and with whom.

Only decisions are taken from the plan (dates, venue, units, experts, coach, visits); everything
that follows from them is worked out anew, and ids that the scenario lacks are passed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime
from zoneinfo import ZoneInfo

from plsched.plan.audience import Audience
from plsched.plan.models import PlanItem
from plsched.plan.naming import Parts, read_id
from plsched.plan.venues import needs_facility
from plsched.scenario.directory import AnyItem, Directory
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Engagement, Gathering, Task
from plsched.scenario.models.observation import Observation
from plsched.scenario.models.people import Expert
from plsched.timegrid import DAY_MIN, from_datetime, to_date


@dataclass(frozen=True, slots=True)
class Piece:
    """One dated piece, in wall-clock minutes from the origin."""

    start: int
    end: int
    day: date
    label: str | None

    @property
    def minutes(self) -> int:
        """Length of the piece."""
        return max(0, self.end - self.start)

    @property
    def clock(self) -> int:
        """Minute of the day at which it starts."""
        return self.start % DAY_MIN


@dataclass(frozen=True, slots=True)
class Stand:
    """A plan item whose source is known.

    ``participants`` are educators who take part (observers, coachees); ``hosts`` those of an
    observation day; ``experts`` and ``partners`` those known. ``parts`` is ``None`` where the id
    is not one that the scenario gives rise to.
    """

    item: PlanItem
    source: AnyItem
    parts: Parts | None
    pieces: tuple[Piece, ...]
    venue: str | None
    participants: tuple[str, ...]
    hosts: tuple[str, ...] = ()
    experts: tuple[Expert, ...] = ()
    partners: tuple[Expert, ...] = ()
    group: str | None = None

    @property
    def id(self) -> str:
        """Id of the plan item."""
        return self.item.id

    @property
    def start(self) -> int:
        """Minute at which the first piece starts."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Minute at which the last piece has ended."""
        return max(p.end for p in self.pieces)

    @property
    def first_day(self) -> date:
        """Date of the first piece."""
        return self.pieces[0].day

    @property
    def last_day(self) -> date:
        """Date of the last piece."""
        return self.pieces[-1].day

    @property
    def occurrences(self) -> tuple[tuple[Piece, ...], ...]:
        """Pieces that belong together: those of one occurrence of several days."""
        length = self.source.days if isinstance(self.source, Engagement | Task) else 1
        return tuple(self.pieces[i : i + length] for i in range(0, len(self.pieces), length))


def wall_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    """Give the wall-clock time of a moment in the district, without its zone.

    A pin may be written without a zone: it is on the district's clock already. At the very ends of
    the calendar, which no conversion may pass, times are taken as written.
    """
    if moment.tzinfo is None:
        return moment.replace(fold=0)
    if at_home(moment, zone) or moment.year in {MINYEAR, MAXYEAR}:
        return moment.replace(tzinfo=None, fold=0)
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def at_home(moment: datetime, zone: ZoneInfo) -> bool:
    """Tell whether a time is written with the district's offset of that day."""
    offset = moment.utcoffset()
    return any(moment.replace(tzinfo=zone, fold=f).utcoffset() == offset for f in (0, 1))


def near(directory: Directory, item: PlanItem) -> bool:
    """Tell whether all times of an item are within two years of the calendar."""
    calendar = directory.scenario.calendar
    first, last = calendar.first.year - 2, calendar.last.year + 2
    moments = [m for o in item.occurrences for m in (o.start, o.end)]
    moments += [m for v in item.visits for m in (v.start, v.end)]
    return all(first <= moment.year <= last for moment in moments)


def read_pieces(item: PlanItem, origin: date, zone: ZoneInfo) -> tuple[Piece, ...]:
    """Occurrences of a plan item as pieces, in the order of their dates."""
    pieces = []
    for occurrence in item.occurrences:
        start = from_datetime(origin, wall_clock(occurrence.start, zone))
        end = from_datetime(origin, wall_clock(occurrence.end, zone))
        pieces.append(Piece(start, end, to_date(origin, start), occurrence.label))
    return tuple(sorted(pieces, key=lambda p: (p.start, p.end)))


def stand_up(directory: Directory, audience: Audience, item: PlanItem) -> Stand | None:
    """Read a plan item; ``None`` when its source is not in the scenario, or its year is not."""
    source = directory.items.get(item.source)
    if source is None or not near(directory, item):
        return None
    pieces = read_pieces(item, directory.scenario.calendar.first, directory.scenario.zone)
    parts = read_id(directory, source, item.id)
    hosts: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    experts: tuple[str, ...] = item.experts
    group = None
    match source:
        case Course():
            units = audience.units(source)
            people = tuple(dict.fromkeys(e for u in item.groups for e in units.get(u, ())))
        case Engagement() | Task():
            people = audience.participants(source)
            partners = source.partners if isinstance(source, Engagement) else ()
        case Observation():
            people = audience.observing(source, pieces[0].day)
            hosts = audience.taking_part(source.hosts, source.site, pieces[0].day)
            experts = ()
        case Coaching():
            group = parts.group if parts else next(iter(item.groups), None)
            people = () if group is None else audience.group(group)
            experts = ()
    return Stand(
        item=item,
        source=source,
        parts=parts,
        pieces=pieces,
        venue=_venue(directory, source, item, people),
        participants=people,
        hosts=hosts,
        experts=tuple(directory.experts[x] for x in experts if x in directory.experts),
        partners=tuple(directory.experts[x] for x in partners if x in directory.experts),
        group=group,
    )


def _venue(
    directory: Directory, source: AnyItem, item: PlanItem, people: tuple[str, ...]
) -> str | None:
    """Site at which the decisions of an item put it."""
    match source:
        case Gathering() if source.format == "virtual":
            return None
        case Gathering() if needs_facility(source):
            facility = directory.facilities.get(item.facility or "")
            return None if facility is None else facility.site
        case Gathering():
            return item.site if item.site in directory.sites and source.sites is not None else None
        case Observation():
            return source.site
        case Coaching():
            return directory.educators[people[0]].site if people else None

"""The problem between scenario and model: activities, their possible columns, who takes part.

A *column* is one way to hold an activity: its pieces of time and its venue. The model chooses at
most one column for each activity, and says who takes part, who leads, which facility is used.
Minutes are counted on the wall clock from midnight of the calendar's first date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from plsched.families import Family
from plsched.scenario.directory import AnyItem, Directory
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Engagement, ExpertNeed, Task
from plsched.scenario.models.observation import Observation

if TYPE_CHECKING:
    from plsched.plan.models import Plan
    from plsched.solver.index.costing import Purses
    from plsched.solver.index.people import People
    from plsched.solver.index.places import Places
    from plsched.solver.index.stays import Stays

DAY = 1440


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of time, ``[start, end)`` in minutes."""

    start: int
    end: int
    label: str | None = None

    @property
    def day(self) -> int:
        """Days since the origin."""
        return self.start // DAY


@dataclass(frozen=True, slots=True)
class Stay:
    """What a piece means for one educator: where they are that day, what is missed, what is paid.

    ``way`` in minutes, one way; ``miles`` likewise.
    """

    site: str
    way: int
    miles: int
    contract_min: int
    stipend_min: int
    released: tuple[str, ...] = ()


Attendance = tuple[tuple[Stay, ...], ...]
"""For each profile of a unit, in order, the stay at each piece."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Educators who take part together or not at all.

    ``profiles`` are representatives: educators alike in all that decides on a stay; ``of_profile``
    lists the members alike to each.
    """

    id: str
    members: tuple[str, ...]
    profiles: tuple[str, ...]
    of_profile: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One way to hold an activity."""

    pieces: tuple[Piece, ...]
    venue: str | None = None

    @property
    def start(self) -> int:
        """First minute."""
        return self.pieces[0].start

    @property
    def end(self) -> int:
        """Minute at which the last piece has ended."""
        return self.pieces[-1].end


@dataclass(slots=True)
class Activity:
    """A session, or a series with one pattern.

    ``attendance[u][c]`` is the attendance of the bundle's unit u at column c, ``None`` where the
    unit cannot take part. ``rooms[c]`` are the facility classes possible at column c.
    ``leads[x]`` are the columns at which expert x can lead.
    """

    id: str
    session: int | None
    columns: list[Column]
    attendance: list[list[Attendance | None]]
    rooms: list[tuple[int, ...]]
    leads: dict[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Chain:
    """Activities ``first`` to ``last`` (excluded) of a bundle; the first ``low`` are a must."""

    first: int
    last: int
    low: int


@dataclass(slots=True)
class Bundle:
    """Activities that stand together: a section of a course, an engagement, a task.

    Each chain is a range of activities in order, of which the first so many stand if anything
    does, and the later ones may, in order.
    ``refusals`` counts, for the explanation of what is left out, which family refused candidates.
    """

    item: Course | Engagement | Task
    section: int | None
    units: list[Unit]
    activities: list[Activity]
    chains: list[Chain]
    gap_days: tuple[int, int | None]
    needs: tuple[ExpertNeed, ...]
    candidates: list[list[str]]
    partners: tuple[str, ...]
    refusals: Mapping[Family, int]

    @property
    def fixed(self) -> bool:
        """Whether the participants are given, not chosen."""
        return not isinstance(self.item, Course)


@dataclass(frozen=True, slots=True)
class Trip:
    """One way to come from another site: periods of visits, and own periods that are released."""

    visited: tuple[str, ...]
    released: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crowd:
    """Educators alike in a round: same taught periods, same roles in it, same account.

    Observers of another site have a ``home``, its bell schedule there and then, and ``trips``;
    what they teach is in the trips, not in ``teaches``.
    """

    members: tuple[str, ...]
    observes: bool
    hosts: bool
    teaches: frozenset[str]
    account: str
    out_groups: frozenset[str]
    home: str | None = None
    bell: str | None = None
    trips: tuple[Trip, ...] = ()


@dataclass(frozen=True, slots=True)
class DayPattern:
    """A day as a round sees it: usable periods, and crowds."""

    bell: str
    periods: tuple[str, ...]
    crowds: tuple[Crowd, ...]


@dataclass(frozen=True, slots=True)
class Staffing:
    """The cheapest cover of a round alone: a bound in cents, and its counts by crowd and period."""

    least_cents: int
    observe: dict[tuple[int, str], int]
    host: dict[tuple[int, str], int]


@dataclass(slots=True)
class Round:
    """An observation day: one column for each possible date.

    ``pattern[c]`` indexes ``patterns``; ``observers[c]``, ``hosts[c]`` take part on that date.
    """

    id: str
    item: Observation
    number: int
    columns: list[Column]
    pattern: list[int]
    patterns: list[DayPattern]
    observers: list[tuple[str, ...]]
    hosts: list[tuple[str, ...]]
    stays: list[dict[str, tuple[Stay, ...]]]
    rooms: list[tuple[int, ...]]
    refusals: Mapping[Family, int]


@dataclass(frozen=True, slots=True)
class CycleColumn:
    """One way to hold a coaching cycle. ``week`` is the Monday's day number of the first week."""

    column: Column
    coach: str
    week: int


@dataclass(slots=True)
class Cycle:
    """A coaching cycle of a group."""

    id: str
    item: Coaching
    group: str
    number: int
    members: tuple[str, ...]
    site: str
    columns: list[CycleColumn]
    refusals: Mapping[Family, int]


@dataclass(frozen=True, slots=True)
class FacilityClass:
    """Facilities that are interchangeable; their names are given after the solve."""

    facilities: tuple[str, ...]
    site: str
    capacity: int


@dataclass(frozen=True, slots=True)
class CostClass:
    """Cost lines that the same funds may pay, under the same caps and set-asides.

    ``funds`` may pay always; ``gated`` only when a follow-up of the course ``gate`` stands.
    ``caps`` and ``asides`` are (fund, id) of the caps that the lines match and the set-asides that
    they do not.
    """

    funds: tuple[str, ...]
    gated: tuple[str, ...]
    gate: str | None
    caps: frozenset[tuple[str, str]]
    asides: frozenset[tuple[str, str]]


@dataclass(slots=True)
class Problem:
    """Everything that the model needs."""

    directory: Directory
    people: People
    stays: Stays
    places: Places
    purses: Purses
    bundles: list[Bundle]
    rounds: list[Round]
    cycles: list[Cycle]
    baseline: Plan | None = None
    by_source: dict[str, list[Bundle]] = field(default_factory=dict)
    least_cover: dict[tuple[str, int], Staffing] = field(default_factory=dict)
    """Cheapest cover of an observation's round alone, by day pattern, once it is known."""

    def columns(self) -> int:
        """Count the columns of all activities, rounds and cycles."""
        return (
            sum(len(a.columns) for b in self.bundles for a in b.activities)
            + sum(len(r.columns) for r in self.rounds)
            + sum(len(c.columns) for c in self.cycles)
        )

    def day(self, when: date) -> int:
        """Day number of a date."""
        return self.stays.day(when)

    def date(self, day: int) -> date:
        """Date of a day number."""
        return self.stays.date(day)

    def week(self, day: int) -> int:
        """Give the number of the week, from Monday, that a day is in."""
        return (day + self.directory.scenario.calendar.first.weekday()) // 7


SourceKind = Literal["course", "engagement", "task", "observation", "coaching"]


def source_kind(item: AnyItem) -> SourceKind:
    """Name the table that an item stands in."""
    match item:
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

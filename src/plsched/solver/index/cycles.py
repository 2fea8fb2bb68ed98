"""Columns of coaching cycles: coach, first week, weekdays, slots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from itertools import pairwise

from plsched.families import Family
from plsched.scenario.directory import Directory
from plsched.scenario.models.base import WEEKDAYS
from plsched.scenario.models.coaching import Coaching, CoachingMeeting
from plsched.solver.index.people import People
from plsched.solver.index.stays import Stays
from plsched.solver.problem import DAY, Column, Cycle, CycleColumn, Piece
from plsched.timegrid import clock_min

Slot = str | time
"""A period id, or a clock time."""

Span = tuple[int, int]
"""Minutes of the day, half-open."""


@dataclass(frozen=True, slots=True)
class Team:
    """Coachees as far as time goes: one of each profile, and their site."""

    profiles: tuple[str, ...]
    site: str


class Cycles:
    """Makes the cycles of every coaching programme.

    Teams alike in all that decides on time share their columns; what a team and what a coach can
    do at a time is worked out once for each.
    """

    def __init__(self, directory: Directory, people: People, stays: Stays) -> None:
        self._directory = directory
        self._people = people
        self._stays = stays

    def cycles(self, item: Coaching) -> list[Cycle]:
        """Make the cycles of all groups."""
        found = []
        programme = _Programme(self._directory, self._stays, item)
        for group in item.coachees:
            members = self._directory.members[group]
            site = self._directory.educators[members[0]].site
            profiles = dict.fromkeys(self._people.profile_of[e] for e in members)
            refusals: Counter[Family] = Counter()
            columns = programme.columns(Team(tuple(profiles), site), members, refusals)
            found += [
                Cycle(f"{item.id}/{group}/{n}", item, group, n, members, site, columns, refusals)
                for n in range(1, item.cycles_per_group + 1)
            ]
        return found


class _Programme:
    """Columns of the cycles of one programme."""

    def __init__(self, directory: Directory, stays: Stays, item: Coaching) -> None:
        self._directory = directory
        self._stays = stays
        self._item = item
        self._of_team: dict[tuple[Team, str], list[CycleColumn]] = {}
        self._spans: dict[tuple[Team, int, int, Slot], Span | None] = {}
        self._coach_free: dict[tuple[str, str, int, Span], bool] = {}
        firsts = [stays.day(monday) for monday in item.first_weeks]
        self._days = sorted({f + d for f in firsts for d in range(7 * item.weeks)})
        self._least = -(-item.min_meetings_percent * item.weeks * len(item.meetings) // 100)

    def columns(
        self, team: Team, members: Sequence[str], refusals: Counter[Family]
    ) -> list[CycleColumn]:
        """Every way to hold a cycle of a team."""
        coaches = [c for c in self._item.coaches if self._serves(c, team) and c not in members]
        if not coaches:
            refusals["coaching"] += 1
        found: list[CycleColumn] = []
        for coach in coaches:
            if (team, coach) not in self._of_team:
                self._of_team[team, coach] = self._with(team, coach)
            found += self._of_team[team, coach]
        if coaches and not found:
            refusals["days"] += 1
        return found

    def _serves(self, coach: str, team: Team) -> bool:
        facts = self._directory.coaches[coach]
        skill = self._item.skill
        return team.site in facts.sites and (skill is None or skill in facts.skills)

    def _with(self, team: Team, coach: str) -> list[CycleColumn]:
        days = set(self._directory.coaches[coach].weekdays)
        slots = self._slots(team)
        found: list[CycleColumn] = []
        for monday in self._item.first_weeks:
            week = self._stays.day(monday)
            alike: set[tuple[Piece, ...]] = set()
            for pattern in self._item.patterns:
                if not days.issuperset(pattern):
                    continue
                offsets = [WEEKDAYS.index(w) for w in pattern]
                for choice in slots:
                    row = self._meetings(team, coach, week, offsets, choice)
                    if row is not None and row not in alike:
                        alike.add(row)
                        found.append(CycleColumn(Column(row, team.site), coach, week))
        return found

    def _slots(self, team: Team) -> list[dict[str, Slot]]:
        """Every choice of a slot for conferences and one for visits that makes a difference."""
        kinds: dict[str, int] = {}
        for index, meeting in enumerate(self._item.meetings):
            kinds.setdefault(meeting.kind, index)
        choices: list[dict[str, Slot]] = [{}]
        for kind, index in kinds.items():
            starts = self._item.meetings[index].starts
            slots: Sequence[Slot] = starts or self._periods(team.site)
            usable = [s for s in slots if any(self._span(team, index, d, s) for d in self._days)]
            # Slots that never hold a meeting are all the same: one of them will do.
            idle = [s for s in slots if s not in usable][:1]
            choices = [{**c, kind: s} for c in choices for s in (*usable, *idle)]
        return choices

    def _periods(self, site: str) -> list[str]:
        bells = self._directory.sites[site].bells.values()
        return list(dict.fromkeys(p.id for b in bells for p in self._directory.bells[b].periods))

    def _meetings(
        self, team: Team, coach: str, week: int, offsets: Sequence[int], slots: dict[str, Slot]
    ) -> tuple[Piece, ...] | None:
        """Meetings that are held; ``None`` if they are too few, or overlap."""
        held: list[Piece] = []
        missing = self._item.weeks * len(offsets) - self._least
        for number in range(self._item.weeks):
            for index, offset in enumerate(offsets):
                day = week + 7 * number + offset
                kind = self._item.meetings[index].kind
                span = self._span(team, index, day, slots[kind])
                if span is None or not self._free(coach, team.site, day, span):
                    missing -= 1
                    if missing < 0:
                        return None
                    continue
                held.append(Piece(day * DAY + span[0], day * DAY + span[1], kind))
        held.sort(key=lambda p: (p.start, p.end))
        if any(b.start < a.end for a, b in pairwise(held)):
            return None
        return tuple(held)

    def _span(self, team: Team, index: int, day: int, slot: Slot) -> Span | None:
        """When a team can hold a meeting on a day; ``None`` if it cannot."""
        key = (team, index, day, slot)
        if key not in self._spans:
            self._spans[key] = self._team_span(team, self._item.meetings[index], day, slot)
        return self._spans[key]

    def _team_span(self, team: Team, meeting: CoachingMeeting, day: int, slot: Slot) -> Span | None:
        when = self._stays.date(day)
        directory = self._directory
        kind = directory.day_kind(team.site, when)
        if kind is None or kind.id not in self._item.day_kinds:
            return None
        if (team.site, when) in directory.closed_by["coaching"]:
            return None
        bell = directory.bell(team.site, when)
        if isinstance(slot, time):
            begin, length = clock_min(slot), meeting.duration_min
        else:
            period = next((p for p in bell.periods if p.id == slot), None) if bell else None
            if period is None:
                return None
            begin, length = period.start_min, period.end_min - period.start_min
        if length < meeting.duration_min:
            return None
        span = (begin, begin + meeting.duration_min)
        able = all(self._member(m, team.site, meeting, day, span, slot) for m in team.profiles)
        return span if able else None

    def _member(
        self, member: str, site: str, meeting: CoachingMeeting, day: int, span: Span, slot: Slot
    ) -> bool:
        when = self._stays.date(day)
        if self._directory.site_of(member, when) != site:
            return False
        taught = self._directory.taught(member, when)
        if meeting.during == "teaching":
            if all(p.id != slot for p in taught):
                return False
        elif any(p.start_min < span[1] and span[0] < p.end_min for p in taught):
            return False
        return self._paid(member, day, span)

    def _paid(self, educator: str, day: int, span: Span) -> bool:
        if self._item.stipend:
            return True
        hours = self._directory.contract_hours(educator, self._stays.date(day))
        return hours is not None and hours.start_min <= span[0] and span[1] <= hours.end_min

    def _free(self, coach: str, site: str, day: int, span: Span) -> bool:
        """Whether the coach neither teaches then nor is bound to another site by teaching."""
        key = (coach, site, day, span)
        if key not in self._coach_free:
            when = self._stays.date(day)
            lessons = self._directory.taught(coach, when)
            bound = bool(lessons) and self._directory.site_of(coach, when) != site
            busy = any(p.start_min < span[1] and span[0] < p.end_min for p in lessons)
            self._coach_free[key] = not bound and not busy and self._paid(coach, day, span)
        return self._coach_free[key]

"""Columns of coaching cycles: coach, first week, weekdays, slots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from plsched.families import Family
from plsched.scenario.directory import Directory
from plsched.scenario.models.base import WEEKDAYS, Weekday
from plsched.scenario.models.coaching import Coaching, CoachingMeeting
from plsched.solver.index.stays import Stays
from plsched.solver.problem import DAY, Column, Cycle, CycleColumn, Piece
from plsched.timegrid import clock_min

Slot = str | time
"""A period id, or a clock time."""


@dataclass(frozen=True, slots=True)
class Team:
    """The coachees of a cycle and their site."""

    members: tuple[str, ...]
    site: str


class Cycles:
    """Makes the cycles of every coaching programme."""

    def __init__(self, directory: Directory, stays: Stays) -> None:
        self._directory = directory
        self._stays = stays
        self._held: dict[tuple[object, ...], tuple[int, int] | None] = {}

    def cycles(self, item: Coaching) -> list[Cycle]:
        """Make the cycles of all groups."""
        found = []
        for group in item.coachees:
            members = self._directory.members[group]
            team = Team(members, self._directory.educators[members[0]].site)
            refusals: Counter[Family] = Counter()
            columns = self._columns(item, team, refusals)
            found += [
                Cycle(
                    f"{item.id}/{group}/{n}", item, group, n, members, team.site, columns, refusals
                )
                for n in range(1, item.cycles_per_group + 1)
            ]
        return found

    def _columns(self, item: Coaching, team: Team, refusals: Counter[Family]) -> list[CycleColumn]:
        coaches = [c for c in item.coaches if self._serves(c, item, team)]
        if not coaches:
            refusals["coaching"] += 1
        least = -(-item.min_meetings_percent * item.weeks * len(item.meetings) // 100)
        found: list[CycleColumn] = []
        for coach in coaches:
            for monday in item.first_weeks:
                week = self._stays.day(monday)
                alike: set[tuple[Piece, ...]] = set()
                for pattern in item.patterns:
                    if not set(pattern) <= set(self._directory.coaches[coach].weekdays):
                        refusals["coaching"] += 1
                        continue
                    for slots in self._slots(item, team):
                        row = self._meetings(item, team, coach, week, pattern, slots)
                        if len(row) < least or _overlap(row):
                            refusals["days"] += 1
                        elif row not in alike:
                            alike.add(row)
                            found.append(CycleColumn(Column(row, team.site), coach, week))
        return found

    def _serves(self, coach: str, item: Coaching, team: Team) -> bool:
        facts = self._directory.coaches[coach]
        return (
            team.site in facts.sites
            and (item.skill is None or item.skill in facts.skills)
            and coach not in team.members
        )

    def _slots(self, item: Coaching, team: Team) -> list[dict[str, Slot]]:
        """Every choice of a slot for conferences and one for visits."""
        kinds: dict[str, CoachingMeeting] = {}
        for meeting in item.meetings:
            kinds.setdefault(meeting.kind, meeting)
        choices: list[dict[str, Slot]] = [{}]
        for kind, meeting in kinds.items():
            slots: Sequence[Slot] = meeting.starts if meeting.starts else self._periods(team.site)
            choices = [{**c, kind: s} for c in choices for s in slots]
        return choices

    def _periods(self, site: str) -> list[str]:
        bells = self._directory.sites[site].bells.values()
        return list(dict.fromkeys(p.id for b in bells for p in self._directory.bells[b].periods))

    def _meetings(
        self,
        item: Coaching,
        team: Team,
        coach: str,
        week: int,
        pattern: tuple[Weekday, ...],
        slots: dict[str, Slot],
    ) -> tuple[Piece, ...]:
        held = []
        for number in range(item.weeks):
            for meeting, weekday in zip(item.meetings, pattern, strict=True):
                day = week + 7 * number + WEEKDAYS.index(weekday)
                slot = slots[meeting.kind]
                key = (item.id, team, coach, day, meeting, slot)
                if key not in self._held:
                    self._held[key] = self._meeting(item, team, coach, day, meeting, slot)
                span = self._held[key]
                if span is not None:
                    held.append(Piece(day * DAY + span[0], day * DAY + span[1], meeting.kind))
        return tuple(sorted(held, key=lambda p: (p.start, p.end)))

    def _meeting(
        self,
        item: Coaching,
        team: Team,
        coach: str,
        day: int,
        meeting: CoachingMeeting,
        slot: Slot,
    ) -> tuple[int, int] | None:
        """Clock minutes of a meeting on a day; ``None`` if it is skipped."""
        when = self._stays.date(day)
        directory = self._directory
        kind = directory.day_kind(team.site, when)
        if (
            kind is None
            or kind.id not in item.day_kinds
            or (team.site, when) in directory.closed_by["coaching"]
        ):
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
        end = begin + meeting.duration_min
        if any(directory.site_of(e, when) != team.site for e in team.members):
            return None
        for member in team.members:
            taught = directory.taught(member, when)
            if meeting.during == "teaching":
                if all(p.id != slot for p in taught):
                    return None
            elif any(p.start_min < end and begin < p.end_min for p in taught):
                return None
        lessons = directory.taught(coach, when)
        if lessons and directory.site_of(coach, when) != team.site:
            return None
        if any(p.start_min < end and begin < p.end_min for p in lessons):
            return None
        if not item.stipend:
            for person in (*team.members, coach):
                hours = directory.contract_hours(person, when)
                if hours is None or not (hours.start_min <= begin and end <= hours.end_min):
                    return None
        return begin, end


def _overlap(row: Sequence[Piece]) -> bool:
    return any(b.start < a.end for a, b in zip(row, row[1:], strict=False))

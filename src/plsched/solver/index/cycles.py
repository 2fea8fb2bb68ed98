"""Columns of coaching cycles: coach, first week, weekdays, slots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, product

from plsched.families import Family
from plsched.scenario.directory import Directory
from plsched.scenario.models.base import WEEKDAYS
from plsched.scenario.models.coaching import Coaching
from plsched.solver.index.days import work_pattern
from plsched.solver.index.meetings import Meetings, Spans
from plsched.solver.index.people import People
from plsched.solver.index.stays import Stays
from plsched.solver.problem import DAY, Column, Cycle, CycleColumn, Piece

Held = tuple[int, int, str]
"""A meeting that is held: start, end, kind."""


@dataclass(frozen=True, slots=True)
class Team:
    """Coachees as far as time goes: one of each profile, and their site."""

    profiles: tuple[str, ...]
    site: str


class Cycles:
    """Makes the cycles of every coaching programme.

    Teams alike in all that decides on time share their columns, and so do coaches who are alike.
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
        self._days = stays.days
        self._item = item
        self._meetings = Meetings(directory, stays.days, item)
        self._of_team: dict[object, list[tuple[Column, int]]] = {}
        self._slots_of: dict[Team, list[list[int]]] = {}
        self._pieces = _Pieces()
        self._columns: dict[tuple[str, tuple[Held, ...]], Column] = {}
        self._weeks = [stays.day(monday) for monday in item.first_weeks]
        self._possible = {w + d for w in self._weeks for d in range(7 * item.weeks)}.intersection(
            range(len(self._days.dates))
        )
        self._least = -(-item.min_meetings_percent * item.weeks * len(item.meetings) // 100)
        of_kind: dict[str, list[int]] = {}
        for index, meeting in enumerate(item.meetings):
            of_kind.setdefault(meeting.kind, []).append(index)
        self._of_kind = list(of_kind.values())

    def columns(
        self, team: Team, members: Sequence[str], refusals: Counter[Family]
    ) -> list[CycleColumn]:
        """Every way to hold a cycle of a team."""
        coaches = [c for c in self._item.coaches if self._serves(c, team) and c not in members]
        if not coaches:
            refusals["coaching"] += 1
        found = [
            CycleColumn(column, coach, week)
            for coach in coaches
            for column, week in self._with(team, coach)
        ]
        if coaches and not found:
            refusals["days"] += 1
        return found

    def _serves(self, coach: str, team: Team) -> bool:
        facts = self._directory.coaches[coach]
        skill = self._item.skill
        return team.site in facts.sites and (skill is None or skill in facts.skills)

    def _with(self, team: Team, coach: str) -> list[tuple[Column, int]]:
        """Columns of a team with a coach, each with its first week."""
        weekdays = self._directory.coaches[coach].weekdays
        key = (team, work_pattern(self._directory.educators[coach]), weekdays)
        if key not in self._of_team:
            patterns = [
                [WEEKDAYS.index(w) for w in pattern]
                for pattern in self._item.patterns
                if set(weekdays).issuperset(pattern)
            ]
            diary = self._diary(team, coach)
            self._of_team[key] = [
                (column, week)
                for week in self._weeks
                for column in self._of_week(team.site, diary, week, patterns)
            ]
        return self._of_team[key]

    def _diary(self, team: Team, coach: str) -> _Diary:
        crews, coaching = self._days.together(team.profiles), self._days.of(coach)
        sorts = self._days.together((*team.profiles, coach))
        pairs = {sorts[day]: (crews[day], coaching[day]) for day in self._possible}
        spans: list[dict[int, Spans]] = [{} for _ in self._item.meetings]
        for indices, slots in zip(self._of_kind, self._slots(team), strict=True):
            for i in indices:
                for sort, (crew, workday) in pairs.items():
                    able = self._meetings.with_coach(team.site, crew, workday, i)
                    spans[i][sort] = tuple([able[slot] for slot in slots])
        return _Diary(self._item, self._of_kind, self._slots(team), sorts, spans)

    def _of_week(
        self, site: str, diary: _Diary, week: int, patterns: Sequence[Sequence[int]]
    ) -> list[Column]:
        """Columns that begin in a week; those with the same meetings are one."""
        found: dict[int, Column] = {}
        for offsets in patterns:
            for row in diary.rows([week + offset for offset in offsets], self._least):
                column = self._columns.get((site, row))
                if column is None:
                    column = Column(tuple(map(self._pieces.__getitem__, row)), site)
                    self._columns[site, row] = column
                found[id(column)] = column
        return list(found.values())

    def _slots(self, team: Team) -> list[list[int]]:
        """For each kind of meeting, the slots that make a difference."""
        if team not in self._slots_of:
            row = self._days.together(team.profiles)
            crews = {row[d] for d in self._possible}
            self._slots_of[team] = [
                _different([self._meetings.of_crew(team.site, c, indices[0]) for c in crews])
                for indices in self._of_kind
            ]
        return self._slots_of[team]


class _Pieces(dict[Held, Piece]):
    """The piece of each meeting that is held; one for all columns that have it."""

    def __missing__(self, held: Held) -> Piece:
        piece = self[held] = Piece(*held)
        return piece


class _Diary:
    """Meetings of a team with a coach, week by week.

    ``sorts`` are the sorts of days for all of them; ``spans[i][sort]`` is when meeting i can be
    held, for each slot that makes a difference.
    """

    def __init__(
        self,
        item: Coaching,
        of_kind: Sequence[Sequence[int]],
        slots: Sequence[Sequence[int]],
        sorts: Sequence[int],
        spans: Sequence[Mapping[int, Spans]],
    ) -> None:
        self._item = item
        self._of_kind = of_kind
        self._slots = {
            i: len(usable) for indices, usable in zip(of_kind, slots, strict=True) for i in indices
        }
        self._sorts = sorts
        self._spans = spans
        self._series: dict[tuple[int, int], list[tuple[Held, ...]]] = {}

    def rows(self, first: Sequence[int], least: int) -> Iterator[tuple[Held, ...]]:
        """Meetings held with each choice of slots; not those under the least, or that overlap.

        ``first`` is the day of each meeting in the first week.
        """
        held = []
        for indices in self._of_kind:
            series = [self._weekly(i, first[i]) for i in indices]
            if len(series) == 1:
                held.append(series[0])
            else:
                held.append([tuple(chain.from_iterable(s)) for s in zip(*series, strict=True)])
        if sum(max(map(len, slots), default=0) for slots in held) < least:
            return
        for choice in product(*held):
            if sum(map(len, choice)) >= least:
                row = sorted(chain.from_iterable(choice))
                if not _overlap(row):
                    yield tuple(row)

    def _weekly(self, index: int, first: int) -> list[tuple[Held, ...]]:
        """Weekly meetings from a day on, in each slot: those that are held."""
        key = (index, first)
        if key not in self._series:
            kind = self._item.meetings[index].kind
            # Weeks before or after the calendar hold nothing; a slice must not count from its end.
            end = max(0, min(first + 7 * self._item.weeks, len(self._sorts)))
            begin = first if first >= 0 else first % 7
            spans = self._spans[index]
            rows = [spans[sort] for sort in self._sorts[begin:end:7]]
            days = range(begin * DAY, end * DAY, 7 * DAY)
            self._series[key] = [
                tuple(
                    [
                        (day + span[0], day + span[1], kind)
                        for day, span in zip(days, by_slot, strict=True)
                        if span is not None
                    ]
                )
                for by_slot in (zip(*rows, strict=True) if rows else [()] * self._slots[index])
            ]
        return self._series[key]


def _overlap(row: Sequence[Held]) -> bool:
    """Tell whether some of the meetings, in order of their start, overlap."""
    end = row[0][0]
    for meeting in row:
        if meeting[0] < end:
            return True
        end = meeting[1]
    return False


def _different(spans: Sequence[Spans]) -> list[int]:
    """Slots that hold a meeting on some day, and the first of those that never do.

    Slots that never hold one are all the same: one of them will do.
    """
    able = [any(column) for column in zip(*spans, strict=True)]
    usable = [slot for slot, yes in enumerate(able) if yes]
    return usable + [slot for slot, yes in enumerate(able) if not yes][:1]

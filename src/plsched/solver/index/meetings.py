"""When a team can hold each meeting of a coaching programme, and when a coach can too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from plsched.scenario.directory import Directory
from plsched.scenario.models.coaching import Coaching, CoachingMeeting
from plsched.solver.index.days import Days, Span, Workday
from plsched.timegrid import clock_min

Slot = str | time
"""A period id, or a clock time."""

Spans = tuple[Span | None, ...]
"""For each slot of a kind of meeting, the minutes of the meeting; ``None`` where it cannot be."""


class Meetings:
    """Meetings of one programme on each sort of day, in each slot.

    A *crew* is the number of what a day is for one of each profile of a team.
    """

    def __init__(self, directory: Directory, days: Days, item: Coaching) -> None:
        self._directory = directory
        self._days = days
        self._item = item
        self._first: dict[str, int] = {}
        for index, meeting in enumerate(item.meetings):
            self._first.setdefault(meeting.kind, index)
        self._slots: dict[tuple[str, str], tuple[Slot, ...]] = {}
        self._periods: dict[str, dict[Slot, Span]] = {}
        self._of_crew: dict[tuple[str, int, int], Spans] = {}
        self._with_coach: dict[tuple[str, int, int, int], Spans] = {}

    def of_crew(self, site: str, crew: int, index: int) -> Spans:
        """When a crew of a site can hold a meeting of the programme."""
        key = (site, crew, index)
        found = self._of_crew.get(key)
        if found is None:
            members = [self._days.numbered(w) for w in self._days.crew(crew)]
            found = self._of_crew[key] = self._crew_spans(site, members, index)
        return found

    def with_coach(self, site: str, crew: int, coach: int, index: int) -> Spans:
        """When a coach, too, can hold it: one who neither teaches then nor teaches elsewhere."""
        key = (site, crew, coach, index)
        found = self._with_coach.get(key)
        if found is None:
            day = self._days.numbered(coach)
            bound = bool(day.taught) and day.where.site != site
            found = self._with_coach[key] = tuple(
                [
                    span if span is not None and not bound and self._idle(day, span) else None
                    for span in self.of_crew(site, crew, index)
                ]
            )
        return found

    def _crew_spans(self, site: str, members: Sequence[Workday], index: int) -> Spans:
        meeting = self._item.meetings[index]
        slots = self._slots_of(site, meeting.kind)
        where = members[0].where
        if (
            where.kind not in self._item.day_kinds
            or "coaching" in where.closed
            or any(member.where.site != site for member in members)
        ):
            return (None,) * len(slots)
        periods = {} if where.bell is None else self._periods_of(where.bell)
        return tuple(self._crew_span(members, meeting, slot, periods) for slot in slots)

    def _crew_span(
        self,
        members: Sequence[Workday],
        meeting: CoachingMeeting,
        slot: Slot,
        periods: dict[Slot, Span],
    ) -> Span | None:
        if isinstance(slot, time):
            begin = clock_min(slot)
        else:
            period = periods.get(slot)
            if period is None or period[1] - period[0] < meeting.duration_min:
                return None
            begin = period[0]
        span = (begin, begin + meeting.duration_min)
        if meeting.during == "teaching":
            able = all(
                any(p.period == slot for p in m.taught) and self._paid(m, span) for m in members
            )
        else:
            able = all(self._idle(m, span) for m in members)
        return span if able else None

    def _idle(self, day: Workday, span: Span) -> bool:
        """Tell whether somebody does not teach then, and may be paid."""
        return self._paid(day, span) and not any(p.overlaps(*span) for p in day.taught)

    def _paid(self, day: Workday, span: Span) -> bool:
        if self._item.stipend:
            return True
        hours = day.contract
        return hours is not None and hours[0] <= span[0] and span[1] <= hours[1]

    def _slots_of(self, site: str, kind: str) -> tuple[Slot, ...]:
        """Clock times of the first meeting of a kind, else all periods of the site."""
        key = (site, kind)
        if key not in self._slots:
            starts = self._item.meetings[self._first[kind]].starts
            bells = self._directory.sites[site].bells.values()
            self._slots[key] = starts or tuple(
                dict.fromkeys(slot for bell in bells for slot in self._periods_of(bell))
            )
        return self._slots[key]

    def _periods_of(self, bell: str) -> dict[Slot, Span]:
        if bell not in self._periods:
            found: dict[Slot, Span] = {}
            for p in self._directory.bells[bell].periods:
                found.setdefault(p.id, (p.start_min, p.end_min))
            self._periods[bell] = found
        return self._periods[bell]

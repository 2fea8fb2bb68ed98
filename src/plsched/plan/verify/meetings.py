"""Which meetings a coaching cycle holds, given its first week, pattern and slots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from plsched.plan.facts import Facts
from plsched.plan.standing import Stand
from plsched.scenario.models.base import WEEKDAYS, Weekday
from plsched.scenario.models.coaching import Coaching, CoachingMeeting
from plsched.timegrid import clock_min, to_minute, week_start

Kind = tuple[str, str]
"""Kind of a meeting and where it stands (``during``)."""
Slots = Mapping[Kind, str | int]
"""Slot of each kind of meeting: a period id, or a clock time in minutes."""
Held = tuple[int, int, str]
"""Start, end and kind of a meeting."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A first week and a pattern that would give some meetings."""

    first_week: date
    pattern: tuple[Weekday, ...]
    meetings: frozenset[Held]


def readings(facts: Facts, stand: Stand, source: Coaching) -> Iterator[Reading]:
    """Give every cycle that the programme allows and that could be the one that stands."""
    first = week_start(stand.first_day)
    weeks = [
        w
        for w in source.first_weeks
        if w <= first and stand.last_day < w + timedelta(days=7 * source.weeks)
    ]
    slots = list(_slots(facts, stand, source))
    for week, pattern, slot in product(weeks, source.patterns, slots):
        meetings = frozenset(_meetings(facts, stand, source, (week, pattern), slot))
        yield Reading(week, pattern, meetings)


def standing_meetings(stand: Stand) -> frozenset[Held]:
    """Give the meetings that stand, as readings give theirs."""
    return frozenset((p.start, p.end, str(p.label)) for p in stand.pieces)


def _slots(facts: Facts, stand: Stand, source: Coaching) -> Iterator[Slots]:
    """Give each way to put meetings into slots that agrees with one meeting at least."""
    kinds = list(dict.fromkeys((m.kind, m.during) for m in source.meetings))
    choices = [_candidates(facts, stand, source, kind) for kind in kinds]
    for chosen in product(*choices):
        yield dict(zip(kinds, chosen, strict=True))


def _candidates(facts: Facts, stand: Stand, source: Coaching, kind: Kind) -> list[str | int]:
    pieces = [p for p in stand.pieces if p.label == kind[0]]
    if kind[1] == "clock":
        allowed = {clock_min(t) for m in source.meetings for t in m.starts if m.kind == kind[0]}
        seen = {p.clock for p in pieces} & allowed
        return sorted(seen or allowed)
    if stand.venue is None:
        return []
    found: dict[str | int, None] = {}
    for piece in pieces:
        bell = facts.directory.bell(stand.venue, piece.day)
        for period in bell.periods if bell else ():
            if period.start_min == piece.clock:
                found[period.id] = None
    if found:
        return list(found)
    bells = facts.directory.bells.values()
    return sorted({p.id for bell in bells for p in bell.periods})


def _meetings(
    facts: Facts,
    stand: Stand,
    source: Coaching,
    cycle: tuple[date, tuple[Weekday, ...]],
    slots: Slots,
) -> Iterator[Held]:
    first_week, pattern = cycle
    for week in range(source.weeks):
        for meeting, weekday in zip(source.meetings, pattern, strict=True):
            day = first_week + timedelta(days=7 * week + WEEKDAYS.index(weekday))
            slot = slots[meeting.kind, meeting.during]
            begin = _begin(facts, stand, meeting, day, slot)
            if begin is None or not _open(facts, stand, source, day):
                continue
            start = to_minute(facts.ground.workdays.origin, day, begin)
            held = (start, start + meeting.duration_min, meeting.kind)
            taught = str(slot) if meeting.during == "teaching" else None
            if _members_can(facts, stand, held, taught) and _coach_can(facts, stand, held):
                yield held


def _begin(
    facts: Facts, stand: Stand, meeting: CoachingMeeting, day: date, slot: str | int
) -> int | None:
    """Minute of the day at which a meeting starts; ``None`` where its period is missing."""
    if isinstance(slot, int):
        return slot if slot in {clock_min(t) for t in meeting.starts} else None
    bell = facts.directory.bell(stand.venue, day) if stand.venue else None
    for period in bell.periods if bell else ():
        if period.id == slot and period.end_min - period.start_min >= meeting.duration_min:
            return period.start_min
    return None


def _open(facts: Facts, stand: Stand, source: Coaching, day: date) -> bool:
    """Tell whether a date is one for coaching at the group's site."""
    site = stand.venue
    kind = facts.directory.day_kind(site, day) if site else None
    is_closed = (site, day) in facts.directory.closed_by["coaching"]
    return kind is not None and kind.id in source.day_kinds and not is_closed


def _members_can(facts: Facts, stand: Stand, held: Held, taught: str | None) -> bool:
    """Tell whether all members are there, and teach the period or teach nothing then."""
    for member in stand.participants:
        there = facts.ground.workdays.attendance(member, held[0], held[1], None)
        if there.workday.site != stand.venue or (there.stipend_min and not stand.source.stipend):
            return False
        if taught is None and there.released:
            return False
        if taught is not None and all(p.id != taught for p in there.workday.taught):
            return False
    return True


def _coach_can(facts: Facts, stand: Stand, held: Held) -> bool:
    coach = stand.item.coach
    if coach is None or coach not in facts.directory.educators:
        return True
    there = facts.ground.workdays.attendance(coach, held[0], held[1], None)
    elsewhere = bool(there.workday.taught) and there.workday.site != stand.venue
    outside = there.stipend_min > 0 and not stand.source.stipend
    return not (there.released or elsewhere or outside)

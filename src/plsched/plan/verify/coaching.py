"""Coaching cycles: who coaches whom, when, how much, and what comes first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise

from plsched.plan.comfort import last_session_before
from plsched.plan.facts import Facts
from plsched.plan.standing import Stand
from plsched.plan.verify.caseload import coach_faults
from plsched.plan.verify.meetings import Held, Reading, readings, standing_meetings
from plsched.plan.verify.order import has_finished
from plsched.plan.verify.violation import Violation, names
from plsched.scenario.models.base import WEEKDAYS
from plsched.scenario.models.coaching import Coaching
from plsched.timegrid import days, to_date

Read = Mapping[str, tuple[Reading, ...]]
"""By plan item: the cycles that the programme allows and that give exactly its meetings."""


def check_coaching(facts: Facts) -> Iterator[Violation]:
    """Check coaches, meetings, capacity, caseload, own training, follow-up, order of cycles."""
    read: dict[str, tuple[Reading, ...]] = {}
    for stand in facts.stands:
        source = stand.source
        if not isinstance(source, Coaching):
            if stand.item.coach is not None:
                text = f"{stand.id} has coach {stand.item.coach} and is no coaching cycle"
                yield Violation("coaching", (stand.id,), text)
            continue
        possible = tuple(readings(facts, stand, source))
        meetings = standing_meetings(stand)
        read[stand.id] = tuple(r for r in possible if r.meetings == meetings)
        for text in (
            *_coach(facts, stand, source),
            *_meetings(facts, stand, source, possible, bool(read[stand.id])),
            *_weekdays(facts, stand, read[stand.id]),
            *_follow_up(facts, stand, source),
        ):
            ids = (stand.id, stand.item.coach or source.id)
            yield Violation("coaching", ids, f"{stand.id}: {text}")
    for programme in facts.scenario.coaching:
        yield from _one_after_the_other(facts, programme, read)
    yield from coach_faults(facts, read)


def _coach(facts: Facts, stand: Stand, source: Coaching) -> Iterator[str]:
    coach = facts.directory.coaches.get(stand.item.coach or "")
    if coach is None or coach.educator not in source.coaches:
        yield f"{stand.item.coach or 'nobody'} is no coach of {source.id}"
        return
    if stand.venue is not None and stand.venue not in coach.sites:
        yield f"coach {coach.educator} does not serve {stand.venue}"
    if source.skill is not None and source.skill not in coach.skills:
        yield f"coach {coach.educator} lacks {source.skill}"
    if coach.educator in stand.participants:
        yield f"coach {coach.educator} is one of the coachees"
    for course in source.coach_prerequisites:
        if not has_finished(facts, coach.educator, course, stand.start):
            yield f"coach {coach.educator} has not finished {course} before {stand.first_day}"


def _meetings(
    facts: Facts, stand: Stand, source: Coaching, possible: tuple[Reading, ...], exact: bool
) -> Iterator[str]:
    asked = source.weeks * len(source.meetings)
    least = -(-source.min_meetings_percent * asked // 100)
    if len(stand.pieces) < least:
        yield f"{len(stand.pieces)} of {asked} meetings are held; {least} are needed"
    if exact:
        return
    meetings = standing_meetings(stand)
    closest = min(
        possible,
        key=lambda r: (len(r.meetings ^ meetings), r.first_week, r.pattern),
        default=None,
    )
    if closest is None:
        yield f"no first week of {source.id} gives meetings from {stand.first_day} on"
        return
    cycle = f"a cycle from {closest.first_week} on {'-'.join(closest.pattern)}"
    missing, extra = closest.meetings - meetings, meetings - closest.meetings
    if missing:
        yield f"{cycle} also meets on {_listed(facts, missing)}"
    if extra:
        yield f"{cycle} does not meet on {_listed(facts, extra)}"
    if not missing and not extra:
        yield f"{cycle} holds each meeting once"


def _listed(facts: Facts, meetings: frozenset[Held]) -> str:
    origin = facts.ground.workdays.origin
    return names(
        f"{to_date(origin, start)} {start % 1440 // 60:02d}:{start % 60:02d} ({kind})"
        for start, _, kind in sorted(meetings)
    )


def _weekdays(facts: Facts, stand: Stand, exact: tuple[Reading, ...]) -> Iterator[str]:
    coach = facts.directory.coaches.get(stand.item.coach or "")
    if coach is None:
        return
    patterns = {r.pattern for r in exact} or {
        tuple({WEEKDAYS[p.day.weekday()] for p in stand.pieces})
    }
    if not any(set(pattern) <= set(coach.weekdays) for pattern in patterns):
        yield f"{coach.educator} does not coach on every day of {'-'.join(min(patterns))}"


def _follow_up(facts: Facts, stand: Stand, source: Coaching) -> Iterator[str]:
    last = last_session_before(facts, stand)
    if last is None or stand.venue is None:
        return
    if stand.start < last.end:
        yield f"it starts on {stand.first_day}, before {source.follows} ends on {last.day}"
        return
    for day in sorted(_last_days(facts, stand, source)):
        count = school_days(facts, stand.venue, day, stand.first_day)
        if count > source.follow_up_school_days:
            yield (
                f"it starts on {stand.first_day}, {count} school days after {source.follows} on "
                f"{day}; at most {source.follow_up_school_days}"
            )


def _last_days(facts: Facts, stand: Stand, source: Coaching) -> set[date]:
    people = facts.sections_of.get(source.follows or "", {})
    return {
        max(sessions, key=lambda s: s.end).last_day
        for member in stand.participants
        for sessions in people.get(member, ())
    }


def school_days(facts: Facts, site: str, after: date, until: date) -> int:
    """Days with students at a site after a date, up to and with another."""
    until = min(until, facts.scenario.calendar.last)
    kinds = (facts.directory.day_kind(site, d) for d in days(after + timedelta(days=1), until))
    return sum(1 for kind in kinds if kind is not None and kind.students)


def _one_after_the_other(facts: Facts, source: Coaching, read: Read) -> Iterator[Violation]:
    for group in source.coachees:
        cycles = [s for s in facts.standing(source.id) if s.group == group and s.parts]
        cycles.sort(key=lambda s: s.parts.number if s.parts else 0)
        for before, after in pairwise(cycles):
            ended = min((r.first_week for r in read[before.id]), default=None)
            begins = max((r.first_week for r in read[after.id]), default=None)
            if ended is None or begins is None:
                continue
            if begins < ended + timedelta(days=7 * source.weeks):
                text = (
                    f"{after.id} begins in the week of {begins}, before {before.id} is over "
                    f"({source.weeks} weeks from {ended})"
                )
                yield Violation("coaching", (before.id, after.id), text)

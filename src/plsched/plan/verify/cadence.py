"""How often a series stands: pattern, monthly, or a number of times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from plsched.plan.facts import Facts
from plsched.plan.naming import rhythm_of
from plsched.plan.standing import Stand
from plsched.plan.venues import possible_venues
from plsched.plan.verify.violation import names
from plsched.plan.workdays import clock_text
from plsched.scenario.models.base import WEEKDAYS, weekday_of
from plsched.scenario.models.cadence import Rhythm
from plsched.scenario.models.learning import Engagement, Task
from plsched.timegrid import month_key, week_start

SCHOOL_MONTHS = frozenset({9, 10, 11, 12, 1, 2, 3, 4, 5})


def cadence_faults(
    facts: Facts, source: Engagement | Task, stands: Sequence[Stand]
) -> Iterator[str]:
    """Say what is wrong with the number and rhythm of the occurrences of a series.

    ``stands`` are the plan items of the source, at least one, by start.
    """
    beat = rhythm_of(source)
    match beat.kind:
        case "pattern":
            for stand in stands:
                yield from _pattern(facts, source, beat, stand)
        case "monthly":
            yield from _monthly(facts, source, stands)
            yield from _numbers(stands)
        case "count":
            yield from _count(facts, source, beat, stands)


def _pattern(facts: Facts, source: Engagement | Task, beat: Rhythm, stand: Stand) -> Iterator[str]:
    starts = facts.ground.starts
    people = starts.representatives(stand.participants)
    dates = _pattern_dates(starts.dates(source), beat)
    head = stand.pieces[0]
    found = {(o[0].day, o[0].clock) for o in stand.occurrences}
    expected = {
        (d, head.clock)
        for d in dates
        if d.weekday() == head.day.weekday()
        and starts.for_all(source, people, d, head.clock, stand.venue)
    }
    words = f"{weekday_of(head.day)} {clock_text(head.start)}"
    if expected - found:
        yield f"{words} is possible on {_dates(expected - found)}, where nothing stands"
    if found - expected:
        yield f"{_dates(found - expected)} is not in the pattern {words}"
    best = _best(facts, source, dates, people, len(stand.participants))
    if 2 * len(expected) < best:
        yield f"{words} has {len(expected)} occurrences, under half of the {best} of the best pattern"


def _pattern_dates(dates: Sequence[date], beat: Rhythm) -> tuple[date, ...]:
    """Keep the dates of every so many weeks from the week of the first date."""
    if not dates:
        return ()
    first = week_start(dates[0])
    return tuple(d for d in dates if (week_start(d) - first).days // 7 % beat.every_weeks == 0)


def _best(
    facts: Facts,
    source: Engagement | Task,
    dates: Sequence[date],
    people: Sequence[str],
    headcount: int,
) -> int:
    """Largest number of occurrences of any weekday, clock time and venue."""
    starts = facts.ground.starts
    best = 0
    for venue in possible_venues(facts.directory, source, headcount):
        for clock in starts.clocks(source):
            counts = Counter(
                d.weekday() for d in dates if starts.for_all(source, people, d, clock, venue)
            )
            best = max(best, *counts.values(), 0)
    return best


def _monthly(facts: Facts, source: Engagement | Task, stands: Sequence[Stand]) -> Iterator[str]:
    months = _possible_months(facts, source, stands[0].participants)
    found = Counter(month_key(o[0].day) for stand in stands for o in stand.occurrences)
    for month in sorted(months | set(found)):
        wanted = 1 if month in months else 0
        if found[month] != wanted:
            text = f"{month[0]}-{month[1]:02d}"
            yield f"{found[month]} occurrences in {text} instead of {wanted}"


def _possible_months(
    facts: Facts, source: Engagement | Task, participants: Sequence[str]
) -> set[tuple[int, int]]:
    starts, when = facts.ground.starts, source.when
    people = starts.representatives(participants)
    venues = possible_venues(facts.directory, source, len(participants))
    open_ended = when.first is None and when.last is None and when.terms is None
    months: set[tuple[int, int]] = set()
    for day in starts.dates(source):
        month = month_key(day)
        if month in months or (open_ended and month[1] not in SCHOOL_MONTHS):
            continue
        if any(
            starts.for_all(source, people, day, clock, venue)
            for venue in venues
            for clock in starts.clocks(source)
        ):
            months.add(month)
    return months


def _count(
    facts: Facts, source: Engagement | Task, beat: Rhythm, stands: Sequence[Stand]
) -> Iterator[str]:
    if not beat.per_term:
        count = sum(len(stand.occurrences) for stand in stands)
        if not beat.low <= count <= beat.high:
            yield f"{count} occurrences instead of {_range(beat)}"
        yield from _numbers(stands)
        return
    calendar_terms = tuple(t.id for t in facts.scenario.calendar.terms)
    terms = calendar_terms if source.when.terms is None else source.when.terms
    for term in terms:
        there = [s for s in stands if s.parts is not None and s.parts.term == term]
        if not beat.low <= len(there) <= beat.high:
            yield f"{len(there)} occurrences in {term} instead of {_range(beat)}"
        yield from _numbers(there)
    for stand in stands:
        dated, named = facts.directory.term(stand.first_day), stand.parts and stand.parts.term
        if (dated and dated.id) != named:
            yield f"{stand.id} is on {stand.first_day}, in {dated.id if dated else 'no term'}"


def _numbers(stands: Sequence[Stand]) -> Iterator[str]:
    numbers = [stand.parts.number for stand in stands if stand.parts is not None]
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"numbers in date order are {names(map(str, numbers), 12)} instead of 1 to {len(numbers)}"


def _range(beat: Rhythm) -> str:
    return str(beat.low) if beat.low == beat.high else f"{beat.low} to {beat.high}"


def _dates(pairs: set[tuple[date, int]]) -> str:
    return names([f"{WEEKDAYS[d.weekday()]} {d} {clock_text(c)}" for d, c in sorted(pairs)])

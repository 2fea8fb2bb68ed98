"""The calendar fits together: terms, days, bell schedules."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from plsched.scenario.models.base import ClockRange, DateRange, weekday_of
from plsched.scenario.models.calendar import BellSchedule
from plsched.scenario.rules.book import Book
from plsched.scenario.rules.problem import Problem, error, warning
from plsched.scenario.source import Path
from plsched.timegrid import days


def overlapping_terms(book: Book) -> Iterator[Problem]:
    """Terms share no date."""
    terms = enumerate(book.scenario.calendar.terms)
    for (_, first), (at, second) in combinations(terms, 2):
        shared = _shared_day(first, second)
        if shared is not None:
            yield error(
                "terms-overlap",
                ("calendar", "terms", at, "first"),
                second.id,
                f"the terms {first.id!r} and {second.id!r} overlap, on {shared} for one",
                f"Let {second.id!r} begin after {first.last}, or end before {first.first}.",
            )


def _shared_day(a: DateRange, b: DateRange) -> str | None:
    first, last = max(a.first, b.first), min(a.last, b.last)
    both = set(a.weekdays) & set(b.weekdays)
    return next((f"{day}" for day in days(first, last) if weekday_of(day) in both), None)


def outside_calendar(book: Book) -> Iterator[Problem]:
    """Terms lie in the calendar; rows of days and blackouts at least touch it."""
    calendar = book.scenario.calendar
    year = f"{calendar.first} to {calendar.last}"
    for at, term in enumerate(calendar.terms):
        if term.first < calendar.first or term.last > calendar.last:
            message = f"the term {term.id!r} is not inside of the calendar, {year}"
            remedy = "Move the term's dates, or widen the calendar."
            value = f"{term.first} to {term.last}"
            yield error("outside-calendar", ("calendar", "terms", at), value, message, remedy)
    spans = [
        *((("blackouts", at), row.first, row.last) for at, row in enumerate(calendar.blackouts)),
        *((("days", at), row.first, row.last_date) for at, row in enumerate(calendar.days)),
    ]
    for path, first, last in spans:
        if last < calendar.first or first > calendar.last:
            message = f"the dates are outside of the calendar, {year}"
            place: Path = ("calendar", *path, "first")
            yield warning("outside-calendar", place, first, message, "Look at the year.")


def periods_overlap(book: Book) -> Iterator[Problem]:
    """Periods of a bell schedule follow each other."""
    for path, bell in _bells(book):
        for (_, a), (at, b) in combinations(enumerate(bell.periods), 2):
            if _overlap(a, b):
                message = f"the periods {a.id!r} and {b.id!r} overlap"
                remedy = "Let one end when the other begins, or earlier."
                yield error("periods-overlap", (*path, "periods", at), b.id, message, remedy)


def periods_outside_hours(book: Book) -> Iterator[Problem]:
    """Periods lie in contract hours and leave lunch free."""
    for path, bell in _bells(book):
        for at, period in enumerate(bell.periods):
            place: Path = (*path, "periods", at)
            hours = bell.contract
            if hours is not None and not (hours.start <= period.start and period.end <= hours.end):
                message = (
                    f"the period {period.id!r} is not inside of the contract hours "
                    f"{hours.start:%H:%M} to {hours.end:%H:%M}"
                )
                remedy = "Widen the contract hours, or move the period."
                yield warning("period-outside-contract", place, period.id, message, remedy)
            if bell.lunch is not None and _overlap(bell.lunch, period):
                message = f"the period {period.id!r} overlaps lunch"
                remedy = "Move lunch, or leave it out where people eat at different times."
                yield warning("period-in-lunch", place, period.id, message, remedy)


def missing_bells(book: Book) -> Iterator[Problem]:
    """Sites with teachers have bells for the day kinds on which classes are taught there."""
    teaching = {e.site for e in book.scenario.educators if book.teaches(e)}
    for at, site in enumerate(book.scenario.sites):
        if site.id not in teaching:
            continue
        used = book.student_kinds.intersection(book.kinds[site.id].values())
        for kind in sorted(used - set(site.bells)):
            message = f"{site.id!r} has no bell schedule for the day kind {kind!r}"
            remedy = f"Add {kind} to its bells; without it nobody teaches there on such days."
            yield warning("no-bells", ("sites", at, "bells"), site.id, message, remedy)


def passing_time(book: Book) -> Iterator[Problem]:
    """Between two periods a roving substitute has time to pass."""
    subs = book.scenario.substitutes
    for path, bell in _bells(book) if subs is not None else ():
        least = subs.roving.passing_min if subs is not None else 0
        inside = sorted(enumerate(bell.periods), key=lambda pair: pair[1].start)
        for (_, a), (at, b) in pairwise(inside):
            gap = b.start_min - a.end_min
            if 0 <= gap < least:
                message = (
                    f"{gap} minutes lie between the periods {a.id!r} and {b.id!r}, but "
                    f"substitutes.roving.passing_min is {least}"
                )
                remedy = f"Lower substitutes.roving.passing_min to {gap}, or move the period."
                yield error("no-passing-time", (*path, "periods", at), gap, message, remedy)


def substitute_lunch(book: Book) -> Iterator[Problem]:
    """Substitutes who may cover every period of a day have a lunch all the same."""
    subs = book.scenario.substitutes
    for path, bell in _bells(book) if subs is not None else ():
        roving = subs.roving if subs is not None else None
        if roving is None or not bell.periods or roving.max_periods_per_day < len(bell.periods):
            continue
        lunch = _longest_break(bell)
        if len(bell.periods) > 1 and lunch < roving.lunch_min:
            message = (
                f"a substitute may cover all {len(bell.periods)} periods, and has {lunch} of the "
                f"{roving.lunch_min} minutes of substitutes.roving.lunch_min for lunch"
            )
            remedy = (
                f"Give the schedule a lunch, or set substitutes.roving.max_periods_per_day to "
                f"{len(bell.periods) - 1} or less."
            )
            yield error("no-substitute-lunch", path, bell.id, message, remedy)


def past_not_frozen(book: Book) -> Iterator[Problem]:
    """See that what was before the day on which a plan is replaced is frozen."""
    policy = book.scenario.policy
    today, freeze = policy.as_of, policy.freeze_before
    if today is not None and (freeze is None or freeze < today):
        until = (
            "nothing is frozen" if freeze is None else f"only what starts before {freeze} is frozen"
        )
        message = f"the plan is replaced on {today}, and {until}: days that are over could change"
        remedy = f"Set policy.freeze_before to {today}, or later where notice is due."
        yield warning("past-not-frozen", ("policy", "as_of"), today, message, remedy)


def _longest_break(bell: BellSchedule) -> int:
    """Give the minutes of lunch, or of the longest gap between two periods."""
    lunch = bell.lunch.end_min - bell.lunch.start_min if bell.lunch is not None else 0
    inside = sorted(bell.periods, key=lambda period: period.start)
    return max([lunch, *(b.start_min - a.end_min for a, b in pairwise(inside))])


def _bells(book: Book) -> Iterator[tuple[Path, BellSchedule]]:
    for at, bell in enumerate(book.scenario.calendar.bell_schedules):
        yield ("calendar", "bell_schedules", at), bell


def _overlap(a: ClockRange, b: ClockRange) -> bool:
    return a.start < b.end and b.start < a.end

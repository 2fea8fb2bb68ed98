"""Windows hold a start at which the people of an item can be there.

Rooms, experts, ways and other items are not looked at: a window that is told of holds nothing in any
plan, and one that is not told of may still be too narrow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from itertools import takewhile
from operator import attrgetter
from typing import NamedTuple

from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Engagement, Gathering, Task
from plsched.scenario.models.observation import Observation
from plsched.scenario.rules.book import Book
from plsched.scenario.rules.problem import Problem, warning
from plsched.timegrid import DAY_MIN, clock_min


def no_date(book: Book) -> Iterator[Problem]:
    """Windows hold a date of an allowed kind, at a site of the item's people."""
    for path, item in book.items:
        if isinstance(item, Coaching) or _has_date(book, item):
            continue
        kinds = ", ".join(item.when.day_kinds)
        message = f"the window of {item.id!r} holds no date of the kinds {kinds}: it cannot stand"
        remedy = "Widen its first, last, terms, weekdays or day_kinds."
        yield warning("empty-window", (*path, "when"), kinds, message, remedy)


def no_open_date(book: Book) -> Iterator[Problem]:
    """Observations have a date on which neither sessions nor releases are blacked out there."""
    closed = book.directory.closed_by
    shut = closed["sessions"] | closed["releases"]
    for at, item in enumerate(book.scenario.observations):
        kinds = book.kinds[item.site]
        dates = [d for d in book.dates(item.when) if kinds.get(d) in item.when.day_kinds]
        if dates and all((item.site, day) in shut for day in dates):
            value = f"{dates[0]} to {dates[-1]}"
            message = f"each date of {item.id!r} is blacked out for sessions or releases"
            remedy = "Widen its first, last, weekdays or day_kinds, or shorten the blackout."
            yield warning("empty-window", ("observations", at, "when"), value, message, remedy)


def no_start(book: Book) -> Iterator[Problem]:
    """Windows hold a start that is possible for all participants; for one, in a course."""
    for path, item in book.gatherings:
        obstacle = _nearest(book, item) if book.people(item) else None
        if obstacle is not None and _has_date(book, item):
            value = ", ".join(f"{start:%H:%M}" for start in item.when.starts)
            whom = "anybody" if isinstance(item, Course) else "everybody"
            message = (
                f"the window of {item.id!r} holds no start that is possible for {whom}: "
                f"{obstacle.words}"
            )
            remedy = "Widen its window, or allow 'release' or 'stipend' if that is the reason."
            yield warning("empty-window", (*path, "when"), value, message, remedy)


class Obstacle(NamedTuple):
    """Why a start is not possible; ``personal`` when the calendar allows it."""

    personal: bool
    words: str


def _has_date(book: Book, item: Course | Engagement | Task | Observation) -> bool:
    sites = {site for person in book.people(item) for site in book.sites_of(person)}
    if isinstance(item, Observation):
        sites = {item.site}
    kinds = [book.kinds[site] for site in sites]
    allowed = frozenset(item.when.day_kinds)
    return not sites or any(k.get(day) in allowed for day in book.dates(item.when) for k in kinds)


def _nearest(book: Book, item: Course | Engagement | Task) -> Obstacle | None:
    """Give an obstacle if each start has one: where the calendar allows it, if it does anywhere."""
    length = 1 if isinstance(item, Course) else item.days
    people = book.alike(book.people(item))
    told: list[Obstacle] = []
    for day in book.dates(item.when):
        dates = [day + timedelta(days=k) for k in range(length)]
        if not all(book.allows(item.when, d) for d in dates[1:]):
            told.append(Obstacle(False, f"the {length} days from {day} on do not all lie in it"))
            continue
        for start in item.when.starts:
            found = _obstacle(book, item, people, dates, start)
            if found is None:
                return None
            told.append(found)
    return max(told, key=attrgetter("personal"), default=None)


def _obstacle(
    book: Book,
    item: Course | Engagement | Task,
    people: Sequence[str],
    dates: Sequence[date],
    start: time,
) -> Obstacle | None:
    """Give an obstacle to a start: one participant's, or of an audience if everybody has one."""
    if clock_min(start) + item.duration_min > DAY_MIN:
        return Obstacle(False, f"from {start:%H:%M} it goes past midnight")
    each = (_of_person(book, item, person, dates, start) for person in people)
    if not isinstance(item, Course):
        return next(filter(None, each), None)
    told = list(takewhile(bool, each))
    return max(told, key=attrgetter("personal")) if len(told) == len(people) else None


def _of_person(
    book: Book, item: Gathering, person: str, dates: Sequence[date], start: time
) -> Obstacle | None:
    directory = book.directory
    for day in dates:
        site = directory.site_of(person, day)
        if book.kinds[site].get(day) not in item.when.day_kinds:
            return Obstacle(False, f"{day} is of another kind at {site!r}, where {person!r} is")
        if (site, day) in directory.closed_by["sessions"]:
            return Obstacle(False, f"{day} is blacked out at {site!r}, where {person!r} is")
        reason = _reason(book, item, person, day, start)
        if reason is not None:
            return Obstacle(True, f"on {day} at {start:%H:%M}, {person!r} {reason}")
    return None


def _reason(book: Book, item: Gathering, person: str, day: date, start: time) -> str | None:
    """Say why someone cannot be there on a day that the calendar allows."""
    directory = book.directory
    begin, end = clock_min(start), clock_min(start) + item.duration_min
    if any(p.start_min < end and begin < p.end_min for p in directory.taught(person, day)):
        site = directory.site_of(person, day)
        if not item.release:
            return "teaches, and the item has no release"
        if site not in directory.pools:
            return f"teaches, and {site!r} has no pool of substitutes"
        if (site, day) in directory.closed_by["releases"]:
            return f"teaches, and releases are blacked out at {site!r}"
    hours = directory.contract_hours(person, day)
    inside = hours is not None and hours.start_min <= begin and end <= hours.end_min
    return (
        None if inside or item.stipend else "is outside contract hours, and the item has no stipend"
    )

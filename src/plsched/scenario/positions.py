"""Parts of a full-time position: a full week, what is taught in it, what is coached in it."""

from __future__ import annotations

from collections.abc import Iterator

from plsched.scenario.directory import Directory
from plsched.scenario.models.base import WORKDAYS
from plsched.scenario.models.calendar import BellSchedule
from plsched.scenario.models.people import Coach, Educator


def full_week_min(directory: Directory, person: Educator) -> int | None:
    """Minutes of a full-time week: contract hours of a day with students at home, five times.

    Of several kinds of such days the longest counts; ``None`` where none has contract hours.
    """
    hours = [
        bell.contract.end_min - bell.contract.start_min
        for _, bell in _school_days(directory, person)
        if bell.contract is not None
    ]
    return len(WORKDAYS) * max(hours) if hours else None


def weekly_taught_min(directory: Directory, person: Educator) -> int:
    """Minutes that an educator teaches in a week of their fullest kind of day."""
    taught = [0]
    for kind, bell in _school_days(directory, person):
        names = person.teaches_on.get(kind, person.teaches)
        taught.append(sum(p.end_min - p.start_min for p in bell.periods if p.id in names))
    days = len(set(WORKDAYS) - set(person.off_weekdays))
    return days * max(taught)


def coaching_percent(directory: Directory, coach: Coach) -> int:
    """Percent of a full-time position that somebody coaches, at most all that they hold."""
    person = directory.educators[coach.educator]
    week = full_week_min(directory, person)
    if week is None:
        return person.fte_percent
    return min(person.fte_percent, 100 * coach.weekly_contract_min // week)


def _school_days(directory: Directory, person: Educator) -> Iterator[tuple[str, BellSchedule]]:
    """Kinds of days with students, and the bell schedule of each at the person's home site."""
    for kind, bell in sorted(directory.sites[person.site].bells.items()):
        if directory.day_kinds[kind].students:
            yield kind, directory.bells[bell]

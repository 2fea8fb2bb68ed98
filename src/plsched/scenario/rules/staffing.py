"""People's parts of a full-time position add up: roles, days off, coaching, rows of one person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from plsched.scenario.models.base import WORKDAYS
from plsched.scenario.models.people import Educator
from plsched.scenario.positions import full_week_min, weekly_taught_min
from plsched.scenario.rules.book import Book
from plsched.scenario.rules.problem import Problem, warning
from plsched.scenario.source import Path

SHOWN = 6


def days_off_of_full_time(book: Book) -> Iterator[Problem]:
    """Nobody who is off on weekdays holds more of a position than the days left; told at once."""
    over = [
        (at, person)
        for at, person in enumerate(book.scenario.educators)
        if person.fte_percent > _left_percent(person)
    ]
    if not over:
        return
    shown = ", ".join(
        f"{e.id!r} ({e.fte_percent} %, at most {_left_percent(e)})" for _, e in over[:SHOWN]
    )
    more = f" and {len(over) - SHOWN} more" if len(over) > SHOWN else ""
    message = (
        f"{len(over)} educator(s) hold more of a position than the weekdays leave on which they "
        f"work: {shown}{more}"
    )
    at, first = over[0]
    remedy = "Write their fte_percent, or take days out of off_weekdays."
    path: Path = ("educators", at, "fte_percent")
    yield warning("fte-and-days", path, first.fte_percent, message, remedy)


def coaching_on_top_of_full_time(book: Book) -> Iterator[Problem]:
    """Coaching and teaching of a coach fit into their part of a position."""
    for at, coach in enumerate(book.scenario.coaches):
        person = book.directory.educators[coach.educator]
        week = full_week_min(book.directory, person)
        if week is None:
            continue
        part = week * person.fte_percent // 100
        taught = weekly_taught_min(book.directory, person)
        if coach.weekly_contract_min + taught > part:
            path: Path = ("coaches", at, "weekly_contract_min")
            teaching = f" and teaches {taught} min" if taught else ""
            message = (
                f"{person.id!r} coaches {coach.weekly_contract_min} min a week{teaching}, more "
                f"than {person.fte_percent} % of a full-time week of {week} min"
            )
            remedy = (
                f"Write weekly_contract_min: {max(0, part - taught)} or less, or raise fte_percent."
            )
            value = coach.weekly_contract_min
            yield warning("coach-over-full-time", path, value, message, remedy)


def one_person_in_two_rows(book: Book) -> Iterator[Problem]:
    """No person, known by their e-mail address, has two rows: both could be booked at once."""
    rows: dict[str, list[tuple[int, Educator]]] = defaultdict(list)
    for at, person in enumerate(book.scenario.educators):
        if person.email is not None:
            rows[person.email.casefold()].append((at, person))
    for same in rows.values():
        if len(same) == 1:
            continue
        at, last = same[-1]
        together = sum(person.fte_percent for _, person in same)
        listed = ", ".join(repr(person.id) for _, person in same)
        over = f" and hold {together} % of a position" if together > 100 else ""
        message = f"{listed} have the same e-mail address{over}; both could be booked at once"
        remedy = (
            "Keep one row for each person; a teacher who also coaches is a row in 'educators' "
            "and one in 'coaches'."
        )
        yield warning("same-person", ("educators", at, "email"), last.email, message, remedy)


def _left_percent(person: Educator) -> int:
    days = len(set(WORKDAYS) - set(person.off_weekdays))
    return 100 * days // len(WORKDAYS)

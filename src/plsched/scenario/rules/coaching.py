"""Coaching cycles agree with themselves and can reach their floors."""

from __future__ import annotations

from collections.abc import Iterator

from plsched.scenario.models.coaching import Coaching
from plsched.scenario.rules.book import Book
from plsched.scenario.rules.problem import Problem, error, warning
from plsched.scenario.source import Path


def one_slot_for_a_kind(book: Book) -> Iterator[Problem]:
    """Meetings of the same kind stand in the same slot, so they say the same of it."""
    for at, item in enumerate(book.scenario.coaching):
        said: dict[str, tuple[str, object]] = {}
        for number, meeting in enumerate(item.meetings):
            slot = (meeting.during, meeting.starts)
            if said.setdefault(meeting.kind, slot) != slot:
                message = (
                    f"two meetings of the kind {meeting.kind!r} differ in 'during' or 'starts'; "
                    "all of a kind stand in the same slot"
                )
                path: Path = ("coaching", at, "meetings", number)
                remedy = "Give both the same 'during' and 'starts'."
                yield error("meetings-disagree", path, meeting.during, message, remedy)


def floor_out_of_reach(book: Book) -> Iterator[Problem]:
    """Floors of minutes and terms can be met by the cycles that a group has."""
    for at, item in enumerate(book.scenario.coaching):
        a_week = sum(meeting.duration_min for meeting in item.meetings)
        most = item.cycles_per_group * item.weeks * a_week
        if item.floor_min is not None and item.floor_min > most:
            message = f"{item.cycles_per_group} cycle(s) have at most {most} minutes of meetings"
            remedy = f"Lower the floor to {most} or less, or add cycles or weeks."
            path: Path = ("coaching", at, "floor_min")
            yield error("floor", path, item.floor_min, message, remedy)
        if item.floor_min is None:
            continue
        terms = _terms(book, item)
        reachable = min(item.cycles_per_group, len(terms))
        if item.floor_terms > reachable:
            message = (
                f"{item.cycles_per_group} cycle(s) a group with first weeks in {len(terms)} "
                f"term(s) start in at most {reachable} term(s)"
            )
            remedy = "Lower floor_terms, or add cycles or first weeks."
            path = ("coaching", at, "floor_terms")
            yield error("floor", path, item.floor_terms, message, remedy)


def _terms(book: Book, item: Coaching) -> set[str]:
    found = (book.directory.term(week) for week in item.first_weeks)
    return {term.id for term in found if term is not None}


def first_weeks_outside(book: Book) -> Iterator[Problem]:
    """First weeks lie in the calendar."""
    calendar = book.scenario.calendar
    for at, item in enumerate(book.scenario.coaching):
        for number, week in enumerate(item.first_weeks):
            if not calendar.first <= week <= calendar.last:
                message = f"the first week {week} is outside of the calendar"
                path: Path = ("coaching", at, "first_weeks", number)
                yield warning("outside-calendar", path, week, message, "Look at the year.")


def nobody_coaches_there(book: Book) -> Iterator[Problem]:
    """For each group there is a coach who serves its site and has the skill."""
    for at, item in enumerate(book.scenario.coaching):
        coaches = [book.directory.coaches[name] for name in item.coaches]
        able = [c for c in coaches if item.skill is None or item.skill in c.skills]
        for number, group in enumerate(item.coachees):
            members = book.directory.members[group]
            sites = {book.directory.educators[person].site for person in members}
            if len(sites) == 1 and not any(
                sites <= set(coach.sites) and coach.educator not in members for coach in able
            ):
                site = next(iter(sites))
                skill = "" if item.skill is None else f" with the skill {item.skill!r}"
                message = f"no coach{skill} serves {site!r}, where the group {group!r} is"
                path: Path = ("coaching", at, "coachees", number)
                remedy = "Add a coach who serves the site."
                yield warning("no-coach", path, group, message, remedy)

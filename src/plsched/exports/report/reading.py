"""Small things that several sections read off a plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from plsched.plan.standing import Stand
from plsched.plan.work import visit_minutes
from plsched.scenario.directory import Directory
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Engagement, Task
from plsched.scenario.models.observation import Observation


def dates_of(stands: Iterable[Stand]) -> tuple[date, ...]:
    """Give the date of every occurrence in order; the parts of an observation day are one."""
    return tuple(
        sorted(
            day
            for stand in stands
            for day in (
                [stand.first_day]
                if isinstance(stand.source, Observation)
                else [piece.day for piece in stand.pieces]
            )
        )
    )


def person_min(stand: Stand) -> int:
    """Give the minutes of learning of everybody who takes part, without the way."""
    if isinstance(stand.source, Observation):
        each = visit_minutes(stand.source)
        each += sum(p.minutes for p in stand.pieces if p.label != "visits")
    else:
        each = sum(piece.minutes for piece in stand.pieces)
    return each * len(stand.participants)


def kind_words(stand: Stand) -> str:
    """Name what kind of thing stands."""
    match stand.source:
        case Course():
            return "Course"
        case Engagement():
            return "Engagement"
        case Task(kind=kind):
            return f"{kind.capitalize()} task"
        case Observation():
            return "Observation days"
        case Coaching():
            return "Coaching cycles"


def pathway_name(directory: Directory, pathway: str | None) -> str:
    """Name a pathway, or say that there is none."""
    return "No pathway" if pathway is None else directory.pathways[pathway].name


def group_name(directory: Directory, unit: str) -> str:
    """Name a group, or a part of one that is divided into units."""
    group, _, part = unit.partition("#")
    name = directory.groups[group].name if group in directory.groups else group
    return f"{name}, part {part}" if part else name


def place(directory: Directory, facility: str | None, site: str | None) -> str:
    """Say where something is held."""
    if facility is not None:
        room = directory.facilities[facility]
        return f"{room.name}, {directory.sites[room.site].name}"
    return "own site or online" if site is None else directory.sites[site].name

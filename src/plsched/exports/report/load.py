"""The load on people, week by week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date

from plsched.exports.report.wording import day, hours, plural
from plsched.exports.report.year import Block, blocks, weeks_of
from plsched.plan.comfort import minutes_on_top
from plsched.plan.facts import Facts
from plsched.scenario.directory import Directory
from plsched.timegrid import week_start

Minutes = Mapping[tuple[str, date], int]
Weeks = Set[tuple[str, date]]


@dataclass(frozen=True, slots=True)
class Cell:
    """The busiest member's minutes in a week; ``level`` is 0 (none) to 4, 5 if anybody's is heavy."""

    minutes: int
    level: int


@dataclass(frozen=True, slots=True)
class GroupLoad:
    """The weeks of a group."""

    name: str
    members: int
    cells: tuple[Cell, ...]
    heavy_weeks: int
    year_min: int
    """minutes in the year, of the member with most"""


@dataclass(frozen=True, slots=True)
class Load:
    """Load per week and group."""

    finding: str
    soft_min: int
    blocks: tuple[Block, ...]
    groups: tuple[GroupLoad, ...]


def load(facts: Facts) -> Load:
    """Add up everybody's minutes, week by week."""
    soft = facts.scenario.policy.comfort.soft_week_min
    minutes = _minutes_per_week(facts)
    heavy = frozenset(key for key, on_top in minutes_on_top(facts).items() if on_top > soft)
    weeks = weeks_of(week for _, week in minutes)
    groups = tuple(
        found
        for name, members in _groups(facts.directory)
        if (found := _group_load(name, members, weeks, minutes, heavy)).year_min
    )
    return Load(
        finding=_finding(facts.directory, minutes, heavy, soft),
        soft_min=soft,
        blocks=blocks(weeks),
        groups=groups,
    )


def _minutes_per_week(facts: Facts) -> Minutes:
    found: Counter[tuple[str, date]] = Counter()
    for (educator, when), taken in facts.load.all.items():
        found[educator, week_start(when)] += taken.minutes
    return found


def _groups(directory: Directory) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give the groups that are somebody's smallest, so that nobody hides behind a larger one.

    A group of one counts only for those who are in no other.
    """
    own: dict[str, str] = {}
    for group, members in directory.members.items():
        for person in members:
            if person not in own or _size(directory, group) < _size(directory, own[person]):
                own[person] = group
    shown = set(own.values())
    for group, members in directory.members.items():
        if group in shown:
            yield directory.groups[group].name, members
    alone = tuple(person for person in directory.educators if person not in own)
    if alone:
        yield "In no group", alone


def _size(directory: Directory, group: str) -> tuple[bool, int]:
    members = len(directory.members[group])
    return members == 1, members


def _group_load(
    name: str,
    members: tuple[str, ...],
    weeks: tuple[date, ...],
    minutes: Minutes,
    heavy: Weeks,
) -> GroupLoad:
    most = [max(minutes.get((m, w), 0) for m in members) for w in weeks]
    too_much = [any((m, w) in heavy for m in members) for w in weeks]
    return GroupLoad(
        name=name,
        members=len(members),
        cells=tuple(map(_cell, most, too_much)),
        heavy_weeks=sum(too_much),
        year_min=max(sum(minutes.get((m, w), 0) for w in weeks) for m in members),
    )


def _cell(minutes: int, heavy: bool) -> Cell:
    if heavy:
        return Cell(minutes, 5)
    return Cell(minutes, min(4, -(-minutes // _SHADE_MIN)))


def _finding(directory: Directory, minutes: Minutes, heavy: Weeks, soft: int) -> str:
    if not minutes:
        return "Nobody has a session."
    people = len({person for person, _ in minutes})
    (person, week), most = max(minutes.items(), key=lambda entry: (entry[1], entry[0]))
    with_heavy = len({person for person, _ in heavy})
    words = (
        f"The fullest week of anybody has {hours(most)} h "
        f"({directory.educators[person].name}, week of {day(week)}). "
    )
    if not heavy:
        return (
            f"{words}Of days with classes and off contract alone, no week of "
            f"{plural(people, 'educator')} has over {hours(soft)} h."
        )
    return (
        f"{words}{plural(with_heavy, 'educator')} of {people:,} "
        f"{'has' if with_heavy == 1 else 'have'} a week of over {hours(soft)} h on top of teaching, "
        f"{plural(len(heavy), 'such week')} in all."
    )


_SHADE_MIN = 90
"""Minutes of a week for each step of the shading."""

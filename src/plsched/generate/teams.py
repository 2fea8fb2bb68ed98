"""How the classroom staff of a school divides into teams, and when each of them plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from plsched.generate import shares
from plsched.generate.shares import SchoolLevel
from plsched.money import split

_SEVEN = tuple(f"p{k}" for k in range(1, 8))
_EIGHT = tuple(f"p{k}" for k in range(1, 9))

_ELEMENTARY = {
    "k": ("primary", 13),
    "1": ("primary", 13),
    "2": ("primary", 13),
    "3": ("intermediate", 13),
    "4": ("intermediate", 13),
    "5": ("intermediate", 13),
    "specials": ("support", 11),
    "services": ("support", 11),
}
_MIDDLE = {
    "english": ("humanities", 17),
    "social-studies": ("humanities", 15),
    "languages-arts": ("humanities", 12),
    "mathematics": ("stem", 16),
    "science": ("stem", 15),
    "wellness": ("stem", 9),
    "services": ("support", 16),
}
_HIGH = {
    "english": ("humanities", 15),
    "social-studies": ("humanities", 13),
    "languages": ("humanities", 11),
    "arts": ("humanities", 9),
    "mathematics": ("stem", 15),
    "science": ("stem", 14),
    "wellness": ("stem", 9),
    "services": ("support", 14),
}
_DIVISIONS = {"elementary": _ELEMENTARY, "middle": _MIDDLE, "high": _HIGH}


@dataclass(frozen=True, slots=True)
class Plan:
    """A team to be hired; ``planning`` are the periods that all of it have free."""

    grade: str
    band: str
    role: str
    members: int
    periods: tuple[str, ...] = ()
    planning: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    """Periods of which each member has one free besides, in turn."""

    def teaches(self, number: int) -> tuple[str, ...]:
        """Periods that a member teaches."""
        own = {self.own[number % len(self.own)]} if self.own else set()
        free = own.union(self.planning)
        return tuple(period for period in self.periods if period not in free)


def plan_teams(level: SchoolLevel, classroom: int) -> Iterator[Plan]:
    """Divide classroom staff over grades or departments, and those over teams."""
    division = _DIVISIONS[level]
    parts = split(classroom, [weight for _, weight in division.values()])
    number = 0
    for (grade, (band, _)), people in zip(division.items(), parts, strict=True):
        role = "specialist" if band == "support" else "teacher"
        teams = -(-people // shares.TEAM_SIZE)
        for at, members in enumerate(split(people, [1] * teams) if teams else ()):
            name = f"{grade}-{'abcdefghij'[at]}" if teams > 1 else grade
            yield _timed(level, number, Plan(name, band, role, members))
            number += 1


def _timed(level: SchoolLevel, number: int, plan: Plan) -> Plan:
    """Give a team its planning periods, in turn."""
    planning: tuple[str, ...] = (_SEVEN[number % 7],)
    periods: tuple[str, ...] = _SEVEN
    own: tuple[str, ...] = ()
    if level == "middle":
        periods, planning, own = _EIGHT, (_EIGHT[1 + number % 6],), ("p1", "p8")
    elif level == "high":
        periods, planning = _EIGHT, (_EIGHT[number % 4], _EIGHT[4 + (number + 1) % 4])
    return replace(plan, periods=periods, planning=planning, own=own)

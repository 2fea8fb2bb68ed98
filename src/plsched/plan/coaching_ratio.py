"""Teachers for each full-time coach, over all and at each site."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction

from plsched.scenario.directory import Directory
from plsched.scenario.models.people import Educator
from plsched.scenario.positions import coaching_percent


@dataclass(frozen=True, slots=True)
class Ratio:
    """Teachers, and the positions of those who coach them.

    ``site`` is ``None`` for all; ``positions`` is in full-time coaches: 1/3 is a third of one.
    """

    site: str | None
    teachers: int
    coaches: int
    positions: Fraction
    most: int

    @property
    def teachers_per_coach(self) -> Fraction | None:
        """Teachers for one full-time coach; ``None`` where nobody coaches."""
        return self.teachers / self.positions if self.positions else None

    @property
    def is_short(self) -> bool:
        """Whether a full-time coach has more teachers than the yardstick allows."""
        each = self.teachers_per_coach
        return bool(self.teachers) and (each is None or each > self.most)


@dataclass(frozen=True, slots=True)
class CoachingRatio:
    """The ratio over all, and at each site that has teachers."""

    whole: Ratio
    sites: tuple[Ratio, ...]


def coaching_ratio(directory: Directory) -> CoachingRatio:
    """Set teachers against coaches.

    A coach counts by the part of a position that is for coaching, and in equal parts at the sites
    that they serve. Who coaches is no teacher here, whatever they teach.
    """
    scenario = directory.scenario
    most = scenario.yardsticks.teachers_per_coach
    teachers = Counter(
        e.site for e in scenario.educators if _teaches(e) and e.id not in directory.coaches
    )
    here: dict[str, list[Fraction]] = defaultdict(list)
    for coach in scenario.coaches:
        part = Fraction(coaching_percent(directory, coach), 100 * len(coach.sites))
        for site in coach.sites:
            here[site].append(part)
    everything = sum((part for parts in here.values() for part in parts), Fraction(0))
    return CoachingRatio(
        whole=Ratio(None, teachers.total(), len(scenario.coaches), everything, most),
        sites=tuple(
            Ratio(s.id, teachers[s.id], len(here[s.id]), sum(here[s.id], Fraction(0)), most)
            for s in scenario.sites
            if teachers[s.id]
        ),
    )


def _teaches(person: Educator) -> bool:
    return bool(person.teaches or any(person.teaches_on.values()))

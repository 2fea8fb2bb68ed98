"""Who takes part: participants, units of courses, observers and hosts, whole audiences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from plsched.scenario.directory import AnyItem, Directory
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Engagement, Task
from plsched.scenario.models.observation import Observation


class Audience:
    """Lookups of people that follow from the scenario alone."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory
        self._units: dict[str, Mapping[str, tuple[str, ...]]] = {}
        self._participants: dict[str, tuple[str, ...]] = {}
        self._home: dict[str, str | None] = {}

    def units(self, course: Course) -> Mapping[str, tuple[str, ...]]:
        """Educators of each unit of a course; nobody is in two units."""
        if course.id not in self._units:
            found: dict[str, tuple[str, ...]] = {}
            seen: set[str] = set()
            for group in course.audience:
                fresh = tuple(e for e in self.group(group) if e not in seen)
                seen.update(fresh)
                found.update(_cut(group, fresh, course.section_size))
            self._units[course.id] = found
        return self._units[course.id]

    def group(self, group: str) -> tuple[str, ...]:
        """Members of a group; nobody when the group is not known."""
        return self.directory.members.get(group, ())

    def participants(self, source: Engagement | Task) -> tuple[str, ...]:
        """Members of the groups and single educators, each once."""
        if source.id not in self._participants:
            listed = [e for g in source.groups for e in self.group(g)]
            self._participants[source.id] = self._known([*listed, *source.educators])
        return self._participants[source.id]

    def _of_groups(self, groups: Iterable[str]) -> tuple[str, ...]:
        return self._known([e for g in groups for e in self.group(g)])

    def taking_part(self, listed: Iterable[str], site: str, day: date) -> tuple[str, ...]:
        """Those who work at a site on a day, out of the members of some groups."""
        return tuple(
            e
            for e in self._of_groups(listed)
            if self.directory.site_of(e, day) == site
            and self.directory.contract_hours(e, day) is not None
        )

    def observing(self, source: Observation, day: date) -> tuple[str, ...]:
        """Observers who take part on a day: at the site, and of other sites where that is meant."""
        here = self.taking_part(source.observers, source.site, day)
        if not source.from_other_sites:
            return here
        return tuple(
            e
            for e in self._of_groups(source.observers)
            if e in here or self._could_come(e, source, day)
        )

    def _could_come(self, educator: str, source: Observation, day: date) -> bool:
        """Tell whether somebody works elsewhere that day, on a day kind of the observation."""
        site = self.directory.site_of(educator, day)
        kind = self.directory.day_kind(site, day)
        return (
            site != source.site
            and kind is not None
            and kind.id in source.when.day_kinds
            and self.directory.contract_hours(educator, day) is not None
        )

    def whole(self, source: AnyItem) -> tuple[str, ...]:
        """Everybody whom an item of the scenario is for; hosts are not."""
        match source:
            case Course():
                return tuple(e for unit in self.units(source).values() for e in unit)
            case Engagement() | Task():
                return self.participants(source)
            case Observation():
                return self._of_groups(source.observers)
            case Coaching():
                return self._known(e for g in source.coachees for e in self.group(g))

    def home_site(self, source: AnyItem) -> str | None:
        """Home site of the whole audience, if everybody has the same."""
        if source.id not in self._home:
            sites = {self.directory.educators[e].site for e in self.whole(source)}
            self._home[source.id] = sites.pop() if len(sites) == 1 else None
        return self._home[source.id]

    def _known(self, listed: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(e for e in listed if e in self.directory.educators))


def _cut(group: str, people: tuple[str, ...], size: int) -> dict[str, tuple[str, ...]]:
    """Cut a group into parts that differ by at most one, the larger first."""
    if not people:
        return {}
    parts = -(-len(people) // size)
    if parts == 1:
        return {group: people}
    small, larger = divmod(len(people), parts)
    found, begin = {}, 0
    for k in range(parts):
        end = begin + small + (1 if k < larger else 0)
        found[f"{group}#{k + 1}"] = people[begin:end]
        begin = end
    return found

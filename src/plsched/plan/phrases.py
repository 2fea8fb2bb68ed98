"""A plan's items in the words of its scenario: when, where, who leads, who comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from plsched.plan.models import Plan, PlanItem, Shift
from plsched.plan.standing import wall_clock
from plsched.scenario.directory import Directory
from plsched.scenario.models import Scenario

_SHOWN = 8

Named = dict[str, frozenset[str]]
"""Things said of an item, each with the educators whom it is about."""


class Phrases:
    """Tells of the items of a plan with the names of its scenario; ids it lacks stand as they are."""

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        self.plan = plan
        self.items = {item.id: item for item in plan.items}
        self._known = Directory(scenario)
        self._zone = scenario.zone

    def who(self, educators: Iterable[str]) -> str:
        """Name educators, the first few of many."""
        known = self._known.educators
        return few([known[e].name if e in known else e for e in educators], ", ")

    def where(self, item: PlanItem) -> str:
        """Say where an item stands; empty where it stands nowhere."""
        known, said = self._known, []
        facility = known.facilities.get(item.facility or "")
        licence = known.licences.get(item.licence or "")
        if facility is not None:
            said.append(f"{facility.name}, {self.site(facility.site)}")
        elif item.site is not None:
            said.append(self.site(item.site))
        if licence is not None:
            said.append(f"online: {licence.name}")
        return "; ".join(said)

    def site(self, site: str) -> str:
        """Name a site."""
        return self._known.sites[site].name if site in self._known.sites else site

    def leaders(self, item: PlanItem) -> str:
        """Name the experts and the coach of an item; empty where there are none."""
        known = self._known.experts
        experts = [known[x].name if x in known else x for x in item.experts]
        coach = [] if item.coach is None else [f"coach {self.who([item.coach])}"]
        return ", ".join([*experts, *coach])

    def times(self, item: PlanItem) -> list[str]:
        """Say when each occurrence of an item is."""
        said = []
        for occurrence in sorted(item.occurrences, key=lambda o: (o.start, o.end)):
            start, end = (wall_clock(m, self._zone) for m in (occurrence.start, occurrence.end))
            said.append(f"{day_name(start.date())}, {start:%H:%M} to {end:%H:%M}")
        return said

    def first_day(self, item: PlanItem) -> date:
        """Give the date of the first occurrence."""
        return min(wall_clock(o.start, self._zone) for o in item.occurrences).date()

    def visits(self, item: PlanItem) -> Named:
        """Say who visits whom, and when."""
        return {
            f"{self._moment(visit.start)}: {self.who(visit.observers)} at {self.who([visit.host])}": (
                frozenset((*visit.observers, visit.host))
            )
            for visit in item.visits
        }

    def releases(self, item: PlanItem) -> Named:
        """Say who leaves which classes."""
        return {
            f"{self.who([release.educator])} from {', '.join(release.periods)} "
            f"on {day_name(release.date)}": frozenset((release.educator,))
            for release in item.releases
        }

    def hires(self) -> Counter[tuple[date, str, str, Shift]]:
        """Count the substitutes by date, site, pool and shift."""
        return Counter((sub.date, sub.site, sub.pool, sub.shift) for sub in self.plan.substitutes)

    def _moment(self, moment: datetime) -> str:
        shown = wall_clock(moment, self._zone)
        return f"{day_name(shown.date())}, {shown:%H:%M}"


def day_name(day: date) -> str:
    """Write a date as people say it: ``Tue 3 Aug 2027``."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def few(said: Sequence[str], between: str = "; ") -> str:
    """List things, the first few of many."""
    more = len(said) - _SHOWN
    return f"{between.join(said[:_SHOWN])}{f' and {more} more' if more > 0 else ''}"


def count(number: int, one: str, many: str | None = None) -> str:
    """Count things: ``1 educator``, ``2 educators``."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"

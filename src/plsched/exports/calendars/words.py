"""What an event says, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from plsched.plan.models import PlanItem, Visit
from plsched.scenario.directory import Directory
from plsched.scenario.models.learning import Course, Engagement, Gathering
from plsched.scenario.models.observation import Observation

_LABELS = {"visit": "class visit"}
_NAMES_SHOWN = 8


class Words:
    """Words for the items of a plan, with the names of the scenario it was made for."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    def summary(self, item: PlanItem, label: str | None) -> str:
        """Give the title, and which part of the item it is."""
        source = self._directory.items[item.source]
        part = f": {_LABELS.get(label, label)}" if label else ""
        if isinstance(source, Course) and source.sessions > 1 and item.session is not None:
            part += f" ({item.session} of {source.sessions})"
        if item.kind == "cycle":
            part += f" ({', '.join(self._groups(item))})"
        return f"{item.title}{part}"

    def location(self, item: PlanItem, label: str | None) -> str | None:
        """Say where it is: facility and site, or the licence of a virtual session."""
        known = self._directory
        place = None
        if item.facility is not None and label not in {"visits", "visit"}:
            facility = known.facilities[item.facility]
            place = f"{facility.name}, {known.sites[facility.site].name}"
        elif item.site is not None:
            place = known.sites[item.site].name
        online = None if item.licence is None else known.licences[item.licence].name
        if place is not None and online is not None:
            return f"{place}; online: {online}"
        return place or online

    def description(self, item: PlanItem) -> str:
        """Say what it is, which goal it serves, who leads it, who comes and what to bring."""
        source = self._directory.items[item.source]
        said = [source.description] if source.description else []
        if item.serves:
            said.append(f"Goal served: {'; '.join(self._goals[s] for s in item.serves)}")
        said += self._leaders(item)
        if isinstance(source, Observation):
            said += self._walk(source)
        else:
            said += self._learners(item)
        if isinstance(source, Gathering):
            said += _work(source)
        return "\n".join(said)

    def visit(self, visit: Visit) -> str:
        """Say who visits whom, and when."""
        clock = f"{visit.start.astimezone(self._directory.scenario.zone):%H:%M}"
        visitors = ", ".join(self.person(o) for o in visit.observers)
        return f"{clock}, period {visit.period}: to {self.person(visit.host)} come {visitors}."

    def person(self, educator: str) -> str:
        """Name an educator."""
        return self._directory.educators[educator].name

    def _leaders(self, item: PlanItem) -> Iterator[str]:
        experts = [self._directory.experts[x].name for x in leaders(self._directory, item)]
        if experts:
            yield f"Facilitators: {', '.join(experts)}"
        if item.coach is not None:
            yield f"Coach: {self.person(item.coach)}"

    def _learners(self, item: PlanItem) -> Iterator[str]:
        section = f"Section {item.section}: " if item.section is not None else "For: "
        groups = self._groups(item)
        if groups:
            count = len(item.educators)
            people = f"{count} {'person' if count == 1 else 'people'}"
            yield f"{section}{', '.join(groups)} ({people})"
        elif item.educators:
            shown = [self.person(e) for e in item.educators[:_NAMES_SHOWN]]
            more = len(item.educators) - len(shown)
            yield f"{section}{', '.join(shown)}{f' and {more} more' if more else ''}"

    def _walk(self, source: Observation) -> Iterator[str]:
        site = self._directory.sites[source.site].name
        yield f"Observation round at {site}: to learn from each other, not to evaluate."
        if source.protocol:
            yield f"Protocol: {source.protocol}"

    def _groups(self, item: PlanItem) -> list[str]:
        """Name the groups of an item; the parts of a divided group are one."""
        groups = (self._directory.groups[unit.split("#")[0]] for unit in item.groups)
        return list(dict.fromkeys(group.name for group in groups))

    @cached_property
    def _goals(self) -> dict[str, str]:
        names = {}
        for goal in self._directory.scenario.goals:
            names[goal.id] = goal.name
            for objective in goal.objectives:
                names[objective.id] = f"{goal.name} > {objective.name}"
                for step in objective.action_steps:
                    names[step.id] = f"{goal.name} > {step.name}"
        return names


def leaders(directory: Directory, item: PlanItem) -> list[str]:
    """Give the experts of an item and the partners of its engagement, each once."""
    source = directory.items[item.source]
    partners = source.partners if isinstance(source, Engagement) else ()
    return list(dict.fromkeys((*item.experts, *partners)))


def _work(source: Gathering) -> Iterator[str]:
    if source.outcomes:
        yield f"Outcome: {source.outcomes}"
    if source.evidence:
        yield f"Bring or show: {source.evidence}"
    if source.mandatory:
        yield "Mandatory training."

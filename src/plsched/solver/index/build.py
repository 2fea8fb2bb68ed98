"""Puts the problem together."""

from __future__ import annotations

from plsched.plan.models import Plan
from plsched.scenario.directory import Directory
from plsched.scenario.models import Scenario
from plsched.scenario.models.cadence import rhythm
from plsched.scenario.models.learning import Course, Engagement, Task
from plsched.solver.index.costing import Purses
from plsched.solver.index.cycles import Cycles
from plsched.solver.index.experts import Experts
from plsched.solver.index.gatherings import Gatherings
from plsched.solver.index.people import People
from plsched.solver.index.places import Places
from plsched.solver.index.rounds import Rounds
from plsched.solver.index.stays import Stays
from plsched.solver.problem import Problem


def build_problem(scenario: Scenario, baseline: Plan | None = None) -> Problem:
    """Index a scenario.

    With a baseline every facility keeps its own name, so that the distance can be told.
    """
    directory = Directory(scenario)
    people = People(directory)
    stays = Stays(directory)
    places = Places(directory, _apart(scenario, baseline))
    gatherings = Gatherings(directory, people, stays, places, Experts(directory, stays))
    rounds = Rounds(directory, people, stays, places)
    cycles = Cycles(directory, people, stays)
    items: tuple[Course | Engagement | Task, ...] = (
        *scenario.courses,
        *scenario.engagements,
        *scenario.tasks,
    )
    bundles = [bundle for item in items for bundle in gatherings.bundles(item)]
    problem = Problem(
        directory=directory,
        people=people,
        stays=stays,
        places=places,
        purses=Purses(directory, people),
        bundles=bundles,
        rounds=[r for item in scenario.observations for r in rounds.rounds(item)],
        cycles=[c for item in scenario.coaching for c in cycles.cycles(item)],
        baseline=baseline,
    )
    for bundle in bundles:
        problem.by_source.setdefault(bundle.item.id, []).append(bundle)
    return problem


def _apart(scenario: Scenario, baseline: Plan | None) -> frozenset[str]:
    """Facilities that must keep their names: an item of several pieces stays in one of them."""
    if baseline is not None:
        return frozenset(f.id for f in scenario.facilities)
    apart = {p.facility for p in scenario.pins if p.facility is not None}
    for item in (*scenario.engagements, *scenario.tasks):
        several = item.days > 1 or (
            hasattr(item, "cadence") and rhythm(item.cadence).kind == "pattern"
        )
        if several and item.needs_room:
            apart.update(
                f.id
                for f in scenario.facilities
                if (item.facilities is None or f.id in item.facilities)
                and (item.sites is None or f.site in item.sites)
            )
    for observation in scenario.observations:
        if observation.briefing_min or observation.debriefing_min:
            apart.update(f.id for f in scenario.facilities if f.site == observation.site)
    return frozenset(apart)

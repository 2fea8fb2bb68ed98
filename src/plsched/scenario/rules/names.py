"""Every name leads to something that is there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any

from plsched.scenario.models import Scenario
from plsched.scenario.models.base import Model
from plsched.scenario.nearest import Suggestions
from plsched.scenario.references import KEYS, NAMES, PLURALS, VALUES, Thing, named_by
from plsched.scenario.rules.book import Book
from plsched.scenario.rules.problem import Problem, error, warning
from plsched.scenario.shapes import Many, Part, fields
from plsched.scenario.source import Path

# Nobody having these may be a gap that the plan is to show, unless the item is required.
_GAPS = frozenset({"feature", "skill"})
ABOUT_MISSING = frozenset({"unknown-id", "unknown-feature", "unknown-skill", "not-a-coach"})
"""Codes of problems that would not be there if a row of that name were."""


def unknown_names(book: Book) -> Iterator[Problem]:
    """Names of sites, groups, items and all else are among those given."""
    known = known_names(book.scenario)
    names = Suggestions()
    required = {path for path, item in book.items if item.required}
    for path, thing, name in references(book.scenario, ()):
        if name in known[thing] or (path[0] == "pins" and name.partition("/")[0] in known[thing]):
            continue
        remedy = names.suggestion(name, known[thing], PLURALS[thing])
        if thing in _GAPS:
            yield _gap(path, thing, name, remedy, path[:2] in required)
        elif thing == "coach" and name in known["educator"]:
            message = f"the educator {name!r} is no coach: 'coaches' has no row for them"
            yield error("not-a-coach", path, name, message, "Add a row to 'coaches'.")
        else:
            message = f"there is no {thing} {name!r}"
            if thing == "educator" and name in known["group"]:
                message, remedy = f"{name!r} is a group, not an educator", "Name its members."
            elif thing == "group" and name in known["educator"]:
                message = f"{name!r} is an educator, not a group"
                remedy = "Name a group; one of a single member will do."
            yield error("unknown-id", path, name, message, remedy)


def _gap(path: Path, thing: Thing, name: str, remedy: str, required: bool) -> Problem:
    who = "no facility" if thing == "feature" else "no expert or coach"
    message = f"{who} has the {thing} {name!r}"
    if required:
        return error(f"unknown-{thing}", path, name, f"{message}, so it can never stand", remedy)
    return warning(f"unknown-{thing}", path, name, f"{message}: a gap", remedy)


def known_names(scenario: Scenario) -> Mapping[Thing, frozenset[str]]:
    """Collect the names of everything that can be named."""
    calendar = scenario.calendar
    items = (
        *scenario.courses,
        *scenario.engagements,
        *scenario.tasks,
        *scenario.observations,
        *scenario.coaching,
    )
    tables: Mapping[Thing, Collection[Any]] = {
        "bell schedule": calendar.bell_schedules,
        "course": scenario.courses,
        "day kind": calendar.day_kinds,
        "department": scenario.departments,
        "educator": scenario.educators,
        "expert": scenario.experts,
        "facility": scenario.facilities,
        "fund": scenario.funds,
        "group": scenario.groups,
        "item": items,
        "licence": scenario.licences,
        "pathway": scenario.pathways,
        "role": scenario.roles,
        "salary": scenario.salaries,
        "site": scenario.sites,
        "term": calendar.terms,
    }
    known: dict[Thing, frozenset[str]] = {
        thing: frozenset(row.id for row in rows) for thing, rows in tables.items()
    }
    known["coach"] = frozenset(coach.educator for coach in scenario.coaches)
    known["feature"] = frozenset(x for f in scenario.facilities for x in f.features)
    known["grade"] = frozenset(e.grade for e in scenario.educators if e.grade is not None)
    known["period"] = frozenset(p.id for bell in calendar.bell_schedules for p in bell.periods)
    known["skill"] = frozenset(
        [skill for expert in scenario.experts for skill in expert.skills]
        + [skill for coach in scenario.coaches for skill in coach.skills]
    )
    known["goal"] = frozenset(_goals(scenario))
    return known


def _goals(scenario: Scenario) -> Iterator[str]:
    for goal in scenario.goals:
        yield goal.id
        for objective in goal.objectives:
            yield objective.id
            yield from (step.id for step in objective.action_steps)


@cache
def _naming(model: type[Model]) -> tuple[dict[str, Thing], dict[str, Thing], dict[str, Thing]]:
    return named_by(NAMES, model), named_by(KEYS, model), named_by(VALUES, model)


@cache
def _parts(model: type[Model]) -> tuple[str, ...]:
    """Give the fields that hold objects."""
    return tuple(
        name
        for name, shape in fields(model).items()
        if isinstance(shape, Part) or (isinstance(shape, Many) and isinstance(shape.of, Part))
    )


def references(part: Model, path: Path) -> Iterator[tuple[Path, Thing, str]]:
    """Walk through everything that names something: its path, what it names, and the name."""
    for step, thing, name in _own_references(part):
        yield (*path, *step), thing, name
    for field in _parts(type(part)):
        held = getattr(part, field)
        if isinstance(held, Model):
            yield from references(held, (*path, field))
        elif held is not None:
            for at, row in enumerate(held):
                yield from references(row, (*path, field, at))


def _own_references(part: Model) -> Iterator[tuple[Path, Thing, str]]:
    names, keys, values = _naming(type(part))
    for field, thing in names.items():
        for step, name in _each(getattr(part, field)):
            yield (field, *step), thing, name
    for field, thing in keys.items():
        for name in getattr(part, field):
            yield (field, name), thing, name
    for field, thing in values.items():
        for key, value in getattr(part, field).items():
            for step, name in _each(value):
                yield (field, key, *step), thing, name


def _each(value: object) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield (), value
    elif isinstance(value, tuple):
        for at, name in enumerate(value):
            yield (at,), name

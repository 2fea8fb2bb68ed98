"""Items can stand at all: rooms, seats, sizes; and nobody asks for the same twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from plsched.money import dollars
from plsched.scenario.directory import AnyItem
from plsched.scenario.models.learning import Course
from plsched.scenario.models.places import Facility
from plsched.scenario.prices import cents_per_person
from plsched.scenario.rules.book import Book
from plsched.scenario.rules.problem import Problem, error, warning
from plsched.scenario.source import Path


def no_facility(book: Book) -> Iterator[Problem]:
    """For everybody who takes part there is a facility that is large enough."""
    for path, item in book.gatherings:
        if not item.needs_room or item.format == "virtual":
            continue
        people = _smallest(book, item)
        possible = book.facilities(item)
        if people and not any(f.capacity >= people for f in possible):
            yield _too_small(path, item, people, possible)


def no_briefing_room(book: Book) -> Iterator[Problem]:
    """For the briefing of an observation day there is a facility that holds all observers."""
    for at, item in enumerate(book.scenario.observations):
        if item.briefing_min + item.debriefing_min > 0:
            observers = len(book.people(item))
            possible = tuple(
                f
                for f in book.scenario.facilities
                if f.site == item.site and set(item.features) <= set(f.features)
            )
            if not any(f.capacity >= observers for f in possible):
                yield _too_small(("observations", at), item, observers, possible)


def _smallest(book: Book, item: AnyItem) -> int:
    """Give the fewest people who can meet: everybody, or one unit of a course at its smallest."""
    if not isinstance(item, Course):
        return len(book.people(item))
    sizes = [len(book.directory.members[group]) for group in item.audience]
    units = [size // -(-size // item.section_size) for size in sizes if size]
    return max(min(units), item.quorum) if units else 0


def _too_small(path: Path, item: AnyItem, people: int, possible: tuple[Facility, ...]) -> Problem:
    if not possible:
        message = f"{item.id!r} needs a facility, and none may be used that has its features"
        remedy = "Widen its 'facilities' or 'sites', or take features away."
        return _impossible(item, error("no-facility", path, people, message, remedy))
    largest = max(possible, key=lambda f: f.capacity)
    message = (
        f"{people} people take part in {item.id!r}, but the largest facility that it may use, "
        f"{largest.id!r}, holds {largest.capacity}"
    )
    remedy = "Allow a larger facility, or divide the people."
    return _impossible(item, error("no-facility", path, people, message, remedy))


def _impossible(item: AnyItem, problem: Problem) -> Problem:
    """Stop a required item that can never stand; a requested one may be left out, and told."""
    if item.required:
        return problem
    return replace(problem, severity="warning", message=f"{problem.message}; it will be left out")


def too_few_seats(book: Book) -> Iterator[Problem]:
    """Licences have seats for everybody who takes part."""
    for path, item in book.gatherings:
        licence = book.directory.licences.get(item.licence or "")
        people = _smallest(book, item)
        if licence is not None and people > licence.seats:
            message = (
                f"{people} people take part in {item.id!r}, but the licence {licence.id!r} has "
                f"{licence.seats} seats"
            )
            remedy = "Get more seats, or divide the people."
            place: Path = (*path, "licence")
            problem = error("too-few-seats", place, licence.id, message, remedy)
            yield _impossible(item, problem)


def quorum_too_large(book: Book) -> Iterator[Problem]:
    """Audiences of courses are large enough for a section."""
    for at, course in enumerate(book.scenario.courses):
        people = len(book.people(course))
        if course.quorum > people:
            message = f"a section needs {course.quorum} people, but the audience has {people}"
            remedy = "Lower the quorum, or widen the audience."
            path: Path = ("courses", at, "quorum")
            yield error("quorum", path, course.quorum, message, remedy)


def goals_without_items(book: Book) -> Iterator[Problem]:
    """Something serves every goal."""
    served = {name for _, item in book.items for name in item.serves}
    for at, goal in enumerate(book.scenario.goals):
        inner = {o.id for o in goal.objectives}
        inner |= {step.id for o in goal.objectives for step in o.action_steps}
        if served.isdisjoint({goal.id} | inner):
            message = f"no item serves the goal {goal.id!r}"
            remedy = "Name it in 'serves' of an item, if one is meant to serve it."
            yield warning("goal-without-items", ("goals", at), goal.id, message, remedy)


def asked_twice(book: Book) -> Iterator[Problem]:
    """Departments do not ask for the same content for the same people, nor at other prices."""
    for (_, first), (at, second) in combinations(enumerate(book.scenario.courses), 2):
        if first.content is None or first.content != second.content:
            continue
        path: Path = ("courses", at, "content")
        both = set(book.people(first)) & set(book.people(second))
        if both and first.department != second.department:
            message = (
                f"{first.id!r} and {second.id!r} teach the same content to {len(both)} of the "
                f"same people, for different departments"
            )
            yield warning("asked-twice", path, second.content, message, "Keep one of the two.")
        here, there = cents_per_person(second), cents_per_person(first)
        if here != there:
            message = (
                f"{second.id!r} asks {dollars(here)} a person for materials, fees and travel, "
                f"{first.id!r} with the same content {dollars(there)}"
            )
            remedy = "Ask for one price, or name the contents differently."
            yield warning("other-price", path, second.content, message, remedy)

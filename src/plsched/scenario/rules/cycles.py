"""Nothing waits for itself: prerequisites, and what comes before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Participants
from plsched.scenario.rules.book import Book
from plsched.scenario.rules.problem import Problem, error
from plsched.scenario.source import Path


def prerequisite_cycles(book: Book) -> Iterator[Problem]:
    """No course needs itself, by whatever way round."""
    waits = {course.id: course.prerequisites for course in book.scenario.courses}
    places: dict[str, Path] = {
        course.id: ("courses", at, "prerequisites")
        for at, course in enumerate(book.scenario.courses)
    }
    for circle in circles(waits):
        yield error(
            "prerequisite-cycle",
            places[circle[0]],
            " -> ".join(circle),
            f"the prerequisites go in a circle: {' needs '.join(circle)}",
            "Remove one of these prerequisites.",
        )


def order_cycles(book: Book) -> Iterator[Problem]:
    """No item comes after itself, by prerequisites, relations and follow-ups together."""
    waits: dict[str, set[str]] = {item.id: set() for _, item in book.items}
    for _, item in book.items:
        match item:
            case Course():
                waits[item.id].update(item.prerequisites)
            case Participants():
                waits[item.id].update(relation.item for relation in item.after)
                for relation in item.before:
                    waits.setdefault(relation.item, set()).add(item.id)
            case Coaching(follows=str(course)):
                waits[item.id].add(course)
    known = {item.id: path for path, item in book.items}
    only = {name: tuple(sorted(n for n in ahead if n in known)) for name, ahead in waits.items()}
    courses = {course.id for course in book.scenario.courses}
    for circle in circles(only):
        if not set(circle) <= courses:
            yield error(
                "order-cycle",
                known[circle[0]],
                " -> ".join(circle),
                f"each of these waits for the next: {', '.join(circle)}",
                "Remove one of the relations.",
            )


def circles(waits: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Find circles, each once, with its first name at both ends."""
    done: set[str] = set()
    for start in waits:
        trail: list[str] = []
        ahead = [iter((start,))]
        while ahead:
            name = next(ahead[-1], None)
            if name is None:
                ahead.pop()
                if trail:
                    done.add(trail.pop())
            elif name in trail:
                yield (*trail[trail.index(name) :], name)
            elif name not in done and name in waits:
                trail.append(name)
                ahead.append(iter(waits[name]))

"""Every id is given once: in its table, and items across all five tables of items."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from plsched.scenario.models import Scenario
from plsched.scenario.rules.book import Book, clashes, gathered
from plsched.scenario.rules.problem import Problem, error
from plsched.scenario.source import Path, in_words

_TABLES = (
    "calendar.terms",
    "calendar.day_kinds",
    "calendar.bell_schedules",
    "calendar.blackouts",
    "sites",
    "facilities",
    "licences",
    "departments",
    "roles",
    "salaries",
    "educators",
    "groups",
    "experts",
    "pathways",
    "funds",
    "limits",
)


def duplicate_ids(book: Book) -> Iterator[Problem]:
    """No two rows of a table have the same id, nor two items of whatever kind."""
    for name in _TABLES:
        yield from _twice(_rows(book.scenario, name))
    yield from _twice(((*path, "id"), item.id) for path, item in book.items)
    yield from _twice(_goals(book.scenario))
    for path, table in _inner(book.scenario):
        yield from _twice(((*path, at, "id"), row.id) for at, row in enumerate(table))
    coaches = enumerate(book.scenario.coaches)
    yield from _twice((("coaches", at, "educator"), coach.educator) for at, coach in coaches)


def two_ways(book: Book) -> Iterator[Problem]:
    """Two sites have one way between them, whichever of them is named first."""
    rows = gathered(
        (" and ".join(sorted(row.between)), ("travel", at, "between"))
        for at, row in enumerate(book.scenario.travel)
    )
    for name, path, _ in clashes(rows):
        message = f"the way between {name} is given twice; it is the same in both directions"
        yield error("duplicate-id", path, name, message, "Keep one of the two rows.")


def pools_share_no_site(book: Book) -> Iterator[Problem]:
    """Sites are served by one pool of substitutes each."""
    subs = book.scenario.substitutes
    rows = gathered(
        (site, ("substitutes", "pools", at, "sites", place))
        for at, pool in enumerate(subs.pools if subs else ())
        for place, site in enumerate(pool.sites)
    )
    for site, path, _ in clashes(rows):
        message = f"the site {site!r} is served by two pools"
        yield error("duplicate-id", path, site, message, "Leave it in one pool.")


def _rows(scenario: Scenario, name: str) -> Iterator[tuple[Path, str]]:
    node: Any = scenario
    for step in name.split("."):
        node = getattr(node, step)
    for at, row in enumerate(node):
        yield (*name.split("."), at, "id"), row.id


def _goals(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    for g, goal in enumerate(scenario.goals):
        path: Path = ("goals", g)
        yield (*path, "id"), goal.id
        for o, objective in enumerate(goal.objectives):
            inner: Path = (*path, "objectives", o)
            yield (*inner, "id"), objective.id
            for s, step in enumerate(objective.action_steps):
                yield (*inner, "action_steps", s, "id"), step.id


def _inner(scenario: Scenario) -> Iterator[tuple[Path, tuple[Any, ...]]]:
    for at, bell in enumerate(scenario.calendar.bell_schedules):
        yield ("calendar", "bell_schedules", at, "periods"), bell.periods
    for at, fund in enumerate(scenario.funds):
        yield ("funds", at, "caps"), fund.caps
        yield ("funds", at, "set_asides"), fund.set_asides
    if scenario.substitutes is not None:
        yield ("substitutes", "pools"), scenario.substitutes.pools


def _twice(rows: Iterator[tuple[Path, str]]) -> Iterator[Problem]:
    for name, path, first in clashes(gathered((name, path) for path, name in rows)):
        where = in_words(None, first[:-1])
        message = f"the id {name!r} is given twice (first at {where})"
        yield error("duplicate-id", path, name, message, "Rename one of the two.")

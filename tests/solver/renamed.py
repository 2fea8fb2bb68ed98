"""The same district under other names."""

from __future__ import annotations

from random import Random
from typing import Any

from plsched.scenario.models import Scenario

TABLES = (
    "sites",
    "facilities",
    "licences",
    "departments",
    "salaries",
    "educators",
    "groups",
    "experts",
    "pathways",
    "courses",
    "engagements",
    "tasks",
    "observations",
    "coaching",
    "funds",
    "limits",
)


def renamed(scenario: Scenario, seed: int) -> Scenario:
    """Give every id of the tables another name, in another alphabetical order."""
    names = [row.id for table in TABLES for row in getattr(scenario, table)]
    names += [p.id for b in scenario.calendar.bell_schedules for p in b.periods]
    if scenario.substitutes is not None:
        names += [pool.id for pool in scenario.substitutes.pools]
    numbers = list(range(len(names)))
    Random(seed).shuffle(numbers)
    new = {name: f"Renamed {n:03d}" for name, n in zip(names, numbers, strict=True)}
    return Scenario.model_validate(_changed(scenario.model_dump(mode="json"), new))


def _changed(value: Any, new: dict[str, str]) -> Any:
    match value:
        case dict():
            return {new.get(k, k): _changed(v, new) for k, v in value.items()}
        case list():
            return [_changed(v, new) for v in value]
        case str():
            head, slash, rest = value.partition("/")
            return f"{new.get(head, head)}{slash}{rest}"
    return value

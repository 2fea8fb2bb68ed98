"""What can still be checked of a scenario that has faults: its rows without those at fault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from plsched.scenario.collect import Findings
from plsched.scenario.fit import fitted
from plsched.scenario.models import Scenario
from plsched.scenario.source import Map, Path, Seq, copied

# A row may break the rule of another model only once the rows in it are right.
_MOST_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Remains:
    """The whole rows of a scenario.

    Attributes
    ----------
    scenario
        The scenario without the rows that have faults.
    root
        What it was made from.
    lost
        All texts in rows that were left out: a name among them may well lead somewhere.
    """

    scenario: Scenario
    root: Map
    lost: frozenset[str]


def remains(root: Map) -> Remains | None:
    """Leave out every row with a fault; ``None`` when a fault is in no row."""
    rest = copied(root)
    if not isinstance(rest, Map):
        return None
    lost: set[str] = set()
    for _ in range(_MOST_ROUNDS):
        try:
            scenario = Scenario.model_validate(fitted(rest, Findings()))
        except ValidationError as error:
            rows = {_row(fault["loc"]) for fault in error.errors(include_url=False)}
            for row in sorted((r for r in rows if r is not None), reverse=True):
                lost.update(_drop(rest, row))
            if None in rows:
                return None
        else:
            return Remains(scenario, rest, frozenset(lost))
    return None


def _row(loc: tuple[int | str, ...]) -> tuple[tuple[str, ...], int] | None:
    """Give the list and the index of the outermost row that a fault is in."""
    for at, step in enumerate(loc):
        if isinstance(step, int):
            return tuple(str(s) for s in loc[:at]), step
    return None


def _drop(root: Map, row: tuple[Path, int]) -> Iterator[str]:
    path, index = row
    node: object = root
    for step in path:
        node = node.get(str(step)) if isinstance(node, Map) else None
    if isinstance(node, Seq) and index < len(node):
        yield from _texts(node[index])
        node.drop(index)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield str(value)
    elif isinstance(value, Map):
        for key, inner in value.items():
            yield key
            yield from _texts(inner)
    elif isinstance(value, Seq):
        for inner in value:
            yield from _texts(inner)

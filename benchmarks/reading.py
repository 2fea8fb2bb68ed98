"""A number that was measured, and what it is to reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reading:
    """One line of the results.

    Attributes
    ----------
    of
        What was measured.
    value
        As told to people, with its unit.
    target
        What is to be reached; empty when the number is only told.
    met
        Whether it was; ``None`` without a target.
    """

    of: str
    value: str
    target: str = ""
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """More than readings can hold: rows under a head, for people."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What one benchmark gave: readings for people, and everything it measured for machines.

    ``pictures`` are files beside the results.
    """

    readings: tuple[Reading, ...]
    raw: Mapping[str, object] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What a benchmark is asked to keep to."""

    seed: int = 0
    time_limit_s: float = 60.0
    workers: int = 2


def at_most(of: str, value: float, most: float, unit: str) -> Reading:
    """Read a number that is to be at most so much."""
    return Reading(of, f"{value:.2f} {unit}", f"at most {most:g} {unit}", value <= most)

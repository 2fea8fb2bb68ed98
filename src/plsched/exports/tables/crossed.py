"""Both ledgers along one dimension, or along several at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from plsched.exports.tables.breakdowns import by_educator, naming
from plsched.plan.models import Plan
from plsched.plan.summary import DIMENSIONS, Dimension, Sums, crossed
from plsched.scenario.models import Scenario

Axis = Literal[Dimension, "educator"]
AXES: tuple[Axis, ...] = (*DIMENSIONS, "educator")
MOST_AXES = 4


class CrossedRow(NamedTuple):
    """Lines that share their values, by the names that people know; ``None``: without a value."""

    values: tuple[str | None, ...]
    names: tuple[str, ...]
    sums: Sums


@dataclass(frozen=True, slots=True)
class Crossed:
    """Both ledgers of a plan along some axes; the rows add up to the total, to the cent."""

    axes: tuple[Axis, ...]
    rows: tuple[CrossedRow, ...]
    total: Sums


def cross(scenario: Scenario, plan: Plan, axes: Sequence[Axis]) -> Crossed:
    """Break both ledgers of a plan down along the axes; see `check_axes` for those that can be."""
    check_axes(axes)
    dimensions: list[Dimension] = [axis for axis in axes if axis != "educator"]
    rows = tuple(_by(scenario, plan, dimensions) if dimensions else _by_educator(scenario, plan))
    return Crossed(tuple(axes), rows, sum((row.sums for row in rows), start=Sums()))


def check_axes(axes: Sequence[Axis]) -> None:
    """Refuse axes that cannot be crossed.

    Raises
    ------
    ValueError
        There is none, or one twice; or ``educator`` beside others: cents that are shared out among
        people cannot be shared out again so that both tables add up.
    """
    if len(set(axes)) < max(1, len(axes)):
        raise ValueError("name each dimension once")
    if "educator" in axes and len(axes) > 1:
        raise ValueError("educator stands alone: shares of people are not broken down further")


def _by(scenario: Scenario, plan: Plan, dimensions: Sequence[Dimension]) -> Iterator[CrossedRow]:
    sums = crossed(plan, dimensions)
    named = [naming(scenario, dimension) for dimension in dimensions]

    def place(values: tuple[str | None, ...]) -> list[tuple[int, str]]:
        return [one.place(value) for one, value in zip(named, values, strict=True)]

    for values in sorted(sums, key=place):
        names = tuple(one.name(value) for one, value in zip(named, values, strict=True))
        yield CrossedRow(values, names, sums[values])


def _by_educator(scenario: Scenario, plan: Plan) -> Iterator[CrossedRow]:
    for row in by_educator(scenario, plan):
        yield CrossedRow((row.id or None,), (row.name,), Sums(row.cash_cents, row.economic_cents))


def title(axis: Axis) -> str:
    """Give the word that stands over a column."""
    return axis.replace("_", " ").capitalize()

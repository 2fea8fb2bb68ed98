"""A limit counts what it says it counts."""

from __future__ import annotations

from typing import Any

import pytest

from tests.solver.boundaries import district, observed, subs, task, when
from tests.solver.solving import solved


def out(**changes: Any) -> list[dict[str, Any]]:
    """One group out at a time."""
    row = {"id": "rule", "window": "day", "per": "together", "unit": "groups_out", "at_most": 1}
    return [row | {"groups": ["one", "two", "others"]} | changes]


@pytest.mark.parametrize(
    ("changes", "left_out"),
    [
        ({}, 1),
        ({"counts": ["task"]}, 1),
        ({"counts": ["course"]}, 0),
        ({"mandatory_only": True}, 0),
    ],
)
def test_groups_out_by_what_is_counted(changes: dict[str, Any], left_out: int) -> None:
    plan = solved(district(**subs(), limits=out(**changes)))
    assert len(plan.left_out) == left_out


@pytest.mark.parametrize(("counts", "left_out"), [(None, 1), (["task"], 0), (["observation"], 0)])
def test_observation_days_are_aside_where_only_others_count(
    counts: list[str] | None, left_out: int
) -> None:
    tables = observed()
    tables["tasks"] = [task("a", when("08:00"), "others", release=True, duration_min=120)]
    plan = solved(district(**tables, limits=out(**({"counts": counts} if counts else {}))))
    assert len(plan.left_out) == left_out

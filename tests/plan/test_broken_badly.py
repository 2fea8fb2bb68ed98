"""Plans broken beyond what rules foresee: the judge reports, it does not fail."""

import random
from datetime import UTC, datetime
from typing import Any

import pytest

from plsched.plan.models import Plan
from plsched.plan.verify import verify
from tests.plan import district, handmade

SCENARIO = district.scenario()
GOOD = handmade.settle(SCENARIO, handmade.plan(SCENARIO)).model_dump(mode="json")
WORDS = ["", "zz", "num", "num/s1/1", "north", "R1", "plc/9", "cc/duo/1", "math|cur", "position:"]
MOMENTS = [
    "0001-01-01T00:00:00+00:00",
    "9999-12-31T23:59:59+00:00",
    "2027-11-07T01:30:00-05:00",
    "2028-03-12T02:30:00-06:00",
    "2020-01-01T00:00:00-06:00",
    "2027-10-19T23:59:00-05:00",
]
# Words of a closed list stay among themselves.
CLOSED = {
    "kind": ["salary", "stipend", "substitute", "travel"],
    "element": ["teacher_time", "administration"],
    "phase": ["planning", "coaching"],
    "shift": ["full", "morning", "afternoon"],
    "format": ["virtual", "hybrid", "in_person"],
    "name": ["required", "reach", "distance", "cost", "comfort"],
    "sense": ["max", "min"],
    "status": ["OPTIMAL", "FEASIBLE", "INFEASIBLE"],
}


def leaves(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    match node:
        case dict():
            return [leaf for k, v in node.items() for leaf in leaves(v, (*path, k))]
        case list():
            found = [leaf for k, v in enumerate(node) for leaf in leaves(v, (*path, k))]
            return [*found, path] if node and len(path) > 1 else found
        case _:
            return [path]


def worse(rng: random.Random, node: Any, path: tuple[Any, ...]) -> None:
    *way, last = path
    for step in way:
        node = node[step]
    value = node[last]
    match value:
        case list():
            node[last] = rng.choice([value * 2, value[:1], value[::-1]])
        case bool():
            node[last] = not value
        case int() if last == "reach_lost":
            node[last] = value + 1
        case int() | float():
            node[last] = rng.choice([0, -1, 10**15, value + 1]) if last != "format" else 1
        case str() if path[0] == "items" and last == "kind" and len(path) == 3:
            node[last] = rng.choice(["session", "task", "cycle", "observation"])
        case None if last in {"section", "session", "bound", "gap"}:
            node[last] = rng.choice([0, 1, 7])
        case str() if last in CLOSED:
            node[last] = rng.choice(CLOSED[str(last)])
        case str() if last in {"start", "end"}:
            node[last] = rng.choice(MOMENTS)
        case str() if last in {"date", "obligation_date"}:
            node[last] = rng.choice(["0001-01-01", "9999-12-31", "2027-11-24"])
        case _:
            node[last] = rng.choice(WORDS)


@pytest.mark.parametrize("seed", range(60))
def test_whatever_a_plan_holds_the_judge_reports(seed: int) -> None:
    rng = random.Random(seed)
    data = Plan.model_validate(GOOD).model_dump(mode="json")
    for path in rng.sample(leaves(data), rng.choice([1, 3, 30])):
        try:
            worse(rng, data, path)
        except (IndexError, KeyError, TypeError):  # an earlier change cut this leaf off
            continue
    plan = Plan.model_validate(data)
    found = verify(SCENARIO, plan, Plan.model_validate(GOOD))
    assert all(v.message and v.family for v in found)


def test_an_item_of_another_age_is_told_and_nothing_else_breaks() -> None:
    plan = Plan.model_validate(GOOD)
    moment = datetime.max.replace(tzinfo=UTC)
    item = plan.items[0]
    piece = item.occurrences[0].model_copy(update={"start": moment, "end": moment})
    far = item.model_copy(update={"occurrences": (piece,), "start": moment, "end": moment})
    found = verify(SCENARIO, plan.model_copy(update={"items": (far, *plan.items[1:])}))
    assert any("far from the calendar" in v.message for v in found)

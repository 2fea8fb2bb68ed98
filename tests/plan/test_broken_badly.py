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
    node[last] = _other(rng, node[last], path)


def _other(rng: random.Random, value: Any, path: tuple[Any, ...]) -> Any:
    """Give a value of the same type that is likely to be wrong."""
    last = path[-1]
    match value:
        case list():
            return rng.choice([value * 2, value[:1], value[::-1]])
        case bool():
            return not value
        case str():
            return rng.choice(_texts(path))
        case None if last not in {"section", "session", "bound", "gap"}:
            return rng.choice(WORDS)
        case _ if last == "format":
            return 1
        case _:
            return rng.choice([0, 1, 7] if last == "reach_lost" or not value else [-1, 10**15])


def _texts(path: tuple[Any, ...]) -> list[str]:
    last = str(path[-1])
    if path[0] == "items" and last == "kind" and len(path) == 3:
        return ["session", "task", "cycle", "observation"]
    if last in {"start", "end"}:
        return MOMENTS
    if last in {"date", "obligation_date"}:
        return ["0001-01-01", "9999-12-31", "2027-11-24"]
    return CLOSED.get(last, WORDS)


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

"""Choices are completed to plans that the judge passes, with nothing in them that was not chosen."""

from dataclasses import replace
from functools import cache

from benchmarks.peers.choices import Choices, choices_of
from benchmarks.peers.completing import completed
from benchmarks.peers.judged import judged
from plsched.generate import generate
from plsched.plan.models import Plan
from plsched.solver.clock import Clock
from plsched.solver.construct import construct
from plsched.solver.effort import Effort
from plsched.solver.incumbent import Incumbent
from plsched.solver.index.build import build_problem
from plsched.solver.matrix import Matrix
from plsched.solver.model import Model, build_model
from plsched.solver.neighbourhoods import Neighbourhoods
from plsched.solver.settle import settle
from plsched.solver.step import Steps

EFFORT = Effort(0, 60.0, 1)


@cache
def constructed() -> tuple[Model, list[int]]:
    model = build_model(build_problem(generate(60, 0)))
    matrix = Matrix(model.rows)
    incumbent = Incumbent(matrix, model.tiers)
    steps = Steps(model, matrix, incumbent, lambda _: None, Clock())
    construct(steps, Neighbourhoods(steps.parts, 0), EFFORT, lambda _: False)
    settle(model, matrix, incumbent, 0)
    return model, [int(v) for v in incumbent.values]


def planned(model: Model, choices: Choices) -> Plan:
    plan, violations = judged(model, completed(model, choices, EFFORT), 0)
    assert violations == ()
    return plan


def worth(plan: Plan) -> dict[str, int]:
    return {t.name: t.value for t in plan.tiers}


def test_our_own_choices_give_a_plan_as_good() -> None:
    model, values = constructed()
    plan, violations = judged(model, values, 0)
    assert violations == ()
    again = planned(model, choices_of(model, values))
    assert {i.id for i in again.items} == {i.id for i in plan.items}
    assert worth(again)["required"] == worth(plan)["required"]
    assert worth(again)["reach"] == worth(plan)["reach"]


def test_nothing_stands_that_was_not_chosen() -> None:
    model, values = constructed()
    choices = choices_of(model, values)
    half = dict(list(choices.columns.items())[::2])
    plan = planned(model, replace(choices, columns=half))
    assert plan.items
    assert {i.id for i in plan.items} <= set(half)
    assert planned(model, Choices({})).items == ()


def test_what_clashes_is_dropped() -> None:
    """Everything at its first column is far more than fits."""
    model, values = constructed()
    choices = choices_of(model, values)
    whole = {i.id for i in planned(model, choices).items}
    moved = {
        made.activity.id: 0
        for made in model.variables.activities()
        if made.activity.columns and made.activity.id in choices.columns
    }
    plan = planned(model, replace(choices, columns={**choices.columns, **moved}, rooms={}))
    assert plan.items
    assert len(plan.items) < len(whole)
    for item in plan.items:
        assert item.id in choices.columns


def test_sections_may_have_other_numbers() -> None:
    model, values = constructed()
    choices = choices_of(model, values)
    numbers = {
        source: len(bundles)
        for source, bundles in model.variables.by_source.items()
        if bundles[0].bundle.section is not None
    }
    course, count = next((s, n) for s, n in numbers.items() if n > 1 and _stands(choices, s))

    def turned(name: str) -> str:
        if not name.startswith(f"{course}/s"):
            return name
        section, session = name.removeprefix(f"{course}/s").split("/")
        return f"{course}/s{count + 1 - int(section)}/{session}"

    other = Choices(
        {turned(k): v for k, v in choices.columns.items()},
        {turned(k): v for k, v in choices.rooms.items()},
        {k: count + 1 - v if k[0] == course else v for k, v in choices.sections.items()},
        {turned(k): v for k, v in choices.experts.items()},
    )
    assert worth(planned(model, other)) == worth(planned(model, choices))


def _stands(choices: Choices, course: str) -> bool:
    return any(c == course for c, _ in choices.sections)

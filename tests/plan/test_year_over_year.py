"""What further cost bought: exact ratios, their range, and what is dominated."""

from fractions import Fraction
from typing import Any

import pytest

from plsched.plan.facts import Facts
from plsched.plan.summary import summarize
from plsched.plan.year_over_year import Step, YearOverYear, year_over_year
from plsched.scenario.directory import Directory
from plsched.scenario.models import Scenario
from tests.exports.plans import plan, scenario


def result(year: str, cents: int | None, milli: int | None, **more: Any) -> dict[str, Any]:
    return {
        "pathway": "num",
        "year": year,
        "measure": "Classes with number talks, percent",
        "cost_cents": cents,
        "reach": 3,
        "outcome_milli": milli,
    } | more


def compared(*results: dict[str, Any]) -> YearOverYear:
    data = scenario().model_dump(mode="json") | {"records": {"results": results}}
    found = year_over_year(Facts(Directory(Scenario.model_validate(data)), plan()))
    assert found is not None
    return found


def second(*results: dict[str, Any]) -> Step:
    (pathway,) = compared(*results).pathways
    return pathway.steps[1]


@pytest.mark.parametrize(
    ("cents", "milli", "verdict", "icer"),
    [
        (1_100, 53_000, "dearer_and_better", Fraction(100, 3)),
        (1_100, 50_001, "dearer_and_better", Fraction(100_000)),
        (1_100, 50_000, "dominated", None),
        (1_100, 49_000, "dominated", None),
        (1_000, 49_000, "dominated", None),
        (1_000, 50_000, "same", None),
        (1_000, 51_000, "dominates", None),
        (900, 50_000, "dominates", None),
        (900, 51_000, "dominates", None),
        (900, 46_000, "cheaper_and_worse", Fraction(25)),
    ],
)
def test_each_corner_of_cost_and_outcome(
    cents: int, milli: int, verdict: str, icer: Fraction | None
) -> None:
    step = second(result("2024-25", 1_000, 50_000), result("2025-26", cents, milli))
    assert (step.verdict, step.icer) == (verdict, icer)
    assert (step.further_cents, step.gain_milli) == (cents - 1_000, milli - 50_000)
    assert step.dominated_by == (("2024-25",) if verdict == "dominated" else ())


def test_where_less_is_better_a_fall_is_a_gain() -> None:
    less = {"better": "lower", "low_milli": 11_000, "high_milli": 13_000}
    step = second(
        result("2024-25", 1_000, 20_000, better="lower"),
        result("2025-26", 1_800, 12_000, **less),
    )
    assert (step.verdict, step.gain_milli) == ("dearer_and_better", 8_000)
    assert step.icer == 100
    assert step.gain_range_milli == (7_000, 9_000)
    assert step.icer_range == (Fraction(800, 9), Fraction(800, 7))


def ranged(low: int, high: int) -> dict[str, int]:
    return {"low_milli": low, "high_milli": high}


def test_the_range_is_that_of_both_results() -> None:
    step = second(
        result("2024-25", 0, 50_000, **ranged(49_000, 51_000)),
        result("2025-26", 900, 55_000, **ranged(54_000, 60_000)),
    )
    assert step.gain_range_milli == (3_000, 11_000)
    assert step.icer == 180
    assert step.icer_range == (Fraction(900, 11), Fraction(300))


def test_a_range_that_may_be_no_difference_gives_no_range_of_the_ratio() -> None:
    touching = second(
        result("2024-25", 0, 50_000, **ranged(49_000, 51_000)),
        result("2025-26", 900, 55_000, **ranged(51_000, 60_000)),
    )
    assert touching.gain_range_milli == (0, 11_000)
    assert touching.icer == 180
    assert touching.icer_range is None


def test_one_may_be_dominated_by_another_than_the_one_before() -> None:
    (pathway,) = compared(
        result("2024-25", 500, 60_000),
        result("2025-26", 900, 40_000),
        result("2026-27", 1_000, 50_000),
    ).pathways
    assert [step.dominated_by for step in pathway.steps] == [(), ("2024-25",), ("2024-25",)]
    assert pathway.steps[2].verdict == "dearer_and_better"


def test_what_is_not_measured_is_not_compared() -> None:
    (pathway,) = compared(
        result("2024-25", 500, None), result("2025-26", 900, 40_000), result("2026-27", 1, None)
    ).pathways
    assert [step.verdict for step in pathway.steps] == ["unmeasured"] * 3
    assert [step.icer for step in pathway.steps] == [None] * 3


def test_the_plan_itself_gives_the_cost_and_reach_that_are_left_open() -> None:
    sums = summarize(plan()).by["pathway"]["num"]
    for ledger, cents in (("cash", sums.cash_cents), ("economic", sums.economic_cents)):
        (pathway,) = compared(result("2026-27", None, None, reach=None, ledger=ledger)).pathways
        option = pathway.steps[0].option
        assert (option.cost_cents, option.of_plan) == (cents, True)
        assert option.reach == len({"T1", "t1", "T 3 é", "T4", "P1", "C1"})


def test_pathways_stand_in_their_order_and_measures_apart() -> None:
    found = compared(
        result("2025-26", 1, 1, pathway="lead"),
        result("2025-26", 1, 1),
        result("2025-26", 1, 1, measure="Another"),
    )
    assert [(p.pathway, p.measure) for p in found.pathways] == [
        ("num", "Classes with number talks, percent"),
        ("num", "Another"),
        ("lead", "Classes with number talks, percent"),
    ]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([result("2025-26", 1, 1)], ()),
        ([result("2025-26", 1, 1, decision="scale")], ()),
        ([result("2026-27", None, None, decision="try")], ()),
        (
            [result("2025-26", 1, None, decision="try")],
            ("Numeracy: 2025-26 was tried, and nothing was measured",),
        ),
        (
            [result("2025-26", 1, 1, decision="try", option="one school")],
            (
                (
                    "Numeracy: 2025-26, one school is measured; say whether it is scaled, adjusted or "
                    "stopped"
                ),
            ),
        ),
        (
            [result("2026-27", None, None, decision="try", pathway="lead")],
            ("Leading: 2026-27 is to be tried, and nothing in the plan measures it",),
        ),
    ],
)
def test_a_pilot_is_funded_measured_then_decided(
    rows: list[dict[str, Any]], told: tuple[str, ...]
) -> None:
    assert compared(*rows).told == told


def test_what_was_stopped_and_is_paid_for_is_told() -> None:
    (told,) = compared(result("2025-26", 1, 1, decision="stop")).told
    assert told.startswith("Numeracy: 2025-26 was stopped, and the plan pays $")


def test_without_results_there_is_nothing_to_compare() -> None:
    assert year_over_year(Facts(Directory(scenario()), plan())) is None

"""Gaps are told only against bounds that hold for the plan, at times that were run."""

import pytest

from benchmarks.large.events import Event
from benchmarks.large.measures import Run, bound_for, bounds_of, gap_at, middle, time_to


def run(*events: Event, limit_s: float = 60.0) -> Run:
    return Run("S", 0, "full", limit_s, "FEASIBLE", events)


PLANS = (
    Event(1.0, {"required": 8, "reach": 50}),
    Event(5.0, {"required": 10, "reach": 90, "cost": 400}),
    Event(9.0, {"required": 10, "reach": 99, "cost": 500}),
)
PROOFS = (
    Event(2.0, {}, "reach", 120, {"required": 10}),
    Event(6.0, {}, "reach", 100, {"required": 10}),
    Event(8.0, {}, "cost", 450, {"required": 10, "reach": 99}),
)


def test_the_tightest_bound_of_any_run_counts() -> None:
    bounds = bounds_of([run(*PLANS), run(*PROOFS)])
    assert bound_for("reach", {"required": 10}, bounds) == 100
    assert gap_at(run(*PLANS), "reach", 5.5, bounds) == pytest.approx(10 / 90)
    assert gap_at(run(*PLANS), "reach", 60, bounds) == pytest.approx(1 / 99)


def test_a_bound_under_better_earlier_tiers_does_not_hold() -> None:
    bounds = bounds_of([run(*PROOFS)])
    assert bound_for("cost", {"required": 10, "reach": 99}, bounds) == 450
    assert bound_for("cost", {"required": 10, "reach": 120}, bounds) == 450
    assert bound_for("cost", {"required": 10, "reach": 90}, bounds) is None
    assert bound_for("reach", {"required": 9}, bounds) is None
    assert gap_at(run(*PLANS), "cost", 6, bounds) is None


def test_what_was_not_run_has_no_gap() -> None:
    bounds = bounds_of([run(*PROOFS)])
    assert gap_at(run(*PLANS, limit_s=20), "reach", 60, bounds) is None
    assert gap_at(run(*PLANS), "reach", 0.5, bounds) is None


def test_the_second_at_which_a_gap_is_reached() -> None:
    bounds = bounds_of([run(*PROOFS)])
    assert time_to(run(*PLANS), "reach", 0.2, bounds) == 5.0
    assert time_to(run(*PLANS), "reach", 0.011, bounds) == 9.0
    assert time_to(run(*PLANS), "reach", 0.001, bounds) is None


def test_first_plans() -> None:
    assert run(*PROOFS, *PLANS).first_s == 1.0
    assert run(*PLANS).first_whole_s == 5.0
    assert run(*PROOFS).first_s is None
    assert run(*PROOFS).first_whole_s is None


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [([1.0, 3.0, 2.0], 2.0), ([1.0, None, 2.0], 2.0), ([1.0, None, None], None), ([], None)],
)
def test_a_run_without_a_number_counts_as_the_worst(
    numbers: list[float | None], expected: float | None
) -> None:
    assert middle(numbers) == expected

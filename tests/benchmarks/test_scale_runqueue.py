"""The simulated queue of runs waits as long as queueing theory says, and keeps its own rules."""

import numpy as np
import pytest

from benchmarks.scale.evening import Planner
from benchmarks.scale.formulas import md_1, md_c, mm_c
from benchmarks.scale.runqueue import Evening, Plant

RUNS = 60_000


def poisson(arrivals_per_s: float, services_s: np.ndarray) -> list[Planner]:
    """Give planners that ask for one run each, at the moments of a Poisson process."""
    rng = np.random.default_rng(3)
    begins = np.cumsum(rng.exponential(1 / arrivals_per_s, len(services_s)))
    return [
        Planner(b, ((s,),), ()) for b, s in zip(begins.tolist(), services_s.tolist(), strict=True)
    ]


def mean_wait(planners: list[Planner], workers: int) -> float:
    waits = Evening(planners, Plant(workers), seed=0).run().waits_s
    return float(waits[len(waits) // 20 :].mean())


@pytest.mark.parametrize(("workers", "load"), [(1, 0.7), (4, 3.2), (16, 14.0)])
def test_exponential_services_wait_as_erlang_says(workers: int, load: float) -> None:
    services = np.random.default_rng(4).exponential(60.0, RUNS)
    planners = poisson(load / 60.0, services)
    assert mean_wait(planners, workers) == pytest.approx(mm_c(load / 60.0, 60.0, workers), rel=0.05)


@pytest.mark.parametrize(("workers", "load"), [(1, 0.7), (4, 3.2), (16, 14.0)])
def test_equal_services_wait_as_crommelin_says(workers: int, load: float) -> None:
    planners = poisson(load / 60.0, np.full(RUNS, 60.0))
    assert mean_wait(planners, workers) == pytest.approx(md_c(load / 60.0, 60.0, workers), rel=0.05)


def test_the_formulas_agree_where_they_meet() -> None:
    assert md_c(0.5, 1.0, 1) == pytest.approx(md_1(0.5, 1.0))
    assert mm_c(0.5, 1.0, 1) == pytest.approx(2 * md_1(0.5, 1.0))


def test_runs_start_in_the_order_in_which_they_came() -> None:
    planners = [Planner(float(i), ((100.0,),), ()) for i in range(5)]
    outcome = Evening(planners, Plant(1), seed=0).run()
    assert outcome.waits_s.tolist() == [0.0, 99.0, 198.0, 297.0, 396.0]
    assert outcome.longest_queue == 4
    assert outcome.ended_s == 500.0


def test_a_batch_waits_for_the_answers_to_the_one_before() -> None:
    planner = Planner(10.0, ((100.0, 50.0), (30.0,)), (7.0,))
    outcome = Evening([planner], Plant(2), seed=0).run()
    assert outcome.answers_s.tolist() == [50.0, 100.0, 30.0]
    assert outcome.ended_s == 10.0 + 100.0 + 7.0 + 30.0


def test_what_is_beyond_the_limit_of_a_district_is_asked_for_again() -> None:
    planner = Planner(0.0, ((100.0, 100.0, 100.0),), ())
    plant = Plant(1, waiting_per_district=1, retry_after_s=30.0)
    outcome = Evening([planner], plant, seed=0).run()
    assert outcome.refused == 4
    assert outcome.waits_s.tolist() == [0.0, 100.0, 200.0]


def test_the_run_of_a_lost_worker_waits_again_behind_the_others() -> None:
    planners = [Planner(float(i), ((100.0,),), ()) for i in range(3)]
    plant = Plant(1, lost_per_s=1 / 150, silent_s=25.0, worker_back_s=40.0)
    outcomes = [Evening(planners, plant, seed).run() for seed in range(40)]
    once = [o for o in outcomes if o.lost == 1 and o.waits_s[-1] == 0.0]
    assert once
    # The first run was lost: both others were answered before it was.
    assert all(o.waits_s[0] < o.waits_s[1] for o in once)


def test_every_question_is_answered_though_children_die_and_workers_are_lost() -> None:
    planners = [Planner(float(i), ((50.0, 50.0),), ()) for i in range(300)]
    plant = Plant(8, child_dies=0.05, lost_per_s=1 / 1000)
    outcome = Evening(planners, plant, seed=0).run()
    assert len(outcome.answers_s) == 600
    assert outcome.failed > 10
    assert outcome.lost > 10
    sound = Evening(planners, Plant(8), seed=0).run()
    assert sound.failed == sound.lost == 0
    assert sound.ended_s < outcome.ended_s
    assert sound.busy_s == pytest.approx(600 * 50.0)


def test_a_seed_gives_the_same_evening() -> None:
    planners = [Planner(float(i), ((50.0,),), ()) for i in range(50)]
    plant = Plant(3, child_dies=0.1)
    waits = [Evening(planners, plant, seed=5).run().waits_s.tolist() for _ in range(2)]
    assert waits[0] == waits[1]

"""Simulated polls: as many as the intervals say, as bunched as the clock makes them."""

import numpy as np
import pytest

from benchmarks.scale.districts import Scale, scales, students
from benchmarks.scale.inputs import Inputs, read
from benchmarks.scale.polling import DAY_S, HOUR_S, day
from benchmarks.scale.web import backlog, least_processes, served, work

TEN_DISTRICTS = Scale("ten", np.full(10, 2_000.0))


def with_app(**app: object) -> Inputs:
    """Give the inputs with one app that everybody uses."""
    inputs = read()
    usual = {"share": 1.0, "devices": 1, "by_the_clock": 0.0, "conditional": 1.0, "between_s": None}
    only = inputs.apps[0].model_copy(update={"every_s": ()} | usual | app)
    return inputs.model_copy(update={"apps": (only,)})


def test_hourly_polls_are_24_a_day_and_spread_over_the_hour() -> None:
    found = day(TEN_DISTRICTS, with_app(every_s=((HOUR_S, 1.0),)), seed=1)
    assert found.polls.sum() == 24 * 20_000
    assert found.polls.max() < 30


def test_polls_by_the_clock_come_within_seconds_of_the_hour() -> None:
    found = day(TEN_DISTRICTS, with_app(every_s=((HOUR_S, 1.0),), by_the_clock=1.0), seed=1)
    within = read().feeds.aligned_within_s.value
    assert found.polls.sum() == 24 * 20_000
    assert found.polls.reshape(24, HOUR_S)[:, int(within) :].sum() == 0


def test_weekly_polls_are_a_seventh_a_day() -> None:
    found = day(TEN_DISTRICTS, with_app(every_s=((7 * DAY_S, 1.0),)), seed=1)
    assert found.polls.sum() == pytest.approx(20_000 / 7, rel=0.1)


def test_drawn_intervals_give_as_many_polls_as_their_mean_says() -> None:
    app = with_app(between_s=(4 * HOUR_S, 24 * HOUR_S))
    found = day(TEN_DISTRICTS, app, seed=1)
    # A renewal process in the long run: the day over the mean gap.
    assert found.polls.sum() == pytest.approx(20_000 * 24 / 14, rel=0.03)
    hours = found.polls.reshape(24, HOUR_S).sum(axis=1)
    assert hours.min() > 0.8 * hours.mean()


def test_each_changed_feed_is_fetched_whole_once() -> None:
    found = day(TEN_DISTRICTS, with_app(every_s=((HOUR_S, 1.0),)), seed=1)
    changed = read().feeds.changed.value
    assert found.whole.sum() == pytest.approx(changed * 20_000, rel=0.03)
    assert found.whole[: 18 * HOUR_S].sum() == 0


def test_apps_that_never_say_what_they_have_fetch_the_whole_each_time() -> None:
    found = day(TEN_DISTRICTS, with_app(every_s=((HOUR_S, 1.0),), conditional=0.0), seed=1)
    assert found.whole.tolist() == found.polls.tolist()


def test_a_burst_waits_as_long_as_its_work_takes() -> None:
    # Ten seconds of work a second for three seconds, on four processes: 18 s of work are left.
    waits = backlog(np.array([0, 10, 10, 10, 0, 0, 0, 0, 0, 0], dtype=float), 4)
    assert waits.tolist() == [0, 1.5, 3.0, 4.5, 3.5, 2.5, 1.5, 0.5, 0, 0]


def test_the_fewest_processes_let_everybody_in_and_nobody_wait_longer() -> None:
    inputs = read()
    nation = scales()[2]
    found = day(nation, inputs, seed=0)
    seconds = work(found, inputs)
    most = inputs.feeds.backlog.value
    count = least_processes(found, seconds, 5.0, most)

    def is_enough(processes: int) -> bool:
        tried = served(found, seconds, processes)
        return tried.max_s <= 5.0 and tried.most_waiting <= most * processes

    assert is_enough(count)
    assert not is_enough(count - 1)


def test_districts_are_as_large_as_those_of_the_digest() -> None:
    every = students(np.arange(1, 13_202, dtype=float))
    assert (every >= 25_000).sum() == 266
    assert ((every >= 10_000) & (every < 25_000)).sum() == 610
    assert ((every >= 1_000) & (every < 2_500)).sum() == 3_185
    district, state, nation = scales()
    assert district.districts == 1
    assert state.districts == 200
    assert nation.districts == 1_000
    assert nation.subscribers == pytest.approx(3_000_000, rel=1e-4)
    assert np.median(state.educators) < 200 < nation.educators.min()


def test_figures_between_the_measured_sizes_follow_a_power_of_the_size() -> None:
    inputs = read()
    sizes = np.array([float(solve.educators) for solve in inputs.solves])
    measured = [solve.run_s for solve in inputs.solves]
    assert inputs.by_size("run_s", sizes).tolist() == pytest.approx(measured)
    low, middle, high = inputs.by_size("memory_mib", np.array([3_000.0, 4_583.0, 7_000.0]))
    assert middle == pytest.approx((low * high) ** 0.5, rel=0.01)
    assert inputs.by_size("run_s", np.array([5.0])).tolist() == pytest.approx([measured[0]])


def test_shares_of_apps_and_intervals_are_whole() -> None:
    inputs = read()
    assert sum(app.share for app in inputs.apps) == pytest.approx(1)
    for app in inputs.apps:
        assert (app.between_s is None) == bool(app.every_s)
        assert not app.every_s or sum(share for _, share in app.every_s) == pytest.approx(1)

"""Single steps against their targets; without a plan they are said not to be measured."""

from pathlib import Path

import pytest

from benchmarks.large.changes import changes_of, write_change
from benchmarks.large.events import Event
from benchmarks.large.measures import Run
from benchmarks.large.promises import PROMISES, Given, built, certified, loaded, verified, written
from benchmarks.peers.judged import judged
from plsched.generate import generate, write_district
from plsched.plan.files import plan_json
from plsched.scenario.check import load
from tests.benchmarks.peers.test_completing import constructed


@pytest.fixture
def given(tmp_path: Path) -> Given:
    district = tmp_path / "district"
    write_district(generate(60, 0), district)
    model, values = constructed()
    plan, _ = judged(model, values, 0)
    (tmp_path / "plan.json").write_text(plan_json(plan))
    return Given("60", 0, district, tmp_path / "plan.json", (), tmp_path / "changes", 1)


def test_steps_of_a_small_district_meet_their_targets(given: Given) -> None:
    readings = [*loaded(given), *verified(given), *written(given)]
    assert [r.met for r in readings] == [True, True, True]
    assert built(given)[0].of.startswith("350,000 literals")


def test_without_a_plan_nothing_is_made_up(given: Given) -> None:
    without = Given(given.size, 0, given.district, None, (), given.folder, 1)
    for name in ("verify", "calendars", "replan", "bound"):
        (reading,) = PROMISES[name](without)
        assert reading.value.startswith("not measured")
        assert reading.met is None


def test_each_change_is_a_scenario_in_order(given: Given) -> None:
    assert given.plan is not None
    model, values = constructed()
    plan, _ = judged(model, values, 0)
    before = load(given.district)
    changes = changes_of(before, plan)
    made = {n: write_change(given.folder, given.district, n, c) for n, c in changes.items()}
    after = {n: load(folder) for n, folder in made.items() if folder is not None}
    # A district of 60 has one coach for each programme, who cannot leave.
    assert set(after) >= {"a room closes", "a snow day", "a cut of 10 %"}
    assert len(after["a room closes"].facilities) == len(before.facilities) - 1
    assert len(after["a snow day"].calendar.days) == len(before.calendar.days) + 1
    cut = sum(f.amount_cents for f in after["a cut of 10 %"].funds)
    assert cut < 0.91 * sum(f.amount_cents for f in before.funds)


@pytest.mark.parametrize(("bound", "met"), [(101, True), (110, False)])
def test_the_bound_after_half_a_minute(given: Given, bound: int, met: bool) -> None:
    tiers = {"required": 5, "reach": 100}
    events = (
        Event(20.0, tiers, "reach", bound, {"required": 5}),
        Event(40.0, tiers, "reach", 100, {"required": 5}),
    )
    runs = (Run("60", 0, "full", 60, "FEASIBLE", events, tiers),)
    (reading,) = certified(Given("60", 0, given.district, None, runs, given.folder, 1))
    assert reading.met is met

"""What a run tells is kept line by line, also when it is killed."""

import time
from pathlib import Path

from benchmarks.large.events import Log, read_events, told_values
from plsched.solver.progress import Progress


def test_values_add_up_and_bounds_hold_under_the_tiers_before(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    log = Log(path, time.monotonic() - 5)
    log.tell({"required": 3, "reach": 10}, None, None)
    log.tell({"cost": 99}, "cost", 90)
    log.tell({"reach": 12}, "required", 3)
    first, second, third = read_events(path)
    assert 5 <= first.at_s < 60
    assert second.values == {"required": 3, "reach": 10, "cost": 99}
    assert (second.tier, second.bound) == ("cost", 90)
    assert second.under == {"required": 3, "reach": 10}
    assert first.bound is None
    assert third.under == {}


def test_a_line_that_was_broken_off_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    Log(path, time.monotonic()).tell({"required": 3}, None, None)
    with path.open("a") as file:
        file.write('{"at_s": 1.0, "val')
    assert len(read_events(path)) == 1
    assert read_events(tmp_path / "nothing.jsonl") == []


def test_a_step_names_all_tiers() -> None:
    message = "required 1,234, reach 5,000,000, cost 7"
    progress = Progress(1.0, "improve", "reach", 5_000_001, message=message)
    assert told_values(progress) == {"required": 1_234, "reach": 5_000_001, "cost": 7}


def test_what_is_told_before_a_plan_is_no_event(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    Log(path, time.monotonic()).hear(Progress(0.1, "build", message="reach 12 educators"))
    assert read_events(path) == []

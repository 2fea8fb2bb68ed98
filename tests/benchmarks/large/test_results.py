"""What the benchmark shows: targets, medians, runs, pictures, kept runs."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

from benchmarks.large.choice import choice_of
from benchmarks.large.contenders import CONTENDERS
from benchmarks.large.events import Event
from benchmarks.large.keeping import keep, kept, kept_plan, name_of
from benchmarks.large.measures import Run
from benchmarks.large.pictures import draw
from benchmarks.large.tables import against_targets, instances, medians, unstated

TIERS = {"required": 5, "reach": 100, "cost": 900, "comfort": 3}
EVENTS = (
    Event(0.8, {"required": 5, "reach": 80}),
    Event(2.0, TIERS, "reach", 100, {"required": 5}),
    Event(3.0, TIERS, "cost", 900, {"required": 5, "reach": 100}),
)
FULL = Run("S", 0, "full", 60, "OPTIMAL", EVENTS, TIERS, 0, 300.0, 4.0)
PEER = Run("S", 0, "timefold", 60, "FEASIBLE", (Event(7.0, {"required": 5, "reach": 90}),))
DEAD = Run("S", 0, "monolith", 60, "OUT_OF_MEMORY", (), {}, 0, 4_000.0, 30.0)
CHOICE = choice_of({"PLSCHED_LARGE_SIZES": "S", "PLSCHED_LARGE_SEEDS": "0"})


def test_the_full_solver_against_its_targets() -> None:
    met = {r.of: r.met for r in against_targets([FULL, PEER, DEAD], CHOICE)}
    assert met == {
        "S: first plan": True,
        "S: peak memory": True,
        "S: gap on reach at 20 s": True,
        "S: gap on cost at 20 s": True,
    }
    late = replace(FULL, events=(Event(30.0, TIERS),), peak_mib=601.0)
    assert {r.met for r in against_targets([late], CHOICE)} == {False}


def test_a_run_that_was_too_short_meets_and_misses_nothing() -> None:
    short = replace(FULL, limit_s=10.0)
    told = {r.of: (r.value, r.met) for r in against_targets([short], CHOICE)}
    assert told["S: gap on reach at 20 s"] == ("not run for so long", None)


def test_medians_and_runs() -> None:
    table = medians([FULL, PEER, DEAD])
    rows = {row[1]: dict(zip(table.head, row, strict=True)) for row in table.rows}
    ours, peer = rows[CONTENDERS["full"].title], rows[CONTENDERS["timefold"].title]
    assert ours["gap reach 10 s"] == "0.00%"
    assert ours["gap reach 600 s"] == "not run"
    assert peer["gap reach 10 s"] == "11.11%"
    assert peer["gap cost 10 s"] == "none"
    assert rows[CONTENDERS["monolith"].title]["first plan"] == "none"
    dead = dict(zip(instances([DEAD]).head, instances([DEAD]).rows[0], strict=True))
    assert dead["status"] == "OUT_OF_MEMORY"
    assert dead["reach"] == ""
    assert dead["judge"] == ""


def test_peers_say_what_they_cannot_state() -> None:
    rows = unstated(["full", "timefold", "fet"]).rows
    assert {name for name, _ in rows} == {
        CONTENDERS["timefold"].title,
        CONTENDERS["fet"].title,
    }


def test_a_picture_of_values_and_bounds(tmp_path: Path) -> None:
    path = tmp_path / "new" / "picture.svg"
    draw(path, "S, seed 0", [FULL, PEER, DEAD])
    assert ET.fromstring(path.read_text()).tag.endswith("svg")  # noqa: S314 - our own picture
    before = path.read_bytes()
    draw(path, "S, seed 0", [FULL])
    assert b"dc:date" not in before
    assert path.read_bytes() != before


def test_a_kept_run_is_read_as_it_was(tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text("{}")
    keep(tmp_path / "kept", FULL, "abc", plan)
    name = name_of("S", 0, "full", 60)
    assert kept(tmp_path / "kept", name) == (FULL, "abc")
    assert kept_plan(tmp_path / "kept", name) is not None
    assert kept(tmp_path / "kept", name_of("S", 0, "full", 61)) is None

"""Timefold gets our problem: where it can run, it sees no fault in a plan of ours."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.peers.bodies import make_bodies
from benchmarks.peers.choices import choices_of
from benchmarks.peers.timefold import java
from benchmarks.peers.timefold.answers import read_choices, read_scores
from benchmarks.peers.timefold.instance import write_instance
from benchmarks.peers.timefold.names import activities, leads, units
from benchmarks.watched import watched
from plsched.generate import generate
from plsched.solver.clock import Clock
from plsched.solver.construct import construct
from plsched.solver.effort import Effort
from plsched.solver.incumbent import Incumbent
from plsched.solver.index.build import build_problem
from plsched.solver.matrix import Matrix
from plsched.solver.model import build_model
from plsched.solver.neighbourhoods import Neighbourhoods
from plsched.solver.settle import settle
from plsched.solver.step import Steps

TABLES = [
    *("monday", "bodies", "limits-of-body", "travel", "limits", "cuts", "classes", "pool-days"),
    *("desks", "rooms", "licences", "experts", "coaches", "school-days", "offers", "units"),
    *("holdings", "leads", "prerequisites", "trainings", "followings", "relations", "floors"),
    "start",
]


def test_the_instance_has_every_table_with_its_rows(tmp_path: Path) -> None:
    problem = build_problem(generate(30, 1))
    write_instance(tmp_path / "instance.txt", problem)
    lines = iter((tmp_path / "instance.txt").read_text().splitlines())
    rows: dict[str, list[list[int]]] = {}
    for line in lines:
        name, count = line.split()
        numbered = 0 if name == "monday" else int(count)
        rows[name] = [[int(n) for n in next(lines).split()] for _ in range(numbered)]
    assert list(rows) == TABLES
    held = len(list(activities(problem))) + len(problem.rounds) + len(problem.cycles)
    assert len(rows["holdings"]) == held
    assert len(rows["offers"]) == len(problem.bundles)
    assert sum(people for _, people in rows["bodies"]) >= len(problem.people.profile_of)
    funds = problem.directory.scenario.funds
    assert max(amount for (amount,) in rows["cuts"]) <= sum(f.amount_cents for f in funds)


def test_bodies_are_alike_in_all_that_asks_for_them() -> None:
    problem = build_problem(generate(60, 0))
    bodies = make_bodies(problem)
    profile_of = problem.people.profile_of
    for members in bodies.people:
        assert len({profile_of.get(m) for m in members}) == 1
    for _, unit in units(problem):
        asked = set(unit.members)
        assert all(set(bodies.people[n]) <= asked for n in bodies.of(unit.members))


def test_choices_are_read_in_the_order_of_the_instance(tmp_path: Path) -> None:
    problem = build_problem(generate(30, 1))
    path = tmp_path / "choices-end.txt"

    def lines() -> Iterator[str]:
        for _, a in activities(problem):
            yield "0 1" if a.columns else "-1 0"
        yield from ("-1 0" for _ in (*problem.rounds, *problem.cycles))
        yield from ("-1" for _ in units(problem))
        yield from ("-1" for _ in leads(problem))

    path.write_text("\n".join(lines()))
    choices = read_choices(path, problem)
    assert set(choices.columns) == {a.id for _, a in activities(problem) if a.columns}
    assert choices.sections == {}
    assert choices.experts == {}
    for ident, room in choices.rooms.items():
        a = next(a for _, a in activities(problem) if a.id == ident)
        assert room in a.rooms[0]


@pytest.mark.skipif(java.missing() is not None, reason="no JDK, or no jars of Timefold")
def test_timefold_sees_no_fault_in_our_plan_and_values_it_alike(tmp_path: Path) -> None:
    problem = build_problem(generate(60, 0))
    model = build_model(problem)
    matrix = Matrix(model.rows)
    incumbent = Incumbent(matrix, model.tiers)
    steps = Steps(model, matrix, incumbent, lambda _: None, Clock())
    near = Neighbourhoods(steps.parts, 0)
    construct(steps, near, Effort(0, 60.0, 1), lambda _: False)
    settle(model, matrix, incumbent, 0)
    choices = choices_of(model, [int(v) for v in incumbent.values])
    write_instance(tmp_path / "instance.txt", problem, choices)
    ready = java.compiled(tmp_path / "compiled")
    seen = watched(
        ready.arguments("Main", tmp_path / "instance.txt", tmp_path, 15, 0),
        program=ready.program,
        most_s=120,
    )
    assert (seen.returncode, seen.stderr) == (0, "")
    required, reach = incumbent.reached[:2]
    scores = read_scores(tmp_path / "scores.txt")
    assert scores[0].broken == 0
    assert scores[-1].required == 1_000 * required
    assert scores[-1].reach >= reach
    assert read_choices(tmp_path / "choices-end.txt", problem).columns

"""What is done for peers around their runs: instances before, completing and judging after."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.large.events import Log
from benchmarks.large.own import Task, build, place
from benchmarks.peers.choices import Choices, choices_of
from benchmarks.peers.completing import completed
from benchmarks.peers.fet import reading as fet_reading
from benchmarks.peers.fet import writing as fet_writing
from benchmarks.peers.judged import judged
from benchmarks.peers.timefold.answers import read_choices
from benchmarks.peers.timefold.instance import write_instance, write_start
from plsched.scenario.check import load
from plsched.solver.effort import Effort
from plsched.solver.index.build import build_problem
from plsched.solver.model import build_model
from plsched.solver.problem import Problem

COMPLETE_S = 600.0
"""What completing may take; a peer does not pay for it."""
END = "end"


def instance(warm: str, district: str, folder: str, seed: str, rest: str) -> None:
    """Write Timefold's instance; prints the seconds that count for it: those of a construction."""
    workers, begun = rest.split(",")
    scenario = load(district)
    start: Choices | None = None
    spent_s = 0.0
    if int(warm):
        log = Log(Path(folder) / "construction.jsonl", float(begun))
        effort = Effort(int(seed), COMPLETE_S, int(workers))
        built = build(scenario)
        place(built, Task(scenario, effort, float(begun), log))
        spent_s = time.monotonic() - float(begun)
        start = choices_of(built.model, [int(v) for v in built.incumbent.values])
        write_start(Path(folder) / "choices-0.txt", built.model.problem, start)
    write_instance(Path(folder) / "instance.txt", build_problem(scenario), start)
    print(round(spent_s, 3))


def window(_: str, district: str, folder: str, seed: str, rest: str) -> None:
    """Write FET's window of dates."""
    del seed, rest
    fet_writing.write_window(Path(folder), build_problem(load(district)))


END_S = -1.0
"""The end has no second of its own; whoever reads this knows how long the peer ran."""
Answer = tuple[float, Path]
Reader = Callable[[Path, Problem], Choices]


def timefold_answers(folder: Path) -> list[Answer]:
    """Give Timefold's files of choices in the order of their seconds, the end last."""
    marks = {f: f.stem.removeprefix("choices-") for f in folder.glob("choices-*.txt")}
    found = sorted((float(mark), f) for f, mark in marks.items() if mark != END)
    return [*found, *((END_S, f) for f, mark in marks.items() if mark == END)]


def fet_answers(folder: Path) -> list[Answer]:
    """Give FET's one file."""
    return [(END_S, f) for f in fet_reading.answers(folder)]


READERS: Mapping[str, tuple[Reader, Callable[[Path], list[Answer]]]] = {
    "timefold": (read_choices, timefold_answers),
    "timefold-warm": (read_choices, timefold_answers),
    "fet": (fet_reading.read_choices, fet_answers),
}


def judge(name: str, district: str, folder: str, seed: str, rest: str) -> None:
    """Complete each file of choices, and print what the judge makes of it.

    Of what a peer had so far, the best plan counts: rules that it is not told may make a later one
    worse.
    """
    workers, _ = rest.split(",")
    read, answers = READERS[name]
    files = answers(Path(folder))
    if not files:
        print(json.dumps({}))
        return
    problem = build_problem(load(district))
    model = build_model(problem)
    effort = Effort(int(seed), COMPLETE_S, int(workers))
    events: list[dict[str, Any]] = []
    violations = chosen = standing = 0
    best: dict[str, int] = {}
    for at_s, file in files:
        choices = read(file, problem)
        plan, broken = judged(model, completed(model, choices, effort), int(seed))
        chosen, standing = len(choices.columns), len(plan.items)
        violations += len(broken)
        values = {str(t.name): t.value for t in plan.tiers}
        best = max(best, values, key=_rank) if best else values
        events.append({"at_s": at_s, "values": best})
    raw = {"chosen": chosen, "standing": standing}
    found = {"events": events, "tiers": best, "violations": violations, "raw": raw}
    print(json.dumps(found))


def _rank(values: Mapping[str, int]) -> tuple[int, int, int]:
    return values["required"], values["reach"], -values["cost"]


JOBS = {"instance": instance, "window": window, "judge": judge}

if __name__ == "__main__":
    JOBS[sys.argv[1]](*sys.argv[2:])

"""What is promised besides the race: single steps at one size, each against its target."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.large.changes import Change, changes_of, write_change
from benchmarks.large.measures import Run, bound_for
from benchmarks.reading import Reading, at_most
from benchmarks.watched import watched
from plsched.plan.files import read_plan
from plsched.scenario.check import load

REPLAN_S, KEPT_PERCENT = 10.0, 90
CERTIFIED_S, CERTIFIED_GAP = 30.0, 0.015


class StepBroke(Exception):
    """A step ended with an error, which is told in place of its time."""


@dataclass(frozen=True, slots=True)
class Given:
    """A district, the full solver's plan of it if it was run, and all runs on it.

    ``folder`` takes what is written.
    """

    size: str
    seed: int
    district: Path
    plan: Path | None
    runs: Sequence[Run]
    folder: Path
    workers: int


def loaded(given: Given) -> list[Reading]:
    """Loading, checking and indexing."""
    found = _step("loading", given.district)
    return [at_most(f"{given.size}: load, check and index", found["all_s"], 5, "s")]


def verified(given: Given) -> list[Reading]:
    """The judge on the plan of the full solver."""
    if given.plan is None:
        return [_without_plan(given, "the judge verifies the plan")]
    found = _step("judging", given.district, given.plan)
    return [at_most(f"{given.size}: the judge verifies the plan", found["all_s"], 10, "s")]


def written(given: Given) -> list[Reading]:
    """All calendars of the plan of the full solver."""
    if given.plan is None:
        return [_without_plan(given, "all calendars are written")]
    found = _step("calendars", given.district, given.plan)
    told = f"{given.size}: {found['files']:,} calendars are written"
    return [at_most(told, found["all_s"], 60, "s")]


def replanned(given: Given) -> list[Reading]:
    """One change each, with the plan of the full solver as the baseline."""
    if given.plan is None:
        return [_without_plan(given, "replanning after one change")]
    baseline = read_plan(given.plan)
    asked = next((t.value for t in baseline.tiers if t.name == "required"), 0)
    changes = changes_of(load(given.district), baseline)
    return [_replanned(given, name, several, asked) for name, several in changes.items()]


def _replanned(given: Given, name: str, several: list[Change], asked: int) -> Reading:
    """Replan; a plan that drops what is required is none that a planner could take."""
    of = f"{given.size}: replanning, {name}"
    least = asked * KEPT_PERCENT // 100
    target = f"in {REPLAN_S:g} s, at least {least} of {asked} required things"
    changed = write_change(given.folder, given.district, name, several)
    if changed is None:
        return Reading(of, "not measured: no such change leaves the district in order")
    rest = f"{REPLAN_S},{given.seed},{given.workers}"
    try:
        found = _step("replanning", changed, given.plan, rest)
    except StepBroke as broke:
        return Reading(of, str(broke), target, met=False)
    tiers = ", ".join(f"{t} {v:,}" for t, v in found["tiers"].items())
    return Reading(
        of,
        f"{found['all_s']:.1f} s, {found['status']}; {tiers or 'no plan'}",
        target,
        found["tiers"].get("required", -1) >= least and found["all_s"] <= REPLAN_S,
    )


def certified(given: Given) -> list[Reading]:
    """The bound after half a minute against the best reach that anybody found."""
    full = [r for r in given.runs if r.contender == "full"]
    best = max(given.runs, key=_rank, default=None)
    if not full or best is None or "reach" not in best.tiers:
        return [_without_plan(given, "certified bound on reach")]
    early = [e for e in full[0].events if e.bound is not None and e.at_s <= CERTIFIED_S]
    bound = bound_for("reach", best.tiers, early)
    told = f"{given.size}: bound on reach at {CERTIFIED_S:g} s, best of {best.limit_s:g} s"
    target = f"within {CERTIFIED_GAP:.1%}"
    if bound is None:
        return [Reading(told, "none that holds for the best plan", target, met=False)]
    gap = abs(bound - best.tiers["reach"]) / max(1, best.tiers["reach"])
    text = f"{bound:,} against {best.tiers['reach']:,} ({best.contender}), {gap:.2%}"
    return [Reading(told, text, target, gap <= CERTIFIED_GAP)]


def _rank(run: Run) -> tuple[int, int]:
    if run.violations:
        return (-1, -1)
    return run.tiers.get("required", -1), run.tiers.get("reach", -1)


def built(given: Given) -> list[Reading]:
    """Literals in rows, written out for CP-SAT; no district is needed."""
    found = _step("literals", given.district)
    return [at_most(f"{found['literals']:,} literals in rows are built", found["all_s"], 1.5, "s")]


PROMISES: Mapping[str, Callable[[Given], list[Reading]]] = {
    "load": loaded,
    "verify": verified,
    "calendars": written,
    "replan": replanned,
    "bound": certified,
    "literals": built,
}


def _without_plan(given: Given, what: str) -> Reading:
    return Reading(f"{given.size}: {what}", "not measured: no plan of the full solver")


def _step(job: str, district: Path, plan: Path | None = None, rest: str = "") -> dict[str, Any]:
    """Run a step in a process of its own."""
    values = [job, str(district), "" if plan is None else str(plan), rest]
    seen = watched(["-m", "benchmarks.large.promised", *values])
    if seen.returncode:
        raise StepBroke(f"{job} broke: {seen.stderr.strip().splitlines()[-1][:300]}")
    found: dict[str, Any] = json.loads(seen.stdout)
    return found

"""What people read: targets, medians over seeds, every single run, what was not run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from benchmarks.large.choice import Choice
from benchmarks.large.contenders import CONTENDERS
from benchmarks.large.events import TIERS
from benchmarks.large.measures import (
    Bounds,
    Run,
    bound_for,
    bounds_of,
    gap_at,
    middle,
    time_to,
)
from benchmarks.large.running import MARKS_S
from benchmarks.large.sizes import SEEDS, SIZES, Size, Target
from benchmarks.reading import Reading, Table

ONE_PERCENT = 0.01
NONE = "none"

ByInstance = Mapping[tuple[str, int], Bounds]


def bounds_by_instance(runs: Iterable[Run]) -> ByInstance:
    """Collect what was proven of each instance."""
    found: dict[tuple[str, int], list[Run]] = {}
    for run in runs:
        found.setdefault((run.size, run.seed), []).append(run)
    return {instance: bounds_of(of_it) for instance, of_it in found.items()}


def against_targets(runs: Sequence[Run], choice: Choice) -> list[Reading]:
    """Compare the medians of the full solver with the targets of each size."""
    bounds = bounds_by_instance(runs)
    readings: list[Reading] = []
    for size in choice.sizes:
        full = [r for r in runs if r.size == size.name and r.contender == "full"]
        if size.target is not None:
            readings += _size(size, size.target, full, bounds)
    return readings


def _size(size: Size, target: Target, full: list[Run], bounds: ByInstance) -> list[Reading]:
    if not full:
        return [Reading(f"{size.name}: the full solver", "not run")]
    first = middle([r.first_whole_s for r in full])
    peak = middle([r.peak_mib for r in full])
    second = target.gap_at_s
    readings = [
        _reading(f"{size.name}: first plan", first, target.first_plan_s, "s"),
        _reading(f"{size.name}: peak memory", peak, target.memory_mib, "MiB"),
    ]
    for tier in ("reach", "cost"):
        of = f"{size.name}: gap on {tier} at {second:g} s"
        if all(r.limit_s < second for r in full):
            readings.append(Reading(of, "not run for so long", f"at most {target.gap:.1%}"))
            continue
        gap = middle([gap_at(r, tier, second, bounds[r.size, r.seed]) for r in full])
        met = gap is not None and gap <= target.gap
        readings.append(Reading(of, _percent(gap), f"at most {target.gap:.1%}", met))
    return readings


def _reading(of: str, value: float | None, most: float, unit: str) -> Reading:
    told = NONE if value is None else f"{value:.1f} {unit}"
    return Reading(of, told, f"at most {most:g} {unit}", value is not None and value <= most)


def medians(runs: Sequence[Run]) -> Table:
    """Give the medians over seeds of each size and contender."""
    bounds = bounds_by_instance(runs)
    groups: dict[tuple[str, str], list[Run]] = {}
    for run in runs:
        groups.setdefault((run.size, run.contender), []).append(run)
    head = [
        *("size", "contender", "seeds", "first plan", "all required"),
        *(f"gap {tier} {mark} s" for tier in ("reach", "cost") for mark in MARKS_S),
        *("reach within 1 %", "peak memory", "proven"),
    ]
    rows = [_medians(size, name, of_it, bounds) for (size, name), of_it in groups.items()]
    return Table("Medians over seeds", tuple(head), tuple(rows))


def _medians(size: str, name: str, runs: list[Run], bounds: ByInstance) -> tuple[str, ...]:
    gaps = [
        _percent(middle([gap_at(r, tier, mark, bounds[r.size, r.seed]) for r in runs]))
        if any(r.limit_s >= mark for r in runs)
        else "not run"
        for tier in ("reach", "cost")
        for mark in MARKS_S
    ]
    within = middle([time_to(r, "reach", ONE_PERCENT, bounds[r.size, r.seed]) for r in runs])
    proven = sum(1 for r in runs if r.status == "OPTIMAL")
    return (
        *(size, CONTENDERS[name].title, str(len(runs))),
        *(_seconds(middle([r.first_s for r in runs])),),
        *(_seconds(middle([r.first_whole_s for r in runs])),),
        *gaps,
        _seconds(within),
        _mib(middle([r.peak_mib for r in runs])),
        f"{proven} of {len(runs)}",
    )


def instances(runs: Sequence[Run]) -> Table:
    """Give every run: what the judge made of its last plan, and the bounds that hold for it."""
    bounds = bounds_by_instance(runs)
    head = ("size", "seed", "contender", "limit", "status", *TIERS, "time", "memory", "judge")
    rows = [_instance(r, bounds[r.size, r.seed]) for r in runs]
    return Table("Every run", head, tuple(rows))


def _instance(run: Run, bounds: Bounds) -> tuple[str, ...]:
    tiers = (_tier(run, tier, bounds) for tier in TIERS)
    judge = "" if not run.tiers else f"{run.violations} violations" if run.violations else "passed"
    return (
        *(run.size, str(run.seed), CONTENDERS[run.contender].title, f"{run.limit_s:g} s"),
        run.status,
        *tiers,
        _seconds(run.wall_s),
        _mib(run.peak_mib),
        judge,
    )


def _tier(run: Run, tier: str, bounds: Bounds) -> str:
    if tier not in run.tiers:
        return ""
    bound = bound_for(tier, run.tiers, bounds)
    told = "no bound holds" if bound is None else f"bound {bound:,}"
    return f"{run.tiers[tier]:,} ({told})"


def unstated(contenders: Iterable[str]) -> Table:
    """Say which rules a peer cannot state."""
    rows = [
        (CONTENDERS[name].title, rule) for name in contenders for rule in CONTENDERS[name].cannot
    ]
    return Table("What peers cannot state", ("contender", "rule"), tuple(rows))


def not_run(choice: Choice) -> list[Reading]:
    """Say which part of the whole was left out."""
    sizes = [n for n in SIZES if n not in {s.name for s in choice.sizes}]
    seeds = [str(n) for n in SEEDS if n not in choice.seeds]
    names = [n for n in CONTENDERS if n not in choice.contenders]
    told = (("sizes", sizes), ("seeds", seeds), ("contenders", names))
    return [Reading(f"{what} not run", ", ".join(left)) for what, left in told if left]


def _percent(gap: float | None) -> str:
    return NONE if gap is None else f"{gap:.2%}"


def _seconds(seconds: float | None) -> str:
    return NONE if seconds is None else f"{seconds:.1f} s"


def _mib(mib: float | None) -> str:
    return NONE if mib is None else f"{mib:,.0f} MiB"

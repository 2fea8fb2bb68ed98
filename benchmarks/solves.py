"""Solves of the demo scenarios: the district within a minute, the others to proof."""

from __future__ import annotations

import json
import time
from typing import Any

from benchmarks.reading import Asked, Part, Reading, at_most
from benchmarks.watched import ROOT, Watched, watched

DISTRICT = "clayton"
OTHERS = (
    "large-urban-math",
    "large-urban-math-partner-cut",
    "delivery-cycle",
    "delivery-cycle-coach-lost",
    "network-protocol",
    "network-protocol-hub-closed",
)
MOST_GAP = 0.005


def district(asked: Asked) -> Part:
    """Solve clayton: first plan, tiers with bounds, memory of all processes together."""
    found, seen = _solved(DISTRICT, asked)
    first = found["first_plan_s"]
    soon = (
        at_most("time to the first plan", first, 5, "s")
        if first is not None
        else Reading("time to the first plan", "none", "at most 5 s", met=False)
    )
    readings = [
        Reading("status", found["status"], "a plan", bool(found["tiers"])),
        soon,
        *(_tier(tier) for tier in found["tiers"]),
        Reading("time of the solve, naming and judging included", f"{found['solve_s']:.1f} s"),
        at_most("peak resident memory of all processes", seen.peak_mib, 1000, "MiB"),
        Reading("plan items", f"{found['items']}, {found['left_out']} left out"),
    ]
    return Part(tuple(readings), found | {"peak_mib": round(seen.peak_mib, 1)})


def others(asked: Asked) -> Part:
    """Solve the other demo scenarios to proof."""
    readings: list[Reading] = []
    raw: dict[str, object] = {}
    for name in OTHERS:
        found, seen = _solved(name, asked)
        raw[name] = found | {"peak_mib": round(seen.peak_mib, 1)}
        told = f"{found['status']} in {found['solve_s']:.1f} s, {seen.peak_mib:.0f} MiB"
        proven = found["status"] == "OPTIMAL" and found["solve_s"] <= asked.time_limit_s
        readings.append(Reading(name, told, f"proven within {asked.time_limit_s:g} s", proven))
    return Part(tuple(readings), raw)


def _solved(name: str, asked: Asked) -> tuple[dict[str, Any], Watched]:
    numbers = (asked.seed, asked.time_limit_s, asked.workers, time.monotonic())
    seen = watched(
        ["-m", "benchmarks.solving", str(ROOT / "scenarios" / name), *(str(n) for n in numbers)]
    )
    if seen.returncode:
        raise SystemExit(f"{name} was not solved: exit code {seen.returncode}\n{seen.stderr}")
    return json.loads(seen.stdout), seen


def _tier(tier: dict[str, Any]) -> Reading:
    gap = tier["gap"]
    bound = "none" if tier["bound"] is None else f"{tier['bound']:,}"
    told = "" if gap is None else f", gap {gap:.2%}"
    return Reading(
        f"tier {tier['name']} ({tier['unit']})",
        f"{tier['value']:,}, bound {bound}{told}",
        f"gap at most {MOST_GAP:.1%}",
        gap is not None and gap <= MOST_GAP,
    )

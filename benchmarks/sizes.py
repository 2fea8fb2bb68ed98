"""Synthetic districts by size: what a run takes, and what is kept of it."""

from __future__ import annotations

import gzip
import json
import os
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.reading import Asked, Part, Reading
from benchmarks.watched import watched
from plsched.exports.calendars import CalendarYear, FeedWriter
from plsched.generate import generate, write_district
from plsched.plan.files import read_plan
from plsched.plan.models import Plan
from plsched.scenario.check import load
from plsched.scenario.models import Scenario

SIZES = (60, 250, 700, 1_500, 3_000, 7_000)
SHORTEST_S = 60
S_PER_EDUCATOR = 0.16
PUBLISHED = datetime(2026, 8, 1, tzinfo=UTC)
ONLY = "PLSCHED_SIZES"
"""Variable that names the sizes to measure, such as ``60,250``; the largest ones take an hour."""


def sizes(asked: Asked) -> Part:
    """Solve a synthetic district of each size, in the time that a planner has to give for it."""
    named = os.environ.get(ONLY)
    chosen = tuple(int(n) for n in named.split(",")) if named else SIZES
    readings: list[Reading] = []
    raw: dict[str, object] = {}
    for educators in chosen:
        limit_s = max(SHORTEST_S, round(educators * S_PER_EDUCATOR))
        with tempfile.TemporaryDirectory() as folder:
            found = _measured(educators, limit_s, asked, Path(folder))
        raw[str(educators)] = found
        readings.append(Reading(f"{educators:,} educators, limit {limit_s} s", _told(found)))
    return Part(tuple(readings), raw)


def _measured(educators: int, limit_s: int, asked: Asked, folder: Path) -> dict[str, Any]:
    district, plan_file = folder / "district", folder / "plan.json"
    write_district(generate(educators, asked.seed), district)
    numbers = (asked.seed, limit_s, asked.workers, time.monotonic())
    seen = watched(
        [
            *("-m", "benchmarks.solving", str(district)),
            *(*(str(n) for n in numbers), str(plan_file)),
        ]
    )
    if seen.returncode:
        raise SystemExit(f"{educators} educators: exit code {seen.returncode}\n{seen.stderr}")
    found: dict[str, Any] = json.loads(seen.stdout)
    found |= {"educators": educators, "limit_s": limit_s, "peak_mib": round(seen.peak_mib, 1)}
    scenario = load(district)
    found["scenario_bytes"] = len(scenario.model_dump_json())
    if not plan_file.exists():
        return found
    plan = read_plan(plan_file)
    found["plan_bytes"] = len(plan.model_dump_json())
    return found | _feeds(scenario, plan)


def _feeds(scenario: Scenario, plan: Plan) -> dict[str, float]:
    """Write and pack the feeds of a plan as publishing does."""
    begun = time.process_time()
    year = CalendarYear.of(scenario, plan, changed_at=PUBLISHED)
    made = [
        (feed.kind, len(gzip.compress(feed.content, 6, mtime=0)))
        for feed in FeedWriter((year,), now=PUBLISHED).feeds()
    ]
    spent = time.process_time() - begun
    own = np.array([size for kind, size in made if kind == "educator"])
    return {
        "feeds": len(made),
        "feeds_s": round(spent, 2),
        "feeds_bytes": sum(size for _, size in made),
        "educator_feed_bytes_mean": round(float(own.mean())),
        "educator_feed_bytes_p95": round(float(np.percentile(own, 95))),
        "state_bytes": len(year.state.model_dump_json()),
    }


def _told(found: dict[str, Any]) -> str:
    solved = f"{found['status']} in {found['whole_s']:.0f} s, {found['peak_mib']:,.0f} MiB"
    if "plan_bytes" not in found:
        return solved
    required = found["tiers"][0]
    return (
        f"{solved}, first plan after {found['first_plan_s']:.0f} s; {required['value']:,} of "
        f"{required['bound']:,} that are required stand; "
        f"{found['progress_lines']:,} progress lines; scenario {found['scenario_bytes'] / 1e6:.1f} "
        f"MB, plan {found['plan_bytes'] / 1e6:.1f} MB; {found['feeds']:,} feeds in "
        f"{found['feeds_s']:.1f} s, {found['feeds_bytes'] / 1e6:.1f} MB gzip, "
        f"{found['educator_feed_bytes_mean']:,} bytes an educator; "
        f"state of the calendars {found['state_bytes'] / 1e6:.1f} MB"
    )

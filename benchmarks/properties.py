"""The long property tests, every seed: brute force, known plans, the judge."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

from benchmarks.reading import Asked, Part, Reading
from benchmarks.watched import watched

TARGETS = {
    "test_solver_equals_brute_force": ("equal to brute force in every tier", 500),
    "test_a_district_with_a_known_plan_is_feasible": ("feasible ones never called infeasible", 500),
    "test_the_judge_passes_what_little_time_gives": ("plans passed by the judge", 1000),
}


def properties(asked: Asked) -> Part:
    """Run the property tests of the solver in full; the seed of the benchmarks is not theirs."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        run = watched(
            [
                *(
                    "-m",
                    "pytest",
                    "-q",
                    "-n",
                    str(asked.workers),
                    "--no-header",
                    "-p",
                    "no:warnings",
                ),
                *("tests/solver/test_brute_force.py", "tests/solver/test_feasible.py"),
                f"--junitxml={report}",
            ],
            os.environ | {"PLSCHED_EXHAUSTIVE": "1"},
        )
        if not report.is_file():
            raise SystemExit(f"the tests did not run:\n{run.stdout}{run.stderr}")
        passed, failed = _counts(report)
    readings = [
        Reading(
            told,
            f"{passed[name]} passed, {failed[name]} failed",
            f"{least}, none failed",
            passed[name] >= least and not failed[name],
        )
        for name, (told, least) in TARGETS.items()
    ]
    readings.append(Reading("time of them all", f"{run.wall_s / 60:.1f} min"))
    raw = {"passed": dict(passed), "failed": dict(failed), "wall_s": round(run.wall_s, 1)}
    return Part(tuple(readings), raw)


def _counts(report: Path) -> tuple[Counter[str], Counter[str]]:
    """Count by test function; the report was written by pytest a moment ago."""
    passed: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for case in ET.parse(report).getroot().iter("testcase"):  # noqa: S314 - our own report
        name = case.get("name", "").partition("[")[0]
        bad = case.find("failure") is not None or case.find("error") is not None
        (failed if bad else passed)[name] += 1
    return passed, failed

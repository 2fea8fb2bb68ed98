"""`plsched check` on the demo district, as a whole process."""

from __future__ import annotations

from statistics import median

from benchmarks.reading import Asked, Part, Reading, at_most
from benchmarks.solves import DISTRICT
from benchmarks.watched import ROOT, watched

TIMES = 5


def check(asked: Asked) -> Part:
    """Check clayton several times; the first one, which also warms the disk up, does not count."""
    del asked
    command = ["-m", "plsched", "check", str(ROOT / "scenarios" / DISTRICT)]
    runs = [watched(command) for _ in range(TIMES + 1)][1:]
    if any(run.returncode for run in runs):
        raise SystemExit(f"{DISTRICT} has findings:\n{runs[0].stderr}")
    times = sorted(run.wall_s for run in runs)
    readings = (
        at_most(f"plsched check {DISTRICT}, median of {TIMES}", median(times), 1, "s"),
        Reading("fastest and slowest", f"{times[0]:.2f} s, {times[-1]:.2f} s"),
    )
    return Part(readings, {"times_s": [round(t, 3) for t in times]})

"""Seconds of a quiet machine: what some work takes, as a ratio to known work in the same run.

The same machine is at times half as fast as at others, so a bound in its own seconds would
tell more about the hour than about the code. Seconds as they are stand in the benchmarks.
"""

import json
import resource
from collections.abc import Callable
from statistics import median

KNOWN_S = 0.23  # what `_known` takes on a quiet core where `plsched check` takes 0.64 s on clayton


def quiet_seconds(work: Callable[[], object], times: int = 3) -> float:
    """Give the processor time of `work`, child processes included, on a quiet machine.

    The median of `times` ratios, each to known work done just before and just after.
    """
    return quiet_seconds_of(lambda: _spent(work), times)


def quiet_seconds_of(spent: Callable[[], float], times: int = 3) -> float:
    """Give, for work that tells itself what processor time it took, the time on a quiet machine."""
    return median(_ratio(spent) for _ in range(times)) * KNOWN_S


def _ratio(spent: Callable[[], float]) -> float:
    before, seconds, after = _spent(_known), spent(), _spent(_known)
    return seconds / ((before + after) / 2)


def _known() -> None:
    """Read, look up, format and sort: what checking, judging and writing do most of."""
    rows = [{"id": f"row-{n * 7919 % 4001}", "minutes": n % 480} for n in range(4000)]
    for _ in range(32):
        told = json.loads(json.dumps(rows))
        totals: dict[str, int] = {}
        for row in told:
            totals[row["id"]] = totals.get(row["id"], 0) + row["minutes"]
        sorted(f"{minutes:05d} {name}" for name, minutes in totals.items())


def _spent(work: Callable[[], object]) -> float:
    before = _used()
    work()
    return _used() - before


def _used() -> float:
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)

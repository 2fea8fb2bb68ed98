"""A service under a steady load: its memory stays flat, its log small, and nothing fails.

`PLSCHED_SOAK_S` says for how many seconds the long form goes on.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Sequence
from pathlib import Path

import pytest

from plsched.store.wal import WAL_LIMIT_BYTES
from tests.cli.test_serve_and_demo import serving
from tests.cli.test_worker import worker
from tests.soak.load import MEBI, Sample, Seen, press

SOAK_S = float(os.environ.get("PLSCHED_SOAK_S", "1800"))
WARM_UP = 1 / 3
"""Part of the time in which caches fill; what counts comes after it."""
GROWTH_MIB = 8.0
"""Over the rest of half an hour, by its slope; what is kept for each run or read would be more."""


def test_a_short_soak(database_url: str, tmp_path: Path) -> None:
    soak(database_url, tmp_path, seconds=6.0)


@pytest.mark.soak
def test_a_soak(database_url: str, tmp_path: Path) -> None:
    samples = soak(database_url, tmp_path, seconds=SOAK_S)
    after = [each for each in samples if each.at_s > SOAK_S * WARM_UP]
    for number in range(len(after[0].memory_mib)):
        grown = growth_mib(after, number)
        print(f"process {number}: {grown:+.2f} MiB after the warm-up, by its slope")
        assert grown < GROWTH_MIB


def soak(url: str, folder: Path, *, seconds: float) -> list[Sample]:
    """Serve under load, and see to it that nothing failed."""
    sqlite = url.startswith("sqlite")
    with serving(folder, "serve", "--port", "0", "--database", url) as served:
        if sqlite:
            log = Path(f"{url.removeprefix('sqlite:///')}-wal")
            seen, samples = press(served.base, seconds, [served.pid], log)
        else:
            with worker(folder, url) as working:
                seen, samples = press(
                    served.base, seconds, [served.pid, working.pid], folder / "none"
                )
    tell(seen, samples)
    assert seen.failed == []
    assert set(seen.statuses) <= {200, 201, 202, 304}
    assert seen.statuses[304] > 0
    assert set(seen.runs) == {"succeeded"}
    assert max(each.log_mib for each in samples) <= 1.25 * WAL_LIMIT_BYTES / MEBI
    return samples


def growth_mib(samples: Sequence[Sample], number: int) -> float:
    """Give by how much a process grew, by the slope of its memory over the time."""
    times = [each.at_s for each in samples]
    slope = statistics.linear_regression(times, [each.memory_mib[number] for each in samples]).slope
    return slope * (times[-1] - times[0])


def tell(seen: Seen, samples: Sequence[Sample]) -> None:
    """Print what was measured."""
    answers = ", ".join(f"{status}: {count}" for status, count in sorted(seen.statuses.items()))
    print(f"\n{samples[-1].at_s:.0f} s; answers {answers}; runs {dict(seen.runs)}")
    print(
        f"slowest answer {seen.slowest_s:.2f} s; log at most {max(s.log_mib for s in samples):.1f} MiB"
    )
    for number in range(len(samples[0].memory_mib)):
        memory = [each.memory_mib[number] for each in samples]
        tenths = [memory[len(memory) * part // 10] for part in range(10)] + [memory[-1]]
        print(f"process {number}, MiB by tenths: {' '.join(f'{each:.0f}' for each in tenths)}")

"""`python -m tests.crash.writers URL THREADS SECONDS NUMBER`: writers of one process, as a service is."""

from __future__ import annotations

import json
import sys
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from typing import TypeVar

from plsched.access import LOCAL_TENANT, local
from plsched.store import Database, Run, RunRequest, RunStore, ScenarioStore, open_database
from tests import tiny

T = TypeVar("T")


@dataclass
class Told:
    written: int = 0
    fewest: int = 0
    slowest_s: float = 0.0
    failed: list[str] = field(default_factory=list)

    def count(self, write: Callable[[], T]) -> T | None:
        began = time.monotonic()
        try:
            made = write()
        except Exception as error:  # noqa: BLE001  # each failure is what is looked for
            self.failed.append(repr(error))
            return None
        else:
            self.written += 1
            return made
        finally:
            self.slowest_s = max(self.slowest_s, time.monotonic() - began)


def main(url: str, threads: int, seconds: float, number: int) -> None:
    until = time.monotonic() + seconds
    with open_database(url) as database, ThreadPoolExecutor(threads) as pool:
        names = [f"District {number}.{thread}" for thread in range(threads)]
        told = list(pool.map(lambda name: write(database, name, until), names))
    all_told = Told(
        written=sum(t.written for t in told),
        fewest=min(t.written for t in told),
        slowest_s=max(t.slowest_s for t in told),
        failed=[reason for t in told for reason in t.failed],
    )
    print(json.dumps(asdict(all_told)))


def write(database: Database, name: str, until: float) -> Told:
    """Keep one scenario, then runs of it, until the time is over."""
    told = Told()
    scenarios = ScenarioStore(database, LOCAL_TENANT)
    runs = RunStore(database, LOCAL_TENANT)
    scenario = tiny.scenario(name=name)
    kept = told.count(lambda: scenarios.add(scenario, by=local(), now=tiny.NOW))
    if kept is None:
        return told
    request = RunRequest(kept[0].id, seed=0, time_limit_s=60, workers=1)
    while time.monotonic() < until:
        told.count(lambda: runs.add(asked(request), by=local(), key=None, allowed=lambda _: None))
    return told


def asked(request: RunRequest) -> Run:
    return Run(
        id=str(uuid.uuid4()),
        tenant=LOCAL_TENANT,
        request=request,
        status="queued",
        created_at=tiny.NOW,
        created_by="local",
    )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))

"""`python -m tests.crash.writers URL THREADS SECONDS NUMBER`: writers of one process, as a service is."""

from __future__ import annotations

import json
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field

from plsched.access import LOCAL_TENANT, local
from plsched.store import Database, Run, RunRequest, RunStore, ScenarioStore, open_database
from tests import tiny


@dataclass
class Told:
    written: int = 0
    fewest: int = 0
    slowest_s: float = 0.0
    failed: list[str] = field(default_factory=list)


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
    kept, _ = ScenarioStore(database, LOCAL_TENANT).add(
        tiny.scenario(name=name), by=local(), now=tiny.NOW
    )
    told.written += 1
    request = RunRequest(kept.id, seed=0, time_limit_s=60, workers=1)
    runs = RunStore(database, LOCAL_TENANT)
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            runs.add(asked(request), by=local(), key=None, allowed=lambda _: None)
        except Exception as error:  # noqa: BLE001  # each failure is what is looked for
            told.failed.append(repr(error))
        else:
            told.written += 1
        told.slowest_s = max(told.slowest_s, time.monotonic() - began)
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

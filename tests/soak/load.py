"""What a service is asked for while it soaks, and what is seen of it meanwhile."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import psutil

from tests.api.told import send_scenario

READS_PER_S = 4.0
SECONDS_PER_SOLVE = 15.0
SAMPLE_S = 2.0
MEBI = 1 << 20


@dataclass
class Seen:
    """What came of the load."""

    statuses: Counter[int] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    runs: Counter[str] = field(default_factory=Counter)
    slowest_s: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def answered(self, answer: httpx2.Response) -> None:
        """Note an answer."""
        with self.lock:
            self.statuses[answer.status_code] += 1
            self.slowest_s = max(self.slowest_s, answer.elapsed.total_seconds())
            if answer.status_code >= 500:
                self.failed.append(f"{answer.request.url.path}: {answer.text[:300]}")


@dataclass(frozen=True)
class Sample:
    """The sizes at one moment."""

    at_s: float
    memory_mib: tuple[float, ...]
    log_mib: float


def press(
    base: str, seconds: float, processes: Sequence[int], log: Path
) -> tuple[Seen, list[Sample]]:
    """Solve and read for so long, and watch the processes and the write-ahead log.

    Parameters
    ----------
    processes
        Those whose memory is watched; each alone, without the solves that it starts.
    log
        The write-ahead log; it need not be there.
    """
    seen, over = Seen(), threading.Event()
    watched = [psutil.Process(pid) for pid in processes]
    samples = []
    with ExitStack() as stack:
        client = stack.enter_context(httpx2.Client(base_url=base, timeout=60))
        plans = [_published(client, seen, seed=0)]
        feeds = _addresses(client, seen, plans[0])
        work: list[Callable[[], None]] = [
            lambda: _keep_solving(client, seen, plans, over),
            lambda: _keep_reading(client, seen, feeds, plans, over),
        ]
        threads = [threading.Thread(target=each) for each in work]
        for thread in threads:
            thread.start()
        begun = time.monotonic()
        while (at := time.monotonic() - begun) < seconds:
            memory = tuple(each.memory_info().rss / MEBI for each in watched)
            samples.append(Sample(at, memory, log.stat().st_size / MEBI if log.exists() else 0.0))
            over.wait(min(SAMPLE_S, seconds - at))
        over.set()
        for thread in threads:
            thread.join()
    return seen, samples


def _published(client: httpx2.Client, seen: Seen, *, seed: int) -> str:
    plan = _solved(client, seen, seed=seed)
    seen.answered(client.post(f"/v1/plans/{plan}/publish"))
    return plan


def _addresses(client: httpx2.Client, seen: Seen, plan: str) -> list[str]:
    """Give out an address of each calendar, and give the paths that calendar programs read."""
    listed = client.get(f"/v1/plans/{plan}/calendars").json()["calendars"]
    answers = [
        client.post("/v1/feeds", json={"kind": each["kind"], "id": each["id"]}) for each in listed
    ]
    for answer in answers:
        seen.answered(answer)
    return [httpx2.URL(answer.json()["address"]).path for answer in answers]


def _solved(client: httpx2.Client, seen: Seen, *, seed: int) -> str:
    scenario = send_scenario(client, name=f"soak {seed % 5}")
    asked = {"scenario": scenario, "time_limit_s": 20, "workers": 1, "seed": seed}
    answer = client.post("/v1/runs", json=asked)
    seen.answered(answer)
    assert answer.status_code == 202, answer.text
    until = time.monotonic() + 120
    while True:
        answer = client.get(f"/v1/runs/{answer.json()['id']}")
        seen.answered(answer)
        run = answer.json()
        if run["status"] not in {"queued", "running"}:
            seen.runs[run["status"]] += 1
            assert run["plan"], run
            return str(run["plan"])
        assert time.monotonic() < until, run
        time.sleep(0.5)


def _keep_solving(
    client: httpx2.Client, seen: Seen, plans: list[str], over: threading.Event
) -> None:
    seed = 1
    while not over.wait(SECONDS_PER_SOLVE):
        plans[:] = [*plans[-7:], _published(client, seen, seed=seed)]
        seed += 1


def _keep_reading(
    client: httpx2.Client,
    seen: Seen,
    feeds: Sequence[str],
    plans: Sequence[str],
    over: threading.Event,
) -> None:
    tags: dict[str, str] = {}
    number = 0
    while not over.wait(1 / READS_PER_S):
        number += 1
        plan = plans[number % len(plans)]
        feed = feeds[number % len(feeds)]
        # Each other read is of a program that has been here before.
        known = {"if-none-match": tags[feed]} if number % 2 and feed in tags else {}
        answer = client.get(feed, headers=known)
        seen.answered(answer)
        tags[feed] = answer.headers.get("etag", "")
        if number % 20 == 0:
            tags.clear()
            for path in (
                "/v1/plans",
                "/v1/runs",
                f"/v1/plans/{plan}/calendars/all.ics",
                f"/v1/plans/{plan}/report.html",
                f"/v1/plans/{plan}/costs.xlsx",
                "/metrics",
                "/ready",
                "/",
            ):
                seen.answered(client.get(path))

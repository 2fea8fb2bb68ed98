"""A small real service beside the simulation: what its parts cost, and whether waits come true.

Costs are processor time of the process, so that they hardly depend on what else the machine does.
"""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import httpx2 as httpx
import numpy as np
import psutil
import psycopg

from benchmarks.postgres import Server, durable
from benchmarks.readers import Address, poll, replay, saturate
from benchmarks.reading import Asked, Part, Reading
from benchmarks.scale.web import backlog
from benchmarks.watched import ROOT
from plsched.api.following import LOOK_S
from plsched.runs.carrying import BEAT_S
from plsched.scenario.check import load

SOLVED = "delivery-cycle"
LIMIT_S = 120
RUNS = 3
SETTLED_S = 20
IDLE_S = 30
MORE_WORKERS = 2
FOLLOWERS = 40
FOLLOWED_S = 20
TRIES = 3
POLLED_S = 10
CLIENTS = 16
BURST = (2.0, 5), (0.3, 15)
"""Polls a second as shares of what one process can, and for how many seconds."""


def rehearsal(asked: Asked) -> Part:
    """Run a service, a worker and a PostgreSQL, and look at each."""
    del asked
    raw: dict[str, Any] = {}
    with durable() as database, _service(database) as (api, web):
        run = {"scenario": _scenario(api), "time_limit_s": LIMIT_S}
        raw |= _followed(api, web, run)
        with _worker(database):
            one = _idle(database)
            with ExitStack() as others:
                for _ in range(MORE_WORKERS):
                    others.enter_context(_worker(database))
                more = _idle(database)
            raw |= {name: (more[name] - one[name]) / MORE_WORKERS for name in one}
            plan = _solved(database, api, run, raw)
        raw |= _published(database, api, web, plan)
        raw |= asyncio.run(_polled(_addresses(api), web))
    return Part(_told(raw), raw)


def _told(raw: dict[str, Any]) -> tuple[Reading, ...]:
    return (
        Reading("connections that one more idle worker adds", f"{raw['worker_connections']:.0f}"),
        Reading("transactions that one more idle worker adds", f"{raw['idle_per_s']:.2f}/s"),
        Reading("progress lines of a beat", f"{raw['lines_per_beat']:.2f}"),
        Reading("a look at a run that is followed, processor time", f"{raw['follow_ms']:.2f} ms"),
        Reading("publishing, processor time for each feed", f"{raw['publish_ms']:.2f} ms"),
        Reading("a 304, processor time of the web process", f"{raw['not_modified_ms']:.2f} ms"),
        Reading("a whole feed, the same", f"{raw['whole_ms']:.2f} ms"),
        Reading("memory of the web process", f"{raw['web_mib']:.0f} MiB"),
        Reading("304s of one process, clients on the same two cores", f"{raw['per_s']:.0f}/s"),
        *(Reading(*_told_burst(burst)) for burst in raw["bursts"]),
    )


def _told_burst(burst: dict[str, Any]) -> tuple[str, str]:
    times, seconds = BURST[0]
    real, simulated = (
        ", ".join(f"{x:.1f} s" for x in burst[name]) for name in ("waits_s", "simulated_s")
    )
    return (
        f"{seconds} s of polls at {times:g} times {burst['per_s']:.0f}/s: wait at the median, 95 %, longest",
        f"{real}; simulated {simulated}",
    )


# ---- processes ----


@contextmanager
def _service(database: Server) -> Iterator[tuple[httpx.Client, psutil.Process]]:
    with _plsched("serve", "--port", "0", database=database) as process:
        assert process.stdout is not None
        words = (word for line in process.stdout for word in line.split())
        address = next(word for word in words if word.startswith("http"))
        with httpx.Client(base_url=address, timeout=120) as api:
            yield api, psutil.Process(process.pid)


@contextmanager
def _worker(database: Server) -> Iterator[None]:
    with _plsched("worker", database=database):
        yield


@contextmanager
def _plsched(*arguments: str, database: Server) -> Iterator[subprocess.Popen[str]]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        errors = stack.enter_context((folder / "errors").open("w+", encoding="utf-8"))
        process = stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-m", "plsched", *arguments, "--database", database.url],
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env=os.environ | {"PYTHONUNBUFFERED": "1", "COLUMNS": "200"},
            )
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(30)


# ---- parts ----


def _scenario(api: httpx.Client) -> str:
    content = load(ROOT / "scenarios" / SOLVED).model_dump(mode="json", by_alias=True)
    return str(_checked(api.post("/v1/scenarios", json=content))["id"])


def _followed(api: httpx.Client, web: psutil.Process, run: dict[str, Any]) -> dict[str, float]:
    """Follow a run that waits, since there is no worker yet; then cancel it."""
    waiting = _checked(api.post("/v1/runs", json=run))["id"]
    before = _spent(web)
    threads = [
        threading.Thread(target=_follow, args=(str(api.base_url), waiting))
        for _ in range(FOLLOWERS)
    ]
    for thread in threads:
        thread.start()
    time.sleep(FOLLOWED_S)
    spent = _spent(web) - before
    _checked(api.post(f"/v1/runs/{waiting}/cancel"))
    for thread in threads:
        thread.join()
    return {"follow_ms": spent / (FOLLOWERS * FOLLOWED_S / LOOK_S) * 1000}


def _follow(base: str, run_id: str) -> None:
    with httpx.stream("GET", f"{base.rstrip('/')}/v1/runs/{run_id}/events", timeout=120) as events:
        for _ in events.iter_lines():
            pass


def _idle(database: Server) -> dict[str, float]:
    """See what is asked of the database while nobody wants anything."""
    with database.connect() as connection:
        time.sleep(SETTLED_S)
        before, begun = _transactions(connection), time.monotonic()
        time.sleep(IDLE_S)
        per_s = (_transactions(connection) - before) / (time.monotonic() - begun)
        return {"worker_connections": _connections(connection), "idle_per_s": per_s}


def _solved(database: Server, api: httpx.Client, run: dict[str, Any], raw: dict[str, Any]) -> str:
    """Let the worker solve, and see how much it tells."""
    ids = [_checked(api.post("/v1/runs", json=run | {"seed": seed}))["id"] for seed in range(RUNS)]
    until = time.monotonic() + RUNS * 120
    with database.connect() as connection:
        while (left := _left(connection)) and time.monotonic() < until:
            time.sleep(2)
        if left:
            raise SystemExit(f"{left:.0f} of {RUNS} runs have not ended")
        beats = _number(
            connection, "SELECT sum(extract(epoch FROM ended_at - started_at)) FROM runs"
        )
        lines = _number(connection, "SELECT count(*) FROM run_progress")
    raw["lines_per_beat"] = lines / beats * BEAT_S
    return str(_checked(api.get(f"/v1/runs/{ids[-1]}"))["plan"])


def _published(
    database: Server, api: httpx.Client, web: psutil.Process, plan: str
) -> dict[str, float]:
    before = _spent(web)
    _checked(api.post(f"/v1/plans/{plan}/publish"))
    spent = _spent(web) - before
    with database.connect() as connection:
        feeds = _number(connection, "SELECT count(*) FROM feed_files")
    return {"publish_ms": spent / feeds * 1000, "web_mib": web.memory_info().rss / 2**20}


def _addresses(api: httpx.Client) -> list[str]:
    answer = api.post("/v1/feeds.csv", json={"kind": "educator"})
    answer.raise_for_status()
    return [row["address"] for row in csv.DictReader(io.StringIO(answer.text))]


async def _polled(urls: Sequence[str], web: psutil.Process) -> dict[str, Any]:
    """Poll until one process can do no more, then for some seconds more than that."""
    known = [Address(url, (await poll(Address(url)))[1]) for url in urls]
    found: dict[str, Any] = {}
    for name, addresses in (
        ("whole_ms", [Address(url) for url in urls]),
        ("not_modified_ms", known),
    ):
        before = _spent(web)
        polled = await saturate(addresses, POLLED_S, CLIENTS)
        found[name] = (_spent(web) - before) / len(polled.waits_s) * 1000
        found["per_s"] = len(polled.waits_s) / POLLED_S
        found[f"statuses_{name}"] = polled.statuses
    found["bursts"] = [await _burst(known) for _ in range(TRIES)]
    return found


async def _burst(known: Sequence[Address]) -> dict[str, Any]:
    """Send more polls than can be answered, having seen just before how many can."""
    per_s = len((await saturate(known, POLLED_S, CLIENTS)).waits_s) / POLLED_S
    rates = [share * per_s for share, seconds in BURST for _ in range(seconds)]
    polled = await replay(known, rates)
    return {
        "per_s": per_s,
        "waits_s": [float(x) for x in np.percentile(polled.waits_s, [50, 95, 100])],
        "simulated_s": _simulated(rates, per_s),
        "statuses": polled.statuses,
    }


def _simulated(rates: Sequence[float], per_s: float) -> list[float]:
    """Give the waits that the simulation has for the same polls: median, 95 %, longest."""
    polls = np.round(rates)
    waits = backlog(polls / per_s, 1)
    each = np.repeat(waits, polls.astype(int))
    return [float(x) for x in np.percentile(each, [50, 95, 100])]


# ---- looks ----


def _checked(answer: httpx.Response) -> Any:
    if answer.is_error:
        raise SystemExit(f"{answer.request.url}: {answer.status_code} {answer.text[:500]}")
    return json.loads(answer.text)


def _spent(process: psutil.Process) -> float:
    return sum(process.cpu_times()[:2])


def _connections(connection: psycopg.Connection) -> float:
    return _number(
        connection, "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
    )


def _left(connection: psycopg.Connection) -> float:
    return _number(connection, "SELECT count(*) FROM runs WHERE status IN ('queued', 'running')")


def _transactions(connection: psycopg.Connection) -> float:
    return _number(
        connection,
        "SELECT xact_commit + xact_rollback FROM pg_stat_database "
        "WHERE datname = current_database()",
    )


def _number(connection: psycopg.Connection, query: str) -> float:
    row: Any = connection.execute(query.encode()).fetchone()
    return float(row[0])

"""A feed of 500 events: the first read, how many a second, how long the slowest take."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import psutil

from benchmarks.reading import Asked, Part, Reading, at_most
from benchmarks.watched import ROOT
from plsched.access import local
from plsched.api.examples import SCENARIO
from plsched.exports.calendars import FeedKey
from plsched.plan.models import Occurrence, Plan, PlanItem
from plsched.publishing import FeedService, PublicationService
from plsched.scenario.check import load
from plsched.scenario.hashing import scenario_hash
from plsched.scenario.models import Scenario
from plsched.store import PlanStore, ScenarioStore, open_database

EVENTS = 500
SECONDS = 15.0
RATE = 200.0
SOLVED = "clayton"
_SERVES = re.compile(r"plsched serves (http://\S+)")


def feeds(asked: Asked) -> Part:
    """Publish a plan of 500 events for one educator and read their feed as programs do."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/store.db"
        token = _published(url)
        with _service(url, Path(folder) / "log") as service:
            address = f"{service.base}/feeds/{token}.ics"
            begun = time.perf_counter()
            content, headers = _read(address)
            cold_ms = 1000 * (time.perf_counter() - begun)
            assert gzip.decompress(content).count(b"BEGIN:VEVENT") == EVENTS
            has_it, in_turn = ("--etag", headers["etag"]), ("--rate", str(RATE))
            met = {
                "whole": service.polled(address),
                "known": service.polled(address, *has_it),
                "paced_whole": service.polled(address, *in_turn),
                "paced": service.polled(address, *has_it, *in_turn),
            }
            _start_solve(service.base, asked)
            met["busy_whole"] = service.polled(address, *in_turn)
            met["busy"] = service.polled(address, *has_it, *in_turn)
    twice = {name: 2 * met[name]["p99_ms"] for name in ("paced", "paced_whole")}
    return Part(
        (
            Reading("events, bytes as sent", f"{EVENTS}, {len(content):,}"),
            at_most("first read after the service started", cold_ms, 300, "ms"),
            _at_least("whole feeds a second, 16 readers", met["whole"]["per_second"], 500),
            _at_least("answers 304 a second, 16 readers", met["known"]["per_second"], 500),
            Reading("CPU of the service for a whole feed", f"{met['whole']['cpu_ms']:.2f} ms"),
            Reading("CPU of the service for a 304", f"{met['known']['cpu_ms']:.2f} ms"),
            _p99("whole feeds", met["paced_whole"], 50),
            _p99("304", met["paced"], 50),
            _p99("whole feeds during a solve", met["busy_whole"], twice["paced_whole"]),
            _p99("304 during a solve", met["busy"], twice["paced"]),
        ),
        {"cold_ms": cold_ms, "bytes": len(content), **met},
    )


def _p99(of: str, met: Mapping[str, float], most: float) -> Reading:
    return at_most(f"p99 of {of}, {RATE:g} a second", met["p99_ms"], round(most, 1), "ms")


def _at_least(of: str, value: float, least: float) -> Reading:
    return Reading(of, f"{value:,.0f}", f"at least {least:g}", value >= least)


def _published(url: str) -> str:
    """Fill a store, publish, and give the token of an address."""
    by, now = local(), datetime.now(UTC)
    scenario = Scenario.model_validate(SCENARIO)
    with open_database(url) as database:
        stored, _ = ScenarioStore(database, by.tenant).add(scenario, by=by, now=now)
        plan_id = PlanStore(database, by.tenant).add(
            _plan(scenario), scenario_id=stored.id, run_id=None, now=now
        )
        PublicationService(database, by.tenant).publish(plan_id, by=by, now=now)
        feed = FeedService(database, by.tenant).issue(FeedKey("educator", "t1"), by=by, now=now)
    return feed.token


def _plan(scenario: Scenario) -> Plan:
    """Give a plan with an event every few hours of the year; only the calendars look at it."""
    return Plan(
        scenario=scenario.name,
        scenario_hash=scenario_hash(scenario),
        timezone=scenario.timezone,
        seed=0,
        version="0",
        status="FEASIBLE",
        wall_time_s=0,
        items=tuple(_item(scenario, number) for number in range(EVENTS)),
    )


def _item(scenario: Scenario, number: int) -> PlanItem:
    day = date(2027, 8, 3) + timedelta(days=number // 2)
    start = datetime(day.year, day.month, day.day, 8 + 4 * (number % 2), tzinfo=scenario.zone)
    end = start + timedelta(hours=2)
    return PlanItem(
        id=f"welcome/s1/{number}",
        kind="session",
        source="welcome",
        title=f"Number talks in every classroom, part {number}",
        start=start,
        end=end,
        occurrences=(Occurrence(start=start, end=end),),
        site="north",
        facility="hall",
        groups=("all",),
        educators=("t1", "t2"),
        pathway="start",
    )


@dataclass(frozen=True)
class _Service:
    """A service as people start it, and what it takes."""

    base: str
    process: psutil.Process

    def polled(self, address: str, *more: str) -> dict[str, float]:
        """Let programs poll, and say what they met and what each answer cost."""
        before = self._cpu_s()
        command = ["-m", "benchmarks.polling", address, "--seconds", str(SECONDS), *more]
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=True
        )
        met: dict[str, float] = json.loads(done.stdout)
        # Without its children: a solve is one of them.
        return met | {"cpu_ms": 1000 * (self._cpu_s() - before) / met["requests"]}

    def _cpu_s(self) -> float:
        times = self.process.cpu_times()
        return float(times.user + times.system)


@contextmanager
def _service(url: str, log: Path) -> Iterator[_Service]:
    command = [sys.executable, "-m", "plsched", "serve", "--port", "0", "--database", url]
    with (
        log.open("w", encoding="utf-8") as said,
        subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=said, text=True
        ) as process,
    ):
        assert process.stdout is not None
        try:
            address = next(filter(None, map(_SERVES.search, process.stdout)), None)
            if address is None:
                raise SystemExit(f"the service did not start: {log.read_text(encoding='utf-8')}")
            yield _Service(address[1], psutil.Process(process.pid))
        finally:
            process.terminate()


def _read(address: str) -> tuple[bytes, Mapping[str, str]]:
    with httpx2.stream("GET", address, headers={"Accept-Encoding": "gzip"}, timeout=30) as answer:
        answer.raise_for_status()
        return b"".join(answer.iter_raw()), answer.headers


def _start_solve(base: str, asked: Asked) -> None:
    """Let the service solve a real district for longer than is measured."""
    district = load(ROOT / "scenarios" / SOLVED).model_dump(mode="json")
    scenario = _post(f"{base}/v1/scenarios", district)
    run = {"scenario": scenario["id"], "time_limit_s": 120, "workers": asked.workers}
    _post(f"{base}/v1/runs", run)
    time.sleep(5)


def _post(url: str, body: Mapping[str, object]) -> dict[str, Any]:
    answer = httpx2.post(url, json=body, timeout=60)
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found

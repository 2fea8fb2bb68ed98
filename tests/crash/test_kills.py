"""kill -9 at random moments: nothing that was acknowledged is lost, and nothing is done twice."""

from __future__ import annotations

import random
import time
from collections import Counter
from pathlib import Path

import pytest

from plsched.access import LOCAL_TENANT
from plsched.runs.states import has_ended
from plsched.store import AuditStore, Database, PlanStore, Run, RunStore, ScenarioStore
from tests import tiny
from tests.crash.planner import PATIENCE_S, Planner
from tests.crash.sentry import Sentry
from tests.crash.site import SLOTS, Kind, Site

WITHIN_S = 60.0
SEED = 20261122


def test_a_few_kills(database: Database, database_url: str, tmp_path: Path) -> None:
    kinds: list[Kind] = ["solver", "service"]
    if database.kind == "postgresql":
        kinds.append("worker")
    attack(database, Site(tmp_path, database_url), kinds, longest_pause_s=2.0)


@pytest.mark.soak
def test_two_hundred_kills(database: Database, database_url: str, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    kinds: list[Kind] = ["service", "solver", "solver"]
    if database.kind == "postgresql":
        kinds = ["service", "worker", "solver"]
    kills = [chance.choice(kinds) for _ in range(200)]
    attack(database, Site(tmp_path, database_url), kills, longest_pause_s=5.0)


def attack(database: Database, site: Site, kills: list[Kind], *, longest_pause_s: float) -> None:
    """Kill processes of these kinds, one after the other, while somebody asks for plans."""
    chance = random.Random(SEED)
    planner = Planner(site, chance)
    killed: Counter[str] = Counter()
    with site, Sentry(database, site) as sentry:
        for number, kind in enumerate(kills, 1):
            keep_busy(planner, sentry)
            time.sleep(chance.uniform(0.1, longest_pause_s))
            until = time.monotonic() + PATIENCE_S
            while not site.kill(kind, chance):
                assert time.monotonic() < until, f"no {kind} to kill"
                keep_busy(planner, sentry)
                time.sleep(0.05)
            killed[kind] += 1
            if number % 20 == 0:
                print(f"\n{number} killed, {len(planner.runs)} runs", flush=True)
        keep_busy(planner, sentry)
        ended = all_ended(database, planner)
        check_what_the_service_says(planner)
    check_what_is_kept(database, planner, ended)
    assert sum(killed.values()) == len(kills)
    told = Counter(run.status for run in ended)
    longest = max(sentry.longest_s.values())
    print(
        f"\n{database.kind}: killed {dict(killed)}; runs {dict(told)}, "
        f"attempts {dict(Counter(run.attempts for run in ended))}; "
        f"longest without anybody at work {longest:.1f} s"
    )
    assert longest < WITHIN_S, {r: s for r, s in sentry.longest_s.items() if s > WITHIN_S}
    assert told["succeeded"] > 0


def keep_busy(planner: Planner, sentry: Sentry) -> None:
    """Ask for as many runs as there may be solves: what waits for its owner's death takes no place."""
    while sentry.well() < SLOTS:
        before = sentry.looks
        planner.ask()
        while sentry.looks < before + 2:
            time.sleep(0.05)


def all_ended(database: Database, planner: Planner) -> list[Run]:
    """Wait until every acknowledged run has ended."""
    store = RunStore(database, LOCAL_TENANT)
    until = time.monotonic() + PATIENCE_S
    while True:
        runs = [store.get(run_id) for run_id in planner.runs]
        if all(has_ended(run) for run in runs):
            return runs
        assert time.monotonic() < until, [run for run in runs if not has_ended(run)]
        time.sleep(0.2)


def check_what_the_service_says(planner: Planner) -> None:
    assert planner.answers == []
    planner.site.wait_until_ready()
    with planner.site.client() as client:
        for run_id, key in planner.runs.items():
            run = client.get(f"/v1/runs/{run_id}").json()
            body = {"scenario": run["scenario"], "time_limit_s": 30, "workers": 1}
            again = client.post("/v1/runs", json=body, headers={"Idempotency-Key": key})
            assert (again.status_code, again.json()["id"]) == (202, run_id)


def check_what_is_kept(database: Database, planner: Planner, ended: list[Run]) -> None:
    scenarios = ScenarioStore(database, LOCAL_TENANT)
    for scenario_id, content in planner.scenarios.items():
        assert scenarios.content(scenario_id) == tiny.scenario(name=content["name"])
    runs, total = RunStore(database, LOCAL_TENANT).page(limit=10_000)
    assert {run.id for run in runs} == set(planner.runs)
    assert total == len(planner.runs)
    plans, _ = PlanStore(database, LOCAL_TENANT).page(limit=10_000)
    assert {run.id: run.plan_id for run in runs if run.plan_id} == {p.run_id: p.id for p in plans}
    assert len(plans) == len({plan.run_id for plan in plans})
    deeds, _ = AuditStore(database, LOCAL_TENANT).page(limit=100_000)
    added = Counter(deed.subject for deed in deeds if deed.action == "run.add")
    assert added == dict.fromkeys(planner.runs, 1)
    for run in ended:
        assert run.status in {"succeeded", "failed", "cancelled"}
        assert run.status != "cancelled" or run.id in planner.cancelled
        assert run.reason is None or "SIGKILL" in run.reason or "stopped 3 times" in run.reason

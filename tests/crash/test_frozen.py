"""A process that is frozen while it solves, and thawed late, changes nothing any more."""

from __future__ import annotations

import time
from pathlib import Path

import httpx2
import psutil
import pytest

from plsched.access import LOCAL_TENANT
from plsched.runs.states import has_ended
from plsched.store import Database, PlanStore, Run, RunStore
from tests.api.told import send_scenario
from tests.crash.site import Site, children, is_solver

WITHIN_S = 60.0


def test_a_frozen_process_does_not_overwrite_a_newer_result(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    runs, plans = RunStore(database, LOCAL_TENANT), PlanStore(database, LOCAL_TENANT)
    with Site(tmp_path, database_url, services=2) as site, site.client() as client:
        owners = site.processes("worker" if site.has_workers else "service")
        run_id = ask(client)
        frozen = freeze(owners)
        # Another process answers and solves, whichever was frozen.
        done = wait(runs, run_id)
        assert (done.status, done.attempts) == ("succeeded", 2)
        plan = plans.content(str(done.plan_id))
        frozen.resume()
        until = time.monotonic() + WITHIN_S
        while "comes too late" not in site.logs():
            assert time.monotonic() < until, site.logs()
            time.sleep(0.1)
        assert runs.get(run_id) == done
        assert plans.page(limit=9)[1] == 1
        assert plans.content(str(done.plan_id)) == plan
        # And it is as good as before.
        again = [wait(runs, ask(client, seed=seed)) for seed in (1, 2, 3)]
        assert {run.status for run in again} == {"succeeded"}


def ask(client: httpx2.Client, seed: int = 0) -> str:
    body = {"scenario": send_scenario(client), "seed": seed, "workers": 1}
    answer = client.post("/v1/runs", json=body)
    assert answer.status_code == 202
    return str(answer.json()["id"])


def freeze(owners: list[psutil.Process]) -> psutil.Process:
    """Freeze the process that solves, with its solver at work."""
    until = time.monotonic() + WITHIN_S
    while time.monotonic() < until:
        for owner in owners:
            if any(is_solver(child) for child in children(owner)):
                owner.suspend()
                return owner
        time.sleep(0.01)
    pytest.fail("nobody solves")


def wait(runs: RunStore, run_id: str) -> Run:
    until = time.monotonic() + WITHIN_S
    while not has_ended(run := runs.get(run_id)):
        assert time.monotonic() < until, run
        time.sleep(0.05)
    return run

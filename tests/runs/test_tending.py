"""Runs whose owners are gone wait again, or end, and whoever looks says so."""

from __future__ import annotations

from prometheus_client import CollectorRegistry

from plsched.access import LOCAL_TENANT, local
from plsched.runs import RunMetrics, states
from plsched.runs.tending import looks_until_gone, requeue_unheard
from plsched.store import Database, Run, RunQueue, RunRequest, RunStore, ScenarioStore
from tests import tiny


def test_a_run_that_ends_because_its_owners_died_is_measured(database: Database) -> None:
    scenario, _ = ScenarioStore(database, LOCAL_TENANT).add(
        tiny.scenario(), by=local(), now=tiny.NOW
    )
    asked = RunRequest(scenario.id, seed=7, time_limit_s=30, workers=1)
    run = Run("a", LOCAL_TENANT, asked, "queued", tiny.NOW, "local")
    store, queue = RunStore(database, LOCAL_TENANT), RunQueue(database)
    store.add(run, by=local(), key=None, allowed=lambda _: None)
    registry = CollectorRegistry()
    metrics = RunMetrics(registry)
    seen = []
    for attempt in (1, 2, 3):
        queue.take("a", lambda waits, now: states.start(waits, owner="gone", now=now))
        requeue_unheard(queue, 1, metrics)
        assert store.get("a").attempts == attempt
        requeue_unheard(queue, 1, metrics)
        seen.append(store.get("a").status)
    assert seen == ["queued", "queued", "failed"]
    ended = "plsched_run_duration_seconds_count"
    assert registry.get_sample_value(ended, {"status": "failed"}) == 1
    assert registry.get_sample_value(ended, {"status": "queued"}) is None


def test_an_owner_may_be_silent_for_whole_looks() -> None:
    assert looks_until_gone(20, 5) == 4
    assert looks_until_gone(20, 3) == 7
    assert looks_until_gone(1, 5) == 1

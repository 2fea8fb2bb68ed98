"""Runs are carried out, whatever becomes of their solves: the same on either database."""

import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Event
from typing import Any, cast

import pytest

from plsched.access import LOCAL_TENANT, local
from plsched.errors import (
    JudgeRejected,
    KeyReused,
    NotStored,
    SolverCrashed,
    StoreUnavailable,
    TooManyRuns,
    WrongStep,
)
from plsched.plan.models import Plan
from plsched.runs import Progress, ProgressSeen, carrying, states
from plsched.scenario.models import Scenario
from plsched.store import (
    Beat,
    Database,
    PlanStore,
    ProgressLine,
    Run,
    RunQueue,
    RunRequest,
    RunStore,
    ScenarioStore,
    open_database,
)
from tests import tiny
from tests.runs.carried import Told, is_running, running, wait


def solves_by_hand(
    scenario: Scenario,
    *,
    seed: int,
    time_limit_s: float,
    workers: int,
    baseline: Plan | None,
    on_progress: Callable[[ProgressSeen], None] | None,
    cancelled: Callable[[], bool] | None,
) -> Plan:
    """Solve the tiny district, and write into the plan's notes what was asked."""
    assert scenario == tiny.scenario()
    assert on_progress is not None
    assert cancelled is not None
    on_progress(Told())
    asked = f"{seed} {time_limit_s} {workers} {None if baseline is None else baseline.status}"
    return tiny.plan(notes=(asked, str(cancelled())))


def waits_for_a_stop(scenario: Scenario, *, best: Plan | None = None, **asked: object) -> Plan:
    """Solve until somebody asks to stop; ``best`` is the plan so far."""
    cancelled = asked["cancelled"]
    assert callable(cancelled)
    while not cancelled():
        time.sleep(0.01)
    best = tiny.plan(items=(), tiers=()) if best is None else best
    return best.model_copy(update={"status": "CANCELLED", "scenario": scenario.name})


@pytest.fixture
def request_(database: Database) -> RunRequest:
    scenario, _ = ScenarioStore(database, LOCAL_TENANT).add(
        tiny.scenario(), by=local(), now=tiny.NOW
    )
    return RunRequest(scenario.id, seed=7, time_limit_s=30, workers=2)


def test_a_run_is_solved_as_asked(database: Database, request_: RunRequest) -> None:
    with running(database, solves_by_hand) as service:
        first = service.submit(request_, by=local())
        assert (first.status, first.request) == ("queued", request_)
        done = wait(service, first.id, states.has_ended)
        assert (done.status, done.attempts, done.reason) == ("succeeded", 1, None)
        told = Progress(0.5, "solve", "cost", 5000, 4000, 0.2, "cost 5000", number=1, attempt=1)
        assert service.progress(first.id) == [told]
        assert service.progress(first.id, after=1) == []
        again = service.submit(replace(request_, seed=8, baseline_id=done.plan_id), by=local())
        ended = wait(service, again.id, states.has_ended)
    plans = PlanStore(database, LOCAL_TENANT)
    assert plans.content(str(done.plan_id)).notes == ("7 30 2 None", "False")
    assert plans.content(str(ended.plan_id)).notes == ("8 30 2 OPTIMAL", "False")


def test_a_crash_of_the_solver_is_a_failed_run_and_the_next_one_goes_on(
    database: Database, request_: RunRequest, caplog: pytest.LogCaptureFixture
) -> None:
    def crashes(scenario: Scenario, **asked: object) -> Plan:
        if asked["seed"] == 7:
            raise SolverCrashed("the solver was killed by signal 9; maybe it lacks memory")
        if asked["seed"] == 8:
            raise ZeroDivisionError("a secret")
        if asked["seed"] == 10:
            trace = 'Traceback (most recent call last):\n  File "a.py", line 1\nKeyError: 3\n'
            raise SolverCrashed("the solver broke: KeyError: 3", trace)
        if asked["seed"] == 11:
            raise JudgeRejected("1 violation(s): fund/general: 12,345 cents over its amount")
        return tiny.plan(scenario=scenario.name)

    with running(database, crashes) as service:
        runs = [
            service.submit(replace(request_, seed=seed), by=local()) for seed in (7, 8, 9, 10, 11)
        ]
        ended = [wait(service, run.id, states.has_ended) for run in runs]
    assert [(run.status, run.reason) for run in ended] == [
        ("failed", "the solver was killed by signal 9; maybe it lacks memory"),
        ("failed", "an error inside plsched (ZeroDivisionError); the service's log tells more"),
        ("succeeded", None),
        ("failed", "the solver broke: KeyError: 3"),
        ("failed", carrying.REJECTED),
    ]
    assert "12,345 cents" in caplog.text
    assert 'File "a.py", line 1' in caplog.text


def test_a_running_run_is_cancelled_and_keeps_its_best_plan(
    database: Database, request_: RunRequest
) -> None:
    def has_a_plan(scenario: Scenario, **asked: object) -> Plan:
        return waits_for_a_stop(scenario, best=tiny.plan(), **asked)

    with running(database, has_a_plan) as service:
        run = service.submit(request_, by=local())
        wait(service, run.id, is_running)
        asked = service.cancel(run.id, by=local())
        assert (asked.status, asked.cancel_requested) == ("running", True)
        ended = wait(service, run.id, states.has_ended)
    assert ended.status == "cancelled"
    assert PlanStore(database, LOCAL_TENANT).content(str(ended.plan_id)).status == "CANCELLED"


def test_runs_are_cancelled_while_they_wait(database: Database, request_: RunRequest) -> None:
    with running(database, waits_for_a_stop) as service:
        first, second = service.submit(request_, by=local()), service.submit(request_, by=local())
        wait(service, first.id, is_running)
        assert service.cancel(second.id, by=local()).status == "cancelled"
        service.cancel(first.id, by=local())
        ended = wait(service, first.id, states.has_ended)
        assert (ended.status, ended.plan_id) == ("cancelled", None)
        assert service.cancel(first.id, by=local()) == ended


def test_a_run_that_is_done_cannot_be_cancelled(database: Database, request_: RunRequest) -> None:
    with running(database, solves_by_hand) as service:
        run = service.submit(request_, by=local())
        wait(service, run.id, states.has_ended)
        with pytest.raises(WrongStep, match=r"\(succeeded\) cannot be cancelled"):
            service.cancel(run.id, by=local())


def test_so_many_solves_at_a_time(database: Database, request_: RunRequest) -> None:
    together = Barrier(2, timeout=20)
    alone = Event()

    def meets(scenario: Scenario, **_: object) -> Plan:
        together.wait()
        return tiny.plan(scenario=scenario.name)

    def one(scenario: Scenario, **_: object) -> Plan:
        assert not alone.is_set()
        alone.set()
        time.sleep(0.05)
        alone.clear()
        return tiny.plan(scenario=scenario.name)

    for solve, concurrent in ((meets, 2), (one, 1)):
        with running(database, solve, concurrent=concurrent) as service:
            runs = [service.submit(request_, by=local()) for _ in range(4)]
            ended = [wait(service, run.id, states.has_ended).status for run in runs]
        assert ended == ["succeeded"] * 4


def test_a_shutdown_lets_the_run_wait_for_the_next_start(
    database: Database, request_: RunRequest
) -> None:
    with running(database, waits_for_a_stop) as service:
        run = service.submit(request_, by=local())
        wait(service, run.id, is_running)
    left = RunStore(database, LOCAL_TENANT).get(run.id)
    assert (left.status, left.attempts, left.owner) == ("queued", 0, None)
    with running(database, solves_by_hand) as service:
        assert wait(service, run.id, states.has_ended).status == "succeeded"


def dead(database: Database, request: RunRequest, *, attempts: int = 1) -> str:
    """Leave a run behind whose owner has died."""
    queue = RunQueue(database)
    run = RunStore(database, LOCAL_TENANT).add(
        queued(request), by=local(), key=None, allowed=lambda _: None
    )
    long_ago = datetime.now(UTC) - timedelta(minutes=1)
    queue.take(
        run.id,
        lambda r, _: replace(states.start(r, owner="dead", now=long_ago), attempts=attempts),
    )
    return run.id


def queued(request: RunRequest) -> Run:
    return Run(
        id=str(uuid.uuid4()),
        tenant=LOCAL_TENANT,
        request=request,
        status="queued",
        created_at=tiny.NOW,
        created_by="local",
    )


def test_runs_of_a_dead_owner_are_done_by_the_next_one(
    database: Database, request_: RunRequest
) -> None:
    left = dead(database, request_)
    with running(database, solves_by_hand) as service:
        done = wait(service, left, states.has_ended)
    assert (done.status, done.attempts) == ("succeeded", 2)
    assert [line.attempt for line in service.progress(left)] == [2]


def test_what_a_service_left_is_found_even_if_it_dies_again_and_again(tmp_path: Path) -> None:
    """Each time sooner than an owner may be silent; the count goes on in the next."""
    with open_database(f"sqlite:///{tmp_path}/store.db") as database:
        scenario, _ = ScenarioStore(database, LOCAL_TENANT).add(
            tiny.scenario(), by=local(), now=tiny.NOW
        )
        left = dead(database, RunRequest(scenario.id, seed=7, time_limit_s=30, workers=2))
        for _ in range(40):
            with running(database, solves_by_hand) as service:
                time.sleep(0.2)
                if states.has_ended(service.get(left)):
                    return
    raise AssertionError("nobody found it")


def test_a_run_whose_owners_keep_dying_fails(database: Database, request_: RunRequest) -> None:
    left = dead(database, request_, attempts=3)
    with running(database, solves_by_hand) as service:
        failed = wait(service, left, states.has_ended)
    assert failed.status == "failed"
    assert failed.reason == (
        "the service stopped 3 times while it solved this; maybe it lacks memory"
    )


def test_a_run_that_nobody_was_told_of_is_found(database: Database, request_: RunRequest) -> None:
    """As after a restore, or when a worker dies between its job and the run."""
    with running(database, solves_by_hand) as service:
        untold = RunStore(database, LOCAL_TENANT).add(
            queued(request_), by=local(), key=None, allowed=lambda _: None
        )
        assert wait(service, untold.id, states.has_ended).status == "succeeded"


def test_progress_goes_on_where_an_attempt_ended(database: Database, request_: RunRequest) -> None:
    def tells_and_waits(scenario: Scenario, **asked: Any) -> Plan:
        asked["on_progress"](Told(message="first"))
        asked["on_progress"](Told(message="second"))
        asked["on_progress"](Told(tier="comfort"))
        return waits_for_a_stop(scenario, **asked)

    with running(database, tells_and_waits) as service:
        run = service.submit(request_, by=local())
        wait(service, run.id, lambda r: len(service.progress(r.id)) >= 2)
    RunQueue(database).take(run.id, lambda r, _: replace(r, attempts=1))
    with running(database, solves_by_hand) as service:
        wait(service, run.id, states.has_ended)
        lines = service.progress(run.id)
        assert [(x.number, x.attempt) for x in lines] == [(1, 1), (2, 1), (3, 2)]
        assert [x.message for x in lines[:2]] == ["second", "cost 5000"]
        assert service.progress(run.id, after=2) == lines[2:]


def test_a_result_is_written_again_when_the_store_was_away(
    database: Database, request_: RunRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish, away = RunQueue.finish, [True, True]

    def is_away(queue: RunQueue, *asked: Any) -> Run:
        if away:
            away.pop()
            raise OSError("no space left on device")
        return finish(queue, *asked)

    monkeypatch.setattr(RunQueue, "finish", is_away)
    monkeypatch.setattr(carrying, "WRITE_AGAIN_S", (0.1, 0.1))
    with running(database, solves_by_hand) as service:
        run = service.submit(request_, by=local())
        done = wait(service, run.id, states.has_ended)
    assert (done.status, done.attempts) == ("succeeded", 1)


def test_a_run_waits_again_when_its_scenario_could_not_be_read(
    database: Database, request_: RunRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    content, away = ScenarioStore.content, [True]

    def is_away(store: ScenarioStore, scenario_id: str) -> Scenario:
        if away:
            away.pop()
            raise StoreUnavailable("the database has no connection free")
        return content(store, scenario_id)

    monkeypatch.setattr(ScenarioStore, "content", is_away)
    with running(database, solves_by_hand) as service:
        run = service.submit(request_, by=local())
        done = wait(service, run.id, states.has_ended)
    assert (done.status, done.attempts) == ("succeeded", 1)


def test_lines_stay_in_their_order_and_before_the_end() -> None:
    """The last beat waits for the one before it, which may be long on its way."""
    written: list[str] = []

    class Slow:
        def beat(self, _run: str, _owner: str, lines: Sequence[ProgressLine]) -> Beat:
            time.sleep(0.2 if not written else 0.0)
            written.extend(line.message for line in lines)
            return "go on"

    with carrying._Heart(cast("RunQueue", Slow()), "run", "me", 0.05) as heart:
        heart.told.add(Told(message="first"))
        time.sleep(0.1)
        heart.told.add(Told(tier="comfort", message="last"))
        heart.beat()
        assert written == ["first", "last"]


def test_each_run_is_carried_out_once(database: Database, request_: RunRequest) -> None:
    solved: list[int] = []

    def counts(scenario: Scenario, **asked: Any) -> Plan:
        solved.append(asked["seed"])
        return tiny.plan(scenario=scenario.name)

    with (
        running(database, counts, concurrent=2, max_queued=99) as service,
        running(database, counts, concurrent=2),
    ):
        runs = [service.submit(replace(request_, seed=n), by=local()) for n in range(12)]
        ended = [wait(service, run.id, states.has_ended) for run in runs]
    assert sorted(solved) == list(range(12))
    assert {(run.status, run.attempts) for run in ended} == {("succeeded", 1)}
    assert PlanStore(database, LOCAL_TENANT).page(limit=1)[1] == 12


def test_a_shutdown_does_not_wait_for_the_best_plan(
    database: Database, request_: RunRequest
) -> None:
    asked_again = Event()

    def takes_its_time(scenario: Scenario, **asked: Any) -> Plan:
        while not asked["cancelled"]():
            time.sleep(0.01)
        asked_again.set()
        return tiny.plan(status="CANCELLED", scenario=scenario.name)

    with running(database, takes_its_time) as service:
        run = service.submit(request_, by=local())
        wait(service, run.id, is_running)
    assert not asked_again.is_set()
    assert RunStore(database, LOCAL_TENANT).get(run.id).status == "queued"


def test_a_result_that_comes_too_late_is_dropped(
    database: Database, request_: RunRequest, caplog: pytest.LogCaptureFixture
) -> None:
    taken = Event()

    def is_overtaken(scenario: Scenario, **_: object) -> Plan:
        assert taken.wait(20)
        return tiny.plan(scenario=scenario.name)

    with running(database, is_overtaken) as service:
        run = service.submit(request_, by=local())
        wait(service, run.id, is_running)
        other = RunQueue(database).take(run.id, lambda r, _: replace(r, owner="another"))
        taken.set()
        time.sleep(0.2)
        kept = service.get(run.id)
    assert (kept.owner, kept.status) == (other.owner, "running")
    assert "comes too late" in caplog.text
    assert PlanStore(database, LOCAL_TENANT).page(limit=1) == ([], 0)


def test_so_many_runs_may_wait(database: Database, request_: RunRequest) -> None:
    with running(database, waits_for_a_stop, max_queued=1) as service:
        first = service.submit(request_, by=local())
        wait(service, first.id, is_running)
        service.submit(request_, by=local())
        with pytest.raises(TooManyRuns, match="1 runs wait already, and at most 1 may"):
            service.submit(request_, by=local())


def test_a_key_stands_for_one_request(database: Database, request_: RunRequest) -> None:
    with running(database, solves_by_hand) as service:
        run = service.submit(request_, key="k", by=local())
        assert service.submit(request_, key="k", by=local()).id == run.id
        with pytest.raises(KeyReused, match=f"was used for run '{run.id}'"):
            service.submit(replace(request_, seed=1), key="k", by=local())
        assert service.page(limit=9)[1] == 1


def test_a_run_needs_a_scenario_and_its_baseline(database: Database, request_: RunRequest) -> None:
    with running(database, solves_by_hand) as service:
        with pytest.raises(NotStored, match="no scenario has the id 'x'"):
            service.submit(replace(request_, scenario_id="x"), by=local())
        with pytest.raises(NotStored, match="no plan has the id 'y'"):
            service.submit(replace(request_, baseline_id="y"), by=local())

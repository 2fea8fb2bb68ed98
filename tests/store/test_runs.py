"""Runs keep every field, and two writers never take the same run."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy.exc import IntegrityError

from plsched.access import LOCAL_TENANT, local
from plsched.errors import NotStored, TooManyRuns
from plsched.store import (
    Database,
    PlanStore,
    Progress,
    ProgressLine,
    Run,
    RunQueue,
    RunRequest,
    RunStore,
    ScenarioStore,
)
from tests import tiny

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
LINE = ProgressLine(1.5, "search", "cost", 10**12, 4, 0.5, "cost 5000")


def any_number(_: int) -> None:
    return None


def asked(database: Database) -> RunStore:
    return RunStore(database, LOCAL_TENANT)


@pytest.fixture
def waiting(database: Database) -> Callable[[str], Run]:
    scenario, _ = ScenarioStore(database, LOCAL_TENANT).add(
        tiny.scenario(), by=local(), now=tiny.NOW
    )
    request = RunRequest(scenario.id, seed=7, time_limit_s=30, workers=2)

    def add(run_id: str) -> Run:
        run = Run(
            id=run_id,
            tenant=LOCAL_TENANT,
            request=request,
            status="queued",
            created_at=tiny.NOW,
            created_by="local",
        )
        return asked(database).add(run, by=local(), key=None, allowed=any_number)

    return add


def test_every_field_comes_back(database: Database, waiting: Callable[[str], Run]) -> None:
    run = waiting("a")
    store, queue = asked(database), RunQueue(database)
    assert store.get("a") == run
    running = replace(
        run,
        status="running",
        owner="me",
        started_at=tiny.NOW,
        beat_at=tiny.NOW,
        attempts=1,
        cancel_requested=True,
    )
    assert queue.take("a", lambda _, __: running) == running
    assert store.get("a") == running
    failed = replace(running, status="failed", owner=None, ended_at=tiny.NOW, reason="no memory")
    assert queue.take("a", lambda _, __: failed) == store.get("a") == failed


def test_a_plan_and_the_end_of_its_run_are_kept_together(
    database: Database, waiting: Callable[[str], Run]
) -> None:
    run = waiting("a")

    def refuse(_: Run, __: str, ___: datetime) -> Run:
        raise TooManyRuns("no")

    store, queue = asked(database), RunQueue(database)
    plans = PlanStore(database, LOCAL_TENANT)
    with pytest.raises(TooManyRuns, match="no"):
        queue.finish("a", tiny.plan(), refuse)
    assert (plans.page(limit=9), store.get("a")) == (([], 0), run)
    done = queue.finish("a", tiny.plan(), lambda r, p, _: replace(r, status="succeeded", plan_id=p))
    assert store.get("a") == done
    assert plans.get(str(done.plan_id)).run_id == "a"


def test_a_run_that_is_done_has_a_plan(database: Database, waiting: Callable[[str], Run]) -> None:
    waiting("a")
    with pytest.raises(IntegrityError, match="ck_runs_plan"):
        RunQueue(database).take("a", lambda run, _: replace(run, status="succeeded"))


def test_the_same_key_gives_the_same_run(database: Database, waiting: Callable[[str], Run]) -> None:
    store = asked(database)
    run = replace(waiting("a"), id="b")
    assert store.add(run, by=local(), key="k", allowed=any_number) == run
    assert store.add(replace(run, id="c"), by=local(), key="k", allowed=any_number) == run
    assert [r.id for r in store.page(limit=9)[0]] == ["b", "a"]


def test_the_queue_is_first_come_first_served(
    database: Database, waiting: Callable[[str], Run]
) -> None:
    names = [waiting(name).id for name in "cab"]

    def take(_: int) -> str:
        taken = RunQueue(database).take_next(
            lambda run, _: replace(run, status="running", owner="me")
        )
        assert taken is not None
        return taken.id

    with ThreadPoolExecutor(3) as threads:
        assert sorted(threads.map(take, range(3))) == sorted(names)
    assert RunQueue(database).take_next(lambda run, _: run) is None


def test_only_silent_owners_lose_their_runs(
    database: Database, waiting: Callable[[str], Run]
) -> None:
    store = RunQueue(database)
    for name in "ab":
        waiting(name)
        store.take(
            name, lambda run, _: replace(run, status="running", owner="me", beat_at=LONG_AGO)
        )
    assert store.beat("a", "me") == "go on"
    assert asked(database).get("a").beat_at != LONG_AGO

    def look() -> list[str]:
        """Look as somebody who has just begun; two looks may pass."""
        found = RunQueue(database).take_unheard(
            2, lambda run, _: replace(run, status="queued", owner=None, beat_at=None)
        )
        return [run.id for run in found]

    assert look() == look() == []
    assert store.beat("a", "me") == "go on"
    assert look() == ["b"]
    assert store.waiting() == ["b"]
    assert look() == []
    assert look() == ["a"]


def test_a_new_owner_has_all_its_looks(database: Database, waiting: Callable[[str], Run]) -> None:
    store = RunQueue(database)
    waiting("a")

    def owned(owner: str, run: Run, _: object) -> Run:
        return replace(run, status="running", owner=owner)

    def requeue(run: Run, _: object) -> Run:
        return replace(run, status="queued", owner=None, beat_at=None)

    for owner in ("me", "you"):
        store.take("a", partial(owned, owner))
        assert [len(store.take_unheard(1, requeue)) for _ in range(3)] == [0, 1, 0]


def test_looks_that_cannot_be_written_do_not_count(
    database: Database, waiting: Callable[[str], Run]
) -> None:
    """On a full disk runs can be read, and no owner can write that it lives."""
    store = RunQueue(database)

    def begin(name: str) -> None:
        waiting(name)
        store.take(name, lambda run, _: replace(run, status="running", owner="me"))

    def full(_: Run, __: object) -> Run:
        raise OSError("no space left on device")

    begin("due")
    assert store.take_unheard(1, full) == []
    begin("fresh")
    for _ in range(9):
        with pytest.raises(OSError, match="no space"):
            store.take_unheard(1, full)
    assert store.beat("due", "me") == "go on"
    assert store.take_unheard(1, lambda run, _: run) == []
    assert {run.id for run in store.take_unheard(1, lambda run, _: run)} == {"due", "fresh"}


def test_a_beat_tells_what_is_asked(database: Database, waiting: Callable[[str], Run]) -> None:
    store = RunQueue(database)
    waiting("a")
    store.take("a", lambda run, _: replace(run, status="running", owner="me", attempts=2))
    assert store.beat("a", "me", [LINE, LINE]) == "go on"
    assert store.beat("a", "you", [LINE]) == "lost"
    store.take("a", lambda run, _: replace(run, cancel_requested=True))
    assert store.beat("a", "me", [LINE]) == "stop"
    told = asked(database).progress("a", 1)
    assert told == [Progress(**asdict(LINE), number=n, attempt=2) for n in (2, 3)]
    assert RunStore(database, "another").progress("a", 0) == []


def test_who_waits_is_told_in_the_same_transaction(
    database: Database, waiting: Callable[[str], Run]
) -> None:
    told: list[str] = []
    queue = RunQueue(database, announce=lambda _, run_id: told.append(run_id))
    waiting("a")
    queue.take("a", lambda run, _: replace(run, status="running", owner="me"))
    assert not queue.announce("a")
    queue.take("a", lambda run, _: replace(run, status="queued", owner=None))
    queue.take("a", lambda run, _: run)
    assert told == ["a"]
    assert queue.announce("a")
    assert told == ["a", "a"]

    def breaks(_: object, __: str) -> None:
        raise OSError("the queue is away")

    run = replace(asked(database).get("a"), id="b")
    with pytest.raises(OSError, match="is away"):
        RunStore(database, LOCAL_TENANT, announce=breaks).add(
            run, by=local(), key=None, allowed=any_number
        )
    assert [r.id for r in asked(database).page(limit=9)[0]] == ["a"]


def test_what_is_not_there_is_said_so(database: Database) -> None:
    with pytest.raises(NotStored, match="no run has the id 'x'"):
        asked(database).get("x")

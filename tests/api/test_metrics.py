"""What the service tells of itself: ids of requests, metrics, whether it is ready."""

import logging
import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from plsched.access import Role
from tests.api.conftest import Serve
from tests.api.test_policy import give_key
from tests.api.told import solve

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def samples(client: TestClient, **headers: str) -> Samples:
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/plain; version=")
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_every_answer_has_the_id_of_its_request(client: TestClient) -> None:
    given = client.get("/health", headers={"x-request-id": "trace-0123456789abcdef"})
    assert given.headers["x-request-id"] == "trace-0123456789abcdef"
    made = {client.get(path).headers["x-request-id"] for path in ("/health", "/v1/plans", "/none")}
    assert len(made) == 3
    assert all(re.fullmatch(r"[0-9a-f]{32}", each) for each in made)


@pytest.mark.parametrize(
    "given", ["short", "x" * 65, "a b c d e f g", "plsched_0123456789ab", "ä" * 9]
)
def test_an_id_that_is_none_is_not_taken_over(client: TestClient, given: str) -> None:
    answer = client.get("/health", headers=[(b"x-request-id", given.encode())])
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["x-request-id"])


def test_the_audit_log_names_the_request(client: TestClient) -> None:
    answer = client.post(
        "/v1/runs", json={"scenario": "0" * 64}, headers={"x-request-id": "a-run-0001"}
    )
    assert answer.status_code == 404
    solve(client)
    database = client.app.state.backstage.database  # type: ignore[attr-defined]
    with database.read() as session:
        named = session.scalars(text("SELECT request_id FROM audit")).all()
    assert named
    assert all(re.fullmatch(r"[0-9a-f]{32}", each) for each in named)


def test_requests_are_logged_by_their_route(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "plsched")
    client.get("/v1/plans/secret-in-a-path")
    client.get("/nowhere/secret-in-a-path")
    client.get("/assets/page.css")
    client.get("/health")
    told = [
        (r.method, r.route, r.status, r.tenant, r.actor)  # type: ignore[attr-defined]
        for r in caplog.records
        if r.name == "plsched.api.requests"
    ]
    assert told == [
        ("GET", "/v1/plans/{plan_id}", 404, "local", "local"),
        ("GET", "(none)", 404, None, None),
        ("GET", "/assets", 200, None, None),
    ]
    assert "secret-in-a-path" not in caplog.text


def test_requests_and_runs_are_counted(client: TestClient) -> None:
    solve(client)
    client.get("/v1/plans/x")
    client.get("/v1/plans/y")
    client.request("BREW", "/v1/plans")
    client.request("BOIL", "/v1/plans")
    told = samples(client)
    asked = {
        tuple(value for _, value in labels): count
        for (name, labels), count in told.items()
        if name == "plsched_http_requests_total"
    }
    assert asked["GET", "/v1/plans/{plan_id}", "404"] == 2
    assert asked["POST", "/v1/runs", "202"] == 1
    assert asked["other", "/v1/plans", "405"] == 2
    assert told["plsched_runs", (("status", "succeeded"),)] == 1
    assert told["plsched_run_wait_seconds_count", ()] == 1
    assert told["plsched_run_duration_seconds_count", (("status", "succeeded"),)] == 1
    assert told["plsched_queue_oldest_wait_seconds", ()] == 0
    assert told["plsched_workers_alive", ()] == 1
    assert told["plsched_database_up", ()] == 1
    assert told["process_resident_memory_bytes", ()] > 1_000_000


def test_labels_do_not_grow_with_what_is_asked_for(client: TestClient) -> None:
    samples(client)
    before = len(samples(client))
    for number in range(50):
        client.request(f"M{number}", f"/nowhere/{number}")
        client.get(f"/v1/plans/{number}")
    after = samples(client)
    assert not any("/nowhere/1" in value for _, labels in after for _, value in labels)
    assert len(after) < before + 60


def test_metrics_are_for_those_who_may_observe(serve: Serve) -> None:
    closed = serve(sign_in="on")
    assert closed.get("/metrics").status_code == 401
    assert closed.get("/metrics", headers=give_key(closed, Role.PLANNER)).status_code == 403
    assert samples(closed, **give_key(closed, Role.ADMIN))


def test_it_is_ready_when_the_store_answers_and_somebody_solves(client: TestClient) -> None:
    assert client.get("/ready").json() == {"status": "ready", "workers": 1}


def not_ready(client: TestClient, change: Callable[[], object]) -> tuple[int, str, str]:
    change()
    assert client.get("/health").status_code == 200
    answer = client.get("/ready")
    assert answer.headers["retry-after"] == "5"
    return answer.status_code, answer.json()["type"], answer.json()["detail"]


def test_it_is_not_ready_when_nobody_solves(client: TestClient) -> None:
    stop = client.app.state.backstage.runner.stop  # type: ignore[attr-defined]
    status, kind, reason = not_ready(client, stop)
    assert (status, kind) == (503, "not-ready")
    assert reason.startswith("nobody carries out runs; with PostgreSQL start 'plsched worker'")


def test_it_is_not_ready_when_another_plsched_migrated_the_store(client: TestClient) -> None:
    database = client.app.state.backstage.database  # type: ignore[attr-defined]

    def migrate() -> None:
        with database.write() as session:
            session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    status, kind, reason = not_ready(client, migrate)
    assert (status, kind) == (503, "not-ready")
    assert reason.startswith("the store was migrated by another plsched")


def test_a_fault_of_ours_has_an_id_and_safe_headers_too(client: TestClient) -> None:
    """Unforeseen errors are answered outside of every other layer."""
    solve(client)
    database = client.app.state.backstage.database  # type: ignore[attr-defined]
    with database.write() as session:
        (scenario,) = session.scalars(text("SELECT id FROM scenarios")).all()
        session.execute(text("UPDATE scenarios SET content = '{}'"))
    answer = client.get(f"/v1/scenarios/{scenario}", headers={"x-request-id": "a-fault-0001"})
    assert answer.status_code == 500
    assert answer.headers["x-request-id"] == "a-fault-0001"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    told = samples(client)
    labels = (("method", "GET"), ("route", "/v1/scenarios/{scenario_id}"), ("status", "500"))
    assert told["plsched_http_requests_total", labels] == 1

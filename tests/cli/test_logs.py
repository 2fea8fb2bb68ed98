"""What a service and a worker write to their log, and what they never write."""

import json
import secrets
import socket
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2

from plsched.access import local
from plsched.runs.states import has_ended
from plsched.store import open_database
from tests import tiny
from tests.api.told import solve
from tests.cli.conftest import Run
from tests.cli.test_serve_and_demo import serving
from tests.cli.test_worker import service, worker
from tests.runs.carried import wait


def lines(log: Path) -> list[dict[str, Any]]:
    """Read a log: every line of it is JSON."""
    return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


def hidden(kind: str) -> str:
    return f"{kind}{secrets.token_hex(8)}"


def test_no_secret_of_a_session_is_in_the_log(run: Run, tmp_path: Path) -> None:
    """Keys, tokens, cookies, bodies and queries, in requests that succeed and that fail."""
    name, token, cookie = hidden("name"), hidden("token"), hidden("cookie")
    body, query, wrong = hidden("body"), hidden("query"), f"plsched_{'0' * 12}_{'x' * 43}"
    key = run("access", "keys", "add", "Ada", "--role", "planner").stdout.strip()
    with (
        serving(tmp_path, "serve", "--port", "0") as served,
        httpx2.Client(base_url=served.base, timeout=60) as client,
    ):
        client.headers["authorization"] = f"Bearer {key}"
        client.cookies.set("plsched_session", cookie)
        sent = client.post("/v1/scenarios", json=tiny.mapping(name=name))
        assert sent.status_code == 201
        plan = solve(client, time_limit_s=30)["plan"]
        assert client.post(f"/v1/plans/{plan}/publish").status_code == 201
        given = client.post("/v1/feeds", json={"kind": "all"}).json()
        address = given["subscribe"].rpartition("/")[2]
        for path in (f"/feeds/{address}.ics", f"/subscribe/{address}"):
            assert client.get(path).status_code == 200
        for path in (
            f"/feeds/{token}.ics",
            f"/feeds/{token}",
            f"/subscribe/{token}",
            f"/{token}",
            f"/v1/plans/{token}",
            f"/v1/plans/{plan}/calendars/{token}.ics",
            f"/v1/plans?limit={query}",
        ):
            assert client.get(path).status_code in {404, 422}, path
        torn = client.post(
            "/v1/scenarios",
            content=f'{{"{body}'.encode(),
            headers={"content-type": "application/json"},
        )
        assert torn.status_code in {400, 422}
        assert client.post("/v1/scenarios", json={"format": 1, "name": body}).status_code == 422
        assert client.post("/v1/runs", json={"scenario": body}).status_code == 404
        assert client.post("/v1/runs", json={"scenario": 5 * body}).status_code == 422
        refused = client.get("/v1/plans", headers={"authorization": f"Bearer {wrong}"})
        assert refused.status_code == 401
        named = client.get("/v1/plans", headers={"x-request-id": key})
        assert named.headers["x-request-id"] != key
        # Something that nobody foresaw: a scenario in the store that is none, full of names and pay.
        with closing(sqlite3.connect(tmp_path / "plsched.db")) as connection:
            broken = json.dumps({"format": name, "staff": [{"id": body, "cents": token}]})
            connection.execute("UPDATE scenarios SET content = ?", (broken,))
            connection.commit()
        fault = client.get(f"/v1/scenarios/{sent.json()['id']}")
        assert fault.status_code == 500
    log = tmp_path / "errors.txt"
    text = log.read_text(encoding="utf-8")
    secret = {
        name,
        token,
        address,
        cookie,
        body,
        query,
        key,
        key.split("_", 2)[2],
        wrong,
        "x" * 43,
    }
    assert {each for each in secret if each in text} == set()
    told = lines(log)
    asked = {line["route"]: line["status"] for line in told if line["event"] == "request"}
    assert asked["/subscribe/{token}"] in {200, 404}
    assert "/feeds/{token}.ics" in asked
    (crash,) = [line for line in told if line["logger"] == "plsched.api.problems"]
    assert "ValidationError" in crash["exception"]
    assert crash["request_id"] == fault.headers["x-request-id"]


def test_every_line_names_its_request_or_its_run(tmp_path: Path) -> None:
    with (
        serving(tmp_path, "serve", "--port", "0") as served,
        httpx2.Client(base_url=served.base, timeout=60) as client,
    ):
        done = solve(client, time_limit_s=30)
    told = lines(tmp_path / "errors.txt")
    requests = [line for line in told if line["event"] == "request"]
    assert {line["route"] for line in requests} == {
        "/v1/scenarios",
        "/v1/runs",
        "/v1/runs/{run_id}",
    }
    named = {"request_id", "tenant", "actor", "method", "status", "duration_ms", "timestamp"}
    assert all(named <= line.keys() for line in requests)
    runs = [line for line in told if line.get("run") == done["id"]]
    assert [(line["tenant"], line["attempt"]) for line in runs] == [("local", 1)] * len(runs)
    assert runs[0]["event"].endswith("begins, attempt 1")
    assert runs[-1]["event"].endswith("succeeded")


def test_a_level_and_a_form_can_be_chosen(tmp_path: Path) -> None:
    def said(**chosen: str) -> str:
        with serving(tmp_path, "serve", "--port", "0", **chosen) as served:
            httpx2.get(f"{served.base}/robots.txt")
        return (tmp_path / "errors.txt").read_text(encoding="utf-8")

    assert said(LOG_LEVEL="warning") == ""
    people = said(LOG_LEVEL="info", LOG_FORMAT="console")
    assert "/robots.txt" in people
    assert "{" not in people


def test_a_worker_tells_its_runs_and_its_metrics(postgres_url: str, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with open_database(postgres_url) as database:
        runs, request = service(database)
        with worker(tmp_path, postgres_url, METRICS_PORT=port):
            done = wait(runs, runs.submit(request, by=local()).id, has_ended)
            told = httpx2.get(f"http://127.0.0.1:{port}/metrics").text
    assert done.status == "succeeded"
    assert 'plsched_run_duration_seconds_count{status="succeeded"} 1.0' in told
    assert "process_resident_memory_bytes" in told
    begins = [line for line in lines(tmp_path / "worker.log") if line.get("run") == done.id]
    assert {(line["tenant"], line["attempt"]) for line in begins} == {("local", 1)}


def test_a_metrics_port_that_is_taken(run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("serve", "--port", "0", METRICS_PORT=taken.getsockname()[1])
    assert done.returncode == 2
    assert "cannot be used for metrics" in done.stderr

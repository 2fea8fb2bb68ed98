"""Runs over HTTP: asked for, followed, cancelled."""

import json
import time
from typing import Any

import pytest
from fastapi.testclient import TestClient

from plsched.api import following
from plsched.api.schemas import ProgressOut
from plsched.errors import SolverCrashed
from plsched.plan.models import Plan
from plsched.runs import Progress
from plsched.scenario.models import Scenario
from tests import tiny
from tests.api.conftest import Serve
from tests.api.told import send_scenario, solve, wait_for

PROGRESS = {
    "number": 1,
    "attempt": 1,
    "elapsed_s": 0.5,
    "stage": "solve",
    "tier": "cost",
    "value": 5000,
    "bound": 4000,
    "gap": 0.2,
    "message": "cost 5000",
}


def waits(scenario: Scenario, **asked: Any) -> Plan:
    while not asked["cancelled"]():
        time.sleep(0.01)
    return tiny.plan(status="CANCELLED", items=(), tiers=(), scenario=scenario.name)


def crashes(scenario: Scenario, **_: object) -> Plan:
    raise SolverCrashed(f"the solver died on {scenario.name}")


def breaks(scenario: Scenario, **_: object) -> Plan:
    raise RuntimeError(f"a secret of {scenario.name}")


def events(text: str) -> list[dict[str, Any]]:
    found = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines())
        fields["data"] = json.loads(fields["data"])
        found.append(fields)
    return found


def test_a_run_is_accepted_and_told_where_to_look(client: TestClient) -> None:
    scenario = send_scenario(client)
    answer = client.post("/v1/runs", json={"scenario": scenario, "seed": 5})
    run = answer.json()
    assert answer.status_code == 202
    assert answer.headers["location"] == f"/v1/runs/{run['id']}"
    assert answer.headers["retry-after"] == "2"
    assert run == {
        "id": run["id"],
        "status": "queued",
        "scenario": scenario,
        "seed": 5,
        "time_limit_s": 60,
        "workers": 2,
        "baseline": None,
        "created_at": run["created_at"],
        "started_at": None,
        "ended_at": None,
        "attempts": 0,
        "cancel_requested": False,
        "plan": None,
        "reason": None,
    }
    done = wait_for(client, run["id"], "succeeded")
    assert client.get(f"/v1/plans/{done['plan']}").json()["seed"] == 5
    assert client.get("/v1/runs").json()["items"] == [done]


def test_a_run_is_followed_to_its_end(client: TestClient) -> None:
    run = client.post("/v1/runs", json={"scenario": send_scenario(client)}).json()
    answer = client.get(f"/v1/runs/{run['id']}/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    first, last = events(answer.text)
    assert first == {"event": "progress", "id": "1", "data": PROGRESS}
    assert last == {"event": "end", "data": client.get(f"/v1/runs/{run['id']}").json()}
    again = client.get(f"/v1/runs/{run['id']}/events", headers={"last-event-id": "1"})
    assert events(again.text) == [last]


def test_a_stream_ends_after_a_while_and_is_gone_on_with(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever follows is asked who they are again."""
    monkeypatch.setattr(following, "LASTS_S", 0.1)
    client = serve(waits)
    run = client.post("/v1/runs", json={"scenario": send_scenario(client)}).json()
    assert "event: end" not in client.get(f"/v1/runs/{run['id']}/events").text
    client.post(f"/v1/runs/{run['id']}/cancel")
    ended = wait_for(client, run["id"], "cancelled")
    (last,) = events(client.get(f"/v1/runs/{run['id']}/events").text)
    assert last == {"event": "end", "data": ended}


def test_progress_is_read_look_by_look(client: TestClient) -> None:
    run = client.post("/v1/runs", json={"scenario": send_scenario(client)}).json()
    wait_for(client, run["id"], "succeeded")
    path = f"/v1/runs/{run['id']}/progress"
    assert client.get(path).json() == {"items": [PROGRESS], "next": 1, "ended": True}
    assert client.get(path, params={"after": 1}).json() == {"items": [], "next": 1, "ended": True}
    assert client.get(path, params={"after": 2**70}).status_code == 422
    assert client.get("/v1/runs/x/progress").status_code == 404


def test_no_line_of_progress_tells_cash_to_those_who_may_not_see_pay() -> None:
    """A message may name the values of all tiers, whichever of them is worked on."""
    told = "required 4, reach 0, cost 653,445, comfort 0"
    reach = Progress(0.5, "improve", "reach", 10, 12, 0.2, told, 1, 1)
    cost = Progress(0.6, "improve", "cost", 653_445, 1, 0.9, told, 2, 1)
    build = Progress(0.1, "build", None, None, None, None, "12 bundles, 3 cycles", 3, 1)
    for line in (reach, cost, build):
        assert ProgressOut.of(line, with_costs=True) == ProgressOut.model_validate(line)
    shown = [ProgressOut.of(line, with_costs=False) for line in (reach, cost, build)]
    assert [(x.tier, x.value, x.bound, x.message) for x in shown] == [
        ("reach", 10, 12, "reach"),
        ("cost", None, None, "cost"),
        (None, None, None, "12 bundles, 3 cycles"),
    ]


def test_the_same_key_asks_once(client: TestClient) -> None:
    body = {"scenario": send_scenario(client)}
    key = {"Idempotency-Key": "once"}
    first, second = (client.post("/v1/runs", json=body, headers=key) for _ in range(2))
    assert second.status_code == 202
    assert second.headers["location"] == first.headers["location"]
    other = client.post("/v1/runs", json=body | {"seed": 1}, headers=key)
    assert (other.status_code, other.json()["type"]) == (422, "key-reused")
    assert client.get("/v1/runs").json()["total"] == 1


def test_a_run_is_cancelled(serve: Serve) -> None:
    client = serve(waits)
    run = client.post("/v1/runs", json={"scenario": send_scenario(client)}).json()
    wait_for(client, run["id"], "running")
    answer = client.post(f"/v1/runs/{run['id']}/cancel")
    assert (answer.status_code, answer.json()["cancel_requested"]) == (202, True)
    ended = wait_for(client, run["id"], "cancelled")
    assert (ended["plan"], ended["reason"]) == (None, None)


def test_a_run_that_has_ended_is_not_cancelled(client: TestClient) -> None:
    run = solve(client)
    answer = client.post(f"/v1/runs/{run['id']}/cancel")
    assert answer.status_code == 409
    assert answer.json() == {
        "type": "wrong-step",
        "title": "The run cannot do this now",
        "status": 409,
        "detail": f"run '{run['id']}' (succeeded) cannot be cancelled",
    }


def test_too_many_runs_are_told_to_wait(serve: Serve) -> None:
    client = serve(waits, max_queued_runs=1)
    body = {"scenario": send_scenario(client)}
    first = client.post("/v1/runs", json=body).json()
    wait_for(client, first["id"], "running")
    client.post("/v1/runs", json=body)
    answer = client.post("/v1/runs", json=body)
    assert (answer.status_code, answer.json()["type"]) == (503, "too-many-runs")
    assert answer.headers["retry-after"] == "30"


@pytest.mark.parametrize(
    ("solver", "reason"),
    [
        (crashes, "the solver died on Two teachers, one course"),
        (breaks, "an error inside plsched (RuntimeError); the service's log tells more"),
    ],
)
def test_a_run_that_fails_says_why_and_tells_no_secret(
    serve: Serve, solver: Any, reason: str
) -> None:
    client = serve(solver)
    run = solve(client)
    assert (run["status"], run["reason"], run["plan"]) == ("failed", reason, None)
    assert client.get("/health").json()["status"] == "ok"


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"time_limit_s": 0}, "body.time_limit_s"),
        ({"time_limit_s": 86_401}, "body.time_limit_s"),
        ({"workers": 257}, "body.workers"),
        ({"seed": -1}, "body.seed"),
        ({"scenario": "0" * 65}, "body.scenario"),
        ({"solver": "other"}, "body.solver"),
    ],
)
def test_a_request_out_of_bounds_is_refused(
    client: TestClient, body: dict[str, Any], where: str
) -> None:
    answer = client.post("/v1/runs", json={"scenario": "0" * 64} | body)
    assert answer.status_code == 422
    assert [error["where"] for error in answer.json()["errors"]] == [where]


def test_what_is_not_there(client: TestClient) -> None:
    scenario = send_scenario(client)
    answers = [
        client.post("/v1/runs", json={"scenario": "0" * 64}),
        client.post("/v1/runs", json={"scenario": scenario, "baseline": "x"}),
        client.get("/v1/runs/x"),
        client.get("/v1/runs/x/events"),
        client.post("/v1/runs/x/cancel"),
    ]
    assert [(a.status_code, a.json()["title"]) for a in answers] == [
        (404, "No such scenario"),
        (404, "No such plan"),
        (404, "No such run"),
        (404, "No such run"),
        (404, "No such run"),
    ]


def test_lists_are_given_in_pages(client: TestClient) -> None:
    ids = [solve(client, seed=seed)["id"] for seed in range(3)]
    first = client.get("/v1/runs", params={"limit": 2})
    page = first.json()
    assert ([run["id"] for run in page["items"]], page["total"]) == (ids[:0:-1], 3)
    assert page["next"] == ids[1]
    assert first.headers["link"] == f'</v1/runs?limit=2&after={ids[1]}>; rel="next"'
    last = client.get(first.links["next"]["url"])
    assert ([run["id"] for run in last.json()["items"]], last.json()["next"]) == (ids[:1], None)
    assert "link" not in last.headers
    assert client.get("/v1/runs", params={"limit": 201}).status_code == 422


@pytest.mark.parametrize("kind", ["scenarios", "runs", "plans"])
def test_a_list_that_grows_while_it_is_read_misses_and_repeats_nothing(
    client: TestClient, kind: str
) -> None:
    def grow(number: int) -> None:
        scenario = send_scenario(client, description=f"number {number}")
        run = client.post("/v1/runs", json={"scenario": scenario}).json()
        wait_for(client, run["id"], "succeeded")

    for number in range(5):
        grow(number)
    there = [one["id"] for one in client.get(f"/v1/{kind}").json()["items"]]
    assert len(there) == 5
    read: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = client.get(f"/v1/{kind}", params={"limit": "2"} | after).json()
        read += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
        grow(100 + len(read))
    assert read == there
    assert client.get(f"/v1/{kind}", params={"after": "x"}).status_code == 404

"""Who may use which path."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import APIRouter
from fastapi.testclient import TestClient

from plsched.access import PERMISSIONS, Key, Permission, Role, hashed, local, read_key
from plsched.api.policy import PolicedRoute, needs
from plsched.store import KeyStore, StoredKey
from tests import tiny
from tests.api.conftest import Serve
from tests.api.told import solve


def give_key(client: TestClient, role: Role, **changes: object) -> dict[str, str]:
    """Give out a key of the local district, and give the header that shows it."""
    key = Key.new()
    database = client.app.state.backstage.database  # type: ignore[attr-defined]
    kept: dict[str, Any] = {
        "id": key.id,
        "tenant": "local",
        "name": f"a {role}",
        "role": role,
        "secret_hash": hashed(key.secret),
        "created_at": tiny.NOW,
        "created_by": "local",
    }
    KeyStore(database).add(StoredKey(**(kept | changes)), by=local())
    return {"authorization": f"Bearer {key.text}"}


@pytest.fixture
def closed(serve: Serve) -> TestClient:
    return serve(sign_in="on")


def test_a_path_without_a_policy_is_an_error_when_it_is_made() -> None:
    router = APIRouter(route_class=PolicedRoute)
    with pytest.raises(TypeError, match="/open declares no policy; add openapi_extra=needs"):
        router.add_api_route("/open", lambda: None)
    router.add_api_route("/read", lambda: None, openapi_extra=needs(Permission.READ))


def test_a_key_comes_back_from_its_text() -> None:
    key = Key.new()
    assert read_key(key.text) == key
    assert Key.new() != key
    for wrong in ("", "plsched_", key.text[:-1], key.text + "x", key.text.replace("_", "-")):
        assert read_key(wrong) is None


def test_nobody_gets_in_without_a_key(closed: TestClient) -> None:
    answer = closed.get("/v1/plans")
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    assert answer.json() == {
        "type": "not-signed-in",
        "title": "Sign in first",
        "status": 401,
        "detail": "this needs a key: send it as 'Authorization: Bearer plsched_…'",
    }
    # Nothing of the body is read: it would be refused as too large, or as no scenario.
    assert closed.post("/v1/scenarios", content=b"{").status_code == 401
    assert closed.get("/health").status_code == 200


def test_a_key_opens_what_its_role_may_do(closed: TestClient) -> None:
    viewer, planner = give_key(closed, Role.VIEWER), give_key(closed, Role.PLANNER)
    assert closed.get("/v1/plans", headers=viewer).status_code == 200
    refused = closed.post("/v1/scenarios", json=tiny.mapping(), headers=viewer)
    assert (refused.status_code, refused.json()["type"]) == (403, "not-allowed")
    assert "this needs the permission 'plan', which key:" in refused.json()["detail"]
    sent = closed.post("/v1/scenarios", json=tiny.mapping(), headers=planner)
    assert sent.status_code == 201
    assert closed.get(sent.headers["location"], headers=viewer).status_code == 403


@pytest.mark.parametrize(
    "changes",
    [
        {"revoked_at": tiny.NOW},
        {"expires_at": datetime.now(UTC) - timedelta(seconds=1)},
        {"secret_hash": hashed("another")},
        {"id": "000000000000"},
    ],
)
def test_a_key_that_is_refused(closed: TestClient, changes: dict[str, object]) -> None:
    header = give_key(closed, Role.PLANNER, **changes)
    assert closed.get("/v1/plans", headers=header).status_code == 401


def test_readers_get_the_plan_without_what_it_costs(closed: TestClient) -> None:
    viewer, planner = give_key(closed, Role.VIEWER), give_key(closed, Role.PLANNER)
    closed.headers.update(planner)
    run = solve(closed)
    plan = f"/v1/plans/{run['plan']}"
    del closed.headers["authorization"]
    for path in ("", "/costs", "/costs.csv", "/costs.xlsx"):
        assert closed.get(plan + path, headers=viewer).status_code == 403, path
        assert closed.get(plan + path, headers=planner).status_code == 200, path
    events = f"/v1/runs/{run['id']}/events"
    assert '"value":5000' in closed.get(events, headers=planner).text
    assert "000" not in closed.get(events, headers=viewer).text.partition("event: end")[0]
    told = closed.get(f"{plan}/schedule", headers=viewer).json()
    assert [item["id"] for item in told["items"]] == ["welcome/s1/1"]
    assert "cost" not in json.dumps(told)
    for path in (f"{plan}/report.html", "/"):
        whole, part = (closed.get(path, headers=who).text for who in (planner, viewer))
        links_to_costs = re.compile(r'href="[^"]*[#/]costs')
        assert links_to_costs.search(whole)
        assert not links_to_costs.search(part)
    links = re.findall(r'href="(/v1/[^"]*)"', closed.get("/", headers=viewer).text)
    assert {closed.get(link, headers=viewer).status_code for link in links} == {200}


def test_staff_pay_is_for_planners_and_the_budget_office() -> None:
    assert {role for role in Role if Permission.PAY in PERMISSIONS[role]} == {
        Role.PLANNER,
        Role.BUDGET,
    }

"""Keys, members, the audit log, and who one is, over HTTP."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from plsched.access import PERMISSIONS, Permission, Principal, Role
from plsched.store import Tenant, TenantStore
from tests import tiny
from tests.api.conftest import Serve
from tests.api.test_policy import give_key

EMAIL = "ada@district.example"


@pytest.fixture
def closed(serve: Serve) -> TestClient:
    client = serve(sign_in="on")
    client.headers.update(give_key(client, Role.ADMIN))
    return client


def other_admin(client: TestClient) -> dict[str, str]:
    database = client.app.state.backstage.database  # type: ignore[attr-defined]
    by = Principal("other", "cli:ada", frozenset(Permission))
    TenantStore(database).add(Tenant("other", "Other", tiny.NOW), by=by)
    return give_key(client, Role.ADMIN, tenant="other")


def deeds(client: TestClient, **changes: Any) -> list[tuple[str, str]]:
    found = client.get("/v1/audit", **changes).json()["items"]
    return [(deed["action"], deed["subject"]) for deed in found]


def test_a_key_is_told_once_and_opens_what_its_role_may_do(closed: TestClient) -> None:
    answer = closed.post("/v1/keys", json={"name": "Sync", "role": "viewer"})
    given = answer.json()
    assert (answer.status_code, answer.headers["cache-control"]) == (201, "no-store")
    text = given.pop("key")
    assert closed.get(answer.headers["location"]).json() == given
    assert given in closed.get("/v1/keys").json()["items"]
    assert text not in closed.get("/v1/keys").text + closed.get("/v1/audit").text
    me = closed.get("/v1/me", headers={"authorization": f"Bearer {text}"}).json()
    assert me == {"actor": f"key:{given['id']}", "district": "local", "permissions": ["read"]}


def test_a_key_that_is_revoked_is_refused_at_once(closed: TestClient) -> None:
    given = closed.post("/v1/keys", json={"name": "Sync", "role": "planner"}).json()
    header = {"authorization": f"Bearer {given['key']}"}
    assert closed.get("/v1/plans", headers=header).status_code == 200
    for _ in range(2):
        answer = closed.delete(f"/v1/keys/{given['id']}")
        assert (answer.status_code, answer.json()["id"]) == (200, given["id"])
        assert answer.json()["revoked_at"] is not None
        assert closed.get("/v1/plans", headers=header).status_code == 401
    told = deeds(closed)
    assert told[:2] == [("key.revoke", given["id"]), ("key.add", given["id"])]


def test_a_key_that_expires(closed: TestClient) -> None:
    soon = datetime.now(UTC) + timedelta(days=30)
    asked = {"name": "Auditor", "role": "budget", "expires_at": soon.isoformat()}
    given = closed.post("/v1/keys", json=asked).json()
    assert datetime.fromisoformat(given["expires_at"]) == soon


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": "x" * 101},
        {"name": "a\x01b"},
        {"name": "a\nb"},
        {"role": "superintendent"},
        {"role": None},
        {"tenant": "other"},
        {"expires_at": "2001-01-01T00:00:00Z"},
        {"expires_at": "2030-01-01T00:00:00"},
        {"expires_at": "9999-12-31T23:59:59-12:00"},
        {"expires_at": "0001-01-01T00:00:00+12:00"},
    ],
)
def test_a_request_for_a_key_that_is_not_right(closed: TestClient, changes: dict[str, Any]) -> None:
    answer = closed.post("/v1/keys", json={"name": "Sync", "role": "viewer"} | changes)
    assert (answer.status_code, answer.json()["type"]) == (422, "invalid-request")
    assert closed.get("/v1/keys").json()["total"] == 1


def test_members_get_a_role_and_lose_it(closed: TestClient) -> None:
    path = f"/v1/members/{EMAIL.upper()}"
    assert closed.get(path).status_code == 404
    added = closed.put(path, json={"role": "viewer"})
    assert (added.status_code, added.json()["email"]) == (201, EMAIL)
    changed = closed.put(path, json={"role": "planner"})
    assert (changed.status_code, changed.json()["role"]) == (200, "planner")
    assert closed.get("/v1/members").json()["items"] == [changed.json()]
    assert closed.get(path).json() == changed.json()
    assert closed.delete(path).status_code == 204
    assert closed.delete(path).status_code == 404
    assert deeds(closed)[:3] == [
        ("member.remove", EMAIL),
        ("member.set", EMAIL),
        ("member.set", EMAIL),
    ]


@pytest.mark.parametrize(
    "email", ["ada", "@x.example", "a b@x.example", "ad\u00e4@x.example", "a@x..y"]
)
def test_an_address_that_is_none(closed: TestClient, email: str) -> None:
    answer = closed.put(f"/v1/members/{email}", json={"role": "viewer"})
    assert answer.status_code == 422
    assert "such as ada@district.example" in answer.json()["errors"][0]["message"]


def test_an_admin_reaches_no_other_district(closed: TestClient) -> None:
    """What another district does to an address or a key cannot be told from what nobody did."""
    other = other_admin(closed)
    mine = closed.post("/v1/keys", json={"name": "Sync", "role": "viewer"}).json()
    unknown = closed.delete("/v1/keys/000000000000", headers=other)
    for ask in (closed.get, closed.delete):
        refused = ask(f"/v1/keys/{mine['id']}", headers=other)
        assert refused.status_code == 404
        assert refused.text.replace(mine["id"], "000000000000") == unknown.text
    closed.put(f"/v1/members/{EMAIL}", json={"role": "planner"})
    assert closed.get(f"/v1/members/{EMAIL}", headers=other).status_code == 404
    assert closed.delete(f"/v1/members/{EMAIL}", headers=other).status_code == 404
    there = closed.put(f"/v1/members/{EMAIL}", json={"role": "admin"}, headers=other)
    assert there.status_code == 201
    assert closed.get(f"/v1/members/{EMAIL}").json()["role"] == "planner"
    assert closed.get("/v1/keys", headers=other).json()["total"] == 1
    assert {subject for _, subject in deeds(closed, headers=other)} >= {"other", EMAIL}
    assert mine["id"] not in closed.get("/v1/audit", headers=other).text


def test_the_audit_log_is_paged_newest_first(closed: TestClient) -> None:
    for number in range(3):
        closed.put(f"/v1/members/a{number}@x.example", json={"role": "viewer"})
    first = closed.get("/v1/audit", params={"limit": 1}).json()
    page = closed.get("/v1/audit", params={"limit": 2, "after": first["next"]}).json()
    assert (page["total"], [deed["subject"] for deed in page["items"]]) == (
        4,
        ["a1@x.example", "a0@x.example"],
    )
    assert page["items"][0]["details"] == {"role": "viewer", "was": None}


def test_each_role_is_told_what_it_may_do(closed: TestClient) -> None:
    for role in Role:
        me = closed.get("/v1/me", headers=give_key(closed, role)).json()
        assert set(me["permissions"]) == {str(may) for may in PERMISSIONS[role]}


def test_a_district_is_told_its_limits(serve: Serve) -> None:
    client = serve(max_workers=7)
    assert client.get("/v1/district").json() == {
        "id": "local",
        "name": "This district",
        "max_time_limit_s": 3600,
        "max_workers": 7,
        "max_queued_runs": 20,
        "max_educators": 60_000,
    }


def test_while_nobody_is_asked_nobody_gives_out_keys(client: TestClient) -> None:
    """Else whoever reaches the service first could lock everybody else out."""
    assert client.get("/v1/me").json()["actor"] == "local"
    answer = client.post("/v1/keys", json={"name": "Mine", "role": "admin"})
    assert answer.status_code == 403
    assert "plsched access keys" in answer.json()["detail"]
    assert client.put(f"/v1/members/{EMAIL}", json={"role": "admin"}).status_code == 403
    assert client.get("/v1/plans").status_code == 200

"""Plans published over HTTP, and what each changed."""

import pytest
from fastapi.testclient import TestClient

from tests.api.told import solve


@pytest.fixture
def plan(client: TestClient) -> str:
    return str(solve(client)["plan"])


def test_a_plan_is_published_once(client: TestClient, plan: str) -> None:
    answer = client.post(f"/v1/plans/{plan}/publish")
    made = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (201, "/v1/publications/2027/1")
    assert made == {
        "year": 2027,
        "number": 1,
        "stage": "published",
        "plan": plan,
        "scenario_name": "Two teachers, one course",
        "published_at": made["published_at"],
        "published_by": "local",
        "summary": None,
    }
    again = client.post(f"/v1/plans/{plan}/publish")
    assert (again.status_code, again.json()) == (200, made)
    assert client.get("/v1/publications").json() == {"items": [made], "total": 1, "next": None}


def test_the_next_one_supersedes_it(client: TestClient, plan: str) -> None:
    client.post(f"/v1/plans/{plan}/publish")
    other = solve(client, seed=1)["plan"]
    planned = client.get(f"/v1/plans/{other}/changes").json()["changes"]
    assert planned["summary"] == "Nothing changes."
    assert client.post(f"/v1/plans/{other}/publish").json()["number"] == 2
    whole = client.get("/v1/publications/2027/2").json()
    assert (whole["stage"], whole["changes"]) == ("published", planned)
    old = client.get("/v1/publications/2027/1").json()
    assert (old["stage"], old["changes"]) == ("superseded", None)
    refused = client.post(f"/v1/plans/{plan}/publish")
    assert (refused.status_code, refused.json()["type"]) == (409, "not-publishable")
    draft = solve(client, seed=2)["plan"]
    stages = {p["id"]: p["stage"] for p in client.get("/v1/plans").json()["items"]}
    assert stages == {plan: "superseded", other: "published", draft: "draft"}
    first = client.get("/v1/publications", params={"limit": 1, "year": 2027}).json()
    rest = client.get("/v1/publications", params={"limit": 1, "after": first["next"]}).json()
    assert [page["items"][0]["number"] for page in (first, rest)] == [2, 1]
    assert rest["next"] is None
    assert client.get("/v1/publications", params={"year": 2028}).json()["total"] == 0


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/v1/plans/x/publish", 404),
        ("GET", "/v1/plans/x/changes", 404),
        ("GET", "/v1/publications/2027/1", 404),
        ("GET", "/v1/publications/2027/0", 422),
        ("GET", "/v1/publications/never/1", 422),
        ("GET", "/v1/publications?after=x", 404),
    ],
)
def test_what_is_not_there(client: TestClient, method: str, path: str, status: int) -> None:
    answer = client.request(method, path)
    assert (answer.status_code, answer.json()["status"]) == (status, status)

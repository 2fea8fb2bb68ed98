"""Scenarios are checked before they are kept."""

import json

from fastapi.testclient import TestClient

from plsched.api.examples import SCENARIO
from tests import tiny
from tests.api.conftest import Serve


def test_a_scenario_is_taken_in_once(client: TestClient) -> None:
    first = client.post("/v1/scenarios", json=tiny.mapping())
    assert first.status_code == 201
    told = first.json()
    assert first.headers["location"] == f"/v1/scenarios/{told['id']}"
    assert told == {
        "id": told["id"],
        "name": "Two teachers, one course",
        "created_at": told["created_at"],
        "warnings": [],
    }
    again = client.post("/v1/scenarios", json=tiny.mapping())
    assert (again.status_code, again.json()) == (200, told)


def test_a_scenario_comes_back_whole(client: TestClient) -> None:
    stored = client.get(
        client.post("/v1/scenarios", json=tiny.mapping()).headers["location"]
    ).json()
    assert stored["scenario"] == tiny.scenario().model_dump(mode="json")
    listed = client.get("/v1/scenarios").json()
    assert listed == {
        "items": [{key: stored[key] for key in ("id", "name", "created_at")}],
        "total": 1,
        "next": None,
    }


def test_every_finding_is_told_at_once(client: TestClient) -> None:
    wrong = tiny.mapping(nonsense=1)
    wrong["courses"][0]["duration_min"] = "long"
    answer = client.post("/v1/scenarios", json=wrong)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["type"], problem["title"], problem["status"]) == (
        "scenario-findings",
        "The scenario has findings",
        422,
    )
    found = {finding["where"]: finding["value"] for finding in problem["findings"]}
    assert found == {"nonsense": "nonsense", "courses[welcome].duration_min": "long"}
    assert client.get("/v1/scenarios").json()["total"] == 0


def test_no_file_of_the_service_is_read(client: TestClient) -> None:
    for wrong in (tiny.mapping(educators="/etc/passwd"), tiny.mapping(extends="../clayton")):
        answer = client.post("/v1/scenarios", json=wrong)
        assert answer.status_code == 422
        assert "root:" not in answer.text


def test_what_is_not_json_is_said_so(client: TestClient) -> None:
    answer = client.post(
        "/v1/scenarios", content=b"{", headers={"content-type": "application/json"}
    )
    assert answer.status_code == 422
    assert answer.json()["type"] == "invalid-request"


def test_depth_and_strange_numbers_are_refused(client: TestClient) -> None:
    for body in (b"[" * 200_000, b'{"format": ' + b"9" * 5000 + b"}", b'{"a": "\xff"}'):
        answer = client.post(
            "/v1/scenarios", content=body, headers={"content-type": "application/json"}
        )
        assert answer.status_code in {400, 422}, body[:20]
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_body_that_is_too_large_is_not_read(serve: Serve) -> None:
    client = serve(max_body_bytes=1000)
    announced = client.post("/v1/scenarios", json=tiny.mapping())
    parts = (part for part in [json.dumps(tiny.mapping()).encode()])
    streamed = client.post(
        "/v1/scenarios", content=parts, headers={"content-type": "application/json"}
    )
    for answer in (announced, streamed):
        assert answer.status_code == 413
        assert "more than 1000 bytes" in answer.json()["detail"]


def test_a_scenario_that_is_not_there(client: TestClient) -> None:
    answer = client.get("/v1/scenarios/x")
    assert answer.status_code == 404
    assert answer.json() == {
        "type": "not-stored",
        "title": "No such scenario",
        "status": 404,
        "detail": "no scenario has the id 'x'; the list of scenarios names those there are",
    }


def test_the_example_of_the_docs_is_taken_in(client: TestClient) -> None:
    assert client.post("/v1/scenarios", json=SCENARIO).json()["warnings"] == []

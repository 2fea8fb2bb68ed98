"""The service itself: its pages, its document, its manners."""

import json
import re
from pathlib import Path
from typing import Any

import httpx2
import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi.testclient import TestClient
from playwright.sync_api import sync_playwright
from pydantic import ValidationError

from plsched import __version__
from plsched.api import ApiSettings
from plsched.plan.models import Plan
from plsched.scenario.models import Scenario
from tests import tiny
from tests.api.conftest import Serve, by_hand
from tests.api.live import live
from tests.api.told import send_scenario, solve, wait_for
from tests.browser import launch_options


def test_health_and_robots(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok", "version": __version__}
    robots = client.get("/robots.txt")
    assert robots.headers["content-type"] == "text/plain; charset=utf-8"
    assert robots.text.splitlines() == [
        "User-agent: *",
        "Allow: /feeds/*.ics$",
        "Disallow: /",
    ]


def test_the_front_page_links_to_what_there_is(client: TestClient) -> None:
    assert "There is no plan yet" in client.get("/").text
    plan = solve(client)["plan"]
    linked = set(re.findall(r'href="(/[^"]*)"', client.get("/").text))
    assert linked == {
        "/",
        "/docs",
        "/assets/icon.svg",
        "/assets/page.css",
        f"/v1/plans/{plan}",
        f"/v1/plans/{plan}/schedule",
        f"/v1/plans/{plan}/report.html",
        f"/v1/plans/{plan}/costs.xlsx",
        f"/v1/plans/{plan}/costs.csv",
        f"/plans/{plan}/calendars.html",
        f"/plans/{plan}/publish",
    }
    assert {client.get(path).status_code for path in linked} == {200}


@pytest.mark.parametrize("path", ["/", "/docs"])
def test_pages_load_nothing_from_elsewhere(client: TestClient, path: str) -> None:
    page = client.get(path)
    loaded = re.findall(r'(?:href|src)="([^"]*)"', page.text)
    assert [link for link in loaded if not re.match(r"[/#](?!/)", link)] == []
    assert page.headers["content-security-policy"].startswith("default-src 'none'")


def test_names_are_text_and_never_markup(serve: Serve) -> None:
    name = "<script>alert(1)</script>"

    def named(scenario: Scenario, **_: object) -> Plan:
        return tiny.plan(scenario=scenario.name)

    client = serve(named)
    run = client.post("/v1/runs", json={"scenario": send_scenario(client, name=name)}).json()
    plan = wait_for(client, run["id"], "succeeded")["plan"]
    for path in ("/", f"/plans/{plan}/calendars.html", f"/v1/plans/{plan}/report.html"):
        page = client.get(path).text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page, path
        assert "<script" not in page, path


def test_every_answer_carries_safe_headers(client: TestClient) -> None:
    for path in ("/", "/health", "/v1/plans/x", "/nowhere"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "default-src 'none'" in headers["content-security-policy"]


def test_only_the_names_of_the_service_are_answered(client: TestClient) -> None:
    """Else a page elsewhere could point its own name at this machine and read the answers."""
    for host, status in (("localhost", 200), ("127.0.0.1:8000", 200), ("[::1]:8000", 200)):
        assert client.get("/health", headers={"host": host}).status_code == status
    assert client.get("/health", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("name", ["fd00::5", "[fd00::5]", "[FD00::5]"])
def test_an_address_of_ipv6_is_known_with_and_without_brackets(serve: Serve, name: str) -> None:
    client = serve(allowed_hosts=[name], sign_in="on")
    assert client.get("/health", headers={"host": "[fd00::5]:8000"}).status_code == 200
    assert client.get("/health", headers={"host": "[fd00::6]:8000"}).status_code == 400


def test_an_unforeseen_error_tells_nothing_of_the_inside(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    client = serve()

    def breaks() -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr(client.app.state.backstage.database, "is_current", breaks)  # type: ignore[attr-defined]
    answer = client.get("/ready")
    assert answer.status_code == 500
    assert answer.json() == {
        "type": "internal-error",
        "title": "An error inside plsched",
        "status": 500,
        "detail": "The service could not do this; its log tells why.",
    }
    assert "a secret" in caplog.text


def test_unknown_paths_and_methods_are_problems(client: TestClient) -> None:
    for answer, status in ((client.get("/nowhere"), 404), (client.delete("/health"), 405)):
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == status


def test_settings_come_from_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLSCHED_MAX_QUEUED_RUNS", "3")
    monkeypatch.setenv("PLSCHED_ALLOWED_HOSTS", '["pl.district.example"]')
    settings = ApiSettings()
    assert (settings.max_queued_runs, settings.allowed_hosts) == (3, ("pl.district.example",))
    monkeypatch.setenv("PLSCHED_MAX_QUEUED_RUNS", "0")
    with pytest.raises(ValidationError, match="max_queued_runs"):
        ApiSettings()


@pytest.fixture
def document(client: TestClient) -> dict[str, Any]:
    found = client.get("/openapi.json").json()
    assert isinstance(found, dict)
    return found


def test_every_path_says_what_it_answers(document: dict[str, Any]) -> None:
    described = {
        f"{method} {path}": sorted(operation["responses"])
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    assert {name for name, statuses in described.items() if "200" not in statuses} == {
        "delete /v1/members/{email}",
        "post /v1/feeds",
        "post /v1/feeds/{feed_id}/rotate",
        "post /v1/keys",
        "post /v1/runs",
        "post /v1/runs/{run_id}/cancel",
    }
    assert described["post /v1/runs"] == [
        *("202", "400", "401", "403", "404", "408", "413", "414"),
        *("415", "422", "431", "500", "503", "507"),
    ]
    problem = {"$ref": "#/components/schemas/ProblemOut"}
    for methods in document["paths"].values():
        for operation in methods.values():
            assert operation["description"]
            for status, answer in operation["responses"].items():
                if status >= "400":
                    assert list(answer["content"]) == ["application/problem+json"]
                    assert answer["content"]["application/problem+json"]["schema"] == problem


def test_every_form_is_there(document: dict[str, Any]) -> None:
    used = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert used <= set(document["components"]["schemas"])


def test_forms_are_told_in_words(client: TestClient) -> None:
    page = client.get("/docs").text
    assert '<h3 id="form-Scenario">Scenario</h3>' in page
    assert "POST /v1/runs/{run_id}/cancel" in page
    assert "1 to 86400" in page


def test_the_schemas_are_served(client: TestClient) -> None:
    assert client.get("/v1/schema/plan").json()["title"] == "Plan"
    assert client.get("/v1/schema/scenario").json()["$schema"].startswith("https://json-schema.org")


@pytest.mark.browser
def test_pages_can_be_read_by_everybody(tmp_path: Path) -> None:
    settings = ApiSettings(database_url=f"sqlite:///{tmp_path}/a.db")
    violations: dict[str, list[str]] = {}
    failed: list[str] = []
    with live(settings, by_hand) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        page = browser.new_page()
        page.on("requestfailed", lambda request: failed.append(request.url))
        page.on("console", lambda message: failed.append(message.text))
        with httpx2.Client(base_url=base) as client:
            plan = solve(client)["plan"]
        for path in (
            "/",
            "/docs",
            f"/plans/{plan}/calendars.html",
            f"/v1/plans/{plan}/report.html",
        ):
            page.goto(base + path)
            found = Axe().run(page).response["violations"]
            violations[path] = [violation["id"] for violation in found]
        browser.close()
    assert {path: found for path, found in violations.items() if found} == {}
    assert failed == []

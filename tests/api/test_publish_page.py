"""The page on which a planner publishes a plan, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page

from plsched.api import ApiSettings
from plsched.api.routes import publishing
from plsched.plan.models import Plan, PlanItem
from plsched.scenario.models import Scenario
from tests import tiny
from tests.accessible import faults
from tests.api.live import live
from tests.api.told import solve

NO_PLAN = 9
WEEK = timedelta(days=7)


def later_by_seed(scenario: Scenario, *, seed: int, **_: object) -> Plan:
    """Plan everything so many weeks later; or nothing, by one seed."""
    if seed == NO_PLAN:
        return tiny.plan(status="INFEASIBLE", items=(), tiers=(), scenario=scenario.name)
    items = tuple(_later(item, seed * WEEK) for item in tiny.plan().items)
    return tiny.plan(seed=seed, items=items)


def _later(item: PlanItem, by: timedelta) -> PlanItem:
    moved = {"start": item.start + by, "end": item.end + by}
    occurrences = tuple(
        o.model_copy(update={"start": o.start + by, "end": o.end + by}) for o in item.occurrences
    )
    return item.model_copy(update=moved | {"occurrences": occurrences})


@pytest.fixture
def http(tmp_path: Path) -> Iterator[httpx2.Client]:
    settings = ApiSettings(database_url=f"sqlite:///{tmp_path}/store.db")
    with live(settings, later_by_seed) as base, httpx2.Client(base_url=base) as client:
        yield client


@pytest.fixture
def page(browser: Browser, http: httpx2.Client) -> Iterator[Page]:
    found = browser.new_page(base_url=str(http.base_url), java_script_enabled=True)
    yield found
    found.close()


def publish(page: Page) -> None:
    page.get_by_role("button", name="Publish this plan").click()


def said(page: Page) -> str:
    return " ".join(page.inner_text("main").split())


@pytest.mark.browser
def test_a_planner_publishes_one_plan_after_the_other(page: Page, http: httpx2.Client) -> None:
    first = solve(http)["plan"]
    page.goto("/")
    page.get_by_role("link", name="Publish", exact=True).click()
    assert "the first plan of its school year" in said(page)
    publish(page)
    assert page.url.endswith(f"/plans/{first}/publish")
    assert "This is the published plan, no. 1 of the school year that begins in 2027" in said(page)
    assert page.get_by_role("button", name="Publish this plan").count() == 0

    second = solve(http, seed=1)["plan"]
    page.goto(f"/plans/{second}/publish")
    assert "What it changes" in said(page)
    assert "1 moved" in said(page)
    assert page.locator("tbody tr").count() == 1
    assert faults(page) == []
    publish(page)
    assert "no. 2 of the school year" in said(page)
    assert "What it changed" in said(page)
    assert faults(page) == []
    stages = {plan["id"]: plan["stage"] for plan in http.get("/v1/plans").json()["items"]}
    assert stages == {first: "superseded", second: "published"}

    page.goto(f"/plans/{first}/publish")
    assert "another plan has taken its place" in said(page)


@pytest.mark.browser
def test_what_is_published_meanwhile_is_told(page: Page, http: httpx2.Client) -> None:
    """Somebody reads what a plan changes while a colleague publishes another."""
    mine = solve(http)["plan"]
    page.goto(f"/plans/{mine}/publish")
    theirs = solve(http, seed=1)["plan"]
    http.post(f"/v1/plans/{theirs}/publish").raise_for_status()
    publish(page)
    alert = page.get_by_role("alert").inner_text()
    assert alert.startswith("Somebody published another plan since you read what this one changes")
    assert "1 moved" in said(page)
    assert http.get("/v1/publications").json()["total"] == 1
    publish(page)
    assert "no. 2 of the school year" in said(page)


@pytest.mark.browser
def test_what_was_published_and_superseded_meanwhile_is_told(
    page: Page, http: httpx2.Client
) -> None:
    mine = solve(http)["plan"]
    page.goto(f"/plans/{mine}/publish")
    for plan in (mine, solve(http, seed=1)["plan"]):
        http.post(f"/v1/plans/{plan}/publish").raise_for_status()
    publish(page)
    assert page.get_by_role("alert").inner_text().startswith("Plan ")
    assert "superseded" in page.get_by_role("alert").inner_text()
    assert faults(page) == []


@pytest.mark.browser
def test_a_plan_without_a_schedule_has_no_button(page: Page, http: httpx2.Client) -> None:
    nothing = solve(http, seed=NO_PLAN)["plan"]
    page.goto(f"/plans/{nothing}/publish")
    assert "has the status INFEASIBLE and no schedule to publish" in said(page)
    assert page.get_by_role("button").count() == 0


@pytest.mark.browser
def test_a_long_list_says_where_the_rest_is(
    page: Page, http: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "SHOWN_CHANGES", 0)
    http.post(f"/v1/plans/{solve(http)['plan']}/publish")
    moved = solve(http, seed=1)["plan"]
    for status in ("draft", "published"):
        page.goto(f"/plans/{moved}/publish")
        assert "the first 0 of 1" in said(page)
        rest = page.get_by_role("link", name="all of them (JSON)").first.get_attribute("href")
        whole = http.get(str(rest)).json()
        assert whole["changes"]["summary"].startswith("1 moved"), status
        http.post(f"/v1/plans/{moved}/publish")


@pytest.mark.browser
def test_it_works_without_javascript(browser: Browser, http: httpx2.Client) -> None:
    plan = solve(http)["plan"]
    page = browser.new_page(base_url=str(http.base_url), java_script_enabled=False)
    page.goto(f"/plans/{plan}/publish")
    publish(page)
    assert "This is the published plan, no. 1" in said(page)
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_no_width_makes_the_page_scroll_sideways(
    page: Page, http: httpx2.Client, width: int
) -> None:
    http.post(f"/v1/plans/{solve(http)['plan']}/publish")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/plans/{solve(http, seed=1)['plan']}/publish")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_page_of_another_site_cannot_publish(client: TestClient) -> None:
    """Without sign-in there is no cookie to look at; a browser says by itself who makes it send."""
    plan = solve(client)["plan"]
    for path in (f"/plans/{plan}/publish", f"/v1/plans/{plan}/publish"):
        refused = client.post(path, headers={"sec-fetch-site": "cross-site"})
        assert (refused.status_code, refused.json()["type"]) == (403, "not-allowed")
    assert client.get(f"/v1/plans/{plan}").status_code == 200
    assert client.get("/v1/publications").json()["total"] == 0

"""What is read of a plan: itself, its costs, its report, its calendars."""

import csv
import io
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from tests import tiny
from tests.api.told import solve

HALL = {"cash_cents": 5000, "economic_cents": 5000}


@pytest.fixture
def plan(client: TestClient) -> str:
    return str(solve(client)["plan"])


def test_a_plan_comes_back_whole(client: TestClient, plan: str) -> None:
    assert client.get(f"/v1/plans/{plan}").json() == tiny.plan().model_dump(mode="json")
    (listed,) = client.get("/v1/plans").json()["items"]
    run = client.get("/v1/runs").json()["items"][0]
    assert listed == {
        "id": plan,
        "scenario": run["scenario"],
        "scenario_name": "Two teachers, one course",
        "run": run["id"],
        "status": "OPTIMAL",
        "stage": "draft",
        "created_at": listed["created_at"],
    }


def test_costs_are_broken_down_to_the_cent(client: TestClient, plan: str) -> None:
    costs = client.get(f"/v1/plans/{plan}/costs").json()
    by = {tuple(breakdown["by"]): breakdown["rows"] for breakdown in costs["breakdowns"]}
    assert costs["total"] == HALL
    assert by["fund",] == [{"values": ["local"], "names": ["Local"], "sums": HALL}]
    assert by["department",] == [{"values": [None], "names": ["No department"], "sums": HALL}]
    assert len(by) == 10
    half = {"cash_cents": 2500, "economic_cents": 2500}
    assert by["educator",] == [
        {"values": ["t1"], "names": ["Teacher 1"], "sums": half},
        {"values": ["t2"], "names": ["Teacher 2"], "sums": half},
    ]
    assert (costs["educators_reached"], costs["cash_cents_per_educator"]) == (2, 2500)


def test_costs_are_crossed(client: TestClient, plan: str) -> None:
    costs = client.get(f"/v1/plans/{plan}/costs?by=fund&by=term").json()
    assert costs["breakdowns"] == [
        {
            "by": ["fund", "term"],
            "rows": [{"values": ["local", "year"], "names": ["Local", "The year"], "sums": HALL}],
        }
    ]
    for wrong in ("by=fund&by=fund", "by=educator&by=fund", "by=x", "by=fund" + 4 * "&by=term"):
        for form in ("", ".csv", ".xlsx"):
            answer = client.get(f"/v1/plans/{plan}/costs{form}?{wrong}")
            assert (answer.status_code, answer.json()["type"]) == (422, "invalid-request")


def test_costs_are_a_table_and_a_workbook(client: TestClient, plan: str) -> None:
    table = client.get(f"/v1/plans/{plan}/costs.csv")
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert table.headers["content-disposition"] == 'attachment; filename="costs.csv"'
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert [(row["item"], row["fund"], row["cash"]) for row in rows] == [
        ("welcome/s1/1", "local", "50.00")
    ]
    book = load_workbook(io.BytesIO(client.get(f"/v1/plans/{plan}/costs.xlsx").content))
    assert book.sheetnames[0] == "Summary"


def test_the_report_is_a_page_that_loads_nothing(client: TestClient, plan: str) -> None:
    answer = client.get(f"/v1/plans/{plan}/report.html")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    assert "Two teachers, one course" in answer.text
    assert "<script" not in answer.text


def test_calendars_are_listed_and_read(client: TestClient, plan: str) -> None:
    listed = client.get(f"/v1/plans/{plan}/calendars").json()["calendars"]
    assert [(feed["kind"], feed["id"]) for feed in listed] == [
        ("all", ""),
        ("educator", "t1"),
        ("educator", "t2"),
        ("facility", "hall"),
        ("site", "north"),
    ]
    for feed in listed:
        answer = client.get(feed["href"])
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert answer.text.count("BEGIN:VEVENT") == 1
        assert "DTSTART;TZID=America/Chicago:20270803T090000" in answer.text


@pytest.mark.parametrize("name", ["calendars/all.ics", "costs.csv", "costs.xlsx"])
def test_a_reader_whose_copy_is_right_gets_no_second_one(
    client: TestClient, plan: str, name: str
) -> None:
    path = f"/v1/plans/{plan}/{name}"
    first = client.get(path)
    etag, changed = first.headers["etag"], first.headers["last-modified"]
    assert etag.startswith('W/"')
    assert first.headers["cache-control"] == "private, no-cache"
    later = format_datetime(datetime(2100, 1, 1, tzinfo=UTC), usegmt=True)
    earlier = format_datetime(datetime(2001, 1, 1, tzinfo=UTC), usegmt=True)
    asked: list[tuple[dict[str, str], int]] = [
        ({"If-None-Match": etag}, 304),
        ({"If-None-Match": etag.removeprefix("W/")}, 304),
        ({"If-None-Match": f'"other", {etag}'}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": '"other"'}, 200),
        ({"If-None-Match": '"other"', "If-Modified-Since": later}, 200),
        ({"If-Modified-Since": changed}, 304),
        ({"If-Modified-Since": later}, 304),
        ({"If-Modified-Since": earlier}, 200),
        ({"If-Modified-Since": "yesterday"}, 200),
    ]
    answers = [(headers, client.get(path, headers=headers)) for headers, _ in asked]
    assert [(headers, answer.status_code) for headers, answer in answers] == asked
    assert {answer.headers["etag"] for _, answer in answers} == {etag}
    assert {answer.content for _, answer in answers} == {b"", first.content}


def test_a_calendar_is_asked_for_without_its_content(client: TestClient, plan: str) -> None:
    path = f"/v1/plans/{plan}/calendars/all.ics"
    whole, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == whole.headers["etag"]
    assert head.headers["last-modified"] == whole.headers["last-modified"]
    assert parsedate_to_datetime(head.headers["last-modified"]).tzinfo == UTC


def test_subscribers_see_what_a_new_plan_calls_off(client: TestClient, plan: str) -> None:
    """The run after a baseline carries the feeds on: same UID, higher SEQUENCE, cancelled."""
    again = solve(client, baseline=plan, seed=1)["plan"]
    same = client.get(f"/v1/plans/{again}/calendars/all.ics").text
    assert same == client.get(f"/v1/plans/{plan}/calendars/all.ics").text


def test_breakdowns_and_comparisons_are_files_too(client: TestClient, plan: str) -> None:
    table = client.get(f"/v1/plans/{plan}/costs.csv?by=fund&by=term")
    assert table.text.splitlines() == [
        "fund,term,fund_name,term_name,cash,economic",
        "local,year,Local,The year,50.00,50.00",
    ]
    other = solve(client, seed=1)["plan"]
    side = client.get(f"/v1/compare.csv?plan={plan}&plan={other}")
    assert side.headers["content-disposition"] == 'attachment; filename="comparison.csv"'
    rows = {(row[0], row[1]): row[2:] for row in csv.reader(io.StringIO(side.text))}
    assert rows["section", "name"] == ["1. Two teachers, one course", "2. Two teachers, one course"]
    assert rows["plan", "cash"] == rows["fund, paid", "local"] == ["50.00", "50.00"]
    for path in (f"plans/{plan}/costs.xlsx?by=site", f"compare.xlsx?plan={plan}&plan={other}"):
        book = load_workbook(io.BytesIO(client.get(f"/v1/{path}").content))
        assert len(book.sheetnames) == 1


def test_plans_stand_side_by_side(client: TestClient, plan: str) -> None:
    other = solve(client, seed=1)["plan"]
    found = client.get("/v1/compare", params={"plan": [plan, other]}).json()["columns"]
    assert [(c["name"], c["cash_cents"], c["moved"], c["gone"]) for c in found] == [
        ("Two teachers, one course", 5000, [], []),
        ("Two teachers, one course", 5000, [], []),
    ]
    assert client.get("/v1/compare", params={"plan": [plan]}).status_code == 422
    assert client.get("/v1/compare", params={"plan": [plan, "x"]}).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/v1/plans/x",
        "/v1/plans/x/costs",
        "/v1/plans/x/costs.csv",
        "/v1/plans/x/costs.xlsx",
        "/v1/plans/x/report.html",
        "/v1/plans/x/calendars",
        "/plans/x/calendars.html",
    ],
)
def test_what_is_not_there(client: TestClient, path: str) -> None:
    answer = client.get(path)
    expected: dict[str, Any] = {
        "type": "not-stored",
        "title": "No such plan",
        "status": 404,
        "detail": "no plan has the id 'x'; the list of plans names those there are",
    }
    assert (answer.status_code, answer.json()) == (404, expected)


def test_a_calendar_that_is_not_there(client: TestClient, plan: str) -> None:
    for name in ("educator-nobody.ics", "..%2f..%2fplan.ics"):
        answer = client.get(f"/v1/plans/{plan}/calendars/{name}")
        assert answer.status_code == 404, name
    assert client.get(f"/v1/plans/{plan}/calendars/educator-nobody.ics").json()["title"] == (
        "No such calendar"
    )


def test_the_plan_is_reconciled_with_later_records(client: TestClient, plan: str) -> None:
    path = f"/v1/plans/{plan}/reconciliation"
    approved = client.get(path).json()["total"]
    assert approved["approved_cents"] == approved["remaining_cents"] == 5000
    posting = {
        "fund": "local",
        "object": "facility",
        "stage": "encumbered",
        "obligation_date": "2027-08-16",
        "cents": 1200,
    }
    booked = tiny.mapping() | {"records": {"as_of": "2027-09-01", "postings": [posting]}}
    later = client.post("/v1/scenarios", json=booked).json()["id"]
    found = client.get(path, params={"records": later}).json()
    assert found["as_of"] == "2027-09-01"
    assert found["total"]["encumbered_cents"] == 1200
    assert found["total"]["remaining_cents"] == 3800
    other = client.post("/v1/scenarios", json=booked | {"name": "Other"}).json()["id"]
    refused = client.get(path, params={"records": other})
    assert refused.status_code == 422
    assert refused.json()["type"] == "other-scenario"
    assert "more than its records is different" in refused.json()["detail"]
    assert client.get(path, params={"records": "nothing"}).status_code == 404

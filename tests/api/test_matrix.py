"""Who may use which path: every route, for everybody who might try.

The table below is what was decided, and is written without a look at the code. Routes come from the
app itself: one that the table does not have fails, as does a line without a route.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from plsched.access import Key, Permission, Principal, Role, hashed, new_token
from plsched.store import Database, KeyStore, MemberStore, StoredKey, Tenant, TenantStore
from tests import tiny
from tests.api.conftest import Serve
from tests.api.told import wait_for

# What the own roles are answered, and what the same roles of another district are, for the ids of
# this one: they have none of them. Then who may: all others are turned away.
TABLE = """
POST    /v1/scenarios                           201 201  planner budget
GET     /v1/scenarios                           200 200  planner budget viewer admin
GET     /v1/scenarios/{scenario_id}             200 404  planner budget
POST    /v1/runs                                202 404  planner budget
GET     /v1/runs                                200 200  planner budget viewer admin
GET     /v1/runs/{run_id}                       200 404  planner budget viewer admin
GET     /v1/runs/{run_id}/events                200 404  planner budget viewer admin
GET     /v1/runs/{run_id}/progress              200 404  planner budget viewer admin
POST    /v1/runs/{run_id}/cancel                409 404  planner budget
GET     /v1/plans                               200 200  planner budget viewer admin
GET     /v1/plans/{plan_id}                     200 404  planner budget
GET     /v1/plans/{plan_id}/schedule            200 404  planner budget viewer admin
GET     /v1/plans/{plan_id}/report.html         200 404  planner budget viewer admin
GET     /v1/plans/{plan_id}/costs               200 404  planner budget
GET     /v1/plans/{plan_id}/costs.csv           200 404  planner budget
GET     /v1/plans/{plan_id}/costs.xlsx          200 404  planner budget
GET     /v1/plans/{plan_id}/reconciliation      200 404  planner budget
GET     /v1/plans/{plan_id}/calendars           200 404  planner budget viewer admin
GET     /v1/plans/{plan_id}/calendars/{name}.ics   200 404  planner budget viewer admin
HEAD    /v1/plans/{plan_id}/calendars/{name}.ics   200 404  planner budget viewer admin
POST    /v1/plans/{plan_id}/publish             200 404  planner
GET     /v1/plans/{plan_id}/changes             200 404  planner budget viewer admin
GET     /v1/publications                        200 200  planner budget viewer admin
GET     /v1/publications/{year}/{number}        200 404  planner budget viewer admin
POST    /v1/feeds                               201 404  planner admin
POST    /v1/feeds.csv                         200 200  planner admin
GET     /v1/feeds                               200 200  planner admin
GET     /v1/feeds/{feed_id}                     200 404  planner admin
POST    /v1/feeds/{feed_id}/rotate              201 404  planner admin
DELETE  /v1/feeds/{feed_id}                     200 404  planner admin
GET     /v1/compare                             200 404  planner budget
GET     /v1/compare.csv                         200 404  planner budget
GET     /v1/compare.xlsx                        200 404  planner budget
GET     /v1/me                                  200 200  planner budget viewer admin
GET     /v1/district                            200 200  planner budget viewer admin
POST    /v1/keys                                201 201  admin
GET     /v1/keys                                200 200  admin
GET     /v1/keys/{key_id}                       200 404  admin
DELETE  /v1/keys/{key_id}                       200 404  admin
GET     /v1/members                             200 200  admin
GET     /v1/members/{email}                     200 404  admin
PUT     /v1/members/{email}                     200 201  admin
DELETE  /v1/members/{email}                     204 404  admin
GET     /v1/audit                               200 200  admin
GET     /metrics                                200 200  admin
GET     /                                       200 200  planner budget viewer admin
GET     /plans/{plan_id}/calendars.html         200 404  planner budget viewer admin
GET     /plans/{plan_id}/publish                200 404  planner
POST    /plans/{plan_id}/publish                303 404  planner
GET     /v1/schema/scenario                     200 200  everybody
GET     /v1/schema/plan                         200 200  everybody
GET     /openapi.json                           200 200  everybody
HEAD    /openapi.json                           200 200  everybody
GET     /docs                                   200 200  everybody
GET     /health                                 200 200  everybody
GET     /ready                                  200 200  everybody
GET     /robots.txt                             200 200  everybody
GET     /feeds/{token}.ics                      200 200  everybody
HEAD    /feeds/{token}.ics                      200 200  everybody
GET     /subscribe/{token}                      200 200  everybody
GET     /sign-in                                200 200  everybody
GET     /sign-in/callback                       403 403  everybody
GET     /sign-in/districts                      403 403  everybody
POST    /sign-in/districts/{district}           403 403  everybody
POST    /sign-out                               403 403  everybody
"""
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE")
HERE, ELSEWHERE = "here", "elsewhere"
ADA = "ada@district.example"
DONE = ("succeeded", "failed", "infeasible", "no_plan_in_time", "cancelled")


class Line(NamedTuple):
    """What was decided for one method of one path."""

    method: str
    path: str
    own: int
    others: int
    may: frozenset[str]


def lines() -> list[Line]:
    rows = [row.split() for row in TABLE.strip().splitlines()]
    return [Line(r[0], r[1], int(r[2]), int(r[3]), frozenset(r[4:])) for r in rows]


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Give every method of every path that the app answers, in its document or not."""
    for route in app.routes:
        inner: Any = getattr(route, "effective_route_contexts", None)
        answering: list[Any] = [route] if inner is None else list(inner())
        for found in answering:
            for method in getattr(found, "methods", None) or ():
                yield method, found.path


@dataclass(frozen=True)
class World:
    """A service for two districts, and what one of them has.

    Attributes
    ----------
    callers
        The header that each caller sends.
    ids
        What stands in the paths, of the district that is here.
    """

    client: TestClient
    callers: dict[str, dict[str, str]]
    ids: dict[str, str]

    @property
    def database(self) -> Database:
        found = self.client.app.state.backstage.database  # type: ignore[attr-defined]
        assert isinstance(found, Database)
        return found

    def ask(self, caller: str, method: str, path: str, **changes: Any) -> httpx2.Response:
        """Send what is right for a path, but for who sends it."""
        ids = self.ids
        sent: dict[str, Any] = {
            # Each sends one of its own: the same content again is the same scenario.
            "POST /v1/scenarios": {"json": tiny.mapping(description=f"by {caller}")},
            "POST /v1/runs": {"json": {"scenario": ids["scenario_id"], "time_limit_s": 5}},
            "POST /v1/feeds": {"json": {"kind": "all", "id": ""}},
            "POST /v1/feeds.csv": {"json": {"kind": "educator"}},
            "POST /v1/keys": {"json": {"name": "Mine", "role": "viewer"}},
            "PUT /v1/members/{email}": {"json": {"role": "viewer"}},
            "GET /v1/compare": {"params": {"plan": [ids["plan_id"]] * 2}},
            "GET /v1/compare.csv": {"params": {"plan": [ids["plan_id"]] * 2}},
            "GET /v1/compare.xlsx": {"params": {"plan": [ids["plan_id"]] * 2}},
        }.get(f"{method} {path}", {})
        plain = {"accept-encoding": "identity"}
        headers = plain | self.callers[caller] | changes.pop("headers", {})
        url = path.format(**ids)
        return self.client.request(
            method, url, headers=headers, follow_redirects=False, **(sent | changes)
        )


def somebody(tenant: str) -> Principal:
    return Principal(tenant, "cli:test", frozenset(Permission))


def keep_key(database: Database, tenant: str, role: Role, **changes: Any) -> Key:
    key = Key.new()
    # One after the other: lists are sorted by when.
    _, given_out = KeyStore(database).page(tenant, limit=1)
    at = tiny.NOW + timedelta(minutes=given_out)
    kept = StoredKey(key.id, tenant, f"{role}", role, hashed(key.secret), at, "cli:test")
    KeyStore(database).add(replace(kept, **changes), by=somebody(tenant))
    return key


def bearer(text: str) -> dict[str, str]:
    return {"authorization": f"Bearer {text}"}


def callers(database: Database) -> dict[str, dict[str, str]]:
    """Give everybody who might try, by what they send."""
    past = datetime.now(UTC) - timedelta(seconds=1)
    revoked = keep_key(database, HERE, Role.PLANNER, revoked_at=past)
    expired = keep_key(database, HERE, Role.PLANNER, expires_at=past)
    known = keep_key(database, HERE, Role.ADMIN)
    return {
        **{str(role): bearer(keep_key(database, HERE, role).text) for role in Role},
        **{f"other {role}": bearer(keep_key(database, ELSEWHERE, role).text) for role in Role},
        "nobody": {},
        "revoked key": bearer(revoked.text),
        "expired key": bearer(expired.text),
        "wrong secret": bearer(replace(Key.new(), id=known.id).text),
        "unknown key": bearer(Key.new().text),
        "garbage": bearer("garbage"),
        "another scheme": {"authorization": "Basic YWRhOmFkYQ=="},
        "a cookie": {"cookie": "plsched-session=x; __Host-plsched-session=x"},
    }


def furnish(client: TestClient, *, with_things: bool) -> World:
    """Make a world; without things, the ids in its paths are those of nothing."""
    database = client.app.state.backstage.database  # type: ignore[attr-defined]
    for tenant in (HERE, ELSEWHERE):
        TenantStore(database).add(Tenant(tenant, tenant.title(), tiny.NOW), by=somebody(tenant))
    world = World(client, callers(database), {})
    return replace(world, ids=things(world)) if with_things else world


def things(world: World) -> dict[str, str]:
    """Let the district that is here have one of everything."""
    planner, client = world.callers["planner"], world.client
    client.headers.update(planner)
    scenario = client.post("/v1/scenarios", json=tiny.mapping()).json()["id"]
    run = client.post("/v1/runs", json={"scenario": scenario, "time_limit_s": 5}).json()["id"]
    plan = wait_for(client, run, *DONE)["plan"]
    published = client.post(f"/v1/plans/{plan}/publish").json()
    feed = client.post("/v1/feeds", json={"kind": "all", "id": ""}).json()
    del client.headers["authorization"]
    world.callers["feed token"] = bearer(token := feed["address"].split("/")[-1][:-4])
    MemberStore(world.database).set(ADA, Role.VIEWER, by=somebody(HERE), now=tiny.NOW)
    return {
        "scenario_id": scenario,
        "run_id": run,
        "plan_id": plan,
        "name": "all",
        "year": str(published["year"]),
        "number": str(published["number"]),
        "feed_id": feed["id"],
        "token": token,
        "key_id": keep_key(world.database, HERE, Role.VIEWER).id,
        "email": ADA,
        "district": HERE,
    }


@pytest.fixture
def world(serve: Serve) -> World:
    return furnish(serve(sign_in="on", max_queued_runs=500), with_things=True)


def expected(line: Line, caller: str) -> int:
    """Say what was decided for a caller."""
    role = caller.removeprefix("other ")
    if "everybody" in line.may:
        return line.own
    if role not in set(Role):
        return 401
    if role not in line.may:
        return 403
    return line.own if role == caller else line.others


def anew(world: World, line: Line) -> World:
    """Put back what the request before took away."""
    members = MemberStore(world.database)
    members.set(ADA, Role.VIEWER, by=somebody(HERE), now=tiny.NOW)
    if members.find(ELSEWHERE, ADA):
        members.remove(ADA, by=somebody(ELSEWHERE), now=tiny.NOW)
    if line.path.endswith(("/feeds/{feed_id}", "/rotate")):
        ids = world.client.post(
            "/v1/feeds", json={"kind": "all", "id": ""}, headers=world.callers["planner"]
        ).json()
        return replace(world, ids=world.ids | {"feed_id": ids["id"]})
    return world


def test_the_table_has_every_route(world: World) -> None:
    app = world.client.app
    assert isinstance(app, FastAPI)
    found = {(method, path) for method, path in routes(app) if path != "/assets"}
    assert {(line.method, line.path) for line in lines()} == found
    described = {
        (method.upper(), path)
        for path, methods in app.openapi()["paths"].items()
        for method in methods
    }
    assert described <= found


def test_each_caller_is_answered_as_was_decided(
    world: World, record_property: Callable[[str, object], None]
) -> None:
    failed, cells = [], 0
    for line in lines():
        for caller in world.callers:
            world = anew(world, line)
            answer = world.ask(caller, line.method, line.path)
            cells += 1
            if answer.status_code != expected(line, caller):
                failed.append((caller, line.method, line.path, answer.status_code))
            if answer.status_code in {401, 403} and "everybody" not in line.may:
                assert not any(found in answer.text for found in held(world)), line
    record_property("cells", cells)
    print(f"{cells} cells: {len(lines())} routes x {len(world.callers)} callers")
    assert failed == []
    assert cells == len(lines()) * 17


def held(world: World) -> tuple[str, ...]:
    """Give what no answer to somebody who is turned away holds."""
    return ("Welcome", "Two teachers", world.ids["scenario_id"], ADA)


def test_other_methods_are_refused_to_everybody_alike(world: World) -> None:
    """No method that is declared nowhere gets past the door by another handler."""
    # Some paths are also of the form of others, such as /v1/feeds.csv.
    patterns = [
        (line.method, re.compile(re.sub(r"\{\w+\}", "[^/]+", line.path))) for line in lines()
    ]
    failed = []
    for path in sorted({line.path for line in lines()}):
        for method in METHODS:
            if any(m == method and pattern.fullmatch(path) for m, pattern in patterns):
                continue
            answers = [world.ask(caller, method, path) for caller in ("nobody", "planner")]
            if {answer.status_code for answer in answers} != {405}:
                failed.append((method, path, [answer.status_code for answer in answers]))
    assert failed == []


# What has ended is cancelled no more, and what is published is published once.
NOTHING_DONE = {
    "/v1/runs/{run_id}/cancel",
    "/v1/plans/{plan_id}/publish",
    "/plans/{plan_id}/publish",
}


def test_each_change_is_in_the_audit_log(world: World) -> None:
    """Under the id of its request, and the name of who sent it."""
    admin = world.callers["admin"]
    forgotten = []
    for line in lines():
        if line.method not in {"POST", "PUT", "DELETE"} or "everybody" in line.may:
            continue
        world, role = anew(world, line), min(line.may)
        changed = {"json": {"role": "budget"}} if line.method == "PUT" else {}
        answer = world.ask(role, line.method, line.path, **changed)
        deeds = world.client.get("/v1/audit", params={"limit": 200}, headers=admin).json()["items"]
        actor = world.ask(role, "GET", "/v1/me").json()["actor"]
        done = [
            deed["action"]
            for deed in deeds
            if (deed["request_id"], deed["actor"]) == (answer.headers["x-request-id"], actor)
        ]
        if (done == []) != (line.path in NOTHING_DONE):
            forgotten.append((line.method, line.path, answer.status_code, done))
    assert forgotten == []


# ---- what another district has does not exist ----

# Ids and moments that are drawn anew in each world.
DRAWN = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|\b[0-9a-f]{12}\b")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)")
SECRET = re.compile(r"plsched_[0-9a-f]{12}_[\w-]{43}")
NUMBER = re.compile(r'"number":\d+')


def masked(answer: httpx2.Response, ids: dict[str, str]) -> tuple[int, list[tuple[str, str]], str]:
    """Give an answer, byte for byte, but for what was drawn anew."""
    headers = [(k, v) for k, v in answer.headers.items() if k not in {"x-request-id", "etag"}]
    text = answer.text
    for name, value in sorted(ids.items()):
        if name not in {"name", "year", "number", "district", "email"}:
            text = text.replace(value, f"<{name}>")
    for pattern in (SECRET, MOMENT, DRAWN, NUMBER):
        text = pattern.sub("<drawn>", text)
    told = [(k, DRAWN.sub("<drawn>", v)) for k, v in headers]
    return answer.status_code, sorted(told), text


@pytest.mark.parametrize("role", Role)
def test_what_another_district_has_is_as_what_nobody_has(serve: Serve, role: Role) -> None:
    """Ask the same of a service where the other district has it, and of one where nobody does."""
    full = furnish(serve(sign_in="on"), with_things=True)
    empty = replace(furnish(serve(sign_in="on"), with_things=False), ids=full.ids)
    caller, told = f"other {role}", 0
    asked: list[tuple[str, str, dict[str, Any]]] = [
        (line.method, line.path, {}) for line in lines() if "{token}" not in line.path
    ]
    asked += [
        ("GET", line.path, {"params": {"after": mark}})
        for line in lines()
        if line.method == "GET" and line.path.startswith("/v1/") and "{" not in line.path
        for mark in (full.ids["plan_id"], full.ids["run_id"], full.ids["key_id"], ADA, "1")
    ]
    asked += [
        ("POST", "/v1/runs", {"headers": {"idempotency-key": "k1"}}),
        ("GET", "/v1/plans/{plan_id}/costs.csv", {"headers": {"if-none-match": "*"}}),
        ("GET", "/v1/runs/{run_id}/events", {"headers": {"last-event-id": "1"}}),
        ("GET", "/plans/{plan_id}/calendars.html", {"headers": {"accept": "text/html"}}),
    ]
    for method, path, changes in asked:
        if path in {"/metrics", "/ready", "/health"}:
            continue  # they tell of the service, not of a district
        there = masked(full.ask(caller, method, path, **dict(changes)), full.ids)
        nowhere = masked(empty.ask(caller, method, path, **dict(changes)), full.ids)
        assert there == nowhere, (method, path, changes)
        told += there[0] == 404
    assert told >= {Role.PLANNER: 20, Role.BUDGET: 15, Role.VIEWER: 8, Role.ADMIN: 12}[role]


def test_an_idempotency_key_is_of_one_district(world: World) -> None:
    key = {"idempotency-key": "the same"}
    mine = world.ask("planner", "POST", "/v1/runs", headers=key).json()
    assert world.ask("other planner", "POST", "/v1/runs", headers=key).status_code == 404
    sent = world.client.post(
        "/v1/scenarios", json=tiny.mapping(), headers=world.callers["other planner"]
    ).json()
    theirs = replace(world, ids=world.ids | {"scenario_id": sent["id"]})
    other = theirs.ask("other planner", "POST", "/v1/runs", headers=key)
    assert other.status_code == 202
    assert other.json()["id"] != mine["id"]


def test_a_token_of_a_feed_opens_its_feed_alone(world: World) -> None:
    assert world.ask("nobody", "GET", "/feeds/{token}.ics").status_code == 200
    wrong = replace(world, ids=world.ids | {"token": new_token()})
    assert wrong.ask("planner", "GET", "/feeds/{token}.ics").status_code == 404
    assert world.ask("feed token", "GET", "/v1/plans").status_code == 401


def test_ids_that_no_database_keeps(serve: Serve, postgres_url: str) -> None:
    """PostgreSQL keeps no NUL in texts, and fails where it is asked for one."""
    world = furnish(serve(sign_in="on", database_url=postgres_url), with_things=False)
    failed = []
    for line in lines():
        if "everybody" in line.may:
            continue
        role = min(line.may)
        path = re.sub(r"\{\w+\}", "a%00b", line.path)
        params = {} if "{" in line.path else {"after": "a\x00b"}
        answer = world.client.request(line.method, path, params=params, headers=world.callers[role])
        if answer.status_code != 400:
            failed.append((line.method, line.path, answer.status_code))
    assert failed == []

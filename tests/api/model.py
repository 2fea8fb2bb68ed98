"""A service and a model of it in memory: each step is taken by both, and they must agree."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from itertools import cycle, product
from typing import Any
from uuid import uuid4

from fastapi.testclient import TestClient
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from plsched.access import PERMISSIONS, Permission, Role, local
from plsched.api import ApiSettings, create_app
from plsched.api.examples import SCENARIO
from plsched.store import Database, KeyStore, Tenant, TenantStore
from tests import tiny
from tests.api.instant import CRASHES, IMPOSSIBLE, LATE, WAITS, at_once
from tests.api.told import wait_for
from tests.runs.carried import working

ENDS = {CRASHES: "failed", IMPOSSIBLE: "infeasible", LATE: "no_plan_in_time"}
SEEDS = (0, 1, CRASHES, IMPOSSIBLE, LATE, WAITS)
ENDED = ("succeeded", "infeasible", "no_plan_in_time", "failed", "cancelled")
DISTRICTS = ("one", "other")
LISTS = tuple(product(DISTRICTS, ("scenarios", "runs", "plans", "publications")))


@dataclass
class District:
    """What the model knows of a district."""

    scenarios: dict[str, str] = field(default_factory=dict)
    runs: dict[str, dict[str, Any]] = field(default_factory=dict)
    plans: dict[str, str] = field(default_factory=dict)
    asked: dict[str, tuple[dict[str, Any], str]] = field(default_factory=dict)
    published: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Holder:
    """A key that was given out."""

    id: str
    text: str
    role: Role
    district: str


@contextmanager
def served(url: str) -> Iterator[TestClient]:
    """Serve an app whose solves take no time, with a worker where the database wants one."""
    settings = ApiSettings.model_validate({"database_url": url, "sign_in": "on"})
    client = TestClient(
        create_app(settings, at_once), base_url="http://localhost", raise_server_exceptions=False
    )
    with ExitStack() as opened:
        opened.enter_context(client)
        database = database_of(client)
        if database.kind == "postgresql":
            opened.enter_context(working(database, at_once))
        yield client


def database_of(client: TestClient) -> Database:
    """Give the store behind an app."""
    database = client.app.state.backstage.database  # type: ignore[attr-defined]  # any ASGI app
    assert isinstance(database, Database)
    return database


class Service(RuleBasedStateMachine):
    """Scenarios, runs, cancels, plans, publications, and keys with roles, in two districts.

    Each run has two new districts of a service that goes on: what an earlier run left behind in
    others must not be seen.
    """

    client: TestClient
    keys: Bundle[Holder] = Bundle("keys")

    def __init__(self) -> None:
        super().__init__()
        self.districts = {name: District() for name in DISTRICTS}
        self.revoked: set[str] = set()
        self.admins = {name: self._admin(name) for name in DISTRICTS}
        self.planners = {name: self._give(name, Role.PLANNER) for name in DISTRICTS}
        self.next_list = cycle(LISTS)

    def teardown(self) -> None:
        for district, kind in LISTS:
            self._check(district, kind)

    def _admin(self, district: str) -> Holder:
        database = database_of(self.client)
        tenant = Tenant(f"{district}-{uuid4().hex[:8]}", district, tiny.NOW)
        TenantStore(database).add(tenant, by=local())
        key, _ = KeyStore(database).give_out(
            "An admin",
            Role.ADMIN,
            expires_at=None,
            by=replace(local(), tenant=tenant.id),
            now=tiny.NOW,
        )
        return Holder(key.id, key.text, Role.ADMIN, district)

    def ask(self, who: Holder, method: str, path: str, **sent: Any) -> Any:
        headers = {"authorization": f"Bearer {who.text}"} | sent.pop("headers", {})
        return self.client.request(method, path, headers=headers, **sent)

    def _give(self, district: str, role: Role) -> Holder:
        answer = self.ask(
            self.admins[district], "POST", "/v1/keys", json={"name": "K", "role": role}
        )
        assert answer.status_code == 201, answer.text
        return Holder(answer.json()["id"], answer.json()["key"], role, district)

    def refused(self, who: Holder, needed: Permission, answer: Any) -> bool:
        """Check an answer to somebody who may not ask; tell whether they may not."""
        if who.id in self.revoked:
            assert answer.status_code == 401, answer.text
            return True
        if needed not in PERMISSIONS[who.role]:
            assert answer.status_code == 403, answer.text
            return True
        assert answer.status_code < 500, answer.text
        return False

    @rule(target=keys, district=st.sampled_from(DISTRICTS), role=st.sampled_from(Role))
    def give_out_a_key(self, district: str, role: Role) -> Holder:
        return self._give(district, role)

    @rule(who=consumes(keys), again=st.booleans(), target=keys)
    def revoke_a_key(self, who: Holder, again: bool) -> Any:
        for _ in range(1 + again):
            answer = self.ask(self.admins[who.district], "DELETE", f"/v1/keys/{who.id}")
            assert answer.status_code == 200
            assert answer.json()["revoked_at"] is not None
        other = next(name for name in DISTRICTS if name != who.district)
        assert self.ask(self.admins[other], "GET", f"/v1/keys/{who.id}").status_code == 404
        self.revoked.add(who.id)
        return multiple(who)

    @rule(who=keys, number=st.integers(0, 3))
    def send_a_scenario(self, who: Holder, number: int) -> None:
        body = SCENARIO | {"description": f"number {number}"}
        answer = self.ask(who, "POST", "/v1/scenarios", json=body)
        if self.refused(who, Permission.PLAN, answer):
            return
        mine = self.districts[who.district].scenarios
        assert answer.status_code == (200 if answer.json()["id"] in mine else 201)
        mine[answer.json()["id"]] = body["description"]

    @rule(
        who=keys, data=st.data(), seed=st.sampled_from(SEEDS), key=st.sampled_from(["", "a", "b"])
    )
    def ask_for_a_run(self, who: Holder, data: st.DataObject, seed: int, key: str) -> None:
        everywhere = [s for one in self.districts.values() for s in one.scenarios]
        scenario = data.draw(st.sampled_from([*everywhere, "0" * 64]))
        body = {"scenario": scenario, "seed": seed}
        headers = {"idempotency-key": key} if key else {}
        answer = self.ask(who, "POST", "/v1/runs", json=body, headers=headers)
        if self.refused(who, Permission.PLAN, answer):
            return
        mine = self.districts[who.district]
        if scenario not in mine.scenarios:
            assert answer.status_code == 404
            return
        if key in mine.asked:
            before, run_id = mine.asked[key]
            if before == body:
                assert (answer.status_code, answer.json()["id"]) == (202, run_id)
            else:
                assert (answer.status_code, answer.json()["type"]) == (422, "key-reused")
            return
        assert answer.status_code == 202, answer.text
        run = answer.json()
        assert run["id"] not in mine.runs
        mine.runs[run["id"]] = {"seed": seed, "status": None}
        if key:
            mine.asked[key] = (body, run["id"])
        self._settle(who.district, run["id"], seed)

    def _settle(self, district: str, run_id: str, seed: int) -> None:
        """Let a run end; the one that waits is cancelled, so that it keeps nobody waiting."""
        planner = self.planners[district]
        self.client.headers["authorization"] = f"Bearer {planner.text}"
        if seed == WAITS:
            answer = self.ask(planner, "POST", f"/v1/runs/{run_id}/cancel")
            assert answer.status_code == 202
        run = wait_for(self.client, run_id, *ENDED)
        del self.client.headers["authorization"]
        expected = "cancelled" if seed == WAITS else ENDS.get(seed, "succeeded")
        assert run["status"] == expected
        mine = self.districts[district]
        mine.runs[run_id]["status"] = expected
        assert (run["plan"] is None) == (expected in {"failed", "cancelled"})
        if run["plan"] is not None:
            assert run["plan"] not in mine.plans
            mine.plans[run["plan"]] = expected

    @rule(who=keys, data=st.data())
    def cancel_a_run_that_has_ended(self, who: Holder, data: st.DataObject) -> None:
        run_id = data.draw(st.sampled_from([*self._all("runs"), "nothing"]))
        answer = self.ask(who, "POST", f"/v1/runs/{run_id}/cancel")
        if self.refused(who, Permission.PLAN, answer):
            return
        run = self.districts[who.district].runs.get(run_id)
        if run is None:
            assert answer.status_code == 404
        else:
            assert answer.status_code == (202 if run["status"] == "cancelled" else 409)

    @rule(who=keys, data=st.data(), kind=st.sampled_from(["", "/schedule", "/costs", "/costs.csv"]))
    def read_a_plan(self, who: Holder, data: st.DataObject, kind: str) -> None:
        plan_id = data.draw(st.sampled_from([*self._all("plans"), "nothing"]))
        needed = Permission.READ if kind == "/schedule" else Permission.PAY
        answer = self.ask(who, "GET", f"/v1/plans/{plan_id}{kind}")
        if self.refused(who, needed, answer):
            return
        known = plan_id in self.districts[who.district].plans
        assert answer.status_code == (200 if known else 404)

    @rule(who=keys, data=st.data())
    def publish_a_plan(self, who: Holder, data: st.DataObject) -> None:
        plan_id = data.draw(st.sampled_from([*self._all("plans"), "nothing"]))
        answer = self.ask(who, "POST", f"/v1/plans/{plan_id}/publish")
        if self.refused(who, Permission.PUBLISH, answer):
            return
        mine = self.districts[who.district]
        status = mine.plans.get(plan_id)
        if status is None:
            assert answer.status_code == 404
        elif status != "succeeded":
            assert answer.status_code == 409
        elif plan_id in mine.published:
            # The one that is current stays so; one that was superseded does not come back.
            current = mine.published[-1] == plan_id
            assert answer.status_code == (200 if current else 409), answer.text
        else:
            assert answer.status_code == 201, answer.text
            mine.published.append(plan_id)
            assert answer.json()["number"] == len(mine.published)

    def _all(self, what: str) -> list[str]:
        return [name for one in self.districts.values() for name in getattr(one, what)]

    @invariant()
    def a_list_holds_what_was_sent(self) -> None:
        """Look at one list after each step, in turn: what is wrong with one stays wrong."""
        self._check(*next(self.next_list))

    def _check(self, district: str, kind: str) -> None:
        mine, planner = self.districts[district], self.planners[district]
        page = self.ask(planner, "GET", f"/v1/{kind}?limit=200").json()
        if kind != "publications":
            known = set(getattr(mine, kind))
            assert {one["id"] for one in page["items"]} == known
            assert page["total"] == len(known)
            return
        stages = {one["plan"]: one["stage"] for one in page["items"]}
        assert set(stages) == set(mine.published)
        assert {p for p, s in stages.items() if s == "published"} == set(mine.published[-1:])

"""Whether people must sign in, and where the service starts without."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from plsched.access import Role, local
from plsched.api import ApiSettings
from plsched.api.identity import FORWARDED
from plsched.api.sign_in import SignInSwitch, is_loopback
from plsched.errors import SettingsRefused
from plsched.store import Database, KeyStore, MemberStore
from tests import tiny
from tests.api.conftest import Serve
from tests.api.test_policy import give_key


def switch(database: Database, **settings: object) -> SignInSwitch:
    return SignInSwitch(ApiSettings.model_validate(settings), database)


def test_nobody_is_asked_until_the_first_key(client: TestClient) -> None:
    assert client.get("/v1/plans").status_code == 200
    planner = give_key(client, Role.PLANNER)
    assert client.get("/v1/plans").status_code == 401
    assert client.get("/v1/plans", headers=planner).status_code == 200


def test_the_first_member_turns_sign_in_on(database: Database) -> None:
    assert not switch(database).is_on()
    MemberStore(database).set("ada@district.example", Role.ADMIN, by=local(), now=tiny.NOW)
    assert switch(database).is_on()
    assert not switch(database, sign_in="off").is_on()


def test_a_key_that_was_revoked_does_not_turn_sign_in_off(database: Database) -> None:
    keys = KeyStore(database)
    key, _ = keys.give_out("Sync", Role.ADMIN, expires_at=None, by=local(), now=tiny.NOW)
    keys.revoke(key.id, by=local(), now=tiny.NOW)
    assert switch(database).is_on()


def test_it_may_be_told_to_ask(serve: Serve) -> None:
    assert serve(sign_in="on").get("/v1/plans").status_code == 401


@pytest.mark.parametrize("sign_in", ["auto", "off"])
@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "pl.district.example", "*"])  # noqa: S104 - names only
def test_it_is_refused_that_others_reach_a_service_that_asks_nobody(
    database: Database, sign_in: str, host: str
) -> None:
    with pytest.raises(SettingsRefused, match="lets others than this machine reach"):
        switch(database, sign_in=sign_in).check(host)
    # Behind a proxy the service listens on loopback, and answers to the proxy's name.
    with pytest.raises(SettingsRefused, match="lets others than this machine reach"):
        switch(database, sign_in=sign_in, allowed_hosts=["localhost", host]).check("127.0.0.1")
    assert switch(database, sign_in="on", allowed_hosts=[host]).check(host)


def test_this_machine_may_use_it_without(database: Database) -> None:
    assert not switch(database).check("127.0.0.1", "::1", "localhost")
    names = {"127.0.0.1": True, "[::1]": True, "localhost": True, "127.1.evil.example": False}
    assert {name: is_loopback(name) for name in names} == names


def test_an_app_is_not_made_where_others_reach_it(serve: Serve) -> None:
    with pytest.raises(SettingsRefused):
        serve(allowed_hosts=["pl.district.example"])


@pytest.mark.parametrize("header", FORWARDED)
def test_what_comes_by_a_proxy_is_refused_while_sign_in_is_off(
    client: TestClient, serve: Serve, header: str
) -> None:
    answer = client.get("/v1/plans", headers={header: "192.0.2.7"})
    assert answer.status_code == 403
    assert "PLSCHED_SIGN_IN=on" in answer.json()["detail"]
    closed = serve(sign_in="on")
    key = give_key(closed, Role.VIEWER)
    assert closed.get("/v1/plans", headers=key | {header: "192.0.2.7"}).status_code == 200


def test_sign_in_is_on_off_or_auto(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="sign_in"):
        ApiSettings.model_validate({"database_url": f"sqlite:///{tmp_path}/a.db", "sign_in": "no"})

"""Sign-in by OpenID Connect: the way in, and the ways that are shut."""

import base64
import hashlib
import json
import re
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from axe_playwright_python.sync_playwright import Axe
from fastapi.testclient import TestClient
from itsdangerous import TimestampSigner
from joserfc.jwk import RSAKey
from playwright.sync_api import sync_playwright

from plsched.access import LOCAL_TENANT, Permission, Principal, Role, local
from plsched.api import ApiSettings
from plsched.api.door import own_path
from plsched.api.sign_in import open_desk
from plsched.errors import SettingsRefused
from plsched.store import MemberStore, Tenant, TenantStore, open_database
from tests import tiny
from tests.api.conftest import Serve, by_hand
from tests.api.live import live
from tests.api.provider import ADA, Provider, Token, providing, signed
from tests.api.test_policy import give_key
from tests.browser import launch_options

# The provider's, not ours.
pytestmark = pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning")

SESSION = "plsched-session"
OWN = {"sec-fetch-site": "same-origin"}


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with providing() as provider:
        yield provider


@pytest.fixture
def provider(running: Provider) -> Provider:
    """Give the provider as it is when nobody made it lie."""
    running.tell_the_truth()
    return running


@pytest.fixture
def client(serve: Serve, provider: Provider) -> TestClient:
    client = serve(**provider.settings())
    client.follow_redirects = False
    members(client).set(ADA, Role.ADMIN, by=local(), now=tiny.NOW)
    return client


def members(client: TestClient) -> MemberStore:
    return MemberStore(client.app.state.backstage.database)  # type: ignore[attr-defined]


def begin(client: TestClient, goal: str = "/v1/me") -> str:
    """Begin a sign-in, and give the address that the provider is asked at."""
    sent = client.get("/sign-in", params={"next": goal})
    assert sent.status_code == 303, sent.text
    return str(sent.headers["location"])


def agree(address: str, sub: str = "ada") -> dict[str, str]:
    """Sign in at the provider, and give what the callback is told."""
    back = httpx2.post(address, data={"sub": sub})
    assert back.status_code == 302, back.text
    return {
        name: found[0] for name, found in parse_qs(urlsplit(back.headers["location"]).query).items()
    }


def sign_in(client: TestClient, sub: str = "ada", goal: str = "/v1/me") -> httpx2.Response:
    return client.get("/sign-in/callback", params=agree(begin(client, goal), sub))


def is_out(client: TestClient) -> bool:
    return SESSION not in client.cookies and client.get("/v1/me").status_code == 401


def test_somebody_signs_in_and_out(client: TestClient) -> None:
    assert client.get("/v1/me").status_code == 401
    back = sign_in(client, goal="/v1/me?a=b")
    assert (back.status_code, back.headers["location"]) == (303, "/v1/me?a=b")
    assert client.get("/v1/me").json()["actor"] == f"member:{ADA}"
    page = client.get("/", headers={"accept": "text/html"}).text
    assert ADA in page
    assert 'action="/sign-out"' in page
    assert client.post("/sign-out", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.get("/v1/me").status_code == 200
    assert client.post("/sign-out", headers=OWN).status_code == 303
    assert is_out(client)


def test_the_provider_is_asked_by_the_book(client: TestClient, provider: Provider) -> None:
    address = begin(client)
    asked = {name: found[0] for name, found in parse_qs(urlsplit(address).query).items()}
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == "http://localhost/sign-in/callback"
    assert asked["scope"] == "openid email"
    assert min(len(asked["state"]), len(asked["nonce"])) >= 20
    client.get("/sign-in/callback", params=agree(address))
    digest = hashlib.sha256(provider.asked[0]["code_verifier"].encode()).digest()
    assert asked["code_challenge"] == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert begin(client) != address


def test_cookies_are_for_this_service_alone(client: TestClient) -> None:
    for cookie in sign_in(client).headers.get_list("set-cookie"):
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie


def test_over_tls_cookies_are_sent_over_tls_alone(serve: Serve, provider: Provider) -> None:
    client = serve(**provider.settings("https://localhost"))
    client.base_url = httpx2.URL("https://localhost")
    client.follow_redirects = False
    members(client).set(ADA, Role.VIEWER, by=local(), now=tiny.NOW)
    cookie = sign_in(client).headers.get_list("set-cookie")[0]
    assert cookie.startswith(f"__Host-{SESSION}=")
    assert "Secure" in cookie
    assert client.get("/v1/me").status_code == 200


# ---- what the provider says is not taken for granted ----


def claiming(**changes: Any) -> Callable[[Token, RSAKey], str]:
    """Sign claims that are changed; ``None`` takes one away."""

    def forge(claims: Token, key: RSAKey) -> str:
        changed = claims | changes
        return signed({name: told for name, told in changed.items() if told is not None}, key)

    return forge


def unsigned(claims: Token, _: RSAKey) -> str:
    parts = [json.dumps(part).encode() for part in ({"alg": "none", "typ": "JWT"}, claims)]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts) + "."


def by_the_public_key(claims: Token, key: RSAKey) -> str:
    """Sign with HMAC, by what everybody knows."""
    import hmac  # noqa: PLC0415  # the one place where somebody forges by hand

    head = json.dumps({"alg": "HS256", "kid": key.kid}).encode()
    text = b".".join(
        base64.urlsafe_b64encode(part).rstrip(b"=") for part in (head, json.dumps(claims).encode())
    )
    mac = hmac.digest(key.as_pem(private=False), text, "sha256")
    return (text + b"." + base64.urlsafe_b64encode(mac).rstrip(b"=")).decode()


def by_another_key(claims: Token, key: RSAKey) -> str:
    other = RSAKey.generate_key(2048, parameters={"kid": key.kid or ""})
    return signed(claims, other)


LIES: dict[str, Callable[[Token, RSAKey], str | None]] = {
    "another nonce": claiming(nonce="another"),
    "no nonce": claiming(nonce=None),
    "expired": claiming(exp=int(time.time()) - 3600),
    "no end": claiming(exp=None),
    "issued tomorrow": claiming(iat=int(time.time()) + 86_400),
    "another issuer": claiming(iss="https://evil.example"),
    "no issuer": claiming(iss=None),
    "another audience": claiming(aud="another"),
    "another audience beside this one": claiming(aud=["plsched", "another"]),
    "for another party": claiming(azp="another"),
    "no audience": claiming(aud=None),
    "no e-mail": claiming(email=None),
    "not verified": claiming(email_verified=False),
    "not said to be verified": claiming(email_verified=None),
    "verified by a word": claiming(email_verified="true"),
    "an e-mail of two lines": claiming(email=f"{ADA}\n"),
    "an e-mail that looks alike": claiming(email=ADA.replace("a", "\u0430")),
    "two e-mails": claiming(email=[ADA]),
    "not signed": unsigned,
    "signed by what everybody knows": by_the_public_key,
    "signed by another": by_another_key,
    "no token": lambda _claims, _key: None,
    "no token but a word": lambda _claims, _key: "token",
}


def test_what_is_true_is_believed(client: TestClient, provider: Provider) -> None:
    """The same way as the lies below, so that each of them is refused for its lie."""
    provider.forge = claiming()
    assert sign_in(client).status_code == 303
    assert not is_out(client)


def test_lies_are_not_believed(client: TestClient, provider: Provider) -> None:
    believed = []
    for lie, forge in LIES.items():
        provider.forge = forge
        back = sign_in(client)
        if (
            back.status_code != 403
            or "You are not signed in" not in back.text
            or not is_out(client)
        ):
            believed.append((lie, back.status_code))
    assert believed == []
    assert len(provider.asked) == len(LIES)


def test_an_algorithm_without_a_signature_is_refused_though_the_provider_offers_it(
    client: TestClient, provider: Provider
) -> None:
    offered = {"id_token_signing_alg_values_supported": ["none", "HS256", "RS256"]}
    provider.described.update(offered)
    for lie in (unsigned, by_the_public_key):
        provider.forge = lie
        assert sign_in(client).status_code == 403
        assert is_out(client)


def test_a_provider_that_is_another_one(client: TestClient, provider: Provider) -> None:
    provider.described["issuer"] = "https://evil.example"
    answer = client.get("/sign-in")
    assert (answer.status_code, "PLSCHED_OIDC_ISSUER" in answer.text) == (502, True)


def test_a_provider_that_is_not_there(serve: Serve, provider: Provider) -> None:
    gone = provider.settings() | {"oidc_issuer": "http://127.0.0.1:1"}
    answer = serve(**gone).get("/sign-in")
    assert (answer.status_code, "cannot be reached" in answer.text) == (502, True)


@pytest.mark.parametrize(("sub", "told"), [("eve", "belongs to no district"), ("nil", "no e-mail")])
def test_somebody_who_is_no_member(client: TestClient, sub: str, told: str) -> None:
    back = sign_in(client, sub)
    assert (back.status_code, is_out(client)) == (403, True)
    assert told in back.text


# ---- what comes back is what was begun here ----


def test_a_state_that_is_another(client: TestClient) -> None:
    told = agree(begin(client))
    for state in ("", "another", told["state"][:-1]):
        back = client.get("/sign-in/callback", params=told | {"state": state})
        assert (back.status_code, is_out(client)) == (400, True)
        # The sign-in is over: what it held is good for once.
        assert client.get("/sign-in/callback", params=told).status_code == 400


def test_a_sign_in_that_another_browser_began(client: TestClient, serve: Serve) -> None:
    """Else somebody could be signed in as another, and tell them what is theirs."""
    told = agree(begin(client))
    client.cookies.clear()
    assert client.get("/sign-in/callback", params=told).status_code == 400
    begin(client)
    assert client.get("/sign-in/callback", params=told).status_code == 400
    assert is_out(client)
    del serve


def test_a_code_is_good_for_once(client: TestClient) -> None:
    address = begin(client)
    kept = dict(client.cookies)
    told = agree(address)
    assert client.get("/sign-in/callback", params=told).status_code == 303
    client.cookies.clear()
    # Without what the browser kept, and with it.
    assert client.get("/sign-in/callback", params=told).status_code == 400
    client.cookies.update(kept)
    assert client.get("/sign-in/callback", params=told).status_code == 403
    assert is_out(client)


def test_a_code_that_nobody_gave_and_a_refusal(client: TestClient) -> None:
    for told in ({"code": "made-up"}, {}, {"error": "<script>alert(1)</script>"}):
        state = parse_qs(urlsplit(begin(client)).query)["state"][0]
        back = client.get("/sign-in/callback", params=told | {"state": state})
        assert (back.status_code, is_out(client)) == (403, True)
        assert "<script" not in back.text


ELSEWHERE = [
    *("https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", ""),
    *("javascript:alert(1)", "/\tevil", "/a\r\nSet-Cookie: a=b", "evil.example", "/\u2044/x"),
]


def test_nobody_is_sent_elsewhere_at_the_end(client: TestClient) -> None:
    assert [own_path(goal) for goal in ELSEWHERE] == ["/"] * len(ELSEWHERE)
    assert sign_in(client, goal="//evil.example").headers["location"] == "/"


def test_paths_of_this_service_are_gone_to() -> None:
    for path in ("/", "/v1/plans?limit=5", "/plans/a/calendars.html", "/a//b"):
        assert own_path(path) == path


# ---- a cookie is worth what its holder is now ----


def test_who_is_removed_is_out_at_once(client: TestClient) -> None:
    sign_in(client)
    members(client).set(ADA, Role.VIEWER, by=local(), now=tiny.NOW)
    assert client.get("/v1/me").json()["permissions"] == ["read"]
    assert client.get("/v1/keys").status_code == 403
    members(client).remove(ADA, by=local(), now=tiny.NOW)
    assert client.get("/v1/me").status_code == 401


def test_a_cookie_has_an_end(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    for age_s, status in ((8 * 3600 - 60, 200), (8 * 3600 + 60, 401)):
        monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: int(now - age_s))  # noqa: B023 - called within the round
        client.cookies.clear()
        jar = client.app.state.desk.cookies  # type: ignore[attr-defined]
        cookie = jar._sessions.dumps({"email": ADA, "tenant": LOCAL_TENANT})
        monkeypatch.undo()
        assert client.get("/v1/me", headers={"cookie": f"{SESSION}={cookie}"}).status_code == status


def test_a_cookie_that_is_made_up(client: TestClient) -> None:
    sign_in(client)
    good = client.cookies[SESSION]
    begin(client)
    flow = client.cookies["plsched-sign-in"]
    client.cookies.clear()
    body, rest = good.split(".", 1)
    other = base64.urlsafe_b64encode(b'{"email":"eve@x.example","tenant":"local"}').rstrip(b"=")
    for cookie in ("", "x", flow, good[:-1], f"{other.decode()}.{rest}", f"{body}.", good + good):
        answer = client.get("/v1/me", headers={"cookie": f"{SESSION}={cookie}"})
        assert answer.status_code == 401, cookie
    assert client.get("/v1/me", headers={"cookie": f"{SESSION}={good}"}).status_code == 200


def test_a_key_that_is_refused_is_not_made_up_for_by_a_cookie(client: TestClient) -> None:
    sign_in(client)
    for shown in ("Bearer plsched_x", "Basic YTpi", "Bearer"):
        assert client.get("/v1/me", headers={"authorization": shown}).status_code == 401


SENDERS: list[tuple[dict[str, str], int]] = [
    ({"sec-fetch-site": "same-origin"}, 201),
    ({"origin": "http://localhost"}, 201),
    ({"sec-fetch-site": "cross-site"}, 403),
    ({"sec-fetch-site": "same-site", "origin": "http://localhost"}, 403),
    ({"sec-fetch-site": "none"}, 403),
    ({"origin": "https://evil.example"}, 403),
    ({"origin": "http://localhost.evil.example"}, 403),
    ({"origin": "null"}, 403),
    ({"referer": "http://localhost/"}, 403),
    ({}, 403),
]


def test_only_pages_of_the_service_change_something_by_a_cookie(client: TestClient) -> None:
    sign_in(client)
    asked = {"name": "Mine", "role": "planner"}
    key = give_key(client, Role.ADMIN)
    for sent, status in SENDERS:
        assert client.post("/v1/keys", json=asked, headers=sent).status_code == status, sent
        assert client.post("/v1/keys", json=asked, headers=sent | key).status_code == 201


def test_no_admin_gives_themselves_another_role(client: TestClient) -> None:
    sign_in(client)
    answer = client.put(f"/v1/members/{ADA}", json={"role": "planner"}, headers=OWN)
    assert (answer.status_code, answer.json()["type"]) == (403, "not-allowed")
    assert client.delete(f"/v1/members/{ADA}", headers=OWN).status_code == 403


def test_deeds_name_the_member(client: TestClient) -> None:
    sign_in(client)
    client.post("/v1/keys", json={"name": "Mine", "role": "viewer"}, headers=OWN)
    assert client.get("/v1/audit").json()["items"][0]["actor"] == f"member:{ADA}"


# ---- several districts ----


def test_who_belongs_to_several_districts_chooses_one(client: TestClient) -> None:
    database = client.app.state.backstage.database  # type: ignore[attr-defined]
    for other in ("other", "third"):
        by = Principal(other, "cli:ada", frozenset(Permission))
        TenantStore(database).add(Tenant(other, other.title(), tiny.NOW), by=by)
    there = Principal("other", "cli:ada", frozenset(Permission))
    members(client).set(ADA, Role.VIEWER, by=there, now=tiny.NOW)
    back = sign_in(client)
    assert back.headers["location"] == "/sign-in/districts"
    assert client.get("/v1/me").status_code == 401
    page = client.get("/sign-in/districts")
    offered = re.findall(r'action="/sign-in/districts/([^"]*)"', page.text)
    assert offered == ["local", "other"]
    assert "form-action 'self'" in page.headers["content-security-policy"]
    choose = "/sign-in/districts/{}"
    assert client.post(choose.format("third"), headers=OWN).status_code == 403
    assert client.post(choose.format("other")).status_code == 403
    assert client.post(choose.format("other"), headers=OWN).status_code == 303
    assert client.get("/v1/me").json()["district"] == "other"


# ---- pages, and settings ----


def test_people_are_offered_to_sign_in(client: TestClient) -> None:
    page = client.get("/plans/x/calendars.html?a=b", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["www-authenticate"]) == (401, "Bearer")
    assert 'href="/sign-in?next=/plans/x/calendars.html%3Fa%3Db"' in page.text
    program = client.get("/v1/plans", headers={"accept": "application/json"})
    assert program.headers["content-type"] == "application/problem+json"


def test_people_are_told_of_keys_where_nobody_signs_in(serve: Serve) -> None:
    client = serve(sign_in="on")
    for path, status in (("/", 401), ("/sign-in", 200)):
        page = client.get(path, headers={"accept": "text/html"})
        assert (page.status_code, "plsched access keys add" in page.text) == (status, True)
    for path in ("/sign-out", "/sign-in/districts/local"):
        assert client.post(path).status_code == 403
    assert client.get("/sign-in/callback").status_code == 403


def test_people_are_told_what_their_role_may_not_do(client: TestClient) -> None:
    sign_in(client)
    page = client.get("/v1/plans/x/costs.csv", headers={"accept": "text/html"})
    assert (page.status_code, "Your role may not do this" in page.text) == (403, True)


SETTINGS = {
    "oidc_issuer": "https://id.example",
    "oidc_client_id": "plsched",
    "oidc_client_secret": "a secret",
    "public_url": "https://pl.district.example",
    "session_secret": "s" * 32,
}


@pytest.mark.parametrize("missing", sorted(SETTINGS.keys() - {"oidc_issuer"}))
def test_settings_that_are_not_whole(missing: str) -> None:
    given = {name: value for name, value in SETTINGS.items() if name != missing}
    with pytest.raises(SettingsRefused, match="set them all, or none"):
        open_desk(ApiSettings.model_validate(given))


@pytest.mark.parametrize("name", ["oidc_issuer", "public_url"])
def test_settings_in_the_clear(name: str) -> None:
    given = SETTINGS | {name: "http://district.example"}
    with pytest.raises(SettingsRefused, match="must begin with https://"):
        open_desk(ApiSettings.model_validate(given))


def test_a_secret_that_is_short() -> None:
    with pytest.raises(ValueError, match="session_secret"):
        ApiSettings.model_validate(SETTINGS | {"session_secret": "short"})


@pytest.mark.parametrize("library", ["authlib", "httpx2", "itsdangerous"])
def test_the_extra_is_not_installed(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == library]:
        monkeypatch.delitem(sys.modules, name)
    for name in [name for name in sys.modules if name.startswith("plsched.api.oidc")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(SettingsRefused, match=r"install plsched\[oidc\]"):
        open_desk(ApiSettings.model_validate(SETTINGS))


def test_a_service_without_it_does_not_load_it() -> None:
    assert open_desk(ApiSettings()) is None


# ---- in a browser ----


@pytest.mark.browser
def test_somebody_signs_in_with_a_browser(tmp_path: Path, provider: Provider) -> None:
    said: list[str] = []
    with socket.socket() as taken, sync_playwright() as playwright:
        taken.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{taken.getsockname()[1]}"
        url = f"sqlite:///{tmp_path}/a.db"
        with open_database(url) as database:
            MemberStore(database).set(ADA, Role.VIEWER, by=local(), now=tiny.NOW)
        settings = ApiSettings.model_validate({"database_url": url, **provider.settings(base)})
        with live(settings, by_hand, taken):
            browser = playwright.chromium.launch(**launch_options())
            context = browser.new_context()
            page = context.new_page()
            # The provider's page asks for a style from elsewhere.
            context.route(re.compile(r"^https?://(?!127\.0\.0\.1:)"), lambda route: route.abort())
            page.on(
                "console",
                lambda told: said.append(told.text) if page.url.startswith(base) else None,
            )
            violations = []

            def look() -> None:
                violations.extend(Axe().run(page).response["violations"])

            page.goto(f"{base}/")
            look()
            page.get_by_role("link", name="Sign in").click()
            assert page.url.startswith(provider.issuer)
            page.get_by_role("button", name="ada").click()
            page.wait_for_url(f"{base}/")
            assert ADA in page.inner_text("header")
            look()
            (cookie,) = context.cookies()
            assert (cookie["name"], cookie["httpOnly"], cookie["sameSite"]) == (
                SESSION,
                True,
                "Lax",
            )
            page.goto(f"{base}/v1/plans/x/costs.csv")
            assert "Your role may not do this" in page.inner_text("main")
            page.goto(f"{base}/")
            # A page elsewhere makes this browser send something.
            elsewhere = context.new_page()
            elsewhere.goto(provider.issuer)
            form = f'<form method="post" action="{base}/sign-out"><button>Win</button></form>'
            elsewhere.set_content(form)
            elsewhere.get_by_role("button", name="Win").click()
            elsewhere.wait_for_url(f"{base}/sign-out")
            assert "another site" in elsewhere.inner_text("body")
            page.reload()
            assert ADA in page.inner_text("header")
            page.get_by_role("button", name="Sign out").click()
            page.wait_for_url(f"{base}/")
            assert "Sign in first" in page.inner_text("main")
            assert context.cookies() == []
            browser.close()
    assert [violation["id"] for violation in violations] == []
    # Chromium says when an answer is no success; nothing else is said.
    assert {re.sub(r" of \d+| \(.*", "", line) for line in said} <= {
        "Failed to load resource: the server responded with a status"
    }

"""Addresses of feeds over HTTP, what is read by them, and the page on which people subscribe."""

import csv
import gzip
import io
import logging
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from plsched.access import Role
from tests.api.conftest import Serve
from tests.api.test_policy import give_key
from tests.api.told import solve

CLOSED = "no calendar has this address; ask whoever plans professional learning for a new one"


@pytest.fixture
def published(client: TestClient) -> TestClient:
    client.post(f"/v1/plans/{solve(client)['plan']}/publish")
    return client


def issue(client: TestClient, kind: str = "educator", reader: str = "t1") -> dict[str, Any]:
    answer = client.post("/v1/feeds", json={"kind": kind, "id": reader})
    assert answer.status_code == 201, answer.text
    found = answer.json()
    assert isinstance(found, dict)
    return found


def path(issued: dict[str, Any]) -> str:
    return str(issued["address"]).removeprefix("http://localhost")


def test_an_address_is_shown_once(published: TestClient) -> None:
    answer = published.post("/v1/feeds", json={"kind": "educator", "id": "t1"})
    issued = answer.json()
    token = re.fullmatch(r"http://localhost/feeds/([\w-]{43})\.ics", issued["address"])
    assert token is not None
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["location"] == f"/v1/feeds/{issued['id']}"
    assert issued["webcal"] == f"webcal://localhost/feeds/{token[1]}.ics"
    assert issued["subscribe"] == f"http://localhost/subscribe/{token[1]}"
    shown = {k: issued[k] for k in issued if k not in {"address", "webcal", "subscribe", "email"}}
    assert published.get(answer.headers["location"]).json() == shown
    listed = published.get("/v1/feeds")
    assert listed.json() == {"items": [shown], "total": 1, "next": None}
    assert token[1] not in listed.text


def test_addresses_begin_as_the_setting_says(serve: Serve) -> None:
    client = serve(public_url="https://plan.example.org/")
    client.post(f"/v1/plans/{solve(client)['plan']}/publish")
    issued = issue(client)
    assert issued["address"].startswith("https://plan.example.org/feeds/")
    assert issued["webcal"].startswith("webcal://plan.example.org/feeds/")


def test_a_feed_is_read_without_a_key(serve: Serve) -> None:
    client = serve(sign_in="on")
    client.headers |= give_key(client, Role.PLANNER)
    client.post(f"/v1/plans/{solve(client)['plan']}/publish")
    address = path(issue(client))
    del client.headers["authorization"]
    assert client.get("/v1/feeds").status_code == 401
    answer = client.get(address, headers={"Accept-Encoding": "identity"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["x-robots-tag"] == "noindex"
    assert "DTSTART;TZID=America/Chicago:20270803T090000" in answer.text
    assert "content-encoding" not in answer.headers
    assert {h.strip() for h in answer.headers["vary"].split(",")} == {"Accept-Encoding"}


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True),
        ("deflate, GZIP ; q=0.5", True),
        ("br, gzip;q=1.0", True),
        ("gzip; q=0", False),
        ("br, gzip;q=0.000, identity", False),
        ("*", False),
        ("", False),
    ],
)
def test_kept_bytes_go_to_those_who_take_them(
    published: TestClient, accepted: str, packed: bool
) -> None:
    request = published.build_request("GET", path(issue(published)))
    request.headers["Accept-Encoding"] = accepted
    answer = published.send(request, stream=True)
    sent = b"".join(answer.iter_raw())
    assert answer.headers.get("content-encoding") == ("gzip" if packed else None)
    assert int(answer.headers["content-length"]) == len(sent)
    text = gzip.decompress(sent) if packed else sent
    assert text.startswith(b"BEGIN:VCALENDAR\r\n")
    assert text.endswith(b"END:VCALENDAR\r\n")


def test_a_reader_whose_copy_is_right_gets_no_second_one(published: TestClient) -> None:
    address = path(issue(published))
    first = published.get(address)
    etag, changed = first.headers["etag"], first.headers["last-modified"]
    assert etag.startswith('W/"')
    for headers in ({"If-None-Match": etag}, {"If-Modified-Since": changed}):
        again = published.get(address, headers=headers)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
    assert published.get(address, headers={"If-None-Match": '"x"'}).status_code == 200
    for moment in ("nonsense", f"Mon, 01 Jan {'9' * 20} 00:00:00 GMT"):
        assert published.get(address, headers={"If-Modified-Since": moment}).status_code == 200
    head = published.head(address)
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", etag)
    other = solve(published, seed=3)["plan"]
    published.post(f"/v1/plans/{other}/publish")
    assert published.get(address, headers={"If-None-Match": etag}).status_code == 304


def test_addresses_that_lead_nowhere_answer_alike(published: TestClient) -> None:
    issued, rotated = issue(published), issue(published)
    published.delete(f"/v1/feeds/{issued['id']}")
    new = published.post(f"/v1/feeds/{rotated['id']}/rotate").json()
    assert published.get(path(new)).status_code == 200
    token = path(new).removeprefix("/feeds/").removesuffix(".ics")
    wrong = [
        path(issued),
        path(rotated),
        f"/feeds/{'A' * 43}.ics",
        "/feeds/x.ics",
        f"/feeds/{token[:-1]}.ics",
        f"/feeds/{token}x.ics",
        "/feeds/%00.ics",
        "/feeds/%ff%fe.ics",
        "/feeds/..ics",
        f"/feeds/{'a' * 5000}.ics",
    ]
    for method in ("GET", "HEAD"):
        answers = [published.request(method, one) for one in wrong]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1
        told = [{k: v for k, v in a.headers.items() if k != "x-request-id"} for a in answers]
        assert told == told[:1] * len(told)
    pages = [
        published.get(one.replace("/feeds/", "/subscribe/")[:-4])
        for one in wrong
        if ".." not in one
    ]
    assert {(page.status_code, page.json()["detail"]) for page in pages} == {(404, CLOSED)}


def test_tokens_stand_in_no_log_and_in_no_error(
    published: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        issued = issue(published)
        published.get(path(issued))
        published.delete(f"/v1/feeds/{issued['id']}")
        refused = published.get(path(issued))
    token = path(issued).removeprefix("/feeds/").removesuffix(".ics")
    assert token not in refused.text
    # The test's own client logs what it asks for.
    said = [r.getMessage() for r in caplog.records if not r.name.startswith(("httpx", "httpcore"))]
    assert not any(token in line for line in said)


def test_no_answer_repeats_a_token(published: TestClient) -> None:
    address = path(issue(published))
    token = address.removeprefix("/feeds/").removesuffix(".ics")
    for method in ("GET", "POST", "PUT", "DELETE"):
        for wrong in (f"{address}/x", address[:-4], f"/subscribe/{token}/x", f"//feeds/{token}"):
            answer = published.request(method, f"http://localhost{wrong}")
            assert (answer.status_code, token in answer.text) == (404, False), wrong
        if method != "GET":
            for known in (address, f"/subscribe/{token}"):
                answer = published.request(method, known)
                assert (answer.status_code, token in answer.text) == (405, False), known


def test_everybody_of_a_kind_gets_an_address_to_mail_out(published: TestClient) -> None:
    one = issue(published)
    answer = published.post("/v1/feeds.csv", json={"kind": "educator"})
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    (row,) = csv.DictReader(io.StringIO(answer.text))
    assert (row["kind"], row["reader"], row["email"]) == ("educator", "t2", "")
    assert published.get(path(row)).status_code == 200
    renewed = published.post("/v1/feeds.csv", json={"kind": "educator", "renew": True})
    rows = list(csv.DictReader(io.StringIO(renewed.text)))
    assert [row["reader"] for row in rows] == ["t1", "t2"]
    assert published.get(path(one)).status_code == published.get(path(row)).status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"kind": "educator", "id": "nobody"}, 404),
        ({"kind": "everything"}, 422),
        ({"kind": "educator", "id": "a\u0000b"}, 400),
        ({"kind": "educator", "id": "t1", "x": 1}, 422),
    ],
)
def test_no_address_for_nobody(published: TestClient, body: dict[str, Any], status: int) -> None:
    assert published.post("/v1/feeds", json=body).status_code == status
    for gone in ("rotate", ""):
        url = f"/v1/feeds/000000000000/{gone}".rstrip("/")
        assert published.request("POST" if gone else "DELETE", url).status_code == 404


def test_the_page_has_a_link_for_each_program(published: TestClient) -> None:
    issued = issue(published)
    answer = published.get(str(issued["subscribe"]).removeprefix("http://localhost"))
    assert answer.status_code == 200
    assert "script" not in answer.headers["content-security-policy"]
    assert "<script" not in answer.text
    quoted = issued["webcal"].replace(":", "%3A").replace("/", "%2F")
    for link in (
        issued["address"],
        issued["webcal"],
        f"https://calendar.google.com/calendar/render?cid={quoted}",
    ):
        assert f'href="{link}"' in answer.text
    assert "outlook.office.com/calendar/0/addfromweb?url=http%3A%2F%2Flocalhost" in answer.text
    assert "<svg" in answer.text
    assert "Every 4 to 24 hours" in answer.text
    assert answer.headers["x-robots-tag"] == "noindex"

"""Addresses of feeds: given out once, renewed, revoked; on either database."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from plsched.access import hashed
from plsched.errors import NotStored
from plsched.exports.calendars import FeedKey
from plsched.store import AuditStore, Database
from tests import tiny
from tests.publishing.district import District, later, next_year

E1 = FeedKey("educator", "t1")


@pytest.fixture
def home(database: Database) -> District:
    people = [
        {"id": "t1", "name": "One", "role": "teacher", "site": "north", "email": "one@example.org"},
        {"id": "t2", "name": "Two", "role": "teacher", "site": "north"},
    ]
    found = District.local(database)
    found.publish(found.keep(scenario=tiny.scenario(educators=people)))
    return found


def test_token_has_256_bits_and_only_its_hash_is_kept(home: District) -> None:
    issued = home.feeds.issue(E1, by=home.by, now=tiny.NOW)
    assert len(issued.token) == 43
    assert issued.token != home.feeds.issue(E1, by=home.by, now=tiny.NOW).token
    assert issued.feed.token_hash == hashed(issued.token)
    with home.database.read() as session:
        tables = [
            repr(session.execute(text(f"SELECT * FROM {name}")).all())  # noqa: S608 - our own names
            for name in ("feeds", "audit", "feed_files")
        ]
    assert issued.token not in "".join(tables)
    assert issued.feed.token_hash in tables[0]


def test_address_is_listed_without_its_token(home: District) -> None:
    issued = home.feeds.issue(E1, by=home.by, now=tiny.NOW)
    (listed,), total = home.feeds.page(limit=9)
    assert (listed, total) == (issued.feed, 1)
    assert listed.title == "One: professional learning"
    assert home.feeds.page(limit=9, kind="site") == ([], 0)


def test_there_is_no_address_for_nobody(home: District) -> None:
    for key in (FeedKey("educator", "e9"), FeedKey("pool", "t1"), FeedKey("educator")):
        with pytest.raises(NotStored, match="no published calendar has the id"):
            home.feeds.issue(key, by=home.by, now=tiny.NOW)


def test_rotated_address_is_refused_and_the_new_one_is_good(home: District) -> None:
    old = home.feeds.issue(E1, by=home.by, now=tiny.NOW)
    new = home.feeds.rotate(old.feed.id, by=home.by, now=later(1))
    assert home.read(old.token) is None
    assert "SUMMARY:Welcome" in str(home.read(new.token))
    with pytest.raises(NotStored):
        home.feeds.rotate(old.feed.id, by=home.by, now=later(1))


def test_revoked_address_is_refused_and_stays_so(home: District) -> None:
    issued = home.feeds.issue(E1, by=home.by, now=tiny.NOW)
    other = home.feeds.issue(E1, by=home.by, now=tiny.NOW)
    revoked = home.feeds.revoke(issued.feed.id, by=home.by, now=later(1))
    assert revoked.revoked_at == later(1)
    assert home.feeds.revoke(issued.feed.id, by=home.by, now=later(2)) == revoked
    assert home.read(issued.token) is None
    assert home.read(other.token) is not None


def test_everybody_of_a_kind_gets_an_address_once(home: District) -> None:
    one = home.feeds.issue(E1, by=home.by, now=tiny.NOW)
    issued = home.feeds.issue_all("educator", renew=False, by=home.by, now=later(1))
    assert [(i.feed.reader, i.email) for i in issued] == [("t2", None)]
    assert home.feeds.issue_all("educator", renew=False, by=home.by, now=later(1)) == []
    assert home.read(one.token) is not None
    renewed = home.feeds.issue_all("educator", renew=True, by=home.by, now=later(2))
    assert [(i.feed.reader, i.email) for i in renewed] == [("t1", "one@example.org"), ("t2", None)]
    assert [home.read(i.token) for i in (one, *issued)] == [None, None]
    assert all(home.read(i.token) for i in renewed)
    assert [
        i.email for i in home.feeds.issue_all("site", renew=True, by=home.by, now=later(3))
    ] == [None]


def test_renewing_ends_the_addresses_of_those_who_are_gone(home: District) -> None:
    """They may come back with a later plan, and their old addresses must not come with them."""
    gone = home.feeds.issue(E1, by=home.by, now=tiny.NOW)
    plan, scenario = next_year()
    fewer = scenario.model_copy(update={"educators": scenario.educators[1:]})
    home.publish(home.keep(plan.model_copy(update={"items": ()}), fewer), days=800)
    assert home.read(gone.token) is None
    assert home.feeds.get(gone.feed.id).revoked_at is None
    home.feeds.issue_all("educator", renew=True, by=home.by, now=later(801))
    assert home.feeds.get(gone.feed.id).revoked_at == later(801)


def test_an_address_by_itself_tells_whom_to_send_it_to(home: District) -> None:
    issued = home.feeds.issue(E1, by=home.by, now=tiny.NOW)
    rotated = home.feeds.rotate(issued.feed.id, by=home.by, now=later(1))
    assert [issued.email, rotated.email] == ["one@example.org", "one@example.org"]
    assert home.feeds.issue(FeedKey("all"), by=home.by, now=tiny.NOW).email is None


def test_two_who_ask_at_once_give_everybody_one_address(home: District) -> None:
    def ask(_: int) -> int:
        return len(home.feeds.issue_all("educator", renew=False, by=home.by, now=tiny.NOW))

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(ask, range(4))) == [0, 0, 0, 2]


def test_another_district_cannot_touch_an_address(home: District) -> None:
    issued = home.feeds.issue(E1, by=home.by, now=tiny.NOW)
    other = District.other(home.database)
    for act in (other.feeds.revoke, other.feeds.rotate):
        with pytest.raises(NotStored):
            act(issued.feed.id, by=other.by, now=later(1))
    assert other.feeds.page(limit=9) == ([], 0)
    assert other.feeds.issue_all("educator", renew=True, by=other.by, now=later(1)) == []
    assert home.read(issued.token) is not None


def test_deeds_name_addresses_by_their_ids(home: District) -> None:
    issued = home.feeds.issue(E1, by=home.by, now=tiny.NOW)
    new = home.feeds.rotate(issued.feed.id, by=home.by, now=later(1))
    home.feeds.revoke(new.feed.id, by=home.by, now=later(2))
    deeds, _ = AuditStore(home.database, "local").page(limit=3)
    assert [(d.action, d.subject, d.details) for d in deeds] == [
        ("feed.revoke", new.feed.id, {"kind": "educator", "reader": "t1"}),
        ("feed.rotate", issued.feed.id, {"new": new.feed.id}),
        ("feed.issue", issued.feed.id, {"kind": "educator", "reader": "t1"}),
    ]

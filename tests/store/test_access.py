"""Keys, members, districts and deeds in the store."""

from datetime import timedelta

import pytest

from plsched.access import LOCAL_TENANT, Permission, Principal, Role, hashed, local, member_actor
from plsched.errors import AlreadyStored, NotAllowed, NotStored
from plsched.store import AuditStore, Database, KeyStore, MemberStore, Tenant, TenantStore
from tests import tiny

EMAIL = "ada@district.example"


def admin(tenant: str = LOCAL_TENANT, actor: str = "cli:ada") -> Principal:
    return Principal(tenant, actor, frozenset(Permission), request_id="r1")


def add_district(database: Database, tenant: str = "other") -> Tenant:
    district = Tenant(id=tenant, name="Other", created_at=tiny.NOW)
    TenantStore(database).add(district, by=admin(tenant))
    return district


def deeds(database: Database, tenant: str = LOCAL_TENANT) -> list[tuple[str, str, str]]:
    found, total = AuditStore(database, tenant).page(limit=50)
    assert total == len(found)
    return [(deed.actor, deed.action, deed.subject) for deed in found]


def test_a_key_is_kept_without_its_secret(database: Database) -> None:
    keys = KeyStore(database)
    assert not keys.any()
    key, kept = keys.give_out("Sync", Role.VIEWER, expires_at=None, by=admin(), now=tiny.NOW)
    assert keys.any()
    assert keys.find(key.id) == keys.get(LOCAL_TENANT, key.id) == kept
    assert kept.secret_hash == hashed(key.secret)
    assert key.secret not in repr(kept)
    assert deeds(database) == [("cli:ada", "key.add", key.id)]


def test_a_key_is_revoked_once_and_stays_in_the_list(database: Database) -> None:
    keys = KeyStore(database)
    key, _ = keys.give_out("Sync", Role.VIEWER, expires_at=None, by=admin(), now=tiny.NOW)
    for days in (1, 2):
        kept = keys.revoke(key.id, by=admin(), now=tiny.NOW + timedelta(days=days))
        assert kept.revoked_at == tiny.NOW + timedelta(days=1)
    assert keys.page(LOCAL_TENANT, limit=5) == ([kept], 1)
    assert [action for _, action, _ in deeds(database)] == ["key.revoke", "key.add"]


def test_another_district_has_no_such_key(database: Database) -> None:
    add_district(database)
    keys = KeyStore(database)
    key, _ = keys.give_out("Sync", Role.VIEWER, expires_at=None, by=admin(), now=tiny.NOW)
    with pytest.raises(NotStored):
        keys.get("other", key.id)
    with pytest.raises(NotStored):
        keys.revoke(key.id, by=admin("other"), now=tiny.NOW)
    assert keys.page("other", limit=5) == ([], 0)


def test_a_member_has_one_role_in_each_district(database: Database) -> None:
    add_district(database)
    members = MemberStore(database)
    assert not members.any()
    here, is_new = members.set(EMAIL, Role.VIEWER, by=admin(), now=tiny.NOW)
    there, _ = members.set(EMAIL, Role.ADMIN, by=admin("other"), now=tiny.NOW)
    assert is_new
    assert members.memberships(EMAIL) == [here, there]
    changed, is_new = members.set(EMAIL, Role.BUDGET, by=admin(), now=tiny.NOW)
    assert (changed.role, is_new) == (Role.BUDGET, False)
    assert members.get("other", EMAIL) == there
    members.remove(EMAIL, by=admin(), now=tiny.NOW)
    assert members.find(LOCAL_TENANT, EMAIL) is None
    assert members.page("other", limit=5) == ([there], 1)
    with pytest.raises(NotStored):
        members.remove(EMAIL, by=admin(), now=tiny.NOW)


def test_sign_in_does_not_turn_itself_off_when_the_last_member_goes(database: Database) -> None:
    members = MemberStore(database)
    members.set(EMAIL, Role.VIEWER, by=admin(), now=tiny.NOW)
    members.remove(EMAIL, by=admin(), now=tiny.NOW)
    assert members.any()


def test_deeds_tell_which_role_was_given(database: Database) -> None:
    members = MemberStore(database)
    for role in (Role.VIEWER, Role.VIEWER, Role.PLANNER):
        members.set(EMAIL, role, by=admin(), now=tiny.NOW)
    members.remove(EMAIL, by=admin(), now=tiny.NOW)
    found, _ = AuditStore(database, LOCAL_TENANT).page(limit=5)
    assert [(deed.action, deed.details, deed.request_id) for deed in found] == [
        ("member.remove", {"was": "planner"}, "r1"),
        ("member.set", {"role": "planner", "was": "viewer"}, "r1"),
        ("member.set", {"role": "viewer", "was": None}, "r1"),
    ]


def test_nobody_gives_themselves_a_role(database: Database) -> None:
    members = MemberStore(database)
    members.set(EMAIL, Role.ADMIN, by=local(), now=tiny.NOW)
    oneself = admin(actor=member_actor(EMAIL))
    with pytest.raises(NotAllowed, match="ask another admin"):
        members.set(EMAIL, Role.PLANNER, by=oneself, now=tiny.NOW)
    with pytest.raises(NotAllowed, match="ask another admin"):
        members.remove(EMAIL, by=oneself, now=tiny.NOW)
    assert members.get(LOCAL_TENANT, EMAIL).role == Role.ADMIN
    assert len(deeds(database)) == 1


def test_districts_and_their_limits(database: Database) -> None:
    district = add_district(database)
    districts = TenantStore(database)
    with pytest.raises(AlreadyStored):
        districts.add(district, by=admin("other"))
    limited = Tenant(id="other", name="New name", created_at=tiny.NOW, max_workers=2)
    districts.set_limits(limited, by=admin("other"), now=tiny.NOW)
    assert districts.get("other") == limited
    assert [tenant.id for tenant in districts.all()] == [LOCAL_TENANT, "other"]
    assert [action for _, action, _ in deeds(database, "other")] == ["district.set", "district.add"]
    assert deeds(database) == []

"""API keys in the store."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from plsched.access import Key, Principal, Role, hashed
from plsched.errors import NotStored
from plsched.store.audit import add_deed
from plsched.store.database import Database
from plsched.store.order import older
from plsched.store.records import StoredKey
from plsched.store.tables import KeyRow


class KeyStore:
    """Keeps keys of all districts: which district a key is for is known once it is found."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def give_out(
        self, name: str, role: Role, *, expires_at: datetime | None, by: Principal, now: datetime
    ) -> tuple[Key, StoredKey]:
        """Draw a key for the district of who gives it; its secret is known here alone."""
        key = Key.new()
        kept = StoredKey(
            id=key.id,
            tenant=by.tenant,
            name=name,
            role=role,
            secret_hash=hashed(key.secret),
            created_at=now,
            created_by=by.actor,
            expires_at=expires_at,
        )
        self.add(kept, by=by)
        return key, kept

    def add(self, key: StoredKey, *, by: Principal) -> None:
        """Keep a key."""
        with self._database.write() as session:
            add_deed(session, by, "key.add", key.id, key.created_at, {"role": key.role})
            session.add(
                KeyRow(
                    id=key.id,
                    tenant=key.tenant,
                    name=key.name,
                    role=key.role,
                    secret_hash=key.secret_hash,
                    created_at=key.created_at,
                    created_by=key.created_by,
                    expires_at=key.expires_at,
                    revoked_at=key.revoked_at,
                )
            )

    def find(self, key_id: str) -> StoredKey | None:
        """Find a key by its id; ``None`` when there is none."""
        with self._database.read() as session:
            row = session.get(KeyRow, key_id)
            return None if row is None else _record(row)

    def get(self, tenant: str, key_id: str) -> StoredKey:
        """Find a key of a district.

        Raises
        ------
        NotStored
            The district has none with this id.
        """
        kept = self.find(key_id)
        if kept is None or kept.tenant != tenant:
            raise NotStored("key", key_id)
        return kept

    def page(
        self, tenant: str, *, limit: int, after: str | None = None
    ) -> tuple[list[StoredKey], int]:
        """List a district's keys, newest first, the revoked ones too, with the number of all.

        Parameters
        ----------
        after
            Id of the key that the list goes on after; ``None``: from the newest on.

        Raises
        ------
        NotStored
            The district has no key with this id.
        """
        last = None if after is None else self.get(tenant, after)
        mine = KeyRow.tenant == tenant
        order = (KeyRow.created_at.desc(), KeyRow.id.desc())
        newest = select(KeyRow).where(mine).order_by(*order).limit(limit)
        if last is not None:
            newest = newest.where(older(KeyRow.created_at, KeyRow.id, last.created_at, last.id))
        with self._database.read() as session:
            rows = session.scalars(newest)
            total = session.scalar(select(func.count()).select_from(KeyRow).where(mine)) or 0
            return [_record(row) for row in rows], total

    def any(self) -> bool:
        """Tell whether a key was ever given out."""
        with self._database.read() as session:
            return session.scalar(select(KeyRow.id).limit(1)) is not None

    def revoke(self, key_id: str, *, by: Principal, now: datetime) -> StoredKey:
        """Refuse a key from now on; one that is refused already stays as it is.

        Raises
        ------
        NotStored
            The district has none with this id.
        """
        with self._database.write() as session:
            row = session.get(KeyRow, key_id)
            if row is None or row.tenant != by.tenant:
                raise NotStored("key", key_id)
            if row.revoked_at is None:
                row.revoked_at = now
                add_deed(session, by, "key.revoke", key_id, now)
            return _record(row)


def _record(row: KeyRow) -> StoredKey:
    return StoredKey(
        id=row.id,
        tenant=row.tenant,
        name=row.name,
        role=Role(row.role),
        secret_hash=row.secret_hash,
        created_at=row.created_at,
        created_by=row.created_by,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
    )

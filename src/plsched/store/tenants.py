"""Districts in the store."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from plsched.access import Principal
from plsched.errors import AlreadyStored, NotStored
from plsched.store.audit import add_deed
from plsched.store.database import Database
from plsched.store.records import Tenant
from plsched.store.tables import TenantRow


class TenantStore:
    """Keeps the districts that a service works for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, tenant: Tenant, *, by: Principal) -> None:
        """Take a district in.

        Raises
        ------
        AlreadyStored
            There is one with this id.
        """
        with self._database.write() as session:
            if session.get(TenantRow, tenant.id) is not None:
                raise AlreadyStored("district", tenant.id)
            session.add(_fill(TenantRow(id=tenant.id), tenant))
            session.flush()
            add_deed(session, by, "district.add", tenant.id, tenant.created_at, _limits(tenant))

    def get(self, tenant_id: str) -> Tenant:
        """Find a district.

        Raises
        ------
        NotStored
            There is none with this id.
        """
        with self._database.read() as session:
            row = session.get(TenantRow, tenant_id)
            if row is None:
                raise NotStored("district", tenant_id)
            return _record(row)

    def set_limits(self, tenant: Tenant, *, by: Principal, now: datetime) -> None:
        """Keep a district's name and limits as they are now.

        Raises
        ------
        NotStored
            There is none with this id.
        """
        with self._database.write() as session:
            row = session.get(TenantRow, tenant.id)
            if row is None:
                raise NotStored("district", tenant.id)
            _fill(row, tenant)
            add_deed(session, by, "district.set", tenant.id, now, _limits(tenant))

    def all(self) -> list[Tenant]:
        """List the districts by id."""
        with self._database.read() as session:
            rows = session.scalars(select(TenantRow).order_by(TenantRow.id))
            return [_record(row) for row in rows]


def _fill(row: TenantRow, tenant: Tenant) -> TenantRow:
    row.name = tenant.name
    row.created_at = tenant.created_at
    row.max_time_limit_s = tenant.max_time_limit_s
    row.max_workers = tenant.max_workers
    row.max_queued_runs = tenant.max_queued_runs
    row.max_educators = tenant.max_educators
    return row


def _limits(tenant: Tenant) -> dict[str, str | int | None]:
    return {
        "name": tenant.name,
        "max_time_limit_s": tenant.max_time_limit_s,
        "max_workers": tenant.max_workers,
        "max_queued_runs": tenant.max_queued_runs,
        "max_educators": tenant.max_educators,
    }


def _record(row: TenantRow) -> Tenant:
    return Tenant(
        id=row.id,
        name=row.name,
        created_at=row.created_at,
        max_time_limit_s=row.max_time_limit_s,
        max_workers=row.max_workers,
        max_queued_runs=row.max_queued_runs,
        max_educators=row.max_educators,
    )

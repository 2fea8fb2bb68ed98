"""Those who sign in by their e-mail address, in the store."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from plsched.access import Principal, Role, member_actor
from plsched.errors import NotAllowed, NotStored
from plsched.store.audit import add_deed
from plsched.store.database import Database
from plsched.store.records import Member
from plsched.store.tables import AuditRow, MemberRow, TenantRow

_SET = "member.set"


class MemberStore:
    """Keeps the members of all districts; one e-mail address may belong to several of them.

    Were it one district only, a district could tell who belongs to another, and could take an
    address before the one that it belongs to.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, tenant: str, email: str) -> Member | None:
        """Find a member of a district; ``None`` when there is none with this address."""
        with self._database.read() as session:
            row = session.get(MemberRow, (tenant, email))
            return None if row is None else _record(row)

    def get(self, tenant: str, email: str) -> Member:
        """Find a member of a district.

        Raises
        ------
        NotStored
            The district has none with this address.
        """
        found = self.find(tenant, email)
        if found is None:
            raise NotStored("member", email)
        return found

    def memberships(self, email: str) -> list[Member]:
        """List what somebody is, by district."""
        mine = select(MemberRow).where(MemberRow.email == email).order_by(MemberRow.tenant)
        with self._database.read() as session:
            return [_record(row) for row in session.scalars(mine)]

    def page(
        self, tenant: str, *, limit: int, after: str | None = None
    ) -> tuple[list[Member], int]:
        """List a district's members by their address, with the number of all.

        Parameters
        ----------
        after
            Address that the list goes on after; ``None``: from the first on.
        """
        mine = MemberRow.tenant == tenant
        sorted_rows = select(MemberRow).where(mine).order_by(MemberRow.email).limit(limit)
        if after is not None:
            sorted_rows = sorted_rows.where(MemberRow.email > after)
        with self._database.read() as session:
            rows = session.scalars(sorted_rows)
            total = session.scalar(select(func.count()).select_from(MemberRow).where(mine)) or 0
            return [_record(row) for row in rows], total

    def any(self) -> bool:
        """Tell whether there was ever a member of any district."""
        given = select(AuditRow.number).where(AuditRow.action == _SET).limit(1)
        with self._database.read() as session:
            return session.scalar(given) is not None

    def set(self, email: str, role: Role, *, by: Principal, now: datetime) -> tuple[Member, bool]:
        """Give somebody a role in the district of who gives it; the flag tells a new member.

        Raises
        ------
        NotAllowed
            Somebody would give themselves a role.
        """
        _refuse_oneself(email, by)
        with self._database.write() as session:
            # Two who take the same one in at once: the second one waits, and changes the role.
            session.get_one(TenantRow, by.tenant, with_for_update=True)
            row = session.get(MemberRow, (by.tenant, email))
            is_new = row is None
            if row is None:
                row = MemberRow(
                    tenant=by.tenant, email=email, role=role, created_at=now, created_by=by.actor
                )
                session.add(row)
            if is_new or row.role != role:
                was = None if is_new else str(row.role)
                row.role = role
                add_deed(session, by, _SET, email, now, {"role": role, "was": was})
            return _record(row), is_new

    def remove(self, email: str, *, by: Principal, now: datetime) -> None:
        """Let somebody be no member of the district any more.

        Raises
        ------
        NotAllowed
            Somebody would remove themselves.
        NotStored
            The district has no member with this address.
        """
        _refuse_oneself(email, by)
        with self._database.write() as session:
            row = session.get(MemberRow, (by.tenant, email))
            if row is None:
                raise NotStored("member", email)
            session.delete(row)
            add_deed(session, by, "member.remove", email, now, {"was": row.role})


def _refuse_oneself(email: str, by: Principal) -> None:
    # So that it takes two to come by a role, and nobody locks themselves out by a slip.
    if by.actor == member_actor(email):
        raise NotAllowed("nobody sets their own role or removes themselves; ask another admin")


def _record(row: MemberRow) -> Member:
    return Member(
        tenant=row.tenant,
        email=row.email,
        role=Role(row.role),
        created_at=row.created_at,
        created_by=row.created_by,
    )

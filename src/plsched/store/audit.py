"""Who did what: deeds are written in the transaction of what was done."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from plsched.access import Principal
from plsched.store.database import Database
from plsched.store.records import Deed
from plsched.store.tables import AuditRow


class AuditStore:
    """Reads a district's deeds.

    Parameters
    ----------
    tenant
        The district.
    """

    def __init__(self, database: Database, tenant: str) -> None:
        self._database = database
        self._tenant = tenant

    def page(self, *, limit: int, after: int | None = None) -> tuple[list[Deed], int]:
        """List deeds, newest first, with the number of all.

        Parameters
        ----------
        after
            Number of the deed that the list goes on after; ``None``: from the newest on. What is
            done meanwhile shifts nothing.
        """
        mine = AuditRow.tenant == self._tenant
        newest = select(AuditRow).where(mine).order_by(AuditRow.number.desc()).limit(limit)
        if after is not None:
            newest = newest.where(AuditRow.number < after)
        with self._database.read() as session:
            rows = session.scalars(newest)
            total = session.scalar(select(func.count()).select_from(AuditRow).where(mine)) or 0
            return [_record(row) for row in rows], total


def add_deed(
    session: Session,
    by: Principal,
    action: str,
    subject: str,
    now: datetime,
    details: Mapping[str, str | int | None] | None = None,
) -> None:
    """Write a deed within the transaction that does it.

    Parameters
    ----------
    action
        What was done, as ``kind.verb``, such as ``run.cancel``.
    subject
        Id of what it was done to.
    details
        What else tells the deed; no secrets and no pay.
    """
    session.add(
        AuditRow(
            tenant=by.tenant,
            at=now,
            actor=by.actor,
            action=action,
            subject=subject,
            request_id=by.request_id,
            details=None if details is None else json.dumps(details, sort_keys=True),
        )
    )


def _record(row: AuditRow) -> Deed:
    return Deed(
        number=row.number,
        at=row.at,
        actor=row.actor,
        action=row.action,
        subject=row.subject,
        request_id=row.request_id,
        details={} if row.details is None else json.loads(row.details),
    )

"""Plans in the store."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from plsched.errors import NotStored
from plsched.plan.models import Plan, Status
from plsched.store.database import Database
from plsched.store.records import StoredPlan
from plsched.store.tables import PlanRow, ScenarioRow

PLAN_ID_BYTES = 16
"""Calendar feeds are read without signing in, so a plan's id must not be guessable."""


class PlanStore:
    """Keeps plans; a plan that is kept never changes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, plan: Plan, *, scenario_id: str, run_id: str | None, now: datetime) -> str:
        """Keep a plan and give its id."""
        with self._database.write() as session:
            return add_plan(session, plan, scenario_id=scenario_id, run_id=run_id, now=now)

    def get(self, plan_id: str) -> StoredPlan:
        """Find a plan's record.

        Raises
        ------
        NotStored
            There is none with this id.
        """
        with self._database.read() as session:
            row = session.execute(_records().where(PlanRow.id == plan_id)).first()
            if row is None:
                raise NotStored("plan", plan_id)
            return _record(row)

    def content(self, plan_id: str) -> Plan:
        """Read a plan whole.

        Raises
        ------
        NotStored
            There is none with this id.
        """
        with self._database.read() as session:
            row = session.get(PlanRow, plan_id)
            if row is None:
                raise NotStored("plan", plan_id)
            return Plan.model_validate_json(row.content)

    def page(self, *, limit: int, offset: int) -> tuple[list[StoredPlan], int]:
        """List plans, newest first, with the number of all."""
        newest = _records().order_by(PlanRow.created_at.desc(), PlanRow.id)
        with self._database.read() as session:
            rows = session.execute(newest.limit(limit).offset(offset))
            total = session.scalar(select(func.count()).select_from(PlanRow)) or 0
            return [_record(row) for row in rows], total


def add_plan(
    session: Session, plan: Plan, *, scenario_id: str, run_id: str | None, now: datetime
) -> str:
    """Keep a plan within a transaction that is under way, and give its id."""
    plan_id = secrets.token_hex(PLAN_ID_BYTES)
    session.add(
        PlanRow(
            id=plan_id,
            scenario_id=scenario_id,
            run_id=run_id,
            status=plan.status,
            content=plan.model_dump_json(),
            created_at=now,
        )
    )
    session.flush()
    return plan_id


def _records() -> Select[str, str, str, str | None, Status, datetime]:
    # The content is left out: a list of plans would read megabytes.
    return select(
        PlanRow.id,
        PlanRow.scenario_id,
        ScenarioRow.name,
        PlanRow.run_id,
        PlanRow.status,
        PlanRow.created_at,
    ).join(ScenarioRow, ScenarioRow.id == PlanRow.scenario_id)


def _record(row: Row[str, str, str, str | None, Status, datetime]) -> StoredPlan:
    return StoredPlan(*row)

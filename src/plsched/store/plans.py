"""Plans in the store."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session, aliased

from plsched.errors import NotStored
from plsched.plan.models import Plan, Status
from plsched.store.database import Database
from plsched.store.order import older
from plsched.store.records import Stage, StoredPlan
from plsched.store.tables import PlanRow, PublicationRow, ScenarioRow

PLAN_ID_BYTES = 16
"""Without sign-in whoever knows a plan's id can read it, so it must not be guessable."""


class PlanStore:
    """Keeps a district's plans; a plan that is kept never changes.

    Parameters
    ----------
    tenant
        The district; plans of others do not exist here.
    """

    def __init__(self, database: Database, tenant: str) -> None:
        self._database = database
        self._tenant = tenant

    def add(self, plan: Plan, *, scenario_id: str, run_id: str | None, now: datetime) -> str:
        """Keep a plan and give its id."""
        with self._database.write() as session:
            return add_plan(
                session,
                plan,
                tenant=self._tenant,
                scenario_id=scenario_id,
                run_id=run_id,
                now=now,
            )

    def get(self, plan_id: str) -> StoredPlan:
        """Find a plan's record.

        Raises
        ------
        NotStored
            There is none with this id.
        """
        with self._database.read() as session:
            row = session.execute(self._records().where(PlanRow.id == plan_id)).first()
            if row is None:
                raise NotStored("plan", plan_id)
            return StoredPlan(*row)

    def content(self, plan_id: str) -> Plan:
        """Read a plan whole.

        Raises
        ------
        NotStored
            There is none with this id.
        """
        with self._database.read() as session:
            mine = (PlanRow.id == plan_id, PlanRow.tenant == self._tenant)
            content = session.scalar(select(PlanRow.content).where(*mine))
            if content is None:
                raise NotStored("plan", plan_id)
            return Plan.model_validate_json(content)

    def page(self, *, limit: int, after: str | None = None) -> tuple[list[StoredPlan], int]:
        """List plans, newest first, with the number of all.

        Parameters
        ----------
        after
            Id of the plan that the list goes on after; ``None``: from the newest on. What is
            added meanwhile shifts nothing.

        Raises
        ------
        NotStored
            There is no plan with this id.
        """
        newest = self._records().order_by(PlanRow.created_at.desc(), PlanRow.id.desc()).limit(limit)
        all_mine = select(func.count()).select_from(PlanRow).where(PlanRow.tenant == self._tenant)
        with self._database.read() as session:
            if after is not None:
                at = session.scalar(
                    select(PlanRow.created_at).where(
                        PlanRow.id == after, PlanRow.tenant == self._tenant
                    )
                )
                if at is None:
                    raise NotStored("plan", after)
                newest = newest.where(older(PlanRow.created_at, PlanRow.id, at, after))
            rows = session.execute(newest)
            return [StoredPlan(*row) for row in rows], session.scalar(all_mine) or 0

    def _records(self) -> Select[str, str, str, str | None, Status, datetime, Stage]:
        # The content is left out: a list of plans would read megabytes.
        its_scenario = and_(
            ScenarioRow.tenant == PlanRow.tenant, ScenarioRow.id == PlanRow.scenario_id
        )
        published, later = PublicationRow, aliased(PublicationRow)
        latest = (
            select(func.max(later.number))
            .where(later.tenant == published.tenant, later.year == published.year)
            .scalar_subquery()
        )
        stage: ColumnElement[Stage] = case(
            (published.number.is_(None), "draft"),
            (published.number == latest, "published"),
            else_="superseded",
        )
        return (
            select(
                PlanRow.id,
                PlanRow.scenario_id,
                ScenarioRow.name,
                PlanRow.run_id,
                PlanRow.status,
                PlanRow.created_at,
                stage,
            )
            .join(ScenarioRow, its_scenario)
            .outerjoin(published, published.plan_id == PlanRow.id)
            .where(PlanRow.tenant == self._tenant)
        )


def add_plan(
    session: Session,
    plan: Plan,
    *,
    tenant: str,
    scenario_id: str,
    run_id: str | None,
    now: datetime,
) -> str:
    """Keep a plan within a transaction that is under way, and give its id."""
    plan_id = secrets.token_hex(PLAN_ID_BYTES)
    session.add(
        PlanRow(
            id=plan_id,
            tenant=tenant,
            scenario_id=scenario_id,
            run_id=run_id,
            status=plan.status,
            content=plan.model_dump_json(),
            created_at=now,
        )
    )
    session.flush()
    return plan_id

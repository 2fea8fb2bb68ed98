"""Scenarios in the store: each content once in a district."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from plsched.access import Principal
from plsched.errors import NotStored
from plsched.scenario.hashing import content_hash
from plsched.scenario.models import Scenario
from plsched.store.audit import add_deed
from plsched.store.database import Database
from plsched.store.order import older
from plsched.store.records import StoredScenario
from plsched.store.tables import ScenarioRow, TenantRow

SCENARIO_ID_BYTES = 16


class ScenarioStore:
    """Keeps a district's scenarios.

    Parameters
    ----------
    tenant
        The district; scenarios of others do not exist here.
    """

    def __init__(self, database: Database, tenant: str) -> None:
        self._database = database
        self._tenant = tenant

    def add(
        self, scenario: Scenario, *, by: Principal, now: datetime
    ) -> tuple[StoredScenario, bool]:
        """Keep a scenario; the flag tells whether it is new."""
        hashed = content_hash(scenario)
        with self._database.write() as session:
            # Two that send the same at once: the second one waits, and finds it there.
            session.get_one(TenantRow, self._tenant, with_for_update=True)
            same = (ScenarioRow.tenant == self._tenant, ScenarioRow.content_hash == hashed)
            row = session.scalar(select(ScenarioRow).where(*same))
            is_new = row is None
            if row is None:
                row = ScenarioRow(
                    tenant=self._tenant,
                    id=secrets.token_hex(SCENARIO_ID_BYTES),
                    content_hash=hashed,
                    name=scenario.name,
                    content=scenario.model_dump_json(),
                    created_at=now,
                    created_by=by.actor,
                )
                session.add(row)
                add_deed(session, by, "scenario.add", row.id, now)
            return _record(row), is_new

    def get(self, scenario_id: str) -> StoredScenario:
        """Find a scenario's record.

        Raises
        ------
        NotStored
            There is none with this id.
        """
        with self._database.read() as session:
            return _record(self._row(session, scenario_id))

    def content(self, scenario_id: str) -> Scenario:
        """Read a scenario whole.

        Raises
        ------
        NotStored
            There is none with this id.
        """
        with self._database.read() as session:
            return Scenario.model_validate_json(self._row(session, scenario_id).content)

    def page(self, *, limit: int, after: str | None = None) -> tuple[list[StoredScenario], int]:
        """List scenarios, newest first, with the number of all.

        Parameters
        ----------
        after
            Id of the scenario that the list goes on after; ``None``: from the newest on. What is
            added meanwhile shifts nothing.

        Raises
        ------
        NotStored
            There is no scenario with this id.
        """
        # The content is left out: a list of scenarios would read megabytes.
        columns = (
            ScenarioRow.id,
            ScenarioRow.name,
            ScenarioRow.created_at,
            ScenarioRow.created_by,
        )
        mine = ScenarioRow.tenant == self._tenant
        order = (ScenarioRow.created_at.desc(), ScenarioRow.id.desc())
        newest = select(*columns).where(mine).order_by(*order).limit(limit)
        with self._database.read() as session:
            if after is not None:
                at = session.scalar(
                    select(ScenarioRow.created_at).where(mine, ScenarioRow.id == after)
                )
                if at is None:
                    raise NotStored("scenario", after)
                newest = newest.where(older(ScenarioRow.created_at, ScenarioRow.id, at, after))
            rows = session.execute(newest)
            total = session.scalar(select(func.count()).select_from(ScenarioRow).where(mine)) or 0
            return [StoredScenario(*row) for row in rows], total

    def _row(self, session: Session, scenario_id: str) -> ScenarioRow:
        row = session.get(ScenarioRow, (self._tenant, scenario_id))
        if row is None:
            raise NotStored("scenario", scenario_id)
        return row


def _record(row: ScenarioRow) -> StoredScenario:
    return StoredScenario(
        id=row.id, name=row.name, created_at=row.created_at, created_by=row.created_by
    )

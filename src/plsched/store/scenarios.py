"""Scenarios in the store: each content once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from plsched.errors import NotStored
from plsched.scenario.hashing import scenario_hash
from plsched.scenario.models import Scenario
from plsched.store.database import Database
from plsched.store.records import StoredScenario
from plsched.store.tables import ScenarioRow


class ScenarioStore:
    """Keeps scenarios by the hash of their content."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, scenario: Scenario, now: datetime) -> tuple[StoredScenario, bool]:
        """Keep a scenario; the flag tells whether it is new."""
        key = scenario_hash(scenario)
        with self._database.write() as session:
            row = session.get(ScenarioRow, key)
            is_new = row is None
            if row is None:
                row = ScenarioRow(
                    id=key, name=scenario.name, content=scenario.model_dump_json(), created_at=now
                )
                session.add(row)
            return _record(row), is_new

    def get(self, scenario_id: str) -> StoredScenario:
        """Find a scenario's record.

        Raises
        ------
        NotStored
            There is none with this id.
        """
        with self._database.read() as session:
            return _record(_row(session, scenario_id))

    def content(self, scenario_id: str) -> Scenario:
        """Read a scenario whole.

        Raises
        ------
        NotStored
            There is none with this id.
        """
        with self._database.read() as session:
            return Scenario.model_validate_json(_row(session, scenario_id).content)

    def page(self, *, limit: int, offset: int) -> tuple[list[StoredScenario], int]:
        """List scenarios, newest first, with the number of all."""
        newest = select(ScenarioRow).order_by(ScenarioRow.created_at.desc(), ScenarioRow.id)
        with self._database.read() as session:
            rows = session.scalars(newest.limit(limit).offset(offset))
            total = session.scalar(select(func.count()).select_from(ScenarioRow)) or 0
            return [_record(row) for row in rows], total


def _row(session: Session, scenario_id: str) -> ScenarioRow:
    row = session.get(ScenarioRow, scenario_id)
    if row is None:
        raise NotStored("scenario", scenario_id)
    return row


def _record(row: ScenarioRow) -> StoredScenario:
    return StoredScenario(id=row.id, name=row.name, created_at=row.created_at)

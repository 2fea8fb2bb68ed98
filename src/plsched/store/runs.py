"""Runs in the store. What a run may become is decided above, in `plsched.runs`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from plsched.access import Principal
from plsched.errors import NotStored
from plsched.plan.models import Plan
from plsched.store.audit import add_deed
from plsched.store.database import Database
from plsched.store.plans import add_plan
from plsched.store.records import Run, RunRequest
from plsched.store.tables import RunRow, TenantRow

Change = Callable[[Run], Run]


class RunStore:
    """Keeps a district's runs, for those who ask for them.

    Parameters
    ----------
    tenant
        The district; runs of others do not exist here.
    """

    def __init__(self, database: Database, tenant: str) -> None:
        self._database = database
        self._tenant = tenant

    def add(
        self, run: Run, *, by: Principal, key: str | None, allowed: Callable[[int], None]
    ) -> Run:
        """Keep a new run, or give the one that came with the same idempotency key.

        Parameters
        ----------
        allowed
            Called with the number of runs that wait already; raises where one more is too many.
        """
        with self._database.write() as session:
            # Two that ask at once are counted one after the other.
            session.get_one(TenantRow, self._tenant, with_for_update=True)
            if key is not None:
                mine = (RunRow.tenant == self._tenant, RunRow.key == key)
                known = session.scalar(select(RunRow).where(*mine))
                if known is not None:
                    return _record(known)
            allowed(self._waiting(session))
            session.add(_fill(RunRow(key=key), run))
            add_deed(session, by, "run.add", run.id, run.created_at)
            return run

    def get(self, run_id: str) -> Run:
        """Find a run.

        Raises
        ------
        NotStored
            There is none with this id.
        """
        with self._database.read() as session:
            row = session.scalar(self._named(run_id))
            if row is None:
                raise NotStored("run", run_id)
            return _record(row)

    def page(self, *, limit: int, offset: int) -> tuple[list[Run], int]:
        """List runs, newest first, with the number of all."""
        mine = RunRow.tenant == self._tenant
        with self._database.read() as session:
            newest = select(RunRow).where(mine).order_by(RunRow.number.desc())
            rows = session.scalars(newest.limit(limit).offset(offset))
            total = session.scalar(select(func.count()).select_from(RunRow).where(mine)) or 0
            return [_record(row) for row in rows], total

    def change(
        self, run_id: str, change: Change, *, by: Principal, action: str, now: datetime
    ) -> Run:
        """Change a run because somebody asked; nobody else changes it meanwhile.

        Raises
        ------
        NotStored
            There is none with this id.
        """
        with self._database.write() as session:
            row = session.scalar(self._named(run_id).with_for_update())
            if row is None:
                raise NotStored("run", run_id)
            changed = _apply(row, change)
            add_deed(session, by, action, run_id, now)
            return changed

    def _named(self, run_id: str) -> Select[RunRow]:
        return select(RunRow).where(RunRow.id == run_id, RunRow.tenant == self._tenant)

    def _waiting(self, session: Session) -> int:
        waits = (RunRow.tenant == self._tenant, RunRow.status == "queued")
        return session.scalar(select(func.count()).select_from(RunRow).where(*waits)) or 0


class RunQueue:
    """Runs of all districts, for those who carry them out.

    Each change reads and writes in one transaction.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def change(self, run_id: str, change: Change) -> Run:
        """Change a run; nobody else changes it meanwhile.

        Raises
        ------
        NotStored
            There is none with this id.
        """
        with self._database.write() as session:
            return _apply(_locked(session, run_id), change)

    def finish(
        self, run_id: str, plan: Plan, now: datetime, change: Callable[[Run, str], Run]
    ) -> Run:
        """Keep a run's plan and end the run, both or neither.

        Parameters
        ----------
        change
            What the run becomes, given the id of the plan.
        """
        with self._database.write() as session:
            row = _locked(session, run_id)
            plan_id = add_plan(
                session,
                plan,
                tenant=row.tenant,
                scenario_id=row.scenario_id,
                run_id=run_id,
                now=now,
            )
            return _apply(row, lambda run: change(run, plan_id))

    def change_next_queued(self, change: Change) -> Run | None:
        """Change the run that has waited longest; ``None`` when none waits."""
        queue = select(RunRow).where(RunRow.status == "queued").order_by(RunRow.number).limit(1)
        with self._database.write() as session:
            row = session.scalar(queue.with_for_update(skip_locked=True))
            return None if row is None else _apply(row, change)

    def change_silent(self, since: datetime, change: Change) -> Sequence[Run]:
        """Change every running run whose owner was last heard of before a moment."""
        silent = select(RunRow).where(RunRow.status == "running", RunRow.beat_at < since)
        with self._database.read() as session:
            if session.scalar(silent.limit(1)) is None:
                return []
        with self._database.write() as session:
            return [_apply(row, change) for row in session.scalars(silent.with_for_update())]

    def beat(self, owner: str, run_ids: Sequence[str], now: datetime) -> Sequence[str]:
        """Show that an owner works on its runs; gives the ids of those that are asked to stop."""
        if not run_ids:
            return []
        worked_on = (RunRow.owner == owner, RunRow.id.in_(run_ids))
        with self._database.write() as session:
            session.execute(update(RunRow).where(*worked_on).values(beat_at=now))
            asked = select(RunRow.id).where(*worked_on, RunRow.cancel_requested)
            return list(session.scalars(asked))


def _locked(session: Session, run_id: str) -> RunRow:
    row = session.scalar(select(RunRow).where(RunRow.id == run_id).with_for_update())
    if row is None:
        raise NotStored("run", run_id)
    return row


def _apply(row: RunRow, change: Change) -> Run:
    changed = change(_record(row))
    _fill(row, changed)
    return changed


def _fill(row: RunRow, run: Run) -> RunRow:
    row.id = run.id
    row.tenant = run.tenant
    row.scenario_id = run.request.scenario_id
    row.seed = run.request.seed
    row.time_limit_s = run.request.time_limit_s
    row.workers = run.request.workers
    row.baseline_id = run.request.baseline_id
    row.status = run.status
    row.created_at = run.created_at
    row.created_by = run.created_by
    row.started_at = run.started_at
    row.ended_at = run.ended_at
    row.owner = run.owner
    row.beat_at = run.beat_at
    row.attempts = run.attempts
    row.cancel_requested = run.cancel_requested
    row.plan_id = run.plan_id
    row.reason = run.reason
    return row


def _record(row: RunRow) -> Run:
    return Run(
        id=row.id,
        tenant=row.tenant,
        request=RunRequest(
            scenario_id=row.scenario_id,
            seed=row.seed,
            time_limit_s=row.time_limit_s,
            workers=row.workers,
            baseline_id=row.baseline_id,
        ),
        status=row.status,
        created_at=row.created_at,
        created_by=row.created_by,
        started_at=row.started_at,
        ended_at=row.ended_at,
        owner=row.owner,
        beat_at=row.beat_at,
        attempts=row.attempts,
        cancel_requested=row.cancel_requested,
        plan_id=row.plan_id,
        reason=row.reason,
    )

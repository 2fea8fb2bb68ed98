"""Runs in the store. What a run may become is decided above, in `plsched.runs`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from plsched.access import Principal
from plsched.errors import NotStored
from plsched.plan.models import Plan
from plsched.store.audit import add_deed
from plsched.store.database import Database
from plsched.store.plans import add_plan
from plsched.store.records import Progress, ProgressLine, Run, RunRequest
from plsched.store.tables import ProgressRow, RunRow, TenantRow

Change = Callable[[Run], Run]
Step = Callable[[Run, datetime], Run]
"""What a run becomes, at a moment of the database's own clock: those of machines differ."""

Announce = Callable[[object, str], None]
"""Tells of a run that waits, within the transaction that lets it wait.

Called with the driver's connection and the run's id.
"""

Beat = Literal["go on", "stop", "lost"]
"""What an owner learns when it shows that it lives."""


class RunStore:
    """Keeps a district's runs, for those who ask for them.

    Parameters
    ----------
    tenant
        The district; runs of others do not exist here.
    announce
        Told of each run that waits.
    """

    def __init__(
        self, database: Database, tenant: str, *, announce: Announce | None = None
    ) -> None:
        self._database = database
        self._tenant = tenant
        self._announce = announce

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
            _tell(session, self._announce, run.id)
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

    def page(self, *, limit: int, after: str | None = None) -> tuple[list[Run], int]:
        """List runs, newest first, with the number of all.

        Parameters
        ----------
        after
            Id of the run that the list goes on after; ``None``: from the newest on. What is
            added meanwhile shifts nothing.

        Raises
        ------
        NotStored
            There is no run with this id.
        """
        mine = RunRow.tenant == self._tenant
        newest = select(RunRow).where(mine).order_by(RunRow.number.desc()).limit(limit)
        with self._database.read() as session:
            if after is not None:
                last = session.scalar(self._named(after))
                if last is None:
                    raise NotStored("run", after)
                newest = newest.where(RunRow.number < last.number)
            rows = session.scalars(newest)
            total = session.scalar(select(func.count()).select_from(RunRow).where(mine)) or 0
            return [_record(row) for row in rows], total

    def progress(self, run_id: str, after: int) -> list[Progress]:
        """Read what a run told after the line with this number."""
        lines = (
            select(ProgressRow)
            .join(RunRow, RunRow.id == ProgressRow.run_id)
            .where(RunRow.id == run_id, RunRow.tenant == self._tenant, ProgressRow.number > after)
            .order_by(ProgressRow.number)
        )
        with self._database.read() as session:
            return [_line(row) for row in session.scalars(lines)]

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

    Each step reads and writes in one transaction.

    Parameters
    ----------
    announce
        Told of each run that waits again.
    """

    def __init__(self, database: Database, *, announce: Announce | None = None) -> None:
        self._database = database
        self._announce = announce

    def take(self, run_id: str, step: Step) -> Run:
        """Take a step with a run; nobody else takes one meanwhile.

        Raises
        ------
        NotStored
            There is none with this id.
        """
        with self._database.write() as session:
            return self._apply(session, _locked(session, run_id), step)

    def finish(self, run_id: str, plan: Plan, step: Callable[[Run, str, datetime], Run]) -> Run:
        """Keep a run's plan and end the run, both or neither.

        Parameters
        ----------
        step
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
                now=_now(session),
            )
            return self._apply(session, row, lambda run, now: step(run, plan_id, now))

    def take_next(self, step: Step) -> Run | None:
        """Take a step with the run that has waited longest; ``None`` when none waits."""
        queue = select(RunRow).where(RunRow.status == "queued").order_by(RunRow.number).limit(1)
        with self._database.read() as session:
            if session.scalar(queue) is None:
                return None
        with self._database.write() as session:
            row = session.scalar(queue.with_for_update(skip_locked=True))
            return None if row is None else self._apply(session, row, step)

    def take_unheard(self, looks: int, step: Step) -> Sequence[Run]:
        """Look at all that run; take a step with those whose owner let so many looks pass.

        Looks are counted here, where whoever looks next finds them, and each beat begins the count
        anew. No clock is asked, and where nothing can be written nothing is counted.
        """
        running = select(RunRow).where(RunRow.status == "running")
        with self._database.read() as session:
            if session.scalar(running.limit(1)) is None:
                return []
        with self._database.write() as session:
            # One that is locked is being worked on, so its owner lives.
            rows = session.scalars(running.with_for_update(skip_locked=True)).all()
            unheard = [row for row in rows if row.unheard >= looks]
            for row in rows:
                row.unheard += 1
            return [self._apply(session, row, step) for row in unheard]

    def beat(self, run_id: str, owner: str, lines: Sequence[ProgressLine] = ()) -> Beat:
        """Show that an owner works on its run, with what it has to tell."""
        with self._database.write() as session:
            row = _locked(session, run_id)
            if row.owner != owner:
                return "lost"
            row.beat_at, row.unheard = _now(session), 0
            last = select(func.max(ProgressRow.number)).where(ProgressRow.run_id == run_id)
            first = (session.scalar(last) or 0) + 1 if lines else 0
            session.add_all(
                ProgressRow(run_id=run_id, number=number, attempt=row.attempts, **asdict(line))
                for number, line in enumerate(lines, first)
            )
            return "stop" if row.cancel_requested else "go on"

    def waiting(self) -> list[str]:
        """Give the ids of the runs that wait, the longest first."""
        queue = select(RunRow.id).where(RunRow.status == "queued").order_by(RunRow.number)
        with self._database.read() as session:
            return list(session.scalars(queue))

    def announce(self, run_id: str) -> bool:
        """Tell of a run once more, if it still waits; tell whether it does."""
        with self._database.write() as session:
            row = _locked(session, run_id)
            if row.status != "queued":
                return False
            _tell(session, self._announce, run_id)
            return True

    def _apply(self, session: Session, row: RunRow, step: Step) -> Run:
        before, now = row.status, _now(session)
        changed = _apply(row, lambda run: step(run, now))
        if changed.status == "queued" and before != "queued":
            _tell(session, self._announce, row.id)
        return changed


def _now(session: Session) -> datetime:
    if session.get_bind().dialect.name == "sqlite":
        return datetime.now(UTC)
    moment = session.scalar(select(func.clock_timestamp()))
    assert isinstance(moment, datetime)  # noqa: S101  # what clock_timestamp gives
    return moment


def _tell(session: Session, announce: Announce | None, run_id: str) -> None:
    if announce is None:
        return
    session.flush()
    announce(session.connection().connection.driver_connection, run_id)


def _line(row: ProgressRow) -> Progress:
    return Progress(
        number=row.number,
        attempt=row.attempt,
        elapsed_s=row.elapsed_s,
        stage=row.stage,
        tier=row.tier,
        value=row.value,
        bound=row.bound,
        gap=row.gap,
        message=row.message,
    )


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
    if row.owner != run.owner:
        row.unheard = 0
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

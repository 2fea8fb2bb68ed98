"""How the queue stands, of all districts together: for those who watch the service."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select, text

from plsched.store.database import Database
from plsched.store.records import QueueState
from plsched.store.tables import RunRow

# By the server's clock alone: that of this machine may differ.
_WORKERS = text(
    "SELECT count(*) FROM procrastinate_workers"
    " WHERE last_heartbeat > now() - make_interval(secs => :within_s)"
)


class Census:
    """Counts runs and workers."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def queue(self) -> QueueState:
        """Count the runs by their status, and tell how long the first one waits."""
        counts = select(RunRow.status, func.count()).group_by(RunRow.status)
        waiting = select(func.min(RunRow.created_at)).where(RunRow.status == "queued")
        with self._database.read() as session:
            by_status = {str(status): count for status, count in session.execute(counts)}
            oldest = session.scalar(waiting)
        waited = timedelta() if oldest is None else datetime.now(UTC) - oldest
        return QueueState(by_status=by_status, oldest_wait_s=max(0.0, waited.total_seconds()))

    def listeners(self, within_s: float) -> int:
        """Count those that listen for jobs on PostgreSQL and showed lately that they live.

        Parameters
        ----------
        within_s
            Seconds since they showed it.
        """
        with self._database.read() as session:
            return session.scalar(_WORKERS, {"within_s": within_s}) or 0

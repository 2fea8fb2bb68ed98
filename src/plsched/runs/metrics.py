"""What whoever carries out runs counts of them, as Prometheus reads it."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Histogram

from plsched.runs.states import has_ended
from plsched.store import Run

SECONDS = (1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0)


class RunMetrics:
    """Measures how long runs wait and how long they take.

    Parameters
    ----------
    registry
        Where they are told; ``None`` for one of their own.
    """

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        registry = CollectorRegistry() if registry is None else registry
        self._waited = Histogram(
            "plsched_run_wait_seconds",
            "Seconds from asking for a run to the begin of its first attempt.",
            buckets=SECONDS,
            registry=registry,
        )
        self._took = Histogram(
            "plsched_run_duration_seconds",
            "Seconds from the begin of a run's last attempt to its end, by how it ended.",
            ("status",),
            buckets=SECONDS,
            registry=registry,
        )

    def began(self, run: Run) -> None:
        """Measure the wait of a run that begins."""
        if run.attempts == 1 and run.started_at is not None:
            self._waited.observe((run.started_at - run.created_at).total_seconds())

    def ended(self, run: Run) -> None:
        """Measure a run that has ended here; one that waits again has not."""
        if has_ended(run) and run.started_at is not None and run.ended_at is not None:
            took = (run.ended_at - run.started_at).total_seconds()
            self._took.labels(run.status).observe(took)

"""What the service counts of itself, as Prometheus reads it.

Labels are bounded: templates of routes, known methods, statuses; never a path, district or person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from prometheus_client import (
    CollectorRegistry,
    Counter,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
)
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from plsched.errors import StoreUnavailable
from plsched.runs import Dispatcher
from plsched.store import Census, Database

CONTENT_TYPE = CONTENT_TYPE_LATEST
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
LATENCIES_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
FEEDS = "/feeds/"
_READ_RESULTS = {200: "sent", 304: "not_modified", 404: "unknown"}


class RequestMetrics:
    """Counts requests and reads of feeds."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._requests = Counter(
            "plsched_http_requests",
            "Requests answered.",
            ("route", "method", "status"),
            registry=registry,
        )
        self._latency = Histogram(
            "plsched_http_request_duration_seconds",
            "Seconds until an answer began.",
            ("route", "method"),
            buckets=LATENCIES_S,
            registry=registry,
        )
        self._reads = Counter(
            "plsched_feed_reads",
            "Reads of feeds by their addresses.",
            ("result",),
            registry=registry,
        )

    def answered(self, route: str, method: str, status: int, after_s: float) -> None:
        """Count a request."""
        known = method if method in METHODS else "other"
        self._requests.labels(route, known, str(status)).inc()
        self._latency.labels(route, known).observe(after_s)
        if route.startswith(FEEDS):
            self._reads.labels(_READ_RESULTS.get(status, "failed")).inc()


class StoreMetrics(Collector):
    """Reads the queue from the store when it is asked, so every process tells the same of it."""

    def __init__(self, database: Database, runner: Dispatcher) -> None:
        self._database = database
        self._census = Census(database)
        self._runner = runner

    def describe(self) -> Iterable[Metric]:
        """Give nothing: what is told is known once the store was asked."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Ask the store; where it cannot answer, that is what is told."""
        up = GaugeMetricFamily("plsched_database_up", "Whether the store answers.")
        try:
            yield from self._told()
            up.add_metric((), 1)
        except StoreUnavailable:
            up.add_metric((), 0)
        yield up
        errors = CounterMetricFamily(
            "plsched_database_errors", "What the store refused, by its error.", labels=("error",)
        )
        for name, count in self._database.troubles().items():
            errors.add_metric((name,), count)
        yield errors

    def _told(self) -> Iterator[Metric]:
        queue = self._census.queue()
        runs = GaugeMetricFamily("plsched_runs", "Runs in the store.", labels=("status",))
        for status, count in queue.by_status.items():
            runs.add_metric((status,), count)
        oldest = GaugeMetricFamily(
            "plsched_queue_oldest_wait_seconds", "How long the run waits that has waited longest."
        )
        oldest.add_metric((), queue.oldest_wait_s)
        alive = GaugeMetricFamily("plsched_workers_alive", "Who carries out runs, and lives.")
        alive.add_metric((), self._runner.alive())
        # All were read before any is told: a store that goes away in between tells nothing.
        yield from (runs, oldest, alive)


def new_registry() -> CollectorRegistry:
    """Give a registry that tells of this process: memory, processor, open files."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    GCCollector(registry=registry)
    return registry


def exposition(registry: CollectorRegistry) -> bytes:
    """Write everything that a registry knows."""
    return generate_latest(registry)

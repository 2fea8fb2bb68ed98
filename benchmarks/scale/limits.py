"""What breaks first: each limit of the smallest deployment, against what a scale asks of it.

The smallest deployment is one machine of each kind, as it comes: a PostgreSQL on two cores, one web
process, a proxy on two cores, and workers of 4 GiB.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.scale.database import Load, Size
from benchmarks.scale.districts import Scale
from benchmarks.scale.inputs import Inputs
from benchmarks.scale.polling import Day
from benchmarks.scale.web import Served


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit, what is asked of it at each scale, and what moves it."""

    of: str
    most: float
    asked: Sequence[float]
    remedy: str
    sizes: Sequence[float]
    """What it grows with, at each scale: subscribers, or the educators of the largest district."""
    grows_with: str

    @property
    def breaks_at(self) -> float:
        """The size at which it would be asked for once: between the scales a power, then a line."""
        used = np.maximum(self.used, 1e-9)
        if used[-1] < 1:
            return float(self.sizes[-1] / used[-1])
        if used[0] >= 1:
            return float(self.sizes[0] / used[0])
        return float(np.exp(np.interp(0.0, np.log(used), np.log(self.sizes))))

    @property
    def used(self) -> list[float]:
        """How often the limit is asked for, at each scale; above 1 it breaks."""
        return [asked / self.most for asked in self.asked]


@dataclass(frozen=True, slots=True)
class Asked:
    """What one scale asks, with the workers and web processes that keep its waits short."""

    scale: Scale
    day: Day
    one_process: Served
    busiest_work_s: float
    load: Load
    size: Size


def limits(asked: Sequence[Asked], inputs: Inputs) -> list[Limit]:
    """Give all limits, that which breaks first at the largest scale on top."""
    feeds, figures, machines = inputs.feeds, inputs.database, inputs.machines

    largest = [float(one.scale.educators.max()) for one in asked]
    subscribers = [float(one.scale.subscribers) for one in asked]

    def of(name: str, most: float, each: Sequence[float], remedy: str) -> Limit:
        if "largest district" in name:
            return Limit(name, most, each, remedy, largest, "educators in one district")
        return Limit(name, most, each, remedy, subscribers, "subscribers")

    busiest = [int(one.day.polls.max()) for one in asked]
    memory = [float(inputs.by_size("memory_mib", one.scale.educators).max()) for one in asked]
    run_s = [float(inputs.by_size("run_s", one.scale.educators).max()) for one in asked]
    bits = [float(_bits(one.day, inputs)) for one in asked]
    found = [
        of(
            f"PostgreSQL: connections ({figures.max_connections.value:,.0f} by default)",
            figures.max_connections.value,
            [one.load.connections for one in asked],
            "max_connections, or a pooler in session mode",
        ),
        of(
            "PostgreSQL: commits of progress",
            figures.beats_per_s.value,
            [one.load.commits for one in asked],
            "more cores and a faster disk; a longer beat",
        ),
        of(
            "PostgreSQL: looks at runs that are followed",
            figures.follows_per_s.value,
            [one.load.follows for one in asked],
            "look less often while a run waits; more cores",
        ),
        of(
            "PostgreSQL: look-ups of feeds, busiest second",
            figures.look_ups_per_s.value,
            [one.load.look_ups for one in asked],
            "polls may wait some seconds; a read replica",
        ),
        of(
            "PostgreSQL: looks of idle workers",
            figures.idle_looks_per_s.value,
            [one.load.idle_looks for one in asked],
            "fewer workers, each with several solves at a time",
        ),
        of(
            f"database: a disk of {machines.disk_gb.value:,.0f} GB, after a year",
            machines.disk_gb.value,
            [one.size.all_gb for one in asked],
            "a larger disk; delete old runs",
        ),
        of(
            "one web process: polls, busiest second",
            1,
            [one.busiest_work_s for one in asked],
            "more web processes",
        ),
        of(
            "one web process: followed runs",
            1,
            [one.load.follows * machines.follow_ms.value / 1000 for one in asked],
            "more web processes; look less often while a run waits",
        ),
        of(
            f"one web process: connections that may wait ({feeds.backlog.value:,.0f})",
            feeds.backlog.value,
            [one.one_process.most_waiting for one in asked],
            "more web processes; a proxy that queues",
        ),
        of(
            f"proxy: TLS handshakes on {machines.proxy_cores.value:,.0f} cores, busiest second",
            machines.proxy_cores.value,
            [polls * feeds.handshake_ms.value / 1000 for polls in busiest],
            "more cores, or several proxies",
        ),
        of(
            f"proxy: a network of {machines.network_mbit_per_s.value:,.0f} Mbit/s, busiest second",
            machines.network_mbit_per_s.value * 1e6,
            bits,
            "several proxies",
        ),
        of(
            f"worker: memory for the largest district ({machines.worker_memory_mib.value:,.0f} MiB)",
            machines.worker_memory_mib.value,
            memory,
            "larger machines for large districts",
        ),
        of(
            f"the largest district: educators ({inputs.evening.most_educators.value:,.0f})",
            inputs.evening.most_educators.value,
            largest,
            "plan it by areas, as it is run",
        ),
        of(
            f"the largest district: time of a run ({inputs.evening.longest_s.value:,.0f} s)",
            inputs.evening.longest_s.value,
            run_s,
            "plan it by areas; a longer limit",
        ),
        of(
            f"publishing the largest district: time of an answer ({machines.answer_s.value:,.0f} s)",
            machines.answer_s.value,
            [each * feeds.per_educator.value * feeds.publish_ms.value / 1000 for each in largest],
            "a longer time-out of the proxy for this request",
        ),
    ]
    return sorted(found, key=lambda limit: -limit.used[-1])


def _bits(day: Day, inputs: Inputs) -> float:
    feeds = inputs.feeds
    each = day.polls * feeds.answer_bytes.value + day.whole * feeds.bytes.value
    return float(each.max() * 8)

"""The figures that go in, read from `inputs.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

FILE = Path(__file__).with_name("inputs.toml")


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Figure(_Table):
    """One figure, and where it is from."""

    value: float
    unit: str
    kind: Literal["measured", "set", "public", "assumed", "placeholder"]
    source: str


class Solve(_Table):
    """A run of a district of some size on two cores."""

    educators: int
    run_s: float
    memory_mib: float
    source: str
    placeholder: bool = False


class App(_Table):
    """A calendar app: who has it, and how often it asks.

    Either ``every_s``, intervals with their shares, or ``between_s``, drawn anew for each poll.
    ``by_the_clock`` is the share that asks at full hours, ``conditional`` the share that sends
    If-None-Match.
    """

    name: str
    share: float
    devices: float
    by_the_clock: float
    conditional: float
    source: str
    every_s: tuple[tuple[int, float], ...] = ()
    between_s: tuple[int, int] | None = None


class Evening(_Table):
    hours: Figure
    what_ifs_least: Figure
    what_ifs_most: Figure
    at_once: Figure
    think_median_s: Figure
    think_sigma: Figure
    run_sigma: Figure
    waiting_per_district: Figure
    longest_s: Figure
    most_educators: Figure
    retry_after_s: Figure
    child_dies: Figure
    machine_lost_per_h: Figure
    silent_s: Figure
    worker_back_s: Figure


class Feeds(_Table):
    not_modified_ms: Figure
    whole_ms: Figure
    handshake_ms: Figure
    bytes: Figure
    answer_bytes: Figure
    publish_ms: Figure
    per_educator: Figure
    reads: Figure
    changed: Figure
    aligned_within_s: Figure
    backlog: Figure


class Database(_Table):
    line_bytes: Figure
    lines_per_beat: Figure
    beat_s: Figure
    worker_looks_per_s: Figure
    follow_s: Figure
    followed: Figure
    web_connections: Figure
    worker_connections: Figure
    max_connections: Figure
    beats_per_s: Figure
    look_ups_per_s: Figure
    follows_per_s: Figure
    idle_looks_per_s: Figure
    connection_mib: Figure
    scenario_bytes: Figure
    plan_bytes: Figure
    calendar_bytes: Figure
    stored: Figure
    publications: Figure
    runs_kept: Figure
    feed_row_bytes: Figure


class Machines(_Table):
    follow_ms: Figure
    web_mib: Figure
    worker_memory_mib: Figure
    network_mbit_per_s: Figure
    proxy_cores: Figure
    answer_s: Figure
    disk_gb: Figure


class Inputs(_Table):
    """All of them."""

    solves: tuple[Solve, ...]
    evening: Evening
    feeds: Feeds
    apps: tuple[App, ...]
    database: Database
    machines: Machines

    def figures(self) -> Iterator[tuple[str, Figure]]:
        """Give every single figure with its name."""
        for part in ("evening", "feeds", "database", "machines"):
            for name, figure in getattr(self, part):
                yield f"{part}.{name}", figure

    def placeholders(self) -> list[str]:
        """Name what is still to be measured."""
        single = [name for name, figure in self.figures() if figure.kind == "placeholder"]
        return single + [f"solves of {s.educators:,}" for s in self.solves if s.placeholder]

    def by_size(self, column: str, educators: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give a column of the solves for districts of any size.

        Between the sizes that were measured it follows a power of the size. Smaller districts take
        what the smallest one took, larger ones what the line through the last two says.
        """
        sizes = np.log([solve.educators for solve in self.solves])
        values = np.log([float(getattr(solve, column)) for solve in self.solves])
        asked = np.log(np.maximum(educators, self.solves[0].educators))
        slope = (values[-1] - values[-2]) / (sizes[-1] - sizes[-2])
        beyond = np.maximum(0.0, asked - sizes[-1]) * slope
        return np.asarray(np.exp(np.interp(asked, sizes, values) + beyond))


def read(path: Path = FILE) -> Inputs:
    """Read the figures."""
    return Inputs.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))

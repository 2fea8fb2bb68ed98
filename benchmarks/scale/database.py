"""The database of a scale: how large it grows in a year, and what is asked of it on the evening."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.scale.districts import Scale
from benchmarks.scale.inputs import Inputs

GB = 1e9


@dataclass(frozen=True, slots=True)
class Size:
    """GB after a year in which nothing is deleted."""

    runs_gb: float
    publications_gb: float
    feeds_gb: float

    @property
    def all_gb(self) -> float:
        return self.runs_gb + self.publications_gb + self.feeds_gb


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked of the database at the busiest, each second."""

    connections: int
    commits: float
    look_ups: float
    follows: float
    idle_looks: float


CORES = 2
"""Of the machine on which the rates of the inputs were measured."""


def cores(load: Load, inputs: Inputs) -> float:
    """Give the cores that all of it takes at once."""
    figures = inputs.database
    shares = (
        load.commits / figures.beats_per_s.value,
        load.look_ups / figures.look_ups_per_s.value,
        load.follows / figures.follows_per_s.value,
        load.idle_looks / figures.idle_looks_per_s.value,
    )
    return CORES * sum(shares)


def size(scale: Scale, inputs: Inputs) -> Size:
    """Add up what is kept."""
    figures, feeds = inputs.database, inputs.feeds
    educators = scale.educators.sum()
    run_s = inputs.by_size("run_s", scale.educators)
    json = (figures.scenario_bytes.value + figures.plan_bytes.value) * figures.stored.value
    lines = run_s.sum() / figures.beat_s.value * figures.lines_per_beat.value
    of_runs = figures.runs_kept.value * (educators * json + lines * figures.line_bytes.value)
    published = figures.publications.value * educators * figures.calendar_bytes.value
    of_feeds = (
        educators * feeds.per_educator.value * (feeds.bytes.value + figures.feed_row_bytes.value)
    )
    return Size(of_runs / GB, published * figures.stored.value / GB, of_feeds / GB)


def load(
    inputs: Inputs, *, workers: int, processes: int, running: int, followed: float, polls: float
) -> Load:
    """Add up what is asked at the busiest moment.

    Parameters
    ----------
    running
        Runs that run at a time, at most.
    followed
        Runs that wait or run, at most.
    polls
        Polls of feeds in the busiest second; no more reach the database than web processes answer.
    """
    figures = inputs.database
    answered = min(polls, processes * 1000 / inputs.feeds.not_modified_ms.value)
    return Load(
        connections=int(
            processes * figures.web_connections.value + workers * figures.worker_connections.value
        ),
        commits=running / figures.beat_s.value,
        look_ups=answered * inputs.feeds.reads.value,
        follows=followed * figures.followed.value / figures.follow_s.value,
        idle_looks=workers * figures.worker_looks_per_s.value,
    )

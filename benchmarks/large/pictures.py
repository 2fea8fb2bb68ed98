"""Draws objective and bound over time, one picture for each instance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.large.contenders import CONTENDERS
from benchmarks.large.events import LARGER_IS_BETTER, Event
from benchmarks.large.measures import Run

DRAWN = ("reach", "cost")
COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#777777")
"""Okabe and Ito's colours, which colour-blind people can tell apart."""
BEGIN_S = 0.5


def draw(path: Path, title: str, runs: Sequence[Run]) -> None:
    """Draw what each contender had, and what was proven by whom, on a scale of seconds by tens."""
    runs = [run for run in runs if not CONTENDERS[run.contender].part]
    figure = Figure(figsize=(11, 4.6), layout="constrained")
    panels = figure.subplots(1, len(DRAWN))
    for panel, tier in zip(panels, DRAWN, strict=True):
        for run in runs:
            colour = COLOURS[list(CONTENDERS).index(run.contender) % len(COLOURS)]
            _values(panel, run, tier, colour)
            _bounds(panel, run, tier, colour)
        sense = "larger is better" if tier in LARGER_IS_BETTER else "smaller is better"
        panel.set(title=f"{tier} ({sense})", xlabel="seconds from the start", xscale="log")
        panel.grid(alpha=0.3)
    handles, labels = panels[0].get_legend_handles_labels()
    if handles:
        figure.legend(handles, labels, loc="outside lower center", ncols=3, frameon=False)
    figure.suptitle(f"{title}: plans (solid), bounds (dotted)")
    path.parent.mkdir(parents=True, exist_ok=True)
    # Without the date, so that the same figures give the same file.
    figure.savefig(path, metadata={"Date": None})


def _values(panel: Axes, run: Run, tier: str, colour: str) -> None:
    points = [(e.at_s, e.values[tier]) for e in run.events if tier in e.values]
    title = CONTENDERS[run.contender].title
    _steps(panel, run, points, colour, "-", title if tier == DRAWN[0] else None)


def _bounds(panel: Axes, run: Run, tier: str, colour: str) -> None:
    points = [(e.at_s, e.bound) for e in _tightening(run.events, tier) if e.bound is not None]
    _steps(panel, run, points, colour, ":", None)


def _tightening(events: Sequence[Event], tier: str) -> list[Event]:
    """Give the bounds of a tier that are tighter than all before them."""
    best = math.inf if tier in LARGER_IS_BETTER else -math.inf
    found = []
    for e in events:
        if e.tier != tier or e.bound is None:
            continue
        if (e.bound < best) if tier in LARGER_IS_BETTER else (e.bound > best):
            best = e.bound
            found.append(e)
    return found


def _steps(
    panel: Axes,
    run: Run,
    points: Sequence[tuple[float, int]],
    colour: str,
    style: str,
    label: str | None,
) -> None:
    if not points:
        return
    ends = max(run.limit_s, points[-1][0])
    seconds = [max(BEGIN_S, s) for s, _ in points] + [ends]
    values = [v for _, v in points] + [points[-1][1]]
    marker = "." if style == "-" else ""
    panel.step(
        seconds, values, style, where="post", color=colour, label=label, lw=1.3, marker=marker
    )

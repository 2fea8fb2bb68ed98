"""Two pictures for docs/scale.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np

mpl.use("Agg")
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from benchmarks.scale.answers import Waits
from benchmarks.scale.polling import HOUR_S, Day
from benchmarks.scale.web import backlog

FOLDER = Path(__file__).parents[2] / "docs/images"
BLUE, ORANGE, GREY = "#1f5fa8", "#c25a00", "#6b6b6b"


def draw_waits(waits: Mapping[str, Sequence[Waits]]) -> None:
    """Draw how long runs wait, by the number of workers, a panel for each scale."""
    figure, panels = plt.subplots(1, len(waits), figsize=(9, 3.4), layout="constrained")
    for panel, (name, tried) in zip(np.atleast_1d(panels), waits.items(), strict=True):
        workers = [each.workers for each in tried]
        for told, value, colour in (
            ("longest", [w.max_s for w in tried], GREY),
            ("95 %", [w.p95_s for w in tried], ORANGE),
            ("median", [w.median_s for w in tried], BLUE),
        ):
            panel.plot(workers, [v / 60 for v in value], "o-", color=colour, label=told, ms=4)
        panel.axhline(5, color="black", lw=0.8, ls=":")
        panel.set(title=name, xlabel="workers, two cores each", ylabel="minutes until a run starts")
        panel.set_yscale("symlog", linthresh=1)
        panel.set_yticks([0, 1, 5, 30, 120, 600], ["0", "1", "5", "30", "120", "600"])
        panel.set_ylim(0)
        panel.set_xlim(0)
        panel.grid(alpha=0.3)
        panel.legend(frameon=False)
    _save("scale-waits.png")
    plt.close(figure)


def draw_polls(day: Day, seconds: np.ndarray, processes: Sequence[int]) -> None:
    """Draw polls of a nation over the day, and how long they wait after a full hour."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 3.2), layout="constrained")
    minutes = day.polls.reshape(-1, 60)
    hours = np.arange(len(minutes)) / 60
    left.plot(hours, minutes.max(axis=1), color=ORANGE, lw=0.8, label="busiest second of a minute")
    left.plot(hours, minutes.mean(axis=1), color=BLUE, lw=1.2, label="mean of a minute")
    left.plot(
        hours,
        day.whole.reshape(-1, 60).mean(axis=1),
        color=GREY,
        lw=1.2,
        label="whole feeds, mean of a minute",
    )
    left.set(xlabel="hour of the day", ylabel="polls a second", xlim=(0, 24), yscale="log")
    left.legend(framealpha=1, fontsize=8, loc="center left")
    _backlog(right, day, seconds, processes)
    for panel in (left, right):
        panel.grid(alpha=0.3)
    _save("scale-polls.png")
    plt.close(figure)


def _backlog(panel: Axes, day: Day, seconds: np.ndarray, processes: Sequence[int]) -> None:
    hour = int(np.argmax(day.polls)) // HOUR_S * HOUR_S
    shown = slice(max(0, hour - 10), hour + 110)
    for count, colour in zip(processes, (BLUE, ORANGE, GREY), strict=False):
        panel.plot(
            np.arange(shown.start, shown.stop) - hour,
            backlog(seconds, count)[shown],
            color=colour,
            label=f"{count} web processes",
        )
    panel.set(xlabel="seconds after the full hour", ylabel="seconds that a poll waits")
    panel.set_ylim(0)
    panel.legend(frameon=False)


def _save(name: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    # Without the date and version, so that the same figures give the same file.
    plt.savefig(FOLDER / name, dpi=110, metadata={"Software": None})

"""Substitutes per day against the pool's expected fill, in a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plsched.exports.report.drawing import BLUE, GRID, ORANGE, Picture, draw
from plsched.exports.report.substitutes import PoolDay, Substitutes
from plsched.exports.report.wording import plural, weekday

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH_IN = 10.0
PER_ROW = 60
ROW_IN = 1.9
FEWEST = 4


def pool_days(found: Substitutes, pool: str) -> Picture | None:
    """Draw the dates of a pool: a bar for the subs needed, a line for those expected.

    A few dates are read faster than looked at; they have no picture.
    """
    days = [d for d in found.days if d.pool == pool]
    if len(days) < FEWEST:
        return None
    rows = [days[n : n + PER_ROW] for n in range(0, len(days), PER_ROW)]
    most = max(max(d.needed, d.expected) for d in days)
    height_in = ROW_IN * len(rows)

    def paint(figure: Figure) -> None:
        for n, part in enumerate(rows):
            _paint_row(figure, part, (len(rows), n), most)

    words = (
        f"Bars for substitutes needed on {plural(len(days), 'date')} from pool {pool}, with a line "
        "for the number that can be expected. The table below has the numbers."
    )
    return draw(paint, words, WIDTH_IN, height_in)


def _paint_row(figure: Figure, days: list[PoolDay], place: tuple[int, int], most: int) -> None:
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 - slow to load

    of, n = place
    height = ROW_IN * of
    axes = figure.add_axes(
        (0.45 / WIDTH_IN, (ROW_IN * (of - 1 - n) + 0.75) / height, 9.4 / WIDTH_IN, 0.95 / height)
    )
    spots = range(len(days))
    axes.bar(spots, [d.needed for d in days], width=0.6, color=BLUE, label="needed")
    axes.hlines(
        [d.expected for d in days],
        [x - 0.42 for x in spots],
        [x + 0.42 for x in spots],
        color=ORANGE,
        linewidth=1.8,
        label="expected to come",
    )
    axes.set_xlim(-0.6, max(len(days), 12) - 0.4)
    axes.set_ylim(0, most * 1.08 + 0.2)
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.grid(axis="y", color=GRID, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_ylabel("subs")
    names = [weekday(d.date) for d in days]
    axes.set_xticks(spots, names, rotation=90, fontsize=6.5)
    if n == 0:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 0.98), ncols=2, frameon=False, fontsize=7)

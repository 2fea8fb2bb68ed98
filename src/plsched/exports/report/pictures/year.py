"""The year in pictures: all pathways at a glance, and each with its rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from plsched.exports.report.drawing import (
    BLUE,
    GREEN,
    GRID,
    INK,
    MUTED,
    ORANGE,
    PURPLE,
    TERM_BANDS,
    Picture,
    draw,
)
from plsched.exports.report.timeline import Cycles, PathwayYear, Row, Timeline
from plsched.exports.report.wording import plural, shortened
from plsched.timegrid import week_start

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH_IN = 10.0
LABEL_IN = 2.55
RIGHT_IN = 0.1
TOP_IN = 0.42
LEGEND_IN = 0.26
LANE_IN = 0.19
LABEL_CHARS = 42
MOST_LANES = 28

# Each kind has a shape of its own besides its colour.
MARKS = {
    "Course": ("s", BLUE),
    "Engagement": ("o", GREEN),
    "Planning task": ("^", ORANGE),
    "Evaluation task": ("v", ORANGE),
    "Mastery task": ("P", ORANGE),
    "Observation days": ("D", PURPLE),
}
CYCLE_FILL = "#c6d4e6"


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the picture, and where its cycles are stacked."""

    row: Row
    top: int
    height: int
    bars: tuple[tuple[int, Cycles], ...]


def overview(year: Timeline) -> Picture:
    """Draw the dates of each pathway, week by week."""
    weeks = [Counter(week_start(d) for row in p.rows for d in row.dates) for p in year.pathways]
    peaks = [max(found.values()) for found in weeks]
    height_in = TOP_IN + 0.4 * len(weeks) + 0.08

    def paint(figure: Figure) -> None:
        axes = _canvas(figure, year, height_in, 0.08, len(weeks))
        bars = [(w, n, lane) for lane, found in enumerate(weeks) for w, n in found.items()]
        axes.bar(
            [_x(year, week) + 3.5 for week, _, _ in bars],
            [-0.84 * count / peaks[lane] for _, count, lane in bars],
            width=6,
            bottom=[lane + 0.92 for _, _, lane in bars],
            color=BLUE,
        )
        _labels(
            axes,
            [
                (lane + 0.5, f"{shortened(p.name, 32)}, max {peaks[lane]:,}")
                for lane, p in enumerate(year.pathways)
            ],
        )

    words = (
        "Bars for the number of dates in each week, a row for each pathway; the tallest bar of a row "
        "is its fullest week (max). The table below has the numbers by month."
    )
    return draw(paint, words, WIDTH_IN, height_in)


def pathway_year(year: Timeline, pathway: PathwayYear) -> tuple[Picture, ...]:
    """Draw each thing of a pathway: dates as marks, cycles as bars with their number.

    Rows that do not fit on one sheet of paper go on in another picture.
    """
    return tuple(_part(year, pathway, lanes) for lanes in _sheets(_lanes(pathway)))


def _part(year: Timeline, pathway: PathwayYear, lanes: list[Lane]) -> Picture:
    depth = lanes[-1].top + lanes[-1].height - lanes[0].top
    height_in = TOP_IN + LANE_IN * depth + LEGEND_IN

    def paint(figure: Figure) -> None:
        axes = _canvas(figure, year, height_in, LEGEND_IN, depth)
        axes.set_ylim(lanes[0].top + depth, lanes[0].top)
        edges = [lane.top + lane.height for lane in lanes[:-1]]
        axes.hlines(edges, *axes.get_xlim(), color=GRID, linewidth=0.4, zorder=1)
        for lane in lanes:
            _cycle_bars(axes, year, lane)
        for kind in MARKS:
            _marks(axes, year, kind, [lane for lane in lanes if lane.row.kind == kind])
        _labels(axes, [(lane.top + lane.height / 2, _label(lane.row)) for lane in lanes])
        _legend(figure, year, lanes, height_in)

    words = (
        f"Timeline of {pathway.name}: a row for each of {plural(len(lanes), 'thing')}, a mark for "
        "each date, a bar for coaching cycles. The table below has the same by month."
    )
    return draw(paint, words, WIDTH_IN, height_in)


def _sheets(lanes: list[Lane]) -> list[list[Lane]]:
    """Share rows out evenly over as few pictures as paper allows."""
    depth = lanes[-1].top + lanes[-1].height
    share = -(-depth // -(-depth // MOST_LANES))
    sheets: list[list[Lane]] = [[]]
    for lane in lanes:
        if sheets[-1] and lane.top + lane.height - sheets[-1][0].top > share:
            sheets.append([])
        sheets[-1].append(lane)
    return sheets


def _x(year: Timeline, day: date) -> int:
    return (day - year.first).days


def _canvas(figure: Figure, year: Timeline, height_in: float, bottom_in: float, depth: int) -> Axes:
    """Give axes over the year with months, terms and blackouts."""
    axes = figure.add_axes(
        (
            LABEL_IN / WIDTH_IN,
            bottom_in / height_in,
            (WIDTH_IN - LABEL_IN - RIGHT_IN) / WIDTH_IN,
            (height_in - bottom_in - TOP_IN) / height_in,
        )
    )
    axes.set_xlim(0, _x(year, year.last) + 1)
    axes.set_ylim(depth, 0)
    axes.set_yticks([])
    axes.xaxis.tick_top()
    starts = [max(_x(year, date(m.year, m.month, 1)), 0) for m in year.months]
    axes.set_xticks(starts, [m.label for m in year.months], ha="left")
    axes.tick_params(axis="x", length=3, pad=1)
    axes.grid(axis="x", color=GRID, linewidth=0.5, zorder=0)
    axes.set_axisbelow(True)
    for n, term in enumerate(year.terms):
        first, last = _x(year, term.first), _x(year, term.last) + 1
        axes.axvspan(first, last, color=TERM_BANDS[n % 2], zorder=0, linewidth=0)
        axes.annotate(
            term.name,
            ((first + last) / 2, 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 13),
            textcoords="offset points",
            ha="center",
            va="bottom",
            weight="bold",
            annotation_clip=False,
        )
        axes.axvline(first, color=MUTED, linewidth=0.8, zorder=1)
    for band in year.blackouts:
        axes.axvspan(
            _x(year, band.first),
            _x(year, band.last) + 1,
            facecolor="none",
            edgecolor="#9aa5b1",
            hatch="////",
            linewidth=0,
            zorder=0.5,
        )
    return axes


def _labels(axes: Axes, rows: list[tuple[float, str]]) -> None:
    for y, text in rows:
        axes.annotate(
            shortened(text, LABEL_CHARS),
            (0, y),
            xycoords=("axes fraction", "data"),
            xytext=(-4, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            annotation_clip=False,
        )


def _label(row: Row) -> str:
    return f"{row.title} †" if row.required else row.title


def _lanes(pathway: PathwayYear) -> list[Lane]:
    lanes, top = [], 0
    for row in pathway.rows:
        bars = _stacked(row.cycles)
        height = max((shelf for shelf, _ in bars), default=0) + 1
        lanes.append(Lane(row, top, height, bars))
        top += height
    return lanes


def _stacked(cycles: tuple[Cycles, ...]) -> tuple[tuple[int, Cycles], ...]:
    """Put spans that overlap on different shelves."""
    ends: list[date] = []
    placed = []
    for span in cycles:
        shelf = next((s for s, end in enumerate(ends) if end < span.first), len(ends))
        ends[shelf:] = [span.last, *ends[shelf + 1 :]]
        placed.append((shelf, span))
    return tuple(placed)


def _marks(axes: Axes, year: Timeline, kind: str, lanes: list[Lane]) -> None:
    marker, colour = MARKS[kind]
    axes.plot(
        [_x(year, day) + 0.5 for lane in lanes for day in lane.row.dates],
        [lane.top + 0.5 for lane in lanes for _ in lane.row.dates],
        marker=marker,
        color=colour,
        markersize=4,
        linestyle="none",
        clip_on=False,
        zorder=3,
    )


def _cycle_bars(axes: Axes, year: Timeline, lane: Lane) -> None:
    for shelf, span in lane.bars:
        left, right = _x(year, span.first), _x(year, span.last + timedelta(days=1))
        middle = lane.top + shelf + 0.5
        axes.barh(
            middle,
            right - left,
            left=left,
            height=0.74,
            color=CYCLE_FILL,
            edgecolor=BLUE,
            linewidth=0.6,
            zorder=2,
        )
        axes.text((left + right) / 2, middle, f"{span.count:,}", ha="center", va="center", zorder=4)


def _legend(figure: Figure, year: Timeline, lanes: list[Lane], height_in: float) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415 - slow to load
    from matplotlib.patches import Patch  # noqa: PLC0415 - slow to load

    kinds = dict.fromkeys(lane.row.kind for lane in lanes)
    keys: list[Line2D | Patch] = [
        Line2D([], [], marker=MARKS[k][0], color=MARKS[k][1], markersize=4, linestyle="none")
        for k in kinds
        if k in MARKS
    ]
    names = [k for k in kinds if k in MARKS]
    if any(lane.bars for lane in lanes):
        keys.append(Patch(facecolor=CYCLE_FILL, edgecolor=BLUE))
        names.append("Cycles, with their number")
    if year.blackouts:
        keys.append(Patch(facecolor="white", edgecolor="#9aa5b1", hatch="////"))
        names.append("Blackout (some levels or work)")
    if any(lane.row.required for lane in lanes):
        keys.append(Line2D([], [], linestyle="none"))
        names.append("† required")
    figure.legend(
        keys,
        names,
        loc="lower left",
        bbox_to_anchor=(0.0, -0.02 / height_in),
        ncols=len(keys),
        frameon=False,
        fontsize=7,
        labelcolor=INK,
        handletextpad=0.4,
        columnspacing=1.2,
    )

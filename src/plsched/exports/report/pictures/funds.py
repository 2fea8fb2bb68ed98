"""Funds against their amounts, in a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plsched.exports.report.costs import Costs, FundRule
from plsched.exports.report.drawing import BLUE, GREEN, GRID, MUTED, Picture, draw
from plsched.exports.report.wording import percent, plural, shortened

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH_IN = 10.0
ROW_IN = 0.24
LABEL_IN = 2.3
VALUE_IN = 1.9


def funds_used(costs: Costs) -> Picture:
    """Draw what is used of each fund, with its caps and set-asides under it."""
    rows: list[tuple[FundRule, bool]] = []
    for fund in costs.funds:
        rows.append((fund, False))
        rows += [(rule, True) for rule in fund.rules]
    height_in = ROW_IN * len(rows) + 0.45

    def paint(figure: Figure) -> None:
        from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 - slow to load

        axes = figure.add_axes(
            (
                LABEL_IN / WIDTH_IN,
                0.4 / height_in,
                (WIDTH_IN - LABEL_IN - VALUE_IN) / WIDTH_IN,
                ROW_IN * len(rows) / height_in,
            )
        )
        most = max(max(rule.limit_cents, rule.used_cents) for rule, _ in rows) / 100 or 1.0
        for y, (rule, part) in enumerate(rows):
            limit, used = rule.limit_cents / 100, rule.used_cents / 100
            thick = 0.4 if part else 0.66
            axes.barh(y, limit, thick, facecolor="white", edgecolor=MUTED, linewidth=0.8)
            axes.barh(y, used, thick, color=GREEN if part else BLUE)
            axes.annotate(
                f"{percent(rule.share)} of ${rule.limit_cents // 100:,}",
                (max(limit, used), y),
                xytext=(4, 0),
                textcoords="offset points",
                va="center",
                fontsize=7,
                annotation_clip=False,
            )
            axes.annotate(
                shortened(rule.name, 32 if part else 36),
                (0, y),
                xytext=(-5, 0),
                textcoords="offset points",
                ha="right",
                va="center",
                color=MUTED if part else "black",
                annotation_clip=False,
            )
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xlim(0, most)
        axes.set_yticks([])
        axes.xaxis.set_major_formatter(lambda value, _: f"${value:,.0f}")
        axes.xaxis.set_major_locator(MaxNLocator(5))
        axes.grid(axis="x", color=GRID, linewidth=0.5)
        axes.set_axisbelow(True)
        axes.spines[["top", "right", "left"]].set_visible(False)

    words = (
        f"Bars for {plural(len(costs.funds), 'fund')} and their caps and set-asides: the outline is "
        "the amount, the filled part what is used. The table below has the numbers."
    )
    return draw(paint, words, WIDTH_IN, height_in)

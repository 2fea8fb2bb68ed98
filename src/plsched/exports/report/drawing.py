"""Pictures by matplotlib, as SVG that sits in the page and asks for nothing from outside.

The same figure gives the same bytes: no date, no random ids. Text stays text, so that it is sharp
in print. A picture goes into an ``<img>``: nothing in a title can become markup or a formula.
"""

from __future__ import annotations

import base64
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from threading import Lock
from typing import TYPE_CHECKING

from plsched.exports.plain import clean

if TYPE_CHECKING:
    from matplotlib import RcParams
    from matplotlib.figure import Figure

INK = "#1f2933"
MUTED = "#52606d"
GRID = "#d9e2ec"
BLUE = "#1f5fa8"
GREEN = "#2f7d4f"
ORANGE = "#b45309"
PURPLE = "#6b3fa0"
RED = "#b3261e"
TERM_BANDS = ("#eef4fb", "#f8f9fb")

# matplotlib's style is global to the process, and a server may draw two reports at once.
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn picture: where its image is, what it shows in words, and its size in points."""

    source: str
    words: str
    width: int
    height: int


def draw(paint: Callable[[Figure], None], words: str, width_in: float, height_in: float) -> Picture:
    """Paint a figure and give it as an image for the page.

    Parameters
    ----------
    paint
        Puts axes and marks on the empty figure.
    words
        What the picture shows, for those who do not see it.
    width_in, height_in
        Size on paper, in inches.
    """
    # Loading matplotlib takes a second, which `plsched check` has no use for.
    import matplotlib as mpl  # noqa: PLC0415 - slow to load
    from matplotlib.figure import Figure as NewFigure  # noqa: PLC0415 - slow to load

    svg = StringIO()
    with _ONE_AT_A_TIME, mpl.rc_context(), warnings.catch_warnings():
        _set_style(mpl.rcParams)
        # The reader's fonts draw the text, whatever glyphs ours have.
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from font")
        figure = NewFigure(figsize=(width_in, height_in))
        paint(figure)
        figure.savefig(
            svg,
            format="svg",
            metadata={"Date": None, "Creator": None, "Type": None, "Format": None},
        )
    # One character that XML may not hold, and the whole picture would be missing.
    drawn = clean(svg.getvalue())
    text = re.sub(r"\s*\n\s*", "\n", drawn[drawn.index("<svg") :])
    encoded = base64.b64encode(text.encode()).decode("ascii")
    return Picture(
        f"data:image/svg+xml;base64,{encoded}", words, round(width_in * 72), round(height_in * 72)
    )


def _set_style(style: RcParams) -> None:
    style["svg.fonttype"] = "none"
    style["svg.hashsalt"] = "plsched"
    # A dollar sign is a dollar sign.
    style["text.parse_math"] = False
    style["font.family"] = ["sans-serif"]
    style["font.sans-serif"] = ["DejaVu Sans"]
    style["font.size"] = 7.5
    style["axes.edgecolor"] = MUTED
    style["axes.labelcolor"] = INK
    style["axes.linewidth"] = 0.6
    style["text.color"] = INK
    style["xtick.color"] = INK
    style["ytick.color"] = INK
    style["hatch.linewidth"] = 0.4

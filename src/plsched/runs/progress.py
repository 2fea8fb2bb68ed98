"""What a solve tells, until the store has taken it: of each subject only the latest."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock

from plsched.runs.ports import ProgressSeen
from plsched.store import Progress, ProgressLine

__all__ = ["Progress", "ProgressBuffer"]


class ProgressBuffer:
    """Lines that wait for the store; safe to write and to read from several threads.

    A solve may tell of a better plan many times a second. Between two beats only the latest word
    on each stage and tier is kept.
    """

    def __init__(self) -> None:
        self._lines: dict[tuple[str, str | None], ProgressLine] = {}
        self._lock = Lock()

    def add(self, seen: ProgressSeen) -> None:
        """Take a line in; it takes the place of an earlier one of the same stage and tier."""
        line = ProgressLine(
            elapsed_s=seen.elapsed_s,
            stage=seen.stage,
            tier=seen.tier,
            value=seen.value,
            bound=seen.bound,
            gap=seen.gap,
            message=seen.message,
        )
        with self._lock:
            # Taken out first: lines go by the time of their latest word.
            self._lines.pop((line.stage, line.tier), None)
            self._lines[line.stage, line.tier] = line

    def take(self) -> list[ProgressLine]:
        """Give the lines that wait, and forget them."""
        with self._lock:
            lines, self._lines = list(self._lines.values()), {}
            return lines

    def put_back(self, lines: Iterable[ProgressLine]) -> None:
        """Let lines wait that the store did not take; later words on the same go before them."""
        with self._lock:
            self._lines = {(line.stage, line.tier): line for line in lines} | self._lines

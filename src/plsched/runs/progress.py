"""What a run told while it was solved, kept in memory for those who follow it."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

from plsched.runs.ports import ProgressSeen

KEPT = 1000


@dataclass(frozen=True, slots=True)
class Progress:
    """One line of a run's progress.

    Attributes
    ----------
    number
        Place in the run's progress, from 1.
    elapsed_s
        Seconds since the solve began.
    stage
        What is being done.
    tier
        The tier of the objective that is being optimised.
    value
        Incumbent of the tier.
    bound
        What the tier cannot pass.
    gap
        ``|value - bound| / max(1, |value|)``.
    message
        The same for people.
    """

    number: int
    elapsed_s: float
    stage: str
    tier: str | None
    value: int | None
    bound: int | None
    gap: float | None
    message: str


class ProgressLog:
    """The latest lines of one run; safe to write and to read from several threads."""

    def __init__(self) -> None:
        self._lines: list[Progress] = []
        self._lock = Lock()

    def add(self, seen: ProgressSeen) -> None:
        """Keep a line; the oldest goes when there are more than `KEPT`."""
        with self._lock:
            line = Progress(
                number=self._lines[-1].number + 1 if self._lines else 1,
                elapsed_s=seen.elapsed_s,
                stage=seen.stage,
                tier=seen.tier,
                value=seen.value,
                bound=seen.bound,
                gap=seen.gap,
                message=seen.message,
            )
            self._lines = [*self._lines[1 - KEPT :], line]

    def after(self, number: int) -> list[Progress]:
        """Give the lines that came after the one with this number."""
        return [line for line in self._lines if line.number > number]

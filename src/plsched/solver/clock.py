"""What time it is in a solve: seconds of the wall, or steps, which are the same every time."""

from __future__ import annotations

import math
import time


class Clock:
    """Tells how long a solve has taken.

    Parameters
    ----------
    steps
        Count what is done instead of seconds: solvers say how much they did, in *deterministic
        seconds*. Then nothing depends on how quick a machine is.
    since
        Moment of the monotonic clock at which the solve began; without it, now.
    """

    def __init__(self, *, steps: bool = False, since: float | None = None) -> None:
        self.steps = steps
        self._done = 0.0
        self._started = time.monotonic() if since is None else since

    def now(self) -> float:
        """Seconds since the solve began, or what was counted since."""
        return self._done if self.steps else time.monotonic() - self._started

    def count(self, done: float) -> None:
        """Count what was done, in deterministic seconds."""
        self._done += done

    def limit_s(self, left: float) -> float:
        """Seconds of the wall that something may take; without end where steps are counted."""
        return math.inf if self.steps else left

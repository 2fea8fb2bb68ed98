"""What an attendance asks, worked out once: many columns of an activity share one."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from plsched.solver.problem import Attendance

Found = TypeVar("Found")


class Once(Generic[Found]):
    """Remembers what was worked out of an attendance, for as long as that lives.

    Equal ones need not be one object, so it may be worked out twice; to compare them takes longer.
    """

    def __init__(self, work_out: Callable[..., Found]) -> None:
        self._work_out = work_out
        self._found: dict[tuple[int, Hashable], tuple[Attendance, Found]] = {}

    def __call__(self, attendance: Attendance, *more: Hashable) -> Found:
        """Work it out, unless it is known."""
        key = id(attendance), more
        if key not in self._found:
            self._found[key] = attendance, self._work_out(attendance, *more)
        return self._found[key][1]

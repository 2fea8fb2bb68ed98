"""What a run tells while it goes on: values and bounds of tiers, with the second of each."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from plsched.solver.progress import Progress

TIERS = ("required", "reach", "cost", "comfort")
LARGER_IS_BETTER = frozenset({"required", "reach"})


@dataclass(frozen=True, slots=True)
class Event:
    """A better plan, a better bound, or both.

    Attributes
    ----------
    at_s
        Seconds from the start of the run, start of the process included.
    values
        Tiers of the best plan, as far as they are told.
    tier, bound
        What is proven of a tier under ``under``, the values of the tiers before it.
    """

    at_s: float
    values: Mapping[str, int] = field(default_factory=dict)
    tier: str | None = None
    bound: int | None = None
    under: Mapping[str, int] = field(default_factory=dict)


class Log:
    """Writes events as they come, so that those of a run that is killed are kept.

    Parameters
    ----------
    path
        A file of JSON lines.
    begun
        Moment at which the run was asked for, on the monotonic clock.
    """

    def __init__(self, path: Path, begun: float) -> None:
        self._path = path
        self._begun = begun
        self._values: dict[str, int] = {}

    def tell(self, values: Mapping[str, int], tier: str | None, bound: int | None) -> None:
        """Write an event; values are added to those told before."""
        self._values |= values
        under = {t: v for t, v in self._values.items() if tier is not None and _before(t, tier)}
        at_s = round(time.monotonic() - self._begun, 3)
        event = Event(at_s, dict(self._values), tier, bound, under if bound is not None else {})
        with self._path.open("a", encoding="utf-8") as file:
            file.write(f"{json.dumps(asdict(event))}\n")

    def hear(self, progress: Progress) -> None:
        """Write what a search told."""
        if progress.tier is None or progress.value is None:
            return
        self.tell(told_values(progress), progress.tier, progress.bound)


def told_values(progress: Progress) -> dict[str, int]:
    """Give the values of all tiers that a step names, and of the tier in focus."""
    named = _NAMED.findall(progress.message)
    values = {name: int(number.replace(",", "")) for name, number in named}
    if progress.tier is not None and progress.value is not None:
        values[progress.tier] = progress.value
    return values


def read_events(path: Path) -> list[Event]:
    """Read events; the last line of a run that was killed may be broken off."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    return [Event(**json.loads(line)) for line in lines]


def _before(one: str, other: str) -> bool:
    return TIERS.index(one) < TIERS.index(other)


_NAMED = re.compile(rf"\b({'|'.join(TIERS)}) (-?[\d,]+)\b")

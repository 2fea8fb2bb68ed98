"""When a child process is given up: what it may leave unsaid, for how long, and how much memory."""

from __future__ import annotations

import resource
import time
from contextlib import suppress
from pathlib import Path

from plsched.solver.progress import Progress

BEAT_S = 2.0
"""How often a child says that it lives."""

SILENCE_S = 30.0
"""A child that says nothing for so long is stopped, or something in it never lets go."""

GRACE_S = 45.0
"""How long a child may go on past its time limit, or past a cancel, without a step forward.

Why things are left out, names and the judge come after the search. The demo district takes up to
22 s for them on two slow cores.
"""

GRACE_BUILDS = 4
"""The same for a large district, as a multiple of the time that index and model took it."""

_BEFORE_SEARCH = ("index", "build")
_LOOK_S = 0.2
_COUNT_S = 2.0
"""How often processes that a child has begun are looked for."""
_LONGEST_STEP_S = 1.0
_MIB = 1 << 20
_PAGE_BYTES = resource.getpagesize()


class Watch:
    """What is known of one child.

    Time in which this process itself stood still (the machine slept, somebody froze it) is not
    held against the child: between two looks no more than a second is counted.

    Parameters
    ----------
    pid
        The child.
    time_limit_s
        What it was asked to take.
    memory_limit_mib
        Resident memory that it may have; ``None`` sets no limit.
    """

    def __init__(self, pid: int, time_limit_s: float, memory_limit_mib: int | None) -> None:
        self._pid = pid
        self._pids = [pid]
        self._counted_at = 0.0
        self._time_limit_s = time_limit_s
        self._memory_limit_mib = memory_limit_mib
        self._looked_at = time.monotonic()
        self._sized_at = self._looked_at
        self._silent_s = 0.0
        self._over_s = 0.0
        self._lived_s = 0.0
        self._builds = False
        self._built_s = 0.0
        self._confirms_s = 0.0
        self._cancelled = False

    def heard(self, said: object) -> None:
        """Take in that the child said something: a sign of life, or a step forward."""
        self._silent_s = 0.0
        if not isinstance(said, Progress):
            return
        self._over_s = 0.0
        # A second proof that there is no plan may take as long as the first.
        self._confirms_s = self._time_limit_s if said.stage == "confirm" else 0.0
        if said.stage in _BEFORE_SEARCH:
            self._builds = True
        elif self._builds:
            self._builds, self._built_s = False, self._lived_s

    def cancelled(self) -> None:
        """Take in that the child was asked for the best plan so far."""
        self._cancelled = True

    def verdict(self) -> str | None:
        """Say why the child is to be ended, if it is; asked several times a second."""
        now = time.monotonic()
        passed = min(now - self._looked_at, _LONGEST_STEP_S)
        self._looked_at = now
        self._lived_s += passed
        self._silent_s += passed
        if self._cancelled or self._lived_s > self._time_limit_s:
            self._over_s += passed
        if self._silent_s > SILENCE_S:
            return f"the solver's process gave no sign of life for {SILENCE_S:.0f} s and was ended"
        if self._over_s > self._grace_s():
            return self._overdue()
        return self._too_large(now)

    def _grace_s(self) -> float:
        return max(GRACE_S, GRACE_BUILDS * self._built_s) + self._confirms_s

    def _overdue(self) -> str:
        since = "it was cancelled" if self._cancelled else f"its {self._time_limit_s:g} s were over"
        return (
            f"the solver's process did not come to an end after {since}: no step forward for "
            f"{self._over_s:.0f} s; it was ended"
        )

    def _too_large(self, now: float) -> str | None:
        limit = self._memory_limit_mib
        if limit is None or now - self._sized_at < _LOOK_S:
            return None
        self._sized_at = now
        taken = self._resident_mib()
        if taken <= limit:
            return None
        return (
            f"the solver's process took {taken:,} MiB of memory, more than the {limit:,} MiB that "
            "it may have, and was ended; fewer workers or a smaller district need less"
        )

    def _resident_mib(self) -> int:
        if self._sized_at - self._counted_at > _COUNT_S:
            self._counted_at = self._sized_at
            self._pids = [self._pid, *_children(self._pid)]
        return sum(map(_pages, self._pids)) * _PAGE_BYTES // _MIB


def _children(pid: int) -> list[int]:
    """List the processes that one has begun: a large district is bounded in one of them."""
    return [int(p.parent.name) for p in Path("/proc").glob("[0-9]*/stat") if _parent(p) == pid]


def _parent(stat: Path) -> int | None:
    """Read whose child a process is; its name, in brackets, may hold anything."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return int(stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1])
    return None


def _pages(pid: int) -> int:
    """Resident pages; none of a process that has just died, which whoever listens to it finds out."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return 0

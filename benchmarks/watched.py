"""A process and all its children, watched from outside: time and peak memory."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psutil

ROOT = Path(__file__).parents[1]
EVERY_S = 0.05

Ended = Literal["memory", "time"]


@dataclass(frozen=True, slots=True)
class Watched:
    """How a process ended, and what it took.

    ``peak_mib`` is the largest sum of resident memory over the process and its children at any
    look, twenty looks a second. Pages shared by several of them count for each, so it is rather
    too high than too low.
    ``ended`` says why it was ended before it was done: ``memory`` or ``time``; ``None``: it was not.
    """

    returncode: int
    stdout: str
    stderr: str
    wall_s: float
    peak_mib: float
    ended: Ended | None = None


def watched(
    arguments: Sequence[str],
    environment: Mapping[str, str] | None = None,
    *,
    program: str = sys.executable,
    most_mib: float | None = None,
    most_s: float | None = None,
) -> Watched:
    """Run Python, or another program, with arguments from the root of the repository.

    The time is that of the whole process, from its start to its end. It is killed with all its
    children when together they hold more than ``most_mib`` at a look, or live longer than
    ``most_s`` seconds.
    """
    begun = time.monotonic()
    with subprocess.Popen(
        [program, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        memory = _Memory(process.pid, most_mib, None if most_s is None else begun + most_s)
        memory.start()
        stdout, stderr = process.communicate()
        wall = time.monotonic() - begun
        memory.stop()
    peak_mib = memory.peak / 2**20
    return Watched(process.returncode, stdout, stderr, wall, peak_mib, memory.ended)


class _Memory(threading.Thread):
    def __init__(self, pid: int, most_mib: float | None, until: float | None) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self.ended: Ended | None = None
        self._pid = pid
        self._most_mib = most_mib
        self._until = until
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(EVERY_S):
            now = _resident(self._pid)
            self.peak = max(self.peak, now)
            self.ended = self._reason(now)
            if self.ended is not None:
                _kill(self._pid)
                return

    def stop(self) -> None:
        self._over.set()
        self.join()

    def _reason(self, now: int) -> Ended | None:
        if self._most_mib is not None and now > self._most_mib * 2**20:
            return "memory"
        late = self._until is not None and time.monotonic() > self._until
        return "time" if late else None


def _kill(pid: int) -> None:
    """Kill a process that was started here, and what it started."""
    with suppress(psutil.NoSuchProcess):
        root = psutil.Process(pid)
        for process in [*root.children(recursive=True), root]:
            with suppress(psutil.NoSuchProcess):
                process.kill()


def _resident(pid: int) -> int:
    try:
        root = psutil.Process(pid)
        tree = [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    return sum(_own(process) for process in tree)


def _own(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0

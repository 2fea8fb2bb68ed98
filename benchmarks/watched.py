"""A process and all its children, watched from outside: time and peak memory."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
EVERY_S = 0.05


@dataclass(frozen=True, slots=True)
class Watched:
    """How a process ended, and what it took.

    ``peak_mib`` is the largest sum of resident memory over the process and its children at any
    look, twenty looks a second. Pages shared by several of them count for each, so it is rather
    too high than too low.
    """

    returncode: int
    stdout: str
    stderr: str
    wall_s: float
    peak_mib: float


def watched(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> Watched:
    """Run Python with arguments from the root of the repository.

    The time is that of the whole process, from its start to its end.
    """
    begun = time.monotonic()
    with subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        memory = _Memory(process.pid)
        memory.start()
        stdout, stderr = process.communicate()
        wall = time.monotonic() - begun
        memory.stop()
    return Watched(process.returncode, stdout, stderr, wall, memory.peak / 2**20)


class _Memory(threading.Thread):
    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._pid = pid
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(EVERY_S):
            self.peak = max(self.peak, _resident(self._pid))

    def stop(self) -> None:
        self._ended.set()
        self.join()


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

"""A process that takes too much memory or time is ended with its children."""

import time

import psutil

from benchmarks.watched import watched

CHILD = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(child.pid, flush=True)
time.sleep(60)
"""


def test_what_ends_by_itself() -> None:
    seen = watched(["-c", "print('done')"], most_mib=2_000, most_s=60)
    assert (seen.returncode, seen.stdout, seen.ended) == (0, "done\n", None)


def test_too_much_memory() -> None:
    greedy = "import time; kept = b'x' * 300_000_000; time.sleep(60)"
    seen = watched(["-c", greedy], most_mib=150, most_s=60)
    assert seen.ended == "memory"
    assert seen.peak_mib > 150
    assert seen.returncode


def test_too_much_time_ends_the_children_too() -> None:
    seen = watched(["-c", CHILD], most_s=3)
    assert seen.ended == "time"
    assert seen.wall_s < 30
    child = int(seen.stdout)
    until = time.monotonic() + 10
    while _lives(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _lives(child)


def _lives(pid: int) -> bool:
    """Nobody may be there to collect what was killed."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False

"""The machine and the versions that numbers were measured with."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
PACKAGES = ("plsched", "ortools", "highspy", "pydantic", "numpy")


@dataclass(frozen=True, slots=True)
class Machine:
    """What the numbers depend on; ``load_before`` tells how busy it was at the start."""

    cores: int
    processor: str
    memory_gib: float
    system: str
    versions: Mapping[str, str]
    commit: str
    load_before: float

    def __str__(self) -> str:
        versions = ", ".join(f"{name} {number}" for name, number in self.versions.items())
        return (
            f"{self.cores} cores ({self.processor}), {self.memory_gib} GiB, {self.system}; "
            f"{versions}; commit {self.commit}; load before: {self.load_before}"
        )


def machine() -> Machine:
    """Look at this machine."""
    return Machine(
        cores=os.cpu_count() or 1,
        processor=_processor(),
        memory_gib=round(psutil.virtual_memory().total / 2**30, 1),
        system=platform.system(),
        versions={"python": platform.python_version()} | {n: version(n) for n in PACKAGES},
        commit=_commit(),
        load_before=round(os.getloadavg()[0], 2),
    )


def _processor() -> str:
    """Read the model, which `platform.processor` leaves out on Linux."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _commit() -> str:
    """Name the commit; ``+`` when the checkout differs from it."""
    done = subprocess.run(
        ["git", "describe", "--always", "--abbrev=12", "--dirty=+"],  # noqa: S607 - the git of whoever measures
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or "unknown"

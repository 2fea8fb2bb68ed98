"""The program `fet-cl`, of the Debian package `fet`."""

from __future__ import annotations

import shutil
from pathlib import Path

FET = "fet-cl"
PROGRAM = "timeout"
"""Its own limit does not end a search that goes back and forth; told to end, it writes what it has."""
FILE = "window.fet"
OUT = "fet-out"


def missing() -> str | None:
    """Say what is not there to run this peer, if anything is."""
    if shutil.which(FET) is None:
        return f"no {FET} found; it is in the package fet of Debian"
    return None


def arguments(folder: Path, limit_s: float, seed: int) -> list[str]:
    """Give the arguments of a run; FET draws from six numbers."""
    seeds = (f"--randomseeds{k}={seed + int(k)}" for k in ("10", "11", "12", "20", "21", "22"))
    return [
        *("--signal=TERM", "--preserve-status", str(limit_s), FET),
        f"--inputfile={folder / FILE}",
        f"--outputdir={folder / OUT}",
        *seeds,
    ]

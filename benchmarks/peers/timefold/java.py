"""Compiles this peer's Java and runs it, where a JDK and the wheel with the solver's jars are found."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

WHEEL = "timefold==1.24.0b0"
WHEEL_FILE = "PLSCHED_TIMEFOLD_WHEEL"
"""Variable that names the file of the wheel where it is not installed."""
SOURCES = Path(__file__).parent / "java" / "peer"


@dataclass(frozen=True, slots=True)
class Ready:
    """A compiled peer: the program and what it loads classes from."""

    program: str
    class_path: str

    def arguments(self, main: str, *values: object, heap_mib: int = 2000) -> list[str]:
        """Give the arguments of a run."""
        heap = f"-Xmx{heap_mib}m"
        return [heap, "-cp", self.class_path, f"peer.{main}", *(str(v) for v in values)]


def missing() -> str | None:
    """Say what is not there to run this peer, if anything is."""
    for tool in ("java", "javac"):
        if shutil.which(tool) is None:
            return f"no {tool} found; a JDK 17 or later is needed"
    if _jars() is None:
        return (
            f"the jars were not found: pip download --no-deps {WHEEL}, and name the file in "
            f"{WHEEL_FILE}"
        )
    return None


def compiled(folder: Path) -> Ready:
    """Compile into a folder; the jars of a wheel that is only a file are unpacked there."""
    program, found = shutil.which("java"), _jars()
    if program is None or found is None:
        raise FileNotFoundError(missing())
    jars = _unpacked(found, folder / "jars") if found.is_file() else found
    classes = folder / "classes"
    classes.mkdir(parents=True, exist_ok=True)
    sources: Sequence[str] = [str(p) for p in sorted(SOURCES.glob("*.java"))]
    subprocess.run(
        ["javac", "-Werror", "-Xlint:all", "-cp", f"{jars}/*", "-d", str(classes), *sources],  # noqa: S607 - the JDK of whoever measures
        check=True,
    )
    return Ready(program, os.pathsep.join((str(classes), f"{jars}/*")))


def _jars() -> Path | None:
    """Give the folder of the jars, or the wheel that holds them."""
    named = os.environ.get(WHEEL_FILE)
    if named is not None:
        return Path(named) if Path(named).is_file() else None
    spec = find_spec("timefold")
    for place in (spec.submodule_search_locations or []) if spec else []:
        jars = Path(place) / "solver" / "jars"
        if jars.is_dir():
            return jars
    return None


def _unpacked(wheel: Path, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.endswith(".jar"):
                (folder / Path(name).name).write_bytes(archive.read(name))
    return folder

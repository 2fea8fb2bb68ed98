"""Disks that are full or may be read only: mounted for a test, where whoever runs it may mount."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class Disk:
    """A small disk of one's own in memory, mounted at a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filling = folder / "filling"

    def fill(self) -> None:
        """Leave no byte free."""
        with self._filling.open("ab", buffering=0) as file:
            for size in (1 << 16, 1):
                try:
                    while True:
                        file.write(b"\0" * size)
                except OSError:
                    continue

    def free(self) -> None:
        """Make space again."""
        self._filling.unlink()

    def let(self, mode: str) -> None:
        """Mount it anew as ``ro`` or ``rw``; no file may be open for writing."""
        _mount("-o", f"remount,{mode}", str(self.folder))


@contextmanager
def disk(folder: Path, *, mebibytes: int = 4) -> Iterator[Disk]:
    """Mount a disk at a folder."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a disk that can be filled")
    folder.mkdir()
    try:
        _mount("-t", "tmpfs", "-o", f"size={mebibytes}m,mode=700", "tmpfs", str(folder))
    except subprocess.CalledProcessError as error:
        pytest.skip(f"root may not mount here: {error.stderr.strip()}")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", folder], check=True)


def _mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True, capture_output=True, text=True)

"""The wheel: everything that plsched reads is in it, and the demo scenarios."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).parents[1]
BUILD = "import sys, hatchling.build; hatchling.build.build_wheel(sys.argv[1])"


def test_the_wheel_is_whole(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", BUILD, str(tmp_path)], cwd=ROOT, check=True, capture_output=True
    )
    (wheel,) = tmp_path.glob("plsched-*.whl")
    with ZipFile(wheel) as files:
        packed = {name for name in files.namelist() if ".dist-info/" not in name}
    code = {f"plsched/{name}" for name in inside(ROOT / "src/plsched")}
    assert packed == code | {f"plsched/scenarios/{name}" for name in inside(ROOT / "scenarios")}


def inside(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

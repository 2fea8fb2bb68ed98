"""Where the demo scenarios are: in the package, or in the repository that it is run from."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from plsched.errors import ScenarioNotFound

REPOSITORY = Path(__file__).parents[3]


def demo_scenario(name: str) -> Path:
    """Find the folder of a demo scenario.

    Raises
    ------
    ScenarioNotFound
        There is none of this name here.
    """
    packaged = Path(str(files("plsched"))) / "scenarios"
    for folder in (packaged, REPOSITORY / "scenarios"):
        if (folder / name / "scenario.yaml").is_file():
            return folder / name
    raise ScenarioNotFound(f"the demo scenario {name!r} is not there; maybe plsched is not whole")

"""What each scenario's ``expected.json`` says, read strictly."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from plsched.families import Family
from plsched.plan.models import Status
from plsched.scenario.models.policy import Tier

ROOT = Path(__file__).parents[2] / "scenarios"


class Span(BaseModel):
    """Bounds of a tier whose value follows from more than can be worked out by hand."""

    model_config = ConfigDict(extra="forbid")

    min: int
    max: int


class Expected(BaseModel):
    """What a solve of the scenario must give.

    ``left_out`` names the scenario's items of which something is left out. The keys from
    ``substitutes`` on tell more of the plan where the README says that it is so in every optimum.
    """

    model_config = ConfigDict(extra="forbid")

    status: Status
    tiers: dict[Tier, int | Span] = {}
    left_out: list[str] | None = None
    substitutes: int | None = None
    conflict_families: list[Family] | None = None
    occurrences: dict[str, int] = {}
    section_sizes: dict[str, list[int]] = {}
    experts: dict[str, list[str]] = {}
    starts: dict[str, datetime] = {}
    time_limit_s: int = 60


def expected_of(folder: Path) -> Expected:
    """Read a folder's expectation."""
    return Expected.model_validate_json((folder / "expected.json").read_bytes())


def folders() -> list[Path]:
    """Every scenario folder, in order."""
    return sorted(path.parent for path in ROOT.rglob("scenario.yaml"))


def name_of(folder: Path) -> str:
    """Name a folder as in ``tiny/cover-roving-fourteen``."""
    return folder.relative_to(ROOT).as_posix()

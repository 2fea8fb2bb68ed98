"""What a rule tells of a scenario, before the place in its files is looked up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from plsched.scenario.source import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding that knows the path of the value, not yet its file and line."""

    severity: Literal["error", "warning"]
    code: str
    path: Path
    value: object
    message: str
    remedy: str


def error(code: str, path: Path, value: object, message: str, remedy: str) -> Problem:
    """Make a problem that stops the scenario."""
    return Problem("error", code, path, value, message, remedy)


def warning(code: str, path: Path, value: object, message: str, remedy: str) -> Problem:
    """Make a problem that is worth a look."""
    return Problem("warning", code, path, value, message, remedy)

"""Check a scenario: every finding of every stage, and the scenario when there is no error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath

from plsched.errors import ScenarioError
from plsched.scenario.collect import Findings
from plsched.scenario.files import Tables, folder_of, read_main
from plsched.scenario.findings import Finding
from plsched.scenario.fit import fitted
from plsched.scenario.models import Scenario
from plsched.scenario.source import Map, Place, from_values
from plsched.scenario.structure import validated

INLINE = "scenario"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check gives.

    Attributes
    ----------
    scenario
        The scenario; ``None`` when a finding is an error.
    findings
        Errors and warnings, in the order of the files.
    changes
        For a what-if: each change to its base, in words.
    """

    scenario: Scenario | None
    findings: tuple[Finding, ...]
    changes: tuple[str, ...] = ()


def check(path: FilePath | str) -> Checked:
    """Check the scenario in a folder, or in a YAML file."""
    found = Findings()
    folder = folder_of(FilePath(path))
    root = read_main(folder, found)
    if root is None:
        return Checked(None, found.all())
    Tables(folder, found).fill(root)
    return _judged(root, (), found)


def load(path: FilePath | str) -> Scenario:
    """Read a scenario that has no errors.

    Raises
    ------
    ScenarioError
        There are errors; it carries all findings.
    """
    checked = check(path)
    if checked.scenario is None:
        raise ScenarioError(checked.findings)
    return checked.scenario


def from_mapping(data: Mapping[str, object]) -> Checked:
    """Check a scenario that is given in one piece (parsed JSON); it names no files."""
    found = Findings()
    root = from_values(data, Place(INLINE))
    if not isinstance(root, Map):
        raise TypeError("a scenario is a map of its parts")
    Tables(None, found).fill(root)
    return _judged(root, (), found)


def _judged(root: Map, changes: tuple[str, ...], found: Findings) -> Checked:
    scenario = validated(fitted(root, found), root, found)
    return Checked(None if found.failed else scenario, found.all(), changes)

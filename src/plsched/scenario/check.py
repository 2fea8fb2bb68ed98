"""Check a scenario: every finding of every stage, and the scenario when there is no error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath

from plsched.errors import ScenarioError
from plsched.scenario.collect import MOST_FINDINGS, Findings, Flooded, shown
from plsched.scenario.files import folder_of
from plsched.scenario.findings import Finding
from plsched.scenario.fit import fitted
from plsched.scenario.models import Scenario
from plsched.scenario.reading import Whole, complete, read_whole
from plsched.scenario.remains import remains
from plsched.scenario.rules import naming_problems, problems
from plsched.scenario.rules.names import ABOUT_MISSING
from plsched.scenario.rules.problem import Problem
from plsched.scenario.source import Map, Place, beginning, from_values, locate
from plsched.scenario.structure import validated

INLINE = "scenario"
PROBED = 1000
"""Rows of each list that are looked at before the others."""


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
    try:
        whole = read_whole(folder_of(FilePath(path)), found)
        return Checked(None, found.all()) if whole is None else _judged(whole, found)
    except Flooded:
        return Checked(None, found.all())


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
    nonsense = _nonsense(data)
    if nonsense is not None:
        return Checked(None, nonsense.all())
    found = Findings()
    root = _wrapped(data)
    if "extends" in root:
        message = "a scenario that is sent in one piece has no base"
        at = locate(root, ("extends",))
        found.error("extends", at, root["extends"], message, "Send the base, with 'changes' in it.")
        del root["extends"]
    try:
        return _judged(complete(root, None, found), found)
    except Flooded:
        return Checked(None, found.all())


def _nonsense(data: Mapping[str, object]) -> Findings | None:
    """Look at the beginning of each list first: what is wrong there throughout is no scenario.

    To tell the faults of a million rows takes a minute, and helps nobody.
    """
    begun = beginning(data, PROBED)
    if begun == data:
        return None
    found = Findings()
    root = _wrapped(begun)
    try:
        validated(fitted(root, found), root, found)
        if found.count >= MOST_FINDINGS:
            found.flood(0)
    except Flooded:
        return found
    return None


def _wrapped(data: object) -> Map:
    root = from_values(data, Place(INLINE))
    if not isinstance(root, Map):
        raise TypeError("a scenario is a map of its parts")
    return root


def _judged(whole: Whole, found: Findings) -> Checked:
    was_read = not found.failed
    scenario = validated(fitted(whole.root, found), whole.root, found)
    if scenario is not None and not found.failed:
        for problem in problems(scenario):
            found.add(_placed(problem, whole.root))
    elif was_read:
        _look_at_remains(whole.root, found)
    return Checked(None if found.failed else scenario, found.all(), whole.changes)


def _look_at_remains(root: Map, found: Findings) -> None:
    """Run the rules about names on the rows without faults, so that all is told at once."""
    rest = remains(root)
    if rest is None:
        return
    for problem in naming_problems(rest.scenario):
        if problem.code not in ABOUT_MISSING or problem.value not in rest.lost:
            found.add(_placed(problem, rest.root))


def _placed(problem: Problem, root: Map) -> Finding:
    file, where = locate(root, problem.path)
    value = shown(problem.value)
    return Finding(
        problem.severity, problem.code, file, where, value, problem.message, problem.remedy
    )

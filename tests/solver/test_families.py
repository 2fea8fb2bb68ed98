"""Every rule family is there everywhere: model, judge, documentation, boundaries, a scenario."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from plsched.families import FAMILIES, TITLES
from plsched.plan.verify import CHECKS
from tests.solver.boundaries import CASES

ROOT = Path(__file__).parents[2]
IN_COLUMNS = {"days"}
"""Families that the index keeps to: what breaks them is no column of the model at all."""


def test_the_judge_checks_every_family() -> None:
    assert tuple(CHECKS) == FAMILIES
    assert tuple(TITLES) == FAMILIES


def test_the_solver_builds_every_family_in_a_module_of_its_own() -> None:
    modules = ROOT / "src/plsched/solver/families"
    for family in FAMILIES:
        module = modules / f"{family}.py"
        assert module.exists() != (family in IN_COLUMNS), family
        if module.exists():
            tree = ast.parse(module.read_text())
            names = {n.name for n in tree.body if isinstance(n, ast.FunctionDef)}
            assert f"add_{family}" in names, family


def test_the_model_page_has_a_heading_for_every_family() -> None:
    page = (ROOT / "docs/model.md").read_text()
    rules = page.split("## The rule families")[1].split("\n## ")[0]
    assert tuple(re.findall(r"^### (\w+)$", rules, re.MULTILINE)) == FAMILIES


def test_every_family_has_a_boundary() -> None:
    assert {case.family for case in CASES} == set(FAMILIES)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_has_a_tiny_scenario(family: str) -> None:
    assert list((ROOT / "scenarios/tiny").glob(f"{family}-*/scenario.yaml"))

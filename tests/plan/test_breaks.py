"""Every way to break the good plan is caught, and named."""

import importlib
import re
from pathlib import Path

import pytest

import plsched.plan.verify as judge
from plsched.families import FAMILIES, TITLES
from plsched.plan.verify import CHECKS, OWN_ACCOUNT
from tests.plan.breaks.breaking import Break

MODEL = Path(__file__).parents[2] / "docs/model.md"


def breaks_of(family: str) -> tuple[Break, ...]:
    found: tuple[Break, ...] = importlib.import_module(f"tests.plan.breaks.{family}").BREAKS
    return found


ALL = [
    pytest.param(family, found, id=f"{family}: {found.name}")
    for family in (*FAMILIES, *OWN_ACCOUNT)
    for found in breaks_of(family)
]


@pytest.mark.parametrize(("family", "broken"), ALL)
def test_a_broken_plan_is_caught_and_the_family_named(family: str, broken: Break) -> None:
    violations = broken.violations()
    shown = "\n".join(map(str, violations))
    assert {v.family for v in violations} == {family, *broken.also}, shown


@pytest.mark.parametrize("family", [*FAMILIES, *OWN_ACCOUNT])
def test_each_family_is_broken_in_five_ways_at_least(family: str) -> None:
    names = [found.name for found in breaks_of(family)]
    assert len(names) >= 5
    assert len(set(names)) == len(names)


def test_each_family_has_a_check_of_its_name_and_a_module_of_its_name() -> None:
    assert tuple(CHECKS) == FAMILIES
    for family, check in (*CHECKS.items(), *OWN_ACCOUNT.items()):
        assert check.__name__ == f"check_{family}"
        assert check.__module__ == f"{judge.__name__}.{family}"


def test_the_model_has_a_heading_for_each_family_in_the_same_order() -> None:
    text = MODEL.read_text(encoding="utf-8")
    rules = text.split("\n## The rule families\n")[1].split("\n## ")[0]
    assert tuple(re.findall(r"^### (\w+)$", rules, re.MULTILINE)) == FAMILIES
    assert tuple(TITLES) == FAMILIES

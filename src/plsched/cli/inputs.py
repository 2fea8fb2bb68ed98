"""What commands read: a scenario without errors, a plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from plsched.cli import exits
from plsched.cli.findings import show_findings
from plsched.errors import PlanFileError

if TYPE_CHECKING:
    from plsched.plan.models import Plan
    from plsched.scenario.models import Scenario


def read_scenario(path: Path, *, as_json: bool = False) -> tuple[Scenario, tuple[str, ...]]:
    """Read a scenario, with what it changes of its base in words.

    A scenario with errors ends the command: all findings are told, exit 2.
    """
    from plsched.scenario.check import check

    checked = check(path)
    if checked.scenario is None:
        show_findings(checked.findings, as_json=as_json)
        raise typer.Exit(exits.BAD_INPUT)
    if checked.findings and not as_json:
        show_findings(checked.findings)
    return checked.scenario, checked.changes


def read_baseline(path: Path | None) -> Plan | None:
    """Read the plan that another one replaces."""
    from plsched.plan.files import read_plan

    return None if path is None else read_plan(plan_file(path))


def plan_file(path: Path) -> Path:
    """Give the plan.json of a folder that `plsched solve` wrote; a file is taken as it is."""
    return path / "plan.json" if path.is_dir() else path


def read_plan_of(scenario: Scenario, path: Path) -> Plan:
    """Read a plan that is shown with a scenario: that one's, whatever was recorded since.

    Raises
    ------
    PlanFileError
        It is missing or damaged, or of another scenario.
    """
    from plsched.plan.files import read_plan
    from plsched.scenario.hashing import scenario_hash

    file = plan_file(path)
    plan = read_plan(file)
    if plan.scenario_hash != scenario_hash(scenario):
        raise PlanFileError(
            f"{file} is not a plan of this scenario as it is now; maybe more than its records "
            "was changed: solve again"
        )
    return plan


def read_solved(path: Path) -> tuple[Scenario, Plan]:
    """Read a plan, and the scenario that `plsched solve` wrote beside it.

    Raises
    ------
    PlanFileError
        One of them is missing or damaged, or they do not belong together.
    """
    from pydantic import ValidationError

    from plsched.plan.files import read_plan
    from plsched.scenario.hashing import scenario_hash
    from plsched.scenario.models import Scenario

    file = plan_file(path)
    plan = read_plan(file)
    beside = file.with_name("scenario.json")
    try:
        scenario = Scenario.model_validate_json(beside.read_bytes())
    except FileNotFoundError:
        raise PlanFileError(
            f"{beside}: there is no such file, so the plan cannot be read in full; maybe solve "
            "again, or name the folder of the scenario"
        ) from None
    except ValidationError as error:
        raise PlanFileError(f"{beside} holds no scenario; maybe solve again") from error
    if scenario_hash(scenario) != plan.scenario_hash:
        raise PlanFileError(f"{beside} is not the scenario of {file}; maybe solve again")
    return scenario, plan

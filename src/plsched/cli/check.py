"""``plsched check``: whether a scenario is in order."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plsched.cli import exits

ScenarioPath = Annotated[
    Path, typer.Argument(help="Folder of the scenario, or its scenario.yaml.", show_default=False)
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for machines.")]


def check(scenario: ScenarioPath, as_json: AsJson = False) -> None:
    """Check a scenario and tell every finding at once.

    Each finding names the file, the row or path, the value and what to do. Exit: 0 when the
    scenario can be solved (warnings may stand), 2 when something must be mended.
    """
    from plsched.cli.findings import show_findings
    from plsched.cli.wording import counted
    from plsched.scenario.check import check as check_scenario

    checked = check_scenario(scenario)
    if as_json or checked.findings:
        show_findings(checked.findings, as_json=as_json)
    if checked.scenario is None:
        raise typer.Exit(exits.BAD_INPUT)
    if not as_json:
        for change in checked.changes:
            print(f"changed from the base: {change}")
        found = checked.scenario
        parts = (
            counted(len(found.sites), "site"),
            counted(len(found.educators), "educator"),
            counted(len(found.courses), "course"),
            counted(len(found.engagements), "engagement"),
            counted(len(found.observations), "observation"),
            counted(len(found.coaching), "coaching programme"),
            counted(len(found.tasks), "task"),
            counted(len(found.funds), "fund"),
        )
        print(f"{found.name}: in order. {', '.join(parts)}.")

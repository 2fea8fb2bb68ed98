"""``plsched verify``: ask the judge."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plsched.cli import exits
from plsched.cli.check import AsJson, ScenarioPath

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plsched.plan.verify import Violation

PlanPath = Annotated[
    Path, typer.Argument(help="plan.json, or the folder that it is in.", show_default=False)
]
BaselinePath = Annotated[
    Path | None, typer.Option("--baseline", help="Plan that this one was made to replace.")
]


def verify(
    scenario: ScenarioPath,
    plan: PlanPath,
    baseline: BaselinePath = None,
    as_json: AsJson = False,
) -> None:
    """Judge a plan: each violation with its rule family and the ids.

    The judge shares no code with the solver. Exit: 0 no violation; 2 unreadable files;
    5 violations.
    """
    from plsched.cli.inputs import plan_file, read_baseline, read_scenario
    from plsched.plan.files import read_plan
    from plsched.plan.verify import verify as judge

    asked, _ = read_scenario(scenario, as_json=as_json)
    judged = read_plan(plan_file(plan))
    found = judge(asked, judged, read_baseline(baseline))
    if as_json:
        print(json.dumps({"violations": [asdict(violation) for violation in found]}, indent=2))
    elif found:
        _show(found)
    else:
        print(f"{judged.scenario}: no violation ({judged.status}, {len(judged.items)} items)")
    raise typer.Exit(exits.VIOLATIONS if found else exits.PLAN)


def _show(found: Sequence[Violation]) -> None:
    from rich.table import Table
    from rich.text import Text

    from plsched.cli.console import results

    console = results()
    if not console.is_terminal:
        for violation in found:
            print(f"{violation} (ids: {', '.join(violation.ids)})")
        return
    table = Table(title=f"{len(found)} violation(s)", show_lines=True)
    for column in ("rule family", "ids", "message"):
        table.add_column(column, overflow="fold")
    for violation in found:
        table.add_row(violation.family, Text(", ".join(violation.ids)), Text(violation.message))
    console.print(table)

"""``plsched solve``: make the plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from plsched.cli import exits
from plsched.cli.check import AsJson, ScenarioPath

TimeLimit = Annotated[
    float, typer.Option("--time-limit", min=1, max=86_400, help="Seconds to search.")
]
Workers = Annotated[int, typer.Option(min=1, max=64, help="Threads of the search.")]
Seed = Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Seed of the search.")]
Gap = Annotated[
    float,
    typer.Option(
        min=0,
        max=100,
        help="Percent: a tier that is proven to be within it goes no further, and leaves its time "
        "to the next.",
    ),
]
StepLimit = Annotated[
    float | None,
    typer.Option(
        "--step-limit",
        min=0.1,
        max=86_400,
        help="Instead of --time-limit, what solvers may do by their own count, about a second each on "
        "a quick machine: with --workers 1 the same scenario, seed and limit give the same bytes.",
    ),
]
BaselinePath = Annotated[
    Path | None,
    typer.Option("--baseline", help="Plan to stay close to: its plan.json, or its folder."),
]
OutFolder = Annotated[
    Path, typer.Option("--out", help="Folder for the results.", show_default=False)
]


def solve(
    scenario: ScenarioPath,
    out: OutFolder,
    time_limit: TimeLimit = 60,
    workers: Workers = 2,
    seed: Seed = 0,
    gap: Gap = 0,
    step_limit: StepLimit = None,
    baseline: BaselinePath = None,
    as_json: AsJson = False,
) -> None:
    """Make the best plan of a scenario, and write plan, costs, calendars and report.

    Ctrl-C stops the search and keeps the best plan so far; twice ends at once. Nothing is written
    unless there is a plan, and other files in the folder are left alone.

    Exit: 0 plan; 2 bad input; 3 proven infeasible (the conflict is printed); 4 no plan in time;
    130 stopped before there was a plan.
    """
    from plsched.cli import summary
    from plsched.cli.console import results
    from plsched.cli.crash import crash_told
    from plsched.cli.inputs import read_baseline, read_scenario
    from plsched.cli.outputs import output_folder
    from plsched.cli.solving import solve_shown

    if step_limit is not None and workers != 1:
        raise typer.BadParameter("--step-limit needs --workers 1: several never do the same twice.")
    asked, changes = read_scenario(scenario, as_json=as_json)
    before = read_baseline(baseline)
    with output_folder(out) as outputs, crash_told(as_json=as_json):
        plan = solve_shown(
            asked,
            seed=seed,
            time_limit_s=time_limit if step_limit is None else step_limit,
            workers=workers,
            baseline=before,
            gap=gap / 100,
            steps=step_limit is not None,
        )
        paths = outputs.write(asked, plan, changes) if exits.has_plan(plan) else {}
    if as_json:
        print(json.dumps(summary.as_data(plan, paths), indent=2))
    else:
        summary.show(results(), asked, plan, paths)
    raise typer.Exit(exits.exit_code(plan))

"""``plsched demo``: a district's year, solved and served."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plsched.cli import exits
from plsched.cli.serve import Host, Port
from plsched.cli.solve import Seed, TimeLimit, Workers

DEMO = "clayton"


def demo(
    out: Annotated[Path, typer.Option("--out", help="Folder for the results.")] = Path("demo-out"),
    scenario: Annotated[str, typer.Option(help="Which of the demo scenarios.")] = DEMO,
    time_limit: TimeLimit = 60,
    workers: Workers = 2,
    seed: Seed = 0,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    serving: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Serve the results at the end.")
    ] = True,
) -> None:
    """Solve the demo district, then serve its report, costs and calendars, and print the links.

    Exit: as `plsched solve`.
    """
    from plsched.cli import summary
    from plsched.cli.console import results
    from plsched.cli.crash import crash_told
    from plsched.cli.inputs import read_scenario
    from plsched.cli.outputs import output_folder
    from plsched.cli.scenarios import demo_scenario
    from plsched.cli.solving import solve_shown

    asked, changes = read_scenario(demo_scenario(scenario))
    with output_folder(out) as outputs, crash_told():
        plan = solve_shown(asked, seed=seed, time_limit_s=time_limit, workers=workers)
        paths = outputs.write(asked, plan, changes) if exits.has_plan(plan) else {}
    summary.show(results(), asked, plan, paths)
    if serving and exits.has_plan(plan):
        from plsched.cli.exhibit import exhibit

        exhibit(asked, plan, out, host=host, port=port)
    raise typer.Exit(exits.exit_code(plan))

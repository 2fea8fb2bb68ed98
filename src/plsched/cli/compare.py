"""``plsched compare``: plans or scenarios side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plsched.cli import exits
from plsched.cli.check import AsJson
from plsched.cli.solve import Seed, TimeLimit, Workers

if TYPE_CHECKING:
    from plsched.plan.compare import Candidate

Compared = Annotated[
    list[Path],
    typer.Argument(
        help="Folders that `plsched solve` wrote, their plan.json, or scenarios to solve now.",
        show_default=False,
    ),
]


def compare(
    plans: Compared,
    time_limit: TimeLimit = 60,
    workers: Workers = 2,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Put plans side by side: reach, cost by fund and element, coverage, what each leaves out.

    Each of them is a folder that `plsched solve` wrote, its plan.json, or the folder of a
    scenario, which is solved now. The others are compared with the first.

    Exit: 0 compared; 2 bad input; 3 or 4 a scenario has no plan.
    """
    from plsched.cli.comparison import show
    from plsched.cli.console import results
    from plsched.plan.compare import compare as compared

    candidates = [_candidate(path, time_limit, workers, seed, as_json) for path in plans]
    comparison = compared(candidates)
    if as_json:
        print(comparison.model_dump_json(indent=2))
    else:
        show(results(), comparison)


def _candidate(path: Path, time_limit: float, workers: int, seed: int, as_json: bool) -> Candidate:
    from plsched.cli.inputs import plan_file, read_scenario, read_solved
    from plsched.cli.solving import solve_shown
    from plsched.plan.compare import Candidate

    if plan_file(path).is_file() and not (path / "scenario.yaml").exists():
        solved, plan = read_solved(path)
        return Candidate(_name(path), solved, plan)
    asked, changes = read_scenario(path, as_json=as_json)
    plan = solve_shown(asked, seed=seed, time_limit_s=time_limit, workers=workers)
    if not exits.has_plan(plan):
        typer.secho(f"error: {path}: {plan.status}; there is nothing to compare", err=True)
        raise typer.Exit(exits.exit_code(plan))
    return Candidate(_name(path), asked, plan, changes)


def _name(path: Path) -> str:
    named = path.absolute()
    return named.parent.name if named.name == "plan.json" else named.name

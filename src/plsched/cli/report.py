"""``plsched report``: report and cost tables again, with the records as they are now."""

from __future__ import annotations

import json

from plsched.cli.check import AsJson, ScenarioPath
from plsched.cli.solve import OutFolder
from plsched.cli.verify import PlanPath


def report(scenario: ScenarioPath, plan: PlanPath, out: OutFolder, as_json: AsJson = False) -> None:
    """Write report and cost tables of a plan again, with the scenario's records of today.

    Nothing is solved, and plan and calendars are left alone. Exit: 0 written; 2 bad input.
    """
    from plsched.cli.inputs import read_plan_of, read_scenario
    from plsched.cli.outputs import output_folder

    asked, changes = read_scenario(scenario, as_json=as_json)
    shown = read_plan_of(asked, plan)
    with output_folder(out) as outputs:
        paths = outputs.write_reports(asked, shown, changes)
    if as_json:
        print(json.dumps({name: str(path) for name, path in paths.items()}, indent=2))
    else:
        for name, path in paths.items():
            print(f"{name:14}{path}")

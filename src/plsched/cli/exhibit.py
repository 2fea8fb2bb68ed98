"""A plan shown by the service: stored, served, its links printed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from plsched.access import LOCAL_TENANT, local
from plsched.cli.console import results
from plsched.cli.serving import address, listen_somewhere, run, settings
from plsched.plan.models import Plan
from plsched.scenario.models import Scenario
from plsched.store import PlanStore, ScenarioStore, open_database

STORE = "plsched.db"
LINKS = (
    ("all plans", "/"),
    ("report", "/v1/plans/{plan}/report.html"),
    ("costs (Excel)", "/v1/plans/{plan}/costs.xlsx"),
    ("costs (CSV)", "/v1/plans/{plan}/costs.csv"),
    ("calendars", "/plans/{plan}/calendars.html"),
    ("calendar of all", "/v1/plans/{plan}/calendars/all.ics"),
    ("API docs", "/docs"),
)


def exhibit(scenario: Scenario, plan: Plan, folder: Path, *, host: str, port: int) -> None:
    """Keep a plan in a store beside its files, and serve it until somebody stops it."""
    url = f"sqlite:///{folder.absolute() / STORE}"
    with open_database(url) as database:
        now = datetime.now(UTC)
        stored, _ = ScenarioStore(database, LOCAL_TENANT).add(scenario, by=local(), now=now)
        key = PlanStore(database, LOCAL_TENANT).add(
            plan, scenario_id=stored.id, run_id=None, now=now
        )
    with listen_somewhere(host, port) as taken:
        # Somebody looks at the links on a terminal: a line for each request would hide them.
        chosen = settings(url, host).model_copy(update={"log_level": "warning"})
        run(chosen, taken, lambda: _print_links(address(taken), key))


def _print_links(at: str, plan: str) -> None:
    console = results()
    console.print("\nServed until Ctrl-C:")
    for title, path in LINKS:
        console.print(f"  {title:16} {at}{path.format(plan=plan)}", soft_wrap=True, markup=False)

"""A plan shown by the service: stored, published, served, its links printed."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from plsched.access import LOCAL_TENANT, local
from plsched.cli.console import results
from plsched.cli.serving import address, listen_somewhere, run, settings
from plsched.exports.calendars.names import EVERYTHING
from plsched.plan.models import Plan
from plsched.publishing import FeedService, PublicationService
from plsched.scenario.models import Scenario
from plsched.store import Database, PlanStore, ScenarioStore, open_database

STORE = "plsched.db"
LINKS = (
    ("all plans", "/"),
    ("report", "/v1/plans/{plan}/report.html"),
    ("costs (Excel)", "/v1/plans/{plan}/costs.xlsx"),
    ("costs (CSV)", "/v1/plans/{plan}/costs.csv"),
    ("calendars", "/plans/{plan}/calendars.html"),
    ("subscribe", "/subscribe/{token}"),
    ("calendar of all", "/feeds/{token}.ics"),
    ("API docs", "/docs"),
)


def exhibit(scenario: Scenario, plan: Plan, folder: Path, *, host: str, port: int) -> None:
    """Publish a plan in a store beside its files, and serve it until somebody stops it."""
    url = f"sqlite:///{folder.absolute() / STORE}"
    with open_database(url) as database:
        key, token = _publish(database, scenario, plan, datetime.now(UTC))
    with listen_somewhere(host, port) as taken:
        # Somebody looks at the links on a terminal: a line for each request would hide them.
        chosen = settings(url, host).model_copy(update={"log_level": "warning"})
        run(chosen, taken, lambda: _print_links(address(taken), plan=key, token=token))


def _publish(database: Database, scenario: Scenario, plan: Plan, now: datetime) -> tuple[str, str]:
    """Keep and publish a plan; give its id, and the token of an address of its calendar for all."""
    stored, _ = ScenarioStore(database, LOCAL_TENANT).add(scenario, by=local(), now=now)
    key = PlanStore(database, LOCAL_TENANT).add(plan, scenario_id=stored.id, run_id=None, now=now)
    PublicationService(database, LOCAL_TENANT).publish(key, by=local(), now=now)
    feeds = FeedService(database, LOCAL_TENANT)
    return key, feeds.issue(EVERYTHING, by=local(), now=now).token


def _print_links(at: str, **named: str) -> None:
    console = results()
    console.print("\nServed until Ctrl-C:")
    for title, path in LINKS:
        console.print(f"  {title:16} {at}{path.format(**named)}", soft_wrap=True, markup=False)

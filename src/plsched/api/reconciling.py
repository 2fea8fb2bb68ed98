"""A plan of the store against records: its own scenario's, or later ones."""

from __future__ import annotations

from plsched.api.services import Services
from plsched.errors import OtherScenario
from plsched.plan.facts import Facts
from plsched.plan.reconciliation import Reconciliation, reconcile
from plsched.scenario.directory import Directory
from plsched.scenario.hashing import scenario_hash


def reconciled(services: Services, plan_id: str, records_id: str | None) -> Reconciliation:
    """Reconcile a plan with the records of a scenario, its own if none is named.

    Raises
    ------
    NotStored
        There is no such plan, or no such scenario.
    OtherScenario
        The plan is not the scenario's: more than its records is different.
    """
    opened = services.book.open(plan_id)
    scenario = opened.scenario
    if records_id is not None:
        scenario = services.scenarios.content(records_id)
        if scenario_hash(scenario) != opened.plan.scenario_hash:
            raise OtherScenario(
                f"the plan {plan_id} is not of the scenario {records_id}: more than its records is "
                "different; send the plan's own scenario with other records",
            )
    return reconcile(Facts(Directory(scenario), opened.plan))

"""The judge: whether a plan keeps to every rule, and to what it says of itself.

It shares no code with the solver, and trusts nothing that follows from a plan's decisions: times
in hours, releases, people, costs and tiers are worked out anew from the scenario. One module for
each family of `docs/model.md`; `CHECKS` is the table of contents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from plsched.families import Family
from plsched.garbage import unwatched
from plsched.plan.facts import Facts
from plsched.plan.models import Plan
from plsched.plan.verify.coaching import check_coaching
from plsched.plan.verify.costs import check_costs
from plsched.plan.verify.cover import check_cover
from plsched.plan.verify.days import check_days
from plsched.plan.verify.experts import check_experts
from plsched.plan.verify.facilities import check_facilities
from plsched.plan.verify.funds import check_funds
from plsched.plan.verify.left_out import check_left_out
from plsched.plan.verify.licences import check_licences
from plsched.plan.verify.limits import check_limits
from plsched.plan.verify.order import check_order
from plsched.plan.verify.people import check_people
from plsched.plan.verify.pins import check_pins
from plsched.plan.verify.presence import check_presence
from plsched.plan.verify.record import check_record
from plsched.plan.verify.sections import check_sections
from plsched.plan.verify.tiers import check_tiers
from plsched.plan.verify.violation import Judged, Violation
from plsched.plan.verify.visits import check_visits
from plsched.scenario.directory import Directory
from plsched.scenario.models import Scenario

__all__ = ["CHECKS", "OWN_ACCOUNT", "Judged", "Violation", "verify"]

Check = Callable[[Facts], Iterator[Violation]]

CHECKS: Mapping[Family, Check] = {
    "presence": check_presence,
    "days": check_days,
    "people": check_people,
    "facilities": check_facilities,
    "licences": check_licences,
    "experts": check_experts,
    "order": check_order,
    "sections": check_sections,
    "cover": check_cover,
    "visits": check_visits,
    "coaching": check_coaching,
    "limits": check_limits,
    "funds": check_funds,
    "pins": check_pins,
}
"""The rule families, in the order of the model."""

OWN_ACCOUNT: Mapping[Judged, Check] = {
    "record": check_record,
    "costs": check_costs,
    "tiers": check_tiers,
    "left_out": check_left_out,
}
"""What a plan says of itself, compared with what follows from its decisions."""


def verify(scenario: Scenario, plan: Plan, baseline: Plan | None = None) -> tuple[Violation, ...]:
    """Judge a plan.

    Parameters
    ----------
    scenario
        A checked scenario.
    plan
        A plan for it; it may be broken in any way.
    baseline
        The plan that this one replaces, for freezes and the distance.

    Returns
    -------
    tuple of Violation
        Everything that is wrong; empty if the plan is right. A status without a plan
        (``INFEASIBLE`` and the like, with nothing placed) leaves nothing to judge.
    """
    if plan.status not in {"OPTIMAL", "FEASIBLE"} and not plan.items:
        return ()
    checks = (*CHECKS.values(), *OWN_ACCOUNT.values())
    with unwatched():
        facts = Facts(Directory(scenario), plan, baseline)
        return tuple(violation for check in checks for violation in check(facts))

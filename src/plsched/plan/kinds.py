"""What kind of plan item a scenario's item gives rise to, its phase, and the account it is on."""

from __future__ import annotations

from plsched.plan.models import ItemKind
from plsched.scenario.directory import AnyItem
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Engagement, Task
from plsched.scenario.models.money import Phase
from plsched.scenario.models.observation import Observation

POSITION = "position:"
"""Start of an account that is the fund of an absent educator's position."""


def kind_of(source: AnyItem) -> ItemKind:
    """Kind of the plan items of a scenario's item."""
    match source:
        case Course() | Engagement():
            return "session"
        case Task():
            return "task"
        case Observation():
            return "observation"
        case Coaching():
            return "cycle"


def phase_of(source: AnyItem) -> Phase:
    """Phase of the delivery cycle that an item belongs to."""
    match source:
        case Coaching():
            return "coaching"
        case Task():
            phases: dict[str, Phase] = {
                "planning": "planning",
                "evaluation": "evaluation",
                "mastery": "coaching",
            }
            return phases[source.kind]
        case Engagement(action="coaching"):
            return "coaching"
        case Engagement(action="survey" | "self_assessment" | "walkthrough"):
            return "evaluation"
        case _:
            return "delivery"


def is_workshop(source: AnyItem) -> bool:
    """Tell whether an item is a stand-alone workshop: a course of one session."""
    return isinstance(source, Course) and source.sessions == 1


def account_of(source: AnyItem) -> str:
    """Account on which subs and expert days of an item are charged."""
    account = f"{source.pathway}|{source.department or ''}"
    return f"{account}|{source.id}" if is_workshop(source) else account


def read_account(account: str) -> tuple[str | None, str | None, str | None]:
    """Pathway, department and workshop of an account; none of them for a position's."""
    if account.startswith(POSITION):
        return None, None, None
    pathway, department, workshop = (*account.split("|"), "", "")[:3]
    return pathway or None, department or None, workshop or None

"""What was left out and why, and what cannot hold together."""

from __future__ import annotations

from dataclasses import dataclass

from plsched.exports.report.reading import group_name
from plsched.exports.report.wording import hours, plural
from plsched.families import TITLES, Family
from plsched.plan.facts import Facts
from plsched.plan.models import LeftOut, Plan
from plsched.scenario.directory import Directory

ADVICE: dict[Family, str] = {
    "presence": "ask for fewer occurrences or sections, or make the item requested, not required",
    "days": "widen the window, add clock times or day kinds, allow release or stipend, "
    "or move a blackout",
    "people": "split the audience, allow other times, or take people out of one of the items",
    "facilities": "add a room, allow other rooms or sites, or shorten set-up and clear-up",
    "licences": "buy seats, or let sections meet at different times",
    "experts": "train or hire somebody with the skill, or raise the hours or the contract maximum",
    "order": "shorten or lengthen the gaps between sessions, or drop a prerequisite",
    "sections": "lower the quorum, raise the section size, or allow more sections",
    "cover": "enlarge the pool of subs, spread the releases over more days, or use planning time",
    "visits": "add hosts, raise the visitors a room may take, or ask for fewer visits",
    "coaching": "add a coach or a first week, raise caseload or share, or lower the dosage floor",
    "limits": "raise the limit with those who agreed to it, or count fewer kinds of things",
    "funds": "raise the fund or its cap, move the date into its window, or let another fund pay",
    "pins": "release the pin",
}


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """Something that does not stand."""

    id: str
    title: str
    required: bool
    groups: tuple[str, ...]
    reach_lost: int
    families: tuple[str, ...]
    reason: str
    advice: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """Rules that clash, and what would loosen them."""

    family: str
    ids: tuple[str, ...]
    text: str
    advice: str


@dataclass(frozen=True, slots=True)
class Omissions:
    """Everything left out, required first, and the conflicts."""

    finding: str
    rows: tuple[LeftOutRow, ...]
    conflicts: tuple[ConflictRow, ...]
    next_steps: tuple[str, ...]


def omissions(facts: Facts) -> Omissions:
    """List what does not stand."""
    plan = facts.plan
    entries = sorted(plan.left_out, key=lambda e: (not e.required, -e.reach_lost, e.id))
    return Omissions(
        finding=_finding(plan),
        rows=tuple(_row(facts.directory, entry) for entry in entries),
        conflicts=tuple(
            ConflictRow(TITLES[c.family], c.ids, c.text, ADVICE[c.family]) for c in plan.conflicts
        ),
        next_steps=_next_steps(plan),
    )


def _row(directory: Directory, entry: LeftOut) -> LeftOutRow:
    return LeftOutRow(
        id=entry.id,
        title=entry.title,
        required=entry.required,
        groups=tuple(group_name(directory, g) for g in entry.groups),
        reach_lost=entry.reach_lost,
        families=tuple(TITLES[f] for f in entry.families),
        reason=entry.reason,
        advice=tuple(ADVICE[f] for f in entry.families),
    )


def _finding(plan: Plan) -> str:
    if plan.status == "INFEASIBLE":
        rules = plural(len(plan.conflicts), "rule")
        return f"There is no plan: the {rules} below cannot hold together."
    if not plan.left_out:
        if plan.items:
            return "Nothing that was asked for is left out."
        return "There is no plan, so nothing can be said about what would be left out."
    required = sum(1 for entry in plan.left_out if entry.required)
    lost = hours(sum(entry.reach_lost for entry in plan.left_out))
    return (
        f"{plural(len(plan.left_out), 'thing')} left out, {required:,} of them required; "
        f"{lost} weighted educator-hours of requested learning are lost."
    )


def _next_steps(plan: Plan) -> tuple[str, ...]:
    match plan.status:
        case "OPTIMAL" | "FEASIBLE":
            return ()
        case "INFEASIBLE":
            return (
                "Loosen one of the rules below: any one of them is enough to undo this conflict.",
                "Or set policy.required to leave_out, to plan without what is impossible.",
                "Run `plsched check` on the changed scenario before solving it again.",
            )
        case "NO_PLAN_IN_TIME":
            return (
                "Give more time: `plsched solve --time-limit` with a few times the seconds.",
                "Make large required items requested: a first plan is then easier to find.",
                "Widen narrow windows, or add clock times and rooms, for the largest audiences.",
            )
        case "CANCELLED":
            return ("Start the run again; the same seed repeats the same search.",)

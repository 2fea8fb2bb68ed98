"""What was left out and why, and what cannot hold together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from plsched.exports.report.reading import group_name
from plsched.exports.report.wording import hours, plural
from plsched.families import TITLES, Family
from plsched.plan.facts import Facts
from plsched.plan.models import LeftOut, Plan
from plsched.scenario.directory import Directory
from plsched.scenario.models.learning import Engagement, Task

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
    """Things of one item that do not stand for the same reason."""

    ids: tuple[str, ...]
    title: str
    required: bool
    groups: tuple[str, ...]
    reach_lost: int
    reason: str


@dataclass(frozen=True, slots=True)
class HelpRow:
    """A rule family that stands in the way, of how many things, and what would loosen it."""

    family: str
    things: int
    advice: str


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
    help: tuple[HelpRow, ...]
    conflicts: tuple[ConflictRow, ...]
    next_steps: tuple[str, ...]


def omissions(facts: Facts) -> Omissions:
    """List what does not stand."""
    plan = facts.plan
    return Omissions(
        finding=_finding(plan),
        rows=tuple(sorted(_rows(facts), key=lambda r: (not r.required, -r.reach_lost, r.ids))),
        help=tuple(_help(plan)),
        conflicts=tuple(
            ConflictRow(TITLES[c.family], c.ids, c.text, ADVICE[c.family]) for c in plan.conflicts
        ),
        next_steps=_next_steps(plan),
    )


def _rows(facts: Facts) -> Iterator[LeftOutRow]:
    alike: dict[tuple[str, bool, str], list[LeftOut]] = defaultdict(list)
    for entry in facts.plan.left_out:
        alike[entry.source, entry.required, entry.reason].append(entry)
    for (source, required, reason), entries in alike.items():
        titles = {entry.title for entry in entries}
        groups = dict.fromkeys(group for entry in entries for group in entry.groups)
        yield LeftOutRow(
            ids=tuple(entry.id for entry in entries),
            title=titles.pop() if len(titles) == 1 else facts.directory.items[source].title,
            required=required,
            groups=_whom(facts.directory, source, tuple(groups)),
            reach_lost=sum(entry.reach_lost for entry in entries),
            reason=reason,
        )


def _whom(directory: Directory, source: str, groups: tuple[str, ...]) -> tuple[str, ...]:
    """Name the groups that something is for, else its educators."""
    if groups:
        return tuple(group_name(directory, group) for group in groups)
    item = directory.items.get(source)
    people = item.educators if isinstance(item, Engagement | Task) else ()
    return tuple(directory.educators[person].name for person in people)


def _help(plan: Plan) -> Iterator[HelpRow]:
    things = Counter(family for entry in plan.left_out for family in entry.families)
    for family, count in things.most_common():
        yield HelpRow(TITLES[family], count, ADVICE[family])


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

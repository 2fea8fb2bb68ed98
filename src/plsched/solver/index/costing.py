"""Cents: what each choice costs in cash, and which funds may pay it."""

from __future__ import annotations

from datetime import date

from plsched.money import pay, round_half_up
from plsched.scenario.directory import AnyItem, Directory
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Engagement, Task
from plsched.scenario.models.money import CostElement, CostKind, Fund, Phase, Selector
from plsched.scenario.models.observation import Observation
from plsched.scenario.models.people import Rate
from plsched.solver.index.accounts import is_workshop, parts
from plsched.solver.index.people import People
from plsched.solver.problem import CostClass


def phase_of(item: AnyItem) -> Phase:
    """Phase of the delivery cycle that an item belongs to."""
    match item:
        case Coaching() | Task(kind="mastery") | Engagement(action="coaching"):
            return "coaching"
        case Task(kind="planning"):
            return "planning"
        case (
            Task(kind="evaluation")
            | Engagement(action="survey" | "self_assessment" | "walkthrough")
        ):
            return "evaluation"
        case _:
            return "delivery"


def time_element(item: AnyItem, *, leads: bool) -> CostElement:
    """Cost element of paid time."""
    if phase_of(item) == "planning":
        return "administration"
    return "training_and_coaching" if leads else "teacher_time"


def fee_by_hour(rate: Rate, minutes: int) -> int:
    """Fee of an expert paid by the hour, for one occurrence."""
    return pay(rate.cents, max(minutes, rate.minimum_min)) + round_half_up(
        rate.cents * minutes * rate.prep_permille, 60_000
    )


def stipend(directory: Directory, educator: str, minutes: int) -> int:
    """Stipend of an educator for minutes outside contract time."""
    salary = directory.educators[educator].salary
    if not minutes or salary is None:
        return 0
    return pay(directory.salaries[salary].stipend_cents_per_hour, minutes)


class Purses:
    """Sorts cost lines into classes that the same funds may pay."""

    def __init__(self, directory: Directory, people: People) -> None:
        self._directory = directory
        self._people = people
        self.classes: list[CostClass] = []
        self._index: dict[CostClass, int] = {}
        self._of_line: dict[tuple[object, ...], int] = {}
        self._sites: dict[str, str | None] = {}

    def of_item(self, kind: CostKind, item: AnyItem, when: date) -> int:
        """Class of a line of an item."""
        key = (kind, item.id, when)
        if key not in self._of_line:
            self._of_line[key] = self._class(
                kind,
                phase_of(item),
                item.pathway,
                item.department,
                self.site(item),
                item.id,
                when,
                item if isinstance(item, Course) and is_workshop(item) else None,
                None,
            )
        return self._of_line[key]

    def of_account(self, kind: CostKind, account: str, site: str | None, when: date) -> int:
        """Class of a sub's or an expert day's line."""
        key = (kind, account, site, when)
        if key not in self._of_line:
            pathway, department, workshop, position = parts(account)
            course = self._directory.items[workshop] if workshop else None
            self._of_line[key] = self._class(
                kind,
                "delivery",
                pathway,
                department,
                site,
                workshop,
                when,
                course if isinstance(course, Course) else None,
                position,
            )
        return self._of_line[key]

    def site(self, item: AnyItem) -> str | None:
        """Home site of an item's whole audience, if it is one."""
        if item.id not in self._sites:
            homes = {self._directory.educators[e].site for e in self.audience(item)}
            self._sites[item.id] = homes.pop() if len(homes) == 1 else None
        return self._sites[item.id]

    def audience(self, item: AnyItem) -> tuple[str, ...]:
        """Everybody an item is meant for."""
        members = self._directory.members
        match item:
            case Course():
                groups: tuple[str, ...] = item.audience
            case Engagement() | Task():
                return self._people.participants(item).members
            case Observation():
                groups = item.observers
            case Coaching():
                groups = item.coachees
        return tuple(dict.fromkeys(e for g in groups for e in members[g]))

    def _class(
        self,
        kind: CostKind,
        phase: Phase,
        pathway: str | None,
        department: str | None,
        site: str | None,
        item: str | None,
        when: date,
        workshop: Course | None,
        position: str | None,
    ) -> int:
        def fits(rule: Selector) -> bool:
            return (
                (rule.kinds is None or kind in rule.kinds)
                and (rule.phases is None or phase in rule.phases)
                and (rule.pathways is None or pathway in rule.pathways)
                and (rule.departments is None or department in rule.departments)
                and (rule.sites is None or site in rule.sites)
                and (rule.items is None or item in rule.items)
            )

        def may_pay(fund: Fund) -> bool:
            return (
                fund.obligations.holds(when)
                and fits(fund)
                and (position is None or position == fund.id)
            )

        funds = [f for f in self._directory.scenario.funds if may_pay(f)]
        gated = [f.id for f in funds if f.requires_follow_up and workshop is not None]
        found = CostClass(
            tuple(f.id for f in funds if f.id not in gated),
            tuple(gated),
            workshop.id if workshop is not None and gated else None,
            frozenset((f.id, cap.id) for f in funds for cap in f.caps if fits(cap)),
            frozenset((f.id, s.id) for f in funds for s in f.set_asides if not fits(s)),
        )
        if found not in self._index:
            self._index[found] = len(self.classes)
            self.classes.append(found)
        return self._index[found]

"""Cents: what each choice costs in cash, and which funds may pay it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
    return pay(directory.stipend_rates[educator], minutes) if minutes else 0


@dataclass(frozen=True, slots=True)
class _Line:
    """What the rules of funds look at in a cost line, its obligation date aside.

    ``workshop`` is the stand-alone workshop that it is for, ``position`` the fund of the position
    that pays it, where one does.
    """

    kind: CostKind
    phase: Phase
    pathway: str | None
    department: str | None
    site: str | None
    item: str | None
    workshop: str | None
    position: str | None

    def fits(self, rule: Selector) -> bool:
        """Tell whether a rule is about such lines."""
        return (
            (rule.kinds is None or self.kind in rule.kinds)
            and (rule.phases is None or self.phase in rule.phases)
            and (rule.pathways is None or self.pathway in rule.pathways)
            and (rule.departments is None or self.department in rule.departments)
            and (rule.sites is None or self.site in rule.sites)
            and (rule.items is None or self.item in rule.items)
        )


class Purses:
    """Sorts cost lines into classes that the same funds may pay.

    A date matters only by the funds whose obligations hold it, so a class is worked out once for
    each sort of line and set of funds.
    """

    def __init__(self, directory: Directory, people: People) -> None:
        self._directory = directory
        self._people = people
        self.classes: list[CostClass] = []
        self._index: dict[CostClass, int] = {}
        self._of_line: dict[tuple[object, ...], int] = {}
        self._of_sort: dict[tuple[_Line, tuple[int, ...]], int] = {}
        self._lines: dict[tuple[object, ...], _Line] = {}
        self._open: dict[date, tuple[int, ...]] = {}
        self._sites: dict[str, str | None] = {}
        self._audiences: dict[str, tuple[str, ...]] = {}

    def of_item(self, kind: CostKind, item: AnyItem, when: date) -> int:
        """Class of a line of an item."""
        key = (kind, item.id, when)
        found = self._of_line.get(key)
        if found is None:
            line = self._lines.get(key[:2])
            if line is None:
                line = self._lines[key[:2]] = self._line_of_item(kind, item)
            found = self._of_line[key] = self._class(line, when)
        return found

    def of_account(self, kind: CostKind, account: str, site: str | None, when: date) -> int:
        """Class of a sub's or an expert day's line."""
        key = (kind, account, site, when)
        found = self._of_line.get(key)
        if found is None:
            line = self._lines.get(key[:3])
            if line is None:
                line = self._lines[key[:3]] = self._line_of_account(kind, account, site)
            found = self._of_line[key] = self._class(line, when)
        return found

    def site(self, item: AnyItem) -> str | None:
        """Home site of an item's whole audience, if it is one."""
        if item.id not in self._sites:
            homes = {self._directory.educators[e].site for e in self.audience(item)}
            self._sites[item.id] = homes.pop() if len(homes) == 1 else None
        return self._sites[item.id]

    def audience(self, item: AnyItem) -> tuple[str, ...]:
        """Everybody an item is meant for."""
        if item.id not in self._audiences:
            self._audiences[item.id] = self._audience(item)
        return self._audiences[item.id]

    def _audience(self, item: AnyItem) -> tuple[str, ...]:
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

    def _line_of_item(self, kind: CostKind, item: AnyItem) -> _Line:
        return _Line(
            kind=kind,
            phase=phase_of(item),
            pathway=item.pathway,
            department=item.department,
            site=self.site(item),
            item=item.id,
            workshop=item.id if is_workshop(item) else None,
            position=None,
        )

    def _line_of_account(self, kind: CostKind, account: str, site: str | None) -> _Line:
        pathway, department, workshop, position = parts(account)
        course = self._directory.items[workshop] if workshop else None
        return _Line(
            kind=kind,
            phase="delivery",
            pathway=pathway,
            department=department,
            site=site,
            item=workshop,
            workshop=workshop if isinstance(course, Course) else None,
            position=position,
        )

    def _class(self, line: _Line, when: date) -> int:
        funds = self._open_on(when)
        found = self._of_sort.get((line, funds))
        if found is None:
            cost_class = self._cost_class(line, [self._directory.scenario.funds[i] for i in funds])
            found = self._index.setdefault(cost_class, len(self.classes))
            if found == len(self.classes):
                self.classes.append(cost_class)
            self._of_sort[line, funds] = found
        return found

    def _open_on(self, when: date) -> tuple[int, ...]:
        """Positions of the funds whose obligations hold a date."""
        found = self._open.get(when)
        if found is None:
            funds = self._directory.scenario.funds
            found = tuple(i for i, f in enumerate(funds) if f.obligations.holds(when))
            self._open[when] = found
        return found

    def _cost_class(self, line: _Line, open_then: Sequence[Fund]) -> CostClass:
        funds = [
            f
            for f in open_then
            if line.fits(f) and (line.position is None or line.position == f.id)
        ]
        gated = [f.id for f in funds if f.requires_follow_up and line.workshop is not None]
        return CostClass(
            tuple(f.id for f in funds if f.id not in gated),
            tuple(gated),
            line.workshop if gated else None,
            frozenset((f.id, cap.id) for f in funds for cap in f.caps if line.fits(cap)),
            frozenset((f.id, s.id) for f in funds for s in f.set_asides if not line.fits(s)),
        )

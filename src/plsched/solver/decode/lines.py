"""Cash lines of what is chosen, each with the class of funds that may pay it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from plsched.money import pay, round_half_up
from plsched.plan.models import CostLine
from plsched.scenario.directory import AnyItem
from plsched.scenario.models.learning import Participants
from plsched.scenario.models.money import CostElement, CostKind
from plsched.solver.cash import trip_cents
from plsched.solver.decode.chosen import ChosenActivity, ChosenCycle, ChosenRound
from plsched.solver.index.accounts import parts
from plsched.solver.index.costing import fee_by_hour, phase_of, stipend, time_element
from plsched.solver.problem import Piece, Problem, Stay

ELEMENT: dict[CostKind, CostElement] = {
    "substitute": "teacher_time",
    "expert_fee": "training_and_coaching",
    "expert_travel": "travel_transportation",
    "materials": "materials_equipment_facilities",
    "facility": "materials_equipment_facilities",
    "licence": "materials_equipment_facilities",
    "conference_fee": "tuition_conference_fees",
    "travel": "travel_transportation",
}


@dataclass(frozen=True, slots=True)
class Classed:
    """A cash line and its cost class."""

    line: CostLine
    cost_class: int


Key = tuple[CostKind, CostElement, date, str | None]
"""Kind, element, obligation date, term of service."""


class ItemLines:
    """Adds up the cash of one item."""

    def __init__(self, problem: Problem, item: AnyItem) -> None:
        self._problem = problem
        self._item = item
        self._cents: dict[Key, int] = defaultdict(int)
        self._quantity: dict[Key, int] = defaultdict(int)
        self._unit: dict[Key, str] = {}

    def add(
        self,
        kind: CostKind,
        cents: int,
        service: date,
        quantity: int,
        unit: str,
        *,
        element: CostElement | None = None,
        obligated: date | None = None,
    ) -> None:
        """Add cents for service on a date, obligated then or on another date."""
        term = self._problem.directory.term(service)
        key = (kind, element or ELEMENT[kind], obligated or service, term.id if term else None)
        self._cents[key] += cents
        self._quantity[key] += quantity
        self._unit[key] = unit

    def classed(self) -> list[Classed]:
        """Give the lines with their classes; lines of nothing are left out."""
        problem, item = self._problem, self._item
        found = []
        for key, cents in self._cents.items():
            if not cents:
                continue
            kind, element, obligated, term = key
            line = CostLine(
                kind=kind,
                element=element,
                phase=phase_of(item),
                quantity=self._quantity[key],
                unit=self._unit[key],
                cash_cents=cents,
                economic_cents=cents,
                obligation_date=obligated,
                term=term,
                pathway=item.pathway,
                department=item.department,
                site=problem.purses.site(item),
            )
            found.append(Classed(line, problem.purses.of_item(kind, item, obligated)))
        return found

    def stipend(self, educator: str, minutes: int, when: date, *, leads: bool) -> None:
        """Add the stipend of somebody for minutes outside contract time."""
        if minutes and self._problem.directory.educators[educator].salary is not None:
            cents = stipend(self._problem.directory, educator, minutes)
            element = time_element(self._item, leads=leads)
            self.add("stipend", cents, when, minutes, "minutes", element=element)


def activity_lines(problem: Problem, a: ChosenActivity) -> list[Classed]:
    """Cash lines of a session."""
    item = a.vars.bundle.bundle.item
    lines = ItemLines(problem, item)
    units = [a.vars.bundle.bundle.units[u] for u in a.units]
    for u, unit in zip(a.units, units, strict=True):
        attendance = a.vars.activity.attendance[u][a.index] or ()
        for members, stays in zip(unit.of_profile, attendance, strict=True):
            for piece, stay in zip(a.column.pieces, stays, strict=True):
                _attend(problem, lines, members, piece, stay)
    if a.vars.bundle.activities[0] is a.vars:
        _once(problem, lines, a, sum(len(u.members) for u in units))
    for piece in a.column.pieces:
        _place(problem, lines, a, piece)
        _leaders(problem, lines, a, piece)
    return lines.classed()


def _attend(
    problem: Problem, lines: ItemLines, members: tuple[str, ...], piece: Piece, stay: Stay
) -> None:
    when = problem.date(piece.day)
    rate = problem.directory.scenario.policy.mileage_cents_per_100_miles(when)
    for person in members:
        lines.stipend(person, stay.stipend_min, when, leads=False)
        if stay.miles and rate:
            lines.add("travel", round_half_up(2 * stay.miles * rate, 100), when, 1, "people")


def _once(problem: Problem, lines: ItemLines, a: ChosenActivity, people: int) -> None:
    """Prices for each person, and flat prices."""
    item = a.vars.bundle.bundle.item
    first = problem.date(a.column.pieces[0].day)
    lines.add("materials", item.materials_cents_per_person * people, first, people, "people")
    lines.add("conference_fee", item.fee_cents_per_person * people, first, people, "people")
    lines.add("travel", item.travel_cents_per_person * people, first, people, "people")
    if isinstance(item, Participants):
        office = phase_of(item) in ("planning", "evaluation")
        element: CostElement = "administration" if office else "training_and_coaching"
        lines.add("contract", item.cost_cents, first, 1, "contracts", element=element)


def _place(problem: Problem, lines: ItemLines, a: ChosenActivity, piece: Piece) -> None:
    when = problem.date(piece.day)
    if a.room is not None:
        _rent(problem, lines, a.room, piece)
    licence = a.vars.bundle.bundle.item.licence
    if licence is not None:
        price = problem.directory.licences[licence].cents_per_session
        lines.add("licence", price, when, 1, "sessions")


def _rent(problem: Problem, lines: ItemLines, room: int, piece: Piece) -> None:
    minutes = piece.end - piece.start
    cents = pay(problem.places.facility(room).cents_per_hour, minutes)
    lines.add("facility", cents, problem.date(piece.day), minutes, "minutes")


def _leaders(problem: Problem, lines: ItemLines, a: ChosenActivity, piece: Piece) -> None:
    when = problem.date(piece.day)
    minutes = piece.end - piece.start
    for name in a.experts:
        expert = problem.directory.experts[name]
        if expert.educator is not None:
            spent = problem.stays.leader(expert.educator, piece, a.column.venue, stipend=True)
            lines.stipend(expert.educator, spent[1] if spent else 0, when, leads=True)
        elif expert.rate is not None and expert.rate.unit == "hour":
            fee = fee_by_hour(expert.rate, minutes)
            signed = expert.contract_signed
            lines.add("expert_fee", fee, when, minutes, "minutes", obligated=signed)


def round_lines(problem: Problem, r: ChosenRound) -> list[Classed]:
    """Cash lines of an observation day, subs aside."""
    lines = ItemLines(problem, r.vars.round.item)
    when = problem.date(r.column.pieces[0].day)
    for person, stays in r.vars.round.stays[r.index].items():
        for stay in stays:
            lines.stipend(person, stay.stipend_min, when, leads=False)
    driven, people = trip_cents(problem, r.vars.round, r.index)
    lines.add("travel", driven, when, people, "people")
    if r.room is not None:
        for piece in r.column.pieces:
            if piece.label != "visits":
                _rent(problem, lines, r.room, piece)
    return lines.classed()


def cycle_lines(problem: Problem, c: ChosenCycle) -> list[Classed]:
    """Cash lines of a coaching cycle."""
    cycle = c.vars.cycle
    lines = ItemLines(problem, cycle.item)
    for p in c.column.column.pieces:
        people = {c.column.coach: True}
        if p.label == "conference":
            people |= dict.fromkeys(cycle.members, False)
        for person, leads in people.items():
            outside = p.end - p.start - problem.stays.contract_min(person, p.start, p.end)
            lines.stipend(person, outside, problem.date(p.day), leads=leads)
    return lines.classed()


def account_line(
    problem: Problem,
    kind: CostKind,
    account: str,
    cents: int,
    service: date,
    *,
    obligated: date | None = None,
    site: str | None = None,
    quantity: int = 1,
    unit: str = "days",
) -> Classed:
    """Cash line of a sub or of an expert's day."""
    pathway, department, _, position = parts(account)
    term = problem.directory.term(service)
    line = CostLine(
        kind=kind,
        element=ELEMENT[kind],
        phase="delivery",
        quantity=quantity,
        unit=unit,
        cash_cents=cents,
        economic_cents=cents,
        obligation_date=obligated or service,
        term=term.id if term else None,
        pathway=pathway,
        department=department,
        site=site,
        account=position,
    )
    purse = problem.purses.of_account(kind, account, site, obligated or service)
    return Classed(line, purse)

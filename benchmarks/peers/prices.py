"""Cents of single decisions, for peers that have no model of ours: by class of funds that may pay."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from plsched.money import round_half_up
from plsched.scenario.models.learning import Participants
from plsched.scenario.models.money import CostKind
from plsched.solver.cash import meeting_stipend, round_cash
from plsched.solver.index.accounts import account
from plsched.solver.index.costing import fee_by_hour, stipend
from plsched.solver.problem import Activity, Bundle, Cycle, CycleColumn, Problem, Round

Cents = Counter[int]
"""Cents by cost class."""


@dataclass(frozen=True, slots=True)
class Fee:
    """What an expert at a column is paid: by the contract, and in all with its class."""

    by_contract: int
    cost_class: int
    cents: int


def of_unit(problem: Problem, bundle: Bundle, activity: Activity, u: int, c: int) -> Cents:
    """Stipends, mileage and prices for each person of a unit at a column."""
    unit, column, item = bundle.units[u], activity.columns[c], bundle.item
    found: Cents = Counter()
    for members, stays in zip(unit.of_profile, activity.attendance[u][c] or (), strict=True):
        for piece, stay in zip(column.pieces, stays, strict=True):
            when = problem.date(piece.day)
            paid = sum(stipend(problem.directory, e, stay.stipend_min) for e in members)
            found[problem.purses.of_item("stipend", item, when)] += paid
            rate = problem.directory.scenario.policy.mileage_cents_per_100_miles(when)
            miles = round_half_up(2 * stay.miles * rate, 100) * len(members)
            found[problem.purses.of_item("travel", item, when)] += miles
    if activity is bundle.activities[0]:
        prices: tuple[tuple[CostKind, int], ...] = (
            ("materials", item.materials_cents_per_person),
            ("conference_fee", item.fee_cents_per_person),
            ("travel", item.travel_cents_per_person),
        )
        when = problem.date(column.pieces[0].day)
        for kind, cents in prices:
            found[problem.purses.of_item(kind, item, when)] += cents * len(unit.members)
    return +found


def of_column(problem: Problem, bundle: Bundle, activity: Activity, c: int) -> Cents:
    """Licences and flat prices of a column."""
    item, column = bundle.item, activity.columns[c]
    found: Cents = Counter()
    seat = problem.directory.licences[item.licence].cents_per_session if item.licence else 0
    for piece in column.pieces:
        found[problem.purses.of_item("licence", item, problem.date(piece.day))] += seat
    if activity is bundle.activities[0] and isinstance(item, Participants):
        when = problem.date(column.pieces[0].day)
        found[problem.purses.of_item("contract", item, when)] += item.cost_cents
    return +found


def of_expert(problem: Problem, bundle: Bundle, activity: Activity, c: int, expert: str) -> Fee:
    """Pay of an expert at a column; days are paid for each session, even if two share one."""
    facts, item, column = problem.directory.experts[expert], bundle.item, activity.columns[c]
    when = problem.date(column.pieces[0].day)
    if facts.educator is not None:
        spent = [
            problem.stays.leader(facts.educator, p, column.venue, stipend=True)
            for p in column.pieces
        ]
        cents = sum(stipend(problem.directory, facts.educator, s[1]) for s in spent if s)
        return Fee(0, problem.purses.of_item("stipend", item, when), cents)
    if facts.rate is None:
        return Fee(0, 0, 0)
    away = facts.rate.travel_cents_per_day if column.venue is not None else 0
    days = {p.day for p in column.pieces}
    signed = facts.contract_signed or when
    if facts.rate.unit == "day":
        cents = len(days) * (facts.rate.cents + away)
        purse = problem.purses.of_account("expert_fee", account(item), None, signed)
    else:
        fees = (fee_by_hour(facts.rate, p.end - p.start) for p in column.pieces)
        cents = sum(fees) + len(days) * away
        purse = problem.purses.of_item("expert_fee", item, signed)
    return Fee(cents, purse, cents)


def of_round(problem: Problem, r: Round, c: int) -> Cents:
    """Stipends of a round's observers for its talks."""
    when = problem.date(r.columns[c].pieces[0].day)
    return +Counter({problem.purses.of_item("stipend", r.item, when): round_cash(problem, r, c)})


def of_cycle(problem: Problem, cycle: Cycle, column: CycleColumn) -> Cents:
    """Stipends of a cycle: coachees at conferences, the coach at all meetings."""
    found: Cents = Counter()
    if cycle.item.stipend:
        for p in column.column.pieces:
            people = [column.coach, *(cycle.members if p.label == "conference" else ())]
            purse = problem.purses.of_item("stipend", cycle.item, problem.date(p.day))
            found[purse] += sum(meeting_stipend(problem, e, p.start, p.end) for e in people)
    return +found

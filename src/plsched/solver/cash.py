"""Cash of every choice, sorted into classes that the same funds may pay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache, partial

from plsched.money import round_half_up
from plsched.scenario.models.learning import Participants
from plsched.scenario.models.money import CostKind
from plsched.solver.families.people import Taken, cliques
from plsched.solver.index.accounts import account
from plsched.solver.index.costing import fee_by_hour, stipend
from plsched.solver.once import Once
from plsched.solver.problem import Attendance, Problem, Round, Unit
from plsched.solver.rows import Rows, Term
from plsched.solver.variables import ActivityVars, CycleVars, RoundVars, Variables


class Cash:
    """Terms of cents by cost class, and by expert."""

    def __init__(self) -> None:
        self.of_class: dict[int, list[Term]] = defaultdict(list)
        self.of_expert: dict[str, list[Term]] = defaultdict(list)

    def add(self, cost_class: int, literal: int, cents: int) -> None:
        """Say that a literal costs cents."""
        if cents:
            self.of_class[cost_class].append((literal, cents))

    def total(self) -> list[Term]:
        """All terms."""
        return [t for terms in self.of_class.values() for t in terms]


def make_cash(rows: Rows, problem: Problem, variables: Variables) -> Cash:
    """Collect all cash but that of subs, which `cover` adds."""
    cash = Cash()
    policy = problem.directory.scenario.policy
    rate = cache(lambda day: policy.mileage_cents_per_100_miles(problem.date(day)))
    for a in variables.activities():
        _people(cash, problem, a, rate)
        _first(cash, problem, a)
        _rooms(cash, problem, a)
        _hourly(cash, problem, a)
    _expert_days(rows, cash, problem, variables)
    for r in variables.rounds:
        _round(cash, problem, r)
    for c in variables.cycles:
        _cycle(cash, problem, c)
    return cash


Owed = tuple[int, CostKind, int]
"""Number of a piece, what is paid for, and cents."""


def _owed(
    problem: Problem, unit: Unit, attendance: Attendance, rates: tuple[int, ...]
) -> list[Owed]:
    """Stipends and mileage of a unit; ``rates`` are those of the pieces, in cents per 100 miles."""
    found: dict[tuple[int, CostKind], int] = defaultdict(int)
    for members, stays in zip(unit.of_profile, attendance, strict=True):
        for n, (stay, rate) in enumerate(zip(stays, rates, strict=True)):
            if stay.stipend_min:
                each = (stipend(problem.directory, e, stay.stipend_min) for e in members)
                found[n, "stipend"] += sum(each)
            if stay.miles and rate:
                found[n, "travel"] += len(members) * round_half_up(2 * stay.miles * rate, 100)
    return [(n, kind, cents) for (n, kind), cents in found.items()]


def _people(cash: Cash, problem: Problem, a: ActivityVars, rate: Callable[[int], int]) -> None:
    item = a.bundle.bundle.item
    for u, unit in enumerate(a.bundle.bundle.units):
        owed = Once(partial(_owed, problem, unit))
        for c, literal in a.part[u].items():
            days = [p.day for p in a.activity.columns[c].pieces]
            attendance = a.activity.attendance[u][c] or ()
            for n, kind, cents in owed(attendance, tuple(map(rate, days))):
                purse = problem.purses.of_item(kind, item, problem.date(days[n]))
                cash.add(purse, literal, cents)


def is_first(a: ActivityVars) -> bool:
    """Whether an activity is the first of its bundle."""
    return a.bundle.activities[0] is a


def _first(cash: Cash, problem: Problem, a: ActivityVars) -> None:
    """Prices for each person, and flat prices: with the first session."""
    item = a.bundle.bundle.item
    if not is_first(a):
        return
    prices: tuple[tuple[CostKind, int], ...] = (
        ("materials", item.materials_cents_per_person),
        ("conference_fee", item.fee_cents_per_person),
        ("travel", item.travel_cents_per_person),
    )
    for kind, cents in prices:
        if not cents:
            continue
        for u, unit in enumerate(a.bundle.bundle.units):
            for c, literal in a.part[u].items():
                when = problem.date(a.activity.columns[c].pieces[0].day)
                purse = problem.purses.of_item(kind, item, when)
                cash.add(purse, literal, cents * len(unit.members))
    if isinstance(item, Participants) and item.cost_cents:
        for c, literal in enumerate(a.x):
            when = problem.date(a.activity.columns[c].pieces[0].day)
            cash.add(problem.purses.of_item("contract", item, when), literal, item.cost_cents)


def _rooms(cash: Cash, problem: Problem, a: ActivityVars) -> None:
    item = a.bundle.bundle.item
    seat = problem.directory.licences[item.licence].cents_per_session if item.licence else 0
    for c, column in enumerate(a.activity.columns):
        for p in column.pieces:
            when = problem.date(p.day)
            for k, literal in a.room[c].items():
                price = problem.places.facility(k).cents_per_hour
                cents = round_half_up(price * (p.end - p.start), 60)
                if cents:
                    cash.add(problem.purses.of_item("facility", item, when), literal, cents)
            if seat:
                cash.add(problem.purses.of_item("licence", item, when), a.x[c], seat)


def _hourly(cash: Cash, problem: Problem, a: ActivityVars) -> None:
    """Fees by the hour, and stipends of educators who lead."""
    item = a.bundle.bundle.item
    for name, lead in a.lead.items():
        expert = problem.directory.experts[name]
        for c, literal in lead.items():
            column = a.activity.columns[c]
            for p in column.pieces:
                when = problem.date(p.day)
                if expert.educator is not None:
                    spent = problem.stays.leader(expert.educator, p, column.venue, stipend=True)
                    cents = stipend(problem.directory, expert.educator, spent[1] if spent else 0)
                    if cents:
                        cash.add(problem.purses.of_item("stipend", item, when), literal, cents)
                elif expert.rate is not None and expert.rate.unit == "hour":
                    cents = fee_by_hour(expert.rate, p.end - p.start)
                    signed = expert.contract_signed or when
                    cash.add(problem.purses.of_item("expert_fee", item, signed), literal, cents)
                    cash.of_expert[name].append((literal, cents))


def _expert_days(rows: Rows, cash: Cash, problem: Problem, variables: Variables) -> None:
    """Fees by the day and travel: once for each expert, date and account."""
    works: dict[tuple[str, int, str], list[Taken]] = defaultdict(list)
    for a in variables.activities():
        name = account(a.bundle.bundle.item)
        for ident, lead in a.lead.items():
            rate = problem.directory.experts[ident].rate
            if rate is None or (rate.unit == "hour" and not rate.travel_cents_per_day):
                continue
            for c, literal in lead.items():
                column = a.activity.columns[c]
                for p in column.pieces:
                    works[ident, p.day, name].append(
                        Taken(p.start, p.end, literal, column.venue, 0)
                    )
    for (who, day, purse), taken in works.items():
        expert = problem.directory.experts[who]
        if expert.rate is None:
            continue
        when = problem.date(day)
        if expert.rate.unit == "day":
            signed = expert.contract_signed or when
            kind = problem.purses.of_account("expert_fee", purse, None, signed)
            _once(rows, cash, who, kind, taken, expert.rate.cents)
        away = [t for t in taken if t.venue is not None]
        kind = problem.purses.of_account("expert_travel", purse, None, when)
        _once(rows, cash, who, kind, away, expert.rate.travel_cents_per_day)


def _once(
    rows: Rows, cash: Cash, expert: str, purse: int, taken: Sequence[Taken], cents: int
) -> None:
    """Pay a day if an expert leads at any moment of it; of what overlaps, one holds at most."""
    if not taken or not cents:
        return
    day = taken[0].literal
    if len({t.literal for t in taken}) > 1:
        day = rows.literal()
        for clique in cliques(taken):
            literals = dict.fromkeys(t.literal for t in clique)
            rows.linear([(day, 1), *((v, -1) for v in literals)], 0, None)
    cash.add(purse, day, cents)
    cash.of_expert[expert].append((day, cents))


def round_cash(problem: Problem, r: Round, c: int) -> int:
    """Stipends of the observers for briefing and debriefing at a column."""
    return sum(
        stipend(problem.directory, person, stay.stipend_min)
        for person, stays in r.stays[c].items()
        for stay in stays
    )


def trip_cents(problem: Problem, r: Round, c: int) -> tuple[int, int]:
    """Mileage of observers of other sites at a column, and how many are paid some."""
    policy, directory = problem.directory.scenario.policy, problem.directory
    rate = policy.mileage_cents_per_100_miles(problem.date(r.columns[c].pieces[0].day))
    cents = people = 0
    for crowd in r.patterns[r.pattern[c]].crowds:
        miles = directory.travel_miles(crowd.home, r.item.site) if crowd.home else 0
        each = round_half_up(2 * miles * rate, 100)
        cents += each * len(crowd.members)
        people += len(crowd.members) if each else 0
    return cents, people


def _round(cash: Cash, problem: Problem, r: RoundVars) -> None:
    item = r.round.item
    for c, literal in enumerate(r.x):
        column = r.round.columns[c]
        when = problem.date(column.pieces[0].day)
        cash.add(
            problem.purses.of_item("stipend", item, when),
            literal,
            round_cash(problem, r.round, c),
        )
        driven, _ = trip_cents(problem, r.round, c)
        cash.add(problem.purses.of_item("travel", item, when), literal, driven)
        for k, room in r.room[c].items():
            price = problem.places.facility(k).cents_per_hour
            for p in column.pieces:
                if p.label != "visits":
                    cents = round_half_up(price * (p.end - p.start), 60)
                    cash.add(problem.purses.of_item("facility", item, when), room, cents)


def _cycle(cash: Cash, problem: Problem, c: CycleVars) -> None:
    """Stipends of coachees at conferences and of the coach."""
    item = c.cycle.item
    if not item.stipend:
        return
    for literal, column in zip(c.x, c.cycle.columns, strict=True):
        for p in column.column.pieces:
            people = [column.coach, *(c.cycle.members if p.label == "conference" else ())]
            cents = sum(meeting_stipend(problem, e, p.start, p.end) for e in people)
            if cents:
                purse = problem.purses.of_item("stipend", item, problem.date(p.day))
                cash.add(purse, literal, cents)


def meeting_stipend(problem: Problem, educator: str, start: int, end: int) -> int:
    """Stipend of somebody for a coaching meeting."""
    return stipend(
        problem.directory, educator, end - start - problem.stays.contract_min(educator, start, end)
    )

"""What each plan item costs, piece by piece and person by person, before it becomes lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from plsched.money import pay, round_half_up
from plsched.plan.ground import Ground
from plsched.plan.kinds import phase_of
from plsched.plan.standing import Piece, Stand
from plsched.plan.trips import trips
from plsched.plan.work import work_of
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Engagement, Gathering, Task
from plsched.scenario.models.money import CostElement, CostKind
from plsched.scenario.models.observation import Observation
from plsched.scenario.models.people import Rate, Salary
from plsched.timegrid import DAY_MIN


class Charge(NamedTuple):
    """An amount, rounded; ``service`` is the date whose term counts."""

    kind: CostKind
    element: CostElement
    obligation: date
    service: date
    cents: int
    quantity: int
    unit: str


def contract_pay(salary: Salary, minutes: int) -> int:
    """Cents that some minutes of contract time are worth, fringe included."""
    return round_half_up(
        minutes * salary.annual_cents * (1000 + salary.fringe_permille),
        1000 * salary.basis_hours * 60,
    )


def hourly_fee(rate: Rate, minutes: int) -> int:
    """Fee of an expert by the hour for one occurrence: presented time, then preparation."""
    presented = pay(rate.cents, max(minutes, rate.minimum_min))
    return presented + round_half_up(minutes * rate.prep_permille * rate.cents, 60_000)


def time_charges(ground: Ground, stand: Stand) -> Iterator[Charge]:
    """Salary and stipends of everybody whose minutes an item takes."""
    directory = ground.directory
    planning = phase_of(stand.source) == "planning"
    learning: CostElement = "administration" if planning else "teacher_time"
    leading: CostElement = "administration" if planning else "training_and_coaching"
    for piece in stand.pieces:
        for work in work_of(ground, stand, piece):
            salary = directory.salaries.get(directory.educators[work.educator].salary or "")
            if salary is None:
                continue
            element = leading if work.leads else learning
            if work.contract_min:
                cents = contract_pay(salary, work.contract_min)
                yield Charge(
                    "salary", element, piece.day, piece.day, cents, work.contract_min, "minutes"
                )
            if work.stipend_min:
                cents = pay(salary.stipend_cents_per_hour, work.stipend_min)
                yield Charge(
                    "stipend", element, piece.day, piece.day, cents, work.stipend_min, "minutes"
                )


def cash_charges(ground: Ground, stand: Stand, first: bool) -> Iterator[Charge]:
    """Everything else that an item costs, subs and expert days aside.

    Parameters
    ----------
    ground
        The scenario.
    stand
        A plan item.
    first
        Whether it is the first of its section or of its series: prices paid once are due with it.
    """
    match stand.source:
        case Gathering():
            for piece in stand.pieces:
                yield from _expert_fees(stand, piece)
                yield from _mileage(ground, stand, piece)
                yield from _licence(ground, stand, piece)
                yield from _facility(ground, stand, piece)
            if first:
                yield from _once(stand, stand.source)
        case Observation():
            for piece in stand.pieces:
                if piece.label in {"briefing", "debriefing"}:
                    yield from _facility(ground, stand, piece)
            yield from _trips(ground, stand)
        case Coaching():
            return


def _expert_fees(stand: Stand, piece: Piece) -> Iterator[Charge]:
    for expert in (*stand.experts, *stand.partners):
        if expert.rate is None or expert.rate.unit != "hour":
            continue
        yield Charge(
            "expert_fee",
            "training_and_coaching",
            expert.contract_signed or piece.day,
            piece.day,
            hourly_fee(expert.rate, piece.minutes),
            piece.minutes,
            "minutes",
        )


def _mileage(ground: Ground, stand: Stand, piece: Piece) -> Iterator[Charge]:
    yield from _driven(ground, stand, stand.participants, piece.day)


def _trips(ground: Ground, stand: Stand) -> Iterator[Charge]:
    """Pay the miles of observers of other sites: one trip each."""
    yield from _driven(ground, stand, [t.educator for t in trips(ground, stand)], stand.first_day)


def _driven(ground: Ground, stand: Stand, educators: Sequence[str], day: date) -> Iterator[Charge]:
    """Pay the way there and back of those who do not work at the venue that day."""
    rate = ground.scenario.policy.mileage_cents_per_100_miles(day)
    if stand.venue is None or not rate:
        return
    for educator in educators:
        site = ground.workdays.of(educator, day).site
        miles = 2 * ground.directory.travel_miles(site, stand.venue)
        if miles:
            cents = round_half_up(miles * rate, 100)
            yield Charge("travel", "travel_transportation", day, day, cents, 1, "people")


def _licence(ground: Ground, stand: Stand, piece: Piece) -> Iterator[Charge]:
    licence = ground.directory.licences.get(getattr(stand.source, "licence", None) or "")
    if licence is not None:
        yield Charge(
            "licence",
            "materials_equipment_facilities",
            piece.day,
            piece.day,
            licence.cents_per_session,
            1,
            "sessions",
        )


def _facility(ground: Ground, stand: Stand, piece: Piece) -> Iterator[Charge]:
    facility = ground.directory.facilities.get(stand.item.facility or "")
    if facility is not None:
        yield Charge(
            "facility",
            "materials_equipment_facilities",
            piece.day,
            piece.day,
            pay(facility.cents_per_hour, min(piece.minutes, DAY_MIN)),
            piece.minutes,
            "minutes",
        )


def _once(stand: Stand, source: Gathering) -> Iterator[Charge]:
    day, people = stand.first_day, len(stand.participants)
    each: tuple[tuple[CostKind, CostElement, int], ...] = (
        ("materials", "materials_equipment_facilities", source.materials_cents_per_person),
        ("conference_fee", "tuition_conference_fees", source.fee_cents_per_person),
        ("travel", "travel_transportation", source.travel_cents_per_person),
    )
    for kind, element, cents in each:
        yield Charge(kind, element, day, day, cents * people, people, "people")
    if isinstance(source, Engagement | Task):
        office = phase_of(source) in {"planning", "evaluation"}
        flat: CostElement = "administration" if office else "training_and_coaching"
        yield Charge("contract", flat, day, day, source.cost_cents, 1, "contracts")

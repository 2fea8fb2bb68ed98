"""What the things that are left out would cost at the least: prices known without a date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plsched.plan.charges import hourly_fee
from plsched.plan.costs import account_code
from plsched.plan.facts import Facts
from plsched.plan.kinds import phase_of
from plsched.plan.models import CostLine
from plsched.plan.required import Asked, asked_for
from plsched.scenario.models import Scenario
from plsched.scenario.models.cadence import rhythm
from plsched.scenario.models.learning import Course, Engagement, Gathering, Task
from plsched.scenario.models.money import CostElement, CostKind
from plsched.scenario.models.people import Expert

MONTHS = 9
"""Occurrences of a monthly series, September to May."""

Price = tuple[CostKind, CostElement, int]


def least_prices(facts: Facts) -> Iterator[CostLine]:
    """Price what is asked for and does not stand, as far as neither date nor place matter.

    Prices by the head, flat prices, and fees and travel of the cheapest experts who have the skill,
    for the fewest occurrences. Subs, stipends, rooms, licences and mileage depend on when and where,
    and are not in it. No fund pays these lines; they carry the first date of the calendar.
    """
    bare = {course.id: not facts.standing(course.id) for course in facts.scenario.courses}
    for asked in asked_for(facts):
        if asked.stands or asked.floor or not isinstance(asked.source, Course | Engagement | Task):
            continue
        for kind, element, cents in _prices(facts, asked, first=bare.pop(asked.source.id, False)):
            if cents:
                yield _line(facts, asked.source, kind, element, cents)


def _prices(facts: Facts, asked: Asked, *, first: bool) -> Iterator[Price]:
    """Give the prices of one thing; fees of a course are those of one section, given once."""
    source = asked.source
    audience = facts.ground.audience
    match source:
        case Course():
            people = len(audience.units(source)[asked.groups[0]])
            sessions = source.sessions if first else 0
        case Engagement() | Task():
            people, sessions = len(audience.participants(source)), _occurrences(source)
        case _:
            return
    yield "materials", "materials_equipment_facilities", source.materials_cents_per_person * people
    yield "conference_fee", "tuition_conference_fees", source.fee_cents_per_person * people
    yield "travel", "travel_transportation", source.travel_cents_per_person * people
    if isinstance(source, Engagement | Task):
        office = phase_of(source) in {"planning", "evaluation"}
        yield "contract", "administration" if office else "training_and_coaching", source.cost_cents
    experts = list(_cheapest(facts.scenario, source))
    fee = sum(_fee(expert, source) for expert in experts)
    yield "expert_fee", "training_and_coaching", fee * sessions
    way = sum(_way(expert, source) for expert in experts)
    yield "expert_travel", "travel_transportation", way * sessions


def _occurrences(source: Engagement | Task) -> int:
    beat = rhythm(source.cadence) if isinstance(source, Engagement) else None
    if beat is None or beat.kind == "pattern":
        return 1
    return MONTHS if beat.kind == "monthly" else beat.low


def _cheapest(scenario: Scenario, source: Gathering) -> Iterator[Expert]:
    """Choose for each need those with the skill who cost least; partners take part anyway."""
    partners = source.partners if isinstance(source, Engagement) else ()
    yield from (expert for expert in scenario.experts if expert.id in partners)
    for need in source.experts:
        able: Sequence[Expert] = [x for x in scenario.experts if need.skill in x.skills]
        yield from sorted(able, key=lambda x: _fee(x, source) + _way(x, source))[: need.count]


def _fee(expert: Expert, source: Gathering) -> int:
    """Fee for an occurrence."""
    if expert.rate is None:
        return 0
    if expert.rate.unit == "hour":
        return hourly_fee(expert.rate, source.duration_min)
    return expert.rate.cents


def _way(expert: Expert, source: Gathering) -> int:
    """Travel for an occurrence."""
    if expert.rate is None or source.format == "virtual":
        return 0
    return expert.rate.travel_cents_per_day


def _line(
    facts: Facts,
    source: Course | Engagement | Task,
    kind: CostKind,
    element: CostElement,
    cents: int,
) -> CostLine:
    line = CostLine(
        kind=kind,
        element=element,
        phase=phase_of(source),
        quantity=1,
        unit="estimates",
        cash_cents=cents,
        economic_cents=cents,
        obligation_date=facts.scenario.calendar.first,
        term=None,
        pathway=source.pathway,
        department=source.department,
        site=None,
    )
    code = account_code(facts.scenario, line, source.id)
    return line.model_copy(update={"account_code": code})

"""Both ledgers of a plan: every cost line, computed from the placements alone.

Fund and amount come later: lines given here have no fund, and are not split.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from operator import itemgetter

from plsched.plan.charges import Charge, cash_charges, time_charges
from plsched.plan.ground import Ground, ground_of
from plsched.plan.kinds import POSITION, account_of, phase_of, read_account
from plsched.plan.models import CostLine, Plan, PlanItem, Substitute
from plsched.plan.selectors import selects
from plsched.plan.standing import Stand
from plsched.plan.sub_pay import sub_pay
from plsched.scenario.directory import Directory
from plsched.scenario.models import Scenario
from plsched.scenario.models.learning import Course, Gathering
from plsched.scenario.models.people import Rate

ExpertDayKey = tuple[str, date, str]
"""Expert, date and account."""


@dataclass(frozen=True)
class Ledger:
    """Cost lines of a plan, by what they hang on. Subs are in the plan's order."""

    items: Mapping[str, tuple[CostLine, ...]]
    substitutes: tuple[tuple[CostLine, ...], ...]
    expert_days: Mapping[ExpertDayKey, tuple[CostLine, ...]]

    def lines(self) -> Iterator[CostLine]:
        """Every line."""
        for table in (self.items.values(), self.substitutes, self.expert_days.values()):
            for lines in table:
                yield from lines


def cost_lines(directory: Directory, plan: Plan) -> Ledger:
    """Compute every line of both ledgers from what the plan places.

    Cost lines that the plan has already are not looked at.
    """
    ground = ground_of(directory)
    read = [ground.stand(item) for item in plan.items]
    return ledger_of(ground, [stand for stand in read if stand is not None], plan.substitutes)


def salary_lines(directory: Directory, item: PlanItem) -> tuple[CostLine, ...]:
    """Economic lines of a plan item: the contract time of those who take part and lead."""
    ground = ground_of(directory)
    stand = ground.stand(item)
    if stand is None:
        return ()
    charges = (c for c in time_charges(ground, stand) if c.kind == "salary")
    return tuple(_item_lines(ground, stand, charges))


def account_code(scenario: Scenario, line: CostLine, source: str | None) -> str | None:
    """Account code of a line: that of the first row whose selector matches it.

    Parameters
    ----------
    scenario
        Holds the map of account codes.
    line
        The line; its own code is not looked at.
    source
        Id of the scenario's item: for a sub or an expert day, the workshop of its account.
    """
    rows = scenario.account_codes
    return next((row.code for row in rows if selects(row, line, source)), None)


def ledger_of(ground: Ground, stands: Sequence[Stand], substitutes: Sequence[Substitute]) -> Ledger:
    """Compute every line of both ledgers of what stands and who is hired."""
    first = _first_of_series(stands)
    items: dict[str, tuple[CostLine, ...]] = {}
    for stand in stands:
        charges = [*time_charges(ground, stand), *cash_charges(ground, stand, stand.id in first)]
        items[stand.id] = tuple(_item_lines(ground, stand, charges))
    return Ledger(
        items=items,
        substitutes=tuple(tuple(_sub_lines(ground, sub)) for sub in substitutes),
        expert_days=_expert_days(ground, stands),
    )


def _first_of_series(stands: Iterable[Stand]) -> frozenset[str]:
    """Ids of the first session of each section, and of the first occurrence of other items."""
    first: dict[tuple[str, int | None], Stand] = {}
    for stand in stands:
        is_section = isinstance(stand.source, Course) and stand.parts is not None
        key = (stand.source.id, stand.parts.section if is_section and stand.parts else None)
        if key not in first or (stand.start, stand.id) < (first[key].start, first[key].id):
            first[key] = stand
    return frozenset(stand.id for stand in first.values())


def _item_lines(ground: Ground, stand: Stand, charges: Iterable[Charge]) -> Iterator[CostLine]:
    """Add charges up: salary by element and term, everything else by obligation date too."""
    directory = ground.directory
    found: dict[tuple[str, str, str, str], list[Charge]] = defaultdict(list)
    for charge in charges:
        term = directory.term(charge.service)
        # Salary is one line for a term, dated the first day of work there.
        dated = "" if charge.kind == "salary" else str(charge.obligation)
        found[charge.kind, charge.element, dated, term.id if term else ""].append(charge)
    line = partial(
        _line,
        ground,
        source=stand.source.id,
        phase=phase_of(stand.source),
        pathway=stand.source.pathway,
        department=stand.source.department,
        site=ground.audience.home_site(stand.source),
    )
    for (_, _, _, term_id), parts in sorted(found.items(), key=itemgetter(0)):
        cents = sum(c.cents for c in parts)
        if cents:
            yield line(
                kind=parts[0].kind,
                element=parts[0].element,
                quantity=sum(c.quantity for c in parts),
                unit=parts[0].unit,
                cash_cents=0 if parts[0].kind == "salary" else cents,
                economic_cents=cents,
                obligation_date=min(c.obligation for c in parts),
                term=term_id or None,
            )


def _sub_lines(ground: Ground, hired: Substitute) -> Iterator[CostLine]:
    subs = ground.scenario.substitutes
    if subs is None:
        return
    paid = sub_pay(ground.directory, subs, hired)
    pathway, department, workshop = read_account(hired.account)
    term = ground.directory.term(hired.date)
    if paid.cents:
        yield _line(
            ground,
            source=workshop,
            kind="substitute",
            element="teacher_time",
            phase="delivery",
            quantity=paid.quantity,
            unit=paid.unit,
            cash_cents=paid.cents,
            economic_cents=paid.cents,
            obligation_date=hired.date,
            term=term and term.id,
            pathway=pathway,
            department=department,
            site=hired.site,
            account=hired.account.removeprefix(POSITION) or None
            if hired.account.startswith(POSITION)
            else None,
        )


def _expert_days(
    ground: Ground, stands: Iterable[Stand]
) -> Mapping[ExpertDayKey, tuple[CostLine, ...]]:
    """Fees by the day and travel, once for expert, date and account."""
    venues: dict[ExpertDayKey, bool] = {}
    for stand in stands:
        if not isinstance(stand.source, Gathering):
            continue
        for expert in (*stand.experts, *stand.partners):
            for piece in stand.pieces:
                key = (expert.id, piece.day, account_of(stand.source))
                venues[key] = venues.get(key, False) or stand.venue is not None
    found = {}
    for key, in_person in sorted(venues.items()):
        rate = ground.directory.experts[key[0]].rate
        lines = () if rate is None else tuple(_day_lines(ground, key, rate, in_person))
        if lines:
            found[key] = lines
    return found


def _day_lines(
    ground: Ground, key: ExpertDayKey, rate: Rate, in_person: bool
) -> Iterator[CostLine]:
    expert, day, account = key
    pathway, department, workshop = read_account(account)
    term = ground.directory.term(day)
    line = partial(
        _line,
        ground,
        source=workshop,
        phase="delivery",
        quantity=1,
        unit="days",
        term=term and term.id,
        pathway=pathway,
        department=department,
        site=None,
    )
    if rate.unit == "day" and rate.cents:
        yield line(
            kind="expert_fee",
            element="training_and_coaching",
            cash_cents=rate.cents,
            economic_cents=rate.cents,
            obligation_date=ground.directory.experts[expert].contract_signed or day,
        )
    if in_person and rate.travel_cents_per_day:
        yield line(
            kind="expert_travel",
            element="travel_transportation",
            cash_cents=rate.travel_cents_per_day,
            economic_cents=rate.travel_cents_per_day,
            obligation_date=day,
        )


def _line(ground: Ground, *, source: str | None, **values: object) -> CostLine:
    """Make a line and give it the account code of the first row that matches."""
    line = CostLine.model_validate(values)
    code = account_code(ground.scenario, line, source)
    return line if code is None else line.model_copy(update={"account_code": code})

"""Requested, approved, encumbered, spent, remaining: what the plan pays against the books."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from plsched.money import dollars
from plsched.plan.facts import Facts
from plsched.plan.least_prices import least_prices
from plsched.plan.models import CostLine
from plsched.plan.summary import placed_lines
from plsched.scenario.models.money import Fund
from plsched.scenario.models.records import Records, Stage

_Key = TypeVar("_Key", bound=Hashable)
ToldCode = Literal["fund-overdrawn", "over-approved", "outside-window", "released-too-much"]


class Row(BaseModel):
    """A frozen row of a reconciliation."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Amounts(Row):
    """Cents of each stage.

    ``requested_cents``: the plan's cash, and what is left out at its least price.
    ``approved_cents``: the plan's cash. ``encumbered_cents`` and ``spent_cents``: the books.
    """

    requested_cents: int = 0
    approved_cents: int = 0
    encumbered_cents: int = 0
    spent_cents: int = 0
    remaining_cents: int = 0
    """approved, less encumbered and spent; negative where more was booked than approved"""

    def __add__(self, other: Amounts) -> Amounts:
        return Amounts(
            requested_cents=self.requested_cents + other.requested_cents,
            approved_cents=self.approved_cents + other.approved_cents,
            encumbered_cents=self.encumbered_cents + other.encumbered_cents,
            spent_cents=self.spent_cents + other.spent_cents,
            remaining_cents=self.remaining_cents + other.remaining_cents,
        )


class ObjectRow(Row):
    """A fund and an object; no fund stands for what is left out, which none pays yet.

    ``object``: the account code of the lines, else their cost kind.
    """

    fund: str | None
    object: str
    amounts: Amounts


class FundRow(Row):
    """A fund against its amount."""

    fund: str | None
    amounts: Amounts
    amount_cents: int | None
    available_cents: int | None
    """the fund's amount, less encumbered and spent"""


class DepartmentRow(Row):
    """A department that asks, gets and spends."""

    department: str | None
    amounts: Amounts


class Told(Row):
    """Something in the books that somebody should look at."""

    code: ToldCode
    fund: str
    cents: int
    message: str


class Reconciliation(Row):
    """The same cents by fund and object, by fund, and by department; each adds up to the total."""

    as_of: date | None
    objects: tuple[ObjectRow, ...]
    funds: tuple[FundRow, ...]
    departments: tuple[DepartmentRow, ...]
    total: Amounts
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """Some cents of one stage, with all that they are summed by."""

    fund: str | None
    object: str
    department: str | None
    amounts: Amounts


def reconcile(facts: Facts) -> Reconciliation:
    """Set what a plan pays, and what was asked for, against what the books hold."""
    entries = [*_planned(facts), *_booked(facts.scenario.records)]
    by_object = _summed(entries, lambda e: (e.fund, e.object))
    by_fund = _summed(entries, lambda e: e.fund)
    by_department = _summed(entries, lambda e: e.department)
    funds = facts.scenario.funds
    order = {fund.id: place for place, fund in enumerate(funds)}
    objects = sorted(by_object, key=lambda key: (order.get(key[0] or "", len(order)), key[1]))
    departments = [*(d.id for d in facts.scenario.departments), None]
    rows = [_fund_row(fund, by_fund.get(fund.id, Amounts())) for fund in funds]
    if None in by_fund:
        rows.append(
            FundRow(fund=None, amounts=by_fund[None], amount_cents=None, available_cents=None)
        )
    return Reconciliation(
        as_of=None if facts.scenario.records is None else facts.scenario.records.as_of,
        objects=tuple(
            ObjectRow(fund=fund, object=name, amounts=by_object[fund, name])
            for fund, name in objects
        ),
        funds=tuple(rows),
        departments=tuple(
            DepartmentRow(department=d, amounts=by_department[d])
            for d in departments
            if d in by_department
        ),
        total=sum((entry.amounts for entry in entries), start=Amounts()),
        told=tuple(_told(facts, rows, by_object)),
    )


def object_of(line: CostLine) -> str:
    """Name what a line is booked on: its account code, else its cost kind."""
    return line.account_code or line.kind


def _planned(facts: Facts) -> Iterator[_Entry]:
    for placed in placed_lines(facts.plan):
        line, cash = placed.line, placed.line.cash_cents
        if cash:
            amounts = Amounts(requested_cents=cash, approved_cents=cash, remaining_cents=cash)
            yield _Entry(line.fund, object_of(line), line.department, amounts)
    for line in least_prices(facts):
        amounts = Amounts(requested_cents=line.cash_cents)
        yield _Entry(None, object_of(line), line.department, amounts)


def _booked(records: Records | None) -> Iterator[_Entry]:
    for posting in () if records is None else records.postings:
        amounts = _of_stage(posting.stage, posting.cents)
        yield _Entry(posting.fund, posting.object, posting.department, amounts)


def _of_stage(stage: Stage, cents: int) -> Amounts:
    if stage == "encumbered":
        return Amounts(encumbered_cents=cents, remaining_cents=-cents)
    return Amounts(spent_cents=cents, remaining_cents=-cents)


def _summed(entries: Iterable[_Entry], key: Callable[[_Entry], _Key]) -> dict[_Key, Amounts]:
    found: dict[_Key, Amounts] = defaultdict(Amounts)
    for entry in entries:
        found[key(entry)] += entry.amounts
    return dict(found)


def _fund_row(fund: Fund, amounts: Amounts) -> FundRow:
    booked = amounts.encumbered_cents + amounts.spent_cents
    return FundRow(
        fund=fund.id,
        amounts=amounts,
        amount_cents=fund.amount_cents,
        available_cents=fund.amount_cents - booked,
    )


def _told(
    facts: Facts, funds: Iterable[FundRow], objects: dict[tuple[str | None, str], Amounts]
) -> Iterator[Told]:
    for row in funds:
        if row.fund is not None and row.available_cents is not None and row.available_cents < 0:
            over = -row.available_cents
            text = f"{dollars(over)} more are encumbered and spent than the fund holds"
            yield Told(code="fund-overdrawn", fund=row.fund, cents=over, message=text)
    for (fund, name), amounts in objects.items():
        if fund is not None:
            yield from _told_of_object(fund, name, amounts)
    yield from _outside(facts)


def _told_of_object(fund: str, name: str, amounts: Amounts) -> Iterator[Told]:
    over = -amounts.remaining_cents
    if over > 0:
        text = f"{name}: {dollars(over)} more are encumbered and spent than the plan approves"
        yield Told(code="over-approved", fund=fund, cents=over, message=text)
    for stage, cents in (
        ("encumbered", amounts.encumbered_cents),
        ("spent", amounts.spent_cents),
    ):
        if cents < 0:
            text = f"{name}: {dollars(-cents)} more are taken back than were {stage}"
            yield Told(code="released-too-much", fund=fund, cents=-cents, message=text)


def _outside(facts: Facts) -> Iterator[Told]:
    """Give each posting that its fund's window does not hold."""
    windows = {fund.id: fund.obligations for fund in facts.scenario.funds}
    for posting in facts.scenario.records.postings if facts.scenario.records else ():
        window = windows[posting.fund]
        if window.holds(posting.obligation_date):
            continue
        side = "before its first" if posting.obligation_date < window.first else "after its last"
        named = f" ({posting.reference})" if posting.reference else ""
        text = (
            f"{posting.object}{named}: {dollars(posting.cents)} {posting.stage} on "
            f"{posting.obligation_date}, {side} obligation date"
        )
        yield Told(code="outside-window", fund=posting.fund, cents=posting.cents, message=text)

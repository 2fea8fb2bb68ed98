"""Reconciliation: what the plan pays, against what the books hold."""

from __future__ import annotations

from dataclasses import dataclass

from plsched.exports.report.wording import full_date, plural
from plsched.money import dollars
from plsched.plan.facts import Facts
from plsched.plan.reconciliation import Amounts, reconcile

NO_FUND = "No fund: left out"


@dataclass(frozen=True, slots=True)
class StageRow:
    """Cents of each stage; a row of a fund says what is available of its amount."""

    name: str
    detail: str
    amounts: Amounts
    is_fund: bool = False
    available_cents: int | None = None


@dataclass(frozen=True, slots=True)
class Books:
    """The reconciliation, for people."""

    finding: str
    rows: tuple[StageRow, ...]
    departments: tuple[StageRow, ...]
    total: Amounts
    told: tuple[tuple[str, str], ...]


def books(facts: Facts) -> Books | None:
    """Reconcile a plan with its records; ``None`` where nothing was booked."""
    records = facts.scenario.records
    if records is None or not records.postings:
        return None
    found = reconcile(facts)
    funds = {fund.id: fund.name for fund in facts.scenario.funds}
    departments = {d.id: d.name for d in facts.scenario.departments}
    objects = {row.code: f"{row.code} {row.object}".strip() for row in facts.scenario.account_codes}
    rows = []
    for fund in found.funds:
        name = NO_FUND if fund.fund is None else funds[fund.fund]
        rows.append(StageRow(name, "", fund.amounts, True, fund.available_cents))
        rows += [
            StageRow(name, objects.get(o.object, o.object.replace("_", " ")), o.amounts)
            for o in found.objects
            if o.fund == fund.fund
        ]
    total = found.total
    words = (
        f"Of {dollars(total.approved_cents)} that the plan pays, {dollars(total.spent_cents)} are "
        f"spent, {dollars(total.encumbered_cents)} encumbered and "
        f"{dollars(total.remaining_cents)} remain"
    )
    as_of = f", as of {full_date(found.as_of)}" if found.as_of else ""
    looked = f" {plural(len(found.told), 'thing')} to look at." if found.told else ""
    return Books(
        finding=f"{words}{as_of}.{looked}",
        rows=tuple(rows),
        departments=tuple(
            StageRow(departments.get(d.department or "", "No department"), "", d.amounts)
            for d in found.departments
        ),
        total=total,
        told=tuple((funds[t.fund], t.message) for t in found.told),
    )

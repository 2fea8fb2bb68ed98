"""Who pays: eligibility, obligation windows, amounts, caps, set-asides, follow-up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plsched.money import dollars
from plsched.plan.facts import Facts
from plsched.plan.kinds import is_workshop, read_account
from plsched.plan.models import CostLine
from plsched.plan.selectors import selects
from plsched.plan.verify.violation import Violation
from plsched.scenario.models.learning import Course
from plsched.scenario.models.money import Cap, Fund


@dataclass(frozen=True, slots=True)
class Paid:
    """A line with cash: where it stands, and the scenario's item that it is of, if of one."""

    where: str
    source: str | None
    line: CostLine


def check_funds(facts: Facts) -> Iterator[Violation]:
    """Check that each line is paid by funds that may, and that no fund pays too much."""
    funds = {fund.id: fund for fund in facts.scenario.funds}
    by_fund: dict[str, list[Paid]] = defaultdict(list)
    followed: dict[str, bool] = {}
    for paid in paid_lines(facts):
        line = paid.line
        if line.cash_cents == 0:
            if line.fund is not None:
                text = f"{_words(paid)} costs no cash and names fund {line.fund}"
                yield Violation("funds", (paid.where, line.fund), text)
            continue
        fund = funds.get(line.fund or "")
        if fund is None:
            text = f"{_words(paid)} is paid by {line.fund or 'no fund'}"
            yield Violation("funds", (paid.where,), text)
            continue
        by_fund[fund.id].append(paid)
        for text in (*_may_pay(fund, paid), *_position(paid, funds)):
            yield Violation("funds", (paid.where, fund.id), f"{_words(paid)}: {text}")
        if fund.requires_follow_up and not _has_follow_up(facts, paid, followed):
            text = f"{_words(paid)}: {fund.id} pays no workshop without follow-up"
            yield Violation("funds", (paid.where, fund.id), text)
    for fund_id, lines in by_fund.items():
        for rule, text in _sums(funds[fund_id], lines):
            yield Violation("funds", (fund_id, rule), text)


def paid_lines(facts: Facts) -> Iterator[Paid]:
    """Every line of the plan, as the plan has it."""
    plan = facts.plan
    for item in plan.items:
        yield from (Paid(item.id, item.source, line) for line in item.cost_lines)
    for sub in plan.substitutes:
        workshop = read_account(sub.account)[2]
        yield from (Paid(sub.id, workshop, line) for line in sub.cost_lines)
    for day in plan.expert_days:
        workshop = read_account(day.account)[2]
        where = f"{day.expert} on {day.date}"
        yield from (Paid(where, workshop, line) for line in day.cost_lines)


def _words(paid: Paid) -> str:
    line = paid.line
    return f"{line.kind} {dollars(line.cash_cents)} of {paid.where} ({line.obligation_date})"


def _may_pay(fund: Fund, paid: Paid) -> Iterator[str]:
    line = paid.line
    if not selects(fund, line, paid.source):
        yield (
            f"{fund.id} does not pay for it (phase {line.phase}, pathway {line.pathway}, "
            f"department {line.department}, site {line.site}, item {paid.source})"
        )
    window = fund.obligations
    if not window.holds(line.obligation_date):
        yield f"it is obligated outside {fund.id}'s window {window.first} to {window.last}"


def _position(paid: Paid, funds: dict[str, Fund]) -> Iterator[str]:
    named = paid.line.account
    if named is not None and named in funds and paid.line.fund != named:
        yield f"it is charged to the position's fund {named} and paid by {paid.line.fund}"


def _has_follow_up(facts: Facts, paid: Paid, known: dict[str, bool]) -> bool:
    course = facts.directory.items.get(paid.source or "")
    if not isinstance(course, Course) or not is_workshop(course):
        return True
    if course.id not in known:
        audience = set(facts.ground.audience.whole(course))
        known[course.id] = any(
            audience & {*stand.participants, *stand.hosts}
            for item in course.follow_up
            for stand in facts.standing(item)
        )
    return known[course.id]


def _sums(fund: Fund, lines: Sequence[Paid]) -> Iterator[tuple[str, str]]:
    total = sum(p.line.cash_cents for p in lines)
    if total > fund.amount_cents:
        text = f"{fund.id} pays {dollars(total)} of {dollars(fund.amount_cents)}"
        yield fund.id, text
    for cap in fund.caps:
        capped = sum(p.line.cash_cents for p in lines if selects(cap, p.line, p.source))
        most = cap_cents(fund, cap)
        if capped > most:
            text = f"{fund.id} pays {dollars(capped)} under cap {cap.id} of {dollars(most)}"
            yield cap.id, text
    for kept in fund.set_asides:
        outside = sum(p.line.cash_cents for p in lines if not selects(kept, p.line, p.source))
        most = max(0, fund.amount_cents - kept.cents)
        if outside > most:
            text = (
                f"{fund.id} pays {dollars(outside)} outside set-aside {kept.id}, which leaves "
                f"{dollars(most)}"
            )
            yield kept.id, text


def cap_cents(fund: Fund, cap: Cap) -> int:
    """Cents that a cap allows; percentages of the amount are rounded down."""
    if cap.max_cents is not None:
        return cap.max_cents
    return fund.amount_cents * (cap.max_percent or 0) // 100

"""The plan's cost lines equal those computed from its placements, to the cent."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from plsched.money import dollars
from plsched.plan.facts import Facts
from plsched.plan.models import CostLine, Plan
from plsched.plan.verify.violation import Violation

Place = tuple[str, ...]
"""What lines hang on: a plan item, a sub, or an expert's day."""
Cents = tuple[int, int]
"""Cash and economic."""


def check_costs(facts: Facts) -> Iterator[Violation]:
    """Compare every line of both ledgers, splits over funds added up."""
    expected, found = _expected(facts), _found(facts.plan)
    for place in dict.fromkeys((*expected, *found)):
        for text in _compare(expected.get(place, ()), found.get(place, ())):
            yield Violation("costs", place, f"{' '.join(place)}: {text}")
    days = Counter((d.expert, str(d.date), d.account) for d in facts.plan.expert_days)
    for place, count in days.items():
        if count > 1:
            yield Violation("costs", place, f"{' '.join(place)}: {count} entries for one day")


def _expected(facts: Facts) -> dict[Place, Sequence[CostLine]]:
    ledger = facts.ledger
    expected: dict[Place, Sequence[CostLine]] = {(i,): x for i, x in ledger.items.items()}
    for hired, lines in zip(facts.plan.substitutes, ledger.substitutes, strict=True):
        expected[hired.id,] = lines
    for (expert, day, account), lines in ledger.expert_days.items():
        expected[expert, str(day), account] = lines
    return expected


def _found(plan: Plan) -> dict[Place, list[CostLine]]:
    found: dict[Place, list[CostLine]] = defaultdict(list)
    for item in plan.items:
        found[item.id,].extend(item.cost_lines)
    for hired in plan.substitutes:
        found[hired.id,].extend(hired.cost_lines)
    for day in plan.expert_days:
        found[day.expert, str(day.date), day.account].extend(day.cost_lines)
    return found


def _compare(expected: Iterable[CostLine], found: Sequence[CostLine]) -> Iterator[str]:
    wanted, listed = _sums(expected), _sums(found)
    for key in dict.fromkeys((*wanted, *listed)):
        is_cents, should = listed.get(key), wanted.get(key)
        words = " ".join(str(part) for part in key if part is not None)
        if is_cents is None and should is not None:
            yield f"{words} {_cents(should)} is missing"
        elif should is None and is_cents is not None:
            yield f"{words} {_cents(is_cents)} is not a cost of what stands"
        elif is_cents is not None and should is not None and is_cents != should:
            yield f"{words} is {_cents(is_cents)}, computed {_cents(should)}"
    for line in found:
        if line.kind != "salary" and line.cash_cents != line.economic_cents:
            yield f"{line.kind}: {dollars(line.cash_cents)} cash, {dollars(line.economic_cents)} economic"
        if min(line.cash_cents, line.economic_cents) < 0 or line.economic_cents == 0:
            yield f"{line.kind} of {dollars(line.economic_cents)} is no amount"


def _sums(lines: Iterable[CostLine]) -> dict[tuple[str | None, ...], Cents]:
    """Add up the parts that a line is split into: all attributes but fund and amounts."""
    sums: dict[tuple[str | None, ...], Cents] = {}
    for line in lines:
        key = (
            line.kind,
            line.element,
            line.phase,
            str(line.obligation_date),
            line.term,
            line.pathway,
            line.department,
            line.site,
            line.account_code,
            line.account,
        )
        cash, economic = sums.get(key, (0, 0))
        sums[key] = (cash + line.cash_cents, economic + line.economic_cents)
    return sums


def _cents(cents: Cents) -> str:
    return f"{dollars(cents[0])} cash, {dollars(cents[1])} economic"

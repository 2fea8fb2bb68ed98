"""Cost: funds against their amounts, and both ledgers side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from plsched.exports.report.wording import percent, plural
from plsched.money import dollars
from plsched.plan.cost_bands import band_words, cost_bands
from plsched.plan.facts import Facts
from plsched.plan.selectors import selects
from plsched.plan.summary import Dimension, Sums, placed_lines, summarize
from plsched.scenario.models.money import CostElement, Fund, Phase, Selector

ELEMENTS: dict[CostElement, str] = {
    "teacher_time": "Teacher time",
    "training_and_coaching": "Training and coaching",
    "administration": "Administration",
    "materials_equipment_facilities": "Materials, equipment, facilities",
    "travel_transportation": "Travel and transportation",
    "tuition_conference_fees": "Tuition and conference fees",
}


PHASES: dict[Phase, str] = {
    "planning": "Planning and content creation",
    "delivery": "Delivery",
    "coaching": "Follow-up and coaching",
    "evaluation": "Evaluation",
}


@dataclass(frozen=True, slots=True)
class Ledgers:
    """An amount in both ledgers."""

    name: str
    cash_cents: int
    economic_cents: int


@dataclass(frozen=True, slots=True)
class LedgerTable:
    """Both ledgers along one dimension."""

    name: str
    rows: tuple[Ledgers, ...]


@dataclass(frozen=True, slots=True)
class FundRule:
    """A cap or a set-aside of a fund, and how much of it is used."""

    name: str
    limit_cents: int
    used_cents: int
    minimum: bool = False
    """true for a set-aside: at least so much is kept, more may be used"""

    @property
    def remaining_cents(self) -> int:
        """What is left of it."""
        return self.limit_cents - self.used_cents

    @property
    def share(self) -> Fraction:
        """Share that is used."""
        return Fraction(self.used_cents, self.limit_cents) if self.limit_cents else Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FundUse(FundRule):
    """A fund against its amount."""

    first: date
    last: date
    rules: tuple[FundRule, ...]


@dataclass(frozen=True, slots=True)
class BandRow:
    """A pathway or a partner, and the cost band that their cash falls in."""

    name: str
    kind: str
    cash_cents: int
    band: str


@dataclass(frozen=True, slots=True)
class Costs:
    """All money."""

    finding: str
    funds: tuple[FundUse, ...]
    amount_cents: int
    total: Ledgers
    tables: tuple[LedgerTable, ...]
    reached: int
    cash_each_cents: int | None
    economic_each_cents: int | None
    bands: tuple[BandRow, ...]


def costs(facts: Facts) -> Costs:
    """Read both ledgers off a plan's summary."""
    summary = summarize(facts.plan)
    funds = tuple(_fund(fund, facts) for fund in facts.scenario.funds)
    total = Ledgers("All", summary.total.cash_cents, summary.total.economic_cents)
    reached = len(summary.whole.educators)
    return Costs(
        finding=_finding(funds, total, reached),
        funds=funds,
        amount_cents=sum(fund.limit_cents for fund in funds),
        total=total,
        tables=tuple(
            _table(dimension, summary.by[dimension], names)
            for dimension, names in _names(facts).items()
        ),
        reached=reached,
        cash_each_cents=summary.whole.cash_per_educator,
        economic_each_cents=summary.whole.economic_per_educator,
        bands=tuple(_bands(facts)),
    )


def _bands(facts: Facts) -> Iterator[BandRow]:
    ends = facts.scenario.yardsticks.cost_bands_cents
    for one in cost_bands(facts):
        yield BandRow(one.name, one.kind, one.cash_cents, band_words(one.band, ends))


def _names(facts: Facts) -> Mapping[Dimension, Mapping[str | None, str]]:
    """Name the values of each dimension, in the order in which people expect them."""
    scenario = facts.scenario
    return {
        "element": dict(ELEMENTS.items()),
        "phase": dict(PHASES.items()),
        "pathway": {p.id: p.name for p in scenario.pathways} | {None: "No pathway"},
        "term": {t.id: t.name for t in scenario.calendar.terms} | {None: "Between terms"},
        "department": {d.id: d.name for d in scenario.departments} | {None: "No department"},
        "site": {s.id: s.name for s in scenario.sites} | {None: "Several sites"},
    }


def _table(
    dimension: Dimension, sums: Mapping[str | None, Sums], names: Mapping[str | None, str]
) -> LedgerTable:
    order = list(names)
    return LedgerTable(
        dimension,
        tuple(
            Ledgers(names[key], sums[key].cash_cents, sums[key].economic_cents)
            for key in sorted(sums, key=order.index)
        ),
    )


def _fund(fund: Fund, facts: Facts) -> FundUse:
    paid = [placed for placed in placed_lines(facts.plan) if placed.line.fund == fund.id]

    def used(rule: Selector) -> int:
        return sum(p.line.cash_cents for p in paid if selects(rule, p.line, p.source))

    rules = []
    for cap in fund.caps:
        limit = cap.max_cents
        if limit is None:
            limit = fund.amount_cents * (cap.max_percent or 0) // 100
        rules.append(FundRule(f"cap {cap.id}", limit, used(cap)))
    rules += [
        FundRule(f"set aside for {s.id}", s.cents, used(s), minimum=True) for s in fund.set_asides
    ]
    return FundUse(
        name=fund.name,
        limit_cents=fund.amount_cents,
        used_cents=sum(placed.line.cash_cents for placed in paid),
        first=fund.obligations.first,
        last=fund.obligations.last,
        rules=tuple(rules),
    )


def _finding(funds: tuple[FundUse, ...], total: Ledgers, reached: int) -> str:
    if not total.economic_cents:
        return "The plan costs nothing."
    words = (
        f"Cash {dollars(total.cash_cents)}, economic {dollars(total.economic_cents)}, "
        f"for {plural(reached, 'educator')} reached."
    )
    used = [fund for fund in funds if fund.used_cents]
    if not used:
        return words
    top = max(used, key=lambda fund: fund.share)
    return (
        f"{words} {plural(len(used), 'fund pays', 'funds pay')}; the tightest is {top.name}, "
        f"{percent(top.share)} used, {dollars(top.remaining_cents)} remaining."
    )

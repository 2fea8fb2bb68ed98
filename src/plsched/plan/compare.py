"""Plans side by side: what each reaches, costs, covers and leaves out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from plsched.plan.facts import Facts
from plsched.plan.models import Plan, Status, TierResult
from plsched.plan.required import asked_for
from plsched.plan.standing import wall_clock
from plsched.plan.summary import Sums, summarize
from plsched.plan.tiers import times
from plsched.scenario.directory import Directory
from plsched.scenario.models import Scenario


class Row(BaseModel):
    """A frozen row of a comparison."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FundUse(Row):
    """What a fund pays of its amount; ``amount_cents`` is ``None`` where there is no such fund."""

    fund: str
    paid_cents: int
    amount_cents: int | None


class ElementCost(Row):
    """Both ledgers of a cost element."""

    element: str
    cash_cents: int
    economic_cents: int


class Coverage(Row):
    """How many of the things asked for in a pathway stand: units, rounds, cycles, series."""

    pathway: str
    standing: int
    asked: int


class Omission(Row):
    """Something left out; ``only_here`` if every other plan compared holds it."""

    id: str
    title: str
    required: bool
    reason: str
    only_here: bool


class Move(Row):
    """An item that stands at another time, place or with other people than in the first plan."""

    id: str
    title: str
    changes: tuple[str, ...]


class Column(Row):
    """One plan of a comparison. ``changes`` tells the what-if in words."""

    name: str
    status: Status
    changes: tuple[str, ...]
    tiers: tuple[TierResult, ...]
    educators_reached: int
    educator_min: int
    """Minutes of everybody who takes part; hosts and experts aside."""
    cash_cents: int
    economic_cents: int
    funds: tuple[FundUse, ...]
    elements: tuple[ElementCost, ...]
    coverage: tuple[Coverage, ...]
    left_out: tuple[Omission, ...]
    moved: tuple[Move, ...]
    """Against the first plan."""
    added: tuple[str, ...]
    """Plan items that the first plan does not have."""
    gone: tuple[str, ...]
    """Plan items that only the first plan has."""


class Comparison(Row):
    """Plans side by side; the first is what the others are compared with."""

    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Candidate:
    """A plan to compare, with its scenario and what was changed in it."""

    name: str
    scenario: Scenario
    plan: Plan
    changes: tuple[str, ...] = ()


def compare(candidates: Sequence[Candidate]) -> Comparison:
    """Put plans side by side; at least one is needed."""
    if not candidates:
        raise ValueError("nothing to compare: give one plan at least")
    facts = [Facts(Directory(c.scenario), c.plan) for c in candidates]
    out = Counter(e.id for c in candidates for e in {x.id: x for x in c.plan.left_out}.values())
    funds = sorted({f.id for c in candidates for f in c.scenario.funds})
    return Comparison(
        columns=tuple(
            _column(candidate, own, candidates[0].plan, out if len(candidates) > 1 else None, funds)
            for candidate, own in zip(candidates, facts, strict=True)
        )
    )


def _column(
    candidate: Candidate,
    facts: Facts,
    first: Plan,
    out: Counter[str] | None,
    funds: Sequence[str],
) -> Column:
    plan, summary = candidate.plan, summarize(candidate.plan)
    amounts = {fund.id: fund.amount_cents for fund in candidate.scenario.funds}
    ours, theirs = {i.id for i in plan.items}, {i.id for i in first.items}
    return Column(
        name=candidate.name,
        status=plan.status,
        changes=candidate.changes,
        tiers=plan.tiers,
        educators_reached=len(summary.whole.educators),
        educator_min=sum(len(s.participants) * p.minutes for s in facts.stands for p in s.pieces),
        cash_cents=summary.total.cash_cents,
        economic_cents=summary.total.economic_cents,
        funds=tuple(
            FundUse(
                fund=fund,
                paid_cents=summary.by["fund"].get(fund, Sums()).cash_cents,
                amount_cents=amounts.get(fund),
            )
            for fund in funds
        ),
        elements=tuple(
            ElementCost(
                element=str(element),
                cash_cents=sums.cash_cents,
                economic_cents=sums.economic_cents,
            )
            for element, sums in summary.by["element"].items()
        ),
        coverage=_coverage(facts),
        left_out=tuple(
            Omission(
                id=e.id,
                title=e.title,
                required=e.required,
                reason=e.reason,
                only_here=out is not None and out[e.id] == 1,
            )
            for e in plan.left_out
        ),
        moved=_moved(facts, first),
        added=tuple(sorted(ours - theirs)),
        gone=tuple(sorted(theirs - ours)),
    )


def _coverage(facts: Facts) -> tuple[Coverage, ...]:
    standing: dict[str, int] = defaultdict(int)
    asked: dict[str, int] = defaultdict(int)
    for thing in asked_for(facts):
        if not thing.floor:
            asked[thing.source.pathway] += 1
            standing[thing.source.pathway] += thing.stands
    return tuple(
        Coverage(pathway=p.id, standing=standing[p.id], asked=asked[p.id])
        for p in facts.scenario.pathways
    )


def _moved(facts: Facts, first: Plan) -> tuple[Move, ...]:
    zone = facts.scenario.zone
    then = {item.id: item for item in first.items}
    moves = []
    for item in facts.plan.items:
        before = then.get(item.id)
        if before is None:
            continue
        changes = []
        if times(facts, before) != times(facts, item):
            was, now = wall_clock(before.start, zone), wall_clock(item.start, zone)
            what = "first " if len(item.occurrences) > 1 else ""
            changes.append(f"{what}{was:%Y-%m-%d %H:%M} → {now:%Y-%m-%d %H:%M}")
        pairs = (
            ("facility", before.facility, item.facility),
            ("site", before.site, item.site),
            ("coach", before.coach, item.coach),
            ("experts", ", ".join(sorted(before.experts)), ", ".join(sorted(item.experts))),
            ("units", ", ".join(sorted(before.groups)), ", ".join(sorted(item.groups))),
        )
        changes += [f"{name} {a or 'none'} → {b or 'none'}" for name, a, b in pairs if a != b]
        if changes:
            moves.append(Move(id=item.id, title=item.title, changes=tuple(changes)))
    return tuple(moves)

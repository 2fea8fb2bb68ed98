"""What a plan costs and whom it reaches: sums for tables, along every path to the same total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

from plsched.money import round_half_up, split
from plsched.plan.kinds import read_account
from plsched.plan.models import CostLine, Plan

Key = TypeVar("Key", bound=Hashable)
Dimension = Literal[
    "fund", "account_code", "element", "kind", "phase", "pathway", "term", "department", "site"
]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)


@dataclass(frozen=True, slots=True)
class Placed:
    """A cost line and what it hangs on.

    ``place`` is a plan item, a sub, or an expert's day; ``source`` the scenario's item, if the
    line is of one; ``account`` that of a sub or of an expert's day.
    """

    place: str
    source: str | None
    account: str | None
    line: CostLine


@dataclass(frozen=True, slots=True)
class Sums:
    """Cents of both ledgers; they are never added to each other."""

    cash_cents: int = 0
    economic_cents: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(self.cash_cents + other.cash_cents, self.economic_cents + other.economic_cents)


@dataclass(frozen=True, slots=True)
class Reached:
    """What an item of the scenario costs, and whom it reaches.

    ``id`` is a source of plan items; or an account, for subs and expert days that several items
    share.
    """

    id: str
    educators: tuple[str, ...]
    sums: Sums

    @property
    def cash_per_educator(self) -> int | None:
        """Cash cents for each educator reached, rounded; ``None`` if nobody is."""
        return _each(self.sums.cash_cents, len(self.educators))

    @property
    def economic_per_educator(self) -> int | None:
        """Economic cents for each educator reached, rounded; ``None`` if nobody is."""
        return _each(self.sums.economic_cents, len(self.educators))


@dataclass(frozen=True, slots=True)
class CostSummary:
    """Both ledgers of a plan, broken down.

    ``by`` holds for each dimension the sums of each value, ``None`` for lines without one;
    ``whole`` is the plan as a whole with everybody whom it reaches.
    """

    total: Sums
    by: Mapping[Dimension, Mapping[str | None, Sums]]
    items: tuple[Reached, ...]
    whole: Reached


def placed_lines(plan: Plan) -> Iterator[Placed]:
    """Every cost line of a plan, with what it hangs on."""
    for item in plan.items:
        yield from (Placed(item.id, item.source, None, line) for line in item.cost_lines)
    for hired in plan.substitutes:
        workshop = read_account(hired.account)[2]
        yield from (Placed(hired.id, workshop, hired.account, x) for x in hired.cost_lines)
    for day in plan.expert_days:
        workshop = read_account(day.account)[2]
        place = f"{day.expert} {day.date}"
        yield from (Placed(place, workshop, day.account, x) for x in day.cost_lines)


def summarize(plan: Plan) -> CostSummary:
    """Break both ledgers of a plan down; each breakdown adds up to the same total."""
    lines = list(placed_lines(plan))
    total = _total(lines)
    everybody = tuple(sorted({e for item in plan.items for e in item.educators}))
    return CostSummary(
        total=total,
        by={dimension: _by(lines, dimension) for dimension in DIMENSIONS},
        items=tuple(_items(plan, lines)),
        whole=Reached(plan.scenario, everybody, total),
    )


def crossed(plan: Plan, dimensions: Sequence[Dimension]) -> Mapping[tuple[str | None, ...], Sums]:
    """Break both ledgers down along several dimensions at once; the parts add up to the total."""
    groups = _grouped(
        placed_lines(plan), lambda p: tuple(getattr(p.line, name) for name in dimensions)
    )
    return {values: _total(group) for values, group in groups.items()}


def educator_shares(plan: Plan) -> Mapping[str | None, Sums]:
    """Share each item's cost equally among those whom it reaches; nothing is lost.

    Returns
    -------
    Mapping
        Sums of each educator, in the order of ids; under ``None`` what reaches nobody. Together
        they are the plan's total to the cent.
    """
    shares: dict[str | None, Sums] = defaultdict(Sums)
    for reached in summarize(plan).items:
        people: Sequence[str | None] = reached.educators or (None,)
        each = [1] * len(people)
        cash = split(reached.sums.cash_cents, each)
        economic = split(reached.sums.economic_cents, each)
        for person, a, b in zip(people, cash, economic, strict=True):
            shares[person] += Sums(a, b)
    return dict(sorted(shares.items(), key=lambda x: (x[0] is None, x[0] or "")))


def _items(plan: Plan, lines: Iterable[Placed]) -> Iterator[Reached]:
    educators: dict[str, set[str]] = defaultdict(set)
    for item in plan.items:
        educators[item.source].update(item.educators)
        account = f"{item.pathway}|{item.department or ''}"
        educators[account].update(item.educators)
    groups = _grouped(lines, lambda p: p.source or p.account or p.place)
    sources = dict.fromkeys([*(item.source for item in plan.items), *groups])
    for key in sources:
        yield Reached(key, tuple(sorted(educators.get(key, ()))), _total(groups.get(key, ())))


def _by(lines: Iterable[Placed], dimension: Dimension) -> dict[str | None, Sums]:
    groups = _grouped(lines, lambda p: getattr(p.line, dimension))
    ordered = sorted(groups.items(), key=lambda x: (x[0] is None, x[0] or ""))
    return {key: _total(group) for key, group in ordered}


def _grouped(lines: Iterable[Placed], key: Callable[[Placed], Key]) -> dict[Key, list[Placed]]:
    groups: dict[Key, list[Placed]] = defaultdict(list)
    for placed in lines:
        groups[key(placed)].append(placed)
    return groups


def _total(lines: Iterable[Placed]) -> Sums:
    lines = list(lines)
    return Sums(sum(p.line.cash_cents for p in lines), sum(p.line.economic_cents for p in lines))


def _each(cents: int, people: int) -> int | None:
    return round_half_up(cents, people) if people else None

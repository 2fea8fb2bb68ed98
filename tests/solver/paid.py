"""Whether some funds can pay some lines: an exact flow of cents.

Amounts, caps and set-asides of a fund must nest or keep apart (a tree), as those of generated
districts do; then cents flow from lines through rules into funds, and a largest flow settles it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Sequence

from plsched.plan.models import CostLine
from plsched.plan.selectors import selects
from plsched.scenario.models.money import Fund

Bill = tuple[CostLine, str | None]
"""A line, and the scenario's item that it is of."""
Parts = list[dict[str, int]]
"""Of each bill: cents by fund."""


def pay(
    funds: Sequence[Fund], bills: Sequence[Bill], followed: Callable[[str], bool]
) -> Parts | None:
    """Divide bills over funds; ``None`` when they cannot be paid."""
    flow = _Flow()
    total = 0
    for k, (line, source) in enumerate(bills):
        if line.cash_cents == 0:
            continue
        total += line.cash_cents
        flow.arc("start", f"bill {k}", line.cash_cents)
        for fund in funds:
            if _may(fund, funds, line, source, followed):
                _route(flow, fund, k, line, source)
    if flow.run("start", "end") < total:
        return None
    return [flow.into(f"bill {k}", funds) for k in range(len(bills))]


def _may(
    fund: Fund,
    funds: Sequence[Fund],
    line: CostLine,
    source: str | None,
    followed: Callable[[str], bool],
) -> bool:
    named = line.account is not None and line.account in {f.id for f in funds}
    return (
        selects(fund, line, source)
        and fund.obligations.holds(line.obligation_date)
        and not (named and line.account != fund.id)
        and not (fund.requires_follow_up and source is not None and not followed(source))
    )


def _route(flow: _Flow, fund: Fund, bill: int, line: CostLine, source: str | None) -> None:
    assert len(fund.caps) + len(fund.set_asides) <= 1, "rules of a fund must nest"
    at, into = f"bill {bill}", f"fund {fund.id}"
    flow.arc(into, "end", fund.amount_cents, once=True)
    through = None
    for cap in fund.caps:
        if selects(cap, line, source):
            share = cap.max_percent or 0
            most = fund.amount_cents * share // 100 if cap.max_cents is None else cap.max_cents
            through = (f"cap {fund.id}", most)
    for kept in fund.set_asides:
        if not selects(kept, line, source):
            through = (f"cap {fund.id}", max(0, fund.amount_cents - kept.cents))
    middle = f"{at} {fund.id}"
    flow.arc(at, middle, line.cash_cents)
    if through is None:
        flow.arc(middle, into, line.cash_cents)
    else:
        flow.arc(middle, through[0], line.cash_cents)
        flow.arc(through[0], into, through[1], once=True)


class _Flow:
    """Shortest augmenting paths (Edmonds and Karp 1972)."""

    def __init__(self) -> None:
        self.left: dict[str, dict[str, int]] = defaultdict(dict)

    def arc(self, a: str, b: str, cents: int, *, once: bool = False) -> None:
        """Add an arc; ``once``: not if it is there already."""
        if once and b in self.left[a]:
            return
        self.left[a][b] = self.left[a].get(b, 0) + cents
        self.left[b].setdefault(a, 0)

    def run(self, start: str, end: str) -> int:
        """Send as much as possible."""
        sent = 0
        while path := self._path(start, end):
            cents = min(self.left[a][b] for a, b in path)
            for a, b in path:
                self.left[a][b] -= cents
                self.left[b][a] += cents
            sent += cents
        return sent

    def into(self, bill: str, funds: Sequence[Fund]) -> dict[str, int]:
        """Cents of a bill that went to each fund."""
        sent = {f.id: self.left[f"{bill} {f.id}"].get(bill, 0) for f in funds}
        return {f: cents for f, cents in sent.items() if cents}

    def _path(self, start: str, end: str) -> list[tuple[str, str]]:
        came: dict[str, str] = {start: start}
        queue = deque([start])
        while queue and end not in came:
            a = queue.popleft()
            for b, cents in self.left[a].items():
                if cents and b not in came:
                    came[b] = a
                    queue.append(b)
        if end not in came:
            return []
        path, b = [], end
        while b != start:
            path.append((came[b], b))
            b = came[b]
        return path[::-1]

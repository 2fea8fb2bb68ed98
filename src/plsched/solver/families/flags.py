"""Whether something holds of some decisions, said with as few literals as can be."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from plsched.solver.families.sets import largest
from plsched.solver.rows import Rows, Term


class Flags:
    r"""Terms that are at least 1 as soon as one of some literals holds.

    Literals of one source exclude each other, so their sum is 0 or 1 and says it already. For
    several sources it is said by a literal of its own:

    .. math:: \sum_{z \in S} z \le \eta \quad \text{for each source } S

    The rows bind no decision, so they belong to no rule.
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._made: dict[frozenset[frozenset[int]], int] = {}

    def terms(self, sources: Iterable[Collection[int]]) -> list[Term]:
        """Say whether any literal of any of the sources holds."""
        wanted = frozenset(largest(frozenset(s) for s in sources))
        if len(wanted) == 1:
            return [(v, 1) for v in sorted(next(iter(wanted)))]
        if wanted not in self._made:
            flag = self._made[wanted] = self._rows.literal()
            for literals in sorted(map(sorted, wanted)):
                self._rows.linear([*((v, 1) for v in literals), (flag, -1)], None, 0)
        return [(self._made[wanted], 1)]

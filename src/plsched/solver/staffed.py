"""Rounds staffed as each would be alone: a step need not count visits anew.

Most rounds share no sub with anything else, so the cheapest staffing of a round alone is also the
cheapest in the plan. Where a round cannot be placed that way its counts are freed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from plsched.solver.matrix import Numbers
from plsched.solver.model import Model
from plsched.solver.proto import Written
from plsched.solver.rows import Kind


class Staffed:
    """Counts of each round in its cheapest staffing."""

    def __init__(self, model: Model) -> None:
        found: dict[str, list[tuple[int, int, int]]] = {}
        for r in model.variables.rounds:
            mine = found.setdefault(r.round.item.id, [])
            for p in set(r.round.pattern):
                staffing = model.problem.least_cover.get((r.round.item.id, p))
                if staffing is None or not staffing.observe:
                    continue
                for counts, cheapest in ((r.observe, staffing.observe), (r.host, staffing.host)):
                    mine += [
                        (v, r.of_pattern[p], cheapest.get((c, k), 0))
                        for (q, c, k), v in counts.items()
                        if q == p
                    ]
        self._counts = {name: _rows_of_three(mine) for name, mine in found.items()}
        self._names = list(found)
        self._name_of: Numbers = np.repeat(np.arange(len(found)), [len(m) for m in found.values()])
        self._every: Numbers = np.concatenate([_rows_of_three([]), *self._counts.values()])

    def otherwise(self, values: Numbers) -> frozenset[str]:
        """Observations with a round that is staffed otherwise."""
        v, x, count = self._every.T
        differ = self._name_of[values[v] != count * values[x]]
        return frozenset(self._names[n] for n in np.unique(differ).tolist())

    def rows(self, names: Iterable[str], free: Numbers) -> Sequence[Written]:
        """Rows that staff some observations so, over free variables numbered from 0."""
        found: list[Written] = []
        for name in names:
            counts = self._counts.get(name, self._every[:0])
            places = np.searchsorted(free, counts[:, :2])
            for (v, x), count in zip(places.tolist(), counts[:, 2].tolist(), strict=True):
                row = ([v, x], [1, -count], 0, 0, int(Kind.LINEAR))
                found.append(row if count else ([v], [1], 0, 0, int(Kind.LINEAR)))
        return found


def _rows_of_three(counts: Sequence[tuple[int, int, int]]) -> Numbers:
    found: Numbers = np.array(counts, dtype=np.int64).reshape(-1, 3)
    return found

"""Names of rooms: interval colouring within each class of interchangeable facilities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from plsched.solver.problem import Piece, Problem


def name_rooms(
    problem: Problem, uses: Iterable[tuple[str, int, tuple[Piece, ...]]]
) -> dict[str, str]:
    """Give each use (id, class, pieces) a facility of its class.

    Only single pieces share a class (`index.build`), so first come, first served never fails.
    """
    by_class: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    found: dict[str, str] = {}
    for ident, k, pieces in uses:
        names = problem.places.classes[k].facilities
        if len(names) == 1:
            found[ident] = names[0]
            continue
        facility = problem.places.facility(k)
        begin = min(p.start for p in pieces) - facility.setup_min
        by_class[k].append((begin, max(p.end for p in pieces) + facility.clear_min, ident))
    for k, entries in by_class.items():
        names = problem.places.classes[k].facilities
        free_at = dict.fromkeys(names, -(10**9))
        for begin, end, ident in sorted(entries):
            name = next(n for n in names if free_at[n] <= begin)
            free_at[name] = end
            found[ident] = name
    return found

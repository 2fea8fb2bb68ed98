"""Sets of literals of which some are part of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


def largest(sets: Iterable[frozenset[int]]) -> list[frozenset[int]]:
    """Leave out sets that are part of another."""
    with_member: dict[int, list[frozenset[int]]] = defaultdict(list)
    found = []
    for s in sorted(dict.fromkeys(sets), key=len, reverse=True):
        rarest = min(s, key=lambda v: (len(with_member[v]), v))
        if not any(s < other for other in with_member[rarest]):
            found.append(s)
            for v in s:
                with_member[v].append(s)
    return found

"""What cannot stand together within a limit, said without amounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plsched.solver.rows import Rows, Term

_MOST_TERMS = 12
"""Terms of which all subsets are looked at."""


def cover_rows(rows: Rows, terms: Sequence[Term], limit: int) -> None:
    r"""Of each least set of literals that passes a limit together, one does not hold.

    .. math:: \sum_{z \in S} z \le |S| - 1 \quad \text{if } \sum_{z \in S} c_z > \text{limit}

    It follows from the limit; it keeps the linear relaxation from holding parts of them.
    """
    heavy = [t for t in terms if t[1] > 0]
    if len(heavy) > _MOST_TERMS:
        return
    for cover in _covers(sorted(heavy, key=lambda t: (-t[1], t[0])), limit):
        rows.at_most([(v, 1) for v, _ in cover], len(cover) - 1)


def _covers(terms: Sequence[Term], limit: int) -> Iterator[tuple[Term, ...]]:
    """Give sets, heaviest first, that pass the limit, but not without their lightest member."""

    def extend(first: int, so_far: tuple[Term, ...], weight: int) -> Iterator[tuple[Term, ...]]:
        for k in range(first, len(terms)):
            more = (*so_far, terms[k])
            if weight + terms[k][1] > limit:
                yield more
            else:
                yield from extend(k + 1, more, weight + terms[k][1])

    return extend(0, (), 0)

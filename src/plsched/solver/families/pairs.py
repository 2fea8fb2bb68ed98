"""Two dated decisions: which pairs of columns go together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from plsched.solver.problem import DAY
from plsched.solver.rows import Rows, Term


@dataclass(frozen=True, slots=True)
class Dated:
    """A literal with the time at which it stands."""

    start: int
    end: int
    literal: int
    day: int = field(init=False)
    """Day number of the start."""
    last_day: int = field(init=False)
    """Day number of the last minute."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "day", self.start // DAY)
        object.__setattr__(self, "last_day", (self.end - 1) // DAY)


def require_window(
    rows: Rows,
    later: Sequence[Dated],
    earlier: Sequence[Dated],
    least: int,
    most: int | None,
) -> None:
    """Each later column needs an earlier one that has ended, ``least`` to ``most`` days before.

    The columns of an activity last equally long, so those that fit are a run in time order. The
    same is said once more summed over all later columns up to a time: the linear relaxation is
    tighter for it.
    """
    first = sorted(earlier, key=lambda d: d.start)
    ends = [d.end for d in first]
    days = [d.day for d in first]
    ordered = sorted(later, key=lambda d: d.start)
    so_far: list[Term] = []
    lowest = 0
    for index, b in enumerate(ordered):
        high = min(bisect_right(ends, b.start), bisect_right(days, b.day - least))
        low = 0 if most is None else bisect_left(days, b.day - most)
        rows.implies(b.literal, [d.literal for d in first[low:high]])
        if not so_far:
            lowest = low
        so_far.append((b.literal, -1))
        last_of_start = index + 1 == len(ordered) or ordered[index + 1].start > b.start
        if last_of_start and index and high - lowest < len(first):
            rows.linear([*so_far, *((d.literal, 1) for d in first[lowest:high])], 0, None)


def forbid_pairs(
    rows: Rows,
    first: Sequence[Dated],
    second: Sequence[Dated],
    clash: Callable[[Dated, Dated], bool],
) -> None:
    """At most one of a pair that clashes; columns of ``first`` exclude one another."""
    for b in second:
        bad = [a.literal for a in first if clash(a, b)]
        if bad:
            rows.at_most_one([*bad, b.literal])

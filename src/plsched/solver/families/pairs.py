"""Two dated decisions: which pairs of columns go together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from plsched.solver.problem import DAY
from plsched.solver.rows import Rows


@dataclass(frozen=True, slots=True)
class Dated:
    """A literal with the time at which it stands."""

    start: int
    end: int
    literal: int

    @property
    def day(self) -> int:
        """Day number of the start."""
        return self.start // DAY

    @property
    def last_day(self) -> int:
        """Day number of the last minute."""
        return (self.end - 1) // DAY


def require_window(
    rows: Rows,
    later: Sequence[Dated],
    earlier: Sequence[Dated],
    least: int,
    most: int | None,
) -> None:
    """Each later column needs an earlier one that has ended, ``least`` to ``most`` days before."""

    def fits(a: Dated, b: Dated) -> bool:
        gap = b.day - a.day
        return a.end <= b.start and gap >= least and (most is None or gap <= most)

    for b in later:
        rows.implies(b.literal, [a.literal for a in earlier if fits(a, b)])
    _cumulative(rows, later, earlier, fits)


def _cumulative(
    rows: Rows,
    later: Sequence[Dated],
    earlier: Sequence[Dated],
    fits: Callable[[Dated, Dated], bool],
) -> None:
    """The same, summed over all later columns up to a time: a tighter linear relaxation."""
    ordered = sorted(later, key=lambda d: d.start)
    for index, b in enumerate(ordered[:-1]):
        if index and ordered[index + 1].start == b.start:
            continue
        so_far = ordered[: index + 1]
        able = [a.literal for a in earlier if any(fits(a, x) for x in so_far)]
        if len(able) < len(earlier):
            rows.linear([*((x.literal, -1) for x in so_far), *((a, 1) for a in able)], 0, None)


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

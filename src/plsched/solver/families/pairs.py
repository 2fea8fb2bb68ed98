"""Dated decisions: which columns of a later one go with which of an earlier one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from plsched.solver.problem import DAY
from plsched.solver.rows import Rows, Term


class Dated(NamedTuple):
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


Range = tuple[int, int]
"""Columns of a run, the first and the one after the last."""


class Run:
    """Columns of one decision, of which at most one holds, and one does if ``whole`` does.

    They stand in the order of their ends; where an order of starts is asked for, in that.
    """

    def __init__(self, columns: Iterable[Dated], whole: int, *, starts: bool = False) -> None:
        self.columns = sorted(
            columns, key=lambda d: (d.start, d.end) if starts else (d.end, d.start)
        )
        self.whole = whole
        self._starts = [d.start for d in self.columns]
        self._ends = [d.end for d in self.columns]
        self._days = [d.day for d in self.columns]
        self._last_days = [d.last_day for d in self.columns]

    def by_start(self) -> Run:
        """Give the same columns in the order of their starts."""
        return Run(self.columns, self.whole, starts=True)

    def ended(self, moment: int) -> Range:
        """Columns that have ended by a moment."""
        return 0, bisect_right(self._ends, moment)

    def before(
        self, later: Dated, least: int, most: int | None, *, from_last_day: bool = False
    ) -> Range:
        """Columns that have ended by a later one, ``least`` to ``most`` days before it.

        Days are counted from the start of a column, or ``from_last_day``.
        """
        days = self._last_days if from_last_day else self._days
        low = 0 if most is None else bisect_left(days, later.day - most)
        high = min(bisect_right(self._ends, later.start), bisect_right(days, later.day - least))
        return low, max(low, high)

    def after(self, earlier: Dated, least: int, most: int | None) -> Range:
        """Columns, by their starts, ``least`` to ``most`` days after the last of an earlier one."""
        high = len(self.columns)
        if most is not None:
            high = bisect_right(self._days, earlier.last_day + most)
        low = max(
            bisect_left(self._starts, earlier.end),
            bisect_left(self._days, earlier.last_day + least),
        )
        return min(low, high), high

    def terms(self, part: Range) -> list[Term]:
        """Terms that add up to 1 if a column of a range holds, else to 0."""
        if part == (0, len(self.columns)):
            return [(self.whole, 1)]
        return [(d.literal, 1) for d in self.columns[slice(*part)]]


def need_one(
    rows: Rows,
    later: Iterable[tuple[int, tuple[Range, ...]]],
    earlier: Sequence[Run],
    *,
    granted: bool = False,
) -> None:
    r"""Each later literal needs an earlier one in its ranges.

    .. math:: \sum_{b \in g} x_b \le \sum_{a \in W(g)} x_a, \qquad
        \sum_{g' \le g} \sum_{b \in g'} x_b \le \sum_{a \in \bigcup_{g' \le g} W(g')} x_a

    for each set :math:`g` of literals with equal ranges. The second row is there for the linear
    relaxation; its sum starts anew where ranges no longer overlap. Where ranges begin alike it says
    what the first does.

    Parameters
    ----------
    later
        Literals of which at most one holds, in time order, each with its range in every run:
        neither end of a range falls from one literal to the next.
    granted
        Nothing later stands without something earlier: ranges that hold everything say nothing.
    """
    groups: list[tuple[list[Term], tuple[Range, ...]]] = []
    never: list[Term] = []
    for literal, ranges in later:
        if all(low >= high for low, high in ranges):
            never.append((literal, 1))
        elif groups and groups[-1][1] == ranges:
            groups[-1][0].append((literal, 1))
        else:
            groups.append(([(literal, 1)], ranges))
    if never:
        rows.at_most(never, 0)
    everything = tuple((0, len(run.columns)) for run in earlier)
    for run_of_groups in _overlapping(groups):
        so_far: list[Term] = []
        lows = [low for low, _ in run_of_groups[0][1]]
        for index, (literals, ranges) in enumerate(run_of_groups):
            so_far += literals
            union = tuple((low, high) for low, (_, high) in zip(lows, ranges, strict=True))
            if not _ends_alike(ranges, run_of_groups[index + 1 : index + 2]) and not (
                granted and union == everything
            ):
                _at_most_sum(rows, so_far, earlier, union)
            if ranges != union and not (granted and ranges == everything):
                _at_most_sum(rows, literals, earlier, ranges)


Group = tuple[list[Term], tuple[Range, ...]]
"""Literals with equal ranges."""


def _overlapping(groups: Sequence[Group]) -> list[list[Group]]:
    """Cut a sequence of groups where the ranges of one begin after all those before have ended."""
    found: list[list[Group]] = []
    for group in groups:
        if found and any(
            low < high for (low, _), (_, high) in zip(group[1], found[-1][-1][1], strict=True)
        ):
            found[-1].append(group)
        else:
            found.append([group])
    return found


def _ends_alike(ranges: tuple[Range, ...], following: Sequence[Group]) -> bool:
    """Whether the row of the next group, with more literals, has as many earlier columns."""
    return any([high for _, high in ranges] == [high for _, high in g[1]] for g in following)


def _at_most_sum(
    rows: Rows, literals: Sequence[Term], earlier: Sequence[Run], ranges: tuple[Range, ...]
) -> None:
    able = [term for run, part in zip(earlier, ranges, strict=True) for term in run.terms(part)]
    rows.linear([*((v, -c) for v, c in literals), *able], 0, None)


def in_series(
    rows: Rows, runs: Sequence[Run], least: int, most: int | None, must: int
) -> list[Run]:
    """Each run follows the one before it in its window; the first ``must`` stand together or not.

    Gives the columns that can stand at all: those that no column of the run before leads to are
    forbidden, and so are those that lead to none of a run that must stand with them.
    """
    able = [list(run.columns) for run in runs]
    for k in range(1, len(able)):
        before = Run(able[k - 1], runs[k - 1].whole)
        able[k] = [d for d in able[k] if _some(before.before(d, least, most))]
    for k in range(min(must, len(able)) - 2, -1, -1):
        run = Run(able[k], runs[k].whole)
        led_to = {i for d in able[k + 1] for i in range(*run.before(d, least, most))}
        able[k] = [d for i, d in enumerate(run.columns) if i in led_to]
    left = [Run(columns, run.whole) for columns, run in zip(able, runs, strict=True)]
    for run, kept in zip(runs, left, strict=True):
        never = {d.literal for d in run.columns} - {d.literal for d in kept.columns}
        if never:
            rows.at_most([(v, 1) for v in sorted(never)], 0)
    for earlier, later in pairwise(left):
        need_one(
            rows,
            [(d.literal, (earlier.before(d, least, most),)) for d in later.by_start().columns],
            [earlier],
            granted=True,
        )
    return left


def _some(part: Range) -> bool:
    return part[0] < part[1]


def keep_apart(
    rows: Rows, first: Run, second: Run, least: int, *, from_last_day: bool = False
) -> None:
    """Every column of ``first`` has ended, ``least`` days before, where ``second`` starts.

    The columns of ``second`` up to a time exclude those of ``first`` that are too late for it.
    """
    so_far: list[int] = []
    columns = second.by_start().columns
    highs = [first.before(d, least, None, from_last_day=from_last_day)[1] for d in columns]
    for index, (d, high) in enumerate(zip(columns, highs, strict=True)):
        so_far.append(d.literal)
        late = [x.literal for x in first.columns[high:]]
        if late and highs[index + 1 : index + 2] != [high]:
            rows.at_most_one([*so_far, *late])

"""The school year as columns: weeks and months, and the bands across them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from plsched.exports.report.wording import MONTHS
from plsched.timegrid import month_key, week_start


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month of the year, and how many of the listed weeks begin in it."""

    year: int
    month: int
    weeks: int = 0

    @property
    def label(self) -> str:
        """Name of the month, short."""
        return MONTHS[self.month - 1]


def months_between(first: date, last: date) -> tuple[Month, ...]:
    """Give every calendar month from first to last, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    start = first.year * 12 + first.month - 1
    return tuple(Month(m // 12, m % 12 + 1) for m in range(start, start + count))


def weeks_of(dates: Iterable[date]) -> tuple[date, ...]:
    """Give the Mondays of all weeks from the earliest date to the latest."""
    mondays = {week_start(d) for d in dates}
    if not mondays:
        return ()
    count = (max(mondays) - min(mondays)).days // 7 + 1
    return tuple(min(mondays) + timedelta(weeks=n) for n in range(count))


def month_heads(weeks: Iterable[date]) -> tuple[Month, ...]:
    """Group weeks under the months in which they begin."""
    return tuple(
        Month(year, month, len(list(group)))
        for (year, month), group in groupby(weeks, key=month_key)
    )


@dataclass(frozen=True, slots=True)
class Block:
    """Weeks that fit beside each other on paper; ``first`` counts from the first week of all."""

    first: int
    weeks: tuple[date, ...]
    heads: tuple[Month, ...]

    @property
    def end(self) -> int:
        """Index after the last week."""
        return self.first + len(self.weeks)

    @property
    def starts(self) -> frozenset[date]:
        """Weeks with which a month begins."""
        found, at = [], 0
        for head in self.heads:
            found.append(self.weeks[at])
            at += head.weeks
        return frozenset(found)


def blocks(weeks: tuple[date, ...], most: int = 27) -> tuple[Block, ...]:
    """Cut weeks into blocks of nearly the same size, at most ``most`` each."""
    parts = -(-len(weeks) // most)
    cuts = [len(weeks) * n // parts for n in range(parts + 1)] if parts else [0]
    return tuple(Block(a, weeks[a:b], month_heads(weeks[a:b])) for a, b in pairwise(cuts))

"""Hires against the releases of a day: a row for each set of periods that tells something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from plsched.solver.rows import Rows, Term, merge

MOST_HIRED = 500
"""Subs of one shift at a desk."""

Shift = tuple[int, int]
"""Variable that counts hires, and the most periods that each of them may cover."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Periods of a half in which the same decisions release equally many."""

    early: bool
    terms: Mapping[int, int]
    periods: int

    def within(self, other: Block) -> bool:
        """Whether the other block never has fewer releases in a period."""
        return self.early == other.early and all(
            c <= other.terms.get(v, 0) for v, c in self.terms.items()
        )


@dataclass(frozen=True, slots=True)
class Hireable:
    """Shifts of a desk."""

    full: Shift
    morning: tuple[Shift, ...]
    afternoon: tuple[Shift, ...]

    def able(self, chosen: Iterable[Block]) -> list[Term]:
        """Count the releases that hires can cover of some blocks."""
        early, late = _periods(chosen)
        return [
            (self.full[0], min(self.full[1], early + late)),
            *((h, min(most, early)) for h, most in self.morning),
            *((h, min(most, late)) for h, most in self.afternoon),
        ]

    def covers_apart(self, chosen: Sequence[Block]) -> bool:
        """Whether hires that cover some of the blocks are none the less able to cover the others."""
        early, late = _periods(chosen)
        if len(chosen) < 2 or early + late > self.full[1]:
            return False
        if early and late:
            return True
        caps = {most for _, most in (self.morning if early else self.afternoon)}
        return all(most == 0 or most >= early + late for most in caps)


def hire_rows(
    rows: Rows,
    need: Mapping[str, Sequence[Term]],
    early: frozenset[str],
    hires: Hireable,
) -> None:
    r"""Tie hires to the releases of each period.

    By the theorem of Gale and Ryser, hires :math:`h` can cover releases :math:`N_k`, each one in a
    period at a time, if for every set :math:`S` of periods

    .. math:: \sum_{k \in S} N_k \le \sum_h \min(m_h, |S \cap K_h|)\, h

    where :math:`K_h` are the periods of the shift and :math:`m_h` the most that a hire may cover.

    Parameters
    ----------
    need
        For each period, the terms that add up to its releases.
    early
        Periods of the morning.
    """
    alike: dict[tuple[bool, frozenset[Term]], int] = defaultdict(int)
    for period, terms in need.items():
        alike[period in early, frozenset(merge(terms))] += 1
    blocks = [Block(am, dict(terms), count) for (am, terms), count in alike.items() if terms]
    if len(blocks) > _FEW and len(hires.morning) == len(hires.afternoon) == 1:
        _share_out(rows, blocks, hires)
        return
    for chosen in telling(blocks, hires):
        asked = merge((v, -c * b.periods) for b in chosen for v, c in b.terms.items())
        rows.linear([*((h, n) for h, n in hires.able(chosen) if n), *asked], 0, None)


_FEW = 4
"""Blocks whose sets are all looked at."""


def _share_out(rows: Rows, blocks: Sequence[Block], hires: Hireable) -> None:
    """Say of each block how many of its releases full days and half-days cover.

    It allows what the rows on sets allow. It takes more variables, but where many blocks differ the
    search proves a bound on the hires several times as fast.
    """
    full, per_day = hires.full
    by_full: list[int] = []
    by_half: tuple[list[int], list[int]] = ([], [])
    for block in blocks:
        half, most = (hires.morning if block.early else hires.afternoon)[0]
        f, s = (rows.integer(0, block.periods * MOST_HIRED) for _ in range(2))
        asked = [(v, -c * block.periods) for v, c in block.terms.items()]
        rows.linear([(f, 1), (s, 1), *asked], 0, None)
        rows.linear([(full, block.periods), (f, -1)], 0, None)
        rows.linear([(half, min(block.periods, most)), (s, -1)], 0, None)
        by_full.append(f)
        by_half[0 if block.early else 1].append(s)
    rows.linear([*((f, 1) for f in by_full), (full, -per_day)], None, 0)
    for counts, shifts in zip(by_half, (hires.morning, hires.afternoon), strict=True):
        rows.linear([*((s, 1) for s in counts), (shifts[0][0], -shifts[0][1])], None, 0)


def _periods(chosen: Iterable[Block]) -> tuple[int, int]:
    """Count the periods of the morning and of the afternoon."""
    counts = [0, 0]
    for block in chosen:
        counts[0 if block.early else 1] += block.periods
    return counts[0], counts[1]


def telling(blocks: Sequence[Block], hires: Hireable) -> Iterator[tuple[Block, ...]]:
    """Give sets of periods of which the rows imply those of all others.

    What hires can cover is concave in the number of periods of a half. So a set that has some
    periods of a block says no more than with none or with all of them; nor does one with a block
    but without another that never has fewer releases. A set says nothing, either, if it falls into
    parts that are covered apart, or if it could be larger without any hire covering more.
    """
    for size in range(1, len(blocks) + 1):
        for chosen in combinations(blocks, size):
            others = [b for b in blocks if b not in chosen]
            able = hires.able(chosen)
            if not (
                hires.covers_apart(chosen)
                or any(b.within(other) for b in chosen for other in others)
                or any(hires.able([*chosen, other]) == able for other in others)
            ):
                yield chosen

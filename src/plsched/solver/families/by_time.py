"""Hires paid by the period or by the hour, beside those by the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from plsched.scenario.models.calendar import BellSchedule, Level
from plsched.scenario.models.people import Substitutes
from plsched.solver.families.hires import MOST_HIRED, Shift
from plsched.solver.families.staffing import Stint, short_of_a_day, stints
from plsched.solver.rows import Rows, Term


@dataclass(frozen=True, slots=True)
class ByPeriod:
    """Subs hired by the period, the periods that they are paid for, the most that each may cover."""

    hired: int
    paid: int
    most: int


@dataclass(slots=True)
class ByTime:
    """Hires at a desk by the period, and by the hour for each stint; ``price`` in cents."""

    periods: ByPeriod | None = None
    stints: dict[Stint, int] = field(default_factory=dict)
    price: list[Term] = field(default_factory=list)

    @property
    def hired(self) -> Iterable[int]:
        """Variables that count subs."""
        return (*([self.periods.hired] if self.periods else ()), *self.stints.values())


def by_time_hires(rows: Rows, subs: Substitutes, level: Level, bell: BellSchedule | None) -> ByTime:
    """Count hires by the period and by the hour on a day, where these have a price."""
    found = ByTime()
    if subs.period_cents is not None:
        most = short_of_a_day(subs, level, bell.periods if bell else ())
        paid = rows.integer(0, MOST_HIRED * max(most, subs.minimum_periods))
        found.periods = ByPeriod(rows.integer(0, MOST_HIRED), paid, most)
        found.price.append((paid, subs.period_cents))
    for stint in stints(subs, level, bell):
        hired = found.stints[stint] = rows.integer(0, MOST_HIRED)
        found.price.append((hired, stint.cents))
    return found


def by_time_rows(
    rows: Rows,
    need: Mapping[str, Sequence[Term]],
    days: Iterable[tuple[frozenset[str], Shift]],
    hires: ByTime,
    minimum_periods: int,
) -> None:
    r"""Share the releases of each period out over all who are hired.

    .. math:: N_k \le \sum_h c_{hk}, \quad c_{hk} \le h, \quad \sum_k c_{hk} \le m_h h, \quad
        \text{paid} \ge \sum_k c_{Hk}, \quad \text{paid} \ge \text{minimum} \cdot H

    Subs by the period can share their periods out evenly, so that either all or none of them cover
    fewer than the minimum: what they are paid together is the larger of the two sums.

    Parameters
    ----------
    need
        For each period, the terms that add up to its releases.
    days
        Hires by the day and half-day, each with the periods that it can cover.
    """
    shares: dict[str, list[Term]] = {period: [] for period in need}
    for periods, (hired, most) in days:
        _take(rows, shares, need, periods, hired, most)
    for stint, hired in hires.stints.items():
        _take(rows, shares, need, frozenset(stint.periods), hired, stint.most)
    if hires.periods is not None:
        _by_period(rows, shares, need, hires.periods, minimum_periods)
    for period, terms in need.items():
        if shares[period]:
            rows.linear([*shares[period], *((v, -c) for v, c in terms)], 0, None)
        elif hires.periods is None:
            rows.linear(list(terms), None, 0)


def _take(
    rows: Rows,
    shares: Mapping[str, list[Term]],
    need: Mapping[str, Sequence[Term]],
    periods: frozenset[str],
    hired: int,
    most: int,
) -> None:
    """Let hires cover periods; where they cannot cover all of them, say how many of each."""
    able = [k for k in need if k in periods]
    if most >= len(able):
        for period in able:
            shares[period].append((hired, 1))
        return
    covered = [rows.integer(0, min(MOST_HIRED, rows.span(need[k]))) for k in able]
    for period, count in zip(able, covered, strict=True):
        rows.linear([(hired, 1), (count, -1)], 0, None)
        shares[period].append((count, 1))
    rows.linear([*((v, 1) for v in covered), (hired, -most)], None, 0)


def _by_period(
    rows: Rows,
    shares: Mapping[str, list[Term]],
    need: Mapping[str, Sequence[Term]],
    hires: ByPeriod,
    minimum: int,
) -> None:
    alone = not any(shares.values())
    by_period: list[Sequence[Term]] = []
    for period, terms in need.items():
        asked = terms
        if not alone:
            count = rows.integer(0, min(MOST_HIRED, rows.span(terms)))
            shares[period].append((count, 1))
            asked = [(count, 1)]
        rows.linear([(hires.hired, 1), *((v, -c) for v, c in asked)], 0, None)
        by_period.append(asked)
    everything = [term for asked in by_period for term in asked]
    less = [(v, -c) for v, c in everything]
    rows.linear([(hires.hired, hires.most), *less], 0, None)
    rows.linear([(hires.paid, 1), *less], 0, None)
    rows.linear([(hires.paid, 1), (hires.hired, -minimum)], 0, None)

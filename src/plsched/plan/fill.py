"""How many substitutes of a pool can be counted on, on a date and with what notice."""

from __future__ import annotations

from datetime import date

from plsched.plan.models import Plan
from plsched.scenario.models.base import weekday_of
from plsched.scenario.models.people import SubPool


def expected_fill(pool: SubPool, day: date) -> int:
    """Subs of a pool that can be counted on: ``floor(size x fill / 100)``, 0 when closed."""
    return _size(pool, day) * _fill(pool, day) // 100


def expected_on_notice(pool: SubPool, day: date, as_of: date | None, before: Plan | None) -> int:
    """Subs that can be counted on when a plan replaces another one.

    Those whom the plan before books stay; of the others fewer come on short notice, and none on
    a day that is over.

    Parameters
    ----------
    pool, day
        The pool, and the date of the hires.
    as_of
        The day on which the plan is made.
    before
        The plan that is replaced.
    """
    usual = expected_fill(pool, day)
    if before is None or as_of is None or not pool.fill_on_short_notice:
        return usual
    booked = sum(s.pool == pool.id and s.date == day for s in before.substitutes)
    notice = (day - as_of).days
    steps = [fill for days, fill in sorted(pool.fill_on_short_notice.items()) if notice < days]
    if not steps:
        return usual
    fill = min(steps[0], _fill(pool, day)) if notice >= 0 else 0
    others = max(0, _size(pool, day) - booked) * fill // 100
    return min(usual, booked + others)


def _size(pool: SubPool, day: date) -> int:
    closed = any(span.holds(day) for span in pool.closed)
    return 0 if closed else pool.size_on.get(day, pool.size)


def _fill(pool: SubPool, day: date) -> int:
    return pool.fill_on.get(weekday_of(day), pool.fill_percent)

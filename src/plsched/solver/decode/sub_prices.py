"""What a named sub costs, once it is known which periods they cover."""

from __future__ import annotations

from plsched.money import pay
from plsched.scenario.models.calendar import BellSchedule
from plsched.scenario.models.people import Substitutes
from plsched.solver.decode.subs import NamedSub
from plsched.solver.families.cover import full_cents, half_cents, second_site_cents
from plsched.solver.families.staffing import stay_min


def price(subs: Substitutes, sub: NamedSub, bell: BellSchedule | None) -> tuple[int, int, str]:
    """Cents of a hire, and for how many of what."""
    covered = {cover.period for cover in sub.covers}
    if sub.shift == "periods":
        periods = max(len(covered), subs.minimum_periods)
        return periods * (subs.period_cents or 0), periods, "periods"
    if sub.shift == "hours":
        there = [p for p in bell.periods if p.id in covered] if bell else []
        minutes = max(stay_min(bell, there), subs.minimum_min) if bell else subs.minimum_min
        return pay(subs.hour_cents or 0, minutes), minutes, "minutes"
    if sub.second_site is not None:
        return second_site_cents(subs), 1, "days"
    if sub.shift == "full":
        return full_cents(subs), 1, "days"
    return half_cents(subs), 1, "half-days"

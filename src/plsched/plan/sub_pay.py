"""What a sub is paid: by the day in steps, by the period, by the hour."""

from __future__ import annotations

from typing import NamedTuple

from plsched.money import pay, round_half_up
from plsched.plan.models import Substitute
from plsched.scenario.directory import Directory
from plsched.scenario.models.calendar import BellSchedule, Period
from plsched.scenario.models.people import Substitutes


class Pay(NamedTuple):
    """Cents of a hire, for so many days, half-days, periods or minutes."""

    cents: int
    quantity: int
    unit: str


def sub_pay(directory: Directory, subs: Substitutes, hired: Substitute) -> Pay:
    """Give what a hire is paid; a unit that has no price here costs nothing."""
    match hired.shift:
        case "periods":
            periods = max(len(covered_periods(directory, hired)), subs.minimum_periods)
            return Pay(periods * (subs.period_cents or 0), periods, "periods")
        case "hours":
            minutes = max(minutes_there(directory, hired), subs.minimum_min)
            return Pay(pay(subs.hour_cents or 0, minutes), minutes, "minutes")
        case "full":
            return Pay(_day(subs, hired), 1, "days")
        case _:
            return Pay(_half_day(subs), 1, "half-days")


def covered_periods(directory: Directory, hired: Substitute) -> tuple[Period, ...]:
    """Periods of the bell schedule that a hire covers at its first site, each once."""
    bell = _bell(directory, hired)
    names = {cover.period for cover in hired.covers if cover.site == hired.site}
    return () if bell is None else tuple(p for p in bell.periods if p.id in names)


def minutes_there(directory: Directory, hired: Substitute) -> int:
    """Minutes from the first to the last period covered, lunch of the bell schedule aside."""
    periods, bell = covered_periods(directory, hired), _bell(directory, hired)
    if not periods or bell is None:
        return 0
    first, last = min(p.start_min for p in periods), max(p.end_min for p in periods)
    lunch = bell.lunch
    eaten = 0 if lunch is None else min(last, lunch.end_min) - max(first, lunch.start_min)
    return last - first - max(0, eaten)


def _bell(directory: Directory, hired: Substitute) -> BellSchedule | None:
    return directory.bell(hired.site, hired.date) if hired.site in directory.sites else None


def _day(subs: Substitutes, hired: Substitute) -> int:
    if hired.second_site is None:
        return subs.day_cents or 0
    surcharge = subs.second_site_surcharge_cents
    return (subs.day_cents or 0) + (_half_day(subs) if surcharge is None else surcharge)


def _half_day(subs: Substitutes) -> int:
    half = subs.half_day_cents
    return round_half_up(subs.day_cents or 0, 2) if half is None else half

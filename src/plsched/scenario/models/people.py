"""Who learns, who teaches the teachers, who stands in for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from plsched.scenario.models.base import (
    WORKDAYS,
    Availability,
    Cents,
    Count,
    DateRange,
    Id,
    Minutes,
    Model,
    Name,
    Percent,
    Weekday,
)
from plsched.scenario.models.calendar import Level


class Role(Model):
    """A kind of position: teacher, coach, principal."""

    id: Id
    name: Name
    facilitator: bool = False
    """True for those who facilitate professional learning (coaches, consultants, leads)."""


class Salary(Model):
    """Pay of a position. The hours basis is explicit: 2,080 h and 187 days of 7.5 h differ.

    An hour of contract time is worth ``annual_cents * (1000 + fringe_permille) / 1000 /
    basis_hours``; an hour outside contract time is paid ``stipend_cents_per_hour``.
    """

    id: Id
    annual_cents: Cents
    basis_hours: Annotated[int, Field(ge=1, le=10_000)]
    fringe_permille: Annotated[int, Field(ge=0, le=2000)] = 0
    stipend_cents_per_hour: Cents = 0


class SiteDays(Model):
    """Weekdays that a two-site educator works at another site."""

    site: Id
    weekdays: tuple[Weekday, ...] = Field(min_length=1)


class Educator(Model):
    """A member of staff.

    ``teaches`` lists the periods taught on days when students are there; ``teaches_on`` replaces
    it for single day kinds (A/B days, early release). Periods that a bell schedule lacks are
    skipped. ``off_weekdays`` are days that a part-time educator does not work. ``fte_percent`` is
    the part of a full-time position that they hold, for the checks of what adds up to it and for
    ratios; ``salary`` is that of a full-time position, so an hour of theirs is worth the same.
    """

    id: Id
    name: Name
    role: Id
    site: Id
    groups: tuple[Id, ...] = ()
    other_sites: tuple[SiteDays, ...] = ()
    off_weekdays: tuple[Weekday, ...] = ()
    contract: Literal["school_year", "twelve_month"] = "school_year"
    fte_percent: Percent = 100
    teaches: tuple[Id, ...] = ()
    teaches_on: dict[Id, tuple[Id, ...]] = Field(default_factory=dict)
    salary: Id | None = None
    position_fund: Id | None = None
    department: Id | None = None
    grade: Id | None = None
    email: Name | None = None
    calendar_name: Name | None = None


class Members(Model):
    """Choose educators by what they are; each list that is given must match."""

    roles: tuple[Id, ...] | None = None
    sites: tuple[Id, ...] | None = None
    departments: tuple[Id, ...] | None = None
    grades: tuple[Id, ...] | None = None


class Group(Model):
    """Educators scheduled together.

    Its members are those in ``members``, those who match ``where``, and those whose own row names
    the group.
    """

    id: Id
    name: Name
    members: tuple[Id, ...] = ()
    where: Members | None = None


class Rate(Model):
    """What an expert costs.

    ``hour``: paid minutes are ``max(session minutes, minimum_min)`` plus ``prep_permille`` of the
    session's minutes, for each session. ``day``: one ``cents`` for each date, pathway and
    department on which the expert works. ``travel_cents_per_day`` is added for each date, pathway
    and department with a session in person.
    """

    unit: Literal["hour", "day"]
    cents: Cents
    minimum_min: Minutes = 0
    prep_permille: Annotated[int, Field(ge=0, le=10_000)] = 0
    travel_cents_per_day: Cents = 0


class Expert(Model):
    """Somebody who facilitates: a member of staff (``educator``) or an external partner.

    ``hours_cap_min`` caps the minutes presented in the year; ``contract_max_cents`` caps what
    the contract pays, travel included. An external expert's fees are obligated on the date of
    signing (``contract_signed``), else on the date of service.
    """

    id: Id
    name: Name
    skills: tuple[Id, ...] = Field(min_length=1)
    educator: Id | None = None
    site: Id | None = None
    rate: Rate | None = None
    availability: tuple[Availability, ...] = ()
    unavailable: tuple[DateRange, ...] = ()
    hours_cap_min: Minutes | None = None
    contract_max_cents: Cents | None = None
    contract_signed: date | None = None

    @model_validator(mode="after")
    def _one_purse(self) -> Expert:
        if self.educator is not None and self.rate is not None:
            raise ValueError(
                "an expert who is an educator is paid by salary: remove 'rate' or 'educator'"
            )
        return self


_WEAKER_DAYS: Mapping[Weekday, int] = {"mon": 75, "fri": 75}


class SubPool(Model):
    """Substitutes who serve some sites.

    On a date, at most ``floor(size * fill / 100)`` can be counted on; ``size_on`` replaces the
    size on single dates, ``fill_on`` the fill on weekdays. None come on ``closed`` dates.

    ``fill_on_short_notice`` is for plans that replace another one, with ``policy.as_of``: under
    ``{2: 40, 7: 65}``, of those who are not booked yet 40 % can be counted on with less than 2
    days' notice and 65 % with less than 7, or the fill of the weekday where that is lower.
    """

    id: Id
    sites: tuple[Id, ...] = Field(min_length=1)
    size: Count
    fill_percent: Percent = 80
    fill_on: dict[Weekday, Percent] = Field(default_factory=lambda: dict(_WEAKER_DAYS))
    size_on: dict[date, Count] = Field(default_factory=dict)
    closed: tuple[DateRange, ...] = ()
    fill_on_short_notice: dict[Annotated[int, Field(ge=1, le=365)], Percent] = Field(
        default_factory=dict
    )

    @model_validator(mode="after")
    def _falls_with_notice(self) -> SubPool:
        steps = sorted(self.fill_on_short_notice.items())
        for (shorter, more), (longer, less) in pairwise(steps):
            if more > less:
                raise ValueError(
                    f"fill_on_short_notice is {more} with less than {shorter} days' notice and {less} "
                    f"with less than {longer}: fill falls with short notice, so swap them"
                )
        return self


class Roving(Model):
    """One sub covers several educators in a day, a period each."""

    max_periods_per_day: Annotated[int, Field(ge=1, le=20)] = 6
    lunch_min: Minutes = 30
    passing_min: Minutes = 5


class Substitutes(Model):
    """How subs are hired and paid: by the day in steps, by the period, by the hour.

    Each unit that has a price can be hired. A half-day hire (``morning`` or ``afternoon``; a period
    belongs to the morning when it starts before ``afternoon_start``) covers fewer periods than
    ``full_day_from_periods`` of the site's level and fewer minutes than ``full_day_from_min``, where
    these are given; so does a hire by the period or by the hour. ``half_day_cents`` is half a day,
    rounded half up, when left out. A sub hired at a second site for the other half of a day is paid
    ``second_site_surcharge_cents`` (a half-day when left out) on top of a full day, and only where
    ``allow_second_site``. By the period, a sub is paid ``period_cents`` for each period covered, for
    ``minimum_periods`` at least. By the hour, a sub is paid ``hour_cents`` from the first to the last
    period covered, lunch of the bell schedule aside, for ``minimum_min`` minutes at least; each hire
    is rounded half up. ``charge`` says whose fund pays: the item's, or the fund of the absent
    educator's own position. ``uncovered_cents_per_hour`` is what a colleague is paid for covering
    when a sub does not come; the report prices the expected number of them.
    """

    day_cents: Cents | None = None
    half_day_cents: Cents | None = None
    period_cents: Cents | None = None
    minimum_periods: Annotated[int, Field(ge=1, le=20)] = 1
    hour_cents: Cents | None = None
    minimum_min: Minutes = 0
    afternoon_start: time = time(12, 0)
    full_day_from_periods: dict[Level, Annotated[int, Field(ge=2, le=20)]] = Field(
        default_factory=dict
    )
    full_day_from_min: dict[Level, Minutes] = Field(default_factory=dict)
    roving: Roving = Roving()
    allow_second_site: bool = False
    second_site_surcharge_cents: Cents | None = None
    charge: Literal["item", "position"] = "item"
    uncovered_cents_per_hour: Cents = 2000
    pools: tuple[SubPool, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _has_prices(self) -> Substitutes:
        if self.day_cents is None and not self.pays_by_time:
            raise ValueError(
                "subs have no price: give day_cents, period_cents or hour_cents, as they are paid"
            )
        if self.day_cents is None:
            of_days = {
                "half_day_cents": self.half_day_cents is not None,
                "full_day_from_periods": bool(self.full_day_from_periods),
                "full_day_from_min": bool(self.full_day_from_min),
                "allow_second_site": self.allow_second_site,
                "second_site_surcharge_cents": self.second_site_surcharge_cents is not None,
            }
            name = next((name for name, given in of_days.items() if given), None)
            if name is not None:
                raise ValueError(f"{name} is about days: give day_cents, or remove {name}")
        if self.minimum_periods > 1 and self.period_cents is None:
            raise ValueError("minimum_periods is about periods: give period_cents, or remove it")
        if self.minimum_min and self.hour_cents is None:
            raise ValueError("minimum_min is about hours: give hour_cents, or remove it")
        return self

    @property
    def pays_by_time(self) -> bool:
        """Whether subs can be hired by the period or by the hour."""
        return self.period_cents is not None or self.hour_cents is not None


class Coach(Model):
    """An educator who coaches.

    Weekly capacity in minutes is ``weekly_contract_min * share_percent / 100 -
    weekly_travel_min``, rounded down. ``caseload`` bounds the cycles that run at once;
    ``site_caseload`` bounds them at each site for a coach who serves several.
    """

    educator: Id
    sites: tuple[Id, ...] = Field(min_length=1)
    skills: tuple[Id, ...] = ()
    caseload: Annotated[int, Field(ge=1, le=100)] = 5
    site_caseload: Annotated[int, Field(ge=1, le=100)] | None = None
    share_percent: Percent = 60
    weekly_contract_min: Minutes = 2250
    weekly_travel_min: Minutes = 0
    weekdays: tuple[Weekday, ...] = WORKDAYS

"""Contract rules, pins, weights: how the district wants to be planned."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from plsched.scenario.models.base import Count, Id, Minutes, Model, Text
from plsched.scenario.models.people import Members

ItemKind = Literal["course", "engagement", "task", "observation", "coaching"]
Tier = Literal["required", "reach", "distance", "cost", "comfort"]


class Limit(Model):
    """A contract rule: at most so much, for each person or for all of them together.

    Unit ``minutes``: minutes of sessions, visits and meetings plus travel there and back.
    ``meetings``: occurrences. ``days_out``: dates on which a person is released from a class.
    ``groups_out`` (window ``day``, per ``together``): groups of ``groups`` with a released
    member in the same period.
    """

    id: Id
    who: Members = Members()
    groups: tuple[Id, ...] | None = None
    educators: tuple[Id, ...] | None = None
    per: Literal["person", "together"] = "person"
    window: Literal["day", "week", "month", "term", "year"]
    unit: Literal["minutes", "meetings", "days_out", "groups_out"]
    at_most: Count
    counts: tuple[ItemKind, ...] | None = None
    mandatory_only: bool = False
    source: Text = ""


class Prior(Model):
    """Who finished a course before this year: it counts for prerequisites."""

    course: Id
    educators: tuple[Id, ...] = ()
    groups: tuple[Id, ...] = ()


class Pin(Model):
    """A decision that is already taken: the plan must keep it.

    ``item`` is the id of a planned item (``course/s1/2``) or of a scenario item (``present``
    only). Given times, facilities and experts are kept to the letter.
    """

    item: str = Field(min_length=1, max_length=400)
    present: bool = True
    start: datetime | None = None
    facility: Id | None = None
    experts: tuple[Id, ...] | None = None
    reason: Text = ""


class Comfort(Model):
    """Points of discomfort; the comfort tier adds them up."""

    off_preferred: Count = 10
    """for each occurrence off the preferred starts or weekdays"""
    travel_per_10_min: Count = 1
    """for each ten minutes, begun, that a group or single educator travels to a session, one way"""
    follow_up_per_week: Count = 2
    """for each week, begun, between a course's last session and the cycle that follows it"""
    soft_week_min: Minutes = 180
    """minutes on top of teaching above which an educator's week is heavy: those on days with classes
    and on days off contract, not on PL days or summer weekdays, which are there for them"""
    heavy_week_per_hour: Count = 5
    """for each hour, begun, above ``soft_week_min``, in each educator's week"""


class Policy(Model):
    """Settings of the optimisation and of the contract."""

    required: Literal["leave_out", "must_stand"] = "leave_out"
    """``must_stand`` makes the plan infeasible when a required item cannot stand."""
    tiers: tuple[Tier, ...] = ("required", "reach", "distance", "cost", "comfort")
    comfort: Comfort = Comfort()
    freeze_before: date | None = None
    """With a baseline: what it starts before this date stays as it is, nothing is added there."""
    as_of: date | None = None
    """With a baseline: the day on which it is replaced. What substitutes it books stay counted on;
    others come as the pool's ``fill_on_short_notice`` says, and none before this day."""
    reimburse_mileage_cents_per_100_miles: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    """Paid for the way there and back of educators in person at a site that is not theirs."""
    mileage_cents_per_100_miles_from: dict[date, Annotated[int, Field(ge=0, le=1_000_000)]] = Field(
        default_factory=dict
    )
    """What is paid from a date on instead; rates change in the middle of a school year."""

    def mileage_cents_per_100_miles(self, day: date) -> int:
        """Give the rate on a day."""
        since = max((d for d in self.mileage_cents_per_100_miles_from if d <= day), default=None)
        if since is None:
            return self.reimburse_mileage_cents_per_100_miles
        return self.mileage_cents_per_100_miles_from[since]

    @property
    def pays_mileage(self) -> bool:
        """Whether miles are paid on any day."""
        rates = (
            self.reimburse_mileage_cents_per_100_miles,
            *self.mileage_cents_per_100_miles_from.values(),
        )
        return any(rates)

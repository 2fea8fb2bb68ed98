"""The root of a scenario."""

from __future__ import annotations

from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field

from plsched.scenario.models.base import Id, Model, Name, Text
from plsched.scenario.models.calendar import Calendar
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Engagement, Goal, Pathway, Task
from plsched.scenario.models.money import AccountCode, Fund
from plsched.scenario.models.observation import Observation
from plsched.scenario.models.people import (
    Coach,
    Educator,
    Expert,
    Group,
    Role,
    Salary,
    Substitutes,
)
from plsched.scenario.models.places import Facility, Licence, Site, Travel
from plsched.scenario.models.policy import Limit, Pin, Policy, Prior
from plsched.scenario.models.records import Records
from plsched.scenario.models.yardsticks import Yardsticks


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        message = f"time zone {name!r} is not known; write one like America/Chicago"
        raise ValueError(message) from error
    return name


class Department(Model):
    """An office that asks for professional learning."""

    id: Id
    name: Name


class Scenario(Model):
    """A district, its year, and what it wants to learn."""

    format: Literal[1]
    name: Name
    description: Text = ""
    timezone: Annotated[str, AfterValidator(_zone)]
    calendar: Calendar
    policy: Policy = Policy()

    sites: tuple[Site, ...] = Field(min_length=1)
    travel: tuple[Travel, ...] = ()
    facilities: tuple[Facility, ...] = ()
    licences: tuple[Licence, ...] = ()

    departments: tuple[Department, ...] = ()
    roles: tuple[Role, ...] = Field(min_length=1)
    salaries: tuple[Salary, ...] = ()
    educators: tuple[Educator, ...] = Field(min_length=1)
    groups: tuple[Group, ...] = ()
    experts: tuple[Expert, ...] = ()
    coaches: tuple[Coach, ...] = ()
    substitutes: Substitutes | None = None

    goals: tuple[Goal, ...] = ()
    pathways: tuple[Pathway, ...] = Field(min_length=1)
    courses: tuple[Course, ...] = ()
    engagements: tuple[Engagement, ...] = ()
    tasks: tuple[Task, ...] = ()
    observations: tuple[Observation, ...] = ()
    coaching: tuple[Coaching, ...] = ()

    funds: tuple[Fund, ...] = ()
    account_codes: tuple[AccountCode, ...] = ()
    limits: tuple[Limit, ...] = ()
    prior: tuple[Prior, ...] = ()
    pins: tuple[Pin, ...] = ()

    records: Records | None = None
    yardsticks: Yardsticks = Yardsticks()

    @property
    def zone(self) -> ZoneInfo:
        """Zone of the district's wall clock."""
        return ZoneInfo(self.timezone)

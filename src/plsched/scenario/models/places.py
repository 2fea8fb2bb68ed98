"""Where learning happens: sites, travel, facilities, licences."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from plsched.scenario.models.base import (
    Availability,
    Cents,
    Count,
    Id,
    Minutes,
    Model,
    Name,
)
from plsched.scenario.models.calendar import Level


class Site(Model):
    """A school or another place. ``bells`` names the bell schedule of each day kind there."""

    id: Id
    name: Name
    level: Level
    bells: dict[Id, Id] = Field(default_factory=dict)
    department: Id | None = None


class Travel(Model):
    """The way between two sites, the same in both directions. A pair in no row takes 0 minutes."""

    between: tuple[Id, Id]
    minutes: Minutes
    miles: Count = 0


class Facility(Model):
    """A room. Setting up and clearing up occupy it before and after each session."""

    id: Id
    name: Name
    site: Id
    capacity: Annotated[int, Field(ge=1, le=100_000)]
    features: tuple[Id, ...] = ()
    setup_min: Minutes = 0
    clear_min: Minutes = 0
    cents_per_hour: Cents = 0
    availability: tuple[Availability, ...] = ()
    """When it can be used, setting up and clearing up included; empty: always."""


class Licence(Model):
    """A virtual room: seats that may be in use at the same time."""

    id: Id
    name: Name
    seats: Annotated[int, Field(ge=1, le=1_000_000)]
    cents_per_session: Cents = 0

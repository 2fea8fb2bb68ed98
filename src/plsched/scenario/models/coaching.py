"""Coaching programmes: who coaches whom, in which cycles."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Literal

from pydantic import Field, model_validator

from plsched.scenario.models.base import Id, Minutes, Model, Weekday
from plsched.scenario.models.learning import Item


class CoachingMeeting(Model):
    """One meeting of each week of a cycle.

    ``during`` says where it stands: in a period that all coachees have free (``planning``), in a
    period that all of them teach (``teaching``: the coach visits the class), or at one of the
    clock times of ``starts`` (``clock``).
    """

    kind: Literal["conference", "visit"]
    duration_min: Annotated[int, Field(ge=5, le=480)] = 45
    during: Literal["planning", "teaching", "clock"] = "planning"
    starts: tuple[time, ...] = ()

    @model_validator(mode="after")
    def _starts_fit(self) -> CoachingMeeting:
        if (self.during == "clock") != bool(self.starts):
            raise ValueError("'starts' goes with during: clock, and only with it")
        return self


class Coaching(Item):
    """Coaching cycles for groups of coachees (a group of one is one-to-one coaching).

    Each group of ``coachees`` has ``cycles_per_group`` cycles. A cycle is one decision: a coach of
    ``coaches`` who serves the group's site, a first week out of ``first_weeks`` (Mondays), one
    of ``patterns`` (a weekday for each of ``meetings``) and the period or clock time of each
    meeting; all visits of a cycle stand in the same period. It then runs ``weeks`` weeks. A
    meeting is skipped on a date whose day kind is not in ``day_kinds``, that is blacked out, or
    whose bell schedule cannot hold it; a cycle needs ``min_meetings_percent`` of its meetings.
    """

    coaches: tuple[Id, ...] = Field(min_length=1)
    coachees: tuple[Id, ...] = Field(min_length=1)
    cycles_per_group: Annotated[int, Field(ge=1, le=10)] = 1
    weeks: Annotated[int, Field(ge=1, le=40)] = 6
    day_kinds: tuple[Id, ...] = Field(min_length=1)
    meetings: tuple[CoachingMeeting, ...] = Field(min_length=1, max_length=10)
    patterns: tuple[tuple[Weekday, ...], ...] = Field(min_length=1)
    first_weeks: tuple[date, ...] = Field(min_length=1)
    min_meetings_percent: Annotated[int, Field(ge=1, le=100)] = 75
    skill: Id | None = None
    coach_prerequisites: tuple[Id, ...] = ()
    """Courses that a coach has finished (here, or before) before their first meeting."""
    follows: Id | None = None
    """A course; a group's first cycle starts after its last session there."""
    follow_up_school_days: Annotated[int, Field(ge=1, le=200)] = 10
    """School days (dates on which students are at the group's site) within which it starts."""
    floor_min: Minutes | None = None
    """Minutes of coaching meetings that each group is to have in the year."""
    floor_terms: Annotated[int, Field(ge=1, le=10)] = 1
    """Number of different terms in which the group's cycles are to start."""

    @model_validator(mode="after")
    def _consistent(self) -> Coaching:
        for pattern in self.patterns:
            if len(pattern) != len(self.meetings):
                raise ValueError(
                    f"pattern {'-'.join(pattern)} names {len(pattern)} weekday(s) for "
                    f"{len(self.meetings)} meeting(s); give one for each"
                )
        for week in self.first_weeks:
            if week.weekday() != 0:
                raise ValueError(f"first week {week} is not a Monday; give the Monday of that week")
        return self

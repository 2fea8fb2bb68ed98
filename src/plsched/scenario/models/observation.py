"""Observation days: educators visit each other's classes."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from pydantic import Field, model_validator

from plsched.scenario.models.base import Id, Minutes, Text
from plsched.scenario.models.calendar import When
from plsched.scenario.models.learning import Item


class Observation(Item):
    """Rounds of observation visits at one site, each round on one day.

    ``observers`` and ``hosts`` are ids of groups, like every audience; their members who work at
    the site that day take part. With ``from_other_sites`` so do observers who work at another site:
    each makes one trip, from the first of their visits, briefing and debriefing to the last, and is
    released from, and covered in, what they teach then or on the way there and back.

    In each round every observer makes ``visits_per_observer`` visits, at most one in a period, to
    a host who teaches then; a visit takes ``min_visitors`` to ``max_visitors`` observers and lasts
    ``visit_min`` from the start of the period. Observers who teach then are released, and covered;
    visiting in a period that they do not teach is allowed only with ``use_planning_periods``.
    Observers and hosts are kept free of everything else from the first to the last period of the
    day. ``when.starts`` is not used: visits stand in the periods of the bell schedule.
    A briefing and a debriefing, where they last longer than 0, take a facility of the site.
    """

    site: Id
    observers: tuple[Id, ...] = Field(min_length=1)
    hosts: tuple[Id, ...] = Field(min_length=1)
    when: When
    rounds: Annotated[int, Field(ge=1, le=20)] = 1
    min_gap_days: Annotated[int, Field(ge=1, le=400)] = 14
    visit_min: Annotated[int, Field(ge=5, le=240)] = 30
    visits_per_observer: Annotated[int, Field(ge=1, le=6)] = 1
    min_visitors: Annotated[int, Field(ge=1, le=30)] = 1
    max_visitors: Annotated[int, Field(ge=1, le=30)] = 5
    use_planning_periods: bool = False
    from_other_sites: bool = False
    host_max_per_day: Annotated[int, Field(ge=1, le=10)] = 2
    host_max_per_term: Annotated[int, Field(ge=1, le=60)] = 6
    briefing_start: time | None = None
    briefing_min: Minutes = 0
    debriefing_start: time | None = None
    debriefing_min: Minutes = 0
    features: tuple[Id, ...] = ()
    protocol: Text = ""

    @model_validator(mode="after")
    def _consistent(self) -> Observation:
        if self.min_visitors > self.max_visitors:
            raise ValueError(
                f"min_visitors {self.min_visitors} is over max_visitors {self.max_visitors}"
            )
        if (self.briefing_min > 0) != (self.briefing_start is not None):
            raise ValueError("briefing_start and briefing_min go together: give both or neither")
        if (self.debriefing_min > 0) != (self.debriefing_start is not None):
            raise ValueError(
                "debriefing_start and debriefing_min go together: give both or neither"
            )
        return self

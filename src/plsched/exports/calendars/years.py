"""School years in the feeds: each with what its latest plan says, and for how long it is shown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from pydantic import BaseModel, ConfigDict

from plsched.exports.calendars.cards import cards
from plsched.exports.calendars.names import text_of
from plsched.exports.calendars.state import FeedState
from plsched.exports.calendars.titles import titles
from plsched.plan.models import Plan
from plsched.scenario.models import Scenario

LOOK_BACK_DAYS = 365
"""Days for which a school year stays in the feeds after its last one.

So that people find last year's hours for their licences, and feeds do not grow without end.
"""


class CalendarYear(BaseModel):
    """A school year as the feeds show it; all that they are written from.

    ``first`` and ``last`` are those of its calendar.
    """

    model_config = ConfigDict(frozen=True)

    first: date
    last: date
    timezone: str
    state: FeedState

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        plan: Plan,
        *,
        changed_at: datetime,
        previous: FeedState | None = None,
    ) -> CalendarYear:
        """Give a year once a plan of this scenario takes effect.

        Parameters
        ----------
        changed_at
            When that is, aware.
        previous
            State after the plan before it: what stands unchanged keeps its time, what is gone is
            shown as cancelled for 30 days. ``None`` for the first plan of a year.
        """
        named = {text_of(key): title for key, title in titles(scenario).items()}
        state = (previous or FeedState()).after(cards(scenario, plan), named, changed_at)
        calendar = scenario.calendar
        return cls(
            first=calendar.first, last=calendar.last, timezone=scenario.timezone, state=state
        )


def years_shown(years: Iterable[CalendarYear], today: date) -> list[CalendarYear]:
    """Give the years that feeds show on a day, in their order: those not long over.

    The latest one is always shown.
    """
    ordered = sorted(years, key=lambda year: (year.first, year.last))
    long_over = today - timedelta(days=LOOK_BACK_DAYS)
    return [year for year in ordered[:-1] if year.last >= long_over] + ordered[-1:]

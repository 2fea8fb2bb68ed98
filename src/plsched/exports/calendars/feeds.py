"""Feeds: one for each educator, expert, coach, facility, site and pool of subs, and one for all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from plsched.errors import PlanFileError
from plsched.exports.calendars.names import FeedKey, FeedKind
from plsched.exports.calendars.state import FeedState
from plsched.exports.calendars.writer import Feed, FeedWriter
from plsched.exports.calendars.years import CalendarYear
from plsched.plan.models import Plan
from plsched.scenario.models import Scenario

STATE_FILE = "state.json"


class Agenda(FeedWriter):
    """The feeds of one plan, each written when it is asked for.

    Parameters
    ----------
    scenario, plan
        A plan of this scenario.
    changed_at
        When the plan took effect, aware.
    previous
        State after the plan before it; ``None`` for the first plan of a year.
    """

    def __init__(
        self,
        scenario: Scenario,
        plan: Plan,
        *,
        changed_at: datetime,
        previous: FeedState | None = None,
    ) -> None:
        year = CalendarYear.of(scenario, plan, changed_at=changed_at, previous=previous)
        super().__init__((year,), now=changed_at)
        self.state = year.state


def feeds(
    scenario: Scenario, plan: Plan, *, changed_at: datetime, previous: FeedState | None = None
) -> Iterator[Feed]:
    """Write every feed of a plan."""
    return Agenda(scenario, plan, changed_at=changed_at, previous=previous).feeds()


def feed(
    scenario: Scenario,
    plan: Plan,
    kind: FeedKind,
    owner: str = "",
    *,
    changed_at: datetime,
    previous: FeedState | None = None,
) -> Feed:
    """Write one feed of a plan; to serve many, keep an `Agenda`.

    Raises
    ------
    KeyError
        Nobody is named so.
    """
    agenda = Agenda(scenario, plan, changed_at=changed_at, previous=previous)
    return agenda.feed(FeedKey(kind, owner))


def write_calendars(folder: Path, scenario: Scenario, plan: Plan, *, changed_at: datetime) -> int:
    """Write every feed of a plan into a folder, and the state for the next plan beside them.

    A state that an earlier plan left in the folder is carried on.

    Returns
    -------
    int
        Number of feeds.

    Raises
    ------
    PlanFileError
        The state in the folder cannot be read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    state = folder / STATE_FILE
    previous = _read_state(state) if state.exists() else None
    agenda = Agenda(scenario, plan, changed_at=changed_at, previous=previous)
    for one in agenda.feeds():
        (folder / one.name).write_bytes(one.content)
    state.write_text(agenda.state.model_dump_json(), encoding="utf-8")
    return len(agenda.keys)


def _read_state(path: Path) -> FeedState:
    try:
        return FeedState.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise PlanFileError(
            f"{path} does not hold the state of calendar feeds: {error}. Maybe it was edited: put "
            f"the old file back, or remove it, and subscribers keep what was called off."
        ) from error

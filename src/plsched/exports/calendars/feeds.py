"""Feeds: one for each educator, expert, coach, facility, site and pool of subs, and one for all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from plsched.errors import PlanFileError
from plsched.exports.calendars.cards import Card, cards
from plsched.exports.calendars.names import (
    EVERYTHING,
    FeedKey,
    FeedKind,
    file_names,
    text_of,
)
from plsched.exports.calendars.state import FeedState, Kept
from plsched.exports.calendars.text import line, one_line, text_line
from plsched.exports.calendars.vevent import EventWriter
from plsched.exports.calendars.zone import vtimezone
from plsched.plan.models import Plan
from plsched.scenario.models import Scenario

STATE_FILE = "state.json"
_REFRESH = "PT4H"


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar to subscribe to.

    Attributes
    ----------
    kind, id
        Whose it is; the feed for all has no id.
    name
        File name, safe in a path and in a URL.
    title
        What calendar programs show.
    content
        The .ics file.
    changed_at
        Latest change of an event in it; ``None`` while it is empty.
    """

    kind: FeedKind
    id: str
    name: str
    title: str
    content: bytes
    changed_at: datetime | None


class Agenda:
    """The feeds of a plan, each written when it is asked for.

    Parameters
    ----------
    scenario, plan
        A plan of this scenario.
    changed_at
        When the plan took effect, aware.
    previous
        State after the plan before it: what stands unchanged keeps its time, what is gone is
        shown as cancelled for 30 days. ``None`` for the first plan of a year.
    """

    def __init__(
        self,
        scenario: Scenario,
        plan: Plan,
        *,
        changed_at: datetime,
        previous: FeedState | None = None,
    ) -> None:
        self._scenario = scenario
        self._writer = EventWriter(scenario.timezone)
        self.state = (previous or FeedState()).after(cards(scenario, plan), changed_at)
        self._titles = _titles(scenario)
        self._names = file_names((*self._titles, *self.state.readers()))

    @property
    def keys(self) -> list[FeedKey]:
        """Everybody who has a feed."""
        return list(self._names)

    @property
    def names(self) -> Mapping[FeedKey, str]:
        """File name of everybody's feed."""
        return self._names

    def title(self, key: FeedKey) -> str:
        """Name a feed as calendar programs show it."""
        return one_line(self._titles.get(key, key.id))

    def feed(self, key: FeedKey) -> Feed:
        """Write one feed.

        Raises
        ------
        KeyError
            Nobody in the scenario or in its earlier plans is named so.
        """
        name, reader = self._names[key], text_of(key)
        title = self.title(key)
        events = self._by_reader.get(reader, [])
        parts = [self._head(title)]
        parts += [self._writer.write(uid, kept, card, reader) for uid, kept, card in events]
        parts.append(b"END:VCALENDAR\r\n")
        changed_at = max((kept.changed_at for _, kept, _ in events), default=None)
        return Feed(key.kind, key.id, name, title, b"".join(parts), changed_at)

    def feeds(self) -> Iterator[Feed]:
        """Write every feed, the one for all first."""
        return (self.feed(key) for key in self._names)

    @cached_property
    def _by_reader(self) -> dict[str, list[tuple[str, Kept, Card]]]:
        found: dict[str, list[tuple[str, Kept, Card]]] = defaultdict(list)
        shown = [(uid, kept, kept.card) for uid, kept in self.state.events.items() if kept.card]
        for uid, kept, card in sorted(shown, key=lambda event: (event[2].series.start, event[0])):
            for reader in (*card.notes, *kept.left):
                found[reader].append((uid, kept, card))
        return found

    def _head(self, title: str) -> bytes:
        lines = (
            b"BEGIN:VCALENDAR\r\n",
            b"VERSION:2.0\r\n",
            b"PRODID:-//plsched//calendars//EN\r\n",
            b"CALSCALE:GREGORIAN\r\n",
            b"METHOD:PUBLISH\r\n",
            text_line("NAME", title),
            text_line("X-WR-CALNAME", title),
            line(f"X-WR-TIMEZONE:{self._scenario.timezone}"),
            line(f"REFRESH-INTERVAL;VALUE=DURATION:{_REFRESH}"),
            line(f"X-PUBLISHED-TTL:{_REFRESH}"),
            vtimezone(self._scenario.timezone, self._scenario.calendar.first.year),
        )
        return b"".join(lines)


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


def _titles(scenario: Scenario) -> dict[FeedKey, str]:
    """Name everybody who has a feed, with events or without."""
    subject = "professional learning"
    sites = {site.id: site.name for site in scenario.sites}
    people = {e.id: e.calendar_name or f"{e.name}: {subject}" for e in scenario.educators}
    names = {e.id: e.name for e in scenario.educators}
    titles = {EVERYTHING: f"{scenario.name}: {subject}"}
    titles |= {FeedKey("educator", e): title for e, title in people.items()}
    titles |= {FeedKey("expert", x.id): f"{x.name}: sessions to lead" for x in scenario.experts}
    titles |= {
        FeedKey("coach", c.educator): f"{names[c.educator]}: coaching" for c in scenario.coaches
    }
    titles |= {FeedKey("facility", f.id): f"{f.name}, {sites[f.site]}" for f in scenario.facilities}
    titles |= {FeedKey("site", s): f"{name}: {subject}" for s, name in sites.items()}
    pools = scenario.substitutes.pools if scenario.substitutes else ()
    titles |= {FeedKey("pool", pool.id): f"Substitutes: {pool.id}" for pool in pools}
    return titles

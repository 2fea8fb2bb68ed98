"""Feeds from school years: everybody's events of all of them in one calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from plsched.exports.calendars.cards import Card
from plsched.exports.calendars.names import (
    EVERYTHING,
    FeedKey,
    FeedKind,
    file_names,
    key_of,
    text_of,
)
from plsched.exports.calendars.state import Kept, is_fresh
from plsched.exports.calendars.text import line, text_line
from plsched.exports.calendars.vevent import EventWriter
from plsched.exports.calendars.years import CalendarYear
from plsched.exports.calendars.zone import vtimezone

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


class _Event(NamedTuple):
    start: datetime
    uid: str
    kept: Kept
    card: Card
    writer: EventWriter


class FeedWriter:
    """Writes the feeds of some school years, each when it is asked for.

    The same years give the same bytes.

    Parameters
    ----------
    years
        At least one. A title that two years give differently is the later one's.
    now
        When the feeds are written, aware; what was called off more than 30 days before is not
        shown any more.
    """

    def __init__(self, years: Sequence[CalendarYear], *, now: datetime) -> None:
        self._years = sorted(years, key=lambda year: (year.first, year.last))
        self._now = now
        self._titles: dict[FeedKey, str] = {}
        for year in self._years:
            self._titles |= {key_of(key): title for key, title in year.state.titles.items()}
        readers = (reader for year in self._years for reader in year.state.readers())
        self._names = file_names((EVERYTHING, *self._titles, *readers))

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
        return self._titles.get(key, key.id)

    def feed(self, key: FeedKey) -> Feed:
        """Write one feed.

        Raises
        ------
        KeyError
            Nobody in the years is named so.
        """
        name, reader = self._names[key], text_of(key)
        title = self.title(key)
        events = self._by_reader.get(reader, [])
        parts = [self._head(title)]
        parts += [e.writer.write(e.uid, e.kept, e.card, reader) for e in events]
        parts.append(b"END:VCALENDAR\r\n")
        changed_at = max((event.kept.changed_at for event in events), default=None)
        return Feed(key.kind, key.id, name, title, b"".join(parts), changed_at)

    def feeds(self) -> Iterator[Feed]:
        """Write every feed, the one for all first."""
        return (self.feed(key) for key in self._names)

    @cached_property
    def _by_reader(self) -> dict[str, list[_Event]]:
        found: dict[str, list[_Event]] = defaultdict(list)
        for event in sorted(self._events(), key=lambda event: (event.start, event.uid)):
            left = (reader for reader, at in event.kept.left.items() if is_fresh(at, self._now))
            for reader in (*event.card.notes, *left):
                found[reader].append(event)
        return found

    def _events(self) -> Iterator[_Event]:
        for year in self._years:
            writer = EventWriter(year.timezone)
            for uid, kept in year.state.events.items():
                gone = kept.cancelled_at is not None and not is_fresh(kept.cancelled_at, self._now)
                if kept.card is not None and not gone:
                    yield _Event(kept.card.series.start, uid, kept, kept.card, writer)

    @cached_property
    def _zones(self) -> bytes:
        first: dict[str, int] = {}
        for year in self._years:
            first.setdefault(year.timezone, year.first.year)
        return b"".join(vtimezone(zone, year) for zone, year in first.items())

    def _head(self, title: str) -> bytes:
        lines = (
            b"BEGIN:VCALENDAR\r\n",
            b"VERSION:2.0\r\n",
            b"PRODID:-//plsched//calendars//EN\r\n",
            b"CALSCALE:GREGORIAN\r\n",
            b"METHOD:PUBLISH\r\n",
            text_line("NAME", title),
            text_line("X-WR-CALNAME", title),
            line(f"X-WR-TIMEZONE:{self._years[-1].timezone}"),
            line(f"REFRESH-INTERVAL;VALUE=DURATION:{_REFRESH}"),
            line(f"X-PUBLISHED-TTL:{_REFRESH}"),
            self._zones,
        )
        return b"".join(lines)

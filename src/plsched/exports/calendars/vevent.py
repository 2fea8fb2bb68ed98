"""The bytes of an event, written once and shared by all feeds that it is in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from plsched.exports.calendars.cards import Card
from plsched.exports.calendars.series import Series
from plsched.exports.calendars.state import Kept
from plsched.exports.calendars.text import line, text_line

_LOCAL = "%Y%m%dT%H%M%S"


class EventWriter:
    """Writes the events of a district's feeds, in its zone."""

    def __init__(self, timezone: str) -> None:
        self._timezone = timezone
        self._parts: dict[tuple[str, bool], tuple[bytes, bytes]] = {}

    def write(self, uid: str, kept: Kept, card: Card, reader: str) -> bytes:
        """Write an event for one reader; it is cancelled for those who are no longer in it."""
        cancelled = kept.cancelled_at is not None or reader not in card.notes
        if (uid, cancelled) not in self._parts:
            self._parts[uid, cancelled] = self._shared(uid, kept, card, cancelled=cancelled)
        head, plain = self._parts[uid, cancelled]
        note = "" if cancelled else card.notes[reader]
        if not note:
            return head + plain
        return head + _described(f"{note}\n{card.description}")

    def _shared(self, uid: str, kept: Kept, card: Card, *, cancelled: bool) -> tuple[bytes, bytes]:
        stamp = f"{kept.changed_at.astimezone(UTC):{_LOCAL}}Z"
        lines = (
            b"BEGIN:VEVENT\r\n",
            text_line("UID", uid),
            line(f"DTSTAMP:{stamp}"),
            line(f"LAST-MODIFIED:{stamp}"),
            line(f"SEQUENCE:{kept.sequence}"),
            line(f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}"),
            *self._times(card.series),
            text_line("SUMMARY", f"Cancelled: {card.summary}" if cancelled else card.summary),
            *([text_line("LOCATION", card.location)] if card.location else []),
            text_line("CATEGORIES", card.category),
            line(f"TRANSP:{'TRANSPARENT' if cancelled else 'OPAQUE'}"),
        )
        return b"".join(lines), _described(card.description)

    def _times(self, run: Series) -> Iterator[bytes]:
        yield self._time("DTSTART", run.start)
        yield self._time("DTEND", run.end)
        if run.rule is not None:
            every = f";INTERVAL={run.rule.interval}" if run.rule.interval > 1 else ""
            yield line(f"RRULE:FREQ={run.rule.frequency}{every};COUNT={run.rule.count}")
        for start in run.skipped:
            yield self._time("EXDATE", start)

    def _time(self, name: str, moment: datetime) -> bytes:
        return line(f"{name};TZID={self._timezone}:{moment:{_LOCAL}}")


def _described(text: str) -> bytes:
    return (text_line("DESCRIPTION", text) if text else b"") + b"END:VEVENT\r\n"

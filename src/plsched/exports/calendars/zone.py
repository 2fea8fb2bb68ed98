"""The VTIMEZONE of a feed, in the form that Outlook reads.

One STANDARD and one DAYLIGHT part, each with a yearly RRULE, where the zone changes its clocks by
such a rule; one STANDARD part where it does not change them; else a part for each change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

_YEARS = 8
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Change(NamedTuple):
    """A change of clocks: what the clock showed then, offsets before and after."""

    shown: datetime
    before: timedelta
    after: timedelta
    name: str


@lru_cache(maxsize=64)
def vtimezone(zone: str, year: int) -> bytes:
    """Write the VTIMEZONE of a zone for the years from the one before ``year``."""
    changes = list(_changes(ZoneInfo(zone), year - 1, year - 1 + _YEARS))
    component = Timezone()
    component.add("TZID", zone)
    yearly = _yearly(changes)
    if not changes:
        begin = datetime(year - 1, 1, 1, tzinfo=ZoneInfo(zone))
        offset = begin.utcoffset() or timedelta()
        still = Change(begin.replace(tzinfo=None), offset, offset, begin.tzname() or zone)
        component.add_component(_part(still, None))
    elif yearly is not None:
        for change, rule in yearly:
            component.add_component(_part(change, rule))
    else:
        for change in changes:
            component.add_component(_part(change, None))
    content: bytes = component.to_ical()
    return content


def _changes(zone: ZoneInfo, first: int, last: int) -> Iterator[Change]:
    """Find the changes of clocks in some years, to the minute."""
    moment, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last, 1, 1, tzinfo=UTC)
    while moment < end:
        later = moment + timedelta(days=1)
        before, after = _offset(moment, zone), _offset(later, zone)
        if before != after:
            low, high = moment, later
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) // 2
                middle = middle.replace(second=0, microsecond=0)
                low, high = (middle, high) if _offset(middle, zone) == before else (low, middle)
            name = high.astimezone(zone).tzname() or str(zone)
            yield Change((high + before).replace(tzinfo=None), before, after, name)
        moment = later


def _offset(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()


def _yearly(changes: list[Change]) -> list[tuple[Change, dict[str, object]]] | None:
    """Give the two yearly rules of the changes, if they follow two such rules."""
    forward = [change for change in changes if change.after > change.before]
    back = [change for change in changes if change.after < change.before]
    if not len(forward) == len(back) == _YEARS:
        return None
    rules = [(part[0], _rule(part)) for part in (back, forward)]
    return [(change, rule) for change, rule in rules if rule] if all(r for _, r in rules) else None


def _rule(changes: Iterable[Change]) -> dict[str, object] | None:
    """Give the rule "n-th weekday of a month", if each change follows it."""
    shown = [change.shown for change in changes]
    same = {(s.month, s.weekday(), s.time()) for s in shown}
    years = [s.year for s in shown]
    if len(same) != 1 or years != list(range(years[0], years[0] + _YEARS)):
        return None
    counted = {(s.day - 1) // 7 + 1 for s in shown}
    if len(counted) == 1:
        number = counted.pop()
    elif all((s + timedelta(days=7)).month != s.month for s in shown):
        number = -1
    else:
        return None
    day = f"{number}{_WEEKDAYS[shown[0].weekday()]}"
    return {"FREQ": "YEARLY", "BYMONTH": shown[0].month, "BYDAY": day}


def _part(change: Change, rule: dict[str, object] | None) -> TimezoneStandard | TimezoneDaylight:
    part = TimezoneDaylight() if change.after > change.before else TimezoneStandard()
    part.add("DTSTART", change.shown)
    part.add("TZOFFSETFROM", change.before)
    part.add("TZOFFSETTO", change.after)
    part.add("TZNAME", change.name)
    if rule is not None:
        part.add("RRULE", rule)
    return part

"""The VTIMEZONE says what the zone's clocks do, in the form that Outlook reads."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

from plsched.exports.calendars.zone import vtimezone

END = datetime.fromisoformat("2030-01-01")
CHICAGO = """\
BEGIN:VTIMEZONE
TZID:America/Chicago
BEGIN:STANDARD
DTSTART:20251102T020000
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
TZNAME:CST
TZOFFSETFROM:-0500
TZOFFSETTO:-0600
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20250309T020000
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
TZNAME:CDT
TZOFFSETFROM:-0600
TZOFFSETTO:-0500
END:DAYLIGHT
END:VTIMEZONE
"""


def test_chicago_is_one_standard_and_one_daylight_part_with_yearly_rules() -> None:
    assert vtimezone("America/Chicago", 2026) == CHICAGO.replace("\n", "\r\n").encode()


@pytest.mark.parametrize(
    "zone",
    [
        "America/Chicago",
        "America/Phoenix",
        "America/Anchorage",
        "America/St_Johns",
        "Pacific/Honolulu",
        "America/Sao_Paulo",
        "Australia/Lord_Howe",
        "Europe/Dublin",
        # Ramadan and single decisions: no yearly rule holds.
        "Africa/Casablanca",
        "Asia/Gaza",
        "UTC",
    ],
)
def test_offsets_are_those_of_the_zone_in_the_planning_year(zone: str) -> None:
    component = icalendar.Timezone.from_ical(vtimezone(zone, 2026))
    assert isinstance(component, icalendar.Timezone)
    parts = [observance(part) for part in component.subcomponents]
    for hours in range(0, 24 * 400, 6):
        shown = datetime.fromisoformat("2026-06-01") + timedelta(hours=hours)
        aware = shown.replace(tzinfo=ZoneInfo(zone))
        if aware.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == shown:
            assert offset(parts, shown) == aware.utcoffset(), shown


Onsets = list[tuple[datetime, timedelta, timedelta]]


def observance(part: icalendar.Component) -> Onsets:
    """Give the onsets of a part from its text alone, by dateutil."""
    assert isinstance(part, icalendar.TimezoneStandard | icalendar.TimezoneDaylight)
    start = part.DTSTART
    assert start is not None
    offsets = part.TZOFFSETFROM, part.TZOFFSETTO
    if not part.rrules:
        return [(start, *offsets)]
    (rule,) = part.rrules
    rules = rrulestr(rule.to_ical().decode(), dtstart=start)
    return [(onset, *offsets) for onset in rules.between(start, END, inc=True)]


def offset(parts: list[Onsets], shown: datetime) -> timedelta:
    onsets = sorted(onset for part in parts for onset in part)
    current = onsets[0][1]
    for onset, _, after in onsets:
        if onset <= shown:
            current = after
    return current

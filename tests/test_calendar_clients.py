"""The three calendar readers themselves, on a file written by hand."""

from datetime import date
from pathlib import Path

import pytest

from tests.calendar_clients import (
    CLIENTS_DIR,
    NodeClient,
    Occurrence,
    read_with_khal,
    read_with_node,
)

WEEKLY = CLIENTS_DIR / "weekly_chicago.ics"
CYCLE, SPRING, DAY = "cycle@plsched.test", "spring@plsched.test", "day@plsched.test"

# Clocks go back on 7 November 2027 and forward on 12 March 2028. The cycle's fourth meeting is
# moved (RECURRENCE-ID), its fifth taken out (EXDATE).
EXPECTED = [
    Occurrence(
        CYCLE, "2027-10-25T20:00:00Z", "2027-10-25T20:45:00Z", "Coaching cycle", "CONFIRMED"
    ),
    Occurrence(
        CYCLE, "2027-11-01T20:00:00Z", "2027-11-01T20:45:00Z", "Coaching cycle", "CONFIRMED"
    ),
    Occurrence(DAY, "2027-11-03", "2027-11-04", "Learning day", "CANCELLED"),
    Occurrence(
        CYCLE, "2027-11-08T21:00:00Z", "2027-11-08T21:45:00Z", "Coaching cycle", "CONFIRMED"
    ),
    Occurrence(
        CYCLE, "2027-11-16T14:00:00Z", "2027-11-16T14:45:00Z", "Coaching cycle (moved)", "TENTATIVE"
    ),
    Occurrence(SPRING, "2028-03-08T13:30:00Z", "2028-03-08T14:15:00Z", "Planning, weekly", None),
    Occurrence(SPRING, "2028-03-15T12:30:00Z", "2028-03-15T13:15:00Z", "Planning, weekly", None),
]


@pytest.mark.parametrize("client", ["ical.js", "node-ical"])
def test_javascript_client_expands_across_both_changes_of_clock(client: NodeClient) -> None:
    assert read_with_node(WEEKLY, client) == EXPECTED


def test_khal_expands_across_both_changes_of_clock(tmp_path: Path) -> None:
    assert read_with_khal(WEEKLY, tmp_path, date(2027, 10, 1), date(2028, 6, 1)) == EXPECTED

"""Pins are read on the district's clock, with a zone and without."""

from __future__ import annotations

import time

import pytest

from plsched.plan.verify import verify
from tests.plan import district, handmade


@pytest.mark.parametrize(
    ("start", "kept"),
    [
        ("2027-10-19T07:45", True),
        ("2027-10-19T07:45-05:00", True),
        ("2027-10-19T12:45Z", True),
        ("2027-10-19T07:46", False),
        ("2027-10-19T07:45Z", False),
    ],
)
@pytest.mark.parametrize("machine", ["UTC", "Asia/Tokyo", "America/Chicago"])
def test_a_pin_is_on_the_clock_of_the_district(
    monkeypatch: pytest.MonkeyPatch, machine: str, start: str, kept: bool
) -> None:
    monkeypatch.setenv("TZ", machine)
    time.tzset()
    data = district.raw()
    data["pins"].append({"item": "walk/r1", "start": start})
    scenario = district.scenario(data)
    plan = handmade.settle(scenario, handmade.plan(scenario))
    found = [v for v in verify(scenario, plan) if v.family == "pins"]
    monkeypatch.undo()
    time.tzset()
    assert (found == []) == kept

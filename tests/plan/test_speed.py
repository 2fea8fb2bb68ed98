"""The judge keeps pace: a district of 250 educators, about 600 items and 6,000 occurrences."""

import pytest

from plsched.plan.verify import verify
from tests.pace import quiet_seconds
from tests.plan import district, handmade
from tests.plan.breaks.breaking import lift_funds
from tests.plan.district import Raw
from tests.plan.handmade import PLC_DATES, piece

TEAMS, SIZE = 60, 4


def _team(raw: Raw, data: Raw, k: int) -> None:
    """A team that meets on Wednesdays; each of its members is coached alone in the fall."""
    people = [f"t{k}-{m}" for m in range(SIZE)]
    for educator in people:
        raw["educators"].append(
            {
                "id": educator,
                "name": educator,
                "role": "teacher",
                "site": "south",
                "teaches": ["S1", "S3", "S4", "S5"],
                "salary": "teacher",
            }
        )
        raw["groups"].append({"id": f"g-{educator}", "name": educator, "members": [educator]})
    raw["groups"].append({"id": f"team-{k}", "name": f"Team {k}", "members": people})
    plc = {**raw["engagements"][0], "id": f"plc-{k}", "groups": [f"team-{k}"], "partners": []}
    raw["engagements"].append(plc)
    data["items"].append(
        {
            "id": f"plc-{k}",
            "source": f"plc-{k}",
            "educators": people,
            "groups": [f"team-{k}"],
            "occurrences": [piece(d, "15:00", 45) for d in PLC_DATES],
        }
    )
    raw["educators"].append(
        {"id": f"c-{k}", "name": "c", "role": "coach", "site": "south", "salary": "teacher"}
    )
    raw["coaches"].append(
        {**raw["coaches"][0], "educator": f"c-{k}", "caseload": SIZE, "share_percent": 100}
    )
    starts = ["14:50", "15:20"]
    raw["coaching"].append(
        {
            **raw["coaching"][0],
            "id": f"cc-{k}",
            "coaches": [f"c-{k}"],
            "coachees": [f"g-{e}" for e in people],
            "coach_prerequisites": [],
            "follows": None,
            "floor_min": None,
            "weeks": 10,
            "first_weeks": ["2027-08-30", "2027-09-13"],
            "meetings": [
                {"kind": "conference", "during": "clock", "starts": starts, "duration_min": 30},
                {"kind": "visit", "during": "teaching", "duration_min": 45},
            ],
            "patterns": [["mon", "wed"], ["tue", "thu"]],
        }
    )
    for m, educator in enumerate(people):
        data["items"].append(_cycle(k, m, educator))


def _cycle(k: int, m: int, educator: str) -> Raw:
    """Two of a team on Mondays and Wednesdays, two on Tuesdays and Thursdays."""
    late = m // 2
    conference, visit = ("14:50", "08:30") if m % 2 else ("15:20", "10:40")
    mondays = [
        "2027-08-30", "2027-09-06", "2027-09-13", "2027-09-20", "2027-09-27", "2027-10-04",
        "2027-10-11", "2027-10-18", "2027-10-25", "2027-11-01",
    ]  # fmt: skip
    pieces = []
    for monday in mondays:
        first = int(monday[8:]) + late
        year_month = monday[:8]
        pieces.append((year_month, first, conference, 30, "conference"))
        pieces.append((year_month, first + 2, visit, 45, "visit"))
    occurrences = [_on(*p) for p in pieces]
    return {
        "id": f"cc-{k}/g-{educator}/1",
        "source": f"cc-{k}",
        "groups": [f"g-{educator}"],
        "educators": [educator],
        "site": "south",
        "coach": f"c-{k}",
        "occurrences": [o for o in occurrences if str(o["start"])[:10] != "2027-09-06"],
    }


def _on(year_month: str, day: int, clock: str, minutes: int, label: str) -> Raw:
    months = {"2027-08-": 31, "2027-09-": 30, "2027-10-": 31, "2027-11-": 30}
    if day > months[year_month]:
        names = list(months)
        day -= months[year_month]
        year_month = names[names.index(year_month) + 1]
    return piece(f"{year_month}{day:02d}", clock, minutes, label)


@pytest.mark.alone
def test_a_district_of_250_is_judged_within_two_seconds() -> None:
    raw = district.raw()
    lift_funds(raw)
    data = handmade.plan(district.scenario())
    for k in range(TEAMS):
        _team(raw, data, k)
    scenario = district.scenario(raw)
    plan = handmade.settle(scenario, data)
    assert len(scenario.educators) >= 250
    assert sum(len(item.occurrences) for item in plan.items) >= 5_500
    assert [str(v) for v in verify(scenario, plan)] == []
    assert quiet_seconds(lambda: verify(scenario, plan)) < 2

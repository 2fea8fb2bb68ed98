"""What is worked out once for each sort of day is what each date says by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from plsched.families import Family
from plsched.scenario.check import load
from plsched.scenario.directory import Directory, matches
from plsched.scenario.models import Scenario
from plsched.scenario.models.base import weekday_of
from plsched.scenario.models.learning import Course, Engagement, Task
from plsched.solver.index.build import build_problem
from plsched.solver.problem import DAY, Attendance, Piece, Problem, Stay
from tests.pace import quiet_seconds
from tests.solver.boundaries import Row, course, district, educator, fund, item, task, when
from tests.solver.generated import generated

ROOT = Path(__file__).parents[2]
SEEDS = range(100)


def coaching(**changes: Any) -> Row:
    """Give a coach without classes, and a cycle in the first period."""
    row = {
        "id": "c",
        "title": "c",
        "pathway": "way",
        "coaches": ["e4"],
        "coachees": ["one"],
        "weeks": 1,
        "day_kinds": ["s"],
        "meetings": [{"kind": "visit", "duration_min": 60, "during": "teaching"}],
        "patterns": [["tue"]],
        "first_weeks": ["2027-09-06"],
        "min_meetings_percent": 1,
    }
    people = [educator(k) for k in range(1, 4)] + [educator(4, teaches=[])]
    coach = {"educator": "e4", "sites": ["north"]}
    return {"educators": people, "coaches": [coach], "coaching": [row | changes]}


def meetings(problem: Problem) -> list[tuple[int, list[tuple[int, int]]]]:
    """Give, for each column of the first cycle, its week, and day and minute of each meeting."""
    return [
        (c.week, [divmod(p.start, DAY) for p in c.column.pieces]) for c in problem.cycles[0].columns
    ]


# ---- stays ----


def by_date(
    directory: Directory,
    item: Course | Engagement | Task,
    who: str,
    piece: Piece,
    venue: str | None,
) -> Stay | Family:
    """Work out a stay from what the directory says of the date."""
    when = directory.scenario.calendar.first + timedelta(days=piece.start // DAY)
    site = directory.site_of(who, when)
    kind = directory.day_kind(site, when)
    begin = piece.start % DAY
    end = begin + piece.end - piece.start
    if kind is None or kind.id not in item.when.day_kinds or end > DAY:
        return "days"
    if (site, when) in directory.closed_by["sessions"]:
        return "days"
    way = directory.travel_min(site, venue) if venue else 0
    missed = tuple(
        p.id
        for p in directory.taught(who, when)
        if p.start_min < end + way and begin - way < p.end_min
    )
    covered = site in directory.pools and (site, when) not in directory.closed_by["releases"]
    if missed and not (item.release and covered):
        return "cover"
    hours = directory.contract_hours(who, when)
    inside = range(max(begin, hours.start_min), min(end, hours.end_min)) if hours else range(0)
    if len(inside) < end - begin and not item.stipend:
        return "days"
    miles = directory.travel_miles(site, venue) if venue else 0
    return Stay(site, way, miles, len(inside), end - begin - len(inside), missed)


def attendances(problem: Problem) -> Iterator[tuple[Attendance | None, Attendance | None]]:
    """Give each attendance of the problem, with what the dates say."""
    for bundle in problem.bundles:
        for u, unit in enumerate(bundle.units):
            for a in bundle.activities:
                for column, found in zip(a.columns, a.attendance[u], strict=True):
                    alone = [
                        [
                            by_date(problem.directory, bundle.item, who, piece, column.venue)
                            for piece in column.pieces
                        ]
                        for who in unit.profiles
                    ]
                    stays = [[s for s in row if isinstance(s, Stay)] for row in alone]
                    whole = [len(row) for row in stays] == [len(row) for row in alone]
                    yield found, tuple(map(tuple, stays)) if whole else None


def test_attendance_is_what_each_date_says() -> None:
    pairs = [pair for seed in SEEDS for pair in attendances(build_problem(generated(seed)))]
    assert len(pairs) > 1000
    assert {found is None for found, _ in pairs} == {True, False}
    assert [found for found, _ in pairs] == [told for _, told in pairs]


@pytest.mark.parametrize("day", [-1, 12])
def test_nobody_works_out_of_the_calendar(day: int) -> None:
    problem = build_problem(district(tasks=[task("a", when())]))
    piece = Piece(day * DAY + 480, day * DAY + 540)
    tasks = problem.directory.scenario.tasks
    assert problem.stays.stay("e1", piece, None, tasks[0], ("s",)) == "days"
    assert problem.stays.contract_min("e1", piece.start, piece.end) == 0


def test_a_clock_time_given_twice_doubles_no_meeting() -> None:
    at = when(day=6, last=17) | {"starts": ["10:00", "10:00"], "weekdays": ["tue"]}
    weekly = item("w", at, cadence="weekly", groups=["one"])
    activity = build_problem(district(engagements=[weekly])).bundles[0].activities[0]
    assert [[p.day for p in c.pieces] for c in activity.columns] == [[1, 8], [1, 8]]


# ---- coaching ----


def test_a_cycle_keeps_its_meetings_inside_the_calendar() -> None:
    weeks = ["2027-08-23", "2027-08-30", "2027-09-06", "2027-09-13", "2027-09-20"]
    made = district(**coaching(weeks=2, first_weeks=weeks))
    assert meetings(build_problem(made)) == [
        (-7, [(1, 480)]),
        (-7, [(1, 540)]),
        (0, [(1, 480), (8, 480)]),
        (0, [(1, 540), (8, 540)]),
        (7, [(8, 480)]),
        (7, [(8, 540)]),
    ]


def test_a_calendar_that_ends_in_the_middle_of_a_week() -> None:
    """The meeting of Friday falls out; that of Tuesday stands, in either order of the pattern."""
    visit = {"kind": "visit", "duration_min": 60, "during": "teaching"}
    made = district(
        **coaching(
            meetings=[visit, visit],
            patterns=[["tue", "fri"], ["fri", "tue"]],
            first_weeks=["2027-09-13"],
        )
    )
    short = made.calendar.model_copy(update={"last": date(2027, 9, 15)})
    problem = build_problem(made.model_copy(update={"calendar": short}))
    assert meetings(problem) == [(7, [(8, 480)]), (7, [(8, 540)])]


# ---- the directory's tables ----


def test_members_are_those_who_match() -> None:
    made = load(ROOT / "scenarios" / "clayton")
    selecting = [g for g in made.groups if g.where is not None]
    assert selecting
    for group in selecting:
        assert group.where is not None
        everybody = {e.id for e in made.educators if matches(group.where, e)}
        named = {e.id for e in made.educators if group.id in e.groups or e.id in group.members}
        assert set(Directory(made).members[group.id]) == everybody | named


def kind_by_rows(made: Scenario, site: str, day: date) -> str | None:
    kind = None
    for row in made.calendar.days:
        here = row.sites is None or site in row.sites
        if here and row.first <= day <= row.last_date and weekday_of(day) in row.weekdays:
            kind = row.kind
    return kind if made.calendar.holds(day) else None


def test_the_last_row_that_holds_says_the_kind_of_a_day() -> None:
    made = load(ROOT / "scenarios" / "clayton")
    directory = Directory(made)
    length = (made.calendar.last - made.calendar.first).days
    dates = [made.calendar.first + timedelta(days=k) for k in range(-2, length + 3)]
    kinds = {
        (site, day): directory.day_kind(site, day) for site in directory.sites for day in dates
    }
    assert {at: kind and kind.id for at, kind in kinds.items()} == {
        (site, day): kind_by_rows(made, site, day) for site in directory.sites for day in dates
    }


# ---- purses ----


def test_dates_with_the_same_funds_share_a_class() -> None:
    early = {"first": "2027-07-01", "last": "2027-09-08"}
    funds = [fund(amount_cents=100), fund(id="early", obligations=early, amount_cents=100)]
    made = district(funds=funds, courses=[course("c", when())])
    purses = build_problem(made).purses
    classes = [
        purses.of_item("materials", made.courses[0], date(2027, 9, day)) for day in (7, 8, 9, 10)
    ]
    assert classes == [0, 0, 1, 1]
    assert [c.funds for c in purses.classes] == [("fund", "early"), ("fund",)]


@pytest.mark.alone
def test_clayton_is_indexed_while_one_waits() -> None:
    made = load(ROOT / "scenarios" / "clayton")
    assert quiet_seconds(lambda: build_problem(made)) < 0.8

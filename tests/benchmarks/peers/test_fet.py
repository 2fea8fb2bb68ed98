"""FET gets a window of dates, and what it places is read back."""

from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from benchmarks.peers.fet import program
from benchmarks.peers.fet.reading import answers, read_choices
from benchmarks.peers.fet.window import DATES, window_of
from benchmarks.peers.fet.writing import hours, slots, start_of, write_window
from benchmarks.watched import watched
from plsched.generate import generate
from plsched.solver.index.build import build_problem
from plsched.solver.problem import DAY, Problem


@cache
def problem() -> Problem:
    return build_problem(generate(60, 0))


def test_the_window_has_the_days_that_fet_can_hold() -> None:
    window = window_of(problem())
    assert 0 < len(window.days) <= DATES
    assert list(window.days) == sorted(set(window.days))
    assert window.wanted
    for wanted in window.wanted:
        for c in wanted.columns:
            assert wanted.activity.columns[c].start // DAY in window.days
            day, slot = start_of(window, wanted, c)
            assert slot >= 0
            assert slot + slots(wanted) <= hours(window)
            assert day < DATES


def test_the_file_names_each_activity_with_its_starts(tmp_path: Path) -> None:
    write_window(tmp_path, problem())
    root = ET.parse(tmp_path / program.FILE).getroot()  # noqa: S314 - written a moment ago
    window = window_of(problem())
    assert len(list(root.iter("Activity"))) == len(window.wanted)
    starts = root.findall(".//ConstraintActivityPreferredStartingTimes")
    assert len(starts) == len(window.wanted)
    assert all(len(s.findall("Preferred_Starting_Time")) > 0 for s in starts)


def test_what_fet_placed_is_read_back(tmp_path: Path) -> None:
    window = window_of(problem())
    day, hour = start_of(window, window.wanted[0], window.wanted[0].columns[0])
    rows = f"<Activity><Id>1</Id><Day>D{day}</Day><Hour>H{hour}</Hour><Room></Room></Activity>"
    rows += "<Activity><Id>2</Id><Day></Day><Hour></Hour><Room></Room></Activity>"
    path = tmp_path / program.OUT / "timetables" / "window-highest" / "window_activities.xml"
    path.parent.mkdir(parents=True)
    path.write_text(f"<Activities_Timetable>{rows}</Activities_Timetable>")
    assert answers(tmp_path) == [path]
    choices = read_choices(path, problem())
    wanted = window.wanted[0]
    assert list(choices.columns) == [wanted.activity.id]
    assert start_of(window, wanted, choices.columns[wanted.activity.id]) == (day, hour)


@pytest.mark.skipif(program.missing() is not None, reason="fet-cl is not installed")
def test_fet_places_the_window(tmp_path: Path) -> None:
    write_window(tmp_path, problem())
    watched(program.arguments(tmp_path, 20, 0), program=program.PROGRAM, most_s=60)
    (path,) = answers(tmp_path)
    assert len(read_choices(path, problem()).columns) == len(window_of(problem()).wanted)

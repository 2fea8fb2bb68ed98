"""Writes the window as a .fet file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from benchmarks.peers.bodies import make_bodies
from benchmarks.peers.fet.program import FILE
from benchmarks.peers.fet.window import SLOT_MIN, Wanted, Window, window_of
from plsched.solver.problem import DAY, Problem

VERSION = "6.8.5"


def write_window(folder: Path, problem: Problem) -> None:
    """Write what FET is asked; people who are alike are one teacher."""
    window, bodies = window_of(problem), make_bodies(problem)
    root = ET.Element("fet", version=VERSION)
    _text(root, "Institution_Name", "window")
    _named(root, "Days_List", "Day", (f"D{n}" for n in range(len(window.days))))
    _named(root, "Hours_List", "Hour", (f"H{n}" for n in range(hours(window))))
    people = [bodies.of(sorted(w.people(problem))) for w in window.wanted]
    teachers = sorted({body for of_one in people for body in of_one})
    _named(root, "Subjects_List", "Subject", (f"S{n}" for n in range(len(window.wanted))))
    ET.SubElement(root, "Activity_Tags_List")
    _named(root, "Teachers_List", "Teacher", (f"T{n}" for n in teachers))
    ET.SubElement(root, "Students_List")
    activities = ET.SubElement(root, "Activities_List")
    for n, (w, of_one) in enumerate(zip(window.wanted, people, strict=True), start=1):
        _activity(activities, n, w, of_one)
    ET.SubElement(root, "Buildings_List")
    rooms = ET.SubElement(root, "Rooms_List")
    for k, made in enumerate(problem.places.classes):
        for copy in range(len(made.facilities)):
            room = ET.SubElement(rooms, "Room")
            _text(room, "Name", f"R{k}.{copy}")
            _text(room, "Capacity", made.capacity)
            _text(room, "Virtual", "false")
    _times(root, window)
    _spaces(root, problem, window)
    ET.ElementTree(root).write(folder / FILE, encoding="utf-8", xml_declaration=True)


def hours(window: Window) -> int:
    """Give the number of slots of a day."""
    return -(-(window.end - window.begin) // SLOT_MIN)


def slots(wanted: Wanted) -> int:
    """Give the slots that an activity takes."""
    return -(-wanted.minutes // SLOT_MIN)


def start_of(window: Window, wanted: Wanted, c: int) -> tuple[int, int]:
    """Give the day and slot of a column."""
    start = wanted.activity.columns[c].start
    return window.days.index(start // DAY), (start % DAY - window.begin) // SLOT_MIN


def _activity(parent: ET.Element, number: int, wanted: Wanted, people: Sequence[int]) -> None:
    made = ET.SubElement(parent, "Activity")
    for body in people:
        _text(made, "Teacher", f"T{body}")
    _text(made, "Subject", f"S{number - 1}")
    _text(made, "Duration", slots(wanted))
    _text(made, "Total_Duration", slots(wanted))
    _text(made, "Id", number)
    _text(made, "Activity_Group_Id", 0)
    _text(made, "Active", "true")


def _times(root: ET.Element, window: Window) -> None:
    parent = ET.SubElement(root, "Time_Constraints_List")
    _constraint(parent, "ConstraintBasicCompulsoryTime")
    for n, w in enumerate(window.wanted, start=1):
        starts = sorted({start_of(window, w, c) for c in w.columns})
        made = _constraint(parent, "ConstraintActivityPreferredStartingTimes")
        _text(made, "Activity_Id", n)
        _text(made, "Number_of_Preferred_Starting_Times", len(starts))
        for day, hour in starts:
            time = ET.SubElement(made, "Preferred_Starting_Time")
            _text(time, "Preferred_Starting_Day", f"D{day}")
            _text(time, "Preferred_Starting_Hour", f"H{hour}")


def _spaces(root: ET.Element, problem: Problem, window: Window) -> None:
    parent = ET.SubElement(root, "Space_Constraints_List")
    _constraint(parent, "ConstraintBasicCompulsorySpace")
    for n, w in enumerate(window.wanted, start=1):
        people = sum(len(w.bundle.units[u].members) for u in w.units)
        fitting = [k for k in w.rooms() if problem.places.classes[k].capacity >= people]
        names = [
            f"R{k}.{copy}"
            for k in fitting
            for copy in range(len(problem.places.classes[k].facilities))
        ]
        if names:
            made = _constraint(parent, "ConstraintActivityPreferredRooms")
            _text(made, "Activity_Id", n)
            _text(made, "Number_of_Preferred_Rooms", len(names))
            for name in names:
                _text(made, "Preferred_Room", name)


def _constraint(parent: ET.Element, name: str) -> ET.Element:
    made = ET.SubElement(parent, name)
    _text(made, "Weight_Percentage", 100)
    _text(made, "Active", "true")
    return made


def _named(root: ET.Element, table: str, row: str, names: Iterable[str]) -> None:
    parent, found = ET.SubElement(root, table), list(names)
    if row in {"Day", "Hour"}:
        _text(parent, f"Number_of_{row}s", len(found))
    for name in found:
        _text(ET.SubElement(parent, row), "Name", name)


def _text(parent: ET.Element, name: str, value: object) -> None:
    ET.SubElement(parent, name).text = str(value)

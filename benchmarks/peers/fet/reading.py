"""Reads what FET placed: a day, an hour and a room for activities, as far as it came."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from benchmarks.peers.choices import Choices
from benchmarks.peers.fet.program import OUT
from benchmarks.peers.fet.window import Wanted, Window, window_of
from benchmarks.peers.fet.writing import start_of
from plsched.solver.problem import Problem


def answers(folder: Path) -> list[Path]:
    """Give the file of the timetable, or of the largest part that FET could place."""
    found = (folder / OUT).glob("timetables/*/*_activities.xml")
    return sorted(found, key=lambda p: "highest" in p.parent.name)[:1]


def read_choices(path: Path, problem: Problem) -> Choices:
    """Read the choices; of the columns of a time, the first that the room fits."""
    window = window_of(problem)
    columns: dict[str, int] = {}
    rooms: dict[str, int] = {}
    sections: dict[tuple[str, str], int] = {}
    experts: dict[str, frozenset[str]] = {}
    for placed in ET.parse(path).getroot().iter("Activity"):  # noqa: S314 - a file of our own run
        number, day, hour = (placed.findtext(k) or "" for k in ("Id", "Day", "Hour"))
        if not day or not hour:
            continue
        wanted = window.wanted[int(number) - 1]
        room = placed.findtext("Room") or ""
        kind = int(room.removeprefix("R").split(".")[0]) if room else None
        column = _column(window, wanted, (int(day[1:]), int(hour[1:])), kind)
        if column is None:
            continue
        name = wanted.activity.id
        columns[name], experts[name] = column, frozenset(wanted.experts)
        if kind is not None and kind in wanted.activity.rooms[column]:
            rooms[name] = kind
        if wanted.bundle.section is not None:
            units = (wanted.bundle.units[u].id for u in wanted.units)
            sections.update({(wanted.bundle.item.id, u): wanted.bundle.section for u in units})
    return Choices(columns, rooms, sections, experts)


def _column(window: Window, wanted: Wanted, at: tuple[int, int], room: int | None) -> int | None:
    """Give the column that starts then, at the room's site if there is one."""
    then = [c for c in wanted.columns if start_of(window, wanted, c) == at]
    fitting = [c for c in then if room is None or room in wanted.activity.rooms[c]]
    return next(iter((*fitting, *then)), None)

"""Tables in CSV and XLSX files."""

from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from plsched.scenario.check import check, load
from plsched.scenario.models.base import Availability
from plsched.scenario.models.learning import ExpertNeed
from plsched.scenario.models.people import Educator, Expert, Rate, SiteDays
from plsched.scenario.models.places import Facility
from tests.scenario.base import base
from tests.scenario.folders import write_csv, write_scenario, write_xlsx

AVAILABLE = ["availability.1.first", "availability.1.last", "availability.1.start"]
EDUCATORS = [
    [
        "id",
        "name",
        "role",
        "site",
        "groups",
        "teaches",
        "teaches_on",
        "off_weekdays",
        "fte_percent",
    ],
    ["ana", "Ana", "teacher", "oak", "oak-all; second", "1;2", "pl=1|2", "fri", "80"],
    [],
    ["ben", "Ben, B.", "teacher", "oak", "oak-all", "", "", "", ""],
]


def told(folder: Path) -> list[tuple[str, str, str, str]]:
    return [(f.code, f.file, f.where, f.value) for f in check(folder).findings]


def with_educators(folder: Path) -> None:
    data = base() | {"educators": "educators.csv"}
    data["groups"].append({"id": "second", "name": "Second"})
    write_scenario(folder, data)


def test_csv_cells(tmp_path: Path) -> None:
    with_educators(tmp_path)
    write_csv(tmp_path / "educators.csv", EDUCATORS)
    assert load(tmp_path).educators == (
        Educator(
            id="ana",
            name="Ana",
            role="teacher",
            site="oak",
            groups=("oak-all", "second"),
            teaches=("1", "2"),
            teaches_on={"pl": ("1", "2")},
            off_weekdays=("fri",),
            fte_percent=80,
        ),
        Educator(id="ben", name="Ben, B.", role="teacher", site="oak", groups=("oak-all",)),
    )


def test_csv_with_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    with_educators(tmp_path)
    write_csv(tmp_path / "educators.csv", EDUCATORS)
    plain = load(tmp_path)
    text = (tmp_path / "educators.csv").read_text("utf-8").replace("\n", "\r\n")
    (tmp_path / "educators.csv").write_text(text, encoding="utf-8-sig", newline="")
    assert load(tmp_path) == plain


def test_dotted_columns(tmp_path: Path) -> None:
    data = base() | {"experts": "experts.csv", "courses": "courses.csv"}
    write_scenario(tmp_path, data)
    write_csv(
        tmp_path / "experts.csv",
        [
            ["id", "name", "skills", "rate.unit", "rate.cents", *AVAILABLE],
            ["pat", "Partner", "math;reading", "hour", 15000, "2027-08-01", "2027-09-01", "8:00"],
        ],
    )
    write_csv(
        tmp_path / "courses.csv",
        [
            [
                *["id", "title", "pathway", "duration_min", "when.day_kinds", "when.starts"],
                *["audience", "experts.1.skill", "experts.2.skill", "experts.2.count"],
            ],
            ["c", "C", "math", 60, "pl", "08:30;13:00", "oak-all", "math", "reading", 2],
        ],
    )
    scenario = load(tmp_path)
    assert scenario.experts == (
        Expert(
            id="pat",
            name="Partner",
            skills=("math", "reading"),
            rate=Rate(unit="hour", cents=15000),
            availability=(
                Availability(first=date(2027, 8, 1), last=date(2027, 9, 1), start=time(8)),
            ),
        ),
    )
    assert scenario.courses[0].when.starts == (time(8, 30), time(13))
    assert scenario.courses[0].experts == (
        ExpertNeed(skill="math"),
        ExpertNeed(skill="reading", count=2),
    )


def test_nested_tables_in_files(tmp_path: Path) -> None:
    data = base()
    data["calendar"]["days"] = "days.csv"
    data["educators"][0]["other_sites"] = "oak-days.csv"
    write_scenario(tmp_path, data)
    days = [["kind", "first", "last"], ["student", "2027-08-18", "2028-05-31"]]
    write_csv(tmp_path / "days.csv", [*days, ["pl", "2027-08-16", ""]])
    write_csv(tmp_path / "oak-days.csv", [["site", "weekdays"], ["oak", "mon;tue"]])
    scenario = load(tmp_path)
    assert [(row.kind, row.last_date) for row in scenario.calendar.days] == [
        ("student", date(2028, 5, 31)),
        ("pl", date(2027, 8, 16)),
    ]
    assert scenario.educators[0].other_sites == (SiteDays(site="oak", weekdays=("mon", "tue")),)


ROOMS: list[list[Any]] = [
    ["id", "name", "site", "capacity", "cents_per_hour", "features", *AVAILABLE],
    [
        101,
        "Room 101",
        "oak",
        30.0,
        2500,
        "projector",
        date(2027, 8, 1),
        date(2028, 6, 1),
        time(8, 30),
    ],
]
ROOM = Facility(
    id="101",
    name="Room 101",
    site="oak",
    capacity=30,
    cents_per_hour=2500,
    features=("projector",),
    availability=(Availability(first=date(2027, 8, 1), last=date(2028, 6, 1), start=time(8, 30)),),
)


@pytest.mark.parametrize(
    ("named", "sheets"),
    [
        ("rooms.xlsx", ["any"]),
        ("rooms.xlsx", ["notes", "facilities"]),
        ("rooms.xlsx#Our rooms", ["notes", "Our rooms"]),
    ],
)
def test_xlsx_cells(tmp_path: Path, named: str, sheets: list[str]) -> None:
    write_scenario(tmp_path, base() | {"facilities": named})
    notes: list[list[Any]] = [["x"]]
    contents = {name: ROOMS if name == sheets[-1] else notes for name in sheets}
    write_xlsx(tmp_path / "rooms.xlsx", contents)
    assert load(tmp_path).facilities == (ROOM,)


@pytest.mark.parametrize("since_1904", [False, True])
def test_xlsx_of_another_writer(tmp_path: Path, since_1904: bool) -> None:
    book = openpyxl.Workbook()
    if since_1904:
        book.epoch = CALENDAR_MAC_1904
    sheet = book.worksheets[0]
    for row in ROOMS:
        sheet.append(row)
    book.save(tmp_path / "rooms.xlsx")
    write_scenario(tmp_path, base() | {"facilities": "rooms.xlsx"})
    assert load(tmp_path).facilities == (ROOM,)


def test_money_with_decimals_in_cells(tmp_path: Path) -> None:
    write_scenario(tmp_path, base() | {"facilities": "rooms.xlsx"})
    write_xlsx(tmp_path / "rooms.xlsx", {"Rooms": [ROOMS[0], [*ROOMS[1][:4], 257.87]]})
    (finding,) = check(tmp_path).findings
    assert (finding.where, finding.remedy) == (
        "sheet Rooms, row 2, column cents_per_hour",
        "Money is in cents: write 25787.",
    )


def test_formula_in_xlsx(tmp_path: Path) -> None:
    write_scenario(tmp_path, base() | {"facilities": "rooms.xlsx"})
    write_xlsx(tmp_path / "rooms.xlsx", {"Rooms": [ROOMS[0], [*ROOMS[1][:3], "=SUM(A1:A3)"]]})
    book = openpyxl.load_workbook(tmp_path / "rooms.xlsx")
    book.worksheets[0]["D2"] = "=SUM(A1:A3)"
    book.save(tmp_path / "rooms.xlsx")
    where = "sheet Rooms, row 2, column capacity"
    assert told(tmp_path) == [("formula", "rooms.xlsx", where, "=SUM(A1:A3)")]


def test_negative_number_is_a_number(tmp_path: Path) -> None:
    with_educators(tmp_path)
    rows = [*EDUCATORS[:1], [*EDUCATORS[1][:8], "-5"], *EDUCATORS[2:]]
    write_csv(tmp_path / "educators.csv", rows)
    where = "row 2, column fte_percent"
    assert told(tmp_path) == [("too-small", "educators.csv", where, "-5")]


def test_findings_of_rules_name_row_and_column(tmp_path: Path) -> None:
    with_educators(tmp_path)
    rows = [*EDUCATORS[:3], ["ben", "Ben", "teacher", "oka", "oak-all"]]
    write_csv(tmp_path / "educators.csv", rows)
    assert told(tmp_path) == [("unknown-id", "educators.csv", "row 4, column site", "oka")]


def test_element_of_a_list_in_a_cell(tmp_path: Path) -> None:
    with_educators(tmp_path)
    rows = [*EDUCATORS[:3], ["ben", "Ben", "teacher", "oak", "oak-all;oka-all"]]
    write_csv(tmp_path / "educators.csv", rows)
    assert told(tmp_path) == [("unknown-id", "educators.csv", "row 4, column groups", "oka-all")]


def test_unknown_column_is_told_once(tmp_path: Path) -> None:
    with_educators(tmp_path)
    write_csv(tmp_path / "educators.csv", [[*EDUCATORS[0][:8], "fte"], *EDUCATORS[1:]])
    assert told(tmp_path) == [("unknown-key", "educators.csv", "row 1, column fte", "fte")]
    assert check(tmp_path).findings[0].remedy == "Maybe 'fte_percent' is meant."


def test_rows_over_several_lines_keep_their_line_numbers(tmp_path: Path) -> None:
    with_educators(tmp_path)
    text = 'id,name,role,site\nana,Ana,teacher,oak\nben,Ben,teacher,"o\nk"\nzoe,Zoe,tacher,oak\n'
    (tmp_path / "educators.csv").write_text(text, encoding="utf-8")
    where = [where for _, _, where, _ in told(tmp_path)]
    assert where == ["row 3, column site", "row 5, column role"]

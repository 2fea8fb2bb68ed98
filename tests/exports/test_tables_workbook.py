"""costs.xlsx: read back by openpyxl, every breakdown adds up to the same total."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from plsched.exports.tables import costs_xlsx, write_costs_xlsx
from plsched.plan.models import Plan
from tests.exports.bills import line
from tests.exports.district import AWKWARD_TITLE
from tests.exports.plans import plan, scenario

STAGES = ("Requested", "Approved", "Encumbered", "Spent", "Remaining")
Value = str | int | float | datetime | None
CASH, ECONOMIC = 8354.32, 12018.57
SHEETS = ["Summary", "Reconciliation", "Reached", "Educators", "Lines", "Substitutes", "Left out"]


def opened(made: Plan, *, values: bool) -> openpyxl.Workbook:
    content = costs_xlsx(scenario(), made)
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def sheet(book: openpyxl.Workbook, name: str) -> Worksheet:
    found = book[name]
    assert isinstance(found, Worksheet)
    return found


def rows(made: Plan, name: str) -> list[list[Value]]:
    """Give the values of a sheet, without empty cells at the end of rows."""
    found = []
    for row in sheet(opened(made, values=True), name).iter_rows(values_only=True):
        cells: list[Value] = [
            c if isinstance(c, str | int | float | datetime) else None for c in row
        ]
        while cells and cells[-1] is None:
            cells.pop()
        found.append(cells)
    return found


def blocks(made: Plan) -> dict[Value, list[list[Value]]]:
    """Give the tables of the Summary by their titles: the rows under each header."""
    found: dict[Value, list[list[Value]]] = {}
    current: list[list[Value]] = []
    for row in rows(made, "Summary"):
        if row[1:3] == ["Id", "Cash"]:
            current = found.setdefault(row[0], [])
        elif row:
            current.append(row)
    return found


def formulas(made: Plan) -> Iterator[tuple[str, Cell]]:
    for name in SHEETS:
        for row in sheet(opened(made, values=False), name).iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and cell.data_type == "f":
                    yield name, cell


def test_every_breakdown_adds_up_to_the_same_total() -> None:
    found = blocks(plan())
    assert list(found) == [
        "Fund",
        "Account code",
        "Element",
        "Kind",
        "Phase",
        "Pathway",
        "Term",
        "Department",
        "Site",
    ]
    for table in found.values():
        *parts, total = table
        assert total[0] == "Total"
        for column, expected in ((2, CASH), (3, ECONOMIC)):
            cents = [Decimal(str(row[column])) for row in parts]
            assert sum(cents) == Decimal(str(expected)) == Decimal(str(total[column]))


def test_totals_are_formulas_over_the_rows_above_them_with_their_values() -> None:
    kept = opened(plan(), values=True)
    seen = 0
    for name, cell in formulas(plan()):
        first, last = str(cell.value).removeprefix("=SUM(").removesuffix(")").split(":")
        values = sheet(kept, name)
        spanned = [row[0].value for row in values[f"{first}:{last}"]]
        below = values.cell(values[last].row + 1, values[last].column)
        assert below.coordinate == cell.coordinate
        total = sum(Decimal(str(value)) for value in spanned if value is not None)
        assert Decimal(str(values[cell.coordinate].value)) == total
        seen += 1
    # Nine breakdowns (funds have two columns more), three sheets of two sums, one of one;
    # three tables of five stages (funds have two columns more).
    assert seen == 9 * 2 + 2 + 3 * 2 + 1 + 3 * 5 + 2


def test_funds_stand_against_their_amounts() -> None:
    assert blocks(plan())["Fund"] == [
        ["Title II-A", "title-ii", 6310.43, 6310.43, 15000, 8689.57],
        ["General fund", "general", 2043.89, 2043.89, 20000, 17956.11],
        ["Old grant, spent by now", "old-grant", 0, 0, 100, 100],
        ["No fund: contract time", None, 0, 3664.25],
        ["Total", None, CASH, ECONOMIC, 35100, 26745.68],
    ]


def test_breakdowns_use_the_names_of_the_scenario() -> None:
    found = blocks(plan())
    assert [row[:2] for row in found["Account code"]] == [
        ["2213-123 Temporary substitutes", "2213-123"],
        ["2213-320", "2213-320"],
        ["2213-580", "2213-580"],
        ["2213-610", "2213-610"],
        ["No account code", None],
        ["Total", None],
    ]
    assert [row[0] for row in found["Term"]] == ["Summer", "Fall", "Spring", "Total"]
    assert [row[0] for row in found["Department"]] == [
        "Mathematics",
        "Literacy",
        "No department",
        "Total",
    ]
    assert [row[0] for row in found["Site"]] == [
        "Oak School",
        "Elm School",
        "No single site",
        "Total",
    ]


def test_cost_of_each_educator_reached() -> None:
    head = {row[0]: row[1] for row in rows(plan(), "Summary")[1:8] if len(row) > 1}
    assert head == {
        "Plan": "FEASIBLE, by plsched 0.1.0, seed 7",
        "Cash": CASH,
        "Economic": ECONOMIC,
        "Educators reached": 6,
        "Cash for each of them": 1392.39,
        "Economic for each of them": 2003.1,
    }
    reached = rows(plan(), "Reached")
    assert reached[0][2:] == ["Educators", "Cash", "Economic", "Cash each", "Economic each"]
    assert reached[1] == [AWKWARD_TITLE, "NUM", 3, 92.4, 691.1, 30.8, 230.37]
    assert reached[-1] == ["Total", None, None, CASH, ECONOMIC]


def test_shares_of_educators_add_up_to_everything() -> None:
    header, *shares, total = rows(plan(), "Educators")
    assert header == ["Educator", "Id", "Cash", "Economic"]
    assert {row[0] for row in shares} == {
        "Wren Alder",
        "Moss Birch",
        "Fern Cedar",
        "Reed Doum",
        "Sage Elder",
        "Basil Fir",
    }
    assert sum(Decimal(str(row[2])) for row in shares) == Decimal(str(CASH))
    assert total == ["Total", None, CASH, ECONOMIC]


def test_subs_and_what_is_left_out_have_their_sheets() -> None:
    *subs, total = rows(plan(), "Substitutes")[1:]
    assert subs[3] == [
        "2027-04-13/oak/1",
        "pool",
        datetime(2027, 4, 13),  # noqa: DTZ001 - a real date; spreadsheets know no zones
        "Oak School",
        "Elm School",
        "full",
        "num|",
        "Wren Alder p2 (WALK/r1); Moss Birch p5 (WALK/r1)",
        257.87,
    ]
    assert total == ["Total", *[None] * 7, 1160.42]
    assert rows(plan(), "Left out")[1] == [
        "ART/oak-team",
        "Drawing to think",
        "no",
        "oak-team",
        360,
        "expert skill, number, no-overlap, availability, hours and contract caps",
        "=Nobody has the skill 'drawing'.",
    ]


def test_text_that_looks_like_a_formula_or_a_link_stays_a_text() -> None:
    made = plan().model_copy(
        update={
            "items": tuple(
                item.model_copy(update={"title": title})
                for item, title in zip(
                    plan().items,
                    ["=1+1", "+1", "-1", "@x", "http://x.example", "007"],
                    strict=False,
                )
            )
        }
    )
    lines = sheet(opened(made, values=False), "Lines")
    titles = [row[1] for row in lines.iter_rows(min_row=2) if row[1].value]
    assert {cell.data_type for cell in titles} == {"s"}
    assert [cell.hyperlink for cell in titles] == [None] * len(titles)
    assert [cell.value for cell in titles][:6] == ["=1+1"] * 4 + ["+1"] + ["-1"]


def test_header_stays_in_sight_on_the_screen_and_on_paper() -> None:
    book = opened(plan(), values=True)
    assert book.sheetnames == SHEETS
    assert {name: sheet(book, name).freeze_panes for name in SHEETS} == dict.fromkeys(SHEETS, "B2")
    for name in SHEETS:
        one = sheet(book, name)
        assert (one.page_setup.orientation, one.page_setup.fitToHeight) == ("landscape", 0)
        assert one.print_title_rows == "$1:$1"


def test_amounts_too_fine_for_floating_point_sums_stay_exact() -> None:
    costs = tuple(
        line("materials", "materials_equipment_facilities", date(2026, 8, 11), cents, "general")
        for cents in (10**12, 1, 10, 20)
    )
    first = plan().items[0].model_copy(update={"cost_lines": costs})
    made = plan().model_copy(update={"items": (first,), "substitutes": (), "expert_days": ()})
    assert blocks(made)["Element"][-1][2] == pytest.approx(10_000_000_000.31, abs=1e-9)
    assert f"{blocks(made)['Element'][-1][2]:.2f}" == "10000000000.31"


def test_plan_without_anything_gives_an_empty_workbook() -> None:
    nothing = Plan(
        scenario="Three Trees",
        scenario_hash="0",
        timezone="America/Chicago",
        seed=1,
        version="0.1.0",
        status="INFEASIBLE",
        wall_time_s=0.1,
    )
    totals = [table[-1] for title, table in blocks(nothing).items() if title != "Fund"]
    assert totals == [["Total", None, 0, 0]] * 8
    assert [len(rows(nothing, name)) for name in SHEETS[2:]] == [2, 2, 2, 2, 1]


def test_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    write_costs_xlsx(tmp_path / "costs.xlsx", scenario(), plan())
    assert (tmp_path / "costs.xlsx").read_bytes() == costs_xlsx(scenario(), plan())


def test_the_books_stand_against_what_the_plan_pays() -> None:
    found = rows(plan(), "Reconciliation")
    assert found[0] == ["Reconciliation with the books"]
    header = found.index(["Fund", "", "Id", *STAGES, "Amount", "Available"])
    first = ["Title II-A", None, "title-ii", 6310.43, 6310.43, 0, 0, 6310.43, 15000, 15000]
    assert found[header + 1] == first
    assert found[header + 4] == ["Total", None, None, CASH, CASH, 0, 0, CASH, 35100, 35100]
    assert ["Title II-A", "2213-610", "2213-610", 50.01, 50.01, 0, 0, 50.01] in found

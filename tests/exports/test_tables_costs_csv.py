"""costs.csv: every line, exact to the cent, safe to open in a spreadsheet."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from plsched.exports.tables import costs_csv, write_costs_csv
from plsched.exports.tables.cells import amount_text, safe_text
from plsched.plan.models import CostLine, Plan
from tests.exports.bills import line
from tests.exports.plans import plan, scenario

HEADER = (
    "item,title,kind,element,phase,pathway,term,department,site,obligation_date,account_code,"
    "fund,quantity,unit,cash,economic"
)


def rows(made: Plan) -> list[dict[str, str]]:
    return list(csv.DictReader(costs_csv(scenario(), made).splitlines()))


def cost_lines(made: Plan) -> Iterator[CostLine]:
    for item in made.items:
        yield from item.cost_lines
    for sub in made.substitutes:
        yield from sub.cost_lines
    for day in made.expert_days:
        yield from day.cost_lines


def with_line(cost: CostLine, title: str = "A session") -> Plan:
    first = plan().items[0].model_copy(update={"cost_lines": (cost,), "title": title})
    return plan().model_copy(update={"items": (first,), "substitutes": (), "expert_days": ()})


def test_file_is_written_to_the_letter() -> None:
    cost = line(
        "materials",
        "materials_equipment_facilities",
        date(2026, 8, 11),
        123_450,
        "title-ii",
        quantity=3,
        unit="person",
        site="oak",
        department="math",
    )
    assert costs_csv(scenario(), with_line(cost, 'Words, "quoted"\nand more')) == (
        f"{HEADER}\r\n"
        'NUM/s1/1,"Words, ""quoted""\nand more",materials,materials_equipment_facilities,delivery,'
        "num,summer,math,oak,2026-08-11,2213-610,title-ii,3,person,1234.50,1234.50\r\n"
    )


def test_every_line_is_a_row_and_the_columns_add_up() -> None:
    found = rows(plan())
    assert Counter((row["kind"], row["cash"], row["economic"]) for row in found) == Counter(
        (cost.kind, f"{cost.cash_cents / 100:.2f}", f"{cost.economic_cents / 100:.2f}")
        for cost in cost_lines(plan())
    )
    assert sum(Decimal(row["cash"]) for row in found) == Decimal("8354.32")
    assert sum(Decimal(row["economic"]) for row in found) == Decimal("12018.57")


def test_line_split_over_two_funds_is_two_rows_that_add_up() -> None:
    shared = [row for row in rows(plan()) if row["kind"] == "materials"]
    assert [(row["fund"], row["cash"]) for row in shared] == [
        ("title-ii", "50.01"),
        ("general", "24.99"),
    ]


def test_subs_and_experts_days_are_named() -> None:
    named = {(row["item"], row["title"]) for row in rows(plan()) if row["unit"] in {"hire", "day"}}
    assert named == {
        ("2027-02-10/elm/1", "Substitute, Elm School, 2027-02-10"),
        ("2027-02-11/elm/1", "Substitute, Elm School, 2027-02-11"),
        ("2027-02-12/elm/1", "Substitute, Elm School, 2027-02-12"),
        ("2027-04-13/oak/1", "Substitute, Oak School, 2027-04-13"),
        ("2027-05-04/oak/1", "Substitute, Oak School, 2027-05-04"),
        ("X-DAY 2026-08-11", "Partner by the day, 2026-08-11"),
        ("X-DAY 2026-11-03", "Partner by the day, 2026-11-03"),
    }


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\n", "\r", "＝", "＠"])
def test_text_that_looks_like_a_formula_stays_a_text(start: str) -> None:
    cost = line("travel", "travel_transportation", date(2026, 8, 11), 100, "general")
    text = costs_csv(scenario(), with_line(cost, f"{start}cmd|' /C calc'!A0"))
    (row,) = csv.DictReader(text.splitlines(keepends=True))
    # Every line end is a line feed by then.
    assert row["title"] == f"'{start}cmd|' /C calc'!A0".replace("\r", "\n")


def test_negative_amount_stays_a_number() -> None:
    cost = line("travel", "travel_transportation", date(2026, 8, 11), -12_500, "general")
    (row,) = rows(with_line(cost))
    assert (row["cash"], row["economic"]) == ("-125.00", "-125.00")


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (0, "0.00"),
        (5, "0.05"),
        (-5, "-0.05"),
        (123_450, "1234.50"),
        (10**15 + 1, "10000000000000.01"),
    ],
)
def test_cents_are_written_exactly(cents: int, text: str) -> None:
    assert amount_text(cents) == text


def test_harmless_text_is_left_alone() -> None:
    assert [safe_text(t) for t in ("", "a=b", "'quoted", " =x")] == ["", "a=b", "'quoted", " =x"]


def test_file_is_utf_8_with_crlf(tmp_path: Path) -> None:
    write_costs_csv(tmp_path / "costs.csv", scenario(), plan())
    content = (tmp_path / "costs.csv").read_bytes()
    assert content.decode("utf-8").count("\r\n") == content.count(b"\n") == 35

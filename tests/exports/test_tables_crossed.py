"""Breakdowns and comparisons agree to the cent in every form."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from decimal import Decimal
from itertools import combinations

import pytest
from openpyxl import load_workbook

from plsched.api.costing import costs_of
from plsched.exports.tables import (
    AXES,
    Axis,
    compared_csv,
    compared_xlsx,
    cross,
    crossed_csv,
    crossed_xlsx,
)
from plsched.plan.compare import Candidate, compare
from plsched.plan.models import Plan
from plsched.plan.summary import DIMENSIONS, Sums, summarize
from plsched.scenario.models import Scenario
from tests.plan import district, handmade

SCENARIO = district.scenario()
PLAN = handmade.settle(SCENARIO, handmade.plan(SCENARIO))
TOTAL = summarize(PLAN).total
PAIRS: list[tuple[Axis, ...]] = [*combinations(DIMENSIONS, 2)]
ASKED: list[tuple[Axis, ...]] = [*((axis,) for axis in AXES), *PAIRS, DIMENSIONS[:4]]


def dollars(cents: int) -> str:
    return f"{Decimal(cents) / 100:.2f}"


def ledgers(sums: Sums) -> tuple[int, int]:
    return sums.cash_cents, sums.economic_cents


@pytest.mark.parametrize("axes", ASKED, ids="-".join)
def test_every_form_says_the_same(axes: tuple[Axis, ...]) -> None:
    found = cross(SCENARIO, PLAN, axes)
    assert found.total == TOTAL
    expected = [
        [*(v or "" for v in row.values), *row.names, *map(dollars, ledgers(row.sums))]
        for row in found.rows
    ]
    table = list(csv.reader(io.StringIO(crossed_csv(found))))
    assert table[1:] == expected
    (told,) = costs_of(SCENARIO, PLAN, axes).breakdowns
    assert [row.sums.model_dump() for row in told.rows] == [
        {"cash_cents": row.sums.cash_cents, "economic_cents": row.sums.economic_cents}
        for row in found.rows
    ]
    sheet = load_workbook(io.BytesIO(crossed_xlsx(SCENARIO, found)), data_only=True).active
    assert sheet is not None
    width = 2 * len(axes)
    *rows, total = [
        [dollars(round(100 * Decimal(str(cell)))) for cell in row[width : width + 2]]
        for row in sheet.iter_rows(min_row=2, values_only=True)
    ]
    assert rows == [row[-2:] for row in expected]
    assert total == [dollars(TOTAL.cash_cents), dollars(TOTAL.economic_cents)]


@pytest.mark.parametrize("axes", PAIRS, ids="-".join)
def test_what_is_crossed_adds_up_along_each_axis(axes: tuple[Axis, ...]) -> None:
    for place, axis in enumerate(axes):
        sums: dict[str | None, Sums] = defaultdict(Sums)
        for row in cross(SCENARIO, PLAN, axes).rows:
            sums[row.values[place]] += row.sums
        assert axis != "educator"
        assert sums == summarize(PLAN).by[axis]


def test_what_cannot_be_crossed_is_refused() -> None:
    wrong: tuple[tuple[Axis, ...], ...] = ((), ("fund", "fund"), ("educator", "fund"))
    for axes in wrong:
        with pytest.raises(ValueError, match=r"name each dimension once|educator stands alone"):
            cross(SCENARIO, PLAN, axes)


def other() -> tuple[Scenario, Plan]:
    """Give a plan with two sessions fewer."""
    data = handmade.plan(SCENARIO)
    data["items"] = data["items"][2:]
    return SCENARIO, handmade.settle(SCENARIO, data)


def test_comparisons_say_the_same_in_every_form() -> None:
    found = compare([Candidate("=1+1", SCENARIO, PLAN), Candidate("Less", *other())])
    table = list(csv.reader(io.StringIO(compared_csv(found))))
    book = load_workbook(io.BytesIO(compared_xlsx(found, SCENARIO.calendar.first)))
    sheet = book.active
    assert sheet is not None
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    written = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert len(written) == len(table) - 1
    for row, line in zip(written, table[1:], strict=True):
        assert row[:2] == line[:2]
        for cell, text in zip(row[2:], line[2:], strict=True):
            same = Decimal(str(cell)) == Decimal(text) if isinstance(cell, int | float) else None
            assert same or (cell or "") == text
    rows = {(line[0], line[1]): line[2:] for line in table}
    assert rows["plan", "cash"] == [dollars(column.cash_cents) for column in found.columns]
    for fund in found.columns[0].funds:
        paid = [{f.fund: f for f in c.funds}[fund.fund].paid_cents for c in found.columns]
        assert rows["fund, paid", fund.fund] == [dollars(cents) for cents in paid]
    assert rows["section", "name"][0] == "1. =1+1"

"""Readiness on the page and as a table: signs and words, not colours alone."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from plsched.exports.report import render_report, write_report
from plsched.exports.report.evaluation import evaluation
from plsched.exports.report.readiness import Cell, ratings
from plsched.exports.tables import readiness_csv
from plsched.plan.facts import Facts
from plsched.plan.readiness import readiness
from plsched.scenario.directory import Directory
from plsched.scenario.models import Scenario
from tests.accessible import faults
from tests.exports.plans import plan, scenario

RATINGS: list[dict[str, Any]] = [
    {"element": "Rooms", "colour": "yellow", "rated": "2026-08-20", "evidence": "asked"},
    {"element": "Rooms", "colour": "green", "rated": "2026-09-01", "evidence": "=confirmed"},
    {"element": "Coaches", "colour": "red", "rated": "2026-09-10", "due": "2026-10-20"},
    {"element": "Surveys", "colour": "yellow", "rated": "2026-09-10", "due": "2026-09-12"},
]
POSTING = {
    "fund": "title-ii",
    "object": "2213-610",
    "stage": "spent",
    "obligation_date": "2026-06-30",
    "cents": 5002,
}


def rated() -> Scenario:
    rows = [{"pathway": "num", "phase": "delivery", "owner": "A team"} | row for row in RATINGS]
    result = {"pathway": "num", "year": "2025-26", "measure": "Talks", "outcome_milli": 5}
    records = {"as_of": "2026-09-14", "ratings": rows, "postings": [POSTING], "results": [result]}
    return Scenario.model_validate(scenario().model_dump(mode="json") | {"records": records})


def facts() -> Facts:
    return Facts(Directory(rated()), plan())


def test_the_roll_up_says_it_in_words() -> None:
    found = ratings(facts())
    assert found is not None
    assert found.finding == (
        "Red as a whole, as of Sep 14, 2026: the worst counts. 3 elements: 1 red, 1 yellow and 1 "
        "green. 1 is past the due date. Not rated yet: Leading."
    )
    num, lead = found.rollups
    red, none = Cell("✗ red", "rated red"), Cell("not rated", "")
    assert (num.worst, num.phases) == (red, (none, red, none, none))
    assert (lead.worst, lead.phases) == (none, (none,) * 4)
    assert [(e.name, e.cell.words, e.before, e.due) for e in found.elements] == [
        ("Coaches", "✗ red", "", "Oct 20, 2026"),
        ("Surveys", "▲ yellow", "", "Sep 12, 2026, overdue"),
        ("Rooms", "✓ green", "▲ yellow", ""),
    ]


def test_days_are_counted_from_the_date_of_the_records() -> None:
    found = evaluation(facts())
    assert [(s.name, s.first) for s in found.stretches] == [
        ("Days 1 to 30", date(2026, 9, 14)),
        ("Days 31 to 60", date(2026, 10, 14)),
        ("Days 61 to 90", date(2026, 11, 13)),
        ("Days 91 to 120", date(2026, 12, 13)),
    ]
    assert (date(2026, 10, 20), "Due: Coaches (✗ red)") in found.stretches[1].milestones
    assert list(found.stretches[1].milestones) == sorted(
        found.stretches[1].milestones, key=lambda m: m[0]
    )
    assert "in the 120 days from Sep 14, 2026, the date of the records" in found.days_finding


def test_who_may_not_see_costs_sees_readiness() -> None:
    page = render_report(rated(), plan(), with_costs=False)
    assert "Readiness by pathway and phase" in page
    assert "Reconciliation" not in page


def test_without_ratings_there_is_no_section() -> None:
    assert 'id="readiness"' not in render_report(scenario(), plan())


def test_the_table_holds_each_element_and_no_formula() -> None:
    found = readiness(rated())
    assert found is not None
    rows = list(csv.DictReader(readiness_csv(found).splitlines()))
    assert [row["element"] for row in rows] == ["Coaches", "Surveys", "Rooms"]
    assert rows[2] == {
        "element": "Rooms",
        "pathway": "num",
        "phase": "delivery",
        "colour": "green",
        "colour_before": "yellow",
        "rated": "2026-09-01",
        "owner": "A team",
        "evidence": "'=confirmed",
        "due": "",
        "overdue": "no",
    }


@pytest.mark.browser
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_with_records(browser: Browser, tmp_path: Path, colours: str) -> None:
    path = tmp_path / "report.html"
    write_report(path, rated(), plan())
    page = browser.new_page(color_scheme="dark" if colours == "dark" else "light")
    page.goto(path.as_uri())
    assert faults(page) == []
    assert page.locator("#readiness").is_visible()
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_records_make_no_page_scroll_sideways(browser: Browser, tmp_path: Path, width: int) -> None:
    path = tmp_path / "report.html"
    write_report(path, rated(), plan())
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
